package bulletin

import "time"

// relativeDate reads "4 giờ trước", "146 ngày", "hôm qua" against ref.
func (s *scan) relativeDate(ref time.Time) (time.Time, Precision, bool) {
	_, t, p, ok := s.relativeIn(ref)
	return t, p, ok
}

// relativeIn finds the relative date of a short text: a number and a unit, with
// "trước" behind or with nothing else in the text.
func (s *scan) relativeIn(ref time.Time) (Span, time.Time, Precision, bool) {
	if ref.IsZero() {
		return Span{}, time.Time{}, "", false
	}
	ref = ref.In(Zone)
	for i, t := range s.toks {
		if t.word == wordHom && s.wordAt(i+1) == wordQua {
			return s.span(i, i+1), midnight(ref.AddDate(0, 0, -1)), Day, true
		}
		if t.word == wordHom && s.wordAt(i+1) == wordNay && len(s.toks) <= 6 {
			return s.span(i, i+1), midnight(ref), Day, true
		}
		if !t.is('n') || t.num < 0 || t.num > 9999 {
			continue
		}
		unit, ok := s.hitAt(i+1, classUnit)
		if !ok {
			continue
		}
		last := int(unit.last)
		before, since := s.hitEnding(i-1, classAgo, 2)
		switch behind, ok := s.hitAt(last+1, classAgo); {
		case ok:
			last = int(behind.last)
		case since:
			i = int(before.first)
		case len(s.toks) != last+1 || i != 0:
			continue
		}
		moment, p := ago(ref, int(t.num), unit.value)
		return s.span(i, last), moment, p, plausible(moment)
	}
	return Span{}, time.Time{}, "", false
}

// ago counts back. A unit is as precise as it is: "4 giờ" names the day, "3
// tuần" the month.
func ago(ref time.Time, n int, unit uint16) (time.Time, Precision) {
	switch unit {
	case unitSecond:
		return ref.Add(-time.Duration(n) * time.Second).Truncate(time.Minute), Minute
	case unitMinute:
		return ref.Add(-time.Duration(n) * time.Minute).Truncate(time.Minute), Minute
	case unitHour:
		return midnight(ref.Add(-time.Duration(n) * time.Hour)), Day
	case unitWeek:
		return midnight(ref.AddDate(0, 0, -7*n)), Month
	case unitMonth:
		return midnight(ref.AddDate(0, -n, 0)), Month
	case unitYear:
		return midnight(ref.AddDate(-n, 0, 0)), Year
	}
	return midnight(ref.AddDate(0, 0, -n)), Day
}

func midnight(t time.Time) time.Time {
	y, m, d := t.In(Zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, Zone)
}
