package crawler

import (
	"context"
	"errors"
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
		Limits:       fetch.Limits{Header: 2 * time.Second, Idle: 2 * time.Second, Total: 10 * time.Second},
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

// once answers only the first request for an address.
func once(path string, answer http.HandlerFunc) func(http.ResponseWriter, *http.Request, int) bool {
	return func(w http.ResponseWriter, r *http.Request, nth int) bool {
		if r.URL.RequestURI() != path || nth > 1 {
			return false
		}
		answer(w, r)
		return true
	}
}

// always answers every request for an address.
func always(path string, answer http.HandlerFunc) func(http.ResponseWriter, *http.Request, int) bool {
	return func(w http.ResponseWriter, r *http.Request, _ int) bool {
		if r.URL.RequestURI() != path {
			return false
		}
		answer(w, r)
		return true
	}
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

func reset(w http.ResponseWriter, _ *http.Request) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err == nil {
		_ = conn.Close()
	}
}

func redirect(to string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, http.StatusFound) }
}

func hang(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

// TestFaults crawls a portal of each bad habit, all at once. Every one but the
// hopeless ones gives all its bulletins in the end, and none disturbs another.
func TestFaults(t *testing.T) {
	t.Parallel()
	const n, per = 9, 4
	cases := []struct {
		name  string
		fault func(http.ResponseWriter, *http.Request, int) bool
		want  int    // bulletins
		err   string // in the run's error
	}{
		{"well-behaved", nil, n, ""},
		{"first request hangs", once("/list", hang), n, ""},
		{"500 after idle", once("/list", status(500)), n, ""},
		{"second page fails once", once("/list?page=2", status(502)), n, ""},
		{"article fails three times", func(w http.ResponseWriter, r *http.Request, nth int) bool {
			if r.URL.Path == "/tin/5.html" && nth <= 3 {
				w.WriteHeader(http.StatusServiceUnavailable)
				return true
			}
			return false
		}, n, ""},
		{"article always fails", always("/tin/5.html", status(500)), n - 1, "1 failed"},
		{"error page with status 200 once", once("/tin/5.html", func(w http.ResponseWriter, _ *http.Request) {
			say(w, "<html><head><title>Runtime Error</title></head><body><h1>Server Error in '/' Application.</h1></body></html>")
		}), n, ""},
		{"empty page once", once("/tin/5.html", status(200)), n, ""},
		{"empty listing page once", once("/list?page=2", status(200)), n, ""},
		{"connection reset once", once("/tin/5.html", reset), n, ""},
		{"truncated once", once("/tin/5.html", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "9000")
			say(w, "<html><body><h1>Nửa")
		}), n, ""},
		{"firewall page once", once("/tin/5.html", func(w http.ResponseWriter, _ *http.Request) {
			say(w, "<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Your support ID is: 1</body></html>")
		}), n, ""},
		{"redirect loop", always("/tin/5.html", redirect("/tin/5.html")), n - 1, "redirect"},
		{"redirect off the portal", always("/tin/5.html", redirect("http://example.invalid/")), n - 1, "leaves"},
		{"redirect to the listing", always("/tin/5.html", redirect("/list")), n - 1, ""},
		{"article is 404", always("/tin/5.html", status(404)), n - 1, ""},
		{"article says 404 with status 200", always("/tin/5.html", func(w http.ResponseWriter, _ *http.Request) {
			say(w, "<html><head><title>Không tìm thấy trang</title></head><body><h1>404</h1><p>Không tìm thấy trang</p></body></html>")
		}), n - 1, ""},
		{"50 MB article", always("/tin/5.html", func(w http.ResponseWriter, _ *http.Request) {
			for range 50 {
				say(w, strings.Repeat("<p>", 1<<20/3))
			}
		}), n - 1, "larger"},
		{"100,000 links on an article", once("/tin/5.html", func(w http.ResponseWriter, _ *http.Request) {
			page := articlePage("Hội nghị giao ban số 5", 5)
			say(w, strings.Replace(page, "</body>", strings.Repeat("<a href=/x>x</a>", 100_000)+"</body>", 1))
		}), n, ""},
		{"deep nesting", once("/tin/5.html", func(w http.ResponseWriter, _ *http.Request) {
			page := articlePage("Hội nghị giao ban số 5", 5)
			say(w, strings.Replace(page, "</body>", strings.Repeat("<div><span>", 100_000)+"</body>", 1))
		}), n, ""},
		{"article is an image", always("/tin/5.html", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "image/png")
		}), n - 1, "content type"},
		{"robots.txt is 503 at first", once("/robots.txt", status(503)), n, ""},
		{"robots.txt is a page", always("/robots.txt", func(w http.ResponseWriter, _ *http.Request) { say(w, "<html>Trang chủ") }), n, ""},
		{"last page leads back to the first", always("/list?page=3", redirect("/list")), 8, ""},
		{"pages past the end repeat the last", func(w http.ResponseWriter, r *http.Request, _ int) bool {
			var page int
			if _, err := fmt.Sscanf(r.URL.RawQuery, "page=%d", &page); err != nil || page < 3 {
				return false
			}
			fmt.Fprintf(w, `<ul class=news><li><a href="/tin/1.html">Hội nghị giao ban số 1</a></li></ul><a class=next href="/list?page=%d">Trang sau</a>`, page+1)
			return true
		}, n, ""},
		{"pages go round", always("/list?page=3", func(w http.ResponseWriter, _ *http.Request) {
			say(w, `<ul class=news><li><a href="/tin/1.html">Hội nghị giao ban số 1</a></li></ul><a class=next href="/list">Trang sau</a>`)
		}), n, ""},
		{"a session is wanted", func(w http.ResponseWriter, r *http.Request, _ int) bool {
			if r.URL.Path != "/list" {
				return false
			}
			if _, err := r.Cookie("ASP.NET_SessionId"); err == nil {
				return false
			}
			http.SetCookie(w, &http.Cookie{Name: "ASP.NET_SessionId", Value: "1"})
			http.Redirect(w, r, r.URL.RequestURI(), http.StatusFound)
			return true
		}, n, ""},
		{"listing is broken", always("/list", func(w http.ResponseWriter, _ *http.Request) { say(w, "<html><body>Đang bảo trì") }), 0, "listing"},
		{"asks for a long pause", func(w http.ResponseWriter, r *http.Request, _ int) bool {
			if r.URL.Path != "/list" {
				return false
			}
			w.Header().Set("Retry-After", "3600")
			w.WriteHeader(http.StatusTooManyRequests)
			return true
		}, 0, "429"},
	}
	var profiles []*site.Profile
	fakes := map[string]*fake{}
	for i, one := range cases {
		f := newFake(t, n, per)
		f.fault = one.fault
		id := fmt.Sprintf("portal-%d", i)
		fakes[id] = f
		profiles = append(profiles, f.profile(t, id))
	}
	a := openArchive(t)
	summary, err := New(a, quick(profiles...)).Run(t.Context())
	if !errors.Is(err, ErrIncomplete) {
		t.Fatalf("%v, want %v", err, ErrIncomplete)
	}
	got := map[string]int{}
	for _, change := range current(t, a) {
		got[change.Bulletin.Site]++
	}
	for i, one := range cases {
		id := fmt.Sprintf("portal-%d", i)
		if got[id] != one.want {
			t.Errorf("%s: %d bulletins, want %d", one.name, got[id], one.want)
		}
		_, said, _ := strings.Cut(err.Error(), id+" (")
		said, _, _ = strings.Cut(said, "; portal")
		if one.err == "" && said != "" || !strings.Contains(said, one.err) {
			t.Errorf("%s: said %q, want %q", one.name, said, one.err)
		}
		if f := fakes[id]; f.most > 1 {
			t.Errorf("%s: %d requests at once", one.name, f.most)
		}
	}
	if t.Failed() {
		t.Logf("%+v", summary)
	}
}

// TestDeadPortal: a portal whose robots.txt cannot be had is asked for nothing
// else, less and less often.
func TestDeadPortal(t *testing.T) {
	t.Parallel()
	f := newFake(t, 5, 4)
	ctx, cancel := context.WithCancel(t.Context())
	f.fault = func(w http.ResponseWriter, r *http.Request, nth int) bool {
		if nth == 3 {
			cancel()
		}
		reset(w, r)
		return true
	}
	_, err := New(openArchive(t), quick(f.profile(t, "portal"))).Run(ctx)
	if !errors.Is(err, ErrIncomplete) || !strings.Contains(err.Error(), "wait until") {
		t.Errorf("%v, want %v with a wait", err, ErrIncomplete)
	}
	if f.times("") != f.times("/robots.txt") {
		t.Errorf("asked for %v", f.asked)
	}
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

// TestRechecks follows one article through a visit without change, an edit,
// a broken layout, its removal and its return.
func TestRechecks(t *testing.T) {
	t.Parallel()
	f := newFake(t, 3, 4)
	var answer http.HandlerFunc
	f.fault = func(w http.ResponseWriter, r *http.Request, _ int) bool {
		if r.URL.Path != "/tin/2.html" || answer == nil {
			return false
		}
		answer(w, r)
		return true
	}
	p := f.profile(t, "portal")
	a := openArchive(t)
	crawl(t, a, quick(p))
	id, err := a.BulletinAt(t.Context(), "portal", f.URL+"/tin/2.html")
	if err != nil {
		t.Fatal(err)
	}
	edited := strings.Replace(articlePage("Hội nghị giao ban số 2", 2), "đúng hạn", "đúng hạn, đầy đủ", 1)
	for _, step := range []struct {
		name     string
		answer   http.HandlerFunc
		versions int
		gone     bool
		body     string
	}{
		{"unchanged", nil, 1, false, "đúng hạn"},
		{"not modified", status(304), 1, false, "đúng hạn"},
		{"edited", func(w http.ResponseWriter, _ *http.Request) { say(w, edited) }, 2, false, "đúng hạn, đầy đủ"},
		{"layout broken: no text", func(w http.ResponseWriter, _ *http.Request) { say(w, "<html><h1>Hội nghị giao ban số 2</h1>") }, 2, false, "đầy đủ"},
		{"layout broken: no date", func(w http.ResponseWriter, _ *http.Request) {
			say(w, strings.Replace(edited, "class=date", "hidden", 1))
		}, 2, false, "đầy đủ"},
		{"layout broken: the portal's name for a title", func(w http.ResponseWriter, _ *http.Request) {
			say(w, strings.ReplaceAll(edited, "Hội nghị giao ban số 2", "Cổng thông tin"))
		}, 2, false, "đầy đủ"},
		{"removed", status(410), 2, true, "đầy đủ"},
		{"back", func(w http.ResponseWriter, _ *http.Request) { say(w, edited) }, 2, false, "đầy đủ"},
	} {
		answer = step.answer
		if _, err := a.Hasten(t.Context(), time.Now(), archive.Article, "portal"); err != nil {
			t.Fatal(err)
		}
		if _, err := New(a, quick(p)).Run(t.Context()); err != nil && !errors.Is(err, ErrIncomplete) {
			t.Fatal(err)
		}
		versions, err := a.Versions(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		change, err := a.Bulletin(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if len(versions) != step.versions || change.Gone.IsZero() == step.gone || !strings.Contains(change.Bulletin.Body, step.body) {
			t.Errorf("%s: %d versions, gone %v, %q", step.name, len(versions), change.Gone, change.Bulletin.Body)
		}
	}
	if got := len(current(t, a)); got != 3 {
		t.Errorf("%d bulletins, want 3", got)
	}
}

// TestValidators: what a portal says about its versions is sent back to it.
func TestValidators(t *testing.T) {
	t.Parallel()
	f := newFake(t, 2, 4)
	unchanged := 0
	f.fault = func(w http.ResponseWriter, r *http.Request, _ int) bool {
		if r.URL.Path != "/list" {
			return false
		}
		w.Header().Set("ETag", `"1"`)
		if r.Header.Get("If-None-Match") == `"1"` {
			unchanged++
			w.WriteHeader(http.StatusNotModified)
			return true
		}
		return false
	}
	p := f.profile(t, "portal")
	a := openArchive(t)
	for range 7 {
		crawl(t, a, quick(p))
	}
	// the first visit asks for all, and so does every fourth after it
	if unchanged != 5 {
		t.Errorf("%d times unchanged of 7 visits, want 5", unchanged)
	}
}

// TestAlarm: a changed layout is noticed and spoils nothing.
func TestAlarm(t *testing.T) {
	t.Parallel()
	f := newFake(t, 6, 10)
	p := f.profile(t, "portal")
	a := openArchive(t)
	crawl(t, a, quick(p))
	before := current(t, a)
	f.fault = func(w http.ResponseWriter, r *http.Request, _ int) bool {
		if !strings.HasPrefix(r.URL.Path, "/tin/") {
			return false
		}
		say(w, "<html><head><title>Cổng thông tin</title></head><body><h1>Cổng thông tin</h1><div id=app></div></body></html>")
		return true
	}
	if _, err := a.Hasten(t.Context(), time.Now(), archive.Article, "portal"); err != nil {
		t.Fatal(err)
	}
	summary, err := New(a, quick(p)).Run(t.Context())
	if !errors.Is(err, ErrIncomplete) || !strings.Contains(summary.Sites[0].Alarm, "no bulletin in 6 of 6") {
		t.Errorf("%v, alarm %q", err, summary.Sites[0].Alarm)
	}
	for id, change := range current(t, a) {
		if before[id].Bulletin.Body != change.Bulletin.Body || !change.Gone.IsZero() {
			t.Errorf("%s was overwritten", id)
		}
	}
	sites, err := a.Sites(t.Context())
	if err != nil || sites[0].State != "failing" || sites[0].Alarm == "" {
		t.Errorf("%+v %v", sites, err)
	}
	f.fault = nil
	crawl(t, a, quick(p))
	if sites, err = a.Sites(t.Context()); err != nil || sites[0].Alarm != "" {
		t.Errorf("alarm %q stays once the portal is well; %v", sites[0].Alarm, err)
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
	f.fault = func(w http.ResponseWriter, r *http.Request, nth int) bool {
		if r.URL.Path == "/tin/6.html" && nth == 1 {
			cancel()
			hang(w, r)
			return true
		}
		return false
	}
	p := f.profile(t, "portal")
	a := openArchive(t)
	began := time.Now()
	if _, err := New(a, quick(p)).Run(ctx); err != nil {
		t.Errorf("%v, want no error: it was told to stop", err)
	}
	if took := time.Since(began); took > 5*time.Second {
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

// TestPausedAndUnknown: a paused portal is entered but not asked.
func TestPaused(t *testing.T) {
	t.Parallel()
	f := newFake(t, 5, 4)
	p := f.profile(t, "portal", "paused: true")
	a := openArchive(t)
	crawl(t, a, quick(p))
	sites, err := a.Sites(t.Context())
	if err != nil || len(sites) != 1 || sites[0].State != "paused" || f.times("") != 0 {
		t.Errorf("%+v %v, asked %v", sites, err, f.asked)
	}
}

func TestSilence(t *testing.T) {
	now := time.Date(2024, 6, 1, 0, 0, 0, 0, bulletin.Zone)
	yield := func(daysAgo ...int) []bulletin.YieldSample {
		samples := []bulletin.YieldSample{{At: now.Add(-400 * day), New: 900}}
		for _, ago := range daysAgo {
			samples = append(samples, bulletin.YieldSample{At: now.Add(-time.Duration(ago) * day), New: 2})
		}
		return samples
	}
	for _, test := range []struct {
		name  string
		yield []bulletin.YieldSample
		want  string
	}{
		{"steady", yield(9, 7, 5, 3, 1), ""},
		{"a quiet fortnight", yield(20, 18, 16, 14), ""},
		{"stopped", yield(40, 38, 36, 34), "nothing new since 2024-04-28"},
		{"always rare", yield(200, 140, 80, 40), ""},
		{"too little known", yield(100, 98), ""},
		{"never", nil, ""},
	} {
		if got := silence(test.yield, now); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestRecheckDecays(t *testing.T) {
	claim := &archive.Claim{}
	var days []int
	for range 8 {
		days = append(days, int(recheckAfter(claim, time.Time{}, false).Hours()/24+0.5))
		claim.Unchanged++
	}
	for i := 1; i < 5; i++ {
		if days[i] < 2*days[i-1] {
			t.Errorf("waits %v days: not growing", days)
		}
	}
	if old := recheckAfter(&archive.Claim{}, time.Now().Add(-5*365*day), true); old < 60*day {
		t.Errorf("an article of five years ago is looked at after %s", old)
	}
}
