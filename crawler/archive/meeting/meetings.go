package meeting

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strings"

	"bantin/bulletin"
)

// Reported is a bulletin with the id of its group of near-duplicates.
type Reported struct {
	*bulletin.Bulletin
	Group string
}

// All puts bulletins together that report one meeting. Those whose host
// and day are stated make the meetings; any other joins one when exactly one
// fits, else it stands alone with its near-duplicates. The result depends on
// the bulletins alone, never on their order; those that are no meeting's are
// left out.
func All(all []Reported) []bulletin.Meeting {
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b Reported) int { return cmp.Compare(a.ID, b.ID) })
	var firm, loose []Reported
	for _, r := range all {
		report, ok := bulletin.ReportOf(r.Bulletin)
		switch {
		case !ok:
		case report.Firm():
			firm = append(firm, r)
		default:
			loose = append(loose, r)
		}
	}
	groups := firmGroups(firm)
	return named(append(groups, join(groups, loose)...))
}

// firmGroups parts bulletins of known host and day. Those of one day differ
// in cadence at most; one that names none belongs to the only one there is.
func firmGroups(firm []Reported) (out [][]Reported) {
	for _, same := range grouped(firm, func(r Reported) string { return describe([]Reported{r}).ID }) {
		var cadences []string
		for _, r := range same {
			cadences = append(cadences, cadence(r))
		}
		if Apart(cadences) {
			out = append(out, grouped(same, cadence)...)
		} else {
			out = append(out, same)
		}
	}
	return out
}

// grouped puts together what has one key, in order of the keys.
func grouped[T any](all []T, key func(T) string) (out [][]T) {
	byKey := map[string][]T{}
	for _, one := range all {
		k := key(one)
		byKey[k] = append(byKey[k], one)
	}
	for _, k := range slices.Sorted(maps.Keys(byKey)) {
		out = append(out, byKey[k])
	}
	return out
}

// join adds each loose bulletin, with its near-duplicates of one province and
// kind, to the one meeting that it fits and returns the meetings of those that
// fit none or several.
func join(groups [][]Reported, loose []Reported) (alone [][]Reported) {
	firm := slices.Clone(groups) // as they were before anything joined
	copies := func(r Reported) string {
		return strings.Join([]string{r.Province, string(r.Kind), cmp.Or(r.Group, r.ID)}, "\x00")
	}
	for _, same := range grouped(loose, copies) {
		var fits []int
		for i, meeting := range firm {
			if fit(meeting, same) {
				fits = append(fits, i)
			}
		}
		if len(fits) == 1 {
			groups[fits[0]] = slices.Concat(groups[fits[0]], same)
		} else {
			alone = append(alone, same)
		}
	}
	return alone
}

// fit tells whether a meeting may be what copies of one item report.
func fit(meeting, copies []Reported) bool {
	return slices.ContainsFunc(meeting, func(m Reported) bool {
		return slices.ContainsFunc(copies, func(c Reported) bool { return Same(m.Bulletin, c.Bulletin) })
	})
}

// named describes the groups and gives them their ids.
func named(groups [][]Reported) (out []bulletin.Meeting) {
	for _, g := range groups {
		out = append(out, describe(g))
	}
	slices.SortFunc(out, func(a, b bulletin.Meeting) int { return cmp.Compare(a.Members[0], b.Members[0]) })
	alike := grouped(out, func(m bulletin.Meeting) string { return m.ID })
	for _, same := range alike {
		var first []string
		for _, m := range same {
			first = append(first, m.Members[0])
		}
		for i, id := range IDs(same[0].ID, same[0].Sure(), first) {
			same[i].ID = id
		}
	}
	return slices.Concat(alike...)
}

func describe(g []Reported) bulletin.Meeting {
	reports := make([]bulletin.Report, len(g))
	for i, r := range g {
		reports[i], _ = bulletin.ReportOf(r.Bulletin)
	}
	return bulletin.MeetingOf(reports)
}

// cadence is how long a stretch the meeting of a bulletin reviews.
func cadence(r Reported) string {
	report, _ := bulletin.ReportOf(r.Bulletin)
	return report.Cadence
}

// Apart tells whether meetings of one body, kind and day have to be told from
// each other by their cadences: when more than one is named.
func Apart(cadences []string) bool {
	named := slices.DeleteFunc(slices.Clone(cadences), func(c string) bool { return c == "" })
	slices.Sort(named)
	return len(slices.Compact(named)) > 1
}

// IDs are the ids of meetings that would be called alike, given the
// first bulletin of each, in order. The first keeps the plain name, the others
// get a number: their place where host and day are known, which parts them
// into two or three; else one that follows from their own bulletin, so that
// those that come and go leave the others their ids.
func IDs(plain string, sure bool, first []string) []string {
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
