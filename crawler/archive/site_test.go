package archive

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"bantin/bulletin"

	"github.com/google/go-cmp/cmp"
)

func sites(t *testing.T, a *Archive) bulletin.SiteStatus {
	t.Helper()
	all, err := a.Sites(t.Context())
	if err != nil || len(all) != 1 {
		t.Fatalf("%d sites, %v", len(all), err)
	}
	return all[0]
}

func TestSiteStatus(t *testing.T) {
	a := open(t)
	profile := Site{ID: "s", Name: "Mặt trận", Province: "quang-tri", Family: "nukeviet", URL: "http://h/list", Sample: true}
	put(t, a, bulletin.Bulletin{ID: "early", Site: "s", Published: start.AddDate(-1, 0, 0)})
	if err := a.PutSite(t.Context(), profile); err != nil {
		t.Fatal(err)
	}
	if s := sites(t, a); s.State != "new" || s.Bulletins != 1 {
		t.Errorf("before the first pass: %+v", s)
	}
	pass, err := a.BeginPass(t.Context(), "s", start)
	if err != nil {
		t.Fatal(err)
	}
	enqueue(t, a, Request{Site: "s", URL: "http://h/list", Kind: Listing})
	c, _ := claim(t, a, start)
	next := start.AddDate(0, 0, 1)
	save(t, a, Outcome{
		Claim: c, At: start, Status: 200, Page: &bulletin.Page{URL: c.URL}, Pass: pass, Found: 12, Due: next, Pace: Pace{Next: start},
		Bulletins: []bulletin.Bulletin{{URL: "http://h/1", Title: "1", Published: start}},
	})
	again, err := a.BeginPass(t.Context(), "s", start)
	if err != nil || again != pass {
		t.Errorf("an open pass was not gone on with: %d, %d, %v", pass, again, err)
	}
	if err := a.EndPass(t.Context(), pass, start.Add(time.Hour), "no dates any more"); err != nil {
		t.Fatal(err)
	}
	want := bulletin.SiteStatus{
		ID: "s", Name: "Mặt trận", Province: "quang-tri", Family: "nukeviet", URL: "http://h/list", Sample: true,
		State: "failing", Alarm: "no dates any more", LastCrawl: start.Add(time.Hour), NextCrawl: next,
		Bulletins: 2, Found: 12, New: 1, First: start.AddDate(-1, 0, 0), Last: start,
		Yield: []bulletin.YieldSample{{At: start, Pages: 1, New: 1}},
	}
	if d := cmp.Diff(want, sites(t, a)); d != "" {
		t.Error(d)
	}
	if err := a.EndPass(t.Context(), pass, start.Add(time.Hour), ""); err != nil {
		t.Fatal(err)
	}
	c, _ = claim(t, a, next)
	save(t, a, Outcome{Claim: c, At: next, Err: "timeout", Due: next, Pace: Pace{OpenUntil: time.Now().Add(time.Hour)}})
	if s := sites(t, a); s.State != "waiting" {
		t.Errorf("with an open circuit breaker: %+v", s)
	}
	if err := a.Withdraw(t.Context(), "early"); err != nil {
		t.Fatal(err)
	}
	if s := sites(t, a); s.Bulletins != 1 || !s.First.Equal(start) {
		t.Errorf("after one was withdrawn: %+v", s)
	}
	profile.Paused = true
	if err := a.PutSite(t.Context(), profile); err != nil {
		t.Fatal(err)
	}
	if s := sites(t, a); s.State != "paused" || s.Bulletins != 1 {
		t.Errorf("paused: %+v", s)
	}
}

func TestPassesAreKeptForAWhile(t *testing.T) {
	a := open(t)
	if err := a.PutSite(t.Context(), Site{ID: "s"}); err != nil {
		t.Fatal(err)
	}
	for i := range keepPasses + 5 {
		pass, err := a.BeginPass(t.Context(), "s", start.AddDate(0, 0, i))
		if err != nil {
			t.Fatal(err)
		}
		if err := a.EndPass(t.Context(), pass, start.AddDate(0, 0, i), ""); err != nil {
			t.Fatal(err)
		}
	}
	s := sites(t, a)
	if len(s.Yield) != keepPasses || !s.Yield[0].At.Equal(start.AddDate(0, 0, 5)) || s.State != "ok" {
		t.Errorf("%d passes from %v, state %s", len(s.Yield), s.Yield[0].At, s.State)
	}
	if err := a.EndPass(t.Context(), 1, start, ""); !errors.Is(err, ErrNotFound) {
		t.Errorf("ending a pass of long ago gave %v", err)
	}
}

func TestRobots(t *testing.T) {
	a := open(t)
	if _, err := a.Robots(t.Context(), "http://h"); !errors.Is(err, ErrNotFound) {
		t.Errorf("rules never fetched: %v", err)
	}
	for i := range 2 {
		want := Rules{Status: 200, Body: fmt.Sprint("Disallow: /", i), Until: start.AddDate(0, 0, i)}
		if err := a.SetRobots(t.Context(), "http://h", want); err != nil {
			t.Fatal(err)
		}
		if got, err := a.Robots(t.Context(), "http://h"); err != nil || got != want {
			t.Errorf("got %+v, %v, want %+v", got, err, want)
		}
	}
}

func TestWalkWithAFilter(t *testing.T) {
	a := open(t)
	for i := range 2*walkBatch + 3 {
		put(t, a, bulletin.Bulletin{ID: fmt.Sprint(i), Site: []string{"a", "b"}[i%2], Published: start.AddDate(0, 0, i)})
	}
	put(t, a, bulletin.Bulletin{ID: "undated", Site: "a"})
	for _, c := range []struct {
		f    Filter
		want int
	}{
		{Filter{}, 2*walkBatch + 4},
		{Filter{Site: "b"}, walkBatch + 1},
		{Filter{Site: "c"}, 0},
		{Filter{From: start.AddDate(0, 0, 2*walkBatch)}, 3},
		{Filter{Site: "a", To: start.AddDate(0, 0, 4)}, 2},
	} {
		n := 0
		for _, err := range a.Bulletins(t.Context(), c.f) {
			if err != nil {
				t.Fatal(err)
			}
			n++
		}
		if n != c.want {
			t.Errorf("%+v: %d bulletins, want %d", c.f, n, c.want)
		}
	}
}
