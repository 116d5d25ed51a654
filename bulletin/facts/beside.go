package facts

import (
	"strings"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/cite"
	"bantin/bulletin/phrase"
)

// maxBeside is how many tokens may part a clock or label from its date.
const maxBeside = 5

// before looks left over marks and small words for a weekday and a clock.
func (s *scan) before(p *printed) {
	for j, n := p.First-1, 0; j >= 0 && n < maxBeside+6 && !s.Units[j+1].Has(vi.NewPara); j, n = j-1, n+1 {
		day, weekday := s.hitEnding(j, classWeekday, 2)
		c, first, clocked := s.clockEnding(j)
		switch {
		case s.isFiller(j):
			continue
		case weekday && p.weekday < 0:
			p.weekday, j = int(day.Value), int(day.first)
		case clocked && p.clock.hour < 0:
			p.clock, j = c, first
		default:
			return
		}
		p.First = j
	}
}

// behind looks right for a clock, and for a weekday when none stood before.
func (s *scan) behind(p *printed) {
	for j, n := p.Last+1, 0; j < len(s.Units) && n < maxBeside && !s.Units[j].Has(vi.NewPara); j, n = j+1, n+1 {
		if c, last, ok := s.clockAt(j); ok {
			if p.clock.hour < 0 || c.precision == bulletin.Second {
				p.clock, p.Last = c, last
			}
			return
		}
		if !s.isFiller(j) {
			return
		}
	}
}

// isFiller reports whether token j may stand between a date, its clock, its
// weekday and its label.
func (s *scan) isFiller(j int) bool {
	return strings.IndexByte(",-|.;:([~/", s.Units[j].Kind) >= 0 || s.oneOf(j, phrase.Ngay, phrase.Luc, phrase.Vao, phrase.HoiTime, phrase.On)
}

// clockEnding reads the clock whose last token is j.
func (s *scan) clockEnding(j int) (clock, int, bool) {
	for i := max(0, j-8); i < j; i++ {
		if c, last, ok := s.clockAt(i); ok && last == j {
			return c, i, true
		}
	}
	return clock{}, 0, false
}

// publication judges a date by what stands around it.
func (s *scan) publication(p printed) publication {
	t, precision := p.time(0)
	d := publication{PrintedDate: PrintedDate{Span: s.span(p.First, p.Last), Time: t, Precision: precision}, label: s.labelBefore(p.First)}
	d.weekday = p.weekday >= 0
	d.mismatch = d.weekday && int(t.Weekday()) != p.weekday
	d.Labelled = d.rank() > 0
	d.header = d.label != 0 || s.isHeader(p)
	return d
}

// labelBefore looks left from token i for a label on the same line, 0 for none.
func (s *scan) labelBefore(i int) (label uint16) {
	on := false
	j := i - 1
	for n := 0; j >= 0 && n < maxBeside && !s.Units[j+1].Has(vi.NewPara); n, j = n+1, j-1 {
		h, ok := s.hitEnding(j, classLabel, 5)
		if ok && h.Value != labelBy && (h.Value == labelOther || h.Value == labelToday || s.opensLine(int(h.first))) {
			return h.Value
		}
		if !s.isFiller(j) {
			break
		}
		on = on || s.WordAt(j) == phrase.On
	}
	for n := 0; on && j >= 0 && n < 8; n, j = n+1, j-1 {
		if h, ok := s.hitEnding(j, classLabel, 3); ok && h.Value == labelBy {
			return labelPosted
		}
	}
	return 0
}

// opensLine reports whether token i begins its line or follows a mark: a label
// does, the same words in prose do not.
func (s *scan) opensLine(i int) bool {
	if i == 0 || s.Units[i].Has(vi.NewLine) {
		return true
	}
	if h, ok := s.hitAt(i, classLabel); ok && s.KindAt(int(h.last)+1) == ':' {
		return true
	}
	switch s.Units[i-1].Kind {
	case '|', '-', '~', '.', ';', ']':
		return true
	case '(', '[':
		return i == 1 || s.Units[i-1].Has(vi.NewLine)
	}
	return false
}

// isHeader reports whether a date stands in a line with few other words, or
// in brackets at the end of one: prose has neither.
func (s *scan) isHeader(p printed) bool {
	const few = 10
	left, right := s.wordsBeside(p.First, -1), s.wordsBeside(p.Last, 1)
	if p.First > 0 && s.Units[p.First-1].Is('(') && s.KindAt(p.Last+1) == ')' {
		return left == 0 || p.Last+2 >= len(s.Units) || s.Units[p.Last+2].Has(vi.NewLine)
	}
	return left+right <= few && !s.eventCueBefore(p.dateFirst) && !s.datesDocument(p)
}

// wordsBeside counts the words beside token i on its line, to its left or right.
func (s *scan) wordsBeside(i, step int) (words int) {
	const reach = 60
	for range reach {
		line := max(i, i+step) // breaks before it
		if i += step; i < 0 || i >= len(s.Units) || s.Units[line].Has(vi.NewLine) {
			break
		}
		if s.Units[i].Is(vi.KindWord) {
			words++
		}
	}
	return words
}

// datesDocument reports whether a date is the one of a document that its line
// cites: "Quy định 262-QĐ/TW, ngày 08/10/2014".
func (s *scan) datesDocument(p printed) bool {
	const reach = 160
	at, end := int(s.Units[p.dateFirst].Start), int(s.Units[p.Last].End)
	from := max(0, at-reach)
	from += strings.LastIndexByte(s.Text[from:at], '\n') + 1
	for _, c := range cite.Read("", strings.ToValidUTF8(s.Text[from:end], "?"), cite.Context{}) {
		if from+c.End > at {
			return true
		}
	}
	return false
}

// eventCueBefore reports whether "sáng ngày" and the like stand before token
// i: that is the day of an event, never of the publication.
func (s *scan) eventCueBefore(i int) bool {
	const near, far = 4, 6
	for j := i - 1; j >= max(0, i-far); j-- {
		if s.WordAt(j) == phrase.Vao || j >= i-near && s.dayWord(j) {
			return true
		}
	}
	return false
}
