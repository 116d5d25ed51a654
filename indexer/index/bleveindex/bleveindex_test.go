package bleveindex

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

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

// TestCompactionStops ends compactions at many moments, before they begin and
// after they are done included: each time everything is found, also by who opens
// the index again, and the last one is done whole.
func TestCompactionStops(t *testing.T) {
	g, err := generator()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "index")
	ix, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { ix.Close() }()
	q := index.Query{Root: index.Word{Text: "hoi"}, Size: 1000, Facets: index.Fields()}
	const rounds = 8
	cut, n := 0, 0
	for i := range rounds {
		for range 5 { // segments
			var batch []bulletin.Change
			for range 8 {
				batch = append(batch, g.Change(n))
				n++
			}
			if err := ix.Apply(t.Context(), batch, int64(n)); err != nil {
				t.Fatal(err)
			}
		}
		before, err := ix.Search(t.Context(), q)
		if err != nil || before.Total == 0 {
			t.Fatal(before.Total, err)
		}
		ctx, stop := context.WithCancel(t.Context())
		if i == 0 {
			stop()
		} else {
			time.AfterFunc(20*time.Microsecond<<(2*i), stop)
		}
		if err := ix.Compact(ctx); errors.Is(err, context.Canceled) {
			cut++
		} else if err != nil {
			t.Fatal(err)
		}
		stop()
		for _, again := range []bool{false, true} {
			if again {
				if err := ix.Close(); err != nil {
					t.Fatal(err)
				}
				if ix, err = Open(path, Options{}); err != nil {
					t.Fatal(err)
				}
			}
			after, err := ix.Search(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			before.Took, after.Took = 0, 0
			if d := cmp.Diff(before, after, cmpopts.EquateApprox(0, 1e-9)); d != "" {
				t.Errorf("stop %d, opened again %v: %s", i, again, d)
			}
		}
	}
	if err := ix.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, others, err := ix.sizes(); err != nil || len(others) >= fewSegments+1 {
		t.Errorf("%d segments after all, %v", 1+len(others), err)
	}
	t.Logf("%d compactions cut short of %d", cut, rounds)
	if cut == 0 {
		t.Error("none was cut short")
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
	q := index.Query{Root: index.Word{Text: "hoi"}, Size: 100, Facets: index.Fields()}
	var before index.Result
	for i := 0; i < 200 && (i < 9 || len(ix.view.segments) <= fewSegments); i++ { // bleve merges meanwhile
		if err := ix.Apply(t.Context(), []bulletin.Change{g.Change(2 * i), g.Change(2*i + 1)}, int64(i+1)); err != nil {
			t.Fatal(err)
		}
		if before, err = ix.Search(t.Context(), q); err != nil {
			t.Fatal(err)
		}
	}
	if before.Total == 0 || len(ix.view.segments) <= fewSegments {
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
