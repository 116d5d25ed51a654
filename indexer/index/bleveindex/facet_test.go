package bleveindex

import (
	"fmt"
	"maps"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"

	"bantin/bulletin"
	"bantin/indexer/index"

	"github.com/google/go-cmp/cmp"
)

// fieldsOfTest are fields of every kind: so many values a document, out of so
// many, skewed.
var fieldsOfTest = map[index.Field]struct{ least, most, values int }{
	"one of few":          {1, 1, 5},
	"one or none":         {0, 1, 60},
	"some":                {1, 4, 60},
	"none to two of many": {-2, 2, 700},
	"more than numbers":   {1, 1, 4000},
	"many":                {0, 9, 300},
	"rarely one":          {-200, 1, 10},
	"none":                {0, 0, 1},
}

func listsOfTest(r *rand.Rand, n int) map[index.Field]valueList {
	out := map[index.Field]valueList{}
	for f, of := range fieldsOfTest {
		l := valueList{starts: []uint32{0}}
		for range n {
			set := map[uint32]bool{}
			for range max(0, of.least+r.IntN(of.most-of.least+1)) {
				x := r.Float64()
				set[uint32(x*x*float64(of.values))] = true
			}
			l.values = append(l.values, slices.Sorted(maps.Keys(set))...)
			l.starts = append(l.starts, uint32(len(l.values)))
		}
		l.totals = make([]valueTotal, of.values)
		for v := range l.totals {
			l.totals[v].ord = uint32(of.values - 1 - v) // not in the order of values
		}
		for _, v := range l.values {
			l.totals[v].docs++
		}
		out[f] = l
	}
	return out
}

func (l valueList) ords(doc int) []uint32 {
	var out []uint32
	for _, v := range l.of(doc) {
		out = append(out, l.totals[v].ord)
	}
	slices.Sort(out)
	return out
}

// TestFacetColumns counts fields of every kind in parts of a segment and
// compares with the lists of values they were made of.
func TestFacetColumns(t *testing.T) {
	for _, n := range []int{0, 1, 70, 5000, 20_001} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			r := rand.New(rand.NewPCG(uint64(n), 1))
			lists := listsOfTest(r, n)
			all := facetColumns{}
			var parts []*facetPart
			for f, l := range lists {
				all[f] = l.column()
				parts = append(parts, all[f].parts...)
			}
			arrange(join(parts))
			for f, l := range lists {
				for doc := range n {
					if got, want := slices.Sorted(slices.Values(all[f].appendValues(nil, uint32(doc)))), l.ords(doc); !slices.Equal(got, want) {
						t.Fatalf("%s of document %d: got %v, want %v", f, doc, got, want)
					}
				}
			}
			for _, share := range []float64{0, 0.001, 0.05, 0.3, 0.7, 1} {
				words := make([]uint64, (n+63)/64)
				for doc := range n {
					if r.Float64() < share {
						words[doc>>6] |= 1 << (doc & 63)
					}
				}
				fields := slices.Collect(maps.Keys(lists))
				checkCounts(t, lists, all, words, fields)
				checkCounts(t, lists, all, words, fields[:1])
				for _, pair := range [][2]index.Field{{"one of few", "one or none"}, {"some", "one of few"}, {"many", "rarely one"}, {"none", "one of few"}} {
					a, b := all[pair[0]], all[pair[1]]
					if d := cmp.Diff(crossEach(words, a, b), cross(words, a, b)); d != "" {
						t.Fatalf("%v: %s", pair, d)
					}
				}
			}
		})
	}
}

func checkCounts(t *testing.T, lists map[index.Field]valueList, all facetColumns, words []uint64, fields []index.Field) {
	t.Helper()
	c := counting{words: words, fields: fields}
	got, want := map[index.Field][]int{}, map[index.Field][]int{}
	for _, f := range fields {
		got[f], want[f] = make([]int, fieldsOfTest[f].values), make([]int, fieldsOfTest[f].values)
		c.n = lists[f].docs()
		for doc := range c.n {
			if words[doc>>6]>>(doc&63)&1 == 1 {
				for _, ord := range lists[f].ords(doc) {
					want[f][ord]++
				}
			}
		}
	}
	for _, w := range words {
		c.matches += bits.OnesCount64(w)
	}
	all.count(c, got)
	for _, f := range fields {
		if !slices.Equal(got[f], want[f]) {
			t.Errorf("%s in %d of %d documents: got %v, want %v", f, c.matches, c.n, got[f], want[f])
		}
	}
}

// TestCountsAreOfTheView wants the same counts on every page, and new ones after
// a change.
func TestCountsAreOfTheView(t *testing.T) {
	g, err := generator()
	if err != nil {
		t.Fatal(err)
	}
	ix, err := OpenMemory(Options{})
	ix = opened(t, ix, err)
	var changes []bulletin.Change
	for i := range 40 {
		changes = append(changes, g.Change(i))
	}
	if err := ix.Apply(t.Context(), changes, 40); err != nil {
		t.Fatal(err)
	}
	search := func(q index.Query) index.Result {
		t.Helper()
		q.Facets = index.Fields()
		res, err := ix.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		return res
	}
	first := search(index.Query{Size: 10})
	want := search(index.Query{Size: 10, Values: 1000}).Facets // which is another count
	first.Facets[index.Kind][0].Count = -1                     // the caller's own
	next := search(index.Query{Size: 10, After: first.Next})
	if d := cmp.Diff(want, next.Facets); d != "" {
		t.Error("on the second page:", d)
	}
	filtered := search(index.Query{Filters: map[index.Field][]string{index.Kind: {string(changes[0].Bulletin.Kind)}}})
	if cmp.Equal(want, filtered.Facets) {
		t.Error("a filter changes no count")
	}
	if err := ix.Apply(t.Context(), []bulletin.Change{{Seq: 41, ID: changes[0].ID}}, 41); err != nil {
		t.Fatal(err)
	}
	now, total := search(index.Query{Size: 10}), 0
	for _, c := range now.Facets[index.Kind] {
		total += c.Count
	}
	if total != 39 || now.Total != 39 {
		t.Errorf("after a deletion %d are counted of %d, want 39", total, now.Total)
	}
}
