package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// ask makes a request of any method.
func (s *service) ask(t *testing.T, method, target string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(context.WithoutCancel(t.Context()), method, "http://bantin.test/", nil)
	r.RequestURI = target
	path, query, _ := strings.Cut(target, "?")
	r.URL.Path, r.URL.RawQuery = path, query
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// TestProtocol: whatever is asked wrongly is told as what it is.
func TestProtocol(t *testing.T) {
	s := demo(t, Config{Origins: []string{"https://portal.test"}})
	for _, tc := range []struct {
		method, target string
		status         int
		want           string
	}{
		{"GET", "/api/v1/search?province=%", 400, `"parameter":"province"`},
		{"GET", "/api/v1/search?q=a&year=%zz", 400, `"parameter":"year"`},
		{"GET", "/api/v1/search?a;b=c", 400, "%3B"},
		{"GET", "/api/v1/search?%=1", 400, `"parameter":"%"`},
		{"GET", "/search.csv?province=%", 400, `"parameter":"province"`},
		{"GET", "/api/v1/search?&&", 200, `"total"`},
		{"GET", "/search?province=%", 200, "</html>"},
		{"GET", "/api/v1/nope", 404, "/help#not-found"},
		{"GET", "/api/v1/bulletins/", 404, "/help#not-found"},
		{"POST", "/api/v1/nope", 404, "/help#not-found"},
		{"POST", "/api/v1/search", 405, "/help#method-not-allowed"},
		{"PUT", "/search", 405, "</html>"},
		{"OPTIONS", "/api/v1/search", 204, ""},
		{"OPTIONS", "/search.json", 204, ""},
		{"OPTIONS", "/openapi.json", 204, ""},
		{"OPTIONS", "/search", 405, ""},
		{"HEAD", "/api/v1/search", 200, ""},
		{"HEAD", "/search.csv?zzz=1", 400, ""},
	} {
		w := s.ask(t, tc.method, tc.target)
		if w.Code != tc.status || !strings.Contains(w.Body.String(), tc.want) {
			t.Errorf("%s %s: %d %.300s", tc.method, tc.target, w.Code, w.Body)
		}
		if allow := w.Header().Get("Allow"); (w.Code == http.StatusMethodNotAllowed) != (allow != "" && w.Code != http.StatusNoContent) {
			t.Errorf("%s %s: %d allows %q", tc.method, tc.target, w.Code, allow)
		}
	}
	w := s.ask(t, "OPTIONS", "/search.json", "Origin", "https://portal.test")
	if !strings.Contains(w.Header().Get("Access-Control-Allow-Headers"), "If-None-Match") {
		t.Error(w.Header())
	}
	if w := s.ask(t, "GET", "/search", "If-None-Match", "*"); w.Code != http.StatusNotModified {
		t.Error("any state will do:", w.Code)
	}
}

// TestLinksStayHere: an address that begins with two slashes makes no link to
// another host.
func TestLinksStayHere(t *testing.T) {
	s := demo(t, Config{})
	for _, target := range []string{"//evil.test/x?lang=en", "///evil.test", `/\evil.test`, "//evil.test/search?size=x"} {
		body := s.ask(t, "GET", target).Body.String()
		if strings.Contains(body, `href="//`) || strings.Contains(body, `href="/\`) || strings.Contains(body, `test//`) {
			t.Errorf("%s leads elsewhere", target)
		}
	}
}

// TestPagesVaryByLanguage: no cache gives one visitor's language to another.
func TestPagesVaryByLanguage(t *testing.T) {
	s := demo(t, Config{})
	for _, path := range everyPage() {
		if w := s.get(t, path); strings.Count(strings.Join(w.Header().Values("Vary"), " "), "Accept-Language") != 1 {
			t.Error(path, w.Header().Values("Vary"))
		}
	}
}

// TestTooManyRequestsOnAPage: a person is told how long to wait.
func TestTooManyRequestsOnAPage(t *testing.T) {
	s := demo(t, Config{Rate: 0.1, Burst: 1})
	s.get(t, "/search")
	w := s.get(t, "/search")
	if want := "Hãy chờ " + w.Header().Get("Retry-After") + " giây"; w.Code != http.StatusTooManyRequests || !strings.Contains(w.Body.String(), want) {
		t.Errorf("%d, no %q", w.Code, want)
	}
}

func TestScoresAreOfRelevance(t *testing.T) {
	s := demo(t, Config{})
	if got := search(t, s, "size=1").Hits[0].Score; got != 0 {
		t.Errorf("nothing was asked for, and it scores %v", got)
	}
	if got := search(t, s, "q=an+sinh&size=1").Hits[0].Score; got <= 0 || got > 1000 {
		t.Error(got)
	}
}
