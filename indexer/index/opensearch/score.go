package opensearch

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync/atomic"

	"bantin/analyzers/vi"
	"bantin/cache"
	"bantin/indexer/index"
)

// The scripts turn a frequency, which is what the similarity gives, into textbook
// BM25. Their text is the same for all terms of a field, so they are compiled
// once. Numbers are cast: a float that is whole arrives as an integer.
const (
	ofTerm   = "double tf = _score; return (double) params.w * tf / (tf + (double) params.k + (double) params.l * doc[params.f].value)"
	ofBigram = "double tf = _score / 2.0; return (double) params.w * tf / (tf + (double) params.k + (double) params.l * doc[params.f].value)" // the frequency of a phrase counts once for each word
	ofDate   = "return (double) params.f * Math.pow(2.0, -((double) params.n - doc['published'].value) / (double) params.h)"
)

// scoring returns the optional clauses whose scores add up to that of root, none
// when it scores nothing in any document.
func (ix *Index) scoring(ctx context.Context, v *view, root index.Node) ([]m, error) {
	plan := ix.weights.Scoring(root)
	if plan == nil {
		return nil, nil
	}
	terms := termsOf(plan, nil)
	queries := make([]m, len(terms))
	for i, t := range terms {
		queries[i] = termQuery(t)
	}
	dfs, err := ix.count(ctx, v, queries)
	if err != nil {
		return nil, err
	}
	st := weighed{df: map[index.ScoredTerm]int{}}
	for i, t := range terms {
		st.df[t] = dfs[i]
	}
	if st.lengths, err = ix.lengths(ctx, v); err != nil {
		return nil, err
	}
	out := st.clauses(plan)
	if w, newest := ix.weights, st.lengths[dateField].Newest; len(out) > 0 && w.Fresh > 0 && w.HalfLife > 0 && newest != nil {
		out = append(out, scored(m{"exists": m{"field": dateField}}, ofDate, m{"f": w.Fresh, "n": *newest, "h": w.HalfLife.Seconds()}))
	}
	return out, nil
}

// scored finds what a query does and scores it by a script.
func scored(query m, script string, params m) m {
	return m{"script_score": m{"query": query, "script": m{"source": script, "params": params}}}
}

// weighed is what the formula of the scores needs.
type weighed struct {
	lengths lengths
	df      map[index.ScoredTerm]int
}

// termsOf are the terms of a plan.
func termsOf(s *index.Scoring, sofar []index.ScoredTerm) []index.ScoredTerm {
	if s.Term != nil {
		return append(sofar, *s.Term)
	}
	for _, c := range s.Children {
		sofar = termsOf(c, sofar)
	}
	return sofar
}

// clauses are the queries whose scores add up to that of s; terms that no
// document has are left out.
func (st weighed) clauses(s *index.Scoring) []m {
	if s.Term != nil {
		return st.clause(*s.Term)
	}
	var sum []m
	for _, c := range s.Children {
		one := st.clauses(c)
		if s.Best && len(one) > 1 {
			one = []m{{"bool": m{"should": one}}}
		}
		sum = append(sum, one...)
	}
	if s.Best && len(sum) > 0 {
		sum = []m{{"dis_max": m{"queries": sum, "tie_breaker": 0}}}
	}
	if s.Guard == nil || len(sum) == 0 && s.Constant == 0 {
		return sum
	}
	guard := match(s.Guard)
	if s.Constant > 0 {
		sum = append(sum, m{"constant_score": m{"filter": guard, "boost": s.Constant}})
	}
	return []m{{"bool": m{"filter": []m{guard}, "should": sum}}}
}

func (st weighed) clause(t index.ScoredTerm) []m {
	df := st.df[t]
	if df == 0 {
		return nil
	}
	_, length := columns(t.Stream, t.Field)
	of, script := st.lengths[length], ofTerm
	if bigram(t) {
		script = ofBigram
	}
	c := index.DefaultBM25.Constants(t.Weight, of.Docs, df, of.average())
	return []m{scored(termQuery(t), script, m{"w": c.Weight, "k": c.K, "l": c.PerLength, "f": length})}
}

// What a view keeps, and what is asked at once.
const (
	mostKnown    = 100_000
	countsAtOnce = 500
)

// statistics keeps what a view was asked before: a view never changes.
type statistics struct {
	lengths atomic.Pointer[lengths]
	counts  cache.Of[string, int] // by query
}

// count counts the documents of each query.
func (ix *Index) count(ctx context.Context, v *view, queries []m) ([]int, error) {
	known := &v.statistics
	out, texts := make([]int, len(queries)), make([]string, len(queries))
	var ask []int // the places in queries of what is not known
	for i, q := range queries {
		text, err := json.Marshal(q)
		if err != nil {
			return nil, err
		}
		texts[i] = string(text)
		if n, ok := known.counts.Get(texts[i], 0); ok {
			out[i] = n
		} else {
			ask = append(ask, i)
		}
	}
	for some := range slices.Chunk(ask, countsAtOnce) {
		bodies := make([]m, len(some))
		for k, i := range some {
			bodies[k] = queries[i]
		}
		counts, err := ix.holding(ctx, v, everything, bodies)
		if err != nil {
			return nil, err
		}
		for k, i := range some {
			out[i] = counts[k]
			known.counts.Put(texts[i], 0, out[i], mostKnown)
		}
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

// measured is what is known of a field of numbers.
type measured struct {
	Docs   int      `json:"count"` // that have it
	Sum    float64  // of the numbers
	Newest *float64 `json:"max"` // the highest, nil when no document has it
}

func (f measured) average() float64 { return f.Sum / float64(max(1, f.Docs)) }

// lengths are those of all fields, and the dates.
type lengths map[string]measured

// lengths asks for the lengths of the fields. All shards score by the same
// numbers, so how documents are spread does not show.
func (ix *Index) lengths(ctx context.Context, v *view) (lengths, error) {
	if known := v.statistics.lengths.Load(); known != nil {
		return *known, nil
	}
	aggs := m{dateField: m{"stats": m{"field": dateField}}}
	for _, f := range fieldNames {
		for _, l := range lengthNames {
			aggs[f+l] = m{"stats": m{"field": f + l}}
		}
	}
	var out lengths
	err := ix.aggregate(ctx, v, everything, aggs, &out)
	if err == nil {
		v.statistics.lengths.Store(&out)
	}
	return out, err
}
