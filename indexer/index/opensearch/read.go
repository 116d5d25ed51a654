package opensearch

import (
	"context"
	"strconv"

	"bantin/indexer/index"
)

// How many documents, or combinations of values, are read at once.
const (
	documentsAtOnce = 500
	valuesAtOnce    = 5000
)

// Each implements index.Index. It reads at a point in time of its own, which
// lives as long as it is read.
func (ix *Index) Each(ctx context.Context, q index.Query, f func(index.Document) error) error {
	q.Size, q.After = 0, ""
	if err := ix.limits.Check(q); err != nil {
		return err
	}
	pit, err := ix.openPIT(ctx)
	if err != nil {
		return err
	}
	defer ix.closePIT(context.WithoutCancel(ctx), pit)
	body, _, err := ix.list(ctx, ix.view.Load(), q)
	if err != nil {
		return err
	}
	body["size"], body["_source"], body["track_total_hits"] = documentsAtOnce, []string{docField}, false
	for {
		replies, err := ix.askAt(ctx, pit, []m{body})
		if err != nil {
			return err
		}
		hits := replies[0].Hits.Hits
		for _, h := range hits {
			if err := f(h.document()); err != nil {
				return err
			}
		}
		if len(hits) < documentsAtOnce {
			return ctx.Err()
		}
		body["search_after"] = hits[len(hits)-1].Sort
	}
}

// Cross implements index.Index.
func (ix *Index) Cross(ctx context.Context, q index.Query, row, column index.Field) (map[[2]string]int, error) {
	out := map[[2]string]int{}
	q.Size, q.After = 0, ""
	if err := ix.limits.Check(q); err != nil {
		return nil, err
	}
	pairs, err := ix.combinations(ctx, ix.view.Load(), all(filters(q)), row, column)
	for _, p := range pairs {
		out[[2]string{p.Key["0"], p.Key["1"]}] = p.Count
	}
	return out, err
}

// combinations counts every combination of values of the fields, by their
// number, among what matches.
func (ix *Index) combinations(ctx context.Context, v *view, matching m, fields ...index.Field) (out []bucket[map[string]string], err error) {
	var sources []m
	for i, f := range fields {
		sources = append(sources, m{strconv.Itoa(i): m{"terms": m{"field": f}}})
	}
	counting := m{"size": valuesAtOnce, "sources": sources}
	for {
		var got struct {
			All struct {
				Last    m `json:"after_key"`
				Buckets []bucket[map[string]string]
			}
		}
		if err := ix.aggregate(ctx, v, matching, m{"all": m{"composite": counting}}, &got); err != nil {
			return nil, err
		}
		out = append(out, got.All.Buckets...)
		if got.All.Last == nil {
			return out, nil
		}
		counting["after"] = got.All.Last
	}
}

// Similar implements index.Index.
func (ix *Index) Similar(ctx context.Context, id string, n int) ([]index.Hit, error) {
	return index.Alike(ctx, ix, id, n)
}
