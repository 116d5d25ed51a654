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
	if words {
		if n := s.ordinalWord(k + 1); s.Is(k, phrase.Muoi) && (n > 0 && n < 10 || s.isWord(k+1, phrase.Mot)) {
			n = max(n, 1)
			return 10 + n, k + 2, true
		}
		if n := s.ordinalWord(k); n > 0 && (!s.Is(k, phrase.Nam) || k+1 >= len(s.Units) || s.Units[k+1].Kind != vi.KindDigits) {
			return n, k + 1, true
		}
	}
	return 0, k, false
}

// ordinalWord reads the words from nhất to mười.
func (s *docScanner) ordinalWord(k int) int {
	for n, word := range [...]uint64{phrase.Nhat, phrase.Hai, phrase.Ba, phrase.Tu, phrase.Nam, phrase.Sau, phrase.Bay, phrase.Tam, phrase.Chin, phrase.Muoi} {
		if s.Is(k, word) {
			return n + 1
		}
	}
	if s.Is(k, phrase.Bon) {
		return 4
	}
	return 0
}
