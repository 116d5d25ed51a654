package crawler

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"bantin/crawler/archive"
	"bantin/crawler/archive/archivetest"
	"bantin/crawler/fetch"
	"bantin/crawler/site"
)

// waitings counts how often a crawler said that it waitings for the archive.
type waitings struct {
	slog.Handler
	n atomic.Int64
}

func (w *waitings) Handle(_ context.Context, r slog.Record) error {
	if r.Message == "waiting for the archive" {
		w.n.Add(1)
	}
	return nil
}

func (w *waitings) Enabled(context.Context, slog.Level) bool { return true }

// TestServerComesBack: crawlers outlive the server of their archive. They wait and go
// on; each portal is asked one thing at a time and at its pace all the same, and
// every article is saved once.
func TestServerComesBack(t *testing.T) {
	if archivetest.Remote() {
		t.Skip("it has a server of its own, whatever the store of the run")
	}
	server := archivetest.Postgres(t)
	path := server.Place(t)
	const crawlers, portals, n = 3, 3, 40
	const pace = 40 * time.Millisecond
	var fakes []*fake
	var profiles []*site.Profile
	for i := range portals {
		f := newFake(t, n, 8)
		f.pace = pace
		fakes = append(fakes, f)
		profiles = append(profiles, f.profile(t, string(rune('a'+i))+"-portal"))
	}
	ctx, stop := context.WithCancel(t.Context())
	var all sync.WaitGroup
	said := make([]*waitings, crawlers)
	for i := range crawlers {
		a, err := archive.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		said[i] = &waitings{Handler: slog.DiscardHandler}
		all.Go(func() {
			_, err := New(a, Options{
				Sites: profiles, Workers: portals, Every: time.Hour, Fetch: fetch.Options{AllowPrivate: true}, Log: slog.New(said[i]),
			}).Run(ctx)
			if err := errors.Join(err, a.Close()); err != nil && !errors.Is(err, ErrIncomplete) {
				t.Errorf("crawler %d ended: %v", i+1, err)
			}
		})
	}
	asked := func() (sum int) {
		for _, f := range fakes {
			sum += f.times("")
		}
		return sum
	}
	allWait := func() bool {
		for _, w := range said {
			if w.n.Load() == 0 {
				return false
			}
		}
		return true
	}
	blows := []struct {
		name string
		do   func() error
	}{
		{"connections end", server.Cut},
		{"a restart", func() error { return errors.Join(server.Stop(), server.Start()) }},
		{"a server that is gone until all wait", func() error {
			for _, w := range said {
				w.n.Store(0)
			}
			err := server.Stop()
			eventually(t, allWait)
			return errors.Join(err, server.Start())
		}},
	}
	for i, blow := range blows {
		eventually(t, func() bool { return asked() > (i+1)*portals*n/5 })
		if err := blow.do(); err != nil {
			t.Fatal(blow.name, err)
		}
	}
	eventually(t, func() bool { return asked() >= portals*n && saved(t, path) == portals*n })
	stop()
	all.Wait()
	for i, f := range fakes {
		if f.most > 1 || f.least < pace {
			t.Errorf("portal %d: %d at once, %s apart; want 1 and %s", i, f.most, f.least, pace)
		}
		for address, times := range f.asked {
			if times > 1+len(blows) {
				t.Errorf("portal %d: %s was asked for %d times", i, address, times)
			}
		}
	}
	checkWhole(t, path, portals, n)
}

// saved counts the bulletins of an archive.
func saved(t *testing.T, path string) int {
	t.Helper()
	a, err := archive.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	return len(current(t, a))
}
