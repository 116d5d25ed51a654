package facts

import (
	"time"

	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

// eventTime gives an event its year and refuses history and the far future.
func (s *scan) eventTime(p printed, ref time.Time) (time.Time, bulletin.Precision, bool) {
	year := p.Year
	switch {
	case year == 0 && !ref.IsZero():
		year = nearestYear(p.Month, p.Day, ref)
	case year == 0:
		year = s.onlyYear()
	}
	t, precision := p.time(year)
	if year == 0 || t.Day() != p.Day { // 29 February
		return time.Time{}, "", false
	}
	return t, precision, ref.IsZero() || t.After(ref.AddDate(-20, 0, 0)) && t.Before(ref.AddDate(2, 0, 0))
}

// nearestYear puts a day and month into the year next to ref; events lie in
// the past more often than ahead.
func nearestYear(month, day int, ref time.Time) int {
	const ahead = 60 * 24 * time.Hour
	ref = ref.In(bulletin.Zone)
	t := time.Date(ref.Year(), time.Month(month), day, 0, 0, 0, 0, bulletin.Zone)
	switch {
	case t.After(ref.Add(ahead)):
		return ref.Year() - 1
	case t.AddDate(1, 0, 0).Before(ref.Add(ahead)):
		return ref.Year() + 1
	}
	return ref.Year()
}

// onlyYear is the year that the text names when it names one alone: behind
// "năm" or as the end of a date or quarter, not of a span or a goal.
func (s *scan) onlyYear() int {
	year := 0
	for i := range s.Units {
		y := s.yearAt(i)
		if y == 0 || !s.oneOf(i-1, phrase.Nam, '/', '-', '.') || s.yearOfSpan(i) || s.yearOfDocument(i) {
			continue
		}
		if year != 0 && year != y {
			return 0
		}
		year = y
	}
	return year
}

// yearOfDocument reports whether year i dates a document named before it in
// the clause: "Nghị quyết 57-NQ/TW ngày 22/12/2024", "Luật Đất đai năm 2024".
func (s *scan) yearOfDocument(i int) bool {
	const reach = 16
	for j := range s.leftward(i, reach-1) {
		if s.ends(j, classRule, 2) {
			return true
		}
		if s.Units[j].Is(',') && s.WordAt(j+1) != phrase.Ngay {
			return false
		}
	}
	return false
}

// yearOfSpan reports whether year i is part of "2020 - 2025", of a document's
// number, or follows words such as "đến năm", "nhiệm kỳ".
func (s *scan) yearOfSpan(i int) bool {
	isYear := func(j int) bool { return s.KindAt(j) == 'n' && s.Units[j].Len() == 4 }
	if s.KindAt(i+1) == '-' && isYear(i+2) || i >= 2 && s.Units[i-1].Is('-') && isYear(i-2) || s.KindAt(i+1) == '/' {
		return true
	}
	j := i - 1
	if s.WordAt(j) == phrase.Nam {
		j--
	}
	return s.ends(j, classYearBlock, 2)
}
