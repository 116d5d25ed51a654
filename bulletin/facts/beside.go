package facts

import (
	"strings"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/cite"
	"bantin/bulletin/phrase"
)

// around widens a date over the clock and weekday beside it on its line.
func (s *scan) around(p *printed) {
	s.before(p)
	s.behind(p)
}

// maxBeside is how many tokens may part a clock or label from its date.
const maxBeside = 5

// before looks left over marks and small words for a weekday and a clock.
func (s *scan) before(p *printed) {
	start := p.First
	for j, n := p.First-1, 0; j >= 0 && n < maxBeside+6 && !s.Units[j+1].Has(vi.NewPara); j, n = j-1, n+1 {
		if s.isFiller(j) {
			continue
		}
		if h, ok := s.hitEnding(j, classWeekday, 2); ok && p.weekday < 0 {
			p.weekday, j = int(h.Value), int(h.first)
			start = j
			continue
		}
		if day, first, ok := s.shortWeekday(j); ok && p.weekday < 0 {
			p.weekday, j, start = day, first, first
			continue
		}
		if c, first, ok := s.clockEnding(j); ok && p.clock.hour < 0 {
			p.clock, j, start = c, first, first
			continue
		}
		break
	}
	p.First = start
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
	switch t := s.Units[j]; t.Kind {
	case ',', '-', '|', '.', ';', ':', '(', '[', '~', '/':
		return true
	case 'w':
		switch t.Hash {
		case phrase.Ngay, phrase.Luc, phrase.Vao, phrase.HoiTime, phrase.On:
			return true
		}
	}
	return false
}

// shortWeekday reads "Thứ 4" and "T4", ending at token j.
func (s *scan) shortWeekday(j int) (day, first int, ok bool) {
	if j < 1 || !s.Units[j].Is('n') || s.Units[j].Len() != 1 || s.Units[j].Num < 2 || s.Units[j].Num > 7 {
		return 0, 0, false
	}
	if w := s.Units[j-1].Hash; w != phrase.Thu && (w != phrase.T || s.Units[j].Has(vi.Spaced)) {
		return 0, 0, false
	}
	return int(s.Units[j].Num) - 1, j - 1, true
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
	d := publication{PrintedDate: PrintedDate{Span: s.span(p.First, p.Last), Time: t, Precision: precision}}
	if p.weekday >= 0 {
		d.weekday, d.mismatch = true, int(t.Weekday()) != p.weekday
	}
	s.readLabel(&d, p.First)
	d.Labelled = d.label != 0
	d.header = d.Labelled || s.isHeader(p)
	return d
}

// readLabel looks left from token i for a label on the same line.
func (s *scan) readLabel(d *publication, i int) {
	j := i - 1
	if i > 0 && s.Units[i].Has(vi.NewPara) {
		return
	}
	on := false
	for n := 0; j >= 0 && n < maxBeside; n++ {
		if h, ok := s.hitEnding(j, classLabel, 5); ok && s.opensLine(int(h.first)) && h.Value != labelBy {
			d.label = h.Value
			return
		}
		if _, ok := s.hitEnding(j, classNotLabel, 4); ok {
			d.notPublished = true
			return
		}
		if _, ok := s.hitEnding(j, classClock, 4); ok {
			d.clockLabel = true
			return
		}
		if !s.isFiller(j) || s.Units[j].Has(vi.NewPara) {
			break
		}
		on = on || s.Units[j].Hash == phrase.On
		j--
	}
	for n := 0; on && j >= 0 && n < 8; n, j = n+1, j-1 {
		if h, ok := s.hitEnding(j, classLabel, 3); ok && h.Value == labelBy {
			d.label = labelPosted
			return
		}
	}
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
	const few, reach = 10, 60
	words := 0
	for j := p.First; j > max(0, p.First-reach) && !s.Units[j].Has(vi.NewLine) && words <= few; j-- {
		if s.Units[j-1].Is('w') {
			words++
		}
	}
	left := words
	for j := p.Last + 1; j < min(len(s.Units), p.Last+reach) && !s.Units[j].Has(vi.NewLine) && words <= few; j++ {
		if s.Units[j].Is('w') {
			words++
		}
	}
	if p.First > 0 && s.Units[p.First-1].Is('(') && s.KindAt(p.Last+1) == ')' {
		return left == 0 || p.Last+2 >= len(s.Units) || s.Units[p.Last+2].Has(vi.NewLine)
	}
	return words <= few && !s.eventCueBefore(p.dateFirst) && !s.datesDocument(p)
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
	for j := i - 1; j >= 0 && j >= i-6; j-- {
		switch s.Units[j].Hash {
		case phrase.Vao:
			return true
		case phrase.Sang, phrase.Trua, phrase.Chieu, phrase.Toi, phrase.Nay, phrase.Hom:
			if j >= i-4 {
				return true
			}
		}
	}
	return false
}
