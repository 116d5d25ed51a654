package archive

import (
	"errors"
	"slices"
	"testing"
	"time"

	"bantin/bulletin"
	"bantin/crawler/archive/store"
)

// start is the time at which the tests begin.
var start = time.Date(2020, 9, 25, 8, 0, 0, 0, bulletin.Zone)

func open(t *testing.T) *Archive {
	t.Helper()
	return openAt(t, place(t, "archive 100%?.db"))
}

func openAt(t *testing.T, path string) *Archive {
	t.Helper()
	a, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

func enqueue(t *testing.T, a *Archive, rs ...Request) {
	t.Helper()
	if _, err := a.Enqueue(t.Context(), rs...); err != nil {
		t.Fatal(err)
	}
}

func claim(t *testing.T, a *Archive, now time.Time, sites ...string) (*Claim, time.Time) {
	t.Helper()
	c, wait, err := a.Claim(t.Context(), now, time.Minute, sites...)
	if err != nil {
		t.Fatal(err)
	}
	return c, wait
}

func save(t *testing.T, a *Archive, o Outcome) Saved {
	t.Helper()
	s, err := a.Save(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestClaimOrder(t *testing.T) {
	a := open(t)
	enqueue(t, a,
		Request{Site: "s", URL: "http://h/recheck", Kind: Article, Priority: Recheck},
		Request{Site: "s", URL: "http://h/article", Kind: Article, Priority: NewArticle},
		Request{Site: "s", URL: "http://h/listing", Kind: Listing, Priority: NewListing, Due: start.Add(time.Second)},
	)
	now := start
	var got []string
	for range 3 {
		c, _ := claim(t, a, now)
		if c == nil {
			t.Fatal("nothing to claim")
		}
		got = append(got, c.URL)
		now = now.Add(3 * time.Second)
		save(t, a, Outcome{Claim: c, At: now, Status: 200, Pace: Pace{Next: now}})
	}
	want := []string{"http://h/article", "http://h/listing", "http://h/recheck"}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("claimed %q, want %q", got, want)
		}
	}
	if c, wait := claim(t, a, now); c != nil || !wait.IsZero() {
		t.Errorf("an empty frontier gave %v and %v", c, wait)
	}
}

func TestClaimOfSomeSites(t *testing.T) {
	a := open(t)
	enqueue(t, a, Request{Site: "a", URL: "http://h/1"}, Request{Site: "b", URL: "http://h/2", Due: start.Add(time.Hour)})
	if c, wait := claim(t, a, start, "b", "c"); c != nil || !wait.Equal(start.Add(time.Hour)) {
		t.Errorf("claimed %+v, wait %v", c, wait)
	}
	if n, err := a.Hasten(t.Context(), start, "", "b"); n != 1 || err != nil {
		t.Fatalf("hastened %d, %v", n, err)
	}
	if c, _ := claim(t, a, start, "b"); c == nil || c.Site != "b" {
		t.Errorf("claimed %+v", c)
	}
}

func TestOneInFlightPerHost(t *testing.T) {
	a := open(t)
	enqueue(t, a,
		Request{Site: "s", URL: "http://h/1"}, Request{Site: "s", URL: "http://h/2"},
		Request{Site: "other", URL: "http://g/1", Host: "h"}, Request{Site: "s", URL: "http://g/2"})
	first, _ := claim(t, a, start)
	second, _ := claim(t, a, start)
	if first.Host == second.Host {
		t.Fatalf("two requests of %s in flight", first.Host)
	}
	third, wait := claim(t, a, start)
	if third != nil {
		t.Fatalf("%s claimed while both hosts are taken", third.URL)
	}
	if want := start.Add(time.Minute); !wait.Equal(want) {
		t.Errorf("wait until %v, want the end of the leases %v", wait, want)
	}
}

func TestPaceIsKept(t *testing.T) {
	a := open(t)
	enqueue(t, a, Request{Site: "s", URL: "http://h/1"}, Request{Site: "s", URL: "http://h/2"})
	c, _ := claim(t, a, start)
	pace := Pace{Next: start.Add(5 * time.Second), Delay: 2500 * time.Millisecond, Failures: 3}
	save(t, a, Outcome{Claim: c, At: start, Err: "timeout", Due: start.Add(time.Hour), Pace: pace})
	if c, wait := claim(t, a, start.Add(4*time.Second)); c != nil || !wait.Equal(pace.Next) {
		t.Fatalf("claimed %v, wait %v before the host's time", c, wait)
	}
	c, _ = claim(t, a, pace.Next)
	if c == nil || c.URL != "http://h/2" || c.Pace != (Pace{Next: pace.Next.In(bulletin.Zone), Delay: pace.Delay, Failures: 3}) {
		t.Fatalf("claimed %+v", c)
	}
	save(t, a, Outcome{Claim: c, At: start, Status: 200, Pace: Pace{Next: start, OpenUntil: start.Add(30 * time.Minute)}})
	if c, wait := claim(t, a, start.Add(time.Minute)); c != nil || !wait.Equal(start.Add(time.Hour)) {
		t.Fatalf("claimed %v, wait %v", c, wait)
	}
	c, _ = claim(t, a, start.Add(time.Hour))
	if c.URL != "http://h/1" || c.Attempts != 2 {
		t.Errorf("claimed %s at attempt %d", c.URL, c.Attempts)
	}
}

func TestLostLeaseWritesNothing(t *testing.T) {
	a := open(t)
	enqueue(t, a, Request{Site: "s", URL: "http://h/1", Kind: Article})
	slow, _ := claim(t, a, start)
	quick, _ := claim(t, a, start.Add(2*time.Minute))
	if quick == nil || quick.ID != slow.ID || quick.Attempts != 2 {
		t.Fatalf("the expired lease did not resume: %+v", quick)
	}
	o := Outcome{
		Claim: slow, At: start, Status: 200, Page: &bulletin.Page{URL: "http://h/1", Body: []byte("<p>old")},
		Bulletins: []bulletin.Bulletin{{URL: "http://h/1", Title: "one"}}, Links: []Request{{Site: "s", URL: "http://h/2"}},
	}
	if _, err := a.Save(t.Context(), o); !errors.Is(err, ErrLeaseLost) {
		t.Fatalf("a late outcome gave %v", err)
	}
	o.Claim = quick
	if s := save(t, a, o); s.New != 1 || s.Links != 1 {
		t.Errorf("saved %+v", s)
	}
	if _, err := a.Save(t.Context(), o); !errors.Is(err, ErrLeaseLost) {
		t.Errorf("saving twice gave %v", err)
	}
	n := 0
	for _, err := range a.Pages(t.Context(), PageFilter{}) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	if n != 1 {
		t.Errorf("%d pages, want 1", n)
	}
}

func TestKnownRequestsStay(t *testing.T) {
	a := open(t)
	r := Request{Site: "s", URL: "http://h/list", Kind: Listing, Form: "state=1&page=2", FormKey: "page=2", Memo: "first"}
	enqueue(t, a, r)
	c, _ := claim(t, a, start)
	save(t, a, Outcome{Claim: c, At: start, Status: 200, Pace: Pace{Next: start}})
	r.Form, r.Memo = "state=2&page=2", "second"
	if n, err := a.Enqueue(t.Context(), r); n != 0 || err != nil {
		t.Fatalf("a known request was added: %d, %v", n, err)
	}
	got, err := a.Lookup(t.Context(), []Request{r, {Site: "s", URL: "http://h/new"}})
	if want := []Standing{{Known: true, Fetched: start, Same: 1, Memo: "first"}, {}}; err != nil || !slices.Equal(got, want) {
		t.Fatalf("%+v, want %+v, %v", got, want, err)
	}
	r.Again = true
	if n, err := a.Enqueue(t.Context(), r); n != 1 || err != nil {
		t.Fatalf("asking again gave %d, %v", n, err)
	}
	if c, _ = claim(t, a, start); c == nil || c.Form != r.Form || c.Memo != "second" {
		t.Errorf("claimed %+v", c)
	}
}

func TestCrawlIsSole(t *testing.T) {
	fileOnly(t)
	a := open(t)
	enqueue(t, a, Request{Site: "s", URL: "http://h/1"})
	claim(t, a, start)
	sole, err := a.Crawl(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if c, _ := claim(t, a, start); c == nil {
		t.Error("a dead crawler's lease was not ended")
	}
	if _, err := a.Crawl(t.Context()); !errors.Is(err, store.ErrBusy) {
		t.Errorf("a second crawler got %v", err)
	}
	if err := sole.Close(); err != nil {
		t.Fatal(err)
	}
	if sole, err = a.Crawl(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := sole.Close(); err != nil {
		t.Error(err)
	}
}
