package cite

import (
	"fmt"
	"strconv"
	"time"

	"bantin/analyzers/vi"
	"bantin/bulletin/phrase"
)

// date reads a day or a year at unit k with the comma or bracket before it:
// ", ngày 30/12/2019", "(ngày 5 tháng 1 năm 2022)", "ban hành ngày 1.5.2022",
// "của năm 2024", "tháng 5/2019", a bare year. It is empty without one.
func (s *docScanner) date(k int) (when string, end int) {
	from := s.skip(k, ',', '(')
	bracket := s.Mark(k, '(')
	when, end = s.dateWords(from, bracket)
	switch {
	case s.Mark(k, ',') && isYear(when) && !s.isWord(from, phrase.Nam), bracket && !s.Mark(end, ')'):
		return "", k
	case bracket:
		end++
	}
	return when, end
}

func isYear(when string) bool { return len(when) == len("2020") }

func isDay(when string) bool { return len(when) == len(time.DateOnly) && when < "a" } // khoa-xviii is none

// dateWords is date without the mark before it.
func (s *docScanner) dateWords(k int, bracket bool) (when string, end int) {
	if verb, next, ok := s.meaning(k, classIssued); ok && verb != "has" && !s.Units[k].Has(vi.NewPara) {
		k = s.skip(next, phrase.Vao, phrase.TuFrom)
	}
	switch k = s.skip(k, phrase.Cung, phrase.Cua); {
	case s.isWord(k, phrase.Ngay):
		when, end, _ = s.day(k + 1)
		return when, end
	case s.isWord(k, phrase.Thang) && s.KindAt(k+1) == vi.KindDigits && s.isWord(k+2, '/', '-', phrase.Nam) && vi.PlausibleYear(s.Of(k+3)):
		return s.Of(k + 3), k + 4
	case s.isWord(k, phrase.Nam) && vi.PlausibleYear(s.Of(k+1)) && !s.Mark(k+2, '/'):
		return s.Of(k + 1), k + 2
	case s.KindAt(k) != vi.KindDigits:
	case vi.PlausibleYear(s.Of(k)) && s.yearEnds(k+1):
		return s.Of(k), k + 1
	default:
		if d, next, ok := s.day(k); ok && (bracket || s.isWord(next, phrase.Cua)) {
			return d, next
		}
	}
	return "", k
}

// yearEnds tells whether a bare year can end at k: it is no count.
func (s *docScanner) yearEnds(k int) bool {
	if u := s.KindAt(k); u == 0 || u == vi.KindWord || u == vi.KindDigits {
		return s.follows(k)
	}
	t := s.Units[k]
	return t.Kind == ')' || t.Has(vi.Spaced) == (t.Kind == '-') && t.Kind != '/' && t.Kind != '%'
}

// day reads the whole date at token k.
func (s *docScanner) day(k int) (day string, end int, ok bool) {
	d, ok := s.DateAt(k, false)
	if !ok {
		return "", k, false
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day), d.Last + 1, true
}

// terms reads the terms of a committee at k as Roman numerals: "khóa XII",
// "(khóa XI, XII)", ", khóa XI, khóa XII".
func (s *docScanner) terms(k int) (terms []string, end int) {
	const most = 6
	bracket := s.Mark(s.skip(k, ','), '(')
	next := s.skip(s.skip(k, ','), '(')
	if !s.isWord(next, phrase.Khoa) {
		return nil, k
	}
	for end = k; len(terms) < most; {
		next = s.skip(next, phrase.Khoa)
		n, behind, ok := s.ordinalAt(next, s.Typed())
		if !ok || len(terms) > 0 && s.Units[next].Kind != vi.KindWord {
			break
		}
		terms, end = append(terms, vi.RomanNumeral(n)), behind
		if next = s.skip(end, ',', phrase.Va); next == end {
			break
		}
	}
	if bracket && len(terms) > 0 {
		end = s.skip(end, ')')
	}
	return terms, end
}

// ordinal is the value of a Roman numeral or of digits, 0 for none.
func ordinal(word string) int {
	n, err := strconv.Atoi(word)
	if err != nil {
		n = vi.RomanValue(word)
	}
	if n < 0 || n > ordinalMax {
		return 0
	}
	return n
}

// ordinalAt reads a number at k: digits, a Roman numeral, and behind "lần thứ"
// or where words are allowed a word such as sáu.
func (s *docScanner) ordinalAt(k int, words bool) (n, end int, ok bool) {
	words = words || s.isWord(k, phrase.Lan)
	k = s.skip(s.skip(k, phrase.Lan), phrase.Thu)
	kind := s.KindAt(k)
	if kind == vi.KindDigits || kind == vi.KindWord && s.upper(k) {
		if n := ordinal(s.Of(k)); n > 0 {
			return n, k + 1, true
		}
	}
	if kind != vi.KindWord || !words {
		return 0, k, false
	}
	if s.Is(k, phrase.Nhat) {
		return 1, k + 1, true
	}
	n, end = s.Number(k)
	return n, end, n > 0 && n <= ordinalMax
}
