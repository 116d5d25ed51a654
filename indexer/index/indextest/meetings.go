package indextest

import (
	"fmt"
	"strings"
	"testing"

	"bantin/bulletin"
	"bantin/indexer/index"
)

// testMeetings lists a meeting once, wherever copies of its reports stand.
func testMeetings(t *testing.T, open Open) {
	ix := open(t, index.DefaultWeights, index.Limits{})
	var changes []bulletin.Change
	for i, c := range []struct{ group, meeting string }{
		{"m0", "x"},
		{"m1", "x"},
		{"m0", "x"}, // a copy beside two reports of one meeting
		{"m3", "y"}, // one report
		{"m0", ""},  // a copy that reports none
		{"m5", ""},
		{"m5", ""},
		{"m7", "m5"}, // called as a group is
	} {
		change := dated(one(fmt.Sprintf("m%d", i), "giao ban", "mặt trận"), fmt.Sprintf("2020-01-%02d", 1+i))
		change.Group, change.Meeting = c.group, c.meeting
		changes = append(changes, change)
	}
	apply(t, ix, 1, changes[:5]...)
	apply(t, ix, 2, changes[5:]...)
	q := index.Query{Sort: index.Oldest, Size: 2, Facets: []index.Field{index.Year}}
	var got []string
	for {
		res, err := ix.Search(t.Context(), q)
		if err != nil || res.Total != 8 || res.Facets[index.Year][0].Count != 8 {
			t.Fatalf("%d bulletins, %v", res.Total, err)
		}
		for _, h := range res.Hits {
			got = append(got, fmt.Sprintf("%s+%d/%d", h.ID, h.Duplicates, h.Sources))
		}
		if q.After = res.Next; q.After == "" {
			break
		}
	}
	if got, want := strings.Join(got, " "), "m0+1/3 m3+0/1 m4+0/0 m5+1/0 m7+0/1"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	q = index.Query{Filters: map[index.Field][]string{index.Meeting: {"x"}}, Expand: true, Sort: index.Oldest, Size: 9}
	if res, err := ix.Search(t.Context(), q); err != nil || hits(res) != "m0+0 m1+0 m2+0" || res.Hits[1].Meeting != "x" {
		t.Errorf("one meeting: %q, %v", hits(res), err)
	}
	moved := changes[1]
	moved.Meeting = ""
	apply(t, ix, 3, moved)
	if res, err := ix.Search(t.Context(), index.Query{Root: index.Term{Field: index.Meeting, Value: "x"}, Sort: index.Oldest, Size: 9}); err != nil || hits(res) != "m0+1" || res.Hits[0].Sources != 2 {
		t.Errorf("after a report left: %q, %v", hits(res), err)
	}
	similar, err := ix.Similar(t.Context(), "m0", 9)
	for _, h := range similar {
		if h.Meeting == "x" {
			t.Errorf("a report of the same meeting is called similar: %s", h.ID)
		}
	}
	if err != nil || len(similar) == 0 {
		t.Errorf("similar: %d, %v", len(similar), err)
	}
}
