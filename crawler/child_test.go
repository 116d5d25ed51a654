package crawler

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"bantin/crawler/archive"
	"bantin/crawler/archive/archivetest"
	"bantin/crawler/extract"
	"bantin/crawler/fetch"
	"bantin/crawler/profiles"
)

// crawlDir names the directory that a child process crawls into: profiles in
// sites, the archive beside them, or its address in addressFile.
const (
	crawlDir    = "BANTIN_TEST_CRAWL"
	addressFile = "archive.address" // with it the child stays until it is killed
)

func TestMain(m *testing.M) {
	if child, err := extract.ServeChild(os.Args[1:], os.Stdin, os.Stdout); child {
		if err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	if dir := os.Getenv(crawlDir); dir != "" {
		if err := crawlChild(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	// Over PostgreSQL without what is about a file, or about reading pages alone.
	os.Exit(archivetest.Main(m, "^(TestKilledAtAnyMoment|TestTwentyPortalsFitInMemory|TestProse|TestCheck.*)$"))
}

// crawlChild crawls and prints every address once it is saved, at last the
// greatest memory that the process ever used.
func crawlChild(dir string) error {
	ctx := context.Background()
	all, err := profiles.Load(filepath.Join(dir, "sites"))
	if err != nil {
		return err
	}
	o := Options{Sites: all, Workers: len(all), Fetch: fetch.Options{AllowPrivate: true}}
	path := filepath.Join(dir, "archive.db")
	if text, err := os.ReadFile(filepath.Join(dir, addressFile)); err == nil {
		path, o.Every = string(text), time.Hour
	}
	a, err := archive.Open(ctx, path)
	if err != nil {
		return err
	}
	defer a.Close()
	o.Progress = func(e Event) {
		if e.URL != "" && e.Waiting.IsZero() {
			fmt.Fprintln(os.Stdout, "saved", e.URL)
		}
	}
	_, err = New(a, o).Run(ctx)
	fmt.Fprintln(os.Stdout, "ended", err)
	fmt.Fprintln(os.Stdout, "peak", peakMemory())
	return nil
}

// peakMemory is the greatest resident set of this process in kB, 0 where the
// system does not tell.
func peakMemory() (kB int) {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, after, _ := strings.Cut(string(text), "VmHWM:")
	if _, err := fmt.Sscan(after, &kB); err != nil {
		return 0
	}
	return kB
}

// child is a crawling process.
type child struct {
	cmd *exec.Cmd
	out io.ReadCloser
}

func startChild(t *testing.T, dir string, env ...string) *child {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Env = append(append(os.Environ(), crawlDir+"="+dir), env...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return &child{cmd, out}
}

// lines calls each with every line that the process prints and returns when it
// has ended.
func (c *child) lines(each func(string)) {
	scanner := bufio.NewScanner(c.out)
	for scanner.Scan() {
		each(scanner.Text())
	}
	_ = c.cmd.Wait() // killed on purpose, or its output says what was wrong
}

// saveProfiles writes the profiles of fakes for a child.
func saveProfiles(t *testing.T, dir string, fakes []*fake) {
	t.Helper()
	for i, f := range fakes {
		if _, err := f.profile(t, fmt.Sprintf("portal-%d", i)).Save(filepath.Join(dir, "sites")); err != nil {
			t.Fatal(err)
		}
	}
}

// TestKilledAtAnyMoment kills a real crawling process fifty times, at a random
// request that a portal sees or at a random page that was acknowledged. In the
// end every page is there once and none that was acknowledged was fetched again.
func TestKilledAtAnyMoment(t *testing.T) {
	t.Parallel()
	const rounds, portals, n = 50, 4, 90
	dir := t.TempDir()
	var mu sync.Mutex
	acknowledged := map[string]bool{}
	untilKill, kill := -1, func() {}
	var again []string
	var fakes []*fake
	for range portals {
		f := newFake(t, n, 8)
		f.fault = func(_ http.ResponseWriter, r *http.Request, _ int) bool {
			mu.Lock()
			defer mu.Unlock()
			if address := f.URL + r.URL.RequestURI(); acknowledged[address] {
				again = append(again, address)
			}
			if untilKill--; untilKill == 0 {
				kill()
			}
			return false
		}
		fakes = append(fakes, f)
	}
	saveProfiles(t, dir, fakes)
	for round := range rounds {
		c := startChild(t, dir)
		mu.Lock()
		kill = func() { _ = c.cmd.Process.Kill() }
		untilKill = -1
		if round%2 == 0 {
			untilKill = 1 + rand.IntN(12)
		}
		mu.Unlock()
		left := 1 + rand.IntN(12)
		c.lines(func(line string) {
			mu.Lock()
			defer mu.Unlock()
			if address, ok := strings.CutPrefix(line, "saved "); ok {
				acknowledged[address] = true
			}
			if left--; left == 0 && round%2 == 1 {
				kill()
			}
		})
	}
	mu.Lock()
	untilKill = -1
	before := len(acknowledged)
	mu.Unlock()
	ended := ""
	startChild(t, dir).lines(func(line string) { ended += strings.TrimPrefix(line, "saved ") + "\n" })
	if !strings.Contains(ended, "ended <nil>") {
		t.Errorf("the last run: %s", ended)
	}
	if before < 50 || before >= portals*n {
		t.Errorf("%d pages came before the last run: the kills did not fall into the crawl", before)
	}
	if len(again) > 0 {
		t.Errorf("fetched again although saved: %q", again)
	}
	checkWhole(t, filepath.Join(dir, "archive.db"), portals, n)
}

// checkWhole tells whether every page of every portal is in the archive once.
func checkWhole(t *testing.T, path string, portals, n int) {
	t.Helper()
	a, err := archive.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	pages := map[string]int{}
	for page, err := range a.Pages(t.Context(), archive.PageFilter{}) {
		if err != nil {
			t.Fatal(err)
		}
		pages[page.Request.URL]++
	}
	for address, times := range pages {
		if times != 1 {
			t.Errorf("%s is archived %d times", address, times)
		}
	}
	titles := map[string]int{}
	for _, change := range current(t, a) {
		titles[change.Bulletin.Site+" "+change.Bulletin.Title]++
		versions, err := a.Versions(t.Context(), change.ID)
		if err != nil || len(versions) != 1 {
			t.Errorf("%s: %d versions, %v", change.Bulletin.URL, len(versions), err)
		}
	}
	if len(titles) != portals*n {
		t.Errorf("%d bulletins, want %d", len(titles), portals*n)
	}
	for title, times := range titles {
		if times != 1 {
			t.Errorf("%s: %d bulletins", title, times)
		}
	}
}

// closely lets the collector come often in a process whose memory is measured:
// what it leaves lying about when it comes late is chance, and is not needed.
const closely = "GOGC=25"

// TestTwentyPortalsFitInMemory crawls twenty portals at once whose pages are
// as large and as full of elements as is let through.
func TestTwentyPortalsFitInMemory(t *testing.T) {
	t.Parallel()
	if peakMemory() == 0 {
		t.Skip("no /proc/self/status here: needs Linux")
	}
	const limit = 200 << 10
	swollen := func(with string, size int) string {
		page := articlePage("Hội nghị giao ban lớn", 3)
		return strings.Replace(page, "</body>", strings.Repeat(with, size/len(with))+"</body>", 1)
	}
	heavy := map[string]string{
		"/tin/1.html":  swollen("<a href=/x>x</a>", 100_000*16),
		"/tin/2.html":  swollen("<b>", 50<<20),
		"/tin/3.html":  swollen("<i>", 7<<20),
		"/tin/4.html":  swollen("chữ ", 7<<20),
		"/tin/5.html":  swollen("<div><span>", 200_000*11/2),
		"/tin/6.html":  swollen("<p>chữ và chữ</p>", 900<<10),
		"/list?page=2": strings.Repeat("<li><a href=/tin/1.html>Hội nghị giao ban số 1</a></li>", 50_000),
	}
	dir := t.TempDir()
	var fakes []*fake
	for range 20 {
		f := newFake(t, 12, 6)
		f.fault = func(w http.ResponseWriter, r *http.Request, _ int) bool {
			page, ok := heavy[r.URL.RequestURI()]
			if ok {
				say(w, page)
			}
			return ok
		}
		fakes = append(fakes, f)
	}
	saveProfiles(t, dir, fakes)
	peak := 0
	began := time.Now()
	saved := 0
	startChild(t, dir, closely).lines(func(line string) {
		saved += strings.Count(line, "saved ")
		if text, ok := strings.CutPrefix(line, "peak "); ok {
			_, _ = fmt.Sscan(text, &peak)
		}
	})
	t.Logf("%d pages in %s, at most %d MB", saved, time.Since(began).Round(time.Millisecond), peak>>10)
	if peak == 0 || peak > limit {
		t.Errorf("used %d kB, want at most %d", peak, limit)
	}
}
