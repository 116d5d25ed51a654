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
	Buckets []bucket[string]
	Error   int      `json:"doc_count_error_upper_bound"` // how far a count may be off, or what a value left out may have
	Others  int      `json:"sum_other_doc_count"`         // documents in values that are left out
	Counts  *counted // in place of these, of what filters leave
}

// bare is the counting itself, whether filters stand round it or not.
func (c counted) bare() counted {
	if c.Counts != nil {
		return *c.Counts
	}
	return c
}

func (c counted) counts() []index.Count {
	var out []index.Count
	for _, b := range c.Buckets {
		out = append(out, index.Count{Value: b.Key, Count: b.Count})
	}
	return out
}

// facets reads the answer to facetsBody. Shards that hold more values than they
// gave make counts uncertain: those are counted again.
func (ix *Index) facets(ctx context.Context, v *view, q index.Query, answer json.RawMessage) (map[index.Field][]index.Count, error) {
	var got map[string]counted
	if err := json.Unmarshal(answer, &got); err != nil {
		return nil, err
	}
	out := map[index.Field][]index.Count{}
	for _, f := range q.Facets {
		c := got[string(f)].bare()
		best, err := c.counts(), error(nil)
		if c.Error > 0 || q.Values == 0 && c.Others > 0 {
			if best, err = ix.recount(ctx, v, q, f, best, c.Error); err != nil {
				return nil, err
			}
		}
		if q.Values > 0 && len(best) > q.Values {
			best = slices.Clip(best[:q.Values])
			for _, c := range got[string(f)+ofChosen].bare().counts() {
				if !slices.Contains(best, c) {
					best = append(best, c)
				}
			}
		}
		out[f] = best
	}
	return out, nil
}

// recount counts the values that were found again, each exactly, and when one
// that was not found may be among the wanted ones, all values. The rough counts are
// off by at most so much.
func (ix *Index) recount(ctx context.Context, v *view, q index.Query, f index.Field, rough []index.Count, off int) ([]index.Count, error) {
	matching := all(filters(q, f))
	if q.Values > 0 && len(rough) > q.Values {
		values := make([]string, len(rough))
		for i, c := range rough {
			values[i] = c.Value
		}
		var again struct{ Counts counted }
		err := ix.aggregate(ctx, v, matching, m{ofInner: terms(f, m{"include": values, "size": len(values), "shard_size": len(values)})}, &again)
		exact, most := again.Counts.counts(), rough[len(rough)-1].Count+off // of a value left out
		if err != nil || len(exact) >= q.Values && exact[q.Values-1].Count > most {
			return exact, err
		}
	}
	each, err := ix.combinations(ctx, v, matching, f)
	out := make([]index.Count, len(each))
	for i, b := range each {
		out[i] = index.Count{Value: b.Key["0"], Count: b.Count}
	}
	slices.SortFunc(out, func(a, b index.Count) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Value, b.Value))
	})
	return out, err
}
