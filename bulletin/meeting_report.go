package bulletin

import (
	"cmp"
	"fmt"
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

// Name is a quarter as it is named: 2020-q3.
func (p Period) Name() string { return fmt.Sprintf("%d-q%d", p.Year, p.Quarter) }

// Meeting is one event with the bulletins that report it.
type Meeting struct {
	ID       string   // readable: province-host-kind-day, see [MeetingOf]
	Province string   // slug
	Host     string   // id of the body that held it, empty when nobody says
	Kind     Kind     // never Khac
	Day      string   // first day, YYYY-MM-DD, empty when unknown
	Period   Period   // the surest that a bulletin tells, zero when unknown
	Members  []string // ids of the bulletins, in order
}

// MeetingOf is the meeting of some reports, at least one: each fact is that of
// the first bulletin that states it. Its ID is province-host-kind-day, or
// …-2020-q3 when no day is known, as far as it is known.
func MeetingOf(reports []Report) (m Meeting) {
	for _, r := range inOrder(reports) {
		m.learn(r)
		m.Members = append(m.Members, r.ID)
	}
	when := m.Day
	if when == "" && m.Period.Year != 0 {
		when = m.Period.Name()
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
