package facts

import "bantin/bulletin/phrase"

// oneQuarter reads the quarter that begins at token i: "quý III", "quý ba/2020",
// "quý thứ ba", "quý đầu năm", "Q3", "Q.III", "quýIII". All but the first are
// sloppy: they count beside a cue or a year only.
func (s *scan) oneQuarter(i int) (quarter, bool) {
	m, last, ok := s.Time(i, phrase.Quarter)
	sloppy := !ok
	if sloppy {
		m, last, ok = s.Time(i, phrase.LooseQuarter)
	}
	return quarter{quarter: int(m.Value), year: s.yearAt(last), first: i, last: last, sloppy: sloppy}, ok && !s.GluedAfter(last)
}

// quartersAt reads the months or halves at token i that are quarters: from one
// to another, and its last token.
func (s *scan) quartersAt(i int) (from, to, last int, ok bool) {
	m, last, ok := s.Time(i, phrase.Quarters)
	return int(m.Value) / 10, int(m.Value) % 10, last, ok && (s.yearAt(i) != 0 || !s.GluedNumber(i))
}

// besideCue reports whether a sloppy quarter is one: a year follows, or words that
// speak of periods stand right before it.
func (s *scan) besideCue(q quarter) bool {
	before := q.first - 1
	if q.year != 0 || s.oneOf(before, phrase.Trong, phrase.Dau, phrase.Cuoi, phrase.TuFrom, phrase.Den, phrase.Het, phrase.Vao) {
		return true
	}
	for _, c := range []phrase.Class{classReview, classGovern, classTask, classPlan, classKind} {
		if s.ends(before, c, 4) {
			return true
		}
	}
	return false
}
