package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// quick are limits that a hostile server runs into at once.
var quick = Limits{
	Feed: 8 << 20,
	Page: 64 << 10, File: 128 << 10, Dial: time.Second, TLS: time.Second,
	Header: time.Second, Idle: time.Second, Total: 5 * time.Second,
}

func serve(t *testing.T, handler http.HandlerFunc) (*httptest.Server, *Client) {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	client := New(Options{AllowPrivate: true, Limits: quick, MaxWait: 5 * time.Second, Contact: "ops@example.org"})
	t.Cleanup(client.Close)
	return server, client
}

func html(w http.ResponseWriter, text string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = io.WriteString(w, text)
}

func do(t *testing.T, c *Client, r Request) *Response {
	t.Helper()
	resp, err := c.Do(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(resp.Release)
	return resp
}

func TestDoSendsWhatWasAsked(t *testing.T) {
	var got http.Request
	var body string
	server, client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		raw, _ := io.ReadAll(r.Body)
		got, body = *r, string(raw)
		html(w, "<p>bản tin")
	})
	form := []Field{{"__VIEWSTATE", "a+b/="}, {"x", "2"}, {"a", "ý"}, {"x", "1"}}
	resp := do(t, client, Request{URL: server.URL + "/list?l=Cat+++++&page=2", Form: form, Header: http.Header{"X-MicrosoftAjax": {"Delta=true"}}, Kind: Delta})
	if resp.Status != 200 || string(resp.Text) != "<p>bản tin" {
		t.Errorf("answer %d %q", resp.Status, resp.Text)
	}
	if want := "__VIEWSTATE=a%2Bb%2F%3D&x=2&a=%C3%BD&x=1"; body != want {
		t.Errorf("form %q, want %q", body, want)
	}
	facts := []string{got.Method, got.URL.RawQuery, got.Header.Get("X-Microsoftajax"), got.Header.Get("Accept-Language"), got.Header.Get("User-Agent")}
	want := []string{"POST", "l=Cat+++++&page=2", "Delta=true", "vi-VN,vi;q=0.9,en;q=0.3", "Bantin/1.0 (compatible; bulletin archive; +ops@example.org)"}
	if diff := cmp.Diff(want, facts); diff != "" {
		t.Error(diff)
	}
}

func gzipped(text []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(text)
	_ = w.Close()
	return b.Bytes()
}

// TestHostileAnswers lists one misbehaviour a line and what becomes of it.
func TestHostileAnswers(t *testing.T) {
	release := make(chan struct{})
	defer close(release)
	hang := func(r *http.Request) {
		select {
		case <-release:
		case <-r.Context().Done():
		}
	}
	bomb := gzipped(make([]byte, 20<<20))
	flush := func(w http.ResponseWriter, text string) {
		_, _ = io.WriteString(w, text)
		_ = http.NewResponseController(w).Flush()
	}
	for name, test := range map[string]struct {
		answer http.HandlerFunc
		kind   Kind
		want   error
	}{
		"large body announced":   {func(w http.ResponseWriter, r *http.Request) { html(w, strings.Repeat("a", 100<<10)) }, Page, ErrTooLarge},
		"large body unannounced": {func(w http.ResponseWriter, r *http.Request) { flush(w, "<p>"); html(w, strings.Repeat("a", 100<<10)) }, Page, ErrTooLarge},
		"50 MB page": {func(w http.ResponseWriter, r *http.Request) {
			flush(w, "<p>")
			html(w, strings.Repeat("<p>", 50<<20/3))
		}, Page, ErrTooLarge},
		"gzip bomb": {func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			w.Header().Set("Content-Type", "text/html")
			_, _ = w.Write(bomb)
		}, Page, ErrTooLarge},
		"sitemap bomb /map.xml.gz": {func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/gzip")
			_, _ = w.Write(bomb)
		}, Feed, ErrTooLarge},
		"truncated body": {func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "1000")
			html(w, "<p>half")
		}, Page, io.ErrUnexpectedEOF},
		"truncated gzip": {func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			packed := gzipped([]byte(strings.Repeat("bulletin ", 1000)))
			_, _ = w.Write(packed[:len(packed)/2])
		}, Page, io.ErrUnexpectedEOF},
		"no header":     {func(w http.ResponseWriter, r *http.Request) { hang(r) }, Page, ErrTimeout},
		"body stalls":   {func(w http.ResponseWriter, r *http.Request) { flush(w, "<html>"); hang(r) }, Page, ErrTimeout},
		"image":         {func(w http.ResponseWriter, r *http.Request) { w.Header().Set("Content-Type", "image/png") }, Page, ErrType},
		"pdf as a page": {func(w http.ResponseWriter, r *http.Request) { html(w, "%PDF-1.4 …") }, Page, ErrType},
		"page as a pdf": {func(w http.ResponseWriter, r *http.Request) { html(w, "<html>không tìm thấy") }, File, ErrType},
		"unknown encoding": {func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "compress")
			html(w, "x")
		}, Page, ErrType},
		"firewall page": {func(w http.ResponseWriter, r *http.Request) {
			html(w, "<html><head><title>Request Rejected</title></head><body>Your support ID is: 123")
		}, Page, ErrRejected},
		"redirect to itself": {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) }, Page, ErrRedirects},
		"redirects for ever": {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path+"a", http.StatusFound) }, Page, ErrRedirects},
		"redirect off site": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://other.example/", http.StatusFound)
		}, Page, ErrOffSite},
		"redirect to a file": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
		}, Page, ErrAddress},
		"redirect to a secret": {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/secret/x", http.StatusFound) }, Page, ErrDisallowed},
		"connection reset": {func(w http.ResponseWriter, r *http.Request) {
			conn, _, _ := http.NewResponseController(w).Hijack()
			_ = conn.Close()
		}, Page, io.EOF},
	} {
		t.Run(name, func(t *testing.T) {
			server, client := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/robots.txt" {
					_, _ = io.WriteString(w, "User-agent: *\nDisallow: /secret")
					return
				}
				test.answer(w, r)
			})
			_, path, _ := strings.Cut(name, "/")
			_, err := client.Do(t.Context(), Request{URL: server.URL + "/" + path, Kind: test.kind})
			if !errors.Is(err, test.want) {
				t.Errorf("%v, want %v", err, test.want)
			}
			if len(client.memory.large) != 0 {
				t.Error("a slot for large bodies was not given back")
			}
		})
	}
}

func TestLargeBodiesTakeSlots(t *testing.T) {
	server, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		html(w, strings.Repeat("chữ ", 1<<19))
	})
	client := New(Options{AllowPrivate: true})
	t.Cleanup(client.Close)
	resp := do(t, client, Request{URL: server.URL})
	if len(client.memory.large) != 1 {
		t.Errorf("%d slots taken, want 1", len(client.memory.large))
	}
	resp.Release()
	resp.Release()
	if len(client.memory.large) != 0 {
		t.Errorf("%d slots taken after the release, want 0", len(client.memory.large))
	}
}

func TestRedirectsAndSession(t *testing.T) {
	server, client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/old":
			http.Redirect(w, r, "/new", http.StatusMovedPermanently)
		case "/new":
			if _, err := r.Cookie("session"); err != nil {
				http.SetCookie(w, &http.Cookie{Name: "session", Value: "1", Path: "/"})
				http.Redirect(w, r, "/new", http.StatusFound)
				return
			}
			html(w, "đây")
		default:
			http.NotFound(w, r)
		}
	})
	session, err := NewSession()
	if err != nil {
		t.Fatal(err)
	}
	resp := do(t, client, Request{URL: server.URL + "/old", Session: session})
	want := []Redirect{{301, server.URL + "/old", server.URL + "/new"}, {302, server.URL + "/new", server.URL + "/new"}}
	if diff := cmp.Diff(want, resp.Redirects); diff != "" || resp.Permanent() || resp.URL.Path != "/new" {
		t.Errorf("%s %s", resp.URL, diff)
	}
	if _, err := client.Do(t.Context(), Request{URL: server.URL + "/new"}); !errors.Is(err, ErrRedirects) {
		t.Errorf("without a session: %v, want %v", err, ErrRedirects)
	}
}

// TestManners crawls one server from many goroutines.
func TestManners(t *testing.T) {
	const gap = 20 * time.Millisecond
	var flying, most atomic.Int32
	var mu sync.Mutex
	var last time.Time
	least := time.Hour
	server, client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		most.Store(max(most.Load(), flying.Add(1)))
		mu.Lock()
		if !last.IsZero() {
			least = min(least, time.Since(last))
		}
		mu.Unlock()
		if r.URL.Path == "/hop" {
			http.Redirect(w, r, "/page", http.StatusFound)
		} else {
			html(w, "x")
		}
		flying.Add(-1)
		mu.Lock()
		last = time.Now()
		mu.Unlock()
	})
	var wait sync.WaitGroup
	alias := strings.Replace(server.URL, "127.0.0.1", "localhost", 1) // another name of the same server
	for i := range 9 {
		wait.Go(func() {
			address := []string{server.URL + "/hop", server.URL + "/page", alias + "/page"}[i%3]
			resp, err := client.Do(context.Background(), Request{URL: address, Gap: gap})
			if err != nil {
				t.Error(err)
				return
			}
			resp.Release()
		})
	}
	wait.Wait()
	if most.Load() != 1 || least < gap {
		t.Errorf("%d at once, %s apart; want 1 and at least %s", most.Load(), least, gap)
	}
}

func TestRetryAfterMakesLaterRequestsWait(t *testing.T) {
	server, client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Retry-After", "120")
		w.WriteHeader(http.StatusServiceUnavailable)
	})
	do(t, client, Request{URL: server.URL + "/a"})
	manners, err := client.Manners(t.Context(), server.URL)
	if in := time.Until(manners.Next); err != nil || in < 110*time.Second || in > 120*time.Second {
		t.Errorf("next request in %s, want about 120 s; %v", in, err)
	}
	_, err = client.Do(t.Context(), Request{URL: server.URL + "/b"})
	if wait, ok := errors.AsType[*WaitError](err); !ok || !wait.Until.Equal(manners.Next) {
		t.Errorf("%v, want a wait until %s", err, manners.Next)
	}

	later := New(Options{AllowPrivate: true})
	defer later.Close()
	if err := later.Adopt(t.Context(), server.URL, manners); err != nil {
		t.Fatal(err)
	}
	if _, err := later.Do(t.Context(), Request{URL: server.URL + "/b"}); !busy(err) {
		t.Errorf("%v after a restart, want a wait", err)
	}
}

func TestCrawlDelayIsKept(t *testing.T) {
	server, client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			_, _ = io.WriteString(w, "User-agent: *\nCrawl-delay: 60")
			return
		}
		t.Error("asked again before the delay was over")
	})
	_, err := client.Do(t.Context(), Request{URL: server.URL})
	if _, ok := errors.AsType[*WaitError](err); !ok {
		t.Errorf("%v, want a wait", err)
	}
}

// TestRedirectsOutlastTheGap: a hop waits its turn however short the patience
// with a first request is.
func TestRedirectsOutlastTheGap(t *testing.T) {
	server, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/a" {
			http.Redirect(w, r, "/b", http.StatusFound)
			return
		}
		html(w, "x")
	})
	client := New(Options{AllowPrivate: true, MaxWait: time.Millisecond})
	t.Cleanup(client.Close)
	do(t, client, Request{URL: server.URL + "/a", Gap: 100 * time.Millisecond, SkipRobots: true})
}

func TestCancelEndsAtOnce(t *testing.T) {
	asked := make(chan struct{})
	server, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		close(asked)
		<-r.Context().Done()
	})
	client := New(Options{AllowPrivate: true})
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-asked; cancel() }()
	if _, err := client.Do(ctx, Request{URL: server.URL}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want %v", err, context.Canceled)
	}
}
