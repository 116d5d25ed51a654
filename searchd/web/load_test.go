package web

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/crawler/archive"
	"bantin/indexer/index/bleveindex"
	"bantin/indexer/index/indextest"
)

// reader asks what readers ask on a busy day, in words of the bulletins. Of
// searches different ones, the one of rank r is asked as often as 1/r says, as
// in the logs of search engines; 0 for ever new ones.
type reader struct {
	*rand.Rand
	g        *indextest.Generator
	n        int
	searches int
}

// next is what is asked next.
func (r reader) next() string {
	if r.searches == 0 {
		return r.url()
	}
	rank := math.Exp(r.Float64() * math.Log(float64(r.searches)))
	r.Rand = rand.New(rand.NewPCG(uint64(rank), 3))
	return r.url()
}

// url is one page or answer: of ten, five pages of results, two answers of the
// API, two completions, one list without words.
func (r reader) url() string {
	switch r.IntN(10) {
	case 0, 1, 2:
		return "/search?q=" + r.words(1+r.IntN(4))
	case 3:
		return "/search?province=" + r.province() + "&q=" + r.words(1+r.IntN(3))
	case 4:
		return "/search?sort=newest&year=" + strconv.Itoa(2012+r.IntN(14)) + "&q=" + r.words(2)
	case 5, 6:
		return "/api/v1/search?kind=giao-ban&q=" + r.words(1+r.IntN(3))
	case 7:
		return "/search?province=" + r.province() + "&sort=newest"
	}
	typed := []rune(r.typed(2))
	return "/api/v1/suggest?q=" + url.QueryEscape(string(typed[:1+r.IntN(len(typed))]))
}

func (r reader) province() string {
	all := bulletin.Provinces()
	return all[r.IntN(len(all))].Slug
}

// typed are n neighbouring words, as they stand or as they are typed in haste.
func (r reader) typed(n int) string {
	words := strings.Fields(r.g.Bulletin(r.IntN(r.n)).Body)
	at := r.IntN(len(words) - n)
	text := strings.Trim(strings.Join(words[at:at+n], " "), `.,;:()"-`)
	if r.IntN(2) == 0 {
		text = vi.Fold(strings.ToLower(text))
	}
	return cmp.Or(text, "giao ban")
}

func (r reader) words(n int) string {
	text := r.typed(n)
	if n > 1 && r.IntN(6) == 0 {
		text = `"` + text + `"`
	}
	return url.QueryEscape(text)
}

// BenchmarkLoad asks over eight connections for each processor and reports
// requests a second, the slowest hundredth and how far the heap grew; after each
// tenth of a thousand requests or more it logs what the heap holds. The
// bulletins are those of the engine's benchmark: BANTIN_BULLETINS of them, kept
// in BANTIN_BENCH_DIR, with the prose of BANTIN_BENCH_CORPUS. BANTIN_SEARCHES is
// how many different searches there are, none meaning that none comes twice.
//
//	BANTIN_BULLETINS=100000 go test -run - -bench Load -benchtime 300000x -timeout 1h ./searchd/web
func BenchmarkLoad(b *testing.B) {
	s, all := loaded(b)
	server := httptest.NewServer(s)
	defer server.Close()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	var failed, readers, asked atomic.Int64
	tenth := int64(max(b.N, 1000) / 10)
	var mu sync.Mutex
	var times []time.Duration
	before := heap()
	b.SetParallelism(8)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		v := all
		v.Rand = rand.New(rand.NewPCG(uint64(readers.Add(1)), uint64(b.N)))
		var took []time.Duration
		for pb.Next() {
			start := time.Now()
			if err := fetch(client, server.URL+v.next()); err != nil {
				failed.Add(1)
				b.Log(err)
			}
			took = append(took, time.Since(start))
			if n := asked.Add(1); n%tenth == 0 {
				b.Logf("after %v and %d requests, %d failed, the heap holds %d MiB",
					b.Elapsed().Round(time.Second), n, failed.Load(), heap()>>20)
			}
		}
		mu.Lock()
		defer mu.Unlock()
		times = append(times, took...)
	})
	b.StopTimer()
	slices.Sort(times)
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "req/s")
	b.ReportMetric(float64(times[len(times)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(times[len(times)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64(failed.Load()), "errors")
	times = nil
	b.ReportMetric(float64(heap()-before)/(1<<20), "heap-growth-MiB")
}

// BenchmarkFirstByte answers one search after another in process: the time that
// is ours of the time to the first byte.
func BenchmarkFirstByte(b *testing.B) {
	s, v := loaded(b)
	for b.Loop() {
		if w := s.get(b, v.next()); w.Code != http.StatusOK {
			b.Fatal(w.Code)
		}
	}
}

func fetch(client *http.Client, address string) error {
	res, err := client.Get(address)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if _, err := io.Copy(io.Discard, res.Body); err != nil || res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %d: %w", address, res.StatusCode, err)
	}
	return nil
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// loaded is a service over as many bulletins as BANTIN_BULLETINS says, 1,000
// when it says nothing, and a reader of them.
func loaded(b *testing.B) (*service, reader) {
	b.Helper()
	n := 1000
	if v, err := strconv.Atoi(os.Getenv("BANTIN_BULLETINS")); err == nil {
		n = v
	}
	g, err := indextest.NewGenerator(filepath.Join("..", ".."), os.Getenv("BANTIN_BENCH_CORPUS"))
	if err != nil {
		b.Fatal(err)
	}
	ix, err := bleveindex.Open(filepath.Join(cmp.Or(os.Getenv("BANTIN_BENCH_DIR"), b.TempDir()), fmt.Sprintf("bantin-%d", n)), bleveindex.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { ix.Close() })
	fill(b, ix, g, n)
	a, err := archive.Open(b.Context(), b.TempDir()+"/archive.db")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { a.Close() })
	h, err := New(Config{Index: ix, Store: a, Missing: archive.ErrNotFound})
	if err != nil {
		b.Fatal(err)
	}
	different, _ := strconv.Atoi(os.Getenv("BANTIN_SEARCHES"))
	return &service{h, a, ix}, reader{rand.New(rand.NewPCG(1, 2)), g, n, different}
}

func fill(b *testing.B, ix *bleveindex.Index, g *indextest.Generator, n int) {
	b.Helper()
	position, err := ix.Position(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	for from := int(position); from < n; from += 4000 {
		var batch []bulletin.Change
		for i := from; i < min(from+4000, n); i++ {
			batch = append(batch, g.Change(i))
		}
		if err := ix.Apply(b.Context(), batch, batch[len(batch)-1].Seq); err != nil {
			b.Fatal(err)
		}
	}
	if err := ix.Compact(b.Context()); err != nil {
		b.Fatal(err)
	}
}
