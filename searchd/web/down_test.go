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
// request says so to caches, unless the public address is given.
func TestAddressesVaryByHost(t *testing.T) {
	for public, want := range map[string]bool{"": true, "https://bantin.example": false} {
		s := demo(t, Config{PublicURL: public})
		for _, path := range []string{"/search.atom?q=giao+ban", "/search.json?q=giao+ban", "/sitemap.xml", "/opensearch.xml", "/robots.txt"} {
			w := s.get(t, path)
			if got := slices.Contains(w.Header().Values("Vary"), "Host"); w.Code != http.StatusOK || got != want {
				t.Errorf("%s at %q: %d, varies by host: %v", path, public, w.Code, got)
			}
		}
	}
}
