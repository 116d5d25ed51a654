package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"bantin/searchd/web/embed"
)

func embedSites(t *testing.T, file string) embed.Sites {
	t.Helper()
	e, err := embed.ReadSites([]byte(file))
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
		address := embed.API + "?q=giao"
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
	csp := s.get(t, embed.Frame).Header().Get("Content-Security-Policy")
	if !strings.Contains(csp, "frame-ancestors 'self' https://portal.example http://localhost:8000 https://slow.example;") {
		t.Error(csp)
	}
}

// TestEmbedIsOpen: without a list of sites every page is answered.
func TestEmbedIsOpen(t *testing.T) {
	s := demo(t, Config{})
	for _, query := range []string{"q=giao", "q=giao&site=anything"} {
		w := s.get(t, embed.API+"?"+query, "Origin", "https://portal.example")
		if w.Code != 200 || w.Header().Get("Access-Control-Allow-Origin") != "*" || w.Header().Get("Access-Control-Allow-Credentials") != "" {
			t.Error(w.Code, w.Header())
		}
	}
	if csp := s.get(t, embed.Frame).Header().Get("Content-Security-Policy"); !strings.Contains(csp, "frame-ancestors *;") {
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
		if _, err := embed.ReadSites([]byte(file)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", file, err)
		}
	}
	if _, err := New(Config{EmbedSites: embed.Sites{Visitors: 1}}); err == nil {
		t.Error("a broken configuration is taken")
	}
}

func TestEmbedReportForTheOperator(t *testing.T) {
	mux := http.NewServeMux()
	sites := embedSites(t, `{"visitors": 3, "sites": [{"id": "portal", "origins": ["https://portal.example"]}]}`)
	s := demo(t, Config{EmbedSites: sites, Operator: mux})
	s.get(t, embed.API+"?site=portal&q=zzzzz", "Origin", "https://elsewhere.example")
	for visitor := range 3 {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, embed.API+"?site=portal&q=zzzzz", nil)
		r.RemoteAddr = fmt.Sprintf("192.0.2.%d:1000", visitor+1)
		s.ServeHTTP(httptest.NewRecorder(), r)
		r = httptest.NewRequestWithContext(t.Context(), http.MethodGet, embed.API+"?site=portal&q=giao", nil)
		r.RemoteAddr = fmt.Sprintf("192.0.2.%d:1000", visitor+1)
		s.ServeHTTP(httptest.NewRecorder(), r)
	}
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, Unanswered, nil))
	var got struct {
		Sites []struct {
			ID                string
			Requests, Refused int
			Unanswered        []struct{ Query string }
		}
	}
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || len(got.Sites) != 2 {
		t.Fatal(err, w.Body)
	}
	if p := got.Sites[1]; p.ID != "portal" || p.Requests != 7 || p.Refused != 1 || len(p.Unanswered) != 1 || p.Unanswered[0].Query != "zzzzz" {
		t.Errorf("%+v", p)
	}
	if strings.Contains(w.Body.String(), "192.0.2") {
		t.Error("an address is in the report")
	}
	if w := s.get(t, Unanswered); w.Code != http.StatusNotFound {
		t.Error("the public may read the report", w.Code)
	}
}
