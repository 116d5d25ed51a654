package bleveindex

import (
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/indexer/index/indextest"

	"golang.org/x/sys/unix"
)

var (
	benchCount  = flag.Int("bulletins", 5000, "bulletins of the benchmark index")
	benchCorpus = flag.String("corpus", os.Getenv("BANTIN_BENCH_CORPUS"), "gzipped JSON lines {title, text} for the benchmark's prose")
	benchBatch  = flag.Int("batch", 4000, "bulletins applied at once")
	benchAsIs   = flag.Bool("asis", false, "measure the index in -benchdir with what it holds already")
	benchDir    = flag.String("benchdir", os.Getenv("BANTIN_BENCH_DIR"), "where the benchmark index is kept and found again; a temporary directory when empty")
)

var generator = sync.OnceValues(func() (*indextest.Generator, error) {
	return indextest.NewGenerator(filepath.Join("..", "..", ".."), *benchCorpus)
})

// cpuTime is what the process has used of all processors.
func cpuTime() time.Duration {
	var ts unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_PROCESS_CPUTIME_ID, &ts); err != nil {
		return 0
	}
	return time.Duration(ts.Nano())
}

// benchIndex opens the benchmark index of n bulletins, building it first
// unless -benchdir has it.
func benchIndex(b *testing.B, n int) *Index {
	b.Helper()
	dir := *benchDir
	if dir == "" {
		dir = b.TempDir()
	}
	dir = filepath.Join(dir, fmt.Sprintf("bantin-%d", n))
	start := time.Now()
	ix, err := Open(dir, Options{})
	if err != nil {
		b.Fatal(err)
	}
	opened := time.Since(start)
	b.Cleanup(func() {
		if err := ix.Close(); err != nil {
			b.Error(err)
		}
	})
	at, err := ix.Position(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("opened %d bulletins in %v", at, opened)
	if !*benchAsIs {
		fill(b, ix, int(at), n)
	}
	return ix
}

func (ix *Index) count(b *testing.B) int {
	b.Helper()
	res, err := ix.Search(b.Context(), index.Query{})
	if err != nil {
		b.Fatal(err)
	}
	return res.Total
}

func fill(b *testing.B, ix *Index, from, to int) {
	b.Helper()
	if from >= to {
		return
	}
	g, err := generator()
	if err != nil {
		b.Fatal(err)
	}
	var text int64
	var busy, cpu time.Duration
	for ; from < to; from += *benchBatch {
		var batch []bulletin.Change
		for i := from; i < min(to, from+*benchBatch); i++ {
			c := g.Change(i)
			text += int64(len(c.Bulletin.Title) + len(c.Bulletin.Body))
			batch = append(batch, c)
		}
		start, used := time.Now(), cpuTime()
		if err := ix.Apply(b.Context(), batch, batch[len(batch)-1].Seq); err != nil {
			b.Fatal(err)
		}
		busy, cpu = busy+time.Since(start), cpu+cpuTime()-used
	}
	start, used := time.Now(), cpuTime()
	if err := ix.Compact(b.Context()); err != nil {
		b.Fatal(err)
	}
	b.Logf("compacted in %v wall, %v CPU", time.Since(start), cpuTime()-used)
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.Logf("indexed %d MB of text in %v wall, %v CPU; heap %d MB", text>>20, busy, cpu, m.HeapAlloc>>20)
}

// BenchmarkIndex measures indexing and the size of the index beside the
// stored bulletins.
func BenchmarkIndex(b *testing.B) {
	g, err := generator()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		dir := b.TempDir()
		ix, err := Open(dir, Options{})
		if err != nil {
			b.Fatal(err)
		}
		var text, stored int64
		var busy, cpu time.Duration
		for from := 0; from < *benchCount; from += *benchBatch {
			var batch []bulletin.Change
			for i := from; i < min(*benchCount, from+*benchBatch); i++ {
				c := g.Change(i)
				text += int64(len(c.Bulletin.Title) + len(c.Bulletin.Body))
				d, err := encodeDocument(index.Document{Bulletin: *c.Bulletin, Group: c.Group})
				if err != nil {
					b.Fatal(err)
				}
				stored += int64(len(d))
				batch = append(batch, c)
			}
			start, used := time.Now(), cpuTime()
			if err := ix.Apply(b.Context(), batch, batch[len(batch)-1].Seq); err != nil {
				b.Fatal(err)
			}
			busy, cpu = busy+time.Since(start), cpu+cpuTime()-used
		}
		start, used := time.Now(), cpuTime()
		if err := ix.Compact(b.Context()); err != nil {
			b.Fatal(err)
		}
		compacted := cpuTime() - used
		b.ReportMetric(float64(*benchCount)/(busy+time.Since(start)).Seconds(), "bulletins/s-compacted")
		b.ReportMetric(float64(compacted.Microseconds())/float64(*benchCount), "compact-cpu-µs/bulletin")
		for range 2 { // opening removes what merges left behind
			if err := ix.Close(); err != nil {
				b.Fatal(err)
			}
			if ix, err = Open(dir, Options{}); err != nil {
				b.Fatal(err)
			}
		}
		size := dirSize(b, dir)
		if err := ix.Close(); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(*benchCount)/busy.Seconds(), "bulletins/s")
		b.ReportMetric(float64(cpu.Microseconds())/float64(*benchCount), "cpu-µs/bulletin")
		b.ReportMetric(float64(size-stored)/float64(text), "index/text")
		b.ReportMetric(float64(stored)/float64(text), "stored/text")
	}
}

func dirSize(b *testing.B, dir string) int64 {
	b.Helper()
	var n int64
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			n += info.Size()
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return n
}

// BenchmarkOpen measures the start over an index that exists, until it is open
// and until the first faceted search is answered.
func BenchmarkOpen(b *testing.B) {
	if *benchDir == "" {
		b.Skip("needs -benchdir with the index that BenchmarkSearch leaves there")
	}
	dir := filepath.Join(*benchDir, fmt.Sprintf("bantin-%d", *benchCount))
	first := index.Query{Root: index.Word{Text: "hoi"}, Facets: shown, Values: 20, Size: 10}
	for b.Loop() {
		start, used := time.Now(), cpuTime()
		ix, err := Open(dir, Options{})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(time.Since(start).Milliseconds()), "open-wall-ms")
		if _, err := ix.Search(b.Context(), first); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(time.Since(start).Milliseconds()), "answered-wall-ms")
		b.ReportMetric(float64((cpuTime() - used).Milliseconds()), "answered-cpu-ms")
		b.StopTimer()
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		b.ReportMetric(float64(m.HeapAlloc>>20), "heap-MB")
		if err := ix.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}

// BenchmarkSuggest measures completion, letter by letter.
func BenchmarkSuggest(b *testing.B) {
	ix := benchIndex(b, *benchCount)
	for _, typed := range []string{"t", "tu", "tuyen q", "giao ban", "hoi nghi giao b", "12-ct", "nghi quyet 7", "uy ban m"} {
		b.Run(typed, func(b *testing.B) {
			var wall, cpu []time.Duration
			for b.Loop() {
				start, used := time.Now(), cpuTime()
				if _, err := ix.Suggest(b.Context(), typed, 10); err != nil {
					b.Fatal(err)
				}
				wall, cpu = append(wall, time.Since(start)), append(cpu, cpuTime()-used)
			}
			report(b, wall, cpu)
		})
	}
}

// BenchmarkSimilar measures what a bulletin's page asks for beside it.
func BenchmarkSimilar(b *testing.B) {
	g, err := generator()
	if err != nil {
		b.Fatal(err)
	}
	ix := benchIndex(b, *benchCount)
	r := rand.New(rand.NewPCG(5, 6))
	n := ix.count(b)
	var wall, cpu []time.Duration
	for b.Loop() {
		id := g.Change(r.IntN(n)).ID
		start, used := time.Now(), cpuTime()
		if _, err := ix.Similar(b.Context(), id, 5); err != nil {
			b.Fatal(err)
		}
		wall, cpu = append(wall, time.Since(start)), append(cpu, cpuTime()-used)
	}
	report(b, wall, cpu)
}
