package archive

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"bantin/bulletin"
	"bantin/crawler/archive/archivetest"

	"github.com/jackc/pgx/v5/pgconn"
)

// two opens two archives on one place in PostgreSQL, with a host each.
func two(t *testing.T) (a, b *Archive) {
	t.Helper()
	archivetest.Current(t)
	path := place(t, "")
	a, b = openAt(t, path), openAt(t, path)
	enqueue(t, a, Request{Site: "s", URL: "http://one/"}, Request{Site: "s", URL: "http://two/"})
	return a, b
}

// TestDeadlock: of two transactions that wait for each other one is done
// again, whole.
func TestDeadlock(t *testing.T) {
	a, b := two(t)
	var wg, met sync.WaitGroup
	var tries atomic.Int32
	met.Add(2)
	cross := func(a *Archive, first, second string) {
		tried := false
		err := a.share(t.Context(), func(t *tx) error {
			tries.Add(1)
			if err := t.exec("update host set failures = failures + 1 where name = $1", first); err != nil {
				return err
			}
			if !tried {
				tried = true
				met.Done()
				met.Wait()
			}
			return t.exec("update host set failures = failures + 1 where name = $1", second)
		})
		if err != nil {
			t.Errorf("%s, then %s: %v", first, second, err)
		}
	}
	wg.Go(func() { cross(a, "one", "two") })
	wg.Go(func() { cross(b, "two", "one") })
	wg.Wait()
	if tries.Load() < 3 {
		t.Errorf("%d tries: the two did not meet", tries.Load())
	}
	expectFailures(t, a, 2)
}

// TestSerialization: a transaction that another one overtook is done again.
func TestSerialization(t *testing.T) {
	a, b := two(t)
	ctx := t.Context()
	tries := 0
	err := a.share(t.Context(), func(t *tx) error {
		tries++
		if err := t.exec("set transaction isolation level repeatable read"); err != nil {
			return err
		}
		var n int
		if err := t.row("select failures from host where name = 'one'", nil, &n); err != nil {
			return err
		}
		if tries == 1 {
			if err := b.share(ctx, func(t *tx) error { return t.exec("update host set failures = failures + 1") }); err != nil {
				return err
			}
		}
		return t.exec("update host set failures = $1 where name = 'one'", n+1)
	})
	if err != nil || tries != 2 {
		t.Errorf("%d tries, %v", tries, err)
	}
	var n int
	if err := a.read.QueryRowContext(t.Context(), "select failures from host where name = 'one'").Scan(&n); err != nil || n != 2 {
		t.Errorf("counted %d of 2, %v", n, err)
	}
}

func expectFailures(t *testing.T, a *Archive, want int) {
	t.Helper()
	for _, host := range []string{"one", "two"} {
		var n int
		if err := a.read.QueryRowContext(t.Context(), "select failures from host where name = $1", host).Scan(&n); err != nil || n != want {
			t.Errorf("%s: %d, want %d, %v", host, n, want, err)
		}
	}
}

// TestOtherErrorsAreNotTriedAgain, and those that are come to an end.
func TestOtherErrorsAreNotTriedAgain(t *testing.T) {
	archivetest.Current(t)
	a := open(t)
	for code, want := range map[string]int{"40P01": maxTries, "40001": maxTries, "23505": 1, "42601": 1} {
		tries := 0
		err := a.share(t.Context(), func(*tx) error {
			tries++
			return fmt.Errorf("save: %w", &pgconn.PgError{Code: code})
		})
		if tries != want || err == nil {
			t.Errorf("%s: %d tries, want %d; %v", code, tries, want, err)
		}
	}
}

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
			due, err := tx.take(id, start)
			if due {
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
	if a.write.crawler == b.write.crawler {
		t.Errorf("two crawlers have the name %q", a.write.crawler)
	}
	if _, err := a.Save(t.Context(), Outcome{Claim: c, At: start, Status: 404}); err != nil {
		t.Errorf("the lease of before: %v", err)
	}
	cs, err := b.Changes(t.Context(), 0, 100)
	if err != nil || len(cs) != 2*rounds {
		t.Errorf("%d bulletins, want %d, %v", len(cs), 2*rounds, err)
	}
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
