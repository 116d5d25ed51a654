package facts

import (
	"strings"
	"time"

	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

// periodReading is the quarter that a bulletin covers with the words that told
// it; the span is empty when the date alone did.
type periodReading struct {
	bulletin.Period
	Field string // "title" when the span is in the title, else it is in the text
	bulletin.Span
}

// periodContext is what is known of a bulletin when its period is read.
type periodContext struct {
	Kind      bulletin.Kind
	Event     time.Time // day of the event, zero when unknown
	Published time.Time // zero when unknown
}

// date is the event's day or, failing it, the publication's.
func (c periodContext) date() time.Time {
	if !c.Event.IsZero() {
		return c.Event
	}
	return c.Published
}

// headOf is the lead and the first paragraph of the body behind it.
func headOf(text string) string {
	const long = 12000
	text = cutText(text, long)
	end := 0
	for range 3 {
		i := strings.Index(text[end:], "\n\n")
		if i < 0 {
			return text
		}
		end += i + len("\n\n")
	}
	return text[:end]
}

// readPeriod reads the quarter that a bulletin reviews. The first quarter with
// a reviewing role counts, of the title, then of the text's paragraphs (lead,
// then the first of the body); then one without a role; then the quarter
// before a planned one, derived. Half-years, nine months and months give
// derived quarters, and a giao ban without any of them a guessed one.
func readPeriod(title, text *scan, c periodContext) (periodReading, bool) {
	quarters := map[*scan][]quarter{title: title.quarters(), text: text.quarters()}
	for _, level := range []role{roleReview, roleNone, rolePlan, roleDerived} {
		for _, s := range []*scan{title, text} {
			r, ok := s.quarterOf(quarters[s], level, c)
			if level == roleDerived {
				r, ok = s.derivedPeriod(c)
			}
			if ok && s == title {
				r.Field = "title"
			}
			if ok {
				return r, true
			}
		}
	}
	if c.Kind != bulletin.GiaoBan || c.date().IsZero() {
		return periodReading{}, false
	}
	return periodReading{Period: guessPeriod(c.date())}, true
}

// guessPeriod is what a giao ban held on a day reviews: in the first month of
// a quarter the quarter before, else the quarter itself.
func guessPeriod(day time.Time) bulletin.Period {
	day = day.In(bulletin.Zone)
	p := bulletin.Period{Year: day.Year(), Quarter: (int(day.Month())-1)/3 + 1, Basis: bulletin.Guessed}
	if (int(day.Month())-1)%3 == 0 {
		p = p.Before()
	}
	p.Basis = bulletin.Guessed
	return p
}

// quarterOf is the first quarter of the given role.
func (s *scan) quarterOf(quarters []quarter, want role, c periodContext) (periodReading, bool) {
	for i, q := range quarters {
		if q.role != want {
			continue
		}
		p := bulletin.Period{Year: s.quarterYear(quarters, i, c), Quarter: q.quarter, Basis: bulletin.Stated}
		if p.Year == 0 {
			continue
		}
		if want == rolePlan {
			p = p.Before()
			p.Basis = bulletin.Derived
		}
		return periodReading{Period: p, Span: s.span(q.first, q.last)}, true
	}
	return periodReading{}, false
}

// quarterYear gives a quarter its year: its own; the next quarter's in the
// sentence; "năm YYYY" in the sentence; the event's or publication's, the year
// before when the quarter had not begun by then.
func (s *scan) quarterYear(quarters []quarter, i int, c periodContext) int {
	q := quarters[i]
	if q.year != 0 {
		return q.year
	}
	for _, next := range quarters[i+1:] {
		if next.sentence != q.sentence {
			break
		}
		if next.year != 0 {
			if next.quarter < q.quarter {
				return next.year - 1
			}
			return next.year
		}
	}
	if y := s.yearInSentence(q, c.date()); y != 0 {
		return y
	}
	return yearByDate(q.quarter, q.role, c.date())
}

// yearByDate is the year of a quarter reviewed on a day: the latest that had
// begun by then; planned, the one nearest ahead.
func yearByDate(quarter int, r role, day time.Time) int {
	if day.IsZero() {
		return 0
	}
	day = day.In(bulletin.Zone)
	now := (int(day.Month())-1)/3 + 1
	switch {
	case r == rolePlan && quarter < now:
		return day.Year() + 1
	case r != rolePlan && quarter > now:
		return day.Year() - 1
	}
	return day.Year()
}

// yearInSentence is the year behind "năm" in the quarter's sentence, not more
// than one off the date's; goals and spans of years do not count.
func (s *scan) yearInSentence(q quarter, day time.Time) int {
	for i := q.last + 1; i < q.sentenceEnd; i++ {
		y := s.yearAt(i)
		near := day.IsZero() || y >= day.Year()-1 && y <= day.Year()+1
		if y != 0 && near && s.WordAt(i-1) == phrase.Nam && !s.yearOfSpan(i) {
			return y
		}
	}
	return 0
}
