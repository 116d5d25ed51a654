package facts

import (
	"fmt"
	"time"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

// namedTimes reads quarters, stretches of months, days, months, years and
// ranges of them.
func (s *scan) namedTimes() []Named {
	var out []Named
	for i := 0; i < len(s.Units); i++ {
		t, ok := s.timeAt(i)
		if !ok {
			continue
		}
		if r, ok := s.rangeAt(t); ok {
			out = append(out, r...)
			i = s.tokenEnding(r[0].End)
			continue
		}
		out = append(out, t.named(s))
		i = t.last
	}
	return out
}

// stretch is a time that a question names.
type stretch struct {
	first, last int    // tokens
	field       string // quarter or day
	values      []string
	from, to    time.Time // its first and last day
}

func (t stretch) named(s *scan) Named { return Named{s.span(t.first, t.last), t.field, t.values} }

// rangeAt reads "từ 2019 đến 2021" and "2019-2021" from their first time on.
func (s *scan) rangeAt(t stretch) ([]Named, bool) {
	j := t.last + 1
	if s.wordAt(j) != phrase.Den && s.kindAt(j) != '-' {
		return nil, false
	}
	for j++; s.wordAt(j) == phrase.Het || s.wordAt(j) == phrase.Ngay; {
		j++
	}
	end, ok := s.timeAt(j)
	if !ok || !end.to.After(t.from) {
		return nil, false
	}
	first := t.first
	if s.wordAt(first-1) == phrase.TuFrom {
		first--
	}
	at := s.span(first, end.last)
	return []Named{
		{at, "from", []string{t.from.Format(time.DateOnly)}},
		{at, "to", []string{end.to.Format(time.DateOnly)}},
	}, true
}

// tokenEnding is the last token that ends by byte end.
func (s *scan) tokenEnding(end int) int {
	i := len(s.Units) - 1
	for i > 0 && int(s.Units[i].End) > end {
		i--
	}
	return i
}

// timeAt is the longest time that begins at token i.
func (s *scan) timeAt(i int) (best stretch, ok bool) {
	for _, read := range []func(int) (stretch, bool){s.quarterStretch, s.monthsStretch, s.dayStretch, s.monthStretch, s.yearStretch} {
		if t, found := read(i); found && (!ok || t.last > best.last) {
			best, ok = t, true
		}
	}
	return best, ok
}

// quarterStretch reads "quý hai 2020", "Q2/2020" and "2020-Q2".
func (s *scan) quarterStretch(i int) (stretch, bool) {
	if i >= len(s.Units) {
		return stretch{}, false
	}
	q, ok := s.oneQuarter(i)
	if s.isYear(i) && (s.kindAt(i+1) == '-' || s.kindAt(i+1) == '/') && i+2 < len(s.Units) {
		if q, ok = s.oneQuarter(i + 2); ok {
			q.first, q.year = i, int(s.Units[i].Num)
		}
	} else if ok {
		s.quarterTail(&q)
	}
	if !ok || q.year == 0 {
		return stretch{}, false
	}
	return quartersOf(q.first, q.last, q.year, q.quarter, q.quarter), true
}

func quartersOf(first, last, year, from, to int) stretch {
	t := stretch{first: first, last: last, field: "quarter"}
	for q := from; q <= to; q++ {
		t.values = append(t.values, fmt.Sprintf("%d-Q%d", year, q))
	}
	t.from = time.Date(year, time.Month(3*from-2), 1, 0, 0, 0, 0, bulletin.Zone)
	t.to = time.Date(year, time.Month(3*to+1), 0, 0, 0, 0, 0, bulletin.Zone)
	return t
}

// monthsStretch reads "6 tháng đầu năm 2021", "9 tháng 2021" and "6 tháng cuối
// năm 2021".
func (s *scan) monthsStretch(i int) (stretch, bool) {
	if i >= len(s.Units) {
		return stretch{}, false
	}
	n, ok := s.countOfMonths(i)
	if !ok || s.wordAt(i+1) != phrase.Thang {
		return stretch{}, false
	}
	j, half := i+2, s.wordAt(i+2)
	if (half == phrase.Dau || half == phrase.Cuoi) && s.wordAt(j+1) == phrase.Nam {
		j += 2
	}
	if s.wordAt(j) == phrase.Nam {
		j++
	}
	if !s.isYear(j) {
		return stretch{}, false
	}
	year := int(s.Units[j].Num)
	if half == phrase.Cuoi {
		return quartersOf(i, j, year, 5-n/3, 4), true
	}
	return quartersOf(i, j, year, 1, n/3), true
}

// dayStretch reads a day with its year, "ngày" before it or not.
func (s *scan) dayStretch(i int) (stretch, bool) {
	first := i
	if s.wordAt(i) == phrase.Ngay {
		i++
	}
	if s.kindAt(i) != vi.KindDigits {
		return stretch{}, false
	}
	p, ok := s.dateAt(i, true)
	if !ok || p.year == 0 || p.short {
		return stretch{}, false
	}
	day := time.Date(p.year, time.Month(p.month), p.day, 0, 0, 0, 0, bulletin.Zone)
	return stretch{first, p.last, "day", []string{day.Format(time.DateOnly)}, day, day}, true
}

// monthStretch reads "tháng 7/2020", "tháng 7 năm 2020", "7/2020", "7-2020" and
// "2020-07".
func (s *scan) monthStretch(i int) (stretch, bool) {
	first := i
	if s.wordAt(i) == phrase.Thang {
		i++
	}
	number := func(j int) int {
		if s.kindAt(j) != vi.KindDigits || s.Units[j].Len() > 2 {
			return 0
		}
		return int(s.Units[j].Num)
	}
	month, j := number(i), i+1
	joint := s.kindAt(j) == '/' || s.kindAt(j) == '-' || s.kindAt(j) == '.'
	if s.isYear(i) && joint && number(i+2) > 0 && !isDateMark(s.kindAt(i+3)) {
		return monthOf(first, i+2, int(s.Units[i].Num), number(i+2))
	}
	switch {
	case joint:
		j++
	case s.wordAt(j) == phrase.Nam && i > first:
		j++
	case i == first:
		return stretch{}, false
	}
	if !s.isYear(j) {
		return stretch{}, false
	}
	return monthOf(first, j, int(s.Units[j].Num), month)
}

func monthOf(first, last, year, month int) (stretch, bool) {
	if month < 1 || month > 12 {
		return stretch{}, false
	}
	from := time.Date(year, time.Month(month), 1, 0, 0, 0, 0, bulletin.Zone)
	return stretch{first, last, "day", []string{from.Format("2006-01")}, from, from.AddDate(0, 1, -1)}, true
}

// yearStretch reads "năm 2022" and a year that stands by itself.
func (s *scan) yearStretch(i int) (stretch, bool) {
	first := i
	if s.wordAt(i) == phrase.Nam {
		i++
	}
	if !s.isYear(i) || s.gluedNumber(i) || s.gluedAfter(i) || s.kindAt(i+1) == '/' {
		return stretch{}, false
	}
	from := time.Date(int(s.Units[i].Num), 1, 1, 0, 0, 0, 0, bulletin.Zone)
	return stretch{first, i, "day", []string{from.Format("2006")}, from, from.AddDate(1, 0, -1)}, true
}

// Stretch is the first and the last day of a day, month, quarter, half-year or
// year that is the whole of a typed text; ok is false for any other.
func Stretch(text string) (from, to time.Time, ok bool) {
	s := newQuestion(cutText(text, maxQuestion))
	if len(s.Units) == 0 {
		return from, to, false
	}
	t, ok := s.timeAt(0)
	if !ok || t.last != len(s.Units)-1 {
		return from, to, false
	}
	return t.from, t.to, true
}
