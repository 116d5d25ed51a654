package bleveindex

import (
	"errors"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"bantin/indexer/index"
	"bantin/indexer/index/indextest"
)

// shown are the facets that a search page shows.
var shown = []index.Field{index.Province, index.Quarter, index.Org, index.Kind, index.Source, index.Year, index.Cites}

// BenchmarkSearch measures each class: the median and the 99th percentile, in
// CPU and wall time, of a faceted query that is asked for the first time; the
// median and the mean of others asked for the first time without facets; and the
// means of the former asked again without facets and with them.
func BenchmarkSearch(b *testing.B) {
	ix := benchIndex(b, *benchCount)
	classes := prepare(b, ix)
	timed(b, ix, index.Query{Facets: shown, Size: 1}) // waits for the columns
	var all timing
	for _, c := range classes {
		b.Run(c.name, func(b *testing.B) {
			var t timing
			for next := c.queries; b.Loop(); next = next[2:] {
				if len(next) == 0 {
					b.Fatalf("only %d pairs of queries were made: use -benchtime %dx", pairsAsked, pairsAsked)
				}
				t.ask(b, ix, next[0], next[1])
			}
			t.report(b)
			all.add(t)
		})
	}
	if len(all.cpu) > 0 {
		b.Run("all", func(b *testing.B) {
			for b.Loop() {
			}
			all.report(b)
		})
	}
}

// pairsAsked is how many pairs of queries of each class are made.
const pairsAsked = 400

type prepared struct {
	name    string
	queries []index.Query
}

// prepare makes all queries beforehand and lets go of the prose, which would
// have the collector of garbage walk through a memory that no search uses.
func prepare(b *testing.B, ix *Index) []prepared {
	b.Helper()
	g, err := indextest.NewGenerator(filepath.Join("..", "..", ".."), *benchCorpus)
	if err != nil {
		b.Fatal(err)
	}
	a := asked{g, ix.count(b), rand.New(rand.NewPCG(1, 2))}
	var out []prepared
	for _, c := range a.classes() {
		p := prepared{name: c.name}
		for range 2 * pairsAsked {
			p.queries = append(p.queries, c.ask())
		}
		out = append(out, p)
	}
	return out
}

// timing are the times of one class of query.
type timing struct {
	wall, cpu, plain           []time.Duration // asked for the first time, plain without facets
	againPlain, againWithFacet time.Duration   // CPU of all that were asked again
}

func (t *timing) ask(b *testing.B, ix *Index, q, other index.Query) {
	q.Size, other.Size = 10, 10
	t.plain = append(t.plain, timed(b, ix, other))
	faceted := q
	faceted.Facets, faceted.Values = shown, 20
	start := time.Now()
	t.cpu = append(t.cpu, timed(b, ix, faceted))
	t.wall = append(t.wall, time.Since(start))
	t.againPlain += timed(b, ix, q)
	t.againWithFacet += timed(b, ix, faceted)
}

func (t *timing) add(other timing) {
	t.wall, t.cpu, t.plain = append(t.wall, other.wall...), append(t.cpu, other.cpu...), append(t.plain, other.plain...)
	t.againPlain, t.againWithFacet = t.againPlain+other.againPlain, t.againWithFacet+other.againWithFacet
}

func (t *timing) report(b *testing.B) {
	b.Helper()
	report(b, t.wall, t.cpu)
	slices.Sort(t.plain)
	n := len(t.plain)
	b.ReportMetric(float64(t.plain[(n-1)/2].Microseconds()), "p50-plain-cpu-µs")
	b.ReportMetric(float64(sum(t.plain).Microseconds())/float64(n), "mean-plain-cpu-µs")
	b.ReportMetric(float64(t.againPlain.Microseconds())/float64(n), "again-plain-µs")
	b.ReportMetric(float64(t.againWithFacet.Microseconds())/float64(n), "again-faceted-µs")
}

// timed answers a query and returns the CPU time it took.
func timed(b *testing.B, ix *Index, q index.Query) time.Duration {
	b.Helper()
	used := cpuTime()
	var limit *index.LimitError // of a prefix that is too short
	if _, err := ix.Search(b.Context(), q); err != nil && !errors.As(err, &limit) {
		b.Fatal(err)
	}
	return cpuTime() - used
}

func report(b *testing.B, wall, cpu []time.Duration) {
	b.Helper()
	slices.Sort(wall)
	slices.Sort(cpu)
	at := func(d []time.Duration, p int) float64 { return float64(d[(len(d)-1)*p/100].Microseconds()) }
	b.ReportMetric(at(wall, 50), "p50-wall-µs")
	b.ReportMetric(at(wall, 99), "p99-wall-µs")
	b.ReportMetric(at(cpu, 50), "p50-cpu-µs")
	b.ReportMetric(at(cpu, 99), "p99-cpu-µs")
	// Where the clock of the processor is coarse, the mean still tells.
	b.ReportMetric(float64(sum(cpu).Microseconds())/float64(len(cpu)), "mean-cpu-µs")
	b.ReportMetric(0, "ns/op")
}
