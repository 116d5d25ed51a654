package archive

import (
	"slices"
	"testing"
	"time"

	"bantin/bulletin"
)

func citing(id, published string, keys ...string) bulletin.Bulletin {
	b := bulletin.Bulletin{ID: id, Title: id}
	b.Published, _ = time.ParseInLocation(time.DateOnly, published, bulletin.Zone)
	for _, key := range keys {
		b.Cites = append(b.Cites, bulletin.Citation{Key: key})
	}
	return b
}

func TestUndatedCitationsFollowTheDocumentsKnown(t *testing.T) {
	steps := []struct {
		name    string
		put     []bulletin.Bulletin
		drop    string
		want    string // what bulletin x cites
		changed []string
	}{
		{"nothing known", []bulletin.Bulletin{citing("x", "2020-07-13", "35-ct-tw")}, "", "35-ct-tw", []string{"x"}},
		{"another document", []bulletin.Bulletin{citing("a", "2020-01-01", "36-ct-tw~2019-05-30")}, "", "35-ct-tw", []string{"a"}},
		{"dated by another bulletin", []bulletin.Bulletin{citing("b", "2021-01-01", "35-ct-tw~2019-05-30")}, "", "35-ct-tw~2019-05-30", []string{"b", "x"}},
		{"dated again", []bulletin.Bulletin{citing("c", "2021-01-01", "35-ct-tw~2019-05-30")}, "", "35-ct-tw~2019-05-30", []string{"c"}},
		{"of a later term", []bulletin.Bulletin{citing("d", "2024-07-01", "35-ct-tw~2024-06-14")}, "", "35-ct-tw~2019-05-30", []string{"d"}},
		{"one of two that date it", []bulletin.Bulletin{citing("b", "2021-01-01")}, "", "35-ct-tw~2019-05-30", []string{"b"}},
		{"the other withdrawn", nil, "c", "35-ct-tw", []string{"c", "x"}},
		{"published later than printed", []bulletin.Bulletin{citing("x", "2024-07-13", "35-ct-tw")}, "", "35-ct-tw~2024-06-14", []string{"x"}},
	}
	a := open(t)
	for _, step := range steps {
		last, err := a.Last(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if step.drop != "" {
			if err := a.Withdraw(t.Context(), step.drop); err != nil {
				t.Fatal(err)
			}
		}
		put(t, a, step.put...)
		var changed []string
		for _, c := range changesPast(t, a, last) {
			changed = append(changed, c.ID)
		}
		slices.Sort(changed)
		if !slices.Equal(changed, step.changed) {
			t.Errorf("%s: %q passed through the feed, want %q", step.name, changed, step.changed)
		}
		c, err := a.Bulletin(t.Context(), "x")
		if err != nil {
			t.Fatal(err)
		}
		if got := c.Bulletin.Cites[0].Key; got != step.want {
			t.Errorf("%s: x cites %s, want %s", step.name, got, step.want)
		}
	}
}
