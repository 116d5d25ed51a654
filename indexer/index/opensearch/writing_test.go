package opensearch

import (
	"errors"
	"fmt"
	"net/http"
	"testing"

	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/indexer/nodes"
)

// TestVersions: an older change that comes late, from whichever writer, does not
// overwrite a newer one nor bring back what is gone.
func TestVersions(t *testing.T) {
	c := connect(t)
	ix := open(t, c, Options{})
	other, err := Open(t.Context(), c, ix.name, Options{})
	if err != nil {
		t.Fatal(err)
	}
	late := one("a", "cũ", "")
	late.Seq = 5
	for _, step := range []struct {
		ix    *Index
		seq   int64
		title string // empty for a deletion
		want  string // title afterwards, empty for none
	}{
		{ix, 7, "mới", "mới"},
		{other, 5, "cũ", "mới"},
		{other, 7, "mới lại", "mới lại"},
		{ix, 9, "", ""},
		{other, 8, "muộn", ""},
		{other, 9, "", ""},
		{ix, 10, "sau", "sau"},
	} {
		change := bulletin.Change{ID: "a", Seq: step.seq}
		if step.title != "" {
			change.Bulletin = &bulletin.Bulletin{ID: "a", Title: step.title}
		}
		apply(t, step.ix, step.seq, change)
		d, err := step.ix.Get(t.Context(), "a")
		if step.want == "" && !errors.Is(err, index.ErrNotFound) || step.want != d.Title {
			t.Errorf("after %d: %q, %v; want %q", step.seq, d.Title, err, step.want)
		}
	}
}

// TestOthersWrite: what another process wrote shows after Refresh, and changes
// the generation.
func TestOthersWrite(t *testing.T) {
	c := connect(t)
	writer := open(t, c, Options{Shards: 3})
	apply(t, writer, 1, one("a", "một", ""))
	reader, err := Open(t.Context(), c, writer.name, Options{})
	if err != nil {
		t.Fatal(err)
	}
	before := reader.Generation()
	apply(t, writer, 2, one("b", "hai", ""))
	if n := total(t, reader, nil); n != 1 || reader.Generation() != before {
		t.Errorf("%d before it looked", n)
	}
	for _, want := range []bool{true, false} { // the second time there is nothing new
		before := reader.Generation()
		if err := reader.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n, p := total(t, reader, nil), must(reader.Position(t.Context())); n != 2 || p != 2 || (reader.Generation() != before) != want {
			t.Errorf("%d at position %d, generation changed: %v", n, p, reader.Generation() != before)
		}
	}
}

// TestRemoved: an index that was removed is not made again by a late write, and
// says so.
func TestRemoved(t *testing.T) {
	ix := open(t, connect(t), Options{})
	apply(t, ix, 1, one("a", "một", ""))
	if err := ix.Drop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := ix.Apply(t.Context(), []bulletin.Change{one("b", "hai", "")}, 2); err == nil {
		t.Error("an index that is gone was written to")
	}
	for _, name := range []string{ix.name, ix.name + stateSuffix, ix.name + writeSuffix} {
		if err := ix.client.Do(t.Context(), http.MethodHead, "/"+name, nil, nil); !nodes.HasCode(err, http.StatusNotFound) {
			t.Errorf("%s is there: %v", name, err)
		}
	}
}

// TestManyBatches: a writer leaves no more points in time open than a node keeps.
func TestManyBatches(t *testing.T) {
	ix := open(t, connect(t), Options{Shards: 3})
	const batches = 110 // of three shards: more than the 300 that a node keeps
	for i := range batches {
		apply(t, ix, int64(i+1), one("a", fmt.Sprint("lần ", i), ""))
	}
	if len(ix.published) > mostOpen {
		t.Errorf("%d are open", len(ix.published))
	}
	if v := ix.view.Load(); total(t, ix, nil) != 1 || v.lost.Load() {
		t.Error("the last one cannot be searched")
	}
}

// TestCompact: an index in use is left to the cluster.
func TestCompact(t *testing.T) {
	c, r := record(t)
	ix := open(t, c, Options{})
	r.noted()
	err := ix.Compact(t.Context())
	if asked := r.noted(); err != nil || len(asked) > 0 {
		t.Errorf("%v, %v", asked, err)
	}
}
