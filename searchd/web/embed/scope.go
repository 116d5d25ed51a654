package embed

import (
	"context"

	"bantin/indexer/index"
	"bantin/searchd/web/answer"
)

// Bounds of what is remembered for as long as the index answers the same.
const (
	maxScopes  = 64   // sets of filters
	maxAnswers = 1000 // of at most some kilobytes
)

// scopeCounts are how many bulletins each value leads to within a set of
// filters: an embedded box asks under the same filters all day.
type scopeCounts map[index.Field]map[string]int

// scope returns the counts within the filters of p.
func (s *Box) scope(ctx context.Context, p answer.Params) (scopeCounts, error) {
	p.Text, p.After, p.Lang, p.Sort, p.Size = "", "", "", index.Relevance, answer.DefaultSize
	key, generation := p.Address(""), s.Index.Generation()
	if known, ok := s.scopes.Get(key, generation); ok {
		return known, nil
	}
	_, q := answer.Compile(p)
	q.Size, q.Facets = 0, []index.Field{index.Province, index.Org, index.Cites}
	res, err := s.Index.Search(ctx, q)
	if err != nil {
		return nil, answer.SearchProblem(err, "after")
	}
	counts := scopeCounts{}
	for f, values := range res.Facets {
		counts[f] = answer.CountsOf(values)
	}
	s.scopes.Put(key, generation, counts, maxScopes)
	return counts, nil
}
