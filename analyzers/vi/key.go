package vi

import (
	"bytes"
	"strconv"
	"time"
)

// keys recognises what several words spell together. A key of several units
// marks them, and comes before the keys of its parts, which are left out.
func (s *scanner) keys(syls string) []Token {
	var out []Token
	for i := 0; i < len(s.units); i++ {
		u := &s.units[i]
		if first := s.fold[u.fold0]; !u.number && first != 'q' && first != 's' && first != 'n' {
			continue
		}
		key, end := s.keyAt(i)
		if end == 0 {
			if u.number {
				out = append(out, Token{syls[u.syl0:u.syl1], u.start, u.end, u.pos, First})
			}
			continue
		}
		first, last := &s.units[i], &s.units[end-1]
		out = append(out, Token{key, first.start, last.end, first.pos, First})
		for k := i; k < end; k++ {
			s.units[k].inKey = true
		}
		i = end - 1
	}
	return out
}

// keyAt returns the key that begins at unit i and the unit after it, 0 for none.
func (s *scanner) keyAt(i int) (string, int) {
	u := &s.units[i]
	switch first := s.fold[u.fold0]; {
	case u.number && !u.decimal:
		if key, end := s.date(i); end > 0 {
			return key, end
		}
		if key, end := s.half(i); end > 0 {
			return key, end
		}
		if key, end := s.document(i); end > 0 {
			return key, end
		}
		return s.listedDocument(i)
	case s.is(i, wordQuarter) || s.is(i, wordQ):
		return s.quarter(i)
	case first == 'q':
		return s.gluedQuarter(i)
	case s.is(i, wordSix) || s.is(i, wordHalf):
		return s.half(i)
	}
	return "", 0
}

// cue is a word to look for in canonical form, with accents and without.
type cue struct{ syl, fold string }

func newCue(word string) cue {
	syl := Canonical(word)
	return cue{syl, Fold(syl)}
}

// The words that keys are made of.
var (
	wordQuarter = newCue("quý")
	wordQ       = newCue("q")
	wordSix     = newCue("sáu")
	wordHalf    = newCue("nửa")
	wordMonth   = newCue("tháng")
	wordYear    = newCue("năm")
	wordFirst   = newCue("đầu")
	wordLast    = newCue("cuối")
	wordAnd     = newCue("và")
)

// is reports that unit i is the given word, with its accents or without any.
func (s *scanner) is(i int, word cue) bool {
	if i >= len(s.units) {
		return false
	}
	u := &s.units[i]
	if u.accented {
		return string(s.syl[u.syl0:u.syl1]) == word.syl
	}
	return string(s.fold[u.fold0:u.fold1]) == word.fold
}

// value returns the number at unit i when it has at most the given digits.
func (s *scanner) value(i, digits int) (int, bool) {
	if i >= len(s.units) || !s.units[i].number || s.units[i].decimal || s.units[i].grouped {
		return 0, false
	}
	u := &s.units[i]
	if u.syl1-u.syl0 > digits {
		return 0, false
	}
	n, err := strconv.Atoi(string(s.syl[u.syl0:u.syl1]))
	return n, err == nil
}

// year returns the number at unit i when it reads as a year in four digits.
func (s *scanner) year(i int) (int, bool) {
	n, ok := s.value(i, 4)
	return n, ok && 1800 <= n && n <= 2199
}

// within reports that only the given gaps stand before unit i.
func (s *scanner) within(i int, allowed gaps) bool {
	return i < len(s.units) && s.units[i].gap&^allowed == 0
}

// date reads d/m/yyyy with one of / - . or "d tháng m năm yyyy" or yyyy-mm-dd.
func (s *scanner) date(i int) (string, int) {
	if y, ok := s.year(i); ok && s.sameGap(i, gapHyphen) {
		return s.calendar(i, y, i+1, i+2)
	}
	if s.sameGap(i, gapSlash) || s.sameGap(i, gapHyphen) || s.sameGap(i, gapDot) {
		if y, ok := s.year(i + 2); ok {
			return s.calendar(i, y, i+1, i)
		}
		return "", 0
	}
	const near = gapSpace | gapComma | gapLine
	if !s.is(i+1, wordMonth) || !s.within(i+1, near) || !s.within(i+2, near) || !s.within(i+3, near|gapSlash|gapHyphen) {
		return "", 0
	}
	at := i + 3
	if s.is(at, wordYear) && s.within(at+1, near) {
		at++
	}
	if y, ok := s.year(at); ok {
		key, end := s.calendar(i, y, i+2, i)
		if end > 0 {
			return key, at + 1
		}
	}
	return "", 0
}

// sameGap reports that the units i to i+2 are parted by the same sign, spaces
// aside.
func (s *scanner) sameGap(i int, sign gaps) bool {
	return i+2 < len(s.units) && s.units[i+1].gap&^gapSpace == sign && s.units[i+2].gap&^gapSpace == sign
}

// calendar returns the key of a day that exists.
func (s *scanner) calendar(i, year, month, day int) (string, int) {
	m, ok := s.value(month, 2)
	d, okDay := s.value(day, 2)
	if !ok || !okDay || d == 0 || m == 0 || m > 12 {
		return "", 0
	}
	t := time.Date(year, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if t.Day() != d {
		return "", 0
	}
	return t.Format(time.DateOnly), i + 3
}

// quarter reads quý III/2020, quý 3 năm 2020, Q3/2020, Quý 3-2020. A quarter
// without its year is no key.
func (s *scanner) quarter(i int) (string, int) {
	const near = gapSpace | gapDot | gapLine
	if !s.within(i+1, near) {
		return "", 0
	}
	q := s.ordinal(i+1, s.is(i, wordQ))
	if q == 0 {
		return "", 0
	}
	y, end := s.yearAfter(i + 2)
	if end == 0 {
		return "", 0
	}
	return "q" + strconv.Itoa(y) + "-" + strconv.Itoa(q), end
}

// gluedQuarter reads QIII/2020 and quýIII/2020.
func (s *scanner) gluedQuarter(i int) (string, int) {
	u := &s.units[i]
	word := s.fold[u.fold0:u.fold1]
	numeral, ok := bytes.CutPrefix(word, []byte("quy"))
	if !ok {
		numeral = word[1:]
	}
	q := romanValue(numeral)
	if q < 1 || q > 4 || int(u.uppers) < len(numeral) {
		return "", 0
	}
	y, end := s.yearAfter(i + 1)
	if end == 0 {
		return "", 0
	}
	return "q" + strconv.Itoa(y) + "-" + strconv.Itoa(q), end
}

// ordinals are the quarters in words.
var ordinals = [...][]cue{
	1: {newCue("nhất"), newCue("một")},
	2: {newCue("hai"), newCue("nhì")},
	3: {newCue("ba")},
	4: {newCue("tư"), newCue("bốn")},
}

// ordinal reads one to four as a digit, a Roman numeral or a word.
func (s *scanner) ordinal(i int, letter bool) int {
	if n, ok := s.value(i, 2); ok {
		if n > 4 {
			return 0
		}
		return n
	}
	u := &s.units[i]
	if n := romanValue(s.fold[u.fold0:u.fold1]); n > 0 && !u.accented {
		if n > 4 {
			return 0
		}
		return n
	}
	for n, words := range ordinals {
		for _, word := range words {
			if !letter && s.is(i, word) {
				return n
			}
		}
	}
	return 0
}

// yearAfter reads a year that belongs to what stands before unit i.
func (s *scanner) yearAfter(i int) (year, end int) {
	const near = gapSpace | gapLine | gapComma
	if s.is(i, wordYear) && s.within(i, near|gapSlash|gapHyphen) {
		i++
	}
	if !s.within(i, near|gapSlash|gapHyphen|gapDot) {
		return 0, 0
	}
	if y, ok := s.year(i); ok {
		return y, i + 1
	}
	return 0, 0
}

// half reads 6 tháng đầu năm 2020, sáu tháng cuối năm 2020, nửa đầu năm 2020.
func (s *scanner) half(i int) (string, int) {
	at := i + 1
	if n, ok := s.value(i, 2); s.is(i, wordSix) || ok && n == 6 {
		if !s.is(at, wordMonth) {
			return "", 0
		}
		at++
	} else if !s.is(i, wordHalf) {
		return "", 0
	}
	half := 0
	switch {
	case s.is(at, wordFirst):
		half = 1
	case s.is(at, wordLast):
		half = 2
	}
	if half == 0 || !s.is(at+1, wordYear) || !s.plainWords(i, at+1) {
		return "", 0
	}
	y, end := s.yearAfter(at + 2)
	if end == 0 {
		return "", 0
	}
	return "h" + strconv.Itoa(y) + "-" + strconv.Itoa(half), end
}

// plainWords reports that only spaces stand between the units i to end.
func (s *scanner) plainWords(i, end int) bool {
	for k := i + 1; k <= end; k++ {
		if !s.within(k, gapSpace|gapLine) {
			return false
		}
	}
	return true
}
