package opensearch

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"bantin/bulletin"
	"bantin/indexer/index"
)

// TestPointInTimeLost: when the point in time is gone, this process opens another one
// under a generation of its own, so that it sees one state until the next batch.
func TestPointInTimeLost(t *testing.T) {
	ix := open(t, connect(t), Options{Shards: 3})
	apply(t, ix, 1, one("a", "một", ""), one("b", "hai", ""))
	for _, p := range ix.published {
		ix.closePIT(t.Context(), p.pit)
	}
	first, generation := ix.view.Load(), ix.Generation()
	if n := total(t, ix, nil); n != 2 || !first.lost.Load() {
		t.Errorf("%d without the point in time; noticed: %v", n, first.lost.Load())
	}
	own := ix.view.Load()
	if own == first || own.pit == "" || own.version != first.version || ix.Generation() == generation {
		t.Errorf("no other point in time: version %d, generation changed: %v", own.version, ix.Generation() != generation)
	}
	items, err := ix.items([]bulletin.Change{one("c", "ba", "")}, 2)
	if err == nil {
		err = errors.Join(ix.client.write(t.Context(), items), ix.refreshShards(t.Context()))
	}
	if n := total(t, ix, nil); err != nil || n != 2 {
		t.Errorf("%d before the batch is published, %v", n, err)
	}
	apply(t, ix, 2, one("c", "ba", ""))
	if v := ix.view.Load(); total(t, ix, nil) != 3 || v == own || v.lost.Load() {
		t.Error("the next batch has no point in time")
	}
}

// TestNeverInPart: no request lets the cluster answer without a part of the
// index, and every search ends in time.
func TestNeverInPart(t *testing.T) {
	c, r := record(t)
	ix := open(t, c, Options{Shards: 3})
	apply(t, ix, 1, one("a", "giao ban", "mặt trận"), one("b", "giao ban", "mặt trận"))
	q := index.Query{Root: index.Word{Text: "mat"}, Size: 3, Facets: index.Fields()}
	_, err := ix.Search(t.Context(), q)
	err = errors.Join(err, ix.Each(t.Context(), q, func(index.Document) error { return nil }))
	_, cross := ix.Cross(t.Context(), q, index.Org, index.Year)
	_, similar := ix.Similar(t.Context(), "a", 3)
	_, suggest := ix.Suggest(t.Context(), "giao", 3)
	_, correct := ix.Near(t.Context(), index.Word{Text: "giaoo"}, 1, false, 1)
	if err := errors.Join(err, cross, similar, suggest, correct); err != nil {
		t.Fatal(err)
	}
	searches, timed := 0, 0
	for _, req := range r.noted() {
		switch {
		case strings.HasSuffix(req.path, "/_msearch"):
			for i, line := range strings.Split(strings.TrimSpace(req.body), "\n") {
				if i%2 == 0 && !strings.Contains(line, `"allow_partial_search_results":false`) {
					t.Errorf("a search that may be answered in part: %s", line)
				}
				searches++
				if strings.Contains(line, `"timeout":"`) {
					timed++
				}
			}
		case strings.Contains(req.path, "/point_in_time"):
			if req.method == http.MethodPost && !strings.Contains(req.path, "allow_partial_pit_creation=false") {
				t.Errorf("a point in time of a part: %s", req.path)
			}
		case strings.Contains(req.path, "_search"):
			t.Errorf("a search of another kind: %s", req.path)
		}
	}
	if searches < 8 || timed < 3 {
		t.Errorf("%d lines of searches, %d with a time", searches, timed)
	}
}
