package archive

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"bantin/bulletin"
	"bantin/crawler/archive/archivetest"
)

// TestFinishedRequestIsNotClaimedAgain: between the look at the requests and
// the claim of the host another crawler did the one that was found, at no pace.
func TestFinishedRequestIsNotClaimedAgain(t *testing.T) {
	archivetest.Current(t)
	path := place(t, "")
	const crawlers, n = 6, 150
	first := openAt(t, path)
	for i := range n {
		enqueue(t, first, Request{Site: "s", URL: fmt.Sprint("http://one/", i), Kind: Article})
	}
	var mu sync.Mutex
	done := map[int64]int{}
	var wg sync.WaitGroup
	for range crawlers {
		a := openAt(t, path)
		wg.Go(func() {
			for {
				c, _, err := a.Claim(t.Context(), start, 1<<40)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				left := n - len(done)
				if c != nil {
					done[c.ID]++
				}
				mu.Unlock()
				if c == nil && left <= 0 {
					return
				}
				if c == nil {
					continue
				}
				if _, err := a.Save(t.Context(), Outcome{Claim: c, At: start, Status: 200}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	for id, times := range done {
		if times > 1 {
			t.Errorf("request %d was claimed %d times", id, times)
		}
		err := first.share(t.Context(), func(tx *tx) error { // as who found it just before
			taken, err := tx.taken(id, start)
			if !taken {
				t.Errorf("request %d is claimed although it was done", id)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// TestServerStartsAgain: a server that crashes and comes back is waited for;
// nothing acknowledged is lost, and a crawler keeps its name and its lease.
func TestServerStartsAgain(t *testing.T) {
	server := archivetest.Current(t)
	path := place(t, "")
	a, b := openAt(t, path), openAt(t, path)
	right, err := a.Crawl(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer right.Close()
	enqueue(t, a, Request{Site: "s", URL: "http://one/"})
	c, _, err := a.Claim(t.Context(), start, 1<<40)
	if err != nil || c == nil {
		t.Fatal(c, err)
	}
	const rounds = 3
	for round := range rounds {
		if err := server.Stop(); err != nil {
			t.Fatal(err)
		}
		saved := make(chan error)
		go func() {
			_, err := a.Import(t.Context(), bulletin.Bulletin{ID: fmt.Sprint("while down ", round), Title: "x"})
			saved <- err
		}()
		if err := server.Start(); err != nil {
			t.Fatal(err)
		}
		if err := <-saved; err != nil {
			t.Errorf("round %d: %v", round, err)
		}
		put(t, b, bulletin.Bulletin{ID: fmt.Sprint("after ", round)})
	}
	other, err := b.Crawl(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if mine, others := crawlerOf(t, a), crawlerOf(t, b); mine == others {
		t.Errorf("two crawlers have the name %q", mine)
	}
	if _, err := a.Save(t.Context(), Outcome{Claim: c, At: start, Status: 404}); err != nil {
		t.Errorf("the lease of before: %v", err)
	}
	cs, err := b.Changes(t.Context(), 0, 100)
	if err != nil || len(cs) != 2*rounds {
		t.Errorf("%d bulletins, want %d, %v", len(cs), 2*rounds, err)
	}
}

func crawlerOf(t *testing.T, a *Archive) (name string) {
	t.Helper()
	if err := a.share(t.Context(), func(t *tx) error { name = t.Crawler(); return nil }); err != nil {
		t.Fatal(err)
	}
	return name
}

// TestTextThatIsNone: what a portal sends need not be UTF-8, and is kept.
func TestTextThatIsNone(t *testing.T) {
	a := open(t)
	const odd = "a\x00b\xffc"
	enqueue(t, a, Request{Site: "s", URL: "http://one/" + odd, Memo: odd})
	c, _, err := a.Claim(t.Context(), start, 1<<40)
	if err != nil || c == nil {
		t.Fatal(c, err)
	}
	_, err = a.Save(t.Context(), Outcome{
		Claim: c, Status: 200, Header: "Server: " + odd + "\r\n", ETag: odd,
		Page:      &bulletin.Page{URL: c.URL, ContentType: "text/html; " + odd, Body: []byte(odd)},
		Bulletins: []bulletin.Bulletin{{URL: "http://one/" + odd, Title: odd}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for p, err := range a.Pages(t.Context(), PageFilter{}) {
		if err != nil || string(p.Body) != odd {
			t.Errorf("%q, %v", p.Body, err)
		}
	}
	if _, err := a.Bulletin(t.Context(), odd); !errors.Is(err, ErrNotFound) {
		t.Errorf("a bulletin nobody has: %v", err)
	}
	if _, err := a.ByAddress(t.Context(), "http://one/"+odd); err != nil {
		t.Errorf("by its address: %v", err)
	}
}
