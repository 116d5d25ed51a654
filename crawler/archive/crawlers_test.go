package archive

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"bantin/crawler/archive/archivetest"
	"bantin/crawler/archive/store"
)

// TestCrawlers: four crawlers of one archive never ask a host two things at a
// time, keep its pace together, and do every request once.
func TestCrawlers(t *testing.T) {
	archivetest.Current(t)
	path := place(t, "")
	const crawlers, hosts, each = 4, 3, 20
	const pace = 15 * time.Millisecond
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
			enqueue(t, all[0], Request{Site: "s", URL: fmt.Sprintf("http://h%d.example/%d", h, k), Kind: Article})
		}
	}
	var mu sync.Mutex
	inFlight, done, next := map[string]bool{}, map[int64]int{}, map[string]time.Time{}
	var wg sync.WaitGroup
	for _, a := range all {
		wg.Go(func() {
			for {
				c, wait, err := a.Claim(t.Context(), time.Now(), time.Minute)
				if err != nil {
					t.Error(err)
					return
				}
				if c == nil && wait.IsZero() {
					return
				}
				if c == nil {
					continue
				}
				mu.Lock()
				if inFlight[c.Host] {
					t.Errorf("two requests in flight at %s", c.Host)
				}
				if now := time.Now(); now.Before(next[c.Host]) {
					t.Errorf("%s was asked %s too early", c.Host, next[c.Host].Sub(now))
				}
				inFlight[c.Host] = true
				done[c.ID]++
				mu.Unlock()
				if err := a.store.Row(t.Context(), "select 1", nil, new(int)); err != nil { // the exchange: others run meanwhile
					t.Error(err)
				}
				mu.Lock()
				delete(inFlight, c.Host) // before Save gives the host back
				next[c.Host] = time.Now().Add(pace)
				o := Outcome{Claim: c, Status: 404, Pace: Pace{Next: next[c.Host]}}
				mu.Unlock()
				if _, err := a.Save(t.Context(), o); err != nil {
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
	for id, times := range done {
		if times != 1 {
			t.Errorf("request %d was done %d times", id, times)
		}
	}
}

// TestLeasesOfOthers: a crawler that begins ends the leases of a dead one whose
// name it takes, and leaves those of the living alone.
func TestLeasesOfOthers(t *testing.T) {
	archivetest.Current(t)
	path := place(t, "")
	begin := func() (*Archive, *store.Sole) {
		a := openAt(t, path)
		right, err := a.Crawl(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return a, right
	}
	living, right := begin()
	defer right.Close()
	dead, ends := begin()
	enqueue(t, living, Request{Site: "s", URL: "http://one/"}, Request{Site: "s", URL: "http://two/"})
	var claims []*Claim
	for _, a := range []*Archive{living, dead} {
		c, _, err := a.Claim(t.Context(), start, time.Hour)
		if err != nil || c == nil {
			t.Fatal(c, err)
		}
		claims = append(claims, c)
	}
	if err := ends.Close(); err != nil {
		t.Fatal(err)
	}
	heir, right := begin()
	defer right.Close()
	if c, _, err := heir.Claim(t.Context(), start, time.Hour); err != nil || c == nil || c.ID != claims[1].ID {
		t.Errorf("of a dead crawler %+v is left, %v", c, err)
	}
	if _, err := dead.Save(t.Context(), Outcome{Claim: claims[1], Status: 404}); !errors.Is(err, ErrLeaseLost) {
		t.Errorf("the dead one saved: %v", err)
	}
	if _, err := living.Save(t.Context(), Outcome{Claim: claims[0], Status: 404}); err != nil {
		t.Errorf("the lease of a living crawler: %v", err)
	}
	if _, err := living.Crawl(t.Context()); !errors.Is(err, store.ErrBusy) {
		t.Errorf("one archive crawls twice: %v", err)
	}
}

// TestLeasesOfTheDead: what a crawler leaves that dies is claimed by the living, once
// nobody has had its name for a while; one that lives keeps it, however long it
// says nothing, and one that lost its connection connects anew before that.
func TestLeasesOfTheDead(t *testing.T) {
	server := archivetest.Current(t)
	for _, c := range []struct {
		name string
		fate func(t *testing.T, other *Archive, right *store.Sole) // of the other crawler
		want bool                                                  // its lease ends
	}{
		{"it lives", func(*testing.T, *Archive, *store.Sole) {}, false},
		{"it ended", func(t *testing.T, _ *Archive, right *store.Sole) {
			if err := right.Close(); err != nil {
				t.Error(err)
			}
		}, true},
		{"its connection ended", func(t *testing.T, _ *Archive, _ *store.Sole) {
			if err := server.Cut(); err != nil {
				t.Error(err)
			}
		}, true},
		{"it connects anew", func(t *testing.T, other *Archive, _ *store.Sole) {
			if err := server.Cut(); err != nil {
				t.Error(err)
			}
			if err := other.update(t.Context(), func(*tx) error { return nil }); err != nil {
				t.Error(err)
			}
		}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := place(t, "")
			living, other := openAt(t, path), openAt(t, path)
			var rights []*store.Sole
			for _, a := range []*Archive{living, other} {
				right, err := a.Crawl(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { _ = right.Close() })
				rights = append(rights, right)
			}
			enqueue(t, living, Request{Site: "s", URL: "http://one/"})
			left, _, err := other.Claim(t.Context(), start, time.Hour)
			if err != nil || left == nil {
				t.Fatal(left, err)
			}
			claim := func(after time.Duration) *Claim {
				t.Helper()
				got, _, err := living.Claim(t.Context(), start.Add(after), time.Hour)
				if err != nil {
					t.Fatal(err)
				}
				return got
			}
			c.fate(t, other, rights[1])
			for _, after := range []time.Duration{0, deadAfter / 2, deadAfter - time.Second} {
				if got := claim(after); got != nil {
					t.Fatalf("after %s it has %+v", after, got)
				}
			}
			got := claim(deadAfter + lookForDead)
			if (got != nil) != c.want {
				t.Fatalf("after %s it has %+v", deadAfter, got)
			}
			_, err = other.Save(t.Context(), Outcome{Claim: left, Status: 404})
			if c.want != errors.Is(err, ErrLeaseLost) {
				t.Errorf("the other one saved: %v", err)
			}
		})
	}
}
