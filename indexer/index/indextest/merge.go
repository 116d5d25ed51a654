package indextest

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"bantin/bulletin"
	"bantin/indexer/index"
)

// Merges writes many small batches of inserts, updates and deletions, as a
// crawl does, so that the engine merges what it wrote before, and at the end
// all of it: totals, facets, phrases, order and scores are those of the oracle
// all the while. segments tells how many parts the index has, to prove that
// there were merges.
func Merges(t *testing.T, open Open, segments func(index.Index) int) {
	const batches, rounds = 160, 4
	w := index.DefaultWeights
	r := random{rand.New(rand.NewPCG(11, 7))}
	ix, o := open(t, w, index.Limits{}), newOracle(w)
	queries := make([]index.Query, 15)
	for i := range queries {
		queries[i] = r.query()
	}
	for i := range batches {
		changes := make([]bulletin.Change, 1+r.IntN(4))
		for k := range changes {
			changes[k] = r.change(150)
		}
		apply(t, ix, int64(i+1), changes...)
		o.apply(changes)
		if i%(batches/rounds) == batches/rounds-1 {
			agreeAll(t, fmt.Sprintf("after %d batches", i+1), ix, o, queries)
		}
	}
	before := segments(ix)
	if before > batches/4 { // a segment holds what one batch wrote, or several merged
		t.Errorf("%d batches are %d segments: hardly any were merged", batches, before)
	}
	if err := ix.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	if after := segments(ix); after > before {
		t.Errorf("%d segments, compacted %d", before, after)
	}
	agreeAll(t, "compacted", ix, o, queries)
	last := []bulletin.Change{r.change(150), r.change(150), r.change(150)}
	apply(t, ix, batches+1, last...)
	o.apply(last)
	agreeAll(t, "after one more batch", ix, o, queries)
}

func agreeAll(t *testing.T, name string, ix index.Index, o *oracle, queries []index.Query) {
	t.Helper()
	for i, q := range queries {
		agree(t, fmt.Sprintf("%s: query %d", name, i), ix, o, q)
	}
}
