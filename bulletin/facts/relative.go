package facts

import (
	"time"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

// relativeDate finds the relative date of a short text against ref: "4 giờ
// trước", "146 ngày", "hôm qua". It is a number and a unit with "trước" beside
// them, or with nothing else in the text.
func (s *scan) relativeDate(ref time.Time) (d PrintedDate, ok bool) {
	if ref.IsZero() {
		return d, false
	}
	ref = ref.In(bulletin.Zone)
	for i := range s.Units {
		if d, ok := s.dayByName(i, ref); ok {
			return d, true
		}
		n, counted := s.countAt(i)
		unit, ok := s.hitAt(i+1, classUnit)
		if !counted || !ok {
			continue
		}
		first, last := i, s.past(int(unit.last)+1, classAgo)-1
		if last == int(unit.last) {
			if before, since := s.hitEnding(i-1, classAgo, 2); since {
				first = int(before.first)
			} else if last+1 != len(s.Units) || i != 0 {
				continue
			}
		}
		d.Span = s.span(first, last)
		d.Time, d.Precision = ago(ref, n, vocabulary.Name(unit.Value))
		return d, plausible(d.Time)
	}
	return d, false
}

// dayByName reads "Hôm qua, 15:20" and, in a short text, "Hôm nay".
func (s *scan) dayByName(i int, ref time.Time) (d PrintedDate, ok bool) {
	const short = 10
	h, ok := s.hitAt(i, classToday)
	if !ok || s.WordAt(i) != phrase.Hom || len(s.Units) > short {
		return d, false
	}
	day := ref.AddDate(0, 0, -int(h.Value))
	p := printed{Date: phrase.Date{First: i, Last: int(h.last), Year: day.Year(), Month: int(day.Month()), Day: day.Day()}, clock: clock{hour: -1}}
	s.behind(&p)
	d.Span = s.span(p.First, p.Last)
	d.Time, d.Precision = p.time(0)
	return d, true
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
