package query

import (
	"strings"
	"testing"
)

func BenchmarkHostile(b *testing.B) {
	for _, unit := range []string{"(", ")", "\"", "-", "tỉnh:", "a OR ", "quý ", "số 1-", "73-NQ/TU ", "*", ":", "tỉnh:quảng ", "a|", "NOT ", "\u0301", "ubnd ", "mawtj ", "cơ quan: ", "III/2020 "} {
		text := strings.Repeat(unit, MaxBytes/len(unit))
		b.Run(unit, func(b *testing.B) {
			for b.Loop() {
				Parse(text)
			}
		})
	}
}
