package facts

import (
	"strings"

	"bantin/analyzers/vi"
	"bantin/bulletin/phrase"
)

// oneQuarter reads the quarter that begins at token i: "quý III", "quý ba",
// "quý thứ ba", "quý đầu năm", "Q3", "Q.III", "quýIII". All but the first are
// sloppy: they count beside a cue or a year only.
func (s *scan) oneQuarter(i int) (quarter, bool) {
	q := quarter{first: i, sloppy: true}
	if n := gluedQuarter(s.Of(i)); n > 0 {
		q.quarter, q.last = n, i
		return q, true
	}
	j := i + 1
	switch s.Units[i].Hash {
	case phrase.Quy:
		if n, ok := s.quarterNumber(j); ok {
			return quarter{quarter: n, first: i, last: j}, true
		}
		if s.WordAt(j) == phrase.Thu {
			j++
		}
	case phrase.Q:
		if s.KindAt(j) == '.' && j+1 < len(s.Units) && !s.Units[j].Has(vi.Spaced) {
			j++
		}
		if j >= len(s.Units) || s.Units[j].Has(vi.Spaced) || !s.Units[i].Has(vi.Upper) && s.KindAt(j) != vi.KindDigits {
			return q, false
		}
	default:
		return q, false
	}
	n, last := s.looseNumber(j)
	q.quarter, q.last = n, last
	return q, n > 0
}

// looseNumber reads a quarter's number in words or look-alikes at token j.
func (s *scan) looseNumber(j int) (n, last int) {
	if n, ok := s.quarterNumber(j); ok {
		return n, j
	}
	if n := strings.Index("ⅠⅡⅢⅣ", s.Of(j)); n >= 0 && s.Of(j) != "" {
		return n/len("Ⅰ") + 1, j
	}
	if n, end := s.Number(j); n > 0 && n <= 4 {
		return n, end - 1
	}
	switch s.WordAt(j) {
	case phrase.Nhat, phrase.L:
		return 1, j
	case phrase.LL:
		return 2, j
	case phrase.LLL:
		return 3, j
	case phrase.Dau, phrase.Cuoi:
		if s.WordAt(j+1) != phrase.Nam {
			return 0, j
		}
		if s.WordAt(j) == phrase.Dau {
			return 1, j + 1
		}
		return 4, j + 1
	}
	return 0, j
}

// gluedQuarter is the quarter of "quýIII" or "QIII", 0 for other words.
func gluedQuarter(word string) int {
	if len(word) > len("quýIII") || word == "" || word[0]|0x20 != 'q' {
		return 0
	}
	folded := vi.Fold(word)
	for _, lead := range []string{"quy", "q"} {
		if rest, ok := strings.CutPrefix(folded, lead); ok {
			if n := vi.RomanValue(rest); n <= 4 {
				return n
			}
		}
	}
	return 0
}

// besideCue reports whether a sloppy quarter is one: a year follows, or words that
// speak of periods stand right before it.
func (s *scan) besideCue(q quarter) bool {
	if q.year != 0 {
		return true
	}
	switch s.WordAt(q.first - 1) {
	case phrase.Trong, phrase.Dau, phrase.Cuoi, phrase.TuFrom, phrase.Den, phrase.Het, phrase.Vao:
		return true
	}
	for _, c := range []phrase.Class{classReview, classGovern, classTask, classPlan, classKind} {
		if _, ok := s.hitEnding(q.first-1, c, 4); ok {
			return true
		}
	}
	return false
}
