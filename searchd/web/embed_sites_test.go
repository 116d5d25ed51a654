package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"
)

func embedSites(t *testing.T, file string) EmbedSites {
	t.Helper()
	e, err := ReadEmbedSites([]byte(file))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestEmbedSites(t *testing.T) {
	s := demo(t, Config{EmbedSites: embedSites(t, sitesFile)})
	for _, tc := range []struct {
		site, origin string
		code         int
		problem      string
	}{
		{"portal", "https://portal.example", 200, ""},
		{"portal", "http://localhost:8000", 200, ""},
		{"portal", "https://elsewhere.example", 403, "origin-refused"},
		{"portal", "https://portal.example.evil.example", 403, "origin-refused"},
		{"portal", "null", 403, "origin-refused"},
		{"nobody", "https://portal.example", 403, "site-unknown"},
		{"", "https://portal.example", 403, "site-missing"},
		{"", "", 200, ""},
		{"slow", "https://slow.example", 200, ""},
		{"slow", "https://slow.example", 429, "quota-spent"},
		{"portal", "", 200, ""},
		{"portal", "", 200, ""},
		{"portal", "", 200, ""},
		{"portal", "", 429, "quota-spent"},
	} {
		var headers []string
		if tc.origin != "" {
			headers = []string{"Origin", tc.origin}
		}
		address := embedAPI + "?q=giao"
		if tc.site != "" {
			address += "&site=" + tc.site
		}
		w := s.get(t, address, headers...)
		if w.Code != tc.code || !strings.Contains(w.Body.String(), tc.problem) || w.Header().Get("Vary") == "" {
			t.Errorf("%+v: %d %s", tc, w.Code, w.Body)
		}
		if tc.code == 429 && w.Header().Get("Retry-After") == "" {
			t.Errorf("%+v: no Retry-After", tc)
		}
	}
	csp := s.get(t, embedFrame).Header().Get("Content-Security-Policy")
	if !strings.Contains(csp, "frame-ancestors 'self' https://portal.example http://localhost:8000 https://slow.example;") {
		t.Error(csp)
	}
}

// TestEmbedIsOpen: without a list of sites every page is answered.
func TestEmbedIsOpen(t *testing.T) {
	s := demo(t, Config{})
	for _, query := range []string{"q=giao", "q=giao&site=anything"} {
		w := s.get(t, embedAPI+"?"+query, "Origin", "https://portal.example")
		if w.Code != 200 || w.Header().Get("Access-Control-Allow-Origin") != "*" || w.Header().Get("Access-Control-Allow-Credentials") != "" {
			t.Error(w.Code, w.Header())
		}
	}
	if csp := s.get(t, embedFrame).Header().Get("Content-Security-Policy"); !strings.Contains(csp, "frame-ancestors *;") {
		t.Error(csp)
	}
}

func TestReadEmbedSites(t *testing.T) {
	for file, want := range map[string]string{
		`{`:                        "embedding sites: unexpected EOF",
		`{} {}`:                    "something stands after",
		`{"site":[]}`:              `unknown field "site"`,
		`{"visitors":1}`:           "visitors is 1",
		`{"sites":[{"id":"A b"}]}`: `id "A b"`,
		`{"sites":[{"id":"a"}]}`:   "origins are missing",
		`{"sites":[{"id":"a","origins":["https://a.example/"]}]}`:                                                "without a path",
		`{"sites":[{"id":"a","origins":["*"]}]}`:                                                                 "without a path",
		`{"sites":[{"id":"a","origins":["https://A.example"]}]}`:                                                 "without a path",
		`{"sites":[{"id":"a","origins":["https://a.example"],"daily":-1}]}`:                                      "below 0",
		`{"sites":[{"id":"a","origins":["https://a.example"]},{"id":"a","origins":["https://b.example:8443"]}]}`: "twice",
	} {
		if _, err := ReadEmbedSites([]byte(file)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", file, err)
		}
	}
	if _, err := New(Config{EmbedSites: EmbedSites{Visitors: 1}}); err == nil {
		t.Error("a broken configuration is taken")
	}
}

// TestEmbedReport: typing is not counted word by word, rare queries stay
// hidden, and a new key forgets them.
func TestEmbedReport(t *testing.T) {
	now := time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC)
	e := embedSites(t, sitesFile)
	r := newEmbedReport(e, now)
	type asked struct {
		text  string
		found bool
	}
	ask := func(visitor int, all ...asked) {
		client := netip.AddrFrom4([4]byte{192, 0, 2, byte(visitor)})
		for _, a := range all {
			now = now.Add(time.Second)
			r.answered("portal", client, a.text, a.found, now)
		}
	}
	thuy := []asked{{"thu", true}, {"thuỷ đ", false}, {"thuỷ điện", false}, {"Thuỷ  Điện ", false}}
	ask(1, thuy...)
	ask(2, thuy...)
	ask(2, asked{"giao ban", true})
	ask(3, asked{"secret", false}, asked{"secre", false}, asked{"giao", true})
	ask(4, asked{"kara", false}, asked{"karaoke", true})
	read := func() siteReportJSON { return r.read(now).Sites[0] }
	if got := read(); len(got.Unanswered) != 0 || got.Hidden != 2 {
		t.Fatalf("before enough asked: %+v", got)
	}
	ask(3, thuy...)
	now = now.Add(2 * typingTime)
	got := read()
	if len(got.Unanswered) != 1 || got.Unanswered[0] != (queryCount{"thuỷ điện", 3}) || got.Hidden != 1 {
		t.Errorf("%+v", got)
	}
	now = now.Add(keyTime)
	if got := read(); len(got.Unanswered) != 1 || got.Hidden != 0 {
		t.Errorf("after the key turned: %+v", got)
	}
	r.answered("nobody", netip.Addr{}, "x", false, now)
}

// TestEmbedReportIsBounded: no flood of queries or visitors fills the memory.
func TestEmbedReportIsBounded(t *testing.T) {
	now := time.Now()
	r := newEmbedReport(embedSites(t, sitesFile), now)
	for i := range maxReported + 5000 {
		client := netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)})
		r.answered("portal", client, fmt.Sprintf("query %d of many%s", i, strings.Repeat("x", 500)), false, now)
		r.answered("portal", client, "something else", false, now)
		now = now.Add(50 * time.Millisecond)
	}
	if site := r.sites["portal"]; len(site.queries) > maxReported || len(site.typing) > maxTyping {
		t.Error(len(site.queries), len(site.typing))
	}
}

func TestEmbedReportForTheOperator(t *testing.T) {
	mux := http.NewServeMux()
	sites := embedSites(t, `{"visitors": 3, "sites": [{"id": "portal", "origins": ["https://portal.example"]}]}`)
	s := demo(t, Config{EmbedSites: sites, Operator: mux})
	s.get(t, embedAPI+"?site=portal&q=zzzzz", "Origin", "https://elsewhere.example")
	for visitor := range 3 {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, embedAPI+"?site=portal&q=zzzzz", nil)
		r.RemoteAddr = fmt.Sprintf("192.0.2.%d:1000", visitor+1)
		s.ServeHTTP(httptest.NewRecorder(), r)
		r = httptest.NewRequestWithContext(t.Context(), http.MethodGet, embedAPI+"?site=portal&q=giao", nil)
		r.RemoteAddr = fmt.Sprintf("192.0.2.%d:1000", visitor+1)
		s.ServeHTTP(httptest.NewRecorder(), r)
	}
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, embedUnanswered, nil))
	var got unansweredJSON
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || len(got.Sites) != 1 {
		t.Fatal(err, w.Body)
	}
	if p := got.Sites[0]; p.ID != "portal" || p.Requests != 7 || p.Refused != 1 || len(p.Unanswered) != 1 || p.Unanswered[0].Query != "zzzzz" {
		t.Errorf("%+v", p)
	}
	if strings.Contains(w.Body.String(), "192.0.2") {
		t.Error("an address is in the report")
	}
	if w := s.get(t, embedUnanswered); w.Code != http.StatusNotFound {
		t.Error("the public may read the report", w.Code)
	}
}
