// Package meeting tells which bulletins report one meeting: an event of which they
// agree in kind and province, and in who held it and when as far as they say so.
package meeting

import (
	"slices"
	"strings"
	"time"

	"bantin/analyzers/sketch"
	"bantin/analyzers/vi"
	"bantin/bulletin"
)

// Account is a bulletin as it is compared with others that may report the same
// meeting.
type Account struct {
	bulletin.Report
	b     *bulletin.Bulletin
	words sketch.Sample // of title and lead
}

// Of is the account that a bulletin gives; ok is false for one that
// reports no meeting, or none of a known province. The bulletin must not change
// while the account is used.
func Of(b *bulletin.Bulletin) (a *Account, ok bool) {
	r, ok := bulletin.ReportOf(b)
	if !ok {
		return nil, false
	}
	return &Account{r, b, sketch.NewSample(vi.Shingles(b.Title+"\n\n"+b.Lead, 2))}, true
}

// Same tells whether two bulletins report one meeting. It is a pure
// function, and Same(a, b) is Same(b, a). Different days, hosts
// or cadences part them, whatever the words; a silent bulletin is joined to
// one whose host it names, or whose period and words it shares.
func Same(a, b *bulletin.Bulletin) bool {
	x, one := Of(a)
	y, two := Of(b)
	return one && two && x.Same(y)
}

// Same is [Same] of two bulletins. Their bodies count only when both say
// no host, or one says none and neither says a day.
func (a *Account) Same(o *Account) bool {
	if a.Kind != o.Kind || a.Province != o.Province || !a.sameHost(o) {
		return false
	}
	if a.Day != "" && o.Day != "" {
		return a.Day == o.Day && a.sameCadence(o)
	}
	if a.Day == "" && o.Day == "" && (a.Host == "" || o.Host == "") {
		return a.sameCadence(o) && sketch.Alike(a.b.Body, o.b.Body)
	}
	return sameQuarter(a.Period, o.Period) && a.inTime(o) && a.sameCadence(o) && a.wordsAgree(o)
}

// sameQuarter tells whether two periods that are known are of one quarter.
func sameQuarter(p, q bulletin.Period) bool {
	return p.Year != 0 && p.Year == q.Year && p.Quarter == q.Quarter
}

// sameHost tells whether the hosts agree, or one bulletin is silent and names
// the other's, or both are silent and copies of each other.
func (a *Account) sameHost(o *Account) bool {
	switch {
	case a.Host == "" && o.Host == "":
		return sketch.Alike(a.b.Body, o.b.Body)
	case a.Host == "":
		return names(a.b, o.b)
	case o.Host == "":
		return names(o.b, a.b)
	}
	return a.Host == o.Host
}

// names tells whether a bulletin that says no host names another's, which is
// one of the province: the bodies below it are known by their units alone.
func names(b, other *bulletin.Bulletin) bool {
	return b.Host == "" && other.HostUnit == "" && slices.Contains(b.Organizations, other.Host)
}

// inTime refuses a bulletin of no day that was published long before or after
// the meeting of the other.
func (a *Account) inTime(o *Account) bool {
	const before, after = 21 * 24 * time.Hour, 45 * 24 * time.Hour
	at, err := time.ParseInLocation(time.DateOnly, a.Day+o.Day, bulletin.Zone) // one of them is empty
	told := a.b.Published
	if a.b.EventDate != "" {
		told = o.b.Published
	}
	if err != nil || told.IsZero() {
		return true
	}
	return told.After(at.Add(-before)) && told.Before(at.Add(after))
}

func (a *Account) sameCadence(o *Account) bool {
	return a.Cadence == "" || o.Cadence == "" || a.Cadence == o.Cadence
}

// wordsAgree tells whether titles and leads say the same: a fifth of the
// two-word shingles of the shorter stand in the other.
func (a *Account) wordsAgree(o *Account) bool {
	const least = 0.2
	n, m, shared := a.words.Common(o.words)
	return float64(shared) >= least*float64(max(min(n, m), 1))
}

// Keys are what a bulletin is looked up by where meetings are put together: one
// whose host or day is not stated fits one whose both are only when they share
// a key.
func (a *Account) Keys() (keys []string) {
	r, b := a.Report, a.b
	add := func(parts ...string) {
		parts = append([]string{r.Province, string(r.Kind)}, parts...)
		keys = append(keys, strings.Join(parts, "\x00"))
	}
	named := b.Organizations // one of them by a bulletin that says no host
	if r.Host != "" {
		named = []string{b.Host}
	}
	for _, host := range named {
		if r.Day != "" && host != "" {
			add(r.Day, "named", host)
		}
		if b.Period.Year != 0 && host != "" && (r.Firm() || r.Host == "" && r.Day == "") {
			add(b.Period.Name(), "named", host)
		}
	}
	if b.Period.Year != 0 && r.Host != "" {
		add(b.Period.Name(), "held", r.Host)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}
