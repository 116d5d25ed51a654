package indextest

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/indexer/index"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// Open opens an empty index for one test, which closes it.
type Open func(t *testing.T, w index.Weights, l index.Limits) index.Index

// Run runs the whole suite but for the traits that the engine is without.
func Run(t *testing.T, open Open, without ...Trait) {
	for name, test := range map[string]func(*testing.T, Open){
		"matching": testMatching, "frequencies": testFrequencies, "groups": testGroups, "meetings": testMeetings, "updates": testUpdates,
		"limits": testLimits, "cancel": testCancel, "concurrent": testConcurrent, "suggest": testSuggest,
		"near": testNear, "frequent": testFrequent, "correct": testCorrect, "readings": testReadings, "similar": testSimilar, "phrases": testPhrases, "scanned": testScanned, "facet size": testFacetSize, "random": testRandom, "large": testLarge,
	} {
		t.Run(name, func(t *testing.T) { test(t, open) })
	}
	for trait, test := range traits {
		if !slices.Contains(without, trait) {
			t.Run(string(trait), func(t *testing.T) { test(t, open) })
		}
	}
}

// key is a word as the streams spell it.
func key(w index.Word) index.Word {
	s := vi.Analyze(w.Text)
	if w.Accented {
		w.Text = s.Syl[0].Text
	} else {
		w.Text = s.Fold[0].Text
	}
	return w
}

// weightings are tried in turn by the random test.
var weightings = []index.Weights{
	index.DefaultWeights,
	{Title: 2, Scan: 0.4, Word: 1, Fold: 0.3, Bigram: 0.5, Key: 2, Fresh: 0.7, HalfLife: index.DefaultWeights.HalfLife},
}

// testRandom compares random queries after random updates with the oracle.
func testRandom(t *testing.T, open Open) {
	for seed, w := range weightings {
		r := random{rand.New(rand.NewPCG(uint64(seed), 7))}
		ix, o := open(t, w, index.Limits{}), newOracle(w)
		for round := range 6 {
			n := []int{1, 3, 40, 150}[r.IntN(4)]
			changes := make([]bulletin.Change, n)
			for i := range changes {
				changes[i] = r.change(200)
			}
			apply(t, ix, int64(round+1), changes...)
			o.apply(changes)
			if round == 4 {
				if err := ix.Compact(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			for i := range 15 {
				q := r.query()
				name := fmt.Sprintf("seed %d round %d query %d", seed, round, i)
				agree(t, name, ix, o, q)
			}
		}
	}
}

// testLarge compares the first pages over segments of many blocks, where
// ranking leaves most of the matches out.
func testLarge(t *testing.T, open Open) {
	for seed, w := range weightings {
		r := random{rand.New(rand.NewPCG(uint64(seed), 9))}
		ix, o := open(t, w, index.Limits{}), newOracle(w)
		for round, n := range []int{4000, 300} {
			changes := make([]bulletin.Change, n)
			for i := range changes {
				changes[i] = r.change(3000)
			}
			apply(t, ix, int64(round+1), changes...)
			o.apply(changes)
		}
		for i := range 24 {
			q := r.query()
			agreeFirst(t, fmt.Sprintf("seed %d query %d", seed, i), ix, o, q)
		}
	}
}

// agreeFirst compares the first page of a result with the oracle's.
func agreeFirst(t *testing.T, name string, ix index.Index, o *oracle, q index.Query) {
	t.Helper()
	want := o.ranked(q)
	res, err := ix.Search(t.Context(), q)
	if err != nil {
		t.Fatalf("%s: %v: %#v", name, err, q)
	}
	if total := len(o.selected(q, "")); res.Total != total {
		t.Fatalf("%s: total %d, want %d: %#v", name, res.Total, total, q)
	}
	agreeFacets(t, name, res, o, q)
	if n := min(len(want), q.Size); len(res.Hits) != n {
		t.Fatalf("%s: %d hits, want %d: %#v", name, len(res.Hits), n, q)
	}
	for i, h := range res.Hits {
		if d := math.Abs(h.Score - want[i].key); h.Score > 0 && math.Abs(want[i].key) < 1e6 && d > 1e-4 {
			t.Fatalf("%s: hit %d, %s, scores %g, want %g of %s: %#v", name, i, h.ID, h.Score, want[i].key, want[i].ID, q)
		}
	}
}

func apply(t *testing.T, ix index.Index, position int64, changes ...bulletin.Change) {
	t.Helper()
	if err := ix.Apply(t.Context(), changes, position); err != nil {
		t.Fatal(err)
	}
	got, err := ix.Position(t.Context())
	if err != nil || got != position {
		t.Fatalf("position %d, %v after applying %d", got, err, position)
	}
}

// agree compares every page of a result with the oracle's.
func agree(t *testing.T, name string, ix index.Index, o *oracle, q index.Query) {
	t.Helper()
	ctx := t.Context()
	want := o.ranked(q)
	total := len(o.selected(q, ""))
	var got []index.Hit
	for page := q; ; {
		res, err := ix.Search(ctx, page)
		if err != nil {
			t.Fatalf("%s: %v: %#v", name, err, q)
		}
		if res.Total != total {
			t.Fatalf("%s: total %d, want %d: %#v", name, res.Total, total, q)
		}
		if page.After == "" {
			agreeFacets(t, name, res, o, q)
		}
		got = append(got, res.Hits...)
		if page.After = res.Next; page.After == "" {
			break
		}
		if len(res.Hits) != q.Size {
			t.Fatalf("%s: a page of %d hits before the end, want %d", name, len(res.Hits), q.Size)
		}
	}
	agreeHits(t, name, o, got, want, q)
	agreeEach(ctx, t, name, ix, o, q)
}

func agreeFacets(t *testing.T, name string, res index.Result, o *oracle, q index.Query) {
	t.Helper()
	if len(res.Facets) != len(q.Facets) {
		t.Fatalf("%s: %d facets for %q", name, len(res.Facets), q.Facets)
	}
	for _, f := range q.Facets {
		if d := cmp.Diff(o.facet(q, f), res.Facets[f], cmpopts.EquateEmpty()); d != "" {
			t.Fatalf("%s: facet %s: %s: %#v", name, f, d, q)
		}
	}
}

// agreeHits wants the same bulletins in the same order; those whose scores
// are equal but for rounding may trade places.
func agreeHits(t *testing.T, name string, o *oracle, got []index.Hit, want []placed, q index.Query) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d hits in all, want %d: %#v", name, len(got), len(want), q)
	}
	byID := map[string]placed{}
	for _, p := range want {
		byID[p.ID] = p
	}
	for i, h := range got {
		w, p := want[i], byID[h.ID]
		if p.analysed == nil || math.Abs(p.key-w.key) > 1e-9 {
			t.Fatalf("%s: hit %d is %s, want %s: %#v", name, i, h.ID, w.ID, q)
		}
		if h.Score != 0 && h.Score > 0 && math.Abs(p.key) < 1e6 && math.Abs(h.Score-p.key) > 1e-4 {
			t.Fatalf("%s: %s scores %g, want %g", name, h.ID, h.Score, p.key)
		}
		if h.Duplicates != p.group {
			t.Fatalf("%s: %s has %d duplicates, want %d", name, h.ID, h.Duplicates, p.group)
		}
		if h.Sources != p.sources {
			t.Fatalf("%s: %s has %d sources, want %d", name, h.ID, h.Sources, p.sources)
		}
		if d := cmp.Diff(o.lacks(p.analysed, q.Asked), h.Lacks, cmpopts.EquateEmpty()); d != "" {
			t.Fatalf("%s: %s lacks %s", name, h.ID, d)
		}
		if d := cmp.Diff(p.Document, h.Document, cmpopts.EquateEmpty()); d != "" {
			t.Fatalf("%s: %s: %s", name, h.ID, d)
		}
	}
}

// agreeEach compares Each and Cross.
func agreeEach(ctx context.Context, t *testing.T, name string, ix index.Index, o *oracle, q index.Query) {
	t.Helper()
	q.Expand = true
	want := o.ranked(q)
	i := 0
	err := ix.Each(ctx, q, func(d index.Document) error {
		if i >= len(want) || math.Abs(o.keyOf(q, d.ID, want)-want[i].key) > 1e-9 {
			return fmt.Errorf("%s is not number %d", d.ID, i)
		}
		i++
		return nil
	})
	if err != nil || i != len(want) {
		t.Fatalf("%s: each gave %d of %d: %v", name, i, len(want), err)
	}
	agreeBare(ctx, t, name, ix, want, q)
	totals, err := ix.Counts(ctx, append([]index.Node{nil, q.Root}, q.Asked...))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if d := cmp.Diff(o.counts(append([]index.Node{nil, q.Root}, q.Asked...)), totals); d != "" {
		t.Fatalf("%s: counts %s: %#v", name, d, q)
	}
	for _, pair := range [][2]index.Field{{index.Org, index.Year}, {index.Province, index.Quarter}} {
		counts, err := ix.Cross(ctx, q, pair[0], pair[1])
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if d := cmp.Diff(o.cross(q, pair[0], pair[1]), counts); d != "" {
			t.Fatalf("%s: cross of %v: %s", name, pair, d)
		}
	}
}

// agreeBare wants of hits that may be bare what such have.
func agreeBare(ctx context.Context, t *testing.T, name string, ix index.Index, want []placed, q index.Query) {
	t.Helper()
	q.Bare, q.Size, q.After = true, 30, ""
	res, err := ix.Search(ctx, q)
	if err != nil || len(res.Hits) != min(q.Size, len(want)) {
		t.Fatalf("%s: %d bare hits of %d: %v", name, len(res.Hits), len(want), err)
	}
	for _, h := range res.Hits {
		at := slices.IndexFunc(want, func(p placed) bool { return p.ID == h.ID })
		if at < 0 || h.Title != want[at].Title || h.Body != want[at].Body || h.Province != want[at].Province {
			t.Fatalf("%s: %s is bare of too much: %+v", name, h.ID, h)
		}
	}
}

func (o *oracle) keyOf(_ index.Query, id string, in []placed) float64 {
	for _, p := range in {
		if p.ID == id {
			return p.key
		}
	}
	return math.NaN()
}
