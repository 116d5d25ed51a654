package bleveindex

import (
	"testing"

	"bantin/indexer/index"
	"bantin/indexer/index/indextest"
)

// TestMerges needs a directory: an index in memory is never merged.
func TestMerges(t *testing.T) {
	indextest.Merges(t, func(t *testing.T, w index.Weights, l index.Limits) index.Index {
		ix, err := Open(t.TempDir(), Options{Weights: &w, Limits: l})
		return opened(t, ix, err)
	}, func(ix index.Index) int {
		v, err := ix.(*Index).acquire()
		if err != nil {
			t.Fatal(err)
		}
		n := len(v.segments)
		if err := v.release(); err != nil {
			t.Fatal(err)
		}
		return n
	})
}
