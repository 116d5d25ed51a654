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
			add(b.Period.name(), "named", host)
		}
	}
	if b.Period.Year != 0 && r.Host != "" {
		add(b.Period.name(), "held", r.Host)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// name is a quarter as it is named: 2020-q3.
func (p Period) name() string { return fmt.Sprintf("%d-q%d", p.Year, p.Quarter) }

// MeetingOf is the meeting of some reports, at least one: each fact is that of
// the first bulletin that states it. Its ID is province-host-kind-day, or
// …-2020-q3 when no day is known, as far as it is known; see [MeetingIDs].
func MeetingOf(reports []Report) (m Meeting) {
	for _, r := range inOrder(reports) {
		m.learn(r)
		m.Members = append(m.Members, r.ID)
	}
	when := m.Day
	if when == "" && m.Period.Year != 0 {
		when = m.Period.name()
	}
	parts := []string{m.Province, strings.ReplaceAll(m.Host, ".", "-"), string(m.Kind), cmp.Or(when, m.Members[0])}
	m.ID = strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "-")
	return m
}

// Tellers are those of some reports that say what [MeetingOf]
// takes from them: of them alone the meeting is the same but for its members,
// of whom the first is the same. They are one to six, in order.
func Tellers(reports []Report) (some []Report) {
	var m Meeting
	for _, r := range inOrder(reports) {
		if m.learn(r) {
			some = append(some, r)
		}
	}
	return some
}

func inOrder(reports []Report) []Report {
	return slices.SortedFunc(slices.Values(reports), func(a, b Report) int { return cmp.Compare(a.ID, b.ID) })
}

// learn takes from a report what the meeting does not know, and tells whether
// that is anything.
func (m *Meeting) learn(r Report) bool {
	was, sureness := *m, map[Basis]int{Stated: 3, Derived: 2, Guessed: 1}
	m.Province, m.Kind = cmp.Or(m.Province, r.Province), cmp.Or(m.Kind, r.Kind)
	m.Host, m.Day = cmp.Or(m.Host, r.Host), cmp.Or(m.Day, r.Day)
	if sureness[r.Period.Basis] > sureness[m.Period.Basis] {
		m.Period = r.Period
	}
	return m.Province != was.Province || m.Host != was.Host || m.Day != was.Day || m.Period != was.Period
}

// Sure tells whether host and day are known.
func (m Meeting) Sure() bool { return m.Host != "" && m.Day != "" }

// MeetingIDs are the ids of meetings that would be called alike, given the
// first bulletin of each, in order. The first keeps the plain name, the others
// get a number: their place where host and day are known, which parts them
// into two or three; else one that follows from their own bulletin, so that
// those that come and go leave the others their ids.
func MeetingIDs(plain string, sure bool, first []string) []string {
	ids, taken := []string{plain}, map[string]int{}
	for i, bulletin := range first[1:] {
		number := i + 2
		if !sure {
			h := fnv.New32a()
			h.Write([]byte(bulletin))
			number = 1000 + int(h.Sum32()%9000)
		}
		id := fmt.Sprintf("%s-%d", plain, number)
		if taken[id]++; taken[id] > 1 {
			id = fmt.Sprintf("%s-%d", id, taken[id])
		}
		ids = append(ids, id)
	}
	return ids
}
