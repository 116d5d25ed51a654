package opensearch

import (
	"context"
	"encoding/json"
	"strings"
	"sync"
	"sync/atomic"

	"bantin/analyzers/vi"
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
	lengths atomic.Pointer[lengths]
	counts  sync.Map // by query
	known   atomic.Int64
}

// count counts the documents of each query, deleted ones left out.
func (ix *Index) count(ctx context.Context, v *view, queries []m) ([]int, error) {
	known := &v.statistics
	out, texts := make([]int, len(queries)), make([]string, len(queries))
	var bodies []m
	var ask []int // the places in queries of what is not known
	for i, q := range queries {
		text, err := json.Marshal(q)
		if err != nil {
			return nil, err
		}
		texts[i] = string(text)
		if n, ok := known.counts.Load(texts[i]); ok {
			out[i] = n.(int)
		} else {
			bodies, ask = append(bodies, m{"size": 0, "track_total_hits": true, "query": q}), append(ask, i)
		}
	}
	if known.known.Add(int64(len(ask))) > mostKnown {
		known.counts.Clear()
		known.known.Store(0)
	}
	for len(bodies) > 0 {
		n := min(len(bodies), countsAtOnce)
		replies, err := ix.ask(ctx, v, bodies[:n])
		if err != nil {
			return nil, err
		}
		for k, i := range ask[:n] {
			out[i] = replies[k].total()
			known.counts.Store(texts[i], out[i])
		}
		bodies, ask = bodies[n:], ask[n:]
	}
	return out, nil
}

// termQuery finds the documents of a term, or of two words in a row.
func termQuery(t index.ScoredTerm) m {
	tokens, _ := columns(t.Stream, t.Field)
	if bigram(t) {
		return pair(tokens, t.Text)
	}
	return term(tokens, wiredToken(t.Text))
}

// pair finds two words in a row, printed or parts of what an abbreviation stands
// for. Its score is that of two words each time.
func pair(field, words string) m {
	a, b, _ := strings.Cut(words, " ")
	ways := []m{inARow(field, words)}
	switch first, second := vi.IsPart(a), vi.IsPart(b); {
	case first && second:
		ways = append(ways, inARow(field, partMark+a+" "+partMark+b))
	case first:
		ways = append(ways, inARow(field, partMark+a+" "+b))
	case second:
		ways = append(ways, inARow(field, a+" "+partMark+b))
	}
	return anyOf(ways, 1)
}

func bigram(t index.ScoredTerm) bool {
	return t.Stream == index.Bigrams || t.Stream == index.FoldBigrams
}

// lengths asks for the lengths of the fields. All shards score by the same
// numbers, so how documents are spread does not show.
func (ix *Index) lengths(ctx context.Context, v *view) (*lengths, error) {
	if known := v.statistics.lengths.Load(); known != nil {
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
		v.statistics.lengths.Store(out)
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
