package bleveindex

import (
	"path/filepath"
	"testing"

	"bantin/bulletin"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

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

// TestCompact wants fewer segments and the same answers.
func TestCompact(t *testing.T) {
	g, err := generator()
	if err != nil {
		t.Fatal(err)
	}
	ix, err := Open(filepath.Join(t.TempDir(), "index"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	for i := 0; i < 60 && (i < 9 || len(ix.view.segments) <= fewSegments); i++ {
		if err := ix.Apply(t.Context(), []bulletin.Change{g.Change(2 * i), g.Change(2*i + 1)}, int64(i+1)); err != nil {
			t.Fatal(err)
		}
	}
	q := index.Query{Root: index.Word{Text: "hoi"}, Size: 100, Facets: index.Fields()}
	before, err := ix.Search(t.Context(), q)
	if err != nil || before.Total == 0 || len(ix.view.segments) <= fewSegments {
		t.Fatalf("%d found in %d segments, %v", before.Total, len(ix.view.segments), err)
	}
	segments := len(ix.view.segments)
	if err := ix.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	after, err := ix.Search(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	// The view may lag behind where bleve itself has merged in between.
	if _, others, err := ix.sizes(); err != nil || 1+len(others) >= segments {
		t.Errorf("%d segments after compaction, %d before, %v", 1+len(others), segments, err)
	}
	before.Took, after.Took = 0, 0
	if d := cmp.Diff(before, after, cmpopts.EquateApprox(0, 1e-9)); d != "" {
		t.Error(d)
	}
}
