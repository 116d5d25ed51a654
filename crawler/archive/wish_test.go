package archive

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"bantin/bulletin"

	"github.com/google/go-cmp/cmp"
)

// twoPortals holds 3 bulletins of the portal s, with pages, and one of other.
func twoPortals(t *testing.T) *Archive {
	t.Helper()
	a := open(t)
	for _, id := range []string{"s", "other"} {
		if err := a.PutSite(t.Context(), Site{ID: id}); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 3 {
		url := fmt.Sprintf("http://h/%d", i)
		fetch(t, a, start, url, "page "+url, bulletin.Bulletin{
			URL: url, Site: "s", Title: url, Body: "Nghị quyết 73-NQ/TU",
			Cites: []bulletin.Citation{{Key: "73-nq-tu@hue~2020-01-01", Label: "73-NQ/TU"}},
		})
	}
	put(t, a, bulletin.Bulletin{ID: "o", Site: "other", Title: "khác"})
	return a
}

// there are the ids in the feed that were not withdrawn, and how many were.
func there(t *testing.T, a *Archive, site string) (n, withdrawn int) {
	t.Helper()
	for _, c := range changesPast(t, a, 0) {
		switch {
		case c.Bulletin == nil:
			withdrawn++
		case c.Bulletin.Site == site:
			n++
		}
	}
	return n, withdrawn
}

func grant(t *testing.T, a *Archive, w Wish) {
	t.Helper()
	if err := a.Grant(t.Context(), "s", w, start); err != nil {
		t.Fatal(err)
	}
}

func TestRemoveAndResume(t *testing.T) {
	a := twoPortals(t)
	before := changesPast(t, a, 0)
	grant(t, a, Remove)
	if n, gone := there(t, a, "s"); n != 0 || gone != 3 {
		t.Errorf("after removal %d are there, %d withdrawn", n, gone)
	}
	if n, _ := there(t, a, "other"); n != 1 {
		t.Error("another portal lost its bulletin")
	}
	if s := sites(t, a); s.ID != "other" {
		t.Errorf("listed: %+v", s)
	}
	grant(t, a, Pause) // it stays removed
	if wanted, _, err := a.Wanted(t.Context()); err != nil || wanted["s"] != "removed" {
		t.Errorf("%v, %v", wanted, err)
	}
	grant(t, a, Resume)
	after := changesPast(t, a, 0)
	for _, cs := range [][]bulletin.Change{before, after} {
		for i := range cs {
			cs[i].Seq = 0
		}
	}
	byID := func(cs []bulletin.Change) map[string]bulletin.Change {
		m := map[string]bulletin.Change{}
		for _, c := range cs {
			m[c.ID] = c
		}
		return m
	}
	if diff := cmp.Diff(byID(before), byID(after)); diff != "" {
		t.Error(diff)
	}
	all, err := a.Sites(t.Context())
	if err != nil || len(all) != 2 || all[1].Bulletins != 3 {
		t.Errorf("%+v, %v", all, err)
	}
}

// TestRemovalIsFinished goes on with one that died after its first step.
func TestRemovalIsFinished(t *testing.T) {
	a := twoPortals(t)
	if err := a.update(t.Context(), func(tx *tx) error { return tx.grant("s", Remove, start) }); err != nil {
		t.Fatal(err)
	}
	if err := a.FinishWishes(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n, gone := there(t, a, "s"); n != 0 || gone != 3 {
		t.Errorf("%d are there, %d withdrawn", n, gone)
	}
}

// TestRemovalInFlight lets nothing in that was asked for before.
func TestRemovalInFlight(t *testing.T) {
	a := twoPortals(t)
	enqueue(t, a, Request{Site: "s", URL: "http://h/new", Kind: Article})
	c, _ := claim(t, a, start)
	grant(t, a, Remove)
	_, err := a.Save(t.Context(), Outcome{Claim: c, Status: 200, Bulletins: []bulletin.Bulletin{{URL: "http://h/new", Title: "mới"}}})
	if !errors.Is(err, ErrLeaseLost) {
		t.Errorf("saved: %v", err)
	}
}

func TestPurge(t *testing.T) {
	a := twoPortals(t)
	if err := a.Purge(t.Context(), "s"); !errors.Is(err, ErrKept) {
		t.Errorf("purged while it was there: %v", err)
	}
	if err := a.Purge(t.Context(), "none"); !errors.Is(err, ErrNotFound) {
		t.Error(err)
	}
	grant(t, a, Remove)
	for range 2 { // asking twice does no harm
		if err := a.Purge(t.Context(), "s"); err != nil {
			t.Fatal(err)
		}
	}
	for table, want := range map[string]int{"page": 0, "content": 0, "request": 0, "address": 0, "version": 1} {
		var n int
		if err := a.store.Row(t.Context(), "select count(*) from "+table, nil, &n); err != nil || n != want {
			t.Errorf("%s holds %d rows, not %d; %v", table, n, want, err)
		}
	}
	if _, gone := there(t, a, "s"); gone != 3 {
		t.Errorf("the feed tells of %d", gone)
	}
	// A portal that is added again begins anew.
	grant(t, a, Resume)
	if n, _ := there(t, a, "s"); n != 0 {
		t.Errorf("%d came back", n)
	}
	s := fetch(t, a, start.Add(time.Hour), "http://h/1", "page", bulletin.Bulletin{URL: "http://h/1", Site: "s", Title: "lại"})
	if n, _ := there(t, a, "s"); s.New != 1 || n != 1 {
		t.Errorf("%+v, %d there", s, n)
	}
}

func TestPauseAndHaste(t *testing.T) {
	a := twoPortals(t)
	later := start.Add(time.Hour)
	enqueue(t, a, Request{Site: "s", URL: "http://h/list", Kind: Listing, Due: later})
	if c, _ := claim(t, a, start); c != nil {
		t.Fatalf("claimed %+v", c)
	}
	grant(t, a, Pause)
	all, err := a.Sites(t.Context())
	if err != nil || all[1].State != "paused" {
		t.Errorf("%+v, %v", all, err)
	}
	if err := a.PutSite(t.Context(), Site{ID: "s"}); err != nil { // a new start
		t.Fatal(err)
	}
	if all, _ = a.Sites(t.Context()); all[1].State != "paused" {
		t.Error("a start ended the pause")
	}
	grant(t, a, Resume)
	before, err := a.Wishes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	grant(t, a, Fetch)
	if after, err := a.Wishes(t.Context()); err != nil || after <= before {
		t.Errorf("nobody sees the wish: %d, %d, %v", before, after, err)
	}
	c, _ := claim(t, a, start)
	if c == nil || c.URL != "http://h/list" {
		t.Fatalf("claimed %+v", c)
	}
	save(t, a, Outcome{Claim: c, At: start, Status: 200, Due: later, Pace: Pace{Next: start}})
	grant(t, a, Reread)
	if c, _ := claim(t, a, start); c == nil || c.Kind != Article {
		t.Errorf("claimed %+v", c)
	}
	if err := a.Grant(t.Context(), "none", Pause, start); !errors.Is(err, ErrNotFound) {
		t.Error(err)
	}
	if err := a.Grant(t.Context(), "s", "dance", start); err == nil {
		t.Error("an unknown wish was granted")
	}
}
