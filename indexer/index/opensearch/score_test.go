package opensearch

import (
	"math"
	"testing"
	"time"

	"bantin/indexer/index"
)

// TestBigramFrequency: the frequency of a phrase counts once for each of its
// words, and whole numbers reach a script as integers.
func TestBigramFrequency(t *testing.T) {
	w := index.Weights{Title: 1, Bigram: 1, Fresh: 1, HalfLife: 4 * time.Second}
	ix := open(t, connect(t), Options{Weights: &w, Shards: 3})
	a, b := one("a", "", "mặt trận và mặt trận"), one("b", "", "mặt trận")
	a.Bulletin.Published = time.Unix(1_600_000_000, 0)
	b.Bulletin.Published = a.Bulletin.Published.Add(-6 * time.Second)
	apply(t, ix, 1, a, b)
	res, err := ix.Search(t.Context(), index.Query{Size: 2, Root: index.And{index.Word{Text: "mặt", Accented: true}, index.Word{Text: "trận", Accented: true}}})
	if err != nil || len(res.Hits) != 2 {
		t.Fatalf("%v, %v", res.Hits, err)
	}
	bm := index.DefaultBM25
	for i, tf := range []float64{2, 1} {
		length, age := []float64{4, 1}[i], []float64{0, 6}[i]
		want := bm.IDF(2, 2)*bm.TF(tf, length, 2.5) + math.Exp2(-age/4)
		if got := res.Hits[i].Score; math.Abs(got-want) > 1e-6 {
			t.Errorf("hit %d scores %g, want %g", i, got, want)
		}
	}
}
