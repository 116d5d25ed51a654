package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

// TestReadyNamesWhatIsDown: while something is down, searches are answered and
// /readyz says what it is.
func TestReadyNamesWhatIsDown(t *testing.T) {
	var down []string
	s := demo(t, Config{Down: func() []string { return down }})
	if w := s.get(t, "/readyz"); w.Code != http.StatusOK {
		t.Error(w.Code, w.Body)
	}
	down = []string{"crawler: the disk is full"}
	if w := s.get(t, "/readyz"); w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "crawler: the disk is full") {
		t.Error(w.Code, w.Body)
	}
	for _, path := range []string{"/healthz", "/search?q=giao+ban", "/api/v1/search?q=giao+ban"} {
		if w := s.get(t, path); w.Code != http.StatusOK {
			t.Error(path, w.Code, w.Body)
		}
	}
}

// TestAddressesVaryByHost: an answer that carries addresses taken from the
// request says so to caches, whatever it is, unless the public address is given.
func TestAddressesVaryByHost(t *testing.T) {
	for public, want := range map[string]bool{"": true, "https://bantin.example": false} {
		s := demo(t, Config{PublicURL: public})
		for _, path := range []string{"/search.atom?q=giao+ban", "/search.json?q=giao+ban", "/sitemap.xml", "/opensearch.xml", "/robots.txt"} {
			w := s.get(t, path)
			if got := slices.Contains(w.Header().Values("Vary"), "Host"); w.Code != http.StatusOK || got != want {
				t.Errorf("%s at %q: %d, varies by host: %v", path, public, w.Code, got)
			}
		}
		carry := 0
		for _, path := range []string{
			"/", "/search?q=giao+ban", "/coverage", "/meetings", "/map", "/about", "/api", "/embed", "/embed.js", "/llms.txt", "/feed.atom", "/api/v1/openapi.json",
			"/api/v1/search?q=giao+ban", "/search.csv?q=giao+ban", "/search.bib?q=giao+ban", "/search.ris?q=giao+ban",
		} {
			w := s.get(t, path)
			if !strings.Contains(w.Body.String(), "http://example.com") { // the host of these requests
				continue
			}
			carry++
			if !slices.Contains(w.Header().Values("Vary"), "Host") {
				t.Errorf("%s at %q carries an address of this host, and does not vary by it", path, public)
			}
		}
		t.Logf("%d more carry an address of the host at %q", carry, public)
		if want != (carry > 0) {
			t.Errorf("%d of them carry an address of the host at %q", carry, public)
		}
	}
}
