package crawler

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"bantin/crawler/archive"
)

// later runs one pass at a time after now.
func later(t *testing.T, a *archive.Archive, o Options, after time.Duration) (Summary, error) {
	t.Helper()
	c := New(a, o)
	c.now = func() time.Time { return time.Now().Add(after) }
	c.horizon = time.Second // a busy machine answers late, and a portal that does is asked less often
	s, err := c.Run(t.Context())
	if err != nil && !errors.Is(err, ErrIncomplete) {
		t.Fatal(err)
	}
	return s, err
}

// troubles are what portals answer for articles in a bad hour. Answers that a
// server's breaker counts, which keeps its own time, are in TestFaults.
var troubles = []struct {
	name   string
	answer http.HandlerFunc
}{
	{"redirect to itself", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) }},
	{"redirect to a foreign host", redirect("http://dang-nhap.example.invalid/")},
	{"redirect to the front page", redirect("/")},
	{"redirect to a login page", redirect("/dang-nhap")},
	{"JSON", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		say(w, `{"message": "bảo trì"}`)
	}},
	{"a body over the limit", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Length", "99000000") }},
	{"an error page with status 200", func(w http.ResponseWriter, _ *http.Request) {
		say(w, "<html><head><title>Lỗi</title></head><body><h1>Có lỗi xảy ra trong quá trình xử lý yêu cầu</h1></body></html>")
	}},
	{"not found with status 200", func(w http.ResponseWriter, _ *http.Request) {
		say(w, "<html><head><title>Không tìm thấy trang</title></head><body><h1>Không tìm thấy trang</h1></body></html>")
	}},
	{"the front page with status 200", func(w http.ResponseWriter, _ *http.Request) {
		say(w, `<html><head><title>Cổng thông tin</title></head><body><div id=app><a href="/list">Tin tức mới nhất trong ngày</a></div></body></html>`)
	}},
	{"404 for everything", status(http.StatusNotFound)},
	{"410 for everything", status(http.StatusGone)},
	{"an empty answer", status(http.StatusOK)},
}

// TestTroublePasses: whatever a portal answers for three weeks, no pass over
// it is silent, its server is not asked without end, and once it is well every
// bulletin comes by itself.
func TestTroublePasses(t *testing.T) {
	const n = 12
	for _, one := range troubles {
		t.Run(one.name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t, n, 6)
			var ill atomic.Bool
			ill.Store(true)
			f.fault = func(w http.ResponseWriter, r *http.Request, _ int) bool {
				if strings.HasPrefix(r.URL.Path, "/tin/") && ill.Load() {
					one.answer(w, r)
					return true
				}
				return false
			}
			a, o := openArchive(t), quick(f.profile(t, "portal"))
			o.Now = false
			for pass := range 6 {
				f.reset()
				if _, err := later(t, a, o, time.Duration(pass)*80*time.Hour); err == nil {
					t.Fatalf("pass %d is silent", pass)
				}
				if asked := f.times(""); asked > 4*n+5 {
					t.Errorf("pass %d asked %d times", pass, asked)
				}
			}
			ill.Store(false)
			at := 6 * 80 * time.Hour
			for have := 0; have < n && at < 60*day; at += 12 * time.Hour {
				later(t, a, o, at)
				have = len(current(t, a))
			}
			if have := len(current(t, a)); have != n {
				t.Errorf("%d of %d bulletins came back", have, n)
			}
			if _, err := later(t, a, o, at); err != nil {
				t.Errorf("still told of once all is well: %v", err)
			}
		})
	}
}

// TestNowTriesAgain: an operator who knows that a portal is well need not wait.
func TestNowTriesAgain(t *testing.T) {
	for _, one := range troubles {
		t.Run(one.name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t, 6, 10)
			var ill atomic.Bool
			ill.Store(true)
			f.fault = func(w http.ResponseWriter, r *http.Request, _ int) bool {
				if strings.HasPrefix(r.URL.Path, "/tin/") && ill.Load() {
					one.answer(w, r)
					return true
				}
				return false
			}
			a, o := openArchive(t), quick(f.profile(t, "portal"))
			for pass := range 3 {
				s, err := later(t, a, o, time.Duration(pass)*80*time.Hour)
				if err == nil {
					t.Fatalf("pass %d is silent: %+v", pass, s)
				}
			}
			ill.Store(false)
			if _, err := later(t, a, o, 200*time.Hour); err != nil || len(current(t, a)) != 6 {
				t.Errorf("%d of 6 bulletins, %v", len(current(t, a)), err)
			}
		})
	}
}

// TestGoneForGood: only 404 and 410, three times over a week with the listing
// well, end the looks at an address.
func TestGoneForGood(t *testing.T) {
	t.Parallel()
	for _, code := range []int{http.StatusNotFound, http.StatusGone} {
		f := newFake(t, 9, 10)
		f.fault = always("/tin/5.html", status(code))
		a, o := openArchive(t), quick(f.profile(t, "portal"))
		o.Now = false
		for at := time.Duration(0); at < 120*day; at += day {
			if _, err := later(t, a, o, at); err != nil {
				t.Fatalf("one missing article of nine is a failure: %v", err)
			}
		}
		if got := f.times("/tin/5.html"); got != 3 {
			t.Errorf("%d: asked %d times in 120 days, want 3", code, got)
		}
	}
}

// TestOutage: a portal that cannot be reached at all is told of by every pass,
// those with nothing to do among them.
func TestOutage(t *testing.T) {
	t.Parallel()
	f := newFake(t, 3, 10)
	f.fault = func(w http.ResponseWriter, r *http.Request, _ int) bool {
		reset(w, r)
		return true
	}
	p := f.profile(t, "portal", "skip_robots: true")
	a, o := openArchive(t), quick(p)
	o.Now = false
	for pass := range 4 {
		s, err := later(t, a, o, time.Duration(pass)*time.Second)
		if err == nil || !strings.Contains(err.Error(), "portal (") {
			t.Errorf("pass %d: %v %+v", pass, err, s)
		}
	}
	sites, err := a.Sites(t.Context())
	if err != nil || sites[0].Waiting == 0 || sites[0].WaitingUntil.IsZero() || sites[0].Trouble == "" {
		t.Errorf("%+v %v", sites, err)
	}
}

// TestRecheckPace: a portal that edits its old texts is looked at sooner than
// one that never does.
func TestRecheckPace(t *testing.T) {
	now := time.Now()
	old := now.Add(-2 * 365 * day)
	unknown := recheckAfter(&archive.Claim{}, old, true, now)
	busy := recheckAfter(&archive.Claim{Looks: archive.Looks{Looks: 100, Edits: 40}}, old, true, now)
	still := recheckAfter(&archive.Claim{Looks: archive.Looks{Looks: 1000}}, old, true, now)
	if busy*5 > unknown || still < unknown*3/2 {
		t.Errorf("of two years ago: %s, on a busy portal %s, on a still one %s", unknown, busy, still)
	}
	edited := recheckAfter(&archive.Claim{Fetched: now.Add(-day)}, old, true, now)
	if edited > 2*day {
		t.Errorf("an edited article is looked at after %s", edited)
	}
}

// TestForcedRecheck: --now --recheck looks at articles again, --since at the
// younger ones alone.
func TestForcedRecheck(t *testing.T) {
	t.Parallel()
	f := newFake(t, 9, 10)
	a, o := openArchive(t), quick(f.profile(t, "portal"))
	crawl(t, a, o)
	for _, test := range []struct {
		since time.Time
		want  int
	}{
		{time.Time{}, 9},
		{time.Date(2020, 6, 1, 0, 0, 0, 0, time.UTC), 5}, // articlePage: the month is number%12 + 1
		{time.Date(2021, 6, 1, 0, 0, 0, 0, time.UTC), 0},
	} {
		f.reset()
		o.Recheck, o.Since = true, test.since
		crawl(t, a, o)
		got := 0
		for i := range 9 {
			got += f.times(fmt.Sprintf("/tin/%d.html", i+1))
		}
		if got != test.want {
			t.Errorf("since %s: %d articles looked at, want %d", test.since, got, test.want)
		}
	}
}

// TestCookies: a portal that lets nobody in without its cookie is read whole.
func TestCookies(t *testing.T) {
	t.Parallel()
	for name, back := range map[string]func(r *http.Request) string{
		"itself":     func(r *http.Request) string { return r.URL.RequestURI() },
		"autodetect": func(r *http.Request) string { return r.URL.Path + "?AspxAutoDetectCookieSupport=1" },
	} {
		f := newFake(t, 7, 4)
		f.fault = func(w http.ResponseWriter, r *http.Request, _ int) bool {
			if _, err := r.Cookie("AspxAutoDetectCookieSupport"); err == nil || r.URL.Path == "/robots.txt" {
				return false
			}
			http.SetCookie(w, &http.Cookie{Name: "AspxAutoDetectCookieSupport", Value: "1", Path: "/"})
			http.Redirect(w, r, back(r), http.StatusFound)
			return true
		}
		a := openArchive(t)
		p := f.profile(t, "portal")
		crawl(t, a, quick(p))
		if got := len(current(t, a)); got != 7 {
			t.Errorf("%s: %d of 7 bulletins", name, got)
		}
		addresses(t, a)
	}
}

// addresses of bulletins are free of what a visit added to them.
func addresses(t *testing.T, a *archive.Archive) {
	t.Helper()
	for _, c := range current(t, a) {
		if strings.Contains(c.Bulletin.URL, "?") {
			t.Errorf("address %s", c.Bulletin.URL)
		}
	}
}

// TestTroubleOfListings: the same troubles on the first or a further page of
// the listing are told of at the first pass, and lose nothing for good.
func TestTroubleOfListings(t *testing.T) {
	const n = 12
	for _, one := range troubles {
		for _, where := range []string{"/list", "/list?page=2"} {
			t.Run(one.name+" at "+where, func(t *testing.T) {
				t.Parallel()
				f := newFake(t, n, 4)
				var ill atomic.Bool
				ill.Store(true)
				f.fault = func(w http.ResponseWriter, r *http.Request, _ int) bool {
					if ill.Load() && (r.URL.RequestURI() == where || where == "/list" && r.URL.RequestURI() == "/list?page=1") {
						one.answer(w, r)
						return true
					}
					return false
				}
				a, o := openArchive(t), quick(f.profile(t, "portal"))
				o.Now = false
				for pass := range 8 { // every other one has nothing to do
					if s, err := later(t, a, o, time.Duration(pass)*4*time.Hour); err == nil {
						t.Errorf("pass %d is silent: %+v", pass, s)
					}
				}
				ill.Store(false)
				at := 40 * time.Hour
				for ; len(current(t, a)) < n && at < 20*day; at += 8 * time.Hour {
					later(t, a, o, at)
				}
				if have := len(current(t, a)); have != n {
					t.Errorf("%d of %d bulletins came back", have, n)
				}
			})
		}
	}
}
