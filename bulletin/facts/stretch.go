package facts

import (
	"fmt"
	"slices"
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
		read := s.sharedYear(i)
		t, ok := s.timeAt(i)
		if ok && read == nil {
			if read = s.rangeAt(t); read == nil {
				read = s.openRange(t)
			}
		}
		if read == nil {
			continue
		}
		i = s.tokenEnding(read[0].End)
		if !ok || !s.ofTerm(t) {
			out = append(out, read...)
		}
	}
	return out
}

// ofTerm tells whether years are those of a term or of a school: nhiệm kỳ
// 2020-2025.
func (s *scan) ofTerm(t stretch) bool {
	w := s.WordAt(t.first - 1)
	return len(t.values[0]) == len("2020") && (w == phrase.KyTerm || w == phrase.Hoc || w == phrase.Khoa)
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
func (s *scan) rangeAt(t stretch) []Named {
	j, ok := s.Until(t.last + 1)
	if !ok {
		return nil
	}
	if end, ok := s.timeAt(j); ok {
		return s.rangeOf(t, end)
	}
	if end, ok := s.yearAt(j, j); ok && len(t.values[0]) == len("2020") {
		return s.rangeOf(t, end)
	}
	return nil
}

// rangeOf is the range from one time to another, nil where that is not later.
func (s *scan) rangeOf(t, end stretch) []Named {
	if !end.to.After(t.from) {
		return nil
	}
	first := t.first
	if s.WordAt(first-1) == phrase.TuFrom {
		first--
	}
	at := s.span(first, end.last)
	return []Named{
		{at, "from", []string{t.from.Format(time.DateOnly)}},
		{at, "to", []string{end.to.Format(time.DateOnly)}},
	}
}

// openRange reads "từ năm 2021 đến nay", "từ 7/2025" and "trước năm 2020" as a
// range with one end, any other time as itself.
func (s *scan) openRange(t stretch) []Named {
	switch s.WordAt(t.first - 1) {
	case phrase.TuFrom:
		last := t.last
		if s.WordAt(last+1) == phrase.Den && s.WordAt(last+2) == phrase.Nay {
			last += 2
		}
		return []Named{{s.span(t.first-1, last), "from", []string{t.from.Format(time.DateOnly)}}}
	case phrase.Truoc:
		return []Named{{s.span(t.first-1, t.last), "to", []string{t.from.AddDate(0, 0, -1).Format(time.DateOnly)}}}
	}
	return []Named{t.named(s)}
}

// sharedYear reads times of which the last alone has its year: "từ tháng 1 đến
// tháng 6 năm 2021" as a range, "quý I, II/2020" as both.
func (s *scan) sharedYear(i int) []Named {
	const most = 12
	var parts []yearless
	for len(parts) < most {
		p, ok := s.yearlessAt(i, parts)
		if !ok {
			break
		}
		parts = append(parts, p)
		i = p.last + 1
		if j, ok := s.Until(i); ok && len(parts) == 1 {
			if end, ok := s.sameTime(j, parts); ok {
				return s.rangeOf(p.in(end.from.Year()), end)
			}
		}
		if s.KindAt(i) != ',' && s.WordAt(i) != phrase.Va {
			break
		}
		i++
		if end, ok := s.sameTime(i, parts); ok {
			for _, p := range slices.Backward(parts) {
				end.values = append(p.in(end.from.Year()).values, end.values...)
			}
			end.first = parts[0].first
			return []Named{end.named(s)}
		}
	}
	return nil
}

// yearless is a time without its year.
type yearless struct {
	first, last int
	in          func(year int) stretch
	quarter     bool
}

// yearlessAt is the quarter, month or day at token i when it has no year; behind
// others of a list a quarter's or month's number is enough.
func (s *scan) yearlessAt(i int, before []yearless) (yearless, bool) {
	if i >= len(s.Units) {
		return yearless{}, false
	}
	listed := len(before) > 0
	q, ok := s.oneQuarter(i)
	if n, number := s.quarterNumber(i); !ok && number && listed && before[0].quarter {
		q, ok = quarter{quarter: n, first: i, last: i}, true
	}
	if ok && !s.yearFollows(q.last) {
		return yearless{i, q.last, func(y int) stretch { return quartersOf(i, q.last, y, q.quarter, q.quarter) }, true}, true
	}
	month, last, ok := s.Month(i)
	if !ok && listed && !before[0].quarter && s.KindAt(i) == vi.KindDigits && s.Units[i].Len() <= 2 {
		month, last, ok = int(s.Units[i].Num), i, true
	}
	if _, whole := s.monthStretch(i); ok && !whole && month >= 1 && month <= 12 && !phrase.IsDateMark(s.KindAt(last+1)) {
		return yearless{i, last, func(y int) stretch { t, _ := monthOf(i, last, y, month); return t }, false}, true
	}
	first := i
	if s.WordAt(i) == phrase.Ngay {
		i++
	}
	if s.KindAt(i) != vi.KindDigits {
		return yearless{}, false
	}
	p, ok := s.dateAt(i, true)
	return yearless{first, p.Last, func(y int) stretch { return calendarDay(first, p.Last, y, p.Month, p.Day) }, false}, ok && p.Year == 0
}

// sameTime is the time at token j when it has a year and is of the kind of those
// before it.
func (s *scan) sameTime(j int, before []yearless) (stretch, bool) {
	t, ok := s.timeAt(j)
	if n, number := s.quarterNumber(j); number && before[0].quarter {
		q := quarter{quarter: n, last: j}
		if s.quarterTail(&q); q.year != 0 {
			return quartersOf(j, q.last, q.year, n, n), true
		}
	}
	like := before[0].in(2000)
	return t, ok && t.field == like.field && len(t.values) == 1 && len(t.values[0]) == len(like.values[0])
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
	for _, read := range []func(int) (stretch, bool){s.quarterStretch, s.monthsStretch, s.halfStretch, s.dayStretch, s.monthStretch, s.yearStretch} {
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
	if n, j, first := s.englishOrdinal(i); first && n <= 4 && s.WordAt(j) == phrase.Quy {
		q, ok = quarter{quarter: n, first: i, last: j}, true // second quarter of 2020
	}
	if s.isYear(i) && (s.KindAt(i+1) == '-' || s.KindAt(i+1) == '/') && i+2 < len(s.Units) {
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
	first := i
	if n, j, ok := s.englishOrdinal(i); ok && n == 1 {
		i = j // first six months of 2021
	}
	n, ok := 0, i < len(s.Units)
	if ok {
		n, ok = s.countOfMonths(i)
	}
	if !ok || s.WordAt(i+1) != phrase.Thang {
		return stretch{}, false
	}
	j, half := i+2, s.WordAt(i+2)
	if (half == phrase.Dau || half == phrase.Cuoi) && s.WordAt(j+1) == phrase.Nam {
		j += 2
	}
	year, last := s.yearBehind(j)
	switch {
	case year == 0:
		return stretch{}, false
	case half == phrase.Cuoi:
		return quartersOf(first, last, year, 5-n/3, 4), true
	}
	return quartersOf(first, last, year, 1, n/3), true
}

// halfStretch reads "nửa đầu năm 2021" and "second half of 2021".
func (s *scan) halfStretch(i int) (stretch, bool) {
	half, j, ok := s.englishOrdinal(i)
	switch ordinal := ok && half <= 2; {
	case ordinal && s.WordAt(j) == phrase.Nua:
		j++
	case !ordinal && s.WordAt(i) == phrase.Nua && s.WordAt(i+1) == phrase.Dau:
		half, j = 1, i+2
	case !ordinal && s.WordAt(i) == phrase.Nua && s.WordAt(i+1) == phrase.Cuoi:
		half, j = 2, i+2
	default:
		return stretch{}, false
	}
	year, last := s.yearBehind(j)
	return quartersOf(i, last, year, 2*half-1, 2*half), year != 0
}

// yearBehind is the year at token j, "năm" or "of" before it or not, 0 for none.
func (s *scan) yearBehind(j int) (year, last int) {
	for s.WordAt(j) == phrase.Nam || s.WordAt(j) == phrase.Cua {
		j++
	}
	if !s.isYear(j) {
		return 0, j
	}
	return int(s.Units[j].Num), j
}

// englishOrdinal is the value of "second", "2nd" at token i, and the token
// behind it.
func (s *scan) englishOrdinal(i int) (n, next int, ok bool) {
	if h, ok := s.hitAt(i, classOrdinal); ok {
		return int(h.Value), i + 1, true
	}
	if s.KindAt(i) == vi.KindDigits && s.Units[i].Len() == 1 && s.EnglishOrdinal(i+1) {
		return int(s.Units[i].Num), i + 2, true
	}
	return 0, i, false
}

// dayStretch reads a day with its year, "ngày" before it or not.
func (s *scan) dayStretch(i int) (stretch, bool) {
	first := i
	if s.WordAt(i) == phrase.Ngay {
		i++
	}
	if s.KindAt(i) != vi.KindDigits {
		return stretch{}, false
	}
	p, ok := s.dateAt(i, true)
	if !ok || p.Year == 0 || p.Short {
		return stretch{}, false
	}
	return calendarDay(first, p.Last, p.Year, p.Month, p.Day), true
}

func calendarDay(first, last, year, month, day int) stretch {
	at := time.Date(year, time.Month(month), day, 0, 0, 0, 0, bulletin.Zone)
	return stretch{first, last, "day", []string{at.Format(time.DateOnly)}, at, at}
}

// monthStretch reads "tháng 7/2020", "tháng bảy năm 2020", "July 2020", "7/2020",
// "7-2020" and "2020-07".
func (s *scan) monthStretch(i int) (stretch, bool) {
	if month, j, ok := s.Month(i); ok {
		if j++; s.KindAt(j) == '/' || s.KindAt(j) == ',' {
			j++
		}
		if year, last := s.yearBehind(j); year > 0 {
			return monthOf(i, last, year, month)
		}
	}
	first := i
	if s.WordAt(i) == phrase.Thang {
		i++
	}
	number := func(j int) int {
		if s.KindAt(j) != vi.KindDigits || s.Units[j].Len() > 2 {
			return 0
		}
		return int(s.Units[j].Num)
	}
	month, j := number(i), i+1
	joint := s.KindAt(j) == '/' || s.KindAt(j) == '-' || s.KindAt(j) == '.'
	if s.isYear(i) && joint && number(i+2) > 0 && !phrase.IsDateMark(s.KindAt(i+3)) {
		return monthOf(first, i+2, int(s.Units[i].Num), number(i+2))
	}
	switch {
	case joint:
		j++
	case s.WordAt(j) == phrase.Nam && i > first:
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
	if s.WordAt(i) == phrase.Nam {
		i++
	}
	if !s.isYear(i) || s.GluedNumber(i) {
		return stretch{}, false
	}
	return s.yearAt(first, i)
}

// yearAt is the year at token i.
func (s *scan) yearAt(first, i int) (stretch, bool) {
	if !s.isYear(i) || s.GluedAfter(i) || s.KindAt(i+1) == '/' {
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
