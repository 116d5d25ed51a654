package cite

import (
	"strconv"
	"strings"

	"bantin/analyzers/vi"
)

// ordinal returns the value of a Roman numeral up to 39, or of digits.
func ordinal(word string) int {
	if n, err := strconv.Atoi(word); err == nil && n > 0 && n < 40 {
		return n
	}
	total, last := 0, 0
	for k := len(word) - 1; k >= 0; k-- {
		v := strings.IndexByte("IVX", word[k])
		if v < 0 || len(word) > 8 {
			return 0
		}
		if v = [...]int{1, 5, 10}[v]; v < last {
			total -= v
		} else {
			total, last = total+v, v
		}
	}
	if toRoman(total) != word {
		return 0
	}
	return total
}

// toRoman writes n between 1 and 39.
func toRoman(n int) string {
	if n < 1 || n > 39 {
		return ""
	}
	return strings.Repeat("X", n/10) + [...]string{"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"}[n%10]
}

// ordinalAt reads a number from 1 to 39 at k: digits, a Roman numeral, and
// behind "lần thứ" or where words are allowed a word such as sáu.
func (s *docScanner) ordinalAt(k int, words bool) (n, end int, ok bool) {
	if s.isWord(k, wLan) {
		k, words = k+1, true
	}
	if s.isWord(k, wThu) {
		k++
	}
	if k >= len(s.Units) || s.Units[k].Has(vi.NewPara) {
		return 0, k, false
	}
	t := s.Units[k]
	if t.Kind == vi.KindDigits || t.Kind == vi.KindWord && s.upper(k) {
		if n := ordinal(upperASCII(s.Of(k))); n > 0 {
			return n, k + 1, true
		}
	}
	if words {
		if n := ordinalWord(s.word(k + 1)); s.word(k) == wMuoi && (n > 0 && n < 10 || s.isWord(k+1, wMot)) {
			n = max(n, 1)
			return 10 + n, k + 2, true
		}
		if n := ordinalWord(s.word(k)); n > 0 && (s.word(k) != wNam || k+1 >= len(s.Units) || s.Units[k+1].Kind != vi.KindDigits) {
			return n, k + 1, true
		}
	}
	return 0, k, false
}

func ordinalWord(w docWord) int {
	for n, word := range [...]docWord{wNhat, wHai, wBa, wTu, wNam, wSau, wBay, wTam, wChin, wMuoi} {
		if w == word {
			return n + 1
		}
	}
	if w == wBon {
		return 4
	}
	return 0
}
