package facts

import (
	"time"

	"bantin/analyzers/vi"
	"bantin/bulletin"
)

// publication is a date that may be the bulletin's own, with what speaks for
// and against it.
type publication struct {
	PrintedDate
	label    uint16
	weekday  bool // printed beside it
	mismatch bool // the weekday is another day's
	header   bool // stands in a short line of its own, not in prose
}

// rank orders candidates: posted, updated, the rest.
func (p publication) rank() int {
	switch p.label {
	case labelPosted:
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
	for i := 0; i < len(s.Units); i++ {
		p, ok := s.dateAt(i, false)
		if !ok {
			continue
		}
		s.before(&p)
		s.behind(&p)
		d := s.publication(p)
		if !p.Short || alone && (d.label != 0 || p.clock.hour >= 0) {
			out = append(out, d)
		}
		i = max(i, p.Last)
	}
	return out
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
		if d.mismatch || d.label == labelOther || d.label == labelToday || !d.header || !h.admits(d.PrintedDate) {
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
	if d, ok := s.relativeDate(h.Fetched); ok && d.Start <= prose {
		return d, true
	}
	return PrintedDate{}, false
}

// isClock reports whether an unlabelled date is the page's clock.
func (p publication) isClock(h Hint) bool {
	_, bound, ok := h.urlDate()
	switch {
	case !p.weekday:
		return false
	case p.Precision != bulletin.Day:
		return h.Fetched.Sub(p.Time).Abs() < time.Hour
	}
	return !ok || bound != bulletin.Day || midnight(p.Time).Equal(midnight(h.Fetched))
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
	if precision == bulletin.Month {
		until = from.AddDate(0, 1, 0)
	}
	return d.Time.After(from.Add(-slack)) && d.Time.Before(until.Add(slack))
}

// urlDate is the day or month that the address's path names; ids that hold a
// time do not bound a publication, only a record's creation.
func (h Hint) urlDate() (time.Time, bulletin.Precision, bool) {
	d, ok := ReadURLDate(h.URL)
	if !ok || d.Precision != bulletin.Day && d.Precision != bulletin.Month {
		return time.Time{}, "", false
	}
	return d.Time, d.Precision, true
}

// firstProse is the byte at which the first long paragraph begins.
func (s *scan) firstProse() int {
	const long = 40
	words, start := 0, 0
	for i, t := range s.Units {
		if i == 0 || t.Has(vi.NewLine) {
			words, start = 0, int(t.Start)
		}
		if t.Is('w') {
			if words++; words == long {
				return start
			}
		}
	}
	return len(s.Text)
}
