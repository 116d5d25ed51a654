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
	best := ""
	for _, key := range known {
		s, mark, _ := strings.Cut(key, "~")
		last := mark
		if vi.PlausibleYear(mark) && said == "" {
			last += "-12-32"
		}
		if s == stem && isDay(last) && last <= today && mark > best && fitsSaid(last, said) {
			best = mark
		}
	}
	if best != "" {
		c.Key = stem + "~" + best
	}
	return c
}

// fitsSaid tells whether a date is of the year or term that a mention says.
func fitsSaid(date, said string) bool {
	if term, ok := strings.CutPrefix(said, "khoa-"); ok {
		return strings.EqualFold(term, termAt("Đảng", date))
	}
	return strings.HasPrefix(date, said)
}

// termAt is the term of a body on a day, or in a year when one term alone was.
func termAt(body, when string) (term string) {
	first, last := when, when
	if isYear(when) {
		first, last = when+"-01-01", when+"-12-31"
	}
	for _, row := range terms {
		switch {
		case row[0] != body:
		case row[2] <= first:
			term = row[1]
		case row[2] <= last:
			return ""
		}
	}
	return term
}
