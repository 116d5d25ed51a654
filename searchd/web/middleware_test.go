package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strconv"
	"strings"
	"testing"

	"bantin/searchd/web/answer"
	"bantin/searchd/web/embed"

	"github.com/gin-gonic/gin"
	"github.com/klauspost/compress/zstd"
	"github.com/prometheus/client_golang/prometheus"
)

func TestHeaders(t *testing.T) {
	s := demo(t, Config{PublicURL: "https://bantin.test"})
	for _, path := range []string{"/", "/search?q=a", "/api/v1/search", "/nowhere", "/healthz"} {
		h := s.get(t, path, "X-Request-Id", "bad id\n").Header()
		csp := h.Get("Content-Security-Policy")
		if !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s: policy %q", path, csp)
		}
		for _, name := range []string{"X-Content-Type-Options", "Referrer-Policy", "X-Request-Id", "Strict-Transport-Security"} {
			if h.Get(name) == "" {
				t.Errorf("%s: no %s", path, name)
			}
		}
		if h.Get("Set-Cookie") != "" || strings.Contains(h.Get("X-Request-Id"), " ") {
			t.Error(path, h)
		}
	}
	if id := s.get(t, "/", "X-Request-Id", "abc-1").Header().Get("X-Request-Id"); id != "abc-1" {
		t.Error(id)
	}
}

// TestPagesLoadNothingElse: no inline script or style, nothing from elsewhere.
func TestPagesLoadNothingElse(t *testing.T) {
	s := demo(t, Config{})
	for _, path := range everyPage() {
		body := s.get(t, path).Body.String()
		body = strings.ReplaceAll(body, `<script type="application/ld+json">`, "")
		for _, bad := range []string{"<style", " style=", " onclick=", "<script>", "ZgotmplZ", `src="http`, "javascript:"} {
			if strings.Contains(body, bad) {
				t.Errorf("%s has %s", path, bad)
			}
		}
	}
}

// everyPage is an address of every page.
func everyPage() []string {
	id := testBulletins()[0].ID
	return []string{
		"/", "/?lang=en", "/search", "/search?q=giao+ban&province=tuyen-quang&sort=newest", "/search?q=kh%C3%B4ng+c%C3%B3+g%C3%AC&province=lai-chau&quarter=2020-Q3",
		"/bulletins/" + id + "?q=giao+ban", "/documents/35-ct-tw~2024-06-14", "/documents/99-nq-tw", "/documents/35-ct-tw", "/trends?province=tuyen-quang", "/provinces/tuyen-quang", "/provinces/ha-giang",
		"/meetings", "/meetings?province=tuyen-quang&host=mttq&kind=so-ket", "/meetings/" + toldMeeting, "/coverage", "/coverage?q=giao+ban&province=tuyen-quang&quarter=2020-Q2&map=then", "/status", "/help", "/concordance", "/concordance?q=an+sinh&order=left", "/trends", "/trends?q=giao+ban&q=an+sinh", "/trends?q=giao+ban&by=province&per=1000", "/compare", "/compare?a=tuyen-quang&b=quang-tri", "/compare?a=2020-Q3&b=2020-Q4", "/nowhere",
		"/embed", "/embed?province=tuyen-quang&mode=suggest&lang=en", embed.Frame, embed.Preview, embed.Preview + "?on=busy", embed.Preview + "?on=dark&variant=frame",
	}
}

func TestRevalidation(t *testing.T) {
	s := demo(t, Config{})
	for _, path := range []string{"/", "/search?q=giao+ban", "/api/v1/search?q=giao+ban", "/search.csv", "/coverage"} {
		first := s.get(t, path)
		tag := first.Header().Get("ETag")
		if tag == "" || first.Header().Get("Cache-Control") != "public, no-cache" {
			t.Fatal(path, first.Header())
		}
		if w := s.get(t, path, "If-None-Match", `"x", `+tag); w.Code != http.StatusNotModified {
			t.Error(path, w.Code)
		}
		if w := s.get(t, path, "If-None-Match", tag, "Accept-Language", "en"); w.Code != http.StatusOK {
			t.Error(path, "another language", w.Code)
		}
	}
	tag := s.get(t, "/search").Header().Get("ETag")
	s.add(t, testBulletin(places[0], 2025, 1))
	if w := s.get(t, "/search", "If-None-Match", tag); w.Code != http.StatusOK {
		t.Error("a changed index answers", w.Code)
	}
}

func TestCompression(t *testing.T) {
	s := demo(t, Config{})
	plain := s.get(t, "/help").Body.String()
	for _, tc := range []struct {
		accept, want string
		open         func(io.Reader) (io.Reader, error)
	}{
		{"gzip, deflate, br, zstd", "zstd", func(r io.Reader) (io.Reader, error) { return zstd.NewReader(r) }},
		{"gzip;q=1, zstd;q=0.5", "gzip", func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) }},
		{"*", "", nil},
		{"br", "", nil},
		{"gzip;q=0", "", nil},
		{"", "", nil},
		{"gzip;q=oops", "", nil},
	} {
		w := s.get(t, "/help", "Accept-Encoding", tc.accept)
		if got := w.Header().Get("Content-Encoding"); got != tc.want {
			t.Errorf("%q: %q", tc.accept, got)
			continue
		}
		if tc.open == nil {
			continue
		}
		r, err := tc.open(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil || string(body) != plain {
			t.Errorf("%q: %v, %d bytes of %d", tc.accept, err, len(body), len(plain))
		}
	}
	if w := s.get(t, "/healthz", "Accept-Encoding", "gzip"); w.Header().Get("Content-Encoding") != "" || w.Body.Len() == 0 {
		t.Error("a short answer is sent as it is")
	}
}

func TestCORS(t *testing.T) {
	s := demo(t, Config{Origins: []string{"https://portal.test"}})
	for _, tc := range []struct{ path, origin, want string }{
		{"/api/v1/search", "https://portal.test", "https://portal.test"},
		{"/search.json", "https://portal.test", "https://portal.test"},
		{"/api/v1/search", "https://evil.test", ""},
		{"/search", "https://portal.test", ""},
	} {
		if got := s.get(t, tc.path, "Origin", tc.origin).Header().Get("Access-Control-Allow-Origin"); got != tc.want {
			t.Errorf("%s from %s: %q", tc.path, tc.origin, got)
		}
	}
	if h := demo(t, Config{}).get(t, "/api/v1/search", "Origin", "https://anyone.test").Header(); h.Get("Access-Control-Allow-Origin") != "*" || h.Get("Access-Control-Allow-Credentials") != "" {
		t.Error("not readable from any page", h)
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodOptions, "/api/v1/search", nil)
	r.Header.Set("Origin", "https://portal.test")
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if w.Code != http.StatusNoContent || w.Header().Get("Access-Control-Allow-Methods") == "" {
		t.Error(w.Code, w.Header())
	}
}

func TestRateLimit(t *testing.T) {
	s := demo(t, Config{Rate: 0.001, Burst: 2, Proxies: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}})
	ask := func(forwarded string) *httptest.ResponseRecorder {
		return s.get(t, "/api/v1/suggest?q=a", "X-Forwarded-For", forwarded)
	}
	for i, want := range []int{200, 200, 429} {
		if w := ask("198.51.100.7"); w.Code != want {
			t.Fatal(i, w.Code)
		}
	}
	w := ask("198.51.100.7")
	if n, err := strconv.Atoi(w.Header().Get("Retry-After")); err != nil || n < 1 || !strings.Contains(w.Body.String(), "too-many-requests") {
		t.Error(w.Header(), w.Body)
	}
	if w := ask("203.0.113.9"); w.Code != http.StatusOK {
		t.Error("another client", w.Code)
	}
	if w := ask("2001:db8::1"); w.Code != http.StatusOK {
		t.Error(w.Code)
	}
	ask("2001:db8::2")
	if w := ask("2001:db8::3"); w.Code != http.StatusTooManyRequests {
		t.Error("one network of 64 bits is one client", w.Code)
	}
	if w := s.get(t, "/healthz", "X-Forwarded-For", "198.51.100.7"); w.Code != http.StatusOK {
		t.Error("monitors are let through", w.Code)
	}
}

func TestLimits(t *testing.T) {
	s := demo(t, Config{})
	if w := s.get(t, "/search?q="+strings.Repeat("a", maxAddress)); w.Code != http.StatusRequestURITooLong {
		t.Error(w.Code)
	}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/api/v1/search", strings.NewReader("x"))
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if w.Code != http.StatusMethodNotAllowed || !strings.Contains(w.Body.String(), "method-not-allowed") {
		t.Error(w.Code, w.Body)
	}
}

// TestPanicsStayInside: a panic is a problem with an id, its stack in the log;
// one in the middle of an answer ends the connection.
func TestPanicsStayInside(t *testing.T) {
	var log bytes.Buffer
	s := &server{}
	var err error
	if s.Service, err = answer.New(answer.Config{Log: slog.New(slog.NewTextHandler(&log, nil))}); err != nil {
		t.Fatal(err)
	}
	if s.metrics, err = newMetrics(nil, nil, nil); err != nil {
		t.Fatal(err)
	}
	r := gin.New()
	r.Use(s.identify, s.observe, s.recover, s.secure)
	r.GET("/api/v1/broken", func(*gin.Context) { panic("broken") })
	r.GET("/api/v1/half", func(c *gin.Context) {
		c.String(http.StatusOK, strings.Repeat("half", minCompressed))
		panic("broken")
	})
	h, err := compressed(r)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(h)
	defer server.Close()
	get := func(path string) (int, string, error) {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := server.Client().Do(req)
		if err != nil {
			return 0, "", err
		}
		defer res.Body.Close()
		body, err := io.ReadAll(res.Body)
		return res.StatusCode, string(body), err
	}
	if code, body, err := get("/api/v1/broken"); err != nil || code != http.StatusInternalServerError || !strings.Contains(body, "request_id") {
		t.Error(code, body, err)
	}
	if code, body, err := get("/api/v1/half"); err == nil {
		t.Error("half an answer is taken for the whole", code, len(body))
	}
	if !strings.Contains(log.String(), "broken") || !strings.Contains(log.String(), "stack") {
		t.Error(log.String())
	}
}

// TestLogHasNoPersonalData: neither words nor addresses reach the log.
func TestLogHasNoPersonalData(t *testing.T) {
	var log bytes.Buffer
	s := demo(t, Config{Log: slog.New(slog.NewJSONHandler(&log, nil))})
	s.get(t, "/search?q=bimat", "User-Agent", "secret-agent", "X-Forwarded-For", "198.51.100.7")
	if got := log.String(); strings.Contains(got, "bimat") || strings.Contains(got, "secret") || strings.Contains(got, "198.51") || strings.Contains(got, "192.0.2") || !strings.Contains(got, `"route":"/search"`) {
		t.Error(got)
	}
}

func TestMetrics(t *testing.T) {
	r := prometheus.NewRegistry()
	s := demo(t, Config{Metrics: r})
	s.get(t, "/search?q=giao+ban")
	families, err := r.Gather()
	if err != nil {
		t.Fatal(err)
	}
	names := ""
	for _, f := range families {
		names += f.GetName() + " "
	}
	for _, want := range []string{"bantin_http_requests_total", "bantin_http_request_seconds", "bantin_search_seconds", "bantin_index_generation"} {
		if !strings.Contains(names, want) {
			t.Errorf("no %s in %s", want, names)
		}
	}
}
