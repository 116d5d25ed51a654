package crawler

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"bantin/bulletin"
	"bantin/crawler/archive"
	"bantin/crawler/fetch"
	"bantin/crawler/site"
)

// quick are the options of these tests: loopback, short limits.
func quick(profiles ...*site.Profile) Options {
	return Options{Sites: profiles, Now: true, Workers: 20, Fetch: fetch.Options{
		AllowPrivate: true,
		Limits:       fetch.Limits{Header: 10 * time.Second, Idle: 10 * time.Second, Total: time.Minute},
	}}
}

func crawl(t testing.TB, a *archive.Archive, o Options) Summary {
	t.Helper()
	summary, err := New(a, o).Run(t.Context())
	if err != nil {
		t.Error(err)
	}
	return summary
}

// TestManners: one request at a time, the gap kept, nothing disallowed.
func TestManners(t *testing.T) {
	t.Parallel()
	f := newFake(t, 12, 5)
	f.robots = "User-agent: *\nDisallow: /tin/7\nCrawl-delay: 0.03"
	p := f.profile(t, "portal")
	p.Pace = 20 * time.Millisecond
	a := openArchive(t)
	summary := crawl(t, a, quick(p))
	if got := len(current(t, a)); got != 11 || summary.Sites[0].Skipped != 1 {
		t.Errorf("%d bulletins, %d skipped; want 11 and 1", got, summary.Sites[0].Skipped)
	}
	if f.times("/tin/7.html") > 0 {
		t.Error("a disallowed page was fetched")
	}
	if f.most > 1 || f.least < 30*time.Millisecond {
		t.Errorf("%d at once, %s apart; want 1 and 30ms", f.most, f.least)
	}
}

// TestLaterPasses: an unchanged portal costs its first listing page, new items
// cost the pages they are on, and robots.txt is remembered.
func TestLaterPasses(t *testing.T) {
	t.Parallel()
	f := newFake(t, 20, 4)
	p := f.profile(t, "portal")
	a := openArchive(t)
	crawl(t, a, quick(p))
	if got := f.times(""); got != 1+5+20 {
		t.Errorf("first pass asked %d times, want 26: %v", got, f.asked)
	}
	for _, step := range []struct {
		name         string
		add, listing int
	}{{"unchanged", 0, 1}, {"two new", 2, 2}, {"five new", 5, 3}, {"unchanged again", 0, 1}} {
		f.reset()
		f.n += step.add
		crawl(t, a, quick(p))
		if got := f.times(""); got != step.listing+step.add {
			t.Errorf("%s: asked %d times, want %d: %v", step.name, got, step.listing+step.add, f.asked)
		}
		if got := len(current(t, a)); got != f.n {
			t.Errorf("%s: %d bulletins, want %d", step.name, got, f.n)
		}
	}
	o := quick(p)
	o.Now = false
	f.reset()
	crawl(t, a, o)
	if f.times("") != 0 {
		t.Errorf("asked for %v although nothing was due", f.asked)
	}
}

// TestLimits: pages and dates bound a pass, and a later wider one goes on.
func TestLimits(t *testing.T) {
	t.Parallel()
	f := newFake(t, 20, 4)
	p := f.profile(t, "portal")
	a := openArchive(t)
	o := quick(p)
	for _, step := range []struct{ pages, want int }{{2, 8}, {2, 8}, {3, 12}, {0, 20}} {
		o.MaxPages = step.pages
		crawl(t, a, o)
		if got := len(current(t, a)); got != step.want {
			t.Errorf("%d bulletins with %d pages, want %d", got, step.pages, step.want)
		}
	}
}

// TestSince: items that the listing dates before the day are left out, the
// walk ends where all are, and a wider crawl goes on from there.
func TestSince(t *testing.T) {
	t.Parallel()
	f := newFake(t, 20, 4)
	f.fault = func(w http.ResponseWriter, r *http.Request, _ int) bool {
		if r.URL.Path != "/list" {
			return false
		}
		page := 1
		_, _ = fmt.Sscanf(r.URL.RawQuery, "page=%d", &page)
		say(w, strings.ReplaceAll(f.listing(page), "</a></li>", fmt.Sprintf("</a> <span class=date>15/%02d/2020</span></li>", 12-page)))
		return true
	}
	p := f.profile(t, "portal")
	p.Select.ItemDate = ".date"
	a := openArchive(t)
	o := quick(p)
	for _, step := range []struct {
		since     time.Time
		want, ask int
	}{
		{time.Date(2020, 10, 1, 0, 0, 0, 0, bulletin.Zone), 8, 1 + 3 + 8},
		{time.Date(2020, 10, 1, 0, 0, 0, 0, bulletin.Zone), 8, 1},
		{time.Date(2020, 9, 1, 0, 0, 0, 0, bulletin.Zone), 12, 4 + 4},
		{time.Time{}, 20, 5 + 8},
		{time.Time{}, 20, 1},
	} {
		o.Since = step.since
		f.reset()
		crawl(t, a, o)
		if got := len(current(t, a)); got != step.want || f.times("") != step.ask {
			t.Errorf("since %s: %d bulletins, want %d; asked %d times, want %d: %v", step.since.Format(time.DateOnly), got, step.want, f.times(""), step.ask, f.asked)
		}
	}
}

// TestStopLosesNothing cancels a run in the middle of an exchange and goes on
// with another.
func TestStopLosesNothing(t *testing.T) {
	t.Parallel()
	f := newFake(t, 10, 4)
	ctx, cancel := context.WithCancel(t.Context())
	var told time.Time
	f.fault = func(w http.ResponseWriter, r *http.Request, nth int) bool {
		if r.URL.Path == "/tin/6.html" && nth == 1 {
			told = time.Now()
			cancel()
			hang(w, r)
			return true
		}
		return false
	}
	p := f.profile(t, "portal")
	a := openArchive(t)
	if _, err := New(a, quick(p)).Run(ctx); err != nil {
		t.Errorf("%v, want no error: it was told to stop", err)
	}
	if took := time.Since(told); took > 20*time.Second { // less than the patience with a portal
		t.Errorf("took %s to stop", took)
	}
	o := quick(p)
	o.Now = false
	crawl(t, a, o)
	if got := len(current(t, a)); got != 10 {
		t.Errorf("%d bulletins, want 10", got)
	}
	for address, n := range f.asked {
		if n > 1 && address != "/tin/6.html" {
			t.Errorf("%s was fetched %d times", address, n)
		}
	}
}

// TestProgress: events count up and end with the portal done.
func TestProgress(t *testing.T) {
	t.Parallel()
	f := newFake(t, 5, 4)
	o := quick(f.profile(t, "portal"))
	var events []Event
	o.Progress = func(e Event) { events = append(events, e) }
	crawl(t, openArchive(t), o)
	last := events[len(events)-1]
	if !last.Done || last.Pages != 7 || last.Bulletins != 5 || last.Rate <= 0 {
		t.Errorf("last event %+v", last)
	}
}
