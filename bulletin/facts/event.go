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
		if !s.Units[i].Is(vi.KindDigits) {
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
	from := p.Range && s.WordAt(j) == phrase.TuFrom
	switch {
	case !day && !session && !from, s.earlier(j), s.WordAt(p.Last+1) == phrase.Cua:
		return false
	case s.ends(j, classDeadline, 3):
		return from && (s.opensClause(j) || s.held(j))
	case session, s.betweenBodyAndVerb(j, p.Last), s.ends(j, classHappens, 3):
		return true
	}
	const near = 8 // Ngày rằm tháng 8 (tức 06/10/2025)
	if s.WordAt(j) == phrase.Tuc && s.openingWithin(j, near) >= 0 {
		return true
	}
	if _, ok := s.countAt(j); ok { // trong 2 ngày, hai ngày
		if j--; s.oneOf(j, phrase.Trong, phrase.Suot) {
			return true
		}
	}
	return s.opensClause(j+1) || s.actsBehind(j, *p) || s.heldBy(j)
}

// actsBehind reports whether a body stands right behind a day that is set off
// by a comma at token j and is no document's: "…, ngày 25/4, Sở Y tế họp".
func (s *scan) actsBehind(j int, p printed) bool {
	i := p.Last + 1
	if s.KindAt(i) == ',' {
		i++
	}
	return s.starts(i, classOrganization) && s.KindAt(j) == ',' && !s.yearOfDocument(p.dateFirst)
}

// earlier reports whether the words at token j, a comma and "vào" behind them
// or not, speak of another, earlier event: "Trước đó, vào ngày 2/7".
func (s *scan) earlier(j int) bool {
	for s.oneOf(j, ',', phrase.Vao) {
		j--
	}
	return s.ends(j, classEarlier, 3)
}

// held reports whether the sentence before token i says what is held then:
// "hội nghị diễn ra từ ngày 3 đến ngày 5/7".
func (s *scan) held(i int) bool {
	const reach = 11
	for j := range s.leftward(i, reach) {
		if s.ends(j, classHolds, 4) || s.ends(j, classHappens, 4) {
			return true
		}
	}
	return false
}

// heldBy reports whether a verb of holding ends at token j whose meeting is
// named before it: "hội nghị do Hội Nông dân tỉnh tổ chức ngày 15/10".
func (s *scan) heldBy(j int) bool {
	const reach = 20
	by := false
	if !s.ends(j, classHolds, 4) {
		return false
	}
	for k := range s.leftward(j, reach) {
		if by = by || s.WordAt(k) == phrase.Do; by && s.ends(k, classMeeting, 2) {
			return true
		}
	}
	return false
}

// betweenBodyAndVerb reports whether a day stands between a body, which ends
// at token j, and the verb behind token last: "Ủy ban MTTQ tỉnh ngày 9/7 tổ
// chức", "Sở Nội vụ, sáng 9/10, tổ chức".
func (s *scan) betweenBodyAndVerb(j, last int) bool {
	const longest = 8
	if s.KindAt(j) == ',' && s.KindAt(last+1) == ',' {
		j, last = j-1, last+1
	}
	named := s.ends(j, classOrganization, longest) || s.ends(j, classLevel, longest) || s.ends(j, classProvince, longest)
	return named && (s.starts(last+1, classHolds) || s.starts(last+1, classOpening))
}

// rangeTail reads on from "03/7" to "đến ngày 05/7/2025": a range counts by
// its first day and has the year of its last.
func (s *scan) rangeTail(p *printed) {
	j, ok := s.Until(p.Last + 1)
	if !ok {
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

// eventCue walks left over a clock, weekdays, brackets and the words before a
// day; j is the token before them all.
func (s *scan) eventCue(p *printed) (j int, day, session bool) {
	for j = p.First - 1; j >= 0 && !s.Units[j+1].Has(vi.NewPara); j-- {
		if c, first, ok := s.clockEnding(j); ok && p.clock.hour < 0 {
			p.clock, p.First, j, day = c, first, first, true
			continue
		}
		weekday, ok := s.hitEnding(j, classWeekday, 2)
		clocked := false
		if s.WordAt(j) == ',' {
			_, _, clocked = s.clockEnding(j - 1)
			clocked = clocked || s.dayWord(j-1)
			weekday, ok = s.hitEnding(j-1, classWeekday, 2)
			day = day || ok
		}
		cue, cued := s.hitEnding(j, classDayCue, 2)
		switch {
		case s.oneOf(j, '(', '-'), clocked:
		case ok:
			j = int(weekday.first)
		case s.WordAt(j) == phrase.Tuc:
			return j, true, session
		case !cued:
			return j, day, session
		default:
			j, day, session = int(cue.first), day || cue.Value == cueDay, session || cue.Value == cueSession
		}
	}
	return j, day, session
}

// dayWord reports whether token i is a part of a day: sáng, chiều, nay.
func (s *scan) dayWord(i int) bool {
	h, ok := s.hitAt(i, classDayCue)
	return ok && h.Value == cueSession
}

// eventToday reads "Sáng nay", "Hôm nay", "Hôm qua" at the head of a sentence.
func (s *scan) eventToday(ref time.Time) (PrintedDate, bool) {
	for _, h := range s.longest(classToday) {
		if !ref.IsZero() && s.opensClause(int(h.first)) {
			day := midnight(ref).AddDate(0, 0, -int(h.Value))
			return PrintedDate{Span: s.span(int(h.first), int(h.last)), Time: day, Precision: bulletin.Day}, true
		}
	}
	return PrintedDate{}, false
}
