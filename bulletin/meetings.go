package bulletin

import (
	"cmp"
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
		report, ok := ReportOf(r.Bulletin)
		switch {
		case !ok:
		case report.Firm():
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
	for _, r := range firm {
		name := describe([]Reported{r}).ID
		byDay[name] = append(byDay[name], r)
	}
	var out [][]Reported
	for _, name := range slices.Sorted(maps.Keys(byDay)) {
		out = append(out, byCadence(byDay[name])...)
	}
	return out
}

// byCadence parts bulletins of one body, kind and day.
func byCadence(rs []Reported) [][]Reported {
	var named []string
	parts := map[string][]Reported{}
	for _, r := range rs {
		c := r.cadence()
		named = append(named, c)
		parts[c] = append(parts[c], r)
	}
	if !Apart(named) {
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

// named describes the groups and gives them their ids.
func named(groups [][]Reported) []Meeting {
	out := make([]Meeting, len(groups))
	for i, g := range groups {
		out[i] = describe(g)
	}
	slices.SortFunc(out, func(a, b Meeting) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Members[0], b.Members[0]))
	})
	for from := 0; from < len(out); {
		to := from
		var first []string
		for to < len(out) && out[to].ID == out[from].ID {
			first = append(first, out[to].Members[0])
			to++
		}
		for i, id := range MeetingIDs(out[from].ID, out[from].Sure(), first) {
			out[from+i].ID = id
		}
		from = to
	}
	return out
}

func describe(g []Reported) Meeting {
	reports := make([]Report, len(g))
	for i, r := range g {
		reports[i], _ = ReportOf(r.Bulletin)
	}
	return MeetingOf(reports)
}
