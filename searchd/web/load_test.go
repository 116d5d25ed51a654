package web

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"bantin/bulletin"
)

// mixed are the searches of a busy day.
var mixed = []string{
	"/search?q=giao+ban", "/api/v1/search?q=mat+tran&province=tuyen-quang", "/search?q=an+sinh+x%C3%A3+h%E1%BB%99i&year=2020",
	"/api/v1/search?q=%22t%E1%BB%95+ch%E1%BB%A9c+ch%C3%ADnh+tr%E1%BB%8B%22&quarter=2020-Q3", "/search?cites=35-ct-tw~2019-05-30&sort=newest",
	"/api/v1/suggest?q=giao", "/search?q=nong+dan+-covid&kind=giao-ban", "/api/v1/search?sort=newest&province=quang-tri&province=ha-giang",
}

// BenchmarkLoad asks mixed searches over connections, as many at once as
// GOMAXPROCS × -cpu says, and reports requests a second, the slowest hundredth
// and how far the heap grew. BANTIN_BULLETINS sets the size of the corpus:
//
//	BANTIN_BULLETINS=100000 go test -run - -bench Load -benchtime 60s ./searchd/web
func BenchmarkLoad(b *testing.B) {
	s := loaded(b)
	server := httptest.NewServer(s)
	defer server.Close()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	var failed atomic.Int64
	var mu sync.Mutex
	var all []time.Duration
	before := heap()
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		var took []time.Duration
		for i := 0; pb.Next(); i++ {
			start := time.Now()
			if err := fetch(client, server.URL+mixed[i%len(mixed)]); err != nil {
				failed.Add(1)
			}
			took = append(took, time.Since(start))
		}
		mu.Lock()
		defer mu.Unlock()
		all = append(all, took...)
	})
	b.StopTimer()
	slices.Sort(all)
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "req/s")
	b.ReportMetric(float64(all[len(all)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64(failed.Load()), "errors")
	b.ReportMetric(float64(heap()-before)/(1<<20), "heap-growth-MiB")
}

// BenchmarkFirstByte answers one faceted search after another in process: the
// time that is ours of the time to the first byte.
func BenchmarkFirstByte(b *testing.B) {
	s := loaded(b)
	for i := 0; b.Loop(); i++ {
		if w := s.get(b, mixed[i%len(mixed)]); w.Code != http.StatusOK {
			b.Fatal(w.Code)
		}
	}
}

func fetch(client *http.Client, url string) error {
	res, err := client.Get(url)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if _, err := io.Copy(io.Discard, res.Body); err != nil || res.StatusCode != http.StatusOK {
		return fmt.Errorf("%d: %w", res.StatusCode, err)
	}
	return nil
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// loaded is a service over as many bulletins as BANTIN_BULLETINS says, the
// demonstration's number when it says nothing. They go straight to the index.
func loaded(b *testing.B) *service {
	b.Helper()
	n := 150
	if v, err := strconv.Atoi(os.Getenv("BANTIN_BULLETINS")); err == nil {
		n = v
	}
	s := newService(b, Config{}, testBulletin(places[0], 2019, 1))
	position, err := s.index.Position(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	for from := 0; from < n; from += 1000 {
		var batch []bulletin.Change
		for i := from; i < min(from+1000, n); i++ {
			x := testBulletin(places[i%len(places)], 2010+i/7%15, 1+i%4)
			x.ID, x.Body = fmt.Sprintf("b%07d", i), x.Body+"\n\n"+news(i, 5)
			position++
			batch = append(batch, bulletin.Change{Seq: position, ID: x.ID, Bulletin: &x, Group: x.ID})
		}
		if err := s.index.Apply(b.Context(), batch, position); err != nil {
			b.Fatal(err)
		}
	}
	return s
}
