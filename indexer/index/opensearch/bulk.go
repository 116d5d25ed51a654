package opensearch

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"golang.org/x/sync/errgroup"

	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/indexer/nodes"
)

// What one bulk request holds, and how many are under way at once.
const (
	bulkBytes = 4 << 20
	bulkItems = 500
	bulkLanes = 2
)

// item is one line or two of a bulk request.
type item struct {
	id   string
	text []byte
}

// items writes the last change of each bulletin. The change's own position is
// its version, so that an older one never overwrites it, whoever sends it;
// changes without one take that of the batch.
func (ix *Index) items(changes []bulletin.Change, position int64) ([]item, error) {
	latest, err := index.Latest(changes)
	if err != nil {
		return nil, err
	}
	var out []item
	for _, c := range latest {
		version := cmp.Or(c.Seq, position)
		action, doc := "delete", []any(nil)
		if c.Bulletin != nil {
			action, doc = "index", []any{source(c)}
		}
		head := m{action: m{"_index": ix.name + writeSuffix, "_id": c.ID, "version": version, "version_type": "external_gte"}}
		text, err := nodes.Lines(append([]any{head}, doc...)...)
		if err != nil {
			return nil, fmt.Errorf("bulletin %s: %w", c.ID, err)
		}
		out = append(out, item{c.ID, text})
	}
	return out, nil
}

// write sends the items, several requests at once.
func (c *Client) write(ctx context.Context, items []item) error {
	lanes, ctx := errgroup.WithContext(ctx)
	lanes.SetLimit(bulkLanes)
	for len(items) > 0 && ctx.Err() == nil {
		n, size := 0, 0
		for n < len(items) && n < bulkItems && (n == 0 || size+len(items[n].text) <= bulkBytes) {
			size += len(items[n].text)
			n++
		}
		some := items[:n]
		items = items[n:]
		lanes.Go(func() error { return c.bulk(ctx, some) })
	}
	ended := ctx.Err()
	return cmp.Or(lanes.Wait(), ended)
}

// bulk sends one request, and again those of its items that the cluster had no
// room for.
func (c *Client) bulk(ctx context.Context, items []item) error {
	body := func() (out []byte) {
		for _, i := range items {
			out = append(out, i.text...)
		}
		return out
	}
	const path = "/_bulk?require_alias=true&filter_path=items.*.status,items.*.error"
	return c.Send(ctx, http.MethodPost, path, body, func(answer []byte) error {
		left, err := refused(items, answer)
		if err == nil && len(left) > 0 {
			items = left
			err = &nodes.StatusError{Code: http.StatusTooManyRequests, Detail: fmt.Sprintf("no room for %d bulletins, %s among them", len(items), items[0].id)}
		}
		return err
	})
}

// refused reads the answer to a bulk request: the items to send again. A newer
// version that is there already is no error, nor is a deletion of nothing.
func refused(items []item, answer []byte) ([]item, error) {
	var got struct {
		Items []map[string]struct {
			Status int
			Error  json.RawMessage
		}
	}
	if err := json.Unmarshal(answer, &got); err != nil {
		return nil, err
	}
	if len(got.Items) != len(items) {
		return nil, fmt.Errorf("a bulk request of %d items was answered for %d", len(items), len(got.Items))
	}
	var again []item
	for i, outcome := range got.Items {
		for _, r := range outcome {
			switch {
			case r.Status < http.StatusMultipleChoices, r.Status == http.StatusConflict:
			case r.Status == http.StatusNotFound && r.Error == nil:
			case r.Status == http.StatusTooManyRequests, r.Status == http.StatusServiceUnavailable:
				again = append(again, items[i])
			default:
				return nil, fmt.Errorf("bulletin %s: %w", items[i].id, &nodes.StatusError{Code: r.Status, Detail: string(r.Error)})
			}
		}
	}
	return again, nil
}
