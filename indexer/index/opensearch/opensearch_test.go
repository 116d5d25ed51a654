package opensearch

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"sync/atomic"
	"testing"

	"bantin/indexer/index"
	"bantin/indexer/index/indextest"
	"bantin/indexer/index/opensearch/opensearchtest"
)

func TestMain(m *testing.M) { os.Exit(opensearchtest.Run(m)) }

// TestConformance runs the suite over three shards.
func TestConformance(t *testing.T) {
	c := connect(t)
	indextest.Run(t, func(t *testing.T, w index.Weights, l index.Limits) index.Index {
		return open(t, c, Options{Weights: &w, Limits: l, Shards: 3})
	}, indextest.ExpansionLimit)
}

func connect(t *testing.T) *Client {
	t.Helper()
	c, err := NewClient(Config{Addresses: []string{opensearchtest.Address(t)}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

var serial atomic.Int64

// open makes an index that ends with the test.
func open(t *testing.T, c *Client, o Options) *Index {
	t.Helper()
	ix, err := Open(t.Context(), c, fmt.Sprintf("test-%d-%d", os.Getpid(), serial.Add(1)), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := ix.Drop(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	})
	return ix
}

// TestMerges: answers stay right while OpenSearch merges segments.
func TestMerges(t *testing.T) {
	c := connect(t)
	indextest.Merges(t, func(t *testing.T, w index.Weights, l index.Limits) index.Index {
		return open(t, c, Options{Weights: &w, Limits: l})
	}, func(ix index.Index) int {
		var got []struct{ Segment string }
		if err := c.Do(t.Context(), http.MethodGet, "/_cat/segments/"+ix.(*Index).name+"?format=json&h=segment", nil, &got); err != nil {
			t.Fatal(err)
		}
		return len(got)
	})
}
