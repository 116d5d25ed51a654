package phrase

import (
	"strings"
	"time"

	"bantin/analyzers/vi"
)

// Date is a calendar date as printed.
type Date struct {
	First, Last      int  // units
	Year, Month, Day int  // year 0 when not printed
	Short            bool // the year has two digits
	Range            bool // the first of "từ ngày … đến …"
}

// DateAt reads the calendar date of 1945 to 2099 that begins at unit i: numbers
// with marks, "ngày … tháng … năm …", month words of either language; without a
// year only when partial. Of several days it is the first: 15-16/7/2020.
func (r *Reader) DateAt(i int, partial bool) (p Date, ok bool) {
	if i < 0 || i >= len(r.Units) {
		return p, false
	}
	p = Date{First: i, Last: i}
	switch u := r.Units[i]; u.Kind {
	case vi.KindDigits:
		ok = u.Num >= 0 && (r.numericDate(&p, partial) || r.wordedDate(&p, partial))
	case vi.KindWord:
		ok = r.monthFirstDate(&p)
	}
	return p, ok && p.valid()
}

// valid reports whether there is such a day; 29 February without a year is one.
func (p Date) valid() bool {
	const leap = 2000
	y := p.Year
	if y == 0 {
		y = leap
	}
	t := time.Date(y, time.Month(p.Month), p.Day, 0, 0, 0, 0, time.UTC)
	return t.Day() == p.Day && int(t.Month()) == p.Month && plausibleYear(y)
}

func plausibleYear(y int) bool { return y >= 1945 && y < 2100 }

// KindAt is the kind of unit i, 0 beyond the end or in another paragraph.
func (r *Reader) KindAt(i int) byte {
	if i < 0 || i >= len(r.Units) || i > 0 && r.Units[i].Has(vi.NewPara) {
		return 0
	}
	return r.Units[i].Kind
}

// WordAt is the hash of the word or mark at unit i, 0 for none.
func (r *Reader) WordAt(i int) uint64 {
	if i < 0 || i >= len(r.Units) {
		return 0
	}
	return r.Units[i].Hash
}

// IsDateMark tells the marks that part the numbers of a date.
func IsDateMark(k byte) bool { return k == '/' || k == '-' || k == '.' }

// numericDate reads d/m/y, y-m-d, d/m and ranges such as 15-16/7/2020, which
// count by their first day.
func (r *Reader) numericDate(p *Date, partial bool) bool {
	i := p.First
	if r.GluedNumber(i) {
		return false
	}
	if partial && r.dayList(p) {
		return true
	}
	mark := r.KindAt(i + 1)
	if !IsDateMark(mark) || r.KindAt(i+2) != 'n' {
		return false
	}
	a, b := r.Units[i], r.Units[i+2]
	if a.Len() > 2 && a.Len() != 4 || b.Len() > 2 {
		return false
	}
	if mark == '-' && r.KindAt(i+3) == '/' && r.KindAt(i+4) == 'n' && a.Len() <= 2 && r.Units[i+4].Len() <= 2 {
		return r.dayRange(p)
	}
	if r.KindAt(i+3) == mark && r.KindAt(i+4) == 'n' && r.spacedAlike(i+1, i+3) {
		return r.threeNumbers(p, a, b, r.Units[i+4])
	}
	if a.Len() > 2 || r.KindAt(i+3) == '/' || r.GluedAfter(i+2) {
		return false
	}
	p.Day, p.Month, p.Last = int(a.Num), int(b.Num), i+2
	r.laterYear(p)
	return partial || mark == '/' && p.Year != 0 // 22/12 năm 2024
}

// spacedAlike asks that two marks of one date are spaced the same way or not
// far apart: "17 - 9 - 2020", "17/9/ 2020".
func (r *Reader) spacedAlike(i, j int) bool {
	return r.Units[i].Kind != '.' || !r.Units[i+1].Has(vi.Spaced) && !r.Units[j+1].Has(vi.Spaced) || r.Units[i+1].Has(vi.Spaced) == r.Units[j+1].Has(vi.Spaced)
}

func (r *Reader) threeNumbers(p *Date, a, b, c vi.Unit) bool {
	i := p.First
	p.Last = i + 4
	if r.KindAt(i+5) == '/' || r.GluedAfter(i+4) {
		return false
	}
	switch {
	case a.Len() == 4 && c.Len() <= 2:
		p.Year, p.Month, p.Day = int(a.Num), int(b.Num), int(c.Num)
	case a.Len() <= 2 && c.Len() == 4:
		p.Day, p.Month, p.Year = int(a.Num), int(b.Num), int(c.Num)
	case a.Len() <= 2 && c.Len() == 2:
		p.Day, p.Month, p.Year, p.Short = int(a.Num), int(b.Num), 1900+int(c.Num), true
		if p.Year < 1950 {
			p.Year += 100
		}
	default:
		return false
	}
	return p.Year > 0
}

// Until steps over what stands at token i before the end of a range: "đến hết ngày",
// "tới", a dash.
func (r *Reader) Until(i int) (next int, ok bool) {
	if w := r.WordAt(i); w != Den && w != ToiUntil && r.KindAt(i) != '-' {
		return i, false
	}
	for i++; r.WordAt(i) == Het || r.WordAt(i) == Ngay; {
		i++
	}
	return i, true
}

// dayList reads "ngày 24 và 25/9/2020", "từ 5 đến 7/4" by its first day.
func (r *Reader) dayList(p *Date) bool {
	i := p.First
	before := r.WordAt(i - 1)
	if before != Ngay && before != TuFrom || r.Units[i].Len() > 2 {
		return false
	}
	next := i + 2
	for r.WordAt(next-1) == ',' && r.KindAt(next) == 'n' && r.Units[next].Len() <= 2 && (r.WordAt(next+1) == ',' || r.WordAt(next+1) == Va) {
		next += 2 // các ngày 7, 8, 9/7
	}
	joint := r.WordAt(next - 1)
	until := joint == Den || joint == ToiUntil
	if !until && (joint != Va && joint != ',' || before != Ngay) {
		return false
	}
	if r.WordAt(next) == Ngay {
		next++
	}
	if r.KindAt(next) != 'n' {
		return false
	}
	later := Date{First: next}
	if !r.numericDate(&later, true) && !r.wordedDate(&later, true) {
		return false
	}
	p.Day, p.Month, p.Year, p.Last = int(r.Units[i].Num), later.Month, later.Year, later.Last
	p.Range = until
	return later.Day > p.Day
}

func (r *Reader) dayRange(p *Date) bool {
	i := p.First
	p.Day, p.Month, p.Last, p.Range = int(r.Units[i].Num), int(r.Units[i+4].Num), i+4, true
	if r.KindAt(i+5) == '/' && r.KindAt(i+6) == 'n' && r.Units[i+6].Len() == 4 {
		p.Year, p.Last = int(r.Units[i+6].Num), i+6
	}
	return !r.GluedAfter(p.Last)
}

// GluedNumber reports whether number i goes on to its left: 1.234/5, A4/5.
func (r *Reader) GluedNumber(i int) bool {
	if i == 0 || r.Units[i].Has(vi.Spaced) {
		return false
	}
	switch t := r.Units[i-1]; t.Kind {
	case '/', '+', '%', '$', '#', '=', '_':
		return true
	case '.', ',', '-', ':':
		return i >= 2 && r.Units[i-2].Is('n') && !t.Has(vi.Spaced)
	}
	return false
}

// GluedAfter reports whether number i goes on to its right: a unit, a decimal.
func (r *Reader) GluedAfter(i int) bool {
	k := r.KindAt(i + 1)
	switch {
	case k == '%':
		return true
	case k == 0 || r.Units[i+1].Has(vi.Spaced):
		return false
	case k == '.' || k == ',':
		return r.KindAt(i+2) == 'n' && !r.Units[i+2].Has(vi.Spaced)
	case k == 'w':
		return r.Units[i+1].Hash != Nam && r.Units[i+1].Has(vi.Upper)
	}
	return false
}

// wordedDate reads "13 tháng 7 năm 2020", "18 Tháng 8 2015", "18 October 2019".
func (r *Reader) wordedDate(p *Date, partial bool) bool {
	i := p.First
	if r.Units[i].Len() > 2 || r.GluedNumber(i) {
		return false
	}
	p.Day = int(r.Units[i].Num)
	if r.EnglishOrdinal(i + 1) {
		i++ // 7th July
	}
	if r.WordAt(i+1) == Thang && r.KindAt(i+2) == 'n' && r.Units[i+2].Len() <= 2 {
		p.Month, p.Last = int(r.Units[i+2].Num), i+2
	} else if m, last, ok := r.MonthWord(i + 1); ok && r.KindAt(i+1) != 0 {
		p.Month, p.Last = m, last
	} else {
		return false
	}
	r.laterYear(p)
	return p.Year != 0 || partial
}

// EnglishOrdinal reports whether unit i is the ending of an English ordinal.
func (r *Reader) EnglishOrdinal(i int) bool {
	if r.KindAt(i) != 'w' || r.Units[i].Has(vi.Spaced) {
		return false
	}
	switch strings.ToLower(r.Of(i)) {
	case "st", "nd", "rd", "th":
		return true
	}
	return false
}

// laterYear reads the year behind a day and month: "năm 2020", "/2020",
// ", 2020", "2020".
func (r *Reader) laterYear(p *Date) {
	j := p.Last + 1
	if k := r.KindAt(j); k == ',' || k == '/' || k == '-' {
		j++
	}
	if r.WordAt(j) == Nam {
		j++
	}
	if r.KindAt(j) == 'n' && r.Units[j].Len() == 4 && plausibleYear(int(r.Units[j].Num)) {
		p.Year, p.Last = int(r.Units[j].Num), j
	}
}

// monthFirstDate reads "Tháng mười 3, 2024", "October 18, 2019".
func (r *Reader) monthFirstDate(p *Date) bool {
	i := p.First
	m, last, ok := r.MonthWord(i)
	if r.WordAt(i) == Thang && r.KindAt(i+1) == 'n' && r.Units[i+1].Len() <= 2 {
		m, last, ok = int(r.Units[i+1].Num), i+1, true
	}
	if !ok || r.KindAt(last+1) != 'n' || r.Units[last+1].Len() > 2 {
		return false
	}
	p.Month, p.Day, p.Last = m, int(r.Units[last+1].Num), last+1
	if r.KindAt(last+2) == 'w' && !r.Units[last+2].Has(vi.Spaced) {
		p.Last++ // 1st, 2nd
	}
	if r.KindAt(p.Last+1) != ',' {
		return false
	}
	r.laterYear(p)
	return p.Year != 0
}

// MonthWord reads a month that is not a number alone at unit i: "tháng mười
// hai", "tháng Chạp", "Th9", "Thg 10", "October", "Oct".
func (r *Reader) MonthWord(i int) (month, last int, ok bool) {
	switch w := r.WordAt(i); {
	case w == Thang && r.Is(i+1, Gieng):
		return 1, i + 1, true
	case w == Thang && r.Is(i+1, ChapMoon):
		return 12, i + 1, true
	case w == Thang && r.Is(i+1, Nam):
		return 5, i + 1, true
	case w == Thang:
		month, last = r.Number(i + 1)
		last--
	case (w == Th || w == Thg) && r.KindAt(i+1) == vi.KindDigits && (w == Thg || !r.Units[i+1].Has(vi.Spaced)):
		month, last = int(r.Units[i+1].Num), i+1
	case r.KindAt(i) == vi.KindWord && r.Units[i].Len() >= 3 && (r.Units[i].Has(vi.Capital) || r.Typed() && !isSyllable(r.Of(i))):
		month, last = englishMonths[strings.ToLower(r.Of(i))], i
	}
	return month, last, month > 0 && month <= 12
}

var englishMonths = func() map[string]int {
	months := map[string]int{"sept": 9}
	for m := time.January; m <= time.December; m++ {
		name := strings.ToLower(m.String())
		months[name], months[name[:3]] = int(m), int(m)
	}
	return months
}()
