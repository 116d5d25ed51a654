package facts

import (
	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

// span of months in words.
type months struct {
	last       int // last month covered, 1 to 12
	year       int
	first, end int  // tokens, end included
	unsure     bool // named for many reasons: it counts behind a review alone
}

// derivedPeriod reads "6 tháng đầu năm", "nửa đầu năm", "9 tháng", "3 tháng đầu năm" and a
// reviewed month as the quarter in which they end.
func (s *scan) derivedPeriod(c periodContext) (periodReading, bool) {
	barrier := 0
	for i, u := range s.Units {
		if u.Hash != phrase.Thang && u.Hash != phrase.Nua && s.WordAt(i+1) != phrase.Thang {
			continue
		}
		m, ok := s.monthsAt(i)
		if !ok {
			continue
		}
		cues, sentence := s.cuesBefore(i), s.sentenceStart(i)
		r := s.roleAt(i, max(barrier, sentence), cues)
		barrier = m.end + 1
		if r == rolePlan || r == roleSchedule || m.unsure && !s.reviewed(cues, m.first) {
			continue
		}
		q := quarter{quarter: (m.last-1)/3 + 1, year: m.year, first: m.first, last: m.end, role: r, sentence: sentence, sentenceEnd: s.sentenceEnd(i)}
		p := bulletin.Period{Quarter: q.quarter, Year: s.quarterYear([]quarter{q}, 0, c), Basis: bulletin.Derived}
		if p.Year != 0 {
			return periodReading{Period: p, Span: s.span(m.first, m.end)}, true
		}
	}
	return periodReading{}, false
}

// reviewed reports whether a review cue stands close before a month's name: a
// month is named for many reasons.
func (s *scan) reviewed(cues []hit, i int) bool {
	const near = 8
	for k := len(cues) - 1; k >= 0 && i-int(cues[k].last) <= near; k-- {
		if c := cues[k].Class; c == classReview || c == classGovern {
			return !s.parted(int(cues[k].last)+1, i)
		}
	}
	return false
}

// monthsAt reads the months that begin at token i.
func (s *scan) monthsAt(i int) (months, bool) {
	if s.WordAt(i) == phrase.Nua && s.WordAt(i+1) == phrase.Dau && s.WordAt(i+2) == phrase.Nam {
		return s.monthsOf(months{last: 6, first: i, end: i + 2}), true
	}
	n, ok := s.countOfMonths(i)
	if ok && s.WordAt(i+1) == phrase.Thang && s.KindAt(i+2) != 'n' && s.WordAt(i-1) != phrase.Ngay {
		return s.monthCount(i, n)
	}
	return s.namedMonth(i)
}

// countOfMonths reads 3, 6 or 9, in figures or words.
func (s *scan) countOfMonths(i int) (int, bool) {
	n, end := s.Number(i)
	if t := s.Units[i]; t.Is('n') && t.Len() <= 2 && !s.GluedNumber(i) {
		n, end = int(t.Num), i+1
	}
	return n, end == i+1 && (n == 3 || n == 6 || n == 9)
}

// monthCount reads "6 tháng đầu năm 2020", "9 tháng", and what a review alone
// makes a period: "6 tháng cuối năm", "sơ kết 6 tháng".
func (s *scan) monthCount(i, n int) (months, bool) {
	m := months{last: n, first: i, end: i + 1}
	switch {
	case s.WordAt(i+2) == phrase.Dau && s.WordAt(i+3) == phrase.Nam:
		m.end = i + 3
	case s.WordAt(i+2) == phrase.Cuoi && s.WordAt(i+3) == phrase.Nam:
		m.last, m.end, m.unsure = 12, i+3, true
	case s.WordAt(i+2) == phrase.Nam && s.isYear(i+3):
	case n != 9:
		if m.unsure = true; s.KindAt(i+2) == vi.KindWord && s.WordAt(i+2) != phrase.Va {
			return months{}, false // sơ kết 6 tháng thực hiện
		}
	}
	return s.monthsOf(m), true
}

// monthsOf reads the year behind months.
func (s *scan) monthsOf(m months) months {
	j := m.end + 1
	if s.WordAt(j) == phrase.Nam {
		j++
	}
	if s.isYear(j) && (m.end > m.first+1 || s.WordAt(j-1) == phrase.Nam) {
		m.year, m.end = int(s.Units[j].Num), j
	}
	return m
}

// monthOfDate reports whether "tháng" at token i belongs to a day or a name.
func (s *scan) monthOfDate(i int) bool {
	_, event := s.hitEnding(i, classBlockMonth, 3)
	return event || i > 0 && s.Units[i-1].Is('n')
}

// namedMonth reads "tháng 8/2020", "tháng 8 năm 2020", "tháng tám".
func (s *scan) namedMonth(i int) (months, bool) {
	if s.WordAt(i) != phrase.Thang || s.monthOfDate(i) {
		return months{}, false
	}
	m := months{first: i, end: i + 1, unsure: true}
	if t := s.Units[min(i+1, len(s.Units)-1)]; t.Is('n') && t.Len() <= 2 {
		m.last = int(t.Num)
	} else if month, last, ok := s.Month(i); ok && !s.lunarMonth(last) {
		m.last, m.end = month, last
	}
	if m.last < 1 || m.last > 12 {
		return months{}, false
	}
	q := quarter{last: m.end}
	s.quarterTail(&q)
	m.year, m.end = q.year, q.last
	return m, true
}
