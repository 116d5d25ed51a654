package bleveindex

import (
	"testing"

	"bantin/indexer/index"
	"bantin/indexer/index/indextest"
)

func TestConformanceMemory(t *testing.T) {
	indextest.Run(t, func(t *testing.T, w index.Weights, l index.Limits) index.Index {
		ix, err := OpenMemory(Options{Weights: &w, Limits: l})
		return opened(t, ix, err)
	})
}

func TestConformanceDisk(t *testing.T) {
	indextest.Run(t, func(t *testing.T, w index.Weights, l index.Limits) index.Index {
		ix, err := Open(t.TempDir(), Options{Weights: &w, Limits: l})
		return opened(t, ix, err)
	})
}

func opened(t *testing.T, ix *Index, err error) *Index {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := ix.Close(); err != nil {
			t.Error(err)
		}
	})
	return ix
}

func TestCloseTwice(t *testing.T) {
	ix, err := OpenMemory(Options{})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := ix.Close(); err != nil {
			t.Error(err)
		}
	}
}
