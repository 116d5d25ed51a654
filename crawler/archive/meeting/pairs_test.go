package meeting

import (
	"cmp"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"bantin/bulletin"
	"bantin/bulletin/facts"
)

// toldMeetings are bulletins with the event that each reports.
func toldMeetings(t *testing.T) (events []string, all []Reported) {
	t.Helper()
	text, err := os.ReadFile("../../../testdata/meetings/bulletins.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(f) != 5 {
			continue
		}
		at, err := time.ParseInLocation(time.DateOnly, f[2], bulletin.Zone)
		if err != nil {
			t.Fatal(err)
		}
		b := &bulletin.Bulletin{ID: bulletin.NewID(f[2], f[3]), Title: f[3], Body: f[4], Published: at, PublishedPrecision: bulletin.Day}
		facts.ReadFacts(b, facts.Hint{Province: f[1]})
		events, all = append(events, f[0]), append(all, Reported{Bulletin: b, Group: b.ID})
	}
	return events, all
}

// TestMeetingPairs judges every pair of labelled bulletins of one province: two
// reports of one meeting against two of other bodies, days, months and places.
func TestMeetingPairs(t *testing.T) {
	events, all := toldMeetings(t)
	meeting := map[string]string{}
	for _, m := range All(all) {
		for _, id := range m.Members {
			meeting[id] = m.ID
		}
	}
	pairs, hard, right, wrong, missed := 0, 0, 0, 0, 0
	for i, a := range all {
		for j, b := range all[:i] {
			if a.Province != b.Province {
				continue
			}
			pairs++
			same := meeting[a.ID] != "" && meeting[a.ID] == meeting[b.ID]
			if events[i] != events[j] && a.Kind == b.Kind {
				hard++
			}
			switch {
			case same && events[i] == events[j]:
				right++
			case same:
				wrong++
				t.Logf("one meeting: %q and %q (%s)", a.Title, b.Title, meeting[a.ID])
			case events[i] == events[j]:
				missed++
				t.Logf("parted: %q (%s) and %q (%s)", a.Title, meeting[a.ID], b.Title, meeting[b.ID])
			}
		}
	}
	precision := float64(right) / float64(max(right+wrong, 1))
	recall := float64(right) / float64(max(right+missed, 1))
	t.Logf("%d pairs, %d of one event, %d others of one kind: precision %.3f, recall %.3f", pairs, right+missed, hard, precision, recall)
	if pairs < 200 || precision < 0.98 || recall < 0.9 {
		t.Errorf("precision %.3f, recall %.3f of %d pairs", precision, recall, pairs)
	}
}

// TestMeetingsAreOfTheContent wants the same meetings in any order.
func TestMeetingsAreOfTheContent(t *testing.T) {
	_, all := toldMeetings(t)
	first := All(all)
	slices.SortFunc(all, func(a, b Reported) int { return cmp.Compare(b.Title, a.Title) })
	if got := All(all); !slices.EqualFunc(first, got, func(a, b bulletin.Meeting) bool {
		return a.ID == b.ID && slices.Equal(a.Members, b.Members)
	}) {
		t.Error("meetings depend on the order of the bulletins")
	}
}
