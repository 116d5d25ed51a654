package crawler

import (
	"encoding/json"
	"strings"
	"testing"

	"bantin/bulletin"
	"bantin/crawler/archive"
	"bantin/crawler/archive/archivetest"
	"bantin/crawler/fetch"
	"bantin/crawler/site"
	"bantin/testdata/sites"
)

func openArchive(t testing.TB) *archive.Archive {
	t.Helper()
	a, err := archive.Open(t.Context(), archivetest.Place(t, "archive.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

// current are the bulletins of an archive as its feed tells them.
func current(t testing.TB, a *archive.Archive) map[string]bulletin.Change {
	t.Helper()
	changes, err := a.Changes(t.Context(), 0, 100_000)
	if err != nil {
		t.Fatal(err)
	}
	byID := map[string]bulletin.Change{}
	for _, c := range changes {
		byID[c.ID] = c
	}
	return byID
}

// TestSamplePortals crawls every sample portal from its first listing page and
// finds all of its bulletins; a second pass asks for first pages only.
func TestSamplePortals(t *testing.T) {
	portals, err := sites.Portals()
	if err != nil {
		t.Fatal(err)
	}
	for _, portal := range portals {
		t.Run(portal.Name, func(t *testing.T) {
			t.Parallel()
			server := newLogged(t, portal)
			text := strings.ReplaceAll(string(portal.Profile), "http://"+portal.Name+".localhost", server.URL)
			p, err := site.Parse(portal.Name+".yaml", []byte(text+"\npace: 1ms\n"))
			if err != nil {
				t.Fatal(err)
			}
			var want []json.RawMessage
			if err := json.Unmarshal(portal.Want, &want); err != nil {
				t.Fatal(err)
			}
			a := openArchive(t)
			o := Options{Sites: []*site.Profile{p}, Now: true, Fetch: fetch.Options{AllowPrivate: true}}
			summary, err := New(a, o).Run(t.Context())
			if err != nil {
				t.Error(err)
			}
			if got := len(current(t, a)); got != len(want) {
				t.Errorf("%d bulletins, want %d; %+v", got, len(want), summary)
			}
			for request, n := range server.counts() {
				if n > 1 {
					t.Errorf("%s was asked for %d times", request, n)
				}
			}
			server.reset()
			if _, err := New(a, o).Run(t.Context()); err != nil {
				t.Error(err)
			}
			if got := server.counts(); len(got) != len(p.Listings)+len(p.Feeds) {
				t.Errorf("second pass asked for %v", got)
			}
		})
	}
}
