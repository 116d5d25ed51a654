package facts

import (
	"fmt"
	"time"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

// stretch is a time that a question names: quarters, a month, a day or a year.
type stretch struct {
	first, last int // tokens
	year        int // 0 when not printed beside it
	from, to    int // months
	day         int // 0 for whole months
	layout      string
}

// The layouts of what stretches are called, but for quarters.
const (
	ofQuarters = ""
	ofYear     = "2006"
	ofMonth    = "2006-01"
	ofDay      = time.DateOnly
)

// days are its first and its last day.
func (t stretch) days() (from, to time.Time) {
	from = time.Date(t.year, time.Month(t.from), max(t.day, 1), 0, 0, 0, 0, bulletin.Zone)
	if t.day > 0 {
		return from, from
	}
	return from, time.Date(t.year, time.Month(t.to)+1, 0, 0, 0, 0, 0, bulletin.Zone)
}

// named is the stretch with those listed before it, as what a question names.
func (t stretch) named(s *scan, before ...stretch) Named {
	n := Named{Span: s.span(t.first, t.last), Field: "day"}
	for _, part := range append(before, t) {
		from, _ := part.days()
		if n.Start = min(n.Start, int(s.Units[part.first].Start)); t.layout != ofQuarters {
			n.Values = append(n.Values, from.Format(t.layout))
			continue
		}
		n.Field = "quarter"
		for q := (part.from + 2) / 3; 3*q <= part.to; q++ {
			n.Values = append(n.Values, fmt.Sprintf("%d-Q%d", part.year, q))
		}
	}
	return n
}

// namedTimes reads quarters, stretches of months, days, months, years and
// ranges of them.
func (s *scan) namedTimes() []Named {
	var out []Named
	for i := 0; i < len(s.Units); i++ {
		t, ok := s.timeAt(i)
		if !ok || t.layout == ofYear && s.GluedNumber(i) {
			continue
		}
		read, last := s.sharedYear(t)
		if t.year != 0 {
			read, last = s.openRange(t)
		}
		if read == nil {
			continue
		}
		i = last
		ofTerm := t.layout == ofYear && s.oneOf(t.first-1, phrase.KyTerm, phrase.Hoc, phrase.Khoa)
		if !ofTerm { // or of a school: nhiệm kỳ 2020-2025
			out = append(out, read...)
		}
	}
	return out
}

// rangeOf is the range from one time to another, nil where that is not later.
func (s *scan) rangeOf(t, end stretch) ([]Named, int) {
	from, _ := t.days()
	_, to := end.days()
	if !to.After(from) {
		return nil, 0
	}
	first := t.first
	if s.WordAt(first-1) == phrase.TuFrom {
		first--
	}
	at := s.span(first, end.last)
	return []Named{{at, "from", []string{from.Format(time.DateOnly)}}, {at, "to", []string{to.Format(time.DateOnly)}}}, end.last
}

// openRange reads what stands around a time with its year: "từ 2019 đến 2021"
// and "2019-2021" are ranges, "từ năm 2021 đến nay", "từ 7/2025" and "trước năm
// 2020" those with one end, any other is the time itself.
func (s *scan) openRange(t stretch) (read []Named, last int) {
	if j, ok := s.Until(t.last + 1); ok {
		if end, ok := s.timeAt(j); ok && end.year != 0 {
			if read, last = s.rangeOf(t, end); read != nil {
				return read, last
			}
		}
	}
	from, _ := t.days()
	switch last = t.last; s.WordAt(t.first - 1) {
	case phrase.TuFrom:
		if s.WordAt(last+1) == phrase.Den && s.WordAt(last+2) == phrase.Nay {
			last += 2
		}
		return []Named{{s.span(t.first-1, last), "from", []string{from.Format(time.DateOnly)}}}, last
	case phrase.Truoc:
		return []Named{{s.span(t.first-1, last), "to", []string{from.AddDate(0, 0, -1).Format(time.DateOnly)}}}, last
	}
	return []Named{t.named(s)}, last
}

// sharedYear reads times of which the last alone has its year: "từ tháng 1 đến
// tháng 6 năm 2021" as a range, "quý I, II/2020" as both.
func (s *scan) sharedYear(t stretch) ([]Named, int) {
	const most = 12
	for parts := []stretch{t}; len(parts) < most && t.year == 0; parts = append(parts, t) {
		j, until := s.Until(t.last + 1)
		if until = until && len(parts) == 1; !until {
			if j = t.last + 2; !s.oneOf(j-1, ',', phrase.Va) {
				break
			}
		}
		var ok bool
		switch t, ok = s.listedAt(j, parts[0]); {
		case !ok || until && t.year == 0:
			return nil, 0
		case t.year == 0:
			continue
		}
		for i := range parts {
			parts[i].year = t.year
		}
		if until {
			return s.rangeOf(parts[0], t)
		}
		return []Named{t.named(s, parts...)}, t.last
	}
	return nil, 0
}

// listedAt is the time at token i behind another of its kind, of which a
// quarter's or month's number is enough.
func (s *scan) listedAt(i int, before stretch) (t stretch, ok bool) {
	if m, last, number := s.Time(i, phrase.QuarterNumber); number && before.layout == ofQuarters {
		return s.quarterSpan(i, last, int(m.Value), int(m.Value)), true
	}
	t, ok = s.timeAt(i)
	if before.layout == ofMonth && !ok && s.KindAt(i) == vi.KindDigits && s.Units[i].Num >= 1 && s.Units[i].Num <= 12 {
		return stretch{first: i, last: i, from: int(s.Units[i].Num), layout: ofMonth}, true
	}
	return t, ok && t.layout == before.layout && t.to-t.from == before.to-before.from
}

// timeAt is the longest time that begins at token i, with its year or without.
func (s *scan) timeAt(i int) (best stretch, ok bool) {
	for _, read := range []func(int) (stretch, bool){s.quarterStretch, s.dayStretch, s.monthStretch, s.yearStretch} {
		if t, found := read(i); found && (!ok || t.last > best.last) {
			best, ok = t, true
		}
	}
	return best, ok
}

// quarterStretch reads quarters, and months and halves that are some: "quý hai
// 2020", "2020-Q2", "second quarter of 2020", "9 tháng 2021", "nửa đầu năm 2021".
func (s *scan) quarterStretch(i int) (stretch, bool) {
	if q, ok := s.oneQuarter(i); ok {
		return s.quarterSpan(i, q.last, q.quarter, q.quarter), true
	}
	from, to, last, ok := s.quartersAt(i)
	return s.quarterSpan(i, last, from, to), ok
}

// quarterSpan is the stretch of quarters that tokens first to last name.
func (s *scan) quarterSpan(first, last, from, to int) stretch {
	return stretch{first: first, last: last, year: max(s.yearAt(first), s.yearAt(last)), from: 3*from - 2, to: 3 * to}
}

// dayStretch reads a day, "ngày" before it or not.
func (s *scan) dayStretch(i int) (stretch, bool) {
	first := i
	if s.WordAt(i) == phrase.Ngay {
		i++
	}
	p, ok := s.dateAt(i, true)
	return stretch{first, p.Last, p.Year, p.Month, p.Month, p.Day, ofDay}, ok && !p.Short
}

// monthStretch reads "tháng 7/2020", "tháng bảy năm 2020", "July 2020", "7/2020",
// "7-2020" and "2020-07".
func (s *scan) monthStretch(i int) (stretch, bool) {
	_, last, ok := s.Time(i, phrase.MonthOfYear)
	if !ok {
		_, last, ok = s.Time(i, phrase.NumericMonth)
	}
	if !ok {
		return stretch{}, false
	}
	t := stretch{first: i, last: last, year: max(s.yearAt(i), s.yearAt(last)), layout: ofMonth}
	for _, t.from = range s.Numbers(i, last) {
		if t.from != t.year {
			break
		}
	}
	t.to = t.from
	return t, t.from >= 1 && t.from <= 12 && (s.yearAt(last) != 0 || !phrase.IsDateMark(s.KindAt(last+1)))
}

// yearStretch reads "năm 2022" and a year that stands by itself.
func (s *scan) yearStretch(i int) (stretch, bool) {
	first := i
	if s.WordAt(i) == phrase.Nam {
		i++
	}
	t := stretch{first: first, last: i, year: s.yearAt(i), from: 1, to: 12, layout: ofYear}
	return t, t.year != 0 && !s.GluedAfter(i) && s.KindAt(i+1) != '/'
}

// Stretch is the first and the last day of a day, month, quarter, half-year or
// year that is the whole of a typed text; ok is false for any other.
func Stretch(text string) (from, to time.Time, ok bool) {
	s := newQuestion(cutText(text, maxQuestion))
	t, ok := s.timeAt(0)
	if !ok || t.year == 0 || t.last != len(s.Units)-1 {
		return from, to, false
	}
	from, to = t.days()
	return from, to, true
}
