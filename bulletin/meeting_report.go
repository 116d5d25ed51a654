package bulletin

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
)

// Report is what a bulletin says of the meeting that it reports.
type Report struct {
	ID       string // of the bulletin
	Province string
	Kind     Kind
	Host     string // see [Bulletin.MeetingHost]
	Day      string // see [Bulletin.MeetingDay]
	Period   Period
	Cadence  string // how long a stretch the meeting reviews, empty when the text does not say
}

// ReportOf reads the report that a bulletin is; ok is false for one that
// reports no meeting, or none of a known province.
func ReportOf(b *Bulletin) (r Report, ok bool) {
	if !b.Kind.IsMeeting() || b.Province == "" {
		return r, false
	}
	return Report{b.ID, b.Province, b.Kind, b.MeetingHost(), b.MeetingDay(), b.Period, b.cadence()}, true
}

// Firm tells whether host and day are stated: then they say which meeting it is.
func (r Report) Firm() bool { return r.Host != "" && r.Day != "" }

// Apart tells whether meetings of one body, kind and day have to be told from
// each other by their cadences: when more than one is named.
func Apart(cadences []string) bool {
	named := slices.DeleteFunc(slices.Clone(cadences), func(c string) bool { return c == "" })
	slices.Sort(named)
	return len(slices.Compact(named)) > 1
}

// Keys are what a bulletin is looked up by where meetings are put together: one
// whose host or day is not stated fits one whose both are only when they share
// a key.
func (a *Account) Keys() []string {
	r, b := a.Report, a.b
	head := r.Province + "\x00" + string(r.Kind) + "\x00"
	day, period := "", ""
	if r.Day != "" {
		day = head + r.Day + "\x00"
	}
	if b.Period.Year != 0 {
		period = head + b.Period.name() + "\x00"
	}
	var keys []string
	named := func(when string, hosts ...string) { // by one that says no host
		for _, h := range hosts {
			if when != "" && h != "" {
				keys = append(keys, when+"named\x00"+h)
			}
		}
	}
	held := func(when string) {
		if when != "" {
			keys = append(keys, when+"held\x00"+r.Host)
		}
	}
	switch {
	case r.Firm():
		named(day, b.Host)
		named(period, b.Host)
		held(period)
	case r.Day != "":
		named(day, b.Organizations...)
	case r.Host != "":
		held(period)
	default:
		named(period, b.Organizations...)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// name is a quarter as it is named: 2020-q3.
func (p Period) name() string { return fmt.Sprintf("%d-q%d", p.Year, p.Quarter) }

// MeetingOf is the meeting of some reports, at least one: each fact is that of
// the first bulletin that states it. Its ID is province-host-kind-day, or
// …-2020-q3 when no day is known, as far as it is known; see [MeetingIDs].
func MeetingOf(reports []Report) Meeting {
	reports = slices.Clone(reports)
	slices.SortFunc(reports, func(a, b Report) int { return cmp.Compare(a.ID, b.ID) })
	m := Meeting{Province: reports[0].Province, Kind: reports[0].Kind}
	for _, r := range reports {
		m.Members = append(m.Members, r.ID)
		m.Host = cmp.Or(m.Host, r.Host)
		m.Day = cmp.Or(m.Day, r.Day)
		if surer(r.Period, m.Period) {
			m.Period = r.Period
		}
	}
	when := m.Day
	if when == "" && m.Period.Year != 0 {
		when = m.Period.name()
	}
	if when == "" {
		when = m.Members[0]
	}
	parts := []string{m.Province, strings.ReplaceAll(m.Host, ".", "-"), string(m.Kind), when}
	m.ID = strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "-")
	return m
}

// Tellers are those of some reports that say what [MeetingOf]
// takes from them: of them alone the meeting is the same but for its members,
// of whom the first is the same. They are one to six, in order.
func Tellers(reports []Report) (some []Report) {
	reports = slices.Clone(reports)
	slices.SortFunc(reports, func(a, b Report) int { return cmp.Compare(a.ID, b.ID) })
	var host, day bool
	var period Period
	for i, r := range reports {
		if i > 0 && (host || r.Host == "") && (day || r.Day == "") && !surer(r.Period, period) {
			continue
		}
		host, day = host || r.Host != "", day || r.Day != ""
		if surer(r.Period, period) {
			period = r.Period
		}
		some = append(some, r)
	}
	return some
}

// Sure tells whether host and day are known.
func (m Meeting) Sure() bool { return m.Host != "" && m.Day != "" }

// surer tells whether p is known by a better basis than q.
func surer(p, q Period) bool {
	rank := map[Basis]int{Stated: 3, Derived: 2, Guessed: 1}
	return rank[p.Basis] > rank[q.Basis]
}

// MeetingIDs are the ids of meetings that would be called alike, given the
// first bulletin of each, in order. The first keeps the plain name, the others
// get a number: their place where host and day are known, which parts them
// into two or three; else one that follows from their own bulletin, so that
// those that come and go leave the others their ids.
func MeetingIDs(plain string, sure bool, first []string) []string {
	ids := make([]string, len(first))
	taken := map[string]int{}
	for i, bulletin := range first {
		switch {
		case i == 0:
			ids[i] = plain
			continue
		case sure:
			ids[i] = fmt.Sprintf("%s-%d", plain, i+1)
			continue
		}
		h := fnv.New32a()
		h.Write([]byte(bulletin))
		ids[i] = fmt.Sprintf("%s-%d", plain, 1000+h.Sum32()%9000)
		if taken[ids[i]]++; taken[ids[i]] > 1 {
			ids[i] = fmt.Sprintf("%s-%d", ids[i], taken[ids[i]])
		}
	}
	return ids
}
