package cite

import (
	"strconv"

	"bantin/analyzers/vi"
	"bantin/bulletin/phrase"
)

// ordinal returns the value of a Roman numeral or of digits up to 39.
func ordinal(word string) int {
	n, err := strconv.Atoi(word)
	if err != nil {
		n = vi.RomanValue(word)
	}
	if n < 0 || n > 39 {
		return 0
	}
	return n
}

// ordinalAt reads a number from 1 to 39 at k: digits, a Roman numeral, and
// behind "lần thứ" or where words are allowed a word such as sáu.
func (s *docScanner) ordinalAt(k int, words bool) (n, end int, ok bool) {
	if s.isWord(k, phrase.Lan) {
		k, words = k+1, true
	}
	if s.isWord(k, phrase.Thu) {
		k++
	}
	if k >= len(s.Units) || s.Units[k].Has(vi.NewPara) {
		return 0, k, false
	}
	t := s.Units[k]
	if t.Kind == vi.KindDigits || t.Kind == vi.KindWord && s.upper(k) {
		if n := ordinal(s.Of(k)); n > 0 {
			return n, k + 1, true
		}
	}
	if words && s.Is(k, phrase.Nhat) {
		return 1, k + 1, true
	}
	if n, end := s.Number(k); words && n > 0 && n <= 39 {
		return n, end, true
	}
	return 0, k, false
}

// spelled reads the number of a document in words, as people type it: chỉ thị ba
// lăm. One word alone may count something, so that "số" must stand before it.
func (s *docScanner) spelled(j int, so bool) (number string, end int, ok bool) {
	if !s.Typed() {
		return "", j, false
	}
	n, end := s.Number(j)
	return strconv.Itoa(n), end, n > 0 && (so || end > j+1) && s.follows(end)
}
