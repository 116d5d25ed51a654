package opensearch

import (
	"context"
	"encoding/json"
	"fmt"

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
			if err := f(h.Source.Doc.document()); err != nil {
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
	err := ix.composite(ctx, ix.view.Load(), all(filters(q)), []index.Field{row, column}, func(key []string, n int) {
		out[[2]string{key[0], key[1]}] = n
	})
	return out, err
}

// composite calls f with every combination of values of the fields among what
// matches and how many have it.
func (ix *Index) composite(ctx context.Context, v *view, matching m, fields []index.Field, f func(key []string, n int)) error {
	var sources []m
	for i, field := range fields {
		sources = append(sources, m{fmt.Sprint(i): m{"terms": m{"field": string(field)}}})
	}
	counting := m{"size": valuesAtOnce, "sources": sources}
	for {
		replies, err := ix.ask(ctx, v, []m{{
			"size": 0, "track_total_hits": false, "query": matching,
			"aggs": m{"all": m{"composite": counting}},
		}})
		if err != nil {
			return err
		}
		var got struct {
			Last    m `json:"after_key"`
			Buckets []struct {
				Key   map[string]string
				Count int `json:"doc_count"`
			}
		}
		if err := json.Unmarshal(replies[0].Aggregations["all"], &got); err != nil {
			return err
		}
		for _, b := range got.Buckets {
			key := make([]string, len(fields))
			for i := range fields {
				key[i] = b.Key[fmt.Sprint(i)]
			}
			f(key, b.Count)
		}
		if got.Last == nil {
			return nil
		}
		counting["after"] = got.Last
	}
}

// Similar implements index.Index.
func (ix *Index) Similar(ctx context.Context, id string, n int) ([]index.Hit, error) {
	d, err := ix.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	v := ix.view.Load()
	known, err := ix.lengths(ctx, v)
	if err != nil {
		return nil, err
	}
	alike, err := index.Alike(d, known.live, func(words []string) ([]int, error) {
		return ix.holders(ctx, v, words, true, index.Body)
	})
	if err != nil || alike == nil {
		return nil, err
	}
	res, err := ix.Search(ctx, index.Query{Root: alike, Size: n})
	return res.Hits, err
}

// holders counts the documents that have each word in a field.
func (ix *Index) holders(ctx context.Context, v *view, words []string, accented bool, where index.TextField) ([]int, error) {
	queries := make([]m, len(words))
	for i, w := range words {
		queries[i] = term(wordColumn(accented, where), w)
	}
	return ix.count(ctx, v, queries)
}
