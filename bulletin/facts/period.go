package facts

import (
	"strings"
	"time"

	"bantin/bulletin"
	"bantin/bulletin/phrase"
)

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

// readPeriod reads the quarter that a bulletin of a kind reviews, a zero one for
// none, with the words that told it, none when the date alone did. The first
// quarter with a reviewing role counts, of the title, then of the text's
// paragraphs (lead, then the first of the body); then one without a role; then
// the quarter before a planned one, derived. Half-years, nine months and months
// give derived quarters, and a giao ban without any of them a guessed one. Day is
// the event's or, failing it, the publication's, zero when neither is known.
func readPeriod(title, text *scan, kind bulletin.Kind, day time.Time) (p bulletin.Period, at bulletin.Span) {
	day = day.In(bulletin.Zone)
	quarters := map[*scan][]quarter{title: title.quarters(), text: text.quarters()}
	for _, level := range []role{roleReview, roleNone, rolePlan, roleDerived} {
		for _, s := range []*scan{title, text} {
			if level == roleDerived {
				p, at = s.derivedPeriod(day)
			} else {
				p, at = s.quarterOf(quarters[s], level, day)
			}
			if p.Year != 0 {
				return p, at
			}
		}
	}
	if kind == bulletin.GiaoBan && !day.IsZero() { // the month before is in what it reviews
		before := day.AddDate(0, -1, 1-day.Day())
		p = bulletin.Period{Year: before.Year(), Quarter: quarterOfYear(before), Basis: bulletin.Guessed}
	}
	return p, at
}

func quarterOfYear(day time.Time) int { return (int(day.Month()) + 2) / 3 }

// quarterOf is the first quarter of the given role.
func (s *scan) quarterOf(quarters []quarter, want role, day time.Time) (bulletin.Period, bulletin.Span) {
	for i, q := range quarters {
		if q.role != want {
			continue
		}
		p := bulletin.Period{Year: s.quarterYear(quarters, i, day), Quarter: q.quarter, Basis: bulletin.Stated}
		if p.Year == 0 {
			continue
		}
		if want == rolePlan {
			p = p.Before()
			p.Basis = bulletin.Derived
		}
		return p, s.span(q.first, q.last)
	}
	return bulletin.Period{}, bulletin.Span{}
}

// quarterYear gives a quarter its year: its own; the next quarter's in the
// sentence; "năm YYYY" in the sentence; the event's or publication's, the year
// before when the quarter had not begun by then.
func (s *scan) quarterYear(quarters []quarter, i int, day time.Time) int {
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
	if y := s.yearInSentence(q, day); y != 0 {
		return y
	}
	return yearByDate(q.quarter, q.role, day)
}

// yearByDate is the year of a quarter reviewed on a day: the latest that had
// begun by then; planned, the one nearest ahead.
func yearByDate(quarter int, r role, day time.Time) int {
	if day.IsZero() {
		return 0
	}
	switch now := quarterOfYear(day); {
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
