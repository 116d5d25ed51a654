package opensearch

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/indexer/nodes"
)

// reply is the answer to one search.
type reply struct {
	Status   int
	Error    json.RawMessage
	TimedOut bool `json:"timed_out"`
	Hits     struct {
		Total struct{ Value int }
		Hits  []found
	}
	Aggregations json.RawMessage
}

type found struct {
	Source struct{ Doc bulletin.Change } `json:"_source"`
	Sort   []any
	Named  []string `json:"matched_queries"`
}

// document is what was found, empty when nothing of it is stored.
func (f found) document() (d index.Document) {
	if f.Source.Doc.Bulletin != nil {
		d = index.DocumentOf(f.Source.Doc)
	}
	return d
}

// errTimedOut is what a search that took too long ended with.
var errTimedOut = fmt.Errorf("OpenSearch ran out of time: %w", context.DeadlineExceeded)

// ask sends searches of a view in one request. They look at its point in time;
// when that cannot be used any more, at the index as it is. A part of an answer
// is never taken for the whole.
func (ix *Index) ask(ctx context.Context, v *view, bodies []m) ([]reply, error) {
	if deadline, ok := ctx.Deadline(); ok { // in whole seconds: another text is not in the cache
		for _, b := range bodies {
			b["timeout"] = fmt.Sprintf("%ds", 1+max(0, int(time.Until(deadline).Seconds())))
		}
	}
	if v.pit != "" && !v.lost.Load() {
		out, err := ix.askAt(ctx, v.pit, bodies)
		if err == nil || ctx.Err() != nil || !pitLost(err) {
			return out, err
		}
		if v.lost.CompareAndSwap(false, true) {
			ix.reopen(ctx, v)
		}
	}
	return ix.askAt(ctx, "", bodies)
}

// pitLost tells whether a search failed for its point in time: it has expired,
// or a machine that had a part of it is gone, or its index.
func pitLost(err error) bool {
	return nodes.HasCode(err, http.StatusNotFound, http.StatusInternalServerError, http.StatusServiceUnavailable)
}

// aggregate reads into out what is counted of the matches of a query. Without hits
// every shard answers from its cache until it changes.
func (ix *Index) aggregate(ctx context.Context, v *view, matching, aggs m, out any) error {
	replies, err := ix.ask(ctx, v, []m{{"size": 0, "track_total_hits": false, "query": matching, "aggs": aggs}})
	if err != nil {
		return err
	}
	return json.Unmarshal(replies[0].Aggregations, out)
}

// bucket is one value, query or combination of values and how many have it.
type bucket[K any] struct {
	Key   K
	Count int `json:"doc_count"`
}

// holding counts what matches a query and each of the others, deleted documents
// left out.
func (ix *Index) holding(ctx context.Context, v *view, matching m, queries []m) ([]int, error) {
	var got struct {
		Each struct{ Buckets []bucket[string] }
	}
	err := ix.aggregate(ctx, v, matching, m{"each": m{"filters": m{"filters": queries}}}, &got)
	if err == nil && len(got.Each.Buckets) != len(queries) {
		err = fmt.Errorf("%d queries were counted as %d", len(queries), len(got.Each.Buckets))
	}
	out := make([]int, len(got.Each.Buckets))
	for i, b := range got.Each.Buckets {
		out[i] = b.Count
	}
	return out, err
}

// askAt sends searches at a point in time, or of the index when it is empty.
func (ix *Index) askAt(ctx context.Context, pit string, bodies []m) ([]reply, error) {
	head := m{"allow_partial_search_results": false}
	if pit == "" {
		head["index"] = ix.name
	}
	var all []any
	for _, b := range bodies {
		delete(b, "pit")
		if pit != "" {
			b["pit"] = m{"id": pit, "keep_alive": keepAlive}
		}
		all = append(all, head, b)
	}
	text, err := nodes.Lines(all...)
	if err != nil {
		return nil, err
	}
	var got struct{ Responses []reply }
	err = ix.client.Send(ctx, http.MethodPost, "/_msearch", func() []byte { return text }, func(answer []byte) error {
		got.Responses = nil
		if err := json.Unmarshal(answer, &got); err != nil {
			return err
		}
		if len(got.Responses) != len(bodies) {
			return fmt.Errorf("%d searches were answered by %d", len(bodies), len(got.Responses))
		}
		for _, r := range got.Responses {
			if err := r.failure(); err != nil {
				return err
			}
		}
		return nil
	})
	return got.Responses, err
}

func (r reply) failure() error {
	switch {
	case r.TimedOut || r.Error != nil && strings.Contains(string(r.Error), "Time exceeded"):
		return errTimedOut
	case r.Error != nil:
		return &nodes.StatusError{Code: r.Status, Detail: string(r.Error)}
	}
	return nil
}
