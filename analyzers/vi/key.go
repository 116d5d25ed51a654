package vi

import (
	"bytes"
	"strconv"
	"time"
)

// keys recognises what several words spell together. A key of several units
// marks them, and comes before the keys of its parts, which are left out.
func (s *scanner) keys(syls string) []Token {
	out := []Token{}
	for i := 0; i < len(s.units); i++ {
		u := &s.units[i]
		if first := s.fold[u.fold0]; !u.number && first != 'q' && first != 's' && first != 'n' {
			continue
		}
		key, end := s.keyAt(i)
		if key == "" {
			if u.number {
				out = append(out, Token{syls[u.syl0:u.syl1], u.start, u.end, u.pos, First})
			}
			continue
		}
		out = append(out, Token{key, u.start, s.units[end-1].end, u.pos, First})
		for ; i < end; i++ {
			s.units[i].inKey = true
		}
		i--
	}
	return out
}

// keyAt returns the key that begins at unit i and the unit after it, "" for none.
func (s *scanner) keyAt(i int) (key string, end int) {
	if u := &s.units[i]; !u.number && s.fold[u.fold0] == 'q' {
		return s.quarter(i)
	} else if u.decimal {
		return "", 0
	}
	if key, end = s.half(i); key != "" || !s.units[i].number {
		return key, end
	}
	if key, end = s.date(i); key != "" {
		return key, end
	}
	if key, end = s.document(i); key != "" {
		return key, end
	}
	return s.listedDocument(i)
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

// What may stand between the words of a key, and before its year.
const (
	near     = gapSpace | gapLine
	nearYear = near | gapComma | gapSlash | gapHyphen
)

// within reports that only the given gaps stand before the units i to end.
func (s *scanner) within(i, end int, allowed gaps) bool {
	for ; i <= end; i++ {
		if i >= len(s.units) || s.units[i].gap&^allowed != 0 {
			return false
		}
	}
	return true
}

// date reads d/m/yyyy with one of / - . or "d tháng m năm yyyy" or yyyy-mm-dd.
func (s *scanner) date(i int) (string, int) {
	for _, sign := range [...]gaps{gapSlash, gapHyphen, gapDot} {
		if !s.within(i+1, i+2, sign|gapSpace) || s.units[i+1].gap&s.units[i+2].gap&sign == 0 {
			continue
		}
		if _, ok := s.year(i); ok && sign == gapHyphen {
			return s.calendar(i, i+1, i+2), i + 3
		}
		return s.calendar(i+2, i+1, i), i + 3
	}
	if !s.is(i+1, wordMonth) || !s.within(i+1, i+2, near|gapComma) || !s.within(i+3, i+3, nearYear) {
		return "", 0
	}
	year := i + 3
	if s.is(year, wordYear) && s.within(year+1, year+1, near|gapComma) {
		year++
	}
	return s.calendar(year, i+2, i), year + 1
}

// calendar returns the key of a day that exists, of the units that spell it.
func (s *scanner) calendar(year, month, day int) string {
	y, okYear := s.year(year)
	m, okMonth := s.value(month, 2)
	d, okDay := s.value(day, 2)
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if !okYear || !okMonth || !okDay || t.Day() != d || int(t.Month()) != m {
		return ""
	}
	return t.Format(time.DateOnly)
}

// quarter reads quý III/2020, quý 3 năm 2020, Q3/2020, Quý 3-2020, QIII/2020. A
// quarter without its year is no key.
func (s *scanner) quarter(i int) (string, int) {
	q, next := s.gluedQuarter(i), i+1
	if letter := s.is(i, wordQ); letter || s.is(i, wordQuarter) {
		if q = s.ordinal(i+1, letter); !s.within(i+1, i+1, near|gapDot) {
			q = 0
		}
		next = i + 2
	}
	return s.partOfYear("q", q, next)
}

// gluedQuarter reads QIII and quýIII.
func (s *scanner) gluedQuarter(i int) int {
	u := &s.units[i]
	word := s.fold[u.fold0:u.fold1]
	numeral, ok := bytes.CutPrefix(word, []byte("quy"))
	if !ok {
		numeral = word[1:]
	}
	if int(u.uppers) < len(numeral) {
		return 0
	}
	return numerals[string(numeral)]
}

// ordinals are the quarters in words.
var ordinals = [...][]cue{
	1: {newCue("nhất"), newCue("một")},
	2: {newCue("hai"), newCue("nhì")},
	3: {newCue("ba")},
	4: {newCue("tư"), newCue("bốn")},
}

// ordinal reads a digit, a Roman numeral or, unless behind a letter, a word.
func (s *scanner) ordinal(i int, letter bool) int {
	if n, ok := s.value(i, 2); ok || i >= len(s.units) {
		return n
	}
	u := &s.units[i]
	if n := numerals[string(s.fold[u.fold0:u.fold1])]; n > 0 && !u.accented {
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

// half reads 6 tháng đầu năm 2020, sáu tháng cuối năm 2020, nửa đầu năm 2020.
func (s *scanner) half(i int) (string, int) {
	at := i + 1
	if n, _ := s.value(i, 2); (n == 6 || s.is(i, wordSix)) && s.is(at, wordMonth) {
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
	if !s.is(at+1, wordYear) || !s.within(i+1, at+1, near) {
		return "", 0
	}
	return s.partOfYear("h", half, at+1)
}

// partOfYear writes the key of a half or a quarter whose year stands at unit i,
// perhaps behind its word.
func (s *scanner) partOfYear(sort string, part, i int) (string, int) {
	if s.is(i, wordYear) && s.within(i, i, nearYear) {
		i++
	}
	y, ok := s.year(i)
	if !ok || part < 1 || part > 4 || !s.within(i, i, nearYear|gapDot) {
		return "", 0
	}
	return sort + strconv.Itoa(y) + "-" + strconv.Itoa(part), i + 1
}
