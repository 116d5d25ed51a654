package vi_test

import (
	"fmt"

	"bantin/analyzers/vi"
)

func ExampleAnalyze() {
	streams := vi.Analyze("Nghị quyết 54-NQ/TƯ, quý III/2020")
	for _, t := range streams.Fold[4:] {
		fmt.Println(t.Text, t.Pos)
	}
	for _, t := range streams.Key {
		fmt.Printf("%s at bytes %d to %d\n", t.Text, t.Start, t.End)
	}
	// Output:
	// trung 4
	// tw 4
	// uong 5
	// qui 6
	// iii 7
	// 3 7
	// 2020 8
	// 54-nq/tw at bytes 15 to 24
	// q2020-3 at bytes 26 to 39
}

func ExampleCanonical() {
	for _, word := range []string{"Hòa", "hoà", "kỹ", "QUÍ", "thuýên", "y"} {
		fmt.Print(vi.Canonical(word), " ")
	}
	// Output: hoà hoà kĩ quí thuyến y
}

func ExampleRepair() {
	fmt.Println(vi.Repair("Uû ban nh©n d©n"))
	fmt.Println(vi.Repair("Máº·t tráº\u00adn"))
	fmt.Println(vi.Repair("Ủy ban nhân dân"))
	// Output:
	// Uỷ ban nhân dân tcvn3
	// Mặt trận utf-8-cp1252
	// Ủy ban nhân dân
}

func ExampleFromKeystrokes() {
	fmt.Println(vi.FromKeystrokes("mawtj traanj 54-NQ/TW"))
	fmt.Println(vi.FromKeystrokes("ma85t tra65n"))
	fmt.Println(vi.FromKeystrokes("mat tran taxi"))
	// Output:
	// mặt trận 54-NQ/TW true
	// mặt trận true
	// mat tran taxi false
}

// A query parser asks at every word; what it gets back are phrases that mean
// the same.
func ExampleAbbreviations() {
	n, alternatives := vi.Abbreviations(vi.Words("hội lhpn tỉnh"))
	for _, phrase := range alternatives {
		fmt.Print(n, " words as:")
		for _, w := range phrase {
			fmt.Print(" ", w.Syl)
		}
		fmt.Println()
	}
	// Output:
	// 2 words as: hlhpn
	// 2 words as: hội liên hiệp phụ nữ
	// 2 words as: hpn
	// 2 words as: hội phụ nữ
}
