package archive

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"bantin/bulletin"
	"bantin/crawler/archive/store"

	"github.com/google/go-cmp/cmp"
)

// victim names the archive that this process is to crawl until it is killed.
const victim = "BANTIN_TEST_VICTIM"

// crawlForever saves page after page and says so when each is acknowledged,
// until it kills itself at a random moment. Page n links to pages 2n+1 and
// 2n+2.
func crawlForever(ctx context.Context, path string) error {
	a, err := Open(ctx, path)
	if err != nil {
		return err
	}
	defer a.Close()
	sole, err := a.Crawl(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = sole.Close() }()
	r := rand.New(rand.NewPCG(1, uint64(os.Getpid())))
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		return err
	}
	life := time.Duration(r.IntN(60)) * time.Millisecond
	if store.Remote(path) { // a process takes longer there to begin
		life = time.Duration(400+r.IntN(1200)) * time.Millisecond
	}
	time.AfterFunc(life, func() { _ = self.Kill() })
	for {
		c, _, err := a.Claim(ctx, time.Now(), time.Hour)
		if err != nil {
			return err
		}
		if c == nil { // until the server has noticed the death of the one before, that one has its lease
			if err := sole.Close(); err != nil {
				return err
			}
			time.Sleep(10 * time.Millisecond)
			if sole, err = a.Crawl(ctx); err != nil {
				return err
			}
			continue
		}
		var n int
		if _, err := fmt.Sscanf(c.URL, "http://h/%d", &n); err != nil {
			return err
		}
		body := prose(r, 50)
		if n%2 == 1 { // every other is a variant of one text
			body = edited(r, prose(rand.New(rand.NewPCG(4, 4)), 50))
		}
		b := reporting(r, "")
		b.URL, b.Title, b.Body = c.URL, c.URL, body
		o := Outcome{
			Claim: c, Status: 200, Page: &bulletin.Page{URL: c.URL, Body: portalPage(r, prose(r, 50))},
			Bulletins: []bulletin.Bulletin{b},
			Links:     []Request{{Site: "s", URL: fmt.Sprint("http://h/", 2*n+1)}, {Site: "s", URL: fmt.Sprint("http://h/", 2*n+2)}},
		}
		if _, err := a.Save(ctx, o); err != nil {
			return err
		}
		os.Stdout.WriteString(c.URL + "\n")
	}
}

// kills is how often the crawler dies.
const kills = 30

// TestKill lets a crawling process die again and again in the middle of its
// work.
func TestKill(t *testing.T) {
	path := place(t, "archive.db")
	enqueue(t, openAt(t, path), Request{Site: "s", URL: "http://h/0"})
	acknowledged := map[string]bool{}
	for range kills {
		for _, url := range killed(t, path) {
			if acknowledged[url] {
				t.Errorf("%s was fetched again after it was acknowledged", url)
			}
			acknowledged[url] = true
		}
	}
	a := openAt(t, path)
	pages := map[string]int{}
	for p, err := range a.Pages(t.Context(), PageFilter{}) {
		if err != nil {
			t.Fatal(err)
		}
		if pages[p.URL]++; pages[p.URL] > 1 || len(p.Body) == 0 {
			t.Errorf("%s: %d pages, %d bytes", p.URL, pages[p.URL], len(p.Body))
		}
	}
	if len(acknowledged) == 0 {
		t.Error("no crawler lived long enough to save a page")
	}
	for url := range acknowledged {
		if pages[url] == 0 {
			t.Errorf("%s was acknowledged and is lost", url)
		}
		if versions, err := a.Versions(t.Context(), bulletin.NewID("s", url)); err != nil || len(versions) != 1 {
			t.Errorf("%s: %d versions, %v", url, len(versions), err)
		}
	}
	cs, err := a.Changes(t.Context(), 0, len(pages)+1)
	if err != nil || len(cs) != len(pages) {
		t.Errorf("%d bulletins in the feed, %d pages, %v", len(cs), len(pages), err)
	}
	logs, err := a.Backlogs(t.Context(), time.Now())
	if err != nil || len(logs) != 1 || logs[0].Due != len(pages)+1 {
		t.Errorf("%d pages fetched leave %+v, %v", len(pages), logs, err)
	}
	if err := a.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	bodies := map[string]string{}
	for c, err := range a.Bulletins(t.Context(), Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		bodies[c.ID] = c.Bulletin.Body
	}
	if d := cmp.Diff(linked(bodies), groupsOf(t, a)); d != "" {
		t.Errorf("groups after the kills: %s", d)
	}
	got, want := meetingsOf(t, a)
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("meetings after the kills: %s", d)
	}
	t.Logf("%d kills, %d pages acknowledged, %d in the archive", kills, len(acknowledged), len(pages))
}

// killed runs a crawler until it is killed and returns all that it
// acknowledged.
func killed(t *testing.T, path string) (urls []string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), victim+"="+path)
	var complaint strings.Builder
	cmd.Stderr = &complaint
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		urls = append(urls, lines.Text())
	}
	if err := cmd.Wait(); err == nil || complaint.Len() > 0 {
		t.Fatalf("the crawler ended by itself: %v %s", err, complaint.String())
	}
	return urls
}
