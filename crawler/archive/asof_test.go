package archive

import (
	"fmt"
	"testing"
	"time"

	"bantin/bulletin"

	"github.com/google/go-cmp/cmp"
)

// held lists what an archive held at a moment as "id version title key".
func held(t *testing.T, a *Archive, at time.Time) []string {
	t.Helper()
	var out []string
	for h, err := range a.AsOf(t.Context(), at) {
		if err != nil {
			t.Fatal(err)
		}
		line := fmt.Sprintf("%s %d %s", h.ID, h.Version, h.Title)
		for _, c := range h.Cites {
			line += " " + c.Key
		}
		out = append(out, line)
	}
	return out
}

// TestAsOf: a moment that is past gives what the archive held then, whatever was
// stored, read anew or dated since, but nothing that was withdrawn.
func TestAsOf(t *testing.T) {
	a := open(t)
	day := time.Date(2020, 7, 1, 8, 0, 0, 0, bulletin.Zone)
	cites := []bulletin.Citation{{Key: "35-ct-tw", Label: "35-CT/TW", Text: "35-CT/TW", End: 8}}
	one := bulletin.Bulletin{ID: "one", URL: "http://p/1", Title: "A", Body: "35-CT/TW", Published: day, Cites: cites}
	fetch(t, a, day, "http://p/1", "<p>", one)
	put(t, a, bulletin.Bulletin{ID: "two", Title: "B", Body: "b"})
	tick := func() time.Time {
		time.Sleep(2 * time.Millisecond) // moments are told apart by milliseconds
		defer time.Sleep(2 * time.Millisecond)
		return time.Now()
	}
	first := tick()
	page, err := a.Original(t.Context(), "one", 0)
	if err != nil || page.URL == "" {
		t.Fatal(err)
	}
	one.Title = "A read anew"
	for stored, err := range a.Pages(t.Context(), PageFilter{Site: "s"}) {
		if err != nil {
			t.Fatal(err)
		}
		if _, err := a.Amend(t.Context(), stored, one); err != nil { // of a page as old as before
			t.Fatal(err)
		}
	}
	put(t, a, bulletin.Bulletin{ID: "three", Title: "C", Body: "c", Published: day, Cites: []bulletin.Citation{{Key: "35-ct-tw~2019-05-30", Text: "c", End: 1}}})
	second := tick()
	for _, tc := range []struct {
		at   time.Time
		want []string
	}{
		{first, []string{"one 1 A 35-ct-tw", "two 1 B"}},
		{second, []string{"one 2 A read anew 35-ct-tw", "two 1 B", "three 1 C 35-ct-tw~2019-05-30"}},
		{day.AddDate(1, 0, 0), nil},
	} {
		if d := cmp.Diff(tc.want, held(t, a, tc.at)); d != "" {
			t.Errorf("as of %v: %s", tc.at, d)
		}
	}
	if err := a.Withdraw(t.Context(), "two"); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"one 1 A 35-ct-tw"}, held(t, a, first)); d != "" {
		t.Errorf("after a withdrawal: %s", d)
	}
}

// TestAsOfWalksOn: more than one batch comes, each bulletin once.
func TestAsOfWalksOn(t *testing.T) {
	a := open(t)
	var all []bulletin.Bulletin
	for i := range 2*walkBatch + 1 {
		all = append(all, bulletin.Bulletin{ID: fmt.Sprintf("b%d", i), Title: "t", Body: fmt.Sprint(i)})
	}
	put(t, a, all...)
	got := held(t, a, time.Now())
	if len(got) != len(all) || got[0] != "b0 1 t" || got[len(all)-1] != fmt.Sprintf("b%d 1 t", len(all)-1) {
		t.Errorf("%d of %d", len(got), len(all))
	}
}
