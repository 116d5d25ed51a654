package cite

import (
	"strconv"
	"strings"
)

// number reads digits with an optional letter: 05, 30c.
func (s *docScanner) number(i int) (number string, next int, ok bool) {
	if i >= len(s.toks) || s.toks[i].kind != docDigits || s.toks[i].end-s.toks[i].start > 5 {
		return "", i, false
	}
	if i+1 < len(s.toks) && s.toks[i+1].kind == docLetters && !s.toks[i+1].is(docSpaced) && s.toks[i+1].end-s.toks[i+1].start == 1 {
		if c := s.text[s.toks[i+1].start] | 0x20; 'a' <= c && c <= 'h' {
			return s.text[s.toks[i].start:s.toks[i+1].end], i + 2, true
		}
	}
	return s.tok(i), i + 1, true
}

// canonicalNumber pads numbers under ten, as the rules for office documents
// print them, and makes the letter behind a small one.
func canonicalNumber(n string) string {
	digits := strings.TrimRight(n, "abcdefghABCDEFGH")
	if len(digits) == 1 {
		n = "0" + n
	}
	return strings.ToLower(n)
}

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
	if k >= len(s.toks) || s.toks[k].is(docParted) {
		return 0, k, false
	}
	t := s.toks[k]
	if t.kind == docDigits || t.kind == docLetters && t.is(docCaps) {
		if n := ordinal(s.tok(k)); n > 0 {
			return n, k + 1, true
		}
	}
	if words {
		if n := ordinalWord(t.word); n > 0 && (t.word != wNam || k+1 >= len(s.toks) || s.toks[k+1].kind != docDigits) {
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
