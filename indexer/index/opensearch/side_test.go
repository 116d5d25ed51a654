package opensearch

import (
	"fmt"
	"io/fs"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/indexer/index/bleveindex"
	"bantin/indexer/index/indextest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// TestSideBySide builds an index in both engines, asks both the same and wants the
// same answers: of 600 bulletins, or of each number in BANTIN_SIDE_BY_SIDE
// ("20000,100000"). With -v it prints what that took: CPU time of this process and of
// the nodes, and how far the halves of the repetitions were apart.
func TestSideBySide(t *testing.T) {
	sizes, repeats := []int{600}, 2
	if given := os.Getenv("BANTIN_SIDE_BY_SIDE"); given != "" {
		sizes, repeats = nil, 40
		for one := range strings.SplitSeq(given, ",") {
			n, err := strconv.Atoi(one)
			if err != nil {
				t.Fatal(err)
			}
			sizes = append(sizes, n)
		}
	}
	g, err := indextest.NewGenerator("../../..", os.Getenv("BANTIN_CORPUS"))
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range sizes {
		t.Run(strconv.Itoa(n), func(t *testing.T) { sideBySide(t, g, n, repeats) })
	}
}

func sideBySide(t *testing.T, g *indextest.Generator, n, repeats int) {
	c := connect(t)
	folder := t.TempDir()
	embedded, err := bleveindex.Open(folder, bleveindex.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := embedded.Close(); err != nil {
			t.Error(err)
		}
	})
	distributed := open(t, c, Options{Shards: 3})
	text := 0
	for i := range n {
		b := g.Bulletin(i)
		text += len(b.Title) + len(b.Body)
	}
	engines := []index.Index{embedded, distributed}
	var spent [2]cost
	for k, ix := range engines {
		start := measure(t, c)
		fill(t, ix, g, n)
		spent[k] = measure(t, c).since(start)
	}
	t.Logf("%d bulletins, %d bytes of text: embedded %v; distributed %v", n, text, spent[0].each(n), spent[1].each(n))
	t.Logf("on disk: embedded %d bytes; distributed %d bytes, one copy", sizeOfFolder(t, folder), sizeOf(t, c, distributed))
	queries := sideQueries(g)
	for range repeats - 1 { // until the node's compiler has nothing more to do
		for _, q := range queries {
			if _, err := distributed.Search(t.Context(), q.Query); err != nil {
				t.Fatalf("%s: %v", q.name, err)
			}
		}
	}
	for _, q := range queries {
		var results [2]index.Result
		var spent [2]string
		for k, ix := range engines {
			once := func() {
				if results[k], err = ix.Search(t.Context(), q.Query); err != nil {
					t.Fatalf("%s: %v", q.name, err)
				}
			}
			once()
			var halves [2]cost
			for h := range halves {
				start := measure(t, c)
				for range repeats / 2 {
					once()
				}
				halves[h] = measure(t, c).since(start)
			}
			spent[k] = halves[0].plus(halves[1]).each(repeats) + fmt.Sprintf(" ± %.1f", halves[0].apart(halves[1], repeats/2))
		}
		same(t, q.name, results[0], results[1])
		t.Logf("%-28s %6d found: embedded %v; distributed %v", q.name, results[0].Total, spent[0], spent[1])
	}
}

func fill(t *testing.T, ix index.Index, g *indextest.Generator, n int) {
	t.Helper()
	const batch = 4000
	for at := 0; at < n; at += batch {
		var changes []bulletin.Change
		for i := at; i < min(n, at+batch); i++ {
			changes = append(changes, g.Change(i))
		}
		if err := ix.Apply(t.Context(), changes, int64(at+len(changes))); err != nil {
			t.Fatal(err)
		}
	}
}

// cost is what something took.
type cost struct {
	wall, own, node time.Duration // own and node are CPU time
}

func measure(t *testing.T, c *Client) cost {
	t.Helper()
	runtime.GC()
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		t.Fatal(err)
	}
	out := cost{wall: time.Duration(time.Now().UnixNano()), own: time.Duration(use.Utime.Nano() + use.Stime.Nano())}
	var got struct {
		Nodes map[string]struct {
			Process struct{ ID int }
		}
	}
	if err := c.Do(t.Context(), http.MethodGet, "/_nodes/process", nil, &got); err != nil {
		t.Fatal(err)
	}
	for _, n := range got.Nodes {
		out.node += ticks(n.Process.ID)
	}
	return out
}

// ticks is the CPU time of a process, 0 where it cannot be read.
func ticks(pid int) time.Duration {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	fields := strings.Fields(string(text))
	if err != nil || len(fields) < 15 {
		return 0
	}
	user, _ := strconv.Atoi(fields[13])
	system, _ := strconv.Atoi(fields[14])
	return time.Duration(user+system) * 10 * time.Millisecond
}

func (c cost) since(start cost) cost {
	return cost{c.wall - start.wall, c.own - start.own, c.node - start.node}
}

func (c cost) plus(o cost) cost { return cost{c.wall + o.wall, c.own + o.own, c.node + o.node} }

// apart is half of the difference of two costs of n, in ms of CPU each.
func (c cost) apart(o cost, n int) float64 {
	return math.Abs(perOne(c.own+c.node-o.own-o.node, n)) / 2
}

func perOne(d time.Duration, n int) float64 { return float64(d.Microseconds()) / 1000 / float64(n) }

func (c cost) each(n int) string {
	return fmt.Sprintf("%.2f ms own + %.2f ms node CPU, %.2f ms wall", perOne(c.own, n), perOne(c.node, n), perOne(c.wall, n))
}

func sizeOfFolder(t *testing.T, folder string) (size int64) {
	t.Helper()
	err := filepath.WalkDir(folder, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			size += info.Size()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return size
}

// sizeOf is the size of an index.
func sizeOf(t *testing.T, c *Client, ix *Index) int64 {
	t.Helper()
	var got struct {
		All struct {
			Primaries struct {
				Store struct {
					Bytes int64 `json:"size_in_bytes"`
				}
			}
		} `json:"_all"`
	}
	if err := c.Do(t.Context(), http.MethodGet, "/"+ix.name+"/_stats/store", nil, &got); err != nil {
		t.Fatal(err)
	}
	return got.All.Primaries.Store.Bytes
}

type sideQuery struct {
	name string
	index.Query
}

// sideQueries are of the kinds that people ask, of words that the bulletins have.
func sideQueries(g *indextest.Generator) []sideQuery {
	some := g.Bulletin(7)
	syl, fold := vi.Analyze(some.Body).Syl, vi.Analyze(some.Title).Fold
	words := func(text string, accented bool) index.And {
		var out index.And
		s := vi.Analyze(text)
		tokens := s.Fold
		if accented {
			tokens = s.Syl
		}
		for _, w := range tokens {
			out = append(out, index.Word{Text: w.Text, Accented: accented})
		}
		return out
	}
	six := index.Phrase{}
	for i := 0; i < len(syl) && len(six.Words) < 6; i++ {
		if k := len(six.Words); k > 0 && syl[i].Pos != syl[i-1].Pos+1 {
			six.Words = nil
		}
		six.Words = append(six.Words, index.Word{Text: syl[i].Text, Accented: true})
	}
	var rare index.And
	for _, w := range fold[:min(5, len(fold))] {
		rare = append(rare, index.Word{Text: w.Text})
	}
	facets := index.Shown()
	return []sideQuery{
		{"two words", index.Query{Root: words("mặt trận", true), Size: 10}},
		{"two words, facets", index.Query{Root: words("mặt trận", true), Size: 10, Facets: facets, Values: 20}},
		{"four words, facets", index.Query{Root: words("uy ban nhan dan", false), Size: 10, Facets: facets, Values: 20}},
		{"any of four, facets", index.Query{Root: index.Or{Children: words("tổ quốc nhân dân", true), Min: 2}, Size: 10, Facets: facets, Values: 20}},
		{"words of a title, facets", index.Query{Root: rare, Size: 10, Facets: facets, Values: 20}},
		{"phrase of six", index.Query{Root: six, Size: 10, Facets: facets, Values: 20}},
		{"prefix and word", index.Query{Root: append(words("dân", true), index.Prefix{Text: "thuo"}), Size: 10}},
		{"province, newest, facets", index.Query{Filters: map[index.Field][]string{index.Province: {some.Province}}, Sort: index.Newest, Size: 10, Facets: facets, Values: 20}},
		{"everything, facets", index.Query{Sort: index.Newest, Size: 10, Facets: facets, Values: 20}},
		{"document number", index.Query{Root: index.Term{Field: index.Cites, Value: "7-ct-tw"}, Size: 10, Facets: facets, Values: 20}},
	}
}

// same wants the same totals, facets and hits; hits of equal score may trade
// places.
func same(t *testing.T, name string, a, b index.Result) {
	t.Helper()
	if a.Total != b.Total || len(a.Hits) != len(b.Hits) {
		t.Errorf("%s: %d and %d found, %d and %d shown", name, a.Total, b.Total, len(a.Hits), len(b.Hits))
		return
	}
	if d := cmp.Diff(a.Facets, b.Facets, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("%s: %s", name, d)
	}
	for i, h := range a.Hits {
		o := b.Hits[i]
		at := slices.IndexFunc(b.Hits, func(o index.Hit) bool { return o.ID == h.ID })
		if o.Score > 0 && math.Abs(h.Score-o.Score) > 1e-4 || h.ID != o.ID && (at < 0 || math.Abs(b.Hits[at].Score-h.Score) > 1e-6) || h.ID == o.ID && h.Duplicates != o.Duplicates {
			t.Errorf("%s: hit %d is %s (%g, %d alike) and %s (%g, %d alike)", name, i, h.ID, h.Score, h.Duplicates, o.ID, o.Score, o.Duplicates)
		}
	}
}
