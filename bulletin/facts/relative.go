package facts

import (
	"time"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

// relativeDate reads "4 giờ trước", "146 ngày", "hôm qua" against ref.
func (s *scan) relativeDate(ref time.Time) (time.Time, bulletin.Precision, bool) {
	_, t, p, ok := s.relativeIn(ref)
	return t, p, ok
}

// relativeIn finds the relative date of a short text: a number and a unit, with
// "trước" behind or with nothing else in the text.
func (s *scan) relativeIn(ref time.Time) (bulletin.Span, time.Time, bulletin.Precision, bool) {
	if ref.IsZero() {
		return bulletin.Span{}, time.Time{}, "", false
	}
	ref = ref.In(bulletin.Zone)
	for i := range s.Units {
		if sp, t, p, ok := s.dayByName(i, ref); ok {
			return sp, t, p, true
		}
		n, ok := s.countAt(i)
		if !ok {
			continue
		}
		unit, ok := s.hitAt(i+1, classUnit)
		if !ok {
			continue
		}
		first, last := i, int(unit.last)
		before, since := s.hitEnding(i-1, classAgo, 2)
		switch behind, ok := s.hitAt(last+1, classAgo); {
		case ok:
			last = int(behind.last)
		case since:
			first = int(before.first)
		case len(s.Units) != last+1 || i != 0:
			continue
		}
		moment, p := ago(ref, n, vocabulary.Name(unit.Value))
		return s.span(first, last), moment, p, plausible(moment)
	}
	return bulletin.Span{}, time.Time{}, "", false
}

// dayByName reads "Hôm qua, 15:20" and, in a short text, "Hôm nay".
func (s *scan) dayByName(i int, ref time.Time) (sp bulletin.Span, t time.Time, p bulletin.Precision, ok bool) {
	const short = 10
	back := 0
	switch {
	case s.WordAt(i) != phrase.Hom || len(s.Units) > short:
		return bulletin.Span{}, time.Time{}, "", false
	case s.WordAt(i+1) == phrase.Qua:
		back = 1
	case s.WordAt(i+1) != phrase.Nay:
		return bulletin.Span{}, time.Time{}, "", false
	}
	day := midnight(ref.AddDate(0, 0, -back))
	d := printed{Date: phrase.Date{First: i, Last: i + 1, Year: day.Year(), Month: int(day.Month()), Day: day.Day()}, clock: clock{hour: -1}}
	s.behind(&d)
	t, p = d.time(0)
	return s.span(d.First, d.Last), t, p, true
}

// countAt reads the number of a relative date, in figures or words.
func (s *scan) countAt(i int) (int, bool) {
	if s.KindAt(i) == vi.KindDigits {
		n := s.Units[i].Num
		return int(n), n >= 0 && n < 10000
	}
	if h, ok := s.hitAt(i, classCount); ok {
		return int(h.Value), true
	}
	n, end := s.Number(i)
	return n, n > 0 && end == i+1
}

// ago counts back. A unit is as precise as it is: "4 giờ" names the day, "3
// tuần" the month.
func ago(ref time.Time, n int, unit string) (time.Time, bulletin.Precision) {
	switch unit {
	case "second":
		return ref.Add(-time.Duration(n) * time.Second).Truncate(time.Minute), bulletin.Minute
	case "minute":
		return ref.Add(-time.Duration(n) * time.Minute).Truncate(time.Minute), bulletin.Minute
	case "hour":
		return midnight(ref.Add(-time.Duration(n) * time.Hour)), bulletin.Day
	case "week":
		return midnight(ref.AddDate(0, 0, -7*n)), bulletin.Month
	case "month":
		return midnight(ref.AddDate(0, -n, 0)), bulletin.Month
	case "year":
		return midnight(ref.AddDate(-n, 0, 0)), bulletin.Year
	}
	return midnight(ref.AddDate(0, 0, -n)), bulletin.Day
}

func midnight(t time.Time) time.Time {
	y, m, d := t.In(bulletin.Zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, bulletin.Zone)
}
