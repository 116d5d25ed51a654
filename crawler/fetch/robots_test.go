package fetch

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestRobotsAllowed(t *testing.T) {
	for _, test := range []struct {
		name, robots, path string
		want               bool
	}{
		{"nothing said", "", "/a", true},
		{"all", "User-agent: *\nDisallow: /", "/a", false},
		{"empty disallow", "User-agent: *\nDisallow:", "/a", true},
		{"own group wins over the star", "User-agent: *\nDisallow: /\nUser-agent: bantin\nDisallow: /x", "/a", true},
		{"own group rules", "User-agent: BanTin/2.0 (x)\nDisallow: /x", "/xa", false},
		{"another's name that begins alike", "User-agent: bantinbot\nDisallow: /", "/a", true},
		{"groups of one agent merge", "User-agent: bantin\nDisallow: /a\nUser-agent: b\nDisallow: /c\nUser-agent: bantin\nDisallow: /d", "/d", false},
		{"two agents, one group", "User-agent: other\nUser-agent: bantin\nDisallow: /a", "/a", false},
		{"agent line after rules opens a group", "User-agent: *\nDisallow: /a\nUser-agent: other\nDisallow: /b", "/b", true},
		{"sitemap does not part a group", "User-agent: a\nSitemap: /s.xml\nUser-agent: bantin\nDisallow: /b", "/b", false},
		{"crawl-delay does not part a group", "User-agent: *\nCrawl-delay: ten\nDisallow: /b", "/b", false},
		{"rule before any group", "Disallow: /\nUser-agent: *\nDisallow: /b", "/a", true},
		{"longest match", "User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", true},
		{"longest match the other way", "User-agent: *\nAllow: /a\nDisallow: /a/b", "/a/b/c", false},
		{"equal length allows", "User-agent: *\nDisallow: /a\nAllow: /a", "/a", true},
		{"paths mind case", "User-agent: *\nDisallow: /A", "/a", true},
		{"star", "User-agent: *\nDisallow: /*/print", "/x/y/print", false},
		{"star matches nothing too", "User-agent: *\nDisallow: /a*b", "/ab", false},
		{"end mark", "User-agent: *\nDisallow: /*.pdf$", "/x.pdf", false},
		{"end mark not at the end", "User-agent: *\nDisallow: /*.pdf$", "/x.pdf?a=1", true},
		{"end mark with an earlier like part", "User-agent: *\nDisallow: /*a$", "/aba", false},
		{"only an end mark", "User-agent: *\nDisallow: /$", "/", false},
		{"only an end mark, longer path", "User-agent: *\nDisallow: /$", "/a", true},
		{"query", "User-agent: *\nDisallow: /*?print=1", "/a?print=1", false},
		{"escapes are equal to letters", "User-agent: *\nDisallow: /b%61n", "/ban", false},
		{"Vietnamese as it is", "User-agent: *\nDisallow: /bản", "/b%e1%ba%a3n-tin", false},
		{"escaped slash is not a slash", "User-agent: *\nDisallow: /a%2Fb", "/a/b", true},
		{"robots.txt itself", "User-agent: *\nDisallow: /", "/robots.txt", true},
		{"mark and CRLF", "\ufeffUser-agent: *\r\nDisallow: /a\r\n", "/a", false},
		{"CR alone", "User-agent: *\rDisallow: /a", "/a", false},
		{"comments and spaces", " user-AGENT : * # all\n  disallow:\t/a # x", "/a", false},
		{"HTML", "<!DOCTYPE html><pre>User-agent: *\nDisallow: /", "/a", true},
		{"misspelled", "Useragent: *\nDissallow: /a", "/a", false},
	} {
		u, err := url.Parse("http://h" + test.path)
		if err != nil {
			t.Fatal(err)
		}
		if got := ParseRobots([]byte(test.robots), product).Allowed(u); got != test.want {
			t.Errorf("%s: allowed %v, want %v", test.name, got, test.want)
		}
	}
}

func TestRobotsFacts(t *testing.T) {
	got := ParseRobots([]byte("Sitemap: https://h/s.xml\nUser-agent: *\nCrawl-delay: 2,5\nDisallow: /x\nUser-agent: x\nCrawl-delay: 9"), product)
	if got.Delay != 2500*time.Millisecond {
		t.Errorf("delay %s", got.Delay)
	}
	if diff := cmp.Diff([]string{"https://h/s.xml"}, got.Sitemaps); diff != "" {
		t.Error(diff)
	}
	if got := ParseRobots([]byte("User-agent: *\nCrawl-delay: 1e300"), product).Delay; got != maxCrawlDelay {
		t.Errorf("delay %s, want the greatest", got)
	}
}

// TestRobotsAnswers lists how a server may answer for robots.txt.
func TestRobotsAnswers(t *testing.T) {
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
	}
	for name, test := range map[string]struct {
		robots http.HandlerFunc
		wait   bool
		want   error
	}{
		"not found":       {status(404), false, nil},
		"forbidden":       {status(403), false, nil},
		"unavailable":     {status(503), true, nil},
		"too many":        {status(429), true, nil},
		"HTML with 200":   {func(w http.ResponseWriter, _ *http.Request) { html(w, "<html>Không tìm thấy") }, false, nil},
		"an image's type": {func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Type", "image/png") }, false, nil},
		"closed connection": {func(w http.ResponseWriter, _ *http.Request) {
			conn, _, _ := http.NewResponseController(w).Hijack()
			_ = conn.Close()
		}, true, nil},
		"redirects for ever": {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/robots.txt?", http.StatusFound) }, false, nil},
		"redirect to rules":  {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/rules", http.StatusFound) }, false, ErrDisallowed},
		"huge": {func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, "User-agent: *\nDisallow: /page\n"+strings.Repeat("#\n", 1<<20))
		}, false, ErrDisallowed},
	} {
		t.Run(name, func(t *testing.T) {
			server, client := serve(t, func(w http.ResponseWriter, r *http.Request) {
				switch r.URL.Path {
				case "/robots.txt":
					test.robots(w, r)
				case "/rules":
					_, _ = io.WriteString(w, "User-agent: *\nDisallow: /page")
				default:
					html(w, "x")
				}
			})
			resp, err := client.Do(t.Context(), Request{URL: server.URL + "/page"})
			if _, wait := errors.AsType[*WaitError](err); wait != test.wait {
				t.Fatalf("%v, want a wait: %v", err, test.wait)
			}
			if !test.wait && !errors.Is(err, test.want) {
				t.Fatalf("%v, want %v", err, test.want)
			}
			if resp != nil {
				resp.Release()
			}
		})
	}
}

func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /*a*b$\nAllow: %zz\nCrawl-delay: 1e9\n", "/a%2")
	f.Add("\ufeffUser-agent:\r\nDisallow:/%\x00", "/\xff")
	f.Fuzz(func(t *testing.T, text, path string) {
		robots := ParseRobots([]byte(text), product)
		if robots.Delay < 0 || robots.Delay > maxCrawlDelay {
			t.Errorf("delay %s", robots.Delay)
		}
		robots.Allowed(&url.URL{Path: path, RawQuery: path})
		if once := normalizePath(path); normalizePath(once) != once {
			t.Errorf("normalising %q twice differs", path)
		}
	})
}

func FuzzRetryAfter(f *testing.F) {
	f.Add("120")
	f.Add("Fri, 31 Dec 1999 23:59:59 GMT")
	f.Add("1e999")
	f.Fuzz(func(t *testing.T, value string) {
		now := time.Unix(1_600_000_000, 0)
		until := retryAfter(http.Header{"Retry-After": {value}}, 503, now)
		if !until.IsZero() && (until.Before(now) || until.After(now.Add(maxRetryAfter))) {
			t.Errorf("%q: %s", value, until)
		}
	})
}
