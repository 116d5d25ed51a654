package facts

import (
	"time"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

// maxLead is how much of a text the readers of leads look at.
const maxLead = 4000

// eventDate reads the day of the event that a lead reports: "Sáng ngày
// 25/9/2020", "Ngày 17 – 9", "Chiều nay (16/1)", with the time of day when it
// is printed. A missing year is the one that brings the day nearest to ref,
// the publication; with a zero ref it is the only year that the text names.
// Deadlines, days of documents and commemorations are no events.
func (s *scan) eventDate(ref time.Time) (PrintedDate, bool) {
	for i := 0; i < len(s.Units); i++ {
		if !s.Units[i].Is('n') {
			continue
		}
		p, ok := s.dateAt(i, true)
		if !ok || p.Short {
			continue
		}
		s.rangeTail(&p)
		event := s.isEvent(&p)
		if s.lunar(p) {
			event = s.solarTwin(&p) && event
		}
		if event {
			if t, precision, ok := s.eventTime(p, ref); ok {
				return PrintedDate{Span: s.span(p.First, p.Last), Time: t, Precision: precision}, true
			}
		}
		i = p.Last
	}
	return s.eventToday(ref)
}

// cutText is at most n bytes of text, cut before a word.
func cutText(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && text[n] != ' ' && text[n] != '\n' {
		n--
	}
	return text[:n]
}

// isEvent judges a date by the words before it and widens it over them.
func (s *scan) isEvent(p *printed) bool {
	j, day, session := s.eventCue(p)
	if !day && !session && (!p.Range || s.WordAt(j) != phrase.TuFrom) || s.earlier(j) || s.WordAt(p.Last+1) == phrase.Cua {
		return false
	}
	if _, ok := s.hitEnding(j, classDeadline, 3); ok {
		return p.Range && s.WordAt(j) == phrase.TuFrom && (s.opensClause(j) || s.held(j))
	}
	const near = 8 // Ngày rằm tháng 8 (tức 06/10/2025)
	if session || s.betweenBodyAndVerb(j, p.Last) || s.WordAt(j) == phrase.Tuc && s.openingWithin(j, near) >= 0 {
		return true
	}
	if _, ok := s.countAt(j); ok { // trong 2 ngày, hai ngày
		if j--; s.WordAt(j) == phrase.Trong || s.WordAt(j) == phrase.Suot {
			return true
		}
	}
	_, happens := s.hitEnding(j, classHappens, 3)
	return happens || s.opensClause(j+1) || s.actsBehind(j, *p)
}

// actsBehind reports whether a body stands right behind a day that is set off
// by a comma at token j and is no document's: "…, ngày 25/4, Sở Y tế họp".
func (s *scan) actsBehind(j int, p printed) bool {
	i := p.Last + 1
	if s.KindAt(i) == ',' {
		i++
	}
	_, body := s.hitAt(i, classOrganization)
	return body && s.KindAt(j) == ',' && !s.yearOfDocument(p.dateFirst)
}

// earlier reports whether the words before the comma at token j speak of
// another, earlier event: "Trước đó, ngày 2/7".
func (s *scan) earlier(j int) bool {
	if s.KindAt(j) == ',' {
		j--
	}
	_, ok := s.hitEnding(j, classEarlier, 3)
	return ok
}

// held reports whether the sentence before token i says what is held then:
// "hội nghị diễn ra từ ngày 3 đến ngày 5/7".
func (s *scan) held(i int) bool {
	const reach = 12
	for j := i - 1; j >= 0 && i-j < reach && !s.Units[j+1].Has(vi.NewPara) && !s.endsSentence(j); j-- {
		_, holds := s.hitEnding(j, classHolds, 4)
		_, happens := s.hitEnding(j, classHappens, 4)
		if holds || happens {
			return true
		}
	}
	return false
}

// betweenBodyAndVerb reports whether a day stands between a body, which ends
// at token j, and the verb behind token last: "Ủy ban MTTQ tỉnh ngày 9/7 tổ
// chức", "Sở Nội vụ, sáng 9/10, tổ chức".
func (s *scan) betweenBodyAndVerb(j, last int) bool {
	if s.KindAt(j) == ',' && s.KindAt(last+1) == ',' {
		j, last = j-1, last+1
	}
	if !s.nameEnds(j) {
		return false
	}
	_, holds := s.hitAt(last+1, classHolds)
	_, opens := s.hitAt(last+1, classOpening)
	return holds || opens
}

// nameEnds reports whether a body's name, with its level and place, ends at
// token j.
func (s *scan) nameEnds(j int) bool {
	const longest = 8
	for _, c := range []phrase.Class{classOrganization, classLevel, classProvince} {
		if _, ok := s.hitEnding(j, c, longest); ok {
			return true
		}
	}
	return false
}

// rangeTail reads on from "03/7" to "đến ngày 05/7/2025": a range counts by
// its first day and has the year of its last.
func (s *scan) rangeTail(p *printed) {
	j, ok := s.Until(p.Last + 1)
	if !ok || s.KindAt(j) != 'n' {
		return
	}
	last, ok := s.dateAt(j, true)
	if !ok || last.Month < p.Month && last.Year == 0 {
		return
	}
	if p.Year == 0 {
		p.Year = last.Year
	}
	p.Last, p.Range = last.Last, true
}

// eventCue walks left over "(", "ngày", a clock and the words of the day; j is
// the token before them all.
func (s *scan) eventCue(p *printed) (j int, day, session bool) {
	j = p.First - 1
	for ; j >= 0 && !s.Units[j+1].Has(vi.NewPara); j-- {
		if c, first, ok := s.clockEnding(j); ok && p.clock.hour < 0 {
			p.clock, p.First, j, day = c, first, first, true
			continue
		}
		switch t := s.Units[j]; {
		case t.Is('(') || t.Is('-') || t.Is(','):
			if t.Is(',') && !s.dayWord(s.WordAt(j-1)) && !s.endsClock(j-1) {
				first, weekday := s.weekdayEnding(j - 1)
				if !weekday {
					return j, day, session
				}
				j, day = first, true
			}
		case t.Hash == phrase.Ngay || t.Hash == phrase.Luc || t.Hash == phrase.Dung || t.Hash == phrase.Khoang || t.Hash == phrase.HoiTime || t.Hash == phrase.Mung || t.Hash == phrase.Mong:
			day = true
		case t.Hash == phrase.Vao && (s.WordAt(j+1) == phrase.Luc || s.WordAt(j+1) == phrase.HoiTime):
		case s.dayWord(t.Hash):
			session = true
		case t.Hash == phrase.Cac && s.WordAt(j+1) == phrase.Ngay:
		case t.Hash == phrase.Tuc:
			return j, true, session
		case t.Hash == phrase.NhatDay && s.WordAt(j-1) == phrase.Chu:
			j--
		default:
			first, ok := s.weekdayEnding(j)
			if !ok {
				return j, day, session
			}
			j = first
		}
	}
	return j, day, session
}

// weekdayEnding is the first token of the weekday that ends at token j.
func (s *scan) weekdayEnding(j int) (first int, ok bool) {
	if h, ok := s.hitEnding(j, classWeekday, 2); ok {
		return int(h.first), true
	}
	_, first, ok = s.shortWeekday(j)
	return first, ok
}

// endsClock reports whether a time of day ends at token j.
func (s *scan) endsClock(j int) bool {
	_, _, ok := s.clockEnding(j)
	return ok
}

func (s *scan) dayWord(w uint64) bool {
	switch w {
	case phrase.Sang, phrase.Trua, phrase.Chieu, phrase.Toi, phrase.Dem, phrase.Nay, phrase.Hom, phrase.Qua:
		return true
	}
	return false
}

// eventToday reads "Sáng nay", "Hôm nay", "Hôm qua" at the head of a sentence.
func (s *scan) eventToday(ref time.Time) (PrintedDate, bool) {
	if ref.IsZero() {
		return PrintedDate{}, false
	}
	for i := 0; i+1 < len(s.Units); i++ {
		next := s.Units[i+1].Hash
		if !s.dayWord(s.Units[i].Hash) || next != phrase.Nay && next != phrase.Qua || !s.opensClause(i) {
			continue
		}
		t := midnight(ref)
		if next == phrase.Qua {
			t = t.AddDate(0, 0, -1)
		}
		return PrintedDate{Span: s.span(i, i+1), Time: t, Precision: bulletin.Day}, true
	}
	return PrintedDate{}, false
}
