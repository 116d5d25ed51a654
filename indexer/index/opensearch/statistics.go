package opensearch

import (
	"context"
	"encoding/json"
	"sync"

	"bantin/indexer/index"
)

// length is what is known of a length field.
type length struct {
	docs  int // that have it
	total float64
}

func (l length) average() float64 { return l.total / float64(max(1, l.docs)) }

// lengths are those of all fields.
type lengths struct {
	live   int // documents
	of     map[string]length
	newest *float64 // publication, nil when no document has one
}

// What a view keeps, and what is asked at once.
const (
	mostKnown    = 100_000
	countsAtOnce = 500
)

// statistics keeps what a view was asked before: a view never changes.
type statistics struct {
	mu      sync.Mutex
	lengths *lengths
	counts  map[string]int // by query
}

func (s *statistics) count(query string) (n int, known bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, known = s.counts[query]
	return n, known
}

func (s *statistics) add(query string, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.counts == nil || len(s.counts) >= mostKnown {
		s.counts = map[string]int{}
	}
	s.counts[query] = n
}

// count counts the documents of each query, deleted ones left out.
func (ix *Index) count(ctx context.Context, v *view, queries []m) ([]int, error) {
	out := make([]int, len(queries))
	var bodies []m
	var ask []int // the places in queries of what is not known
	texts := make([]string, len(queries))
	for i, q := range queries {
		text, err := json.Marshal(q)
		if err != nil {
			return nil, err
		}
		texts[i] = string(text)
		var known bool
		if out[i], known = v.statistics.count(texts[i]); !known {
			bodies, ask = append(bodies, m{"size": 0, "track_total_hits": true, "query": q}), append(ask, i)
		}
	}
	for len(bodies) > 0 {
		n := min(len(bodies), countsAtOnce)
		replies, err := ix.ask(ctx, v, bodies[:n])
		if err != nil {
			return nil, err
		}
		for k, i := range ask[:n] {
			out[i] = replies[k].total()
			v.statistics.add(texts[i], out[i])
		}
		bodies, ask = bodies[n:], ask[n:]
	}
	return out, nil
}

// termQuery finds the documents of a term, or of two words in a row.
func termQuery(t index.ScoredTerm) m {
	tokens, _ := columns(t.Stream, t.Field)
	if bigram(t) {
		return inARow(tokens, t.Text)
	}
	return term(tokens, wiredToken(t.Text))
}

func bigram(t index.ScoredTerm) bool {
	return t.Stream == index.Bigrams || t.Stream == index.FoldBigrams
}

// frequencies counts the documents of each term.
func (ix *Index) frequencies(ctx context.Context, v *view, terms []index.ScoredTerm) ([]int, error) {
	queries := make([]m, len(terms))
	for i, t := range terms {
		queries[i] = termQuery(t)
	}
	return ix.count(ctx, v, queries)
}

// lengths asks for the lengths of the fields. All shards score by the same
// numbers, so how documents are spread does not show.
func (ix *Index) lengths(ctx context.Context, v *view) (*lengths, error) {
	v.statistics.mu.Lock()
	known := v.statistics.lengths
	v.statistics.mu.Unlock()
	if known != nil {
		return known, nil
	}
	aggs := m{"newest": m{"max": m{"field": dateField}}}
	for _, f := range fieldNames {
		for _, l := range lengthNames {
			aggs[f+"_"+l] = m{"stats": m{"field": f + "_" + l}}
		}
	}
	replies, err := ix.ask(ctx, v, []m{{"size": 0, "track_total_hits": true, "aggs": aggs}})
	if err != nil {
		return nil, err
	}
	out, err := readLengths(replies[0])
	if err == nil {
		v.statistics.mu.Lock()
		v.statistics.lengths = out
		v.statistics.mu.Unlock()
	}
	return out, err
}

func readLengths(r reply) (*lengths, error) {
	out := &lengths{live: r.total(), of: map[string]length{}}
	for name, raw := range r.Aggregations {
		var a struct {
			Count int
			Sum   float64
			Value *float64
		}
		if err := json.Unmarshal(raw, &a); err != nil {
			return nil, err
		}
		if name == "newest" {
			out.newest = a.Value
			continue
		}
		out.of[name] = length{a.Count, a.Sum}
	}
	return out, nil
}
