package opensearch

import (
	"context"

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
	out := clauses(plan, st)
	if len(out) == 0 {
		return nil, nil
	}
	if w := ix.weights; w.Fresh > 0 && w.HalfLife > 0 && st.lengths.newest != nil {
		out = append(out, m{"script_score": m{
			"query": m{"exists": m{"field": dateField}},
			"script": m{"source": ofDate, "params": m{
				"f": w.Fresh, "n": *st.lengths.newest, "h": w.HalfLife.Seconds(),
			}},
		}})
	}
	return out, nil
}

// weighed is what the formula of the scores needs.
type weighed struct {
	lengths *lengths
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
func clauses(s *index.Scoring, st weighed) []m {
	if s.Term != nil {
		return termClause(*s.Term, st)
	}
	var sum []m
	for _, c := range s.Children {
		one := clauses(c, st)
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

func termClause(t index.ScoredTerm, st weighed) []m {
	df := st.df[t]
	if df == 0 {
		return nil
	}
	_, length := columns(t.Stream, t.Field)
	of := st.lengths.of[length]
	c := index.DefaultBM25.Constants(t.Weight, of.docs, df, of.average())
	script := ofTerm
	if bigram(t) {
		script = ofBigram
	}
	return []m{{"script_score": m{
		"query":  termQuery(t),
		"script": m{"source": script, "params": m{"w": c.Weight, "k": c.K, "l": c.PerLength, "f": length}},
	}}}
}
