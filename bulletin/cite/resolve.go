package cite

import (
	"strings"
	"time"

	"bantin/analyzers/vi"
	"bantin/bulletin"
)

// Resolve gives a mention that does not say its date the dated document it
// means: of the keys known with the same stem, and of the year or term that
// the mention says, the latest that is not later than the bulletin. A key with
// a year alone counts from the end of its year. The answer depends on the set
// of known keys only, not on their order; with none that fits, or no day of
// publication, c is returned as it is.
func Resolve(c bulletin.Citation, published time.Time, known []string) bulletin.Citation {
	stem, said, _ := strings.Cut(c.Key, "~")
	if stem == "" || published.IsZero() || bulletin.Dated(c.Key) {
		return c
	}
	today := published.In(bulletin.Zone).Format(time.DateOnly)
	best, year := "", ""
	for _, key := range known {
		s, mark, _ := strings.Cut(key, "~")
		if s != stem {
			continue
		}
		switch {
		case bulletin.Dated(key):
			if mark <= today && mark > best && fitsSaid(mark, said) {
				best = mark
			}
		case vi.PlausibleYear(mark) && said == "":
			if mark < today[:4] && mark > year {
				year = mark
			}
		}
	}
	switch {
	case year > "" && (best == "" || year > best[:4]):
		c.Key = stem + "~" + year
	case best != "":
		c.Key = stem + "~" + best
	}
	return c
}

// fitsSaid tells whether a date is of the year or term that a mention says.
func fitsSaid(date, said string) bool {
	if term, ok := strings.CutPrefix(said, "khoa-"); ok {
		from, until := termDates(strings.ToUpper(term))
		return from != "" && from <= date && date < until
	}
	return strings.HasPrefix(date, said)
}

// termDates are the first day of a term of the Party's central committee and
// the first of the next: the closing days of its national congresses.
func termDates(term string) (from, until string) {
	terms := [...]struct{ term, from string }{
		{"VI", "1986-12-18"},
		{"VII", "1991-06-27"},
		{"VIII", "1996-07-01"},
		{"IX", "2001-04-22"},
		{"X", "2006-04-25"},
		{"XI", "2011-01-19"},
		{"XII", "2016-01-28"},
		{"XIII", "2021-02-01"},
		{"XIV", "2026-01-23"},
		{"", "9999"},
	}
	for n, t := range terms[:len(terms)-1] {
		if t.term == term {
			return t.from, terms[n+1].from
		}
	}
	return "", ""
}
