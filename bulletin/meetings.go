package bulletin

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Reported is a bulletin with the id of its group of near-duplicates.
type Reported struct {
	*Bulletin
	Group string
}

// Meeting is one event with the bulletins that report it.
type Meeting struct {
	ID       string   // readable: province-host-kind-day, see [Meetings]
	Province string   // slug
	Host     string   // id of the body that held it, empty when nobody says
	Kind     Kind     // never Khac
	Day      string   // first day, YYYY-MM-DD, empty when unknown
	Period   Period   // the surest that a bulletin tells, zero when unknown
	Members  []string // ids of the bulletins, in order
}

// Meetings puts bulletins together that report one meeting. Those whose host
// and day are stated make the meetings; any other joins one when exactly one
// fits, else it stands alone with its near-duplicates. The result depends on
// the bulletins alone, never on their order; those that are no meeting's are
// left out.
func Meetings(all []Reported) []Meeting {
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b Reported) int { return cmp.Compare(a.ID, b.ID) })
	var firm, loose []Reported
	for _, r := range all {
		switch {
		case !r.Kind.IsMeeting() || r.Province == "":
		case r.MeetingHost() != "" && r.MeetingDay() != "":
			firm = append(firm, r)
		default:
			loose = append(loose, r)
		}
	}
	groups := firmGroups(firm)
	alone := join(groups, loose)
	return named(append(groups, alone...))
}

// firmGroups parts bulletins of known host and day. Those of one day differ
// in cadence at most; one that names none belongs to the only one there is.
func firmGroups(firm []Reported) [][]Reported {
	byDay := map[string][]Reported{}
	var order []string
	for _, r := range firm {
		key := describe([]Reported{r}).ID
		if byDay[key] == nil {
			order = append(order, key)
		}
		byDay[key] = append(byDay[key], r)
	}
	var out [][]Reported
	for _, key := range order {
		out = append(out, byCadence(byDay[key])...)
	}
	return out
}

// byCadence parts bulletins of one body, kind and day.
func byCadence(rs []Reported) [][]Reported {
	parts := map[string][]Reported{}
	for _, r := range rs {
		parts[r.cadence()] = append(parts[r.cadence()], r)
	}
	silent := len(parts[""])
	if silent > 0 && len(parts) <= 2 || len(parts) == 1 {
		return [][]Reported{rs}
	}
	var out [][]Reported
	for _, c := range slices.Sorted(maps.Keys(parts)) {
		out = append(out, parts[c])
	}
	return out
}

// join adds each loose bulletin, with its near-duplicates, to the one meeting
// that it fits and returns the meetings of those that fit none or several.
func join(groups [][]Reported, loose []Reported) [][]Reported {
	firm := slices.Clip(groups)
	members := make([][]Reported, len(firm)) // as they were before anything joined
	copy(members, firm)
	var alone [][]Reported
	for _, copies := range byCopies(loose) {
		fits := -1
		for i, g := range members {
			if !fit(g, copies) {
				continue
			}
			if fits >= 0 {
				fits = -1
				break
			}
			fits = i
		}
		if fits < 0 {
			alone = append(alone, copies)
			continue
		}
		firm[fits] = append(slices.Clone(firm[fits]), copies...)
	}
	return alone
}

// byCopies puts near-duplicates of one province and kind together.
func byCopies(rs []Reported) [][]Reported {
	at := map[string]int{}
	var out [][]Reported
	for _, r := range rs {
		key := strings.Join([]string{r.Province, string(r.Kind), cmp.Or(r.Group, r.ID)}, "\x00")
		i, ok := at[key]
		if !ok {
			i, at[key] = len(out), len(out)
			out = append(out, nil)
		}
		out[i] = append(out[i], r)
	}
	return out
}

// fit tells whether a meeting may be what copies of one item report.
func fit(meeting, copies []Reported) bool {
	for _, m := range meeting {
		for _, c := range copies {
			if SameMeeting(m.Bulletin, c.Bulletin) {
				return true
			}
		}
	}
	return false
}

// named describes the groups and gives them their ids; of those that would be
// called alike, the one with the first bulletin keeps the plain name.
func named(groups [][]Reported) []Meeting {
	out := make([]Meeting, len(groups))
	for i, g := range groups {
		slices.SortFunc(g, func(a, b Reported) int { return cmp.Compare(a.ID, b.ID) })
		out[i] = describe(g)
	}
	slices.SortFunc(out, func(a, b Meeting) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Members[0], b.Members[0]))
	})
	taken := map[string]int{}
	for i := range out {
		plain := out[i].ID
		if taken[plain]++; taken[plain] > 1 {
			out[i].ID = fmt.Sprintf("%s-%d", plain, taken[plain])
		}
	}
	return out
}

// describe takes each fact from the first bulletin that states it.
func describe(g []Reported) Meeting {
	m := Meeting{Province: g[0].Province, Kind: g[0].Kind}
	for _, r := range g {
		m.Members = append(m.Members, r.ID)
		m.Host = cmp.Or(m.Host, r.MeetingHost())
		m.Day = cmp.Or(m.Day, r.MeetingDay())
		if surer(r.Period, m.Period) {
			m.Period = r.Period
		}
	}
	m.ID = m.name()
	return m
}

// surer tells whether p is known by a better basis than q.
func surer(p, q Period) bool {
	rank := map[Basis]int{Stated: 3, Derived: 2, Guessed: 1}
	return rank[p.Basis] > rank[q.Basis]
}

// name is the id of a meeting as far as no other has the same: its province,
// host where one is known, kind and day, else quarter, else first bulletin.
func (m Meeting) name() string {
	when := m.Day
	if when == "" && m.Period.Year != 0 {
		when = fmt.Sprintf("%d-q%d", m.Period.Year, m.Period.Quarter)
	}
	if when == "" {
		when = m.Members[0]
	}
	parts := []string{m.Province, strings.ReplaceAll(m.Host, ".", "-"), string(m.Kind), when}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "-")
}
