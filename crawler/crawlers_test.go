package crawler

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"bantin/crawler/archive/archivetest"
)

// TestCrawlersOfOneArchive: four processes crawl three portals out of one
// archive in PostgreSQL; two are killed and others started in the middle.
// Each portal is asked one thing at a time and at its pace all the same, and
// each address once, but for what was in flight at the kills.
func TestCrawlersOfOneArchive(t *testing.T) {
	archivetest.Current(t)
	const crawlers, portals, n, kills = 4, 3, 40, 2
	const pace = 40 * time.Millisecond
	dir := t.TempDir()
	path := archivetest.Place(t, "")
	if err := os.WriteFile(filepath.Join(dir, addressFile), []byte(path), 0o600); err != nil {
		t.Fatal(err)
	}
	var fakes []*fake
	for range portals {
		f := newFake(t, n, 8)
		f.fault = func(http.ResponseWriter, *http.Request, int) bool {
			time.Sleep(5 * time.Millisecond) // the portal takes a while, so that two at once would be seen
			return false
		}
		f.pace = pace
		fakes = append(fakes, f)
	}
	saveProfiles(t, dir, fakes)
	var mu sync.Mutex
	saved := map[string]bool{}
	articles := func() int {
		mu.Lock()
		defer mu.Unlock()
		return len(saved)
	}
	var all sync.WaitGroup
	run := func() *child {
		c := startChild(t, dir)
		all.Go(func() {
			c.lines(func(line string) {
				mu.Lock()
				defer mu.Unlock()
				if strings.HasPrefix(line, "saved ") && strings.Contains(line, "/tin/") {
					saved[line] = true
				}
				if strings.HasPrefix(line, "ended") {
					t.Errorf("a crawler that was to stay: %s", line)
				}
			})
		})
		return c
	}
	var children []*child
	for range crawlers {
		children = append(children, run())
	}
	for i := range kills {
		eventually(t, func() bool { return articles() > portals*n*(i+1)/3 })
		if err := children[i].cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		children = append(children, run())
	}
	eventually(t, func() bool { return articles() == portals*n })
	for _, c := range children[kills:] {
		if err := c.cmd.Process.Kill(); err != nil {
			t.Error(err)
		}
	}
	all.Wait()
	again := 0
	for i, f := range fakes {
		if f.most > 1 || f.least < pace {
			t.Errorf("portal %d: %d at once, %s apart; want 1 and %s", i, f.most, f.least, pace)
		}
		for address, times := range f.asked {
			again += times - 1
			if times > 2 {
				t.Errorf("portal %d: %s was asked for %d times", i, address, times)
			}
		}
	}
	if again > kills*portals {
		t.Errorf("%d requests were made again, want at most those %d that were in flight at the kills", again, kills*portals)
	}
	checkWhole(t, path, portals, n)
}

// eventually waits until is holds, for a minute at most.
func eventually(t *testing.T, is func() bool) {
	t.Helper()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	limit := time.After(3 * time.Minute)
	for !is() {
		select {
		case <-tick.C:
		case <-limit:
			t.Fatal("it never came to that")
		}
	}
}
