package phrase

import (
	_ "embed" // for the table
	"sync"
	"time"

	"bantin/analyzers/vi"
)

//go:embed tables/times.tsv
var timesTSV string

// timeWords are the patterns of times, for every reader: its own table of
// phrases does not hold them.
var timeWords = NewVocabulary(timesTSV)

// Classes of times.
var (
	classNumeral  = timeWords.Class("numeral")
	classMonth    = timeWords.Class("month") // with its number
	classDate     = timeWords.Class("date")  // with what its numbers are
	classUntil    = timeWords.Class("until")
	Quarter       = timeWords.Class("quarter")
	LooseQuarter  = timeWords.Class("loose quarter")  // printed in a way that also means other things
	QuarterNumber = timeWords.Class("quarter number") // behind another quarter
	Quarters      = timeWords.Class("quarters")       // from one to another: 13 is the first to the third
	MonthOfYear   = timeWords.Class("month of year")  // with its year or without
	NumericMonth  = timeWords.Class("numeric month")
	Clock         = timeWords.Class("clock")
	HalfDay       = timeWords.Class("half")        // with the hours that it adds
	PartOfDay     = timeWords.Class("part of day") // the same
)

// times is the table of times.
var times = sync.OnceValue(func() *Table {
	t := newTable()
	timeWords.AddTo(t)
	return t.Seal()
})

// Time is the longest time of a class at unit i.
func (r *Reader) Time(i int, c Class) (m Meaning, last int, ok bool) {
	if i >= len(r.Units) {
		return m, i, false
	}
	t := Reader{Scan: r.Scan, table: times(), typed: r.typed}
	return t.Longest(i, c)
}

// Month is the number of the month that is named at unit i, with its last unit:
// "tháng 7", "tháng mười hai", "tháng Chạp", "Th9", "Thg 10", "October", "Oct".
func (r *Reader) Month(i int) (month, last int, ok bool) {
	m, last, ok := r.Time(i, classMonth)
	return int(m.Value), last, ok
}

// Numbers are the numbers and months of units first to last.
func (r *Reader) Numbers(first, last int) (out []int) {
	for i := first; i <= last; i++ {
		if month, end, ok := r.Month(i); ok {
			out, i = append(out, month), end
		} else if r.Units[i].Is(vi.KindDigits) {
			out = append(out, int(r.Units[i].Num))
		}
	}
	return out
}

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
	m, last, ok := r.Time(i, classDate)
	if !ok || r.GluedNumber(i) || r.GluedAfter(last) || r.numberFollows(last+1) {
		return p, false
	}
	form, of, before := timeWords.Name(m.Value), r.Numbers(i, last), r.WordAt(i-1)
	p = Date{First: i, Last: last, Day: of[0], Short: form == "short", Range: form == "range" || form == "until"}
	switch n := len(of); form {
	case "ymd":
		p.Year, p.Month, p.Day = of[0], of[1], of[2]
	case "mdy":
		p.Month, p.Day, p.Year = of[0], of[1], of[2]
	case "short":
		if p.Month, p.Year = of[1], 1900+of[2]; p.Year < 1950 {
			p.Year += 100
		}
	default:
		if of[n-1] >= 1945 {
			p.Year, n = of[n-1], n-1
		}
		if p.Month = of[n-1]; form == "list" && before != Ngay || form == "until" && before != Ngay && before != TuFrom || of[n-2] < p.Day {
			return p, false
		}
	}
	return p, p.valid() && (partial || p.Year != 0 && form != "list" && form != "until")
}

// numberFollows tells whether the mark at unit i joins a number to a date that
// is none of a date: 22-1-1943.
func (r *Reader) numberFollows(i int) bool {
	year := r.KindAt(i+1) == vi.KindDigits && r.Units[i+1].Len() > len("31") && !r.Units[i+1].Has(vi.NewLine)
	return r.KindAt(i) == '/' || r.KindAt(i) == '-' && year
}

// IsDateMark tells the marks that part the numbers of a date.
func IsDateMark(k byte) bool { return k == '/' || k == '-' || k == '.' }

// Until steps over what stands at unit i before the end of a range: "đến hết
// ngày", "tới", a dash.
func (r *Reader) Until(i int) (next int, ok bool) {
	_, last, ok := r.Time(i, classUntil)
	return last + 1, ok
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
