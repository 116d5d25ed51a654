package indextest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"bantin/bulletin"
	"bantin/indexer/index"
)

func testLimits(t *testing.T, open Open) {
	l := index.Limits{Clauses: 20, Nesting: 4, Values: 3, Phrase: 4, Page: 10, Depth: 25}
	ix := open(t, index.DefaultWeights, l)
	var changes []bulletin.Change
	for i := range 60 {
		changes = append(changes, one(fmt.Sprintf("l%02d", i), "giao ban", fmt.Sprintf("mặt trận x%c%c", 'a'+i%26, 'a'+i/26)))
	}
	apply(t, ix, 1, changes...)
	deep := index.Node(accented("mặt")[0])
	for range 5 {
		deep = index.Not{Child: deep}
	}
	for _, c := range []struct {
		limit string
		q     index.Query
	}{
		{"clauses", index.Query{Root: index.Or{Children: slices.Repeat([]index.Node{accented("mặt")[0]}, 30)}}},
		{"nesting", index.Query{Root: deep}},
		{"values", index.Query{Filters: map[index.Field][]string{index.Year: {"1", "2"}, index.Org: {"3", "4"}}}},
		{"phrase", index.Query{Root: index.Phrase{Words: accented("mặt trận mặt trận mặt")}}},
		{"page", index.Query{Size: 11}},
	} {
		_, err := ix.Search(t.Context(), c.q)
		var limit *index.LimitError
		if !errors.As(err, &limit) || limit.Limit != c.limit || err.Error() == "" {
			t.Errorf("%s: %v", c.limit, err)
		}
	}
	q, shown := index.Query{Size: 10}, 0
	var err error
	for err == nil && shown <= 60 {
		var res index.Result
		res, err = ix.Search(t.Context(), q)
		shown += len(res.Hits)
		q.After = res.Next
	}
	var limit *index.LimitError
	if !errors.As(err, &limit) || limit.Limit != "depth" || shown != 20 {
		t.Errorf("paging showed %d and ended with %v", shown, err)
	}
	for _, after := range []string{"x", "AQ", index.Cursor{Sort: index.Oldest, ID: "l01"}.String()} {
		if _, err := ix.Search(t.Context(), index.Query{Size: 5, After: after}); !errors.Is(err, index.ErrCursor) {
			t.Errorf("cursor %q: %v", after, err)
		}
	}
}

func testCancel(t *testing.T, open Open) {
	ix := open(t, index.DefaultWeights, index.Limits{})
	apply(t, ix, 1, one("a", "giao ban", "mặt trận"))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	q := index.Query{Root: accented("mặt")[0], Size: 5, Facets: index.Fields()}
	if _, err := ix.Search(ctx, q); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled search: %v", err)
	}
	if err := ix.Each(ctx, q, func(index.Document) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled walk: %v", err)
	}
	stop := errors.New("stop")
	if err := ix.Each(t.Context(), q, func(index.Document) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("a walk that is stopped: %v", err)
	}
	short := open(t, index.DefaultWeights, index.Limits{Time: time.Nanosecond})
	var limit *index.LimitError
	if _, err := short.Search(t.Context(), q); !errors.As(err, &limit) || limit.Limit != "time" {
		t.Errorf("a search out of time: %v", err)
	}
}

// testConcurrent searches while batches come: each batch keeps the total of
// the words at ten, so a search that sees a part of one shows it.
func testConcurrent(t *testing.T, open Open) {
	ix := open(t, index.DefaultWeights, index.Limits{})
	batch := func(round int) []bulletin.Change {
		var out []bulletin.Change
		for i := range 20 {
			c := one(fmt.Sprintf("c%02d", i), "giao ban", vocabulary[(i+round)%2]+" trận")
			c.Bulletin.Kind = kinds[(i+round)%2]
			out = append(out, c)
		}
		return out
	}
	apply(t, ix, 1, batch(0)...)
	done := make(chan struct{})
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				res, err := ix.Search(t.Context(), index.Query{Root: key(index.Word{Text: vocabulary[0], Accented: true}), Facets: []index.Field{index.Kind}, Size: 3})
				if err != nil || res.Total != 10 || res.Facets[index.Kind][0].Count != 10 || len(res.Hits) != 3 {
					t.Errorf("a search saw %d, %v: %v", res.Total, res.Facets, err)
					return
				}
			}
		})
	}
	for round := 1; round < 30; round++ {
		apply(t, ix, int64(round+1), batch(round)...)
	}
	close(done)
	wg.Wait()
}
