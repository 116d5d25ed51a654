package bulletin

import "time"

// publication is a date that may be the bulletin's own, with what speaks for
// and against it.
type publication struct {
	PrintedDate
	label        uint16
	weekday      bool // printed beside it
	mismatch     bool // the weekday is another day's
	notPublished bool // labelled as something else
	header       bool // stands in a short line of its own, not in prose
	clockLabel   bool // "Hôm nay:"
}

// rank orders candidates: posted, updated, the rest.
func (p publication) rank() int {
	switch p.label {
	case labelPosted, labelOn:
		return 2
	case labelUpdated:
		return 1
	}
	return 0
}

// publicationDates reads every full date of the text with the clock, weekday
// and label around it. Alone means that the text is one printed date, in which
// two-digit years count too.
func (s *scan) publicationDates(alone bool) []publication {
	var out []publication
	for i := 0; i < len(s.toks); i++ {
		t := s.toks[i]
		if !t.is('n') && t.word == 0 {
			continue
		}
		p, ok := s.dateAt(i, false)
		if !ok {
			continue
		}
		s.around(&p)
		d := s.publication(p)
		if !p.short || alone && (d.label != 0 || p.clock.hour >= 0) {
			out = append(out, d)
		}
		i = max(i, p.last)
	}
	return out
}

// around widens a date over the clock and weekday beside it on its line.
func (s *scan) around(p *printed) {
	s.before(p)
	s.behind(p)
}

// maxBeside is how many tokens may part a clock or label from its date.
const maxBeside = 5

// before looks left over marks and small words for a weekday and a clock.
func (s *scan) before(p *printed) {
	start := p.first
	for j, n := p.first-1, 0; j >= 0 && n < maxBeside+6 && !s.toks[j+1].has(newPara); j, n = j-1, n+1 {
		if s.isFiller(j) {
			continue
		}
		if h, ok := s.hitEnding(j, classWeekday, 2); ok && p.weekday < 0 {
			p.weekday, j = int(h.value), int(h.first)
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
	p.first = start
}

// behind looks right for a clock, and for a weekday when none stood before.
func (s *scan) behind(p *printed) {
	for j, n := p.last+1, 0; j < len(s.toks) && n < maxBeside && !s.toks[j].has(newPara); j, n = j+1, n+1 {
		if c, last, ok := s.clockAt(j); ok {
			if p.clock.hour < 0 || c.precision == Second {
				p.clock, p.last = c, last
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
	switch t := s.toks[j]; t.kind {
	case ',', '-', '|', '.', ';', ':', '(', '[', '*', '/':
		return true
	case 'w':
		switch t.word {
		case wordNgay, wordLuc, wordVao, wordHoi, wordOn:
			return true
		}
	}
	return false
}

// hitEnding is a hit of a class whose last token is j, at most n tokens long,
// the longest one.
func (s *scan) hitEnding(j int, c class, n int) (best hit, ok bool) {
	for i := max(0, j-n+1); i <= j; i++ {
		for k := s.firstHit(i); k < len(s.hits) && int(s.hits[k].first) == i; k++ {
			if h := s.hits[k]; h.class == c && int(h.last) == j {
				return h, true
			}
		}
	}
	return hit{}, false
}

// shortWeekday reads "Thứ 4" and "T4", ending at token j.
func (s *scan) shortWeekday(j int) (day, first int, ok bool) {
	if j < 1 || !s.toks[j].is('n') || s.toks[j].digits() != 1 || s.toks[j].num < 2 || s.toks[j].num > 7 {
		return 0, 0, false
	}
	if w := s.toks[j-1].word; w != wordThu && (w != wordT || s.toks[j].has(gap)) {
		return 0, 0, false
	}
	return int(s.toks[j].num) - 1, j - 1, true
}

// clockEnding reads the clock whose last token is j.
func (s *scan) clockEnding(j int) (clock, int, bool) {
	for i := max(0, j-5); i < j; i++ {
		if c, last, ok := s.clockAt(i); ok && last == j {
			return c, i, true
		}
	}
	return clock{}, 0, false
}

// publication judges a date by what stands around it.
func (s *scan) publication(p printed) publication {
	t, precision := p.time(0)
	d := publication{PrintedDate: PrintedDate{Span: s.span(p.first, p.last), Time: t, Precision: precision}}
	if p.weekday >= 0 {
		d.weekday, d.mismatch = true, int(t.Weekday()) != p.weekday
	}
	s.readLabel(&d, p.first)
	d.Labelled = d.label != 0
	d.header = d.Labelled || s.isHeader(p)
	return d
}

// readLabel looks left from token i for a label on the same line.
func (s *scan) readLabel(d *publication, i int) {
	j := i - 1
	if i > 0 && s.toks[i].has(newPara) {
		return
	}
	on := false
	for n := 0; j >= 0 && n < maxBeside; n++ {
		if h, ok := s.hitEnding(j, classLabel, 5); ok && s.opensLine(int(h.first)) && h.value != labelOn {
			d.label = h.value
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
		if !s.isFiller(j) || s.toks[j].has(newPara) {
			break
		}
		on = on || s.toks[j].word == wordOn
		j--
	}
	for n := 0; on && j >= 0 && n < 8; n, j = n+1, j-1 {
		if h, ok := s.hitEnding(j, classLabel, 3); ok && h.value == labelOn {
			d.label = labelPosted
			return
		}
	}
}

// opensLine reports whether token i begins its line or follows a mark: a label
// does, the same words in prose do not.
func (s *scan) opensLine(i int) bool {
	if i == 0 || s.toks[i].has(newLine) {
		return true
	}
	if h, ok := s.hitAt(i, classLabel); ok && s.kindAt(int(h.last)+1) == ':' {
		return true
	}
	switch s.toks[i-1].kind {
	case '|', '-', '*', '.', ';', ']':
		return true
	case '(', '[':
		return i == 1 || s.toks[i-1].has(newLine)
	}
	return false
}

// isHeader reports whether a date stands in a line with few other words, or
// in brackets at the end of one: prose has neither.
func (s *scan) isHeader(p printed) bool {
	const few, reach = 10, 60
	words := 0
	for j := p.first; j > max(0, p.first-reach) && !s.toks[j].has(newLine) && words <= few; j-- {
		if s.toks[j-1].is('w') {
			words++
		}
	}
	left := words
	for j := p.last + 1; j < min(len(s.toks), p.last+reach) && !s.toks[j].has(newLine) && words <= few; j++ {
		if s.toks[j].is('w') {
			words++
		}
	}
	if p.first > 0 && s.toks[p.first-1].is('(') && s.kindAt(p.last+1) == ')' {
		return left == 0 || p.last+2 >= len(s.toks) || s.toks[p.last+2].has(newLine)
	}
	return words <= few && !s.eventCueBefore(p.dateFirst)
}

// eventCueBefore reports whether "sáng ngày" and the like stand before token
// i: that is the day of an event, never of the publication.
func (s *scan) eventCueBefore(i int) bool {
	for j := i - 1; j >= 0 && j >= i-4; j-- {
		switch s.toks[j].word {
		case wordSang, wordTrua, wordChieu, wordToi, wordNay, wordHom:
			return true
		}
	}
	return false
}

// FindPublished finds the publication date in the text of a page's head: a
// labelled date first ("Ngày đăng:" before "Cập nhật:"), else a date in a line
// of its own. It rejects a weekday that is not its date's, dates outside the
// year and month of h.URL, dates behind h.Fetched, and the page's own clock: an
// unlabelled date with a weekday that has no time of day or lies at h.Fetched.
// Of several unlabelled dates the earliest wins, since a page's clock is never
// before its publication. Only text before the first long paragraph counts for
// those. Relative dates count last.
func FindPublished(text string, h Hint) (PrintedDate, bool) {
	const maxHead = 1 << 16
	s := newScan(cutText(text, maxHead))
	all := s.publicationDates(false)
	prose := s.firstProse()
	best, found := publication{}, false
	for _, d := range all {
		if d.mismatch || d.notPublished || d.clockLabel || !d.header || !h.admits(d.PrintedDate) {
			continue
		}
		if !d.Labelled && (d.Start > prose || d.isClock(h)) {
			continue
		}
		if !found || d.rank() > best.rank() || d.rank() == 0 && best.rank() == 0 && d.Time.Before(best.Time) {
			best, found = d, true
		}
	}
	if found || len(all) > 0 {
		return best.PrintedDate, found
	}
	if sp, t, p, ok := s.relativeIn(h.Fetched); ok && sp.Start <= prose {
		return PrintedDate{Span: sp, Time: t, Precision: p}, true
	}
	return PrintedDate{}, false
}

// isClock reports whether an unlabelled date is the page's clock.
func (p publication) isClock(h Hint) bool {
	if !p.weekday {
		return false
	}
	_, bound, ok := h.urlDate()
	if p.Precision == Day && (!ok || bound != Day) {
		return true
	}
	if h.Fetched.IsZero() {
		return false
	}
	if p.Precision == Day {
		return sameDay(p.Time, h.Fetched)
	}
	return h.Fetched.Sub(p.Time).Abs() < time.Hour
}

func sameDay(a, b time.Time) bool {
	return a.In(Zone).Format(time.DateOnly) == b.In(Zone).Format(time.DateOnly)
}

// admits reports whether a date agrees with the address and the fetch.
func (h Hint) admits(d PrintedDate) bool {
	const slack = 36 * time.Hour
	if !h.Fetched.IsZero() && d.Time.After(h.Fetched.Add(slack)) {
		return false
	}
	from, precision, ok := h.urlDate()
	if !ok {
		return true
	}
	until := from.AddDate(0, 0, 1)
	if precision == Month {
		until = from.AddDate(0, 1, 0)
	}
	return d.Time.After(from.Add(-slack)) && d.Time.Before(until.Add(slack))
}

// urlDate is the day or month that the address's path names; ids that hold a
// time do not bound a publication, only a record's creation.
func (h Hint) urlDate() (time.Time, Precision, bool) {
	d, ok := ReadURLDate(h.URL)
	if !ok || d.Precision != Day && d.Precision != Month {
		return time.Time{}, "", false
	}
	return d.Time, d.Precision, true
}

// firstProse is the byte at which the first long paragraph begins.
func (s *scan) firstProse() int {
	const long = 40
	words, start := 0, 0
	for i, t := range s.toks {
		if i == 0 || t.has(newLine) {
			words, start = 0, int(t.start)
		}
		if t.is('w') {
			if words++; words == long {
				return start
			}
		}
	}
	return len(s.text)
}
