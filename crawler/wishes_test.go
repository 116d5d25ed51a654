package crawler

import (
	"context"
	"errors"
	"testing"
	"time"

	"bantin/crawler/archive"
	"bantin/crawler/site"
)

// staying runs a crawl that stays until the test ends.
func staying(t *testing.T, a *archive.Archive, profiles ...*site.Profile) (*Crawler, <-chan Event) {
	t.Helper()
	events := make(chan Event, 1000)
	o := quick(profiles...)
	o.Now, o.Every = false, time.Hour
	o.Progress = func(e Event) {
		select {
		case events <- e:
		default:
		}
	}
	c := New(a, o)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { _, err := c.Run(ctx); done <- err }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return c, events
}

// until waits for an event.
func until(t *testing.T, events <-chan Event, what string, is func(Event) bool) {
	t.Helper()
	limit := time.After(2 * time.Minute)
	for {
		select {
		case e := <-events:
			if is(e) {
				return
			}
		case <-limit:
			t.Fatalf("never: %s", what)
		}
	}
}

// alive counts the bulletins that were not withdrawn.
func alive(t *testing.T, a *archive.Archive) (n int) {
	t.Helper()
	for _, c := range current(t, a) {
		if c.Bulletin != nil {
			n++
		}
	}
	return n
}

// TestForgottenAndTakenBack removes, forgets and takes back a portal faster
// than the crawl looks: it is read anew all the same.
func TestForgottenAndTakenBack(t *testing.T) {
	t.Parallel()
	f := newFake(t, 6, 3)
	a := openArchive(t)
	_, events := staying(t, a, f.profile(t, "one"))
	for round := range 3 {
		until(t, events, "a pass", func(e Event) bool { return e.Site == "one" && e.Done })
		if got := alive(t, a); got != 6 {
			t.Fatalf("round %d: %d bulletins", round, got)
		}
		if err := errors.Join(
			a.Grant(t.Context(), "one", archive.Remove, time.Now()),
			a.Purge(t.Context(), "one"),
			a.Grant(t.Context(), "one", archive.Resume, time.Now()),
		); err != nil {
			t.Fatal(err)
		}
	}
}

// TestWhileItRuns adds a portal to a crawl that has none, crawls it again,
// pauses, removes and takes it back, all without a new start.
func TestWhileItRuns(t *testing.T) {
	t.Parallel()
	f, g := newFake(t, 6, 3), newFake(t, 4, 4)
	a := openArchive(t)
	c, events := staying(t, a)
	one, two := f.profile(t, "one"), g.profile(t, "two")
	if err := c.SetSites(t.Context(), []*site.Profile{one}); err != nil {
		t.Fatal(err)
	}
	until(t, events, "the first pass of a portal that was added", func(e Event) bool { return e.Site == "one" && e.Done })
	if got := alive(t, a); got != 6 {
		t.Fatalf("%d bulletins", got)
	}
	if err := a.Grant(t.Context(), "one", archive.Fetch, time.Now()); err != nil {
		t.Fatal(err)
	}
	until(t, events, "another pass that was asked for", func(e Event) bool { return e.Site == "one" && e.Done })

	if err := a.Grant(t.Context(), "one", archive.Remove, time.Now()); err != nil {
		t.Fatal(err)
	}
	asked := f.times("/list")
	if err := a.Grant(t.Context(), "one", archive.Fetch, time.Now()); err != nil {
		t.Fatal(err)
	}
	if err := c.SetSites(t.Context(), []*site.Profile{one, two}); err != nil {
		t.Fatal(err)
	}
	until(t, events, "the first pass of a second portal", func(e Event) bool { return e.Site == "two" && e.Done })
	if got := alive(t, a); got != 4 || f.times("/list") != asked {
		t.Errorf("%d bulletins, %d more requests to a removed portal", got, f.times("/list")-asked)
	}
	if err := a.Grant(t.Context(), "one", archive.Resume, time.Now()); err != nil {
		t.Fatal(err)
	}
	until(t, events, "a pass over a portal taken back", func(e Event) bool { return e.Site == "one" && e.Done })
	if got := alive(t, a); got != 10 {
		t.Errorf("%d bulletins after all", got)
	}
	if err := c.SetSites(t.Context(), []*site.Profile{two}); err != nil {
		t.Fatal(err)
	}
	all, err := a.Sites(t.Context())
	if err != nil || all[0].State != "paused" || all[1].State == "paused" {
		t.Errorf("a portal without a profile: %+v, %v", all, err)
	}
}
