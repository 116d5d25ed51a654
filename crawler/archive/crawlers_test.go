package archive

import (
	"bantin/crawler/archive/archivetest"
	"fmt"
	"sync"
	"testing"
	"time"
)

// TestCrawlers: four crawlers of one archive never ask a host two things at a
// time, do every request, and one that ends or begins leaves the leases
// of the living alone.
func TestCrawlers(t *testing.T) {
	if !archivetest.Remote() {
		t.Skip("a file has one crawler")
	}
	path := place(t, "")
	const crawlers, hosts, each = 4, 3, 20
	all := make([]*Archive, crawlers)
	for i := range all {
		all[i] = openAt(t, path)
		right, err := all[i].Crawl(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = right.Close() })
	}
	for h := range hosts {
		for k := range each {
			if _, err := all[0].Enqueue(t.Context(), Request{Site: "s", URL: fmt.Sprintf("http://h%d.example/%d", h, k), Kind: Article}); err != nil {
				t.Fatal(err)
			}
		}
	}
	var mu sync.Mutex
	inFlight, done := map[string]bool{}, map[int64]int{}
	var wg sync.WaitGroup
	for _, a := range all {
		wg.Go(func() {
			for t.Context().Err() == nil {
				c, wait, err := a.Claim(t.Context(), time.Now(), time.Minute)
				if err != nil {
					t.Error(err)
					return
				}
				if c == nil && wait.IsZero() {
					return
				}
				if c == nil {
					mu.Lock()
					left := len(done) < hosts*each
					mu.Unlock()
					if !left {
						return
					}
					continue
				}
				mu.Lock()
				if inFlight[c.Host] {
					t.Errorf("two requests in flight at %s", c.Host)
				}
				inFlight[c.Host] = true
				done[c.ID]++
				mu.Unlock()
				if err := a.read.PingContext(t.Context()); err != nil { // the exchange: others run meanwhile
					t.Error(err)
				}
				mu.Lock()
				delete(inFlight, c.Host) // before Save gives the host back
				mu.Unlock()
				if _, err := a.Save(t.Context(), Outcome{Claim: c, Status: 404}); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	if len(done) != hosts*each {
		t.Errorf("%d requests done, want %d", len(done), hosts*each)
	}
	// A lease of a living crawler outlasts the start of another.
	if _, err := all[0].Enqueue(t.Context(), Request{Site: "s", URL: "http://last.example/", Kind: Article}); err != nil {
		t.Fatal(err)
	}
	c, _, err := all[0].Claim(t.Context(), time.Now(), time.Minute)
	if err != nil || c == nil {
		t.Fatal(c, err)
	}
	right, err := openAt(t, path).Crawl(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer right.Close()
	if _, err := all[0].Save(t.Context(), Outcome{Claim: c, Status: 404}); err != nil {
		t.Errorf("the lease of a living crawler: %v", err)
	}
}
