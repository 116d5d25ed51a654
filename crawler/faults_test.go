package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"bantin/crawler/site"
)

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
