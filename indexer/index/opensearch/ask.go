package opensearch

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
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
	Aggregations map[string]json.RawMessage
	Suggest      map[string][]suggested
}

func (r reply) total() int { return r.Hits.Total.Value }

type found struct {
	Source struct{ Doc stored } `json:"_source"`
	Sort   []any
	Named  []string `json:"matched_queries"`
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
	return hasCode(err, http.StatusNotFound, http.StatusInternalServerError, http.StatusServiceUnavailable)
}

// askAt sends searches at a point in time, or of the index when it is empty.
func (ix *Index) askAt(ctx context.Context, pit string, bodies []m) ([]reply, error) {
	head := m{"allow_partial_search_results": false}
	if pit == "" {
		head["index"] = ix.name
	}
	var text bytes.Buffer
	lines := json.NewEncoder(&text)
	lines.SetEscapeHTML(false)
	for _, b := range bodies {
		delete(b, "pit")
		if pit != "" {
			b["pit"] = m{"id": pit, "keep_alive": keepAlive}
		}
		if err := errors.Join(lines.Encode(head), lines.Encode(b)); err != nil {
			return nil, err
		}
	}
	var got struct{ Responses []reply }
	err := ix.client.send(ctx, http.MethodPost, "/_msearch", "application/x-ndjson", text.Bytes(), func(answer []byte) error {
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
		return newStatusError(r.Status, r.Error)
	}
	return nil
}
