package crawler

import (
	"errors"
	"math/rand/v2"
	"strings"
	"time"
	"unicode/utf8"

	"bantin/crawler/archive"
	"bantin/crawler/extract"
	"bantin/crawler/fetch"
)

const (
	day  = 24 * time.Hour
	week = 7 * day
)

// failedWaits are the times after which a failure is tried again, once the
// retries of one pass are spent; the last one comes back for ever.
var failedWaits = []time.Duration{time.Hour, 4 * time.Hour, 12 * time.Hour, day, 3 * day, week, 2 * week, 4 * week}

// failedAfter is when to try again what has failed n times in a row.
func failedAfter(n int) time.Duration { return nth(failedWaits, n) }

// missingWaits are the times after which to look again where the portal said
// that nothing is there.
var missingWaits = []time.Duration{3 * day, 5 * day, 2 * week, 4 * week, 12 * week}

// goneForGood is how often, and over what time, a portal whose listings are
// well has to answer 404 or 410 before an address is given up.
const (
	goneForGood = 3
	goneOver    = week
)

func missingAfter(n int) time.Duration { return nth(missingWaits, n) }

// nth is the time to wait after the nth time, spread a little.
func nth(waits []time.Duration, n int) time.Duration {
	return spread(waits[min(max(n, 1), len(waits))-1])
}

// recheckAfter is when to look at an article again: a day after an edit, three
// times as long after every visit that found none, and rarely from the start
// when the article is old, the more so the less its portal edits old texts.
func recheckAfter(c *archive.Claim, published time.Time, changed bool, now time.Time) time.Duration {
	after := day
	if !changed {
		for range min(c.Unchanged+1, 6) {
			after *= 3
		}
	}
	if edited := changed && !c.Fetched.IsZero(); !published.IsZero() && !edited {
		after = max(after, min(scaled(now.Sub(published)/20, c.Looks), 180*day))
	}
	return spread(min(after, 365*day))
}

// usualEdits of a hundred looks find another text on a portal of which nothing
// is known, which weighs as much as that many looks.
const (
	usualEdits = 2
	priorLooks = 50
)

// scaled shortens a time on portals that edit more than usual, down to a
// sixteenth, and doubles it at most on those that edit less.
func scaled(d time.Duration, l archive.Looks) time.Duration {
	rate := (float64(l.Edits) + usualEdits*priorLooks/100) / float64(l.Looks+priorLooks)
	return time.Duration(float64(d) * min(max(usualEdits/(100*rate), 1.0/16), 2))
}

// spread moves a time by up to a tenth either way.
func spread(d time.Duration) time.Duration {
	return d - d/10 + rand.N(d/5+1)
}

// streakLimit is how many equal failures in a row of one portal are one trouble
// of its server, which is then left alone for a while.
const streakLimit = 10

// leaveAlone is for how long: ten minutes at a gap of two seconds, doubled with
// every further failure, six hours at most.
func leaveAlone(streak int, gap time.Duration) time.Duration {
	return spread(min(300*max(gap, 10*time.Millisecond)<<min(streak-streakLimit, 6), 6*time.Hour))
}

// sentinels are the failures that are told apart by their own words.
var sentinels = []error{
	fetch.ErrRedirects, fetch.ErrOffSite, fetch.ErrType, fetch.ErrTooLarge, fetch.ErrTimeout, fetch.ErrRejected,
	fetch.ErrDisallowed, fetch.ErrPrivate, fetch.ErrAddress,
}

// reasonOf says why something failed in words that are equal for equal failures.
func reasonOf(err error) string {
	for _, one := range sentinels {
		if errors.Is(err, one) {
			return one.Error()
		}
	}
	if errors.Is(err, extract.ErrNotArticle) {
		return "no bulletin in the page"
	}
	s := err.Error()
	if at := strings.LastIndex(s, ": "); at >= 0 {
		s = s[at+2:]
	}
	if utf8.RuneCountInString(s) > 80 {
		s = string([]rune(s)[:80])
	}
	return s
}
