package opensearch

import (
	"context"
	"encoding/json"
	"maps"
	"sync"

	"bantin/indexer/index"
)

// posting names the documents of a term, or of two words in a row.
type posting struct {
	field, text string
	bigram      bool
}

func postingOf(t index.ScoredTerm) posting {
	tokens, _ := columns(t.Stream, t.Field)
	if t.Stream == index.Bigrams || t.Stream == index.FoldBigrams {
		return posting{tokens, t.Text, true}
	}
	return posting{tokens, wiredToken(t.Text), false}
}

func (p posting) query() m {
	if p.bigram {
		return inARow(p.field, p.text)
	}
	return term(p.field, p.text)
}

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

// weighed is what the formula of the scores needs.
type weighed struct {
	lengths *lengths
	df      map[posting]int // documents without the deleted ones
}

// mostKnown is how many frequencies a view keeps.
const mostKnown = 100_000

// statistics keeps what a view was asked before.
type statistics struct {
	mu      sync.Mutex
	lengths *lengths
	df      map[posting]int
}

// known returns what is known and the postings that are not.
func (s *statistics) known(ps []posting) (weighed, []posting) {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := weighed{s.lengths, map[posting]int{}}
	var ask []posting
	for _, p := range ps {
		if _, twice := out.df[p]; twice {
			continue
		}
		df, ok := s.df[p]
		if out.df[p] = df; !ok {
			ask = append(ask, p)
		}
	}
	return out, ask
}

func (s *statistics) add(w weighed) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.lengths = w.lengths; s.df == nil || len(s.df)+len(w.df) > mostKnown {
		s.df = map[posting]int{}
	}
	maps.Copy(s.df, w.df)
}

// weigh asks for the frequencies of postings and the lengths of the fields. All
// shards score with the same numbers, so how documents are spread does not show.
func (ix *Index) weigh(ctx context.Context, v *view, ps []posting) (weighed, error) {
	out, ask := v.statistics.known(ps)
	var bodies []m
	for _, p := range ask {
		bodies = append(bodies, m{"size": 0, "track_total_hits": true, "query": p.query()})
	}
	if out.lengths == nil {
		bodies = append(bodies, lengthsBody())
	}
	if len(bodies) == 0 {
		return out, nil
	}
	replies, err := ix.ask(ctx, v, bodies)
	if err != nil {
		return out, err
	}
	for i, p := range ask {
		out.df[p] = replies[i].total()
	}
	if out.lengths == nil {
		if out.lengths, err = readLengths(replies[len(ask)]); err != nil {
			return out, err
		}
	}
	v.statistics.add(out)
	return out, nil
}

func lengthsBody() m {
	aggs := m{"newest": m{"max": m{"field": dateField}}}
	for _, f := range fieldNames {
		for _, l := range lengthNames {
			aggs[f+"_"+l] = m{"stats": m{"field": f + "_" + l}}
		}
	}
	return m{"size": 0, "track_total_hits": true, "aggs": aggs}
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
