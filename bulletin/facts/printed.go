package facts

import (
	"strings"
	"time"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

// printed is a calendar date with the clock and the weekday beside it.
type printed struct {
	first, last      int // tokens
	year, month, day int // year 0 when not printed
	clock            clock
	weekday          int  // Sunday 0, -1 when not printed
	dateFirst        int  // first token of the calendar date alone
	short            bool // year of two digits
	from             bool // the first of "từ ngày … đến …"
}

// dateAt reads the calendar date that begins at token i: numbers with marks,
// "ngày … tháng … năm …", month words of either language; without a year only
// when partial.
func (s *scan) dateAt(i int, partial bool) (p printed, ok bool) {
	p = printed{first: i, dateFirst: i, weekday: -1, clock: clock{hour: -1}}
	switch t := s.Units[i]; {
	case t.Is('n') && t.Num >= 0:
		ok = s.numericDate(&p, partial) || s.wordedDate(&p, partial)
	case t.Is('w'):
		ok = s.monthFirstDate(&p)
	}
	if !ok || !validDate(p.year, p.month, p.day) {
		return p, false
	}
	return p, true
}

func validDate(y, m, d int) bool {
	if m < 1 || m > 12 || d < 1 || d > 31 {
		return false
	}
	if y == 0 {
		y = 2000 // a leap year
	}
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, bulletin.Zone)
	return t.Day() == d && plausible(t)
}

func isDateMark(k byte) bool { return k == '/' || k == '-' || k == '.' }

// numericDate reads d/m/y, y-m-d, d/m and ranges such as 15-16/7/2020, which
// count by their first day.
func (s *scan) numericDate(p *printed, partial bool) bool {
	i := p.first
	if s.gluedNumber(i) {
		return false
	}
	if partial && s.dayList(p) {
		return true
	}
	mark := s.kindAt(i + 1)
	if !isDateMark(mark) || s.kindAt(i+2) != 'n' {
		return false
	}
	a, b := s.Units[i], s.Units[i+2]
	if a.Len() > 2 && a.Len() != 4 || b.Len() > 2 {
		return false
	}
	if mark == '-' && s.kindAt(i+3) == '/' && s.kindAt(i+4) == 'n' && a.Len() <= 2 && s.Units[i+4].Len() <= 2 {
		return s.dayRange(p)
	}
	if s.kindAt(i+3) == mark && s.kindAt(i+4) == 'n' && s.spacedAlike(i+1, i+3) {
		return s.threeNumbers(p, a, b, s.Units[i+4])
	}
	if !partial || a.Len() > 2 || s.kindAt(i+3) == '/' || s.gluedAfter(i+2) {
		return false
	}
	p.day, p.month, p.last = int(a.Num), int(b.Num), i+2
	s.laterYear(p)
	return true
}

// spacedAlike asks that two marks of one date are spaced the same way or not
// far apart: "17 - 9 - 2020", "17/9/ 2020".
func (s *scan) spacedAlike(i, j int) bool {
	return s.Units[i].Kind != '.' || !s.Units[i+1].Has(vi.Spaced) && !s.Units[j+1].Has(vi.Spaced) || s.Units[i+1].Has(vi.Spaced) == s.Units[j+1].Has(vi.Spaced)
}

func (s *scan) threeNumbers(p *printed, a, b, c vi.Unit) bool {
	i := p.first
	p.last = i + 4
	if s.kindAt(i+5) == '/' || s.gluedAfter(i+4) {
		return false
	}
	switch {
	case a.Len() == 4 && c.Len() <= 2:
		p.year, p.month, p.day = int(a.Num), int(b.Num), int(c.Num)
	case a.Len() <= 2 && c.Len() == 4:
		p.day, p.month, p.year = int(a.Num), int(b.Num), int(c.Num)
	case a.Len() <= 2 && c.Len() == 2:
		p.day, p.month, p.year, p.short = int(a.Num), int(b.Num), 2000+int(c.Num), true
	default:
		return false
	}
	return p.year > 0
}

// dayList reads "ngày 24 và 25/9/2020", "từ 5 đến 7/4" by its first day.
func (s *scan) dayList(p *printed) bool {
	i := p.first
	before := s.wordAt(i - 1)
	if before != phrase.Ngay && before != phrase.TuFrom || s.Units[i].Len() > 2 {
		return false
	}
	next := i + 2
	for s.wordAt(next-1) == ',' && s.kindAt(next) == 'n' && s.Units[next].Len() <= 2 && (s.wordAt(next+1) == ',' || s.wordAt(next+1) == phrase.Va) {
		next += 2 // các ngày 7, 8, 9/7
	}
	joint := s.wordAt(next - 1)
	if joint != phrase.Den && (joint != phrase.Va && joint != ',' || before != phrase.Ngay) {
		return false
	}
	if s.wordAt(next) == phrase.Ngay {
		next++
	}
	if s.kindAt(next) != 'n' {
		return false
	}
	later := printed{first: next}
	if !s.numericDate(&later, true) && !s.wordedDate(&later, true) {
		return false
	}
	p.day, p.month, p.year, p.last = int(s.Units[i].Num), later.month, later.year, later.last
	p.from = joint == phrase.Den
	return later.day > p.day
}

func (s *scan) dayRange(p *printed) bool {
	i := p.first
	p.day, p.month, p.last, p.from = int(s.Units[i].Num), int(s.Units[i+4].Num), i+4, true
	if s.kindAt(i+5) == '/' && s.kindAt(i+6) == 'n' && s.Units[i+6].Len() == 4 {
		p.year, p.last = int(s.Units[i+6].Num), i+6
	}
	return !s.gluedAfter(p.last)
}

// gluedNumber reports whether number i goes on to its left: 1.234/5, A4/5.
func (s *scan) gluedNumber(i int) bool {
	if i == 0 || s.Units[i].Has(vi.Spaced) {
		return false
	}
	switch t := s.Units[i-1]; t.Kind {
	case '/', '+', '%', '$', '#', '=', '_':
		return true
	case '.', ',', '-', ':':
		return i >= 2 && s.Units[i-2].Is('n') && !t.Has(vi.Spaced)
	}
	return false
}

// gluedAfter reports whether number i goes on to its right: a unit, a decimal.
func (s *scan) gluedAfter(i int) bool {
	k := s.kindAt(i + 1)
	switch {
	case k == '%':
		return true
	case k == 0 || s.Units[i+1].Has(vi.Spaced):
		return false
	case k == '.' || k == ',':
		return s.kindAt(i+2) == 'n' && !s.Units[i+2].Has(vi.Spaced)
	case k == 'w':
		return s.Units[i+1].Hash != phrase.Nam && s.Units[i+1].Has(vi.Upper)
	}
	return false
}

// wordedDate reads "13 tháng 7 năm 2020", "18 Tháng 8 2015", "18 October 2019".
func (s *scan) wordedDate(p *printed, partial bool) bool {
	i := p.first
	if s.Units[i].Len() > 2 || s.gluedNumber(i) {
		return false
	}
	p.day = int(s.Units[i].Num)
	if s.ordinal(i + 1) {
		i++ // 7th July
	}
	if s.wordAt(i+1) == phrase.Thang && s.kindAt(i+2) == 'n' && s.Units[i+2].Len() <= 2 {
		p.month, p.last = int(s.Units[i+2].Num), i+2
	} else if m, last, ok := s.monthWord(i + 1); ok && s.kindAt(i+1) != 0 {
		p.month, p.last = m, last
	} else {
		return false
	}
	s.laterYear(p)
	return p.year != 0 || partial
}

// ordinal reports whether token i is the ending of an English ordinal.
func (s *scan) ordinal(i int) bool {
	if s.kindAt(i) != 'w' || s.Units[i].Has(vi.Spaced) {
		return false
	}
	switch strings.ToLower(s.Of(i)) {
	case "st", "nd", "rd", "th":
		return true
	}
	return false
}

// laterYear reads the year behind a day and month: "năm 2020", "/2020",
// ", 2020", "2020".
func (s *scan) laterYear(p *printed) {
	j := p.last + 1
	if k := s.kindAt(j); k == ',' || k == '/' || k == '-' {
		j++
	}
	if s.wordAt(j) == phrase.Nam {
		j++
	}
	if s.kindAt(j) == 'n' && s.Units[j].Len() == 4 && s.Units[j].Num >= 1976 && s.Units[j].Num < 2100 {
		p.year, p.last = int(s.Units[j].Num), j
	}
}

// monthFirstDate reads "Tháng mười 3, 2024", "October 18, 2019".
func (s *scan) monthFirstDate(p *printed) bool {
	i := p.first
	m, last, ok := s.monthWord(i)
	if s.wordAt(i) == phrase.Thang && s.kindAt(i+1) == 'n' && s.Units[i+1].Len() <= 2 {
		m, last, ok = int(s.Units[i+1].Num), i+1, true
	}
	if !ok || s.kindAt(last+1) != 'n' || s.Units[last+1].Len() > 2 {
		return false
	}
	p.month, p.day, p.last = m, int(s.Units[last+1].Num), last+1
	if s.kindAt(last+2) == 'w' && !s.Units[last+2].Has(vi.Spaced) {
		p.last++ // 1st, 2nd
	}
	if s.kindAt(p.last+1) != ',' {
		return false
	}
	s.laterYear(p)
	return p.year != 0
}

// monthWord is the longest month word at token i.
func (s *scan) monthWord(i int) (month, last int, ok bool) {
	if h, found := s.hitAt(i, classMonth); found {
		return int(h.Value), int(h.last), true
	}
	if w := s.wordAt(i); (w == phrase.Th || w == phrase.Thg) && s.kindAt(i+1) == 'n' && (w == phrase.Thg || !s.Units[i+1].Has(vi.Spaced)) {
		return int(s.Units[i+1].Num), i + 1, true // Th9, Thg 10
	}
	return 0, 0, false
}

// time gives the moment printed, in year when none was.
func (p printed) time(year int) (time.Time, bulletin.Precision) {
	if p.year != 0 {
		year = p.year
	}
	if p.clock.hour < 0 {
		return time.Date(year, time.Month(p.month), p.day, 0, 0, 0, 0, bulletin.Zone), bulletin.Day
	}
	c := p.clock
	return time.Date(year, time.Month(p.month), p.day, c.hour, c.minute, c.second, 0, bulletin.Zone), c.precision
}
