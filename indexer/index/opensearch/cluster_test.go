package opensearch

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/indexer/index/opensearch/opensearchtest"
)

// TestNodeLost kills the manager of three nodes while others search and write:
// no search fails or counts wrong, no batch that was acknowledged is lost.
func TestNodeLost(t *testing.T) {
	nodes := opensearchtest.Start(t, 3)
	c, err := NewClient(Config{Addresses: nodes.Addresses})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	ix, err := Open(t.Context(), c, "bulletins", Options{Shards: 3, Replicas: 1, Limits: index.Limits{Time: 1 << 36}})
	if err != nil {
		t.Fatal(err)
	}
	const bulletins, rounds = 300, 30
	batch := func(round int) []bulletin.Change {
		var out []bulletin.Change
		for i := range bulletins {
			c := one(fmt.Sprintf("b%03d", i), fmt.Sprintf("giao ban số %d", round), "mặt trận")
			c.Seq = int64(round*bulletins + i + 1)
			out = append(out, c)
		}
		return out
	}
	apply(t, ix, 1, batch(0)...)
	stop := make(chan struct{})
	var searches atomic.Int64
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				res, err := ix.Search(t.Context(), index.Query{Root: index.Word{Text: "mat"}, Size: 10, Facets: index.Shown()})
				if searches.Add(1); err != nil || res.Total != bulletins || len(res.Hits) != 10 {
					t.Errorf("a search found %d, %d hits: %v", res.Total, len(res.Hits), err)
					return
				}
			}
		})
	}
	for round := 1; round <= rounds; round++ {
		if round == rounds/3 {
			nodes.Kill(nodes.Manager())
		}
		apply(t, ix, int64(round+1), batch(round)...)
	}
	close(stop)
	wg.Wait()
	t.Logf("%d searches", searches.Load())
	seen := 0
	err = ix.Each(t.Context(), index.Query{}, func(d index.Document) error {
		if seen++; d.Title != fmt.Sprintf("giao ban số %d", rounds) {
			t.Errorf("%s is of another batch: %s", d.ID, d.Title)
		}
		return nil
	})
	if p := must(ix.Position(t.Context())); err != nil || seen != bulletins || p != rounds+1 {
		t.Errorf("%d bulletins at position %d: %v", seen, p, err)
	}
	killed := slices.ContainsFunc(nodes.Addresses, func(a string) bool {
		alone, err := NewClient(Config{Addresses: []string{a}, Pause: func(context.Context, int) error { return fmt.Errorf("no second attempt") }})
		if err != nil {
			t.Fatal(err)
		}
		defer alone.Close()
		return alone.Do(t.Context(), http.MethodGet, "/", nil, nil) != nil
	})
	if !killed {
		t.Error("no node was killed")
	}
}
