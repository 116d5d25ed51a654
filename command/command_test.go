package command

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"bantin/bulletin"
	"bantin/crawler/archive"
	"bantin/crawler/extract"
	"bantin/indexer/index/opensearch/opensearchtest"
	"bantin/testdata/sites"
)

// TestMain lets the test program be the real one: with BANTIN_TEST_MAIN set, or
// as the child that reads an attachment, it runs Main.
func TestMain(m *testing.M) {
	if slices.Contains(os.Args, extract.ChildArgument) || os.Getenv("BANTIN_TEST_MAIN") != "" {
		os.Exit(Main())
	}
	os.Exit(opensearchtest.Run(m))
}

// bantin runs one command in this process and returns its exit code and what
// it printed.
func bantin(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	err := run(t.Context(), args, strings.NewReader(""), &out, &errs)
	code = report(&errs, err)
	return code, out.String(), errs.String()
}

// counted serves a portal and counts what is asked of it.
type counted struct {
	*httptest.Server
	mu    sync.Mutex
	asked map[string]int
}

func count(t *testing.T, h http.Handler) *counted {
	c := &counted{asked: map[string]int{}}
	c.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.mu.Lock()
		c.asked[r.Method+" "+r.URL.RequestURI()]++
		c.mu.Unlock()
		h.ServeHTTP(w, r)
	}))
	t.Cleanup(c.Close)
	return c
}

// writeProfile puts a profile into a folder of profiles.
func writeProfile(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".yaml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// found is the part of a search's JSON that the tests look at.
type found struct {
	Total int
	Hits  []struct {
		ID, Title string
		Cites     []struct{ Key string }
	}
	Facets map[string][]struct {
		Value string
		Count int
	}
}

func search(t *testing.T, data string, args ...string) found {
	t.Helper()
	code, out, errs := bantin(t, append([]string{"search", "--data", data, "--json"}, args...)...)
	var f found
	if err := json.Unmarshal([]byte(out), &f); err != nil || code != 0 {
		t.Fatalf("search %q: exit %d, %v: %s", args, code, err, errs)
	}
	return f
}

// TestSeeds serves the two real bulletins in their portals' shapes and finds
// them the ways a person would look for them.
func TestSeeds(t *testing.T) {
	data := t.TempDir()
	for _, c := range []struct{ id, province, family, file, listing, article string }{
		{"hue", "thua-thien-hue", "dotnetnuke", "seed-dotnetnuke.html", "/Thong-tin/cid/0D1F5B6A-33C2-4A52-8E77-6C1B7E1D9B01", "/Thong-tin/tid/Hoi-nghi-giao-ban/newsid/6E0E1B5C-1C2F-4C0F-9C0E-AB1200D6F0AA/cid/0D1F5B6A-33C2-4A52-8E77-6C1B7E1D9B01"},
		{"tq", "tuyen-quang", "webforms", "seed-webforms.html", "/TinTuc.aspx?cat=1", "/DetailView.aspx?mabb=1201"},
	} {
		page, err := os.ReadFile(filepath.Join("..", "crawler", "extract", "testdata", c.file))
		if err != nil {
			t.Fatal(err)
		}
		server := count(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			switch r.URL.RequestURI() {
			case c.listing:
				fmt.Fprintf(w, `<html><body><ul><li><a href="%s">Hội nghị giao ban công tác của khối Mặt trận và các đoàn thể</a></li></ul></body></html>`, c.article)
			case c.article:
				_, _ = w.Write(page)
			default:
				w.WriteHeader(http.StatusNotFound)
			}
		}))
		writeProfile(t, filepath.Join(data, "sites"), c.id, fmt.Sprintf(
			"id: %s\nname: Cổng mẫu\nprovince: %s\nfamily: %s\npace: 1ms\nlistings:\n  - %s%s\n", c.id, c.province, c.family, server.URL, c.listing))
	}
	if code, out, errs := bantin(t, "crawl", "--data", data, "--allow-private"); code != 0 {
		t.Fatalf("crawl: exit %d\n%s%s", code, out, errs)
	}
	for _, c := range []struct {
		query string
		total int
	}{
		{"mặt trận", 2},
		{"mat tran", 2},
		{`"khối Mặt trận"`, 1},
		{`"khoi mat tran"`, 1},
		{"73-NQ/TU", 1},
		{"trích:73-NQ/TU", 1},
		{"Nghị quyết 54", 1},
		{"trích:54-NQ/TW", 1},
		{"tỉnh:tuyên-quang giao ban", 1},
		{"quý:2020-Q2", 1},
	} {
		if f := search(t, data, c.query); f.Total != c.total {
			t.Errorf("%q finds %d, want %d", c.query, f.Total, c.total)
		}
	}
	stem := search(t, data, "mat tran", "--cites", "73-nq-tu")
	if len(stem.Facets["cites"]) == 0 || !slices.ContainsFunc(stem.Facets["cites"], func(f struct {
		Value string
		Count int
	},
	) bool {
		return f.Value == "73-nq-tu" && f.Count == 1
	}) {
		t.Errorf("the number alone is not counted: %v", stem.Facets["cites"])
	}
	facets := search(t, data, "mat tran").Facets
	for _, c := range []struct {
		facet, value string
		count        int
	}{
		{"province", "thua-thien-hue", 1},
		{"province", "tuyen-quang", 1},
		{"quarter", "2020-Q3", 1},
		{"quarter", "2020-Q2", 1},
		{"org", "mttq", 2},
		{"org", "ctxh", 2},
		{"cites", "73-nq-tu@tuyen-quang", 1},
		{"cites", "35-ct-tw~2019-05-30", 1},
	} {
		if !slices.ContainsFunc(facets[c.facet], func(f struct {
			Value string
			Count int
		},
		) bool {
			return f.Value == c.value && f.Count == c.count
		}) {
			t.Errorf("facet %s lacks %s with %d: %v", c.facet, c.value, c.count, facets[c.facet])
		}
	}
}

// upProcess is bantin up, or another command, in a process of its own.
type upProcess struct {
	*exec.Cmd
	log     bytes.Buffer
	address chan string
}

var ready = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

func startUp(t *testing.T, data string) *upProcess {
	t.Helper()
	return startProcess(t, "up", "--data", data, "--listen", "127.0.0.1:0", "--allow-private")
}

func startProcess(t *testing.T, args ...string) *upProcess {
	t.Helper()
	p := &upProcess{address: make(chan string, 1)}
	p.Cmd = exec.Command(os.Args[0], args...)
	p.Env = append(os.Environ(), "BANTIN_TEST_MAIN=1")
	p.Stderr = &p.log
	p.Stdout = writerFunc(func(b []byte) {
		if a := ready.Find(b); a != nil {
			p.address <- string(a)
		}
	})
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = p.Process.Kill() // when the test has not done so
		_ = p.Wait()
	})
	return p
}

type writerFunc func([]byte)

func (f writerFunc) Write(b []byte) (int, error) {
	f(b)
	return len(b), nil
}

// TestUpSurvivesKills kills bantin up at random moments; every start goes on
// where the last one ended, and in the end the index holds every bulletin once.
func TestUpSurvivesKills(t *testing.T) {
	data := t.TempDir()
	portals, err := sites.Portals()
	if err != nil {
		t.Fatal(err)
	}
	var servers []*counted
	want := 0
	for _, p := range portals[:4] {
		s := count(t, p)
		servers = append(servers, s)
		writeProfile(t, filepath.Join(data, "sites"), p.Name, strings.ReplaceAll(string(p.Profile), "http://"+p.Name+".localhost", s.URL)+"\npace: 1ms\n")
		var articles []json.RawMessage
		if err := json.Unmarshal(p.Want, &articles); err != nil {
			t.Fatal(err)
		}
		want += len(articles)
	}
	rnd := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // moments of a test
	const kills = 8
	for range kills {
		p := startUp(t, data)
		life, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond+time.Duration(rnd.IntN(700))*time.Millisecond)
		<-life.Done() // the moment is the test's own event
		cancel()
		_ = p.Process.Kill()
		_ = p.Wait()
	}
	last := startUp(t, data)
	ids := awaitAll(t, last, want)
	if err := last.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := last.Wait(); err != nil {
		t.Fatalf("interrupted: %v\n%s", err, &last.log)
	}
	checkArchive(t, data, ids)
	for _, s := range servers {
		again := 0
		for what, n := range s.asked {
			if !strings.Contains(what, "robots.txt") {
				again += max(0, n-1)
			}
		}
		if again > kills { // what was in flight when it died, one for a server
			t.Errorf("%s: %d pages fetched again after %d kills: %v", s.URL, again, kills, s.asked)
		}
	}
}

// awaitAll waits until the service has all bulletins and returns their ids.
func awaitAll(t *testing.T, p *upProcess, want int) []string {
	t.Helper()
	var address string
	select {
	case address = <-p.address:
	case <-time.After(2 * time.Minute):
		t.Fatalf("no address in two minutes\n%s", &p.log)
	}
	var f found
	for deadline := time.Now().Add(3 * time.Minute); time.Now().Before(deadline); {
		resp, err := http.Get(address + "/api/v1/search?size=100")
		if err != nil {
			t.Fatal(err)
		}
		err = json.NewDecoder(resp.Body).Decode(&f)
		_ = resp.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if f.Total >= want {
			break
		}
		// The index is polled: over HTTP there is no event to wait for.
		<-time.After(50 * time.Millisecond)
	}
	if f.Total != want {
		t.Fatalf("%d bulletins, want %d\n%s", f.Total, want, &p.log)
	}
	var ids []string
	for _, h := range f.Hits {
		ids = append(ids, h.ID)
	}
	return ids
}

// checkArchive holds the archive against what the index showed.
func checkArchive(t *testing.T, data string, shown []string) {
	t.Helper()
	ar, err := archive.Open(t.Context(), filepath.Join(data, "archive.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer ar.Close()
	var kept []string
	addresses := map[string]bool{}
	for c, err := range ar.Bulletins(t.Context(), archive.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		kept = append(kept, c.ID)
		if addresses[c.Bulletin.URL] {
			t.Errorf("%s is archived twice", c.Bulletin.URL)
		}
		addresses[c.Bulletin.URL] = true
	}
	for _, id := range shown {
		if !slices.Contains(kept, id) {
			t.Errorf("the index shows %s, which the archive lacks", id)
		}
	}
}

// TestBadInput gives every command something that cannot work: one sentence
// that says what to do, and an exit code.
func TestBadInput(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	busy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer busy.Close()
	file("broken/sites/p.yaml", "id: p\nfamily: nukeviet\nlistngs: [http://a/]\n")
	file("mixed/sites/p.yaml", "id: p\nfamily: generic\nlistings: [http://127.0.0.1:9/]\npaused: true\n")
	file("mixed/sites/q.yaml", "id: q\nfamily: nosuch\nlistings: [http://127.0.0.1:9/]\n")
	file("nowhere/sites/p.yaml", "id: p\nfamily: generic\nprovince: atlantis\nlistings: [http://127.0.0.1:9/]\n")
	file("damaged/archive.db", strings.Repeat("not a database ", 1000))
	for _, c := range []struct {
		name string
		args []string
		code int
		says string
	}{
		{"unknown flag", []string{"up", "--nonsense"}, 2, "--help"},
		{"unknown command", []string{"searhc"}, 2, "--help"},
		{"too many arguments", []string{"extract", "a", "b"}, 2, "usage"},
		{"no file", []string{"extract", filepath.Join(dir, "none.html")}, 1, "none.html"},
		{"empty page", []string{"extract", file("empty.html", "")}, 1, "empty.html"},
		{"page without a text", []string{"extract", file("menu.html", "<html><body><a href=/>x</a></body></html>")}, 1, "menu.html"},
		{"unknown province", []string{"extract", "--province", "atlantis", file("a.txt", "x")}, 2, "atlantis"},
		{"broken profile", []string{"crawl", "--data", filepath.Join(dir, "broken")}, 1, "p.yaml:3"},
		{"one broken profile of two", []string{"crawl", "--data", filepath.Join(dir, "mixed")}, 1, "q.yaml:2"},
		{"profile of nowhere", []string{"site", "list", "--data", filepath.Join(dir, "nowhere")}, 1, "atlantis"},
		{"bad id", []string{"site", "add", "http://127.0.0.1:9/", "--id", "A b"}, 2, "--id"},
		{"neither address nor page", []string{"site", "check", "tin-tuc"}, 1, "http://"},
		{"no profile", []string{"crawl", "--data", filepath.Join(dir, "new")}, 1, "site add"},
		{"unknown site", []string{"crawl", "--data", filepath.Join(dir, "new"), "--site", "x"}, 2, "site list"},
		{"damaged archive", []string{"search", "x", "--data", filepath.Join(dir, "damaged")}, 1, "restore"},
		{"port in use", []string{"serve", "--data", filepath.Join(dir, "new"), "--listen", busy.Addr().String()}, 1, "taken"},
		{"bad embed sites", []string{"serve", "--data", filepath.Join(dir, "new"), "--embed-sites", file("e.json", "{\"sites\":[{\"id\":1}]}")}, 1, "e.json"},
		{"bad parameter", []string{"search", "x", "--data", filepath.Join(dir, "new"), "--quarter", "soon"}, 2, "quarter"},
		{"bad format", []string{"export", "--data", filepath.Join(dir, "new"), "--format", "xls"}, 2, "jsonl"},
		{"bad line", []string{"import", "--data", filepath.Join(dir, "new"), file("b.jsonl", "{\"title\":\"a\",\"body\":\"b\"}\n{broken\n")}, 1, "line 2"},
		{"bad engine", []string{"index", "--engine", "lucene"}, 2, "bleve"},
		{"no node", []string{"index", "--engine", "opensearch"}, 2, "--engine-url"},
		{"bad node", []string{"index", "--data", filepath.Join(dir, "new"), "--engine", "opensearch", "--engine-url", "node:9200"}, 2, "https://host:9200"},
		{"no query language", []string{"eval", dir}, 1, "corpus.jsonl"},
		{"bad address", []string{"site", "check", "ftp://h/"}, 1, "http"},
	} {
		code, _, errs := bantin(t, c.args...)
		if code != c.code || !strings.Contains(errs, c.says) || strings.Contains(errs, "goroutine ") {
			t.Errorf("%s: exit %d, want %d; says %q, want %q in it", c.name, code, c.code, errs, c.says)
		}
	}
}

// TestCorruptIndexIsRebuilt breaks the index's files; the next command rebuilds
// it from the archive by itself.
func TestCorruptIndexIsRebuilt(t *testing.T) {
	data := t.TempDir()
	in := filepath.Join(data, "in.jsonl")
	line, err := json.Marshal(bulletin.Bulletin{Title: "Giao ban quý II/2020", Body: "Ủy ban Mặt trận Tổ quốc tỉnh họp giao ban."})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(in, line, 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := bantin(t, "import", "--data", data, in); code != 0 {
		t.Fatal(errs)
	}
	if f := search(t, data, "giao ban"); f.Total != 1 {
		t.Fatalf("%d hits before", f.Total)
	}
	broken := 0
	err = filepath.WalkDir(filepath.Join(data, "index"), func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && d.Name() != "current" {
			broken++
			return os.WriteFile(path, []byte("broken"), 0o600)
		}
		return err
	})
	if err != nil || broken == 0 {
		t.Fatal(broken, err)
	}
	if f := search(t, data, "giao ban"); f.Total != 1 {
		t.Errorf("%d hits after", f.Total)
	}
}

// TestRoundTrip exports what was imported and imports it again.
func TestRoundTrip(t *testing.T) {
	data, other := t.TempDir(), t.TempDir()
	portals, err := sites.Portals()
	if err != nil {
		t.Fatal(err)
	}
	s := count(t, portals[0])
	writeProfile(t, filepath.Join(data, "sites"), portals[0].Name, strings.ReplaceAll(string(portals[0].Profile), "http://"+portals[0].Name+".localhost", s.URL)+"\npace: 1ms\n")
	if code, out, errs := bantin(t, "crawl", "--data", data, "--allow-private"); code != 0 {
		t.Fatalf("%s%s", out, errs)
	}
	file := filepath.Join(other, "all.jsonl")
	if code, _, errs := bantin(t, "export", "--data", data, "-o", file); code != 0 {
		t.Fatal(errs)
	}
	if code, out, errs := bantin(t, "import", "--data", other, "--as-is", file); code != 0 {
		t.Fatalf("%s%s", out, errs)
	}
	a, b := search(t, data, "giao ban"), search(t, other, "giao ban")
	if a.Total != b.Total || a.Total == 0 {
		t.Errorf("%d found before, %d after", a.Total, b.Total)
	}
	if code, out, errs := bantin(t, "reextract", "--data", data); code != 0 || !strings.Contains(out, "0 changed, 0 not read") {
		t.Errorf("reextract: exit %d %s%s", code, out, errs)
	}
	for _, format := range []string{"csv", "bibtex", "ris", "warc"} {
		if code, out, errs := bantin(t, "export", "--data", data, "--format", format); code != 0 || out == "" {
			t.Errorf("export %s: exit %d %s", format, code, errs)
		}
	}
	if code, out, errs := bantin(t, "backup", "--data", data, filepath.Join(other, "kept")); code != 0 {
		t.Fatalf("%s%s", out, errs)
	}
	if code, out, errs := bantin(t, "restore", "--data", filepath.Join(other, "again"), filepath.Join(other, "kept")); code != 0 {
		t.Fatalf("%s%s", out, errs)
	}
	if c := search(t, filepath.Join(other, "again"), "giao ban"); c.Total != a.Total {
		t.Errorf("%d found after the restore, want %d", c.Total, a.Total)
	}
}
