package opensearch

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"bantin/indexer/index"
)

// How many values are asked for at first, and of each shard: of a facet whose most
// frequent ones are wanted, and of one that is wanted whole.
const (
	fewValues  = 100
	fewOfShard = 1000
	allValues  = 20_000
)

// suffixes of the names of aggregations beside that of a field.
const (
	ofChosen = ".chosen" // the values that are filtered by
	ofInner  = "counts"
)

// facetsBody counts the facets of q: no hits, so every shard answers it from
// its cache until it changes.
func facetsBody(q index.Query) m {
	aggs, own := m{}, map[index.Field][]string{}
	for _, f := range q.Facets {
		own[f] = q.Filters[f]
	}
	for _, f := range q.Facets {
		size, ofShard := allValues, allValues
		if q.Values > 0 {
			size, ofShard = max(fewValues, 2*q.Values), max(fewOfShard, 2*q.Values)
		}
		aggs[string(f)] = within(own, f, terms(f, m{"size": size, "shard_size": ofShard}))
		if values := q.Filters[f]; q.Values > 0 && len(values) > 0 {
			aggs[string(f)+ofChosen] = within(own, f, terms(f, m{"include": values, "size": len(values)}))
		}
	}
	return m{"size": 0, "track_total_hits": false, "query": all(filters(q, q.Facets...)), "aggs": aggs}
}

// terms counts the values of a field, the most frequent first.
func terms(f index.Field, more m) m {
	more["field"], more["order"] = string(f), []m{{"_count": "desc"}, {"_key": "asc"}}
	return m{"terms": more}
}

// within counts in what the filters on the facets leave, but that on f.
func within(facets map[index.Field][]string, f index.Field, counting m) m {
	if by := chosen(facets, f); len(by) > 0 {
		return m{"filter": all(by), "aggs": m{ofInner: counting}}
	}
	return counting
}

// counted is the answer of a terms aggregation.
type counted struct {
	counts []index.Count
	err    int // how far a count may be off, or what a value left out may have
	others int // documents in values that are left out
}

// bucket is one value, with those of the groups that were counted in it.
type bucket struct {
	Key    string
	Count  int `json:"doc_count"`
	Groups struct{ Buckets []bucket }
}

func readCounts(raw json.RawMessage) (counted, error) {
	var got struct {
		Buckets []bucket
		Error   int             `json:"doc_count_error_upper_bound"`
		Others  int             `json:"sum_other_doc_count"`
		Inner   json.RawMessage `json:"counts"`
	}
	if err := json.Unmarshal(raw, &got); err != nil {
		return counted{}, err
	}
	if got.Inner != nil {
		return readCounts(got.Inner)
	}
	out := counted{err: got.Error, others: got.Others}
	for _, b := range got.Buckets {
		out.counts = append(out.counts, index.Count{Value: b.Key, Count: b.Count})
	}
	return out, nil
}

// facets reads the answer to facetsBody. Shards that hold more values than they
// gave make counts uncertain: those are counted again.
func (ix *Index) facets(ctx context.Context, v *view, q index.Query, r reply) (map[index.Field][]index.Count, error) {
	out := map[index.Field][]index.Count{}
	for _, f := range q.Facets {
		c, err := readCounts(r.Aggregations[string(f)])
		if err == nil && (c.err > 0 || q.Values == 0 && c.others > 0) {
			c, err = ix.recount(ctx, v, q, f, c)
		}
		if err != nil {
			return nil, err
		}
		best := c.counts
		if q.Values > 0 && len(best) > q.Values {
			best = slices.Clip(best[:q.Values])
			if raw, ok := r.Aggregations[string(f)+ofChosen]; ok {
				selected, err := readCounts(raw)
				if err != nil {
					return nil, err
				}
				best = append(best, besides(selected.counts, best)...)
			}
		}
		out[f] = best
	}
	return out, nil
}

// besides are the counts that are not among others.
func besides(counts, others []index.Count) []index.Count {
	return slices.DeleteFunc(counts, func(c index.Count) bool {
		return slices.ContainsFunc(others, func(o index.Count) bool { return o.Value == c.Value })
	})
}

// recount counts the values that were found again, each exactly, and when one
// that was not found may be among the wanted ones, all values.
func (ix *Index) recount(ctx context.Context, v *view, q index.Query, f index.Field, rough counted) (counted, error) {
	matching := all(filters(q, f))
	if q.Values > 0 && len(rough.counts) > q.Values {
		values := make([]string, len(rough.counts))
		for i, c := range rough.counts {
			values[i] = c.Value
		}
		replies, err := ix.ask(ctx, v, []m{{
			"size": 0, "track_total_hits": false, "query": matching,
			"aggs": m{"again": terms(f, m{"include": values, "size": len(values), "shard_size": len(values)})},
		}})
		if err != nil {
			return rough, err
		}
		exact, err := readCounts(replies[0].Aggregations["again"])
		most := rough.counts[len(rough.counts)-1].Count + rough.err // of a value left out
		if err != nil || len(exact.counts) >= q.Values && exact.counts[q.Values-1].Count > most {
			return exact, err
		}
	}
	counts := map[string]int{}
	err := ix.composite(ctx, v, matching, []index.Field{f}, func(key []string, n int) { counts[key[0]] = n })
	var out counted
	for value, n := range counts {
		out.counts = append(out.counts, index.Count{Value: value, Count: n})
	}
	slices.SortFunc(out.counts, func(a, b index.Count) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Value, b.Value))
	})
	return out, err
}
