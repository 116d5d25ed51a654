package facts

import (
	"time"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

// maxLead is how much of a text the readers of leads look at.
const maxLead = 4000

// ReadEventDate reads the day of the event that a lead reports: "Sáng ngày
// 25/9/2020", "Ngày 17 – 9", "Chiều nay (16/1)", with the time of day when it
// is printed. A missing year is the one that brings the day nearest to ref,
// the publication; with a zero ref it is the only year that the text names.
// Deadlines, days of documents and commemorations are no events.
func ReadEventDate(text string, ref time.Time) (PrintedDate, bool) {
	return newScan(cutText(text, maxLead)).eventDate(ref)
}

// eventDate is ReadEventDate on a text already cut.
func (s *scan) eventDate(ref time.Time) (PrintedDate, bool) {
	for i := 0; i < len(s.Units); i++ {
		if !s.Units[i].Is('n') {
			continue
		}
		p, ok := s.dateAt(i, true)
		if !ok || p.short {
			continue
		}
		s.rangeTail(&p)
		event := s.isEvent(&p)
		if s.lunar(p) {
			event = s.solarTwin(&p) && event
		}
		if event {
			if t, precision, ok := s.eventTime(p, ref); ok {
				return PrintedDate{Span: s.span(p.first, p.last), Time: t, Precision: precision}, true
			}
		}
		i = p.last
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
	if !day && !session || s.earlier(j) || s.wordAt(p.last+1) == phrase.Cua {
		return false
	}
	if _, ok := s.hitEnding(j, classDeadline, 3); ok {
		return p.from && s.wordAt(j) == phrase.TuFrom && (s.opensClause(j) || s.held(j))
	}
	if s.betweenBodyAndVerb(j, p.last) || s.wordAt(j) == phrase.Tuc && s.opensNear(j) {
		return true
	}
	if session {
		return true
	}
	_, happens := s.hitEnding(j, classHappens, 3)
	days := s.kindAt(j) == 'n' && s.wordAt(j-1) == phrase.Trong // trong 2 ngày
	return happens || days || s.opensClause(j+1)
}

// earlier reports whether the words before the comma at token j speak of
// another, earlier event: "Trước đó, ngày 2/7".
func (s *scan) earlier(j int) bool {
	if s.kindAt(j) == ',' {
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
	if s.kindAt(j) == ',' && s.kindAt(last+1) == ',' {
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
	j := p.last + 1
	if s.wordAt(j) != phrase.Den && s.kindAt(j) != '-' {
		return
	}
	for j++; s.wordAt(j) == phrase.Het || s.wordAt(j) == phrase.Ngay; {
		j++
	}
	if s.kindAt(j) != 'n' {
		return
	}
	last, ok := s.dateAt(j, true)
	if !ok || last.month < p.month && last.year == 0 {
		return
	}
	if p.year == 0 {
		p.year = last.year
	}
	p.last, p.from = last.last, true
}

// eventCue walks left over "(", "ngày", a clock and the words of the day; j is
// the token before them all.
func (s *scan) eventCue(p *printed) (j int, day, session bool) {
	j = p.first - 1
	for ; j >= 0 && !s.Units[j+1].Has(vi.NewPara); j-- {
		if c, first, ok := s.clockEnding(j); ok && p.clock.hour < 0 {
			p.clock, p.first, j, day = c, first, first, true
			continue
		}
		switch t := s.Units[j]; {
		case t.Is('(') || t.Is('-') || t.Is(','):
			if t.Is(',') && !s.dayWord(s.wordAt(j-1)) && !s.endsClock(j-1) {
				first, weekday := s.weekdayEnding(j - 1)
				if !weekday || !day {
					return j, day, session
				}
				j = first
			}
		case t.Hash == phrase.Ngay || t.Hash == phrase.Luc || t.Hash == phrase.HoiTime || t.Hash == phrase.Mung || t.Hash == phrase.Mong:
			day = true
		case t.Hash == phrase.Vao && (s.wordAt(j+1) == phrase.Luc || s.wordAt(j+1) == phrase.HoiTime):
		case s.dayWord(t.Hash):
			session = true
		case t.Hash == phrase.Cac && s.wordAt(j+1) == phrase.Ngay:
		case t.Hash == phrase.Tuc:
			return j, true, session
		case t.Hash == phrase.NhatDay && s.wordAt(j-1) == phrase.Chu:
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

// opensClause reports whether token i begins a sentence, or stands behind a
// dateline tag or a short opening such as "Vừa qua," or "Tại hội trường,".
func (s *scan) opensClause(i int) bool {
	const short, long = 14, 60
	comma := i > 0 && s.Units[i-1].Is(',')
	if comma && s.openedBy(i, long) {
		return true
	}
	for j := i; j >= 0 && i-j <= short; j-- {
		if j == 0 || s.Units[j].Has(vi.NewPara) || s.endsSentence(j-1) {
			return comma || i == j || s.Units[i-1].Is('-') || s.Units[i-1].Is(')')
		}
		switch t := s.Units[j-1]; {
		case t.Is('n'), t.Is('/'):
			return false
		}
	}
	return false
}

// opensNear reports whether a sentence begins within a few words before token
// i: "Ngày rằm tháng 8 (tức 06/10/2025)".
func (s *scan) opensNear(i int) bool {
	const near = 8
	for j := i; j >= 0 && i-j < near; j-- {
		if j == 0 || s.Units[j].Has(vi.NewPara) || s.endsSentence(j-1) {
			return true
		}
	}
	return false
}

// openedBy reports whether the sentence of token i begins with words such as
// "Thực hiện Nghị quyết 68," whose numbers are no dates of it.
func (s *scan) openedBy(i, reach int) bool {
	for j := i; j >= 0 && i-j <= reach; j-- {
		if j == 0 || s.Units[j].Has(vi.NewPara) || s.endsSentence(j-1) {
			_, ok := s.hitAt(j, classOpener)
			return ok
		}
	}
	return false
}

// endsSentence reports whether token i is a mark that ends a sentence: not the
// point of an abbreviation, an ordinal or a number.
func (s *scan) endsSentence(i int) bool {
	if i < 0 || i+1 >= len(s.Units) {
		return i < 0
	}
	switch s.Units[i].Kind {
	case '!', '?':
		return true
	case '.':
		return s.Units[i+1].Has(vi.Spaced) && (s.Units[i+1].Has(vi.Capital) || !s.Units[i+1].Is('w')) && !s.abbreviated(i-1)
	}
	return s.Units[i+1].Has(vi.NewPara)
}

// abbreviated reports whether token i is a short form that takes a point.
func (s *scan) abbreviated(i int) bool {
	return i >= 0 && (s.Units[i].Hash == phrase.TP || s.Units[i].Is('w') && s.Units[i].Len() == 1)
}

// eventTime gives an event its year and refuses history and the far future.
func (s *scan) eventTime(p printed, ref time.Time) (time.Time, bulletin.Precision, bool) {
	year := p.year
	switch {
	case year == 0 && !ref.IsZero():
		year = nearestYear(p.month, p.day, ref)
	case year == 0:
		year = s.onlyYear()
	}
	if year == 0 || !validDate(year, p.month, p.day) {
		return time.Time{}, "", false
	}
	t, precision := p.time(year)
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
	for i, t := range s.Units {
		if !t.Is('n') || t.Len() != 4 || t.Num < 1976 || t.Num > 2099 || i == 0 {
			continue
		}
		if w, k := s.Units[i-1].Hash, s.Units[i-1].Kind; w != phrase.Nam && k != '/' && k != '-' && k != '.' {
			continue
		}
		if s.yearOfSpan(i) || s.yearOfDocument(i) {
			continue
		}
		if year != 0 && year != int(t.Num) {
			return 0
		}
		year = int(t.Num)
	}
	return year
}

// yearOfDocument reports whether year i dates a document named before it in
// the clause: "Nghị quyết 57-NQ/TW ngày 22/12/2024", "Luật Đất đai năm 2024".
func (s *scan) yearOfDocument(i int) bool {
	const reach = 16
	for j := i - 1; j >= 0 && i-j < reach && !s.Units[j+1].Has(vi.NewPara) && !s.endsSentence(j); j-- {
		if _, ok := s.hitEnding(j, classRule, 2); ok {
			return true
		}
		if s.Units[j].Is(',') && s.wordAt(j+1) != phrase.Ngay {
			return false
		}
	}
	return false
}

// yearOfSpan reports whether year i is part of "2020 - 2025", of a document's
// number, or follows words such as "đến năm", "nhiệm kỳ".
func (s *scan) yearOfSpan(i int) bool {
	isYear := func(j int) bool { return s.kindAt(j) == 'n' && s.Units[j].Len() == 4 }
	if s.kindAt(i+1) == '-' && isYear(i+2) || i >= 2 && s.Units[i-1].Is('-') && isYear(i-2) || s.kindAt(i+1) == '/' {
		return true
	}
	j := i - 1
	if s.wordAt(j) == phrase.Nam {
		j--
	}
	_, blocked := s.hitEnding(j, classYearBlock, 2)
	return blocked
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
