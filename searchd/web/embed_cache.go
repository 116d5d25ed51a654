package web

import (
	"context"
	"sync"

	"bantin/indexer/index"
)

// Bounds of what is remembered for as long as the index answers the same.
const (
	maxScopes  = 64   // sets of filters
	maxAnswers = 1000 // of at most some kilobytes
)

// remembered keeps values until the generation changes or there are too many
// of them. The zero value is ready.
type remembered[T any] struct {
	mu         sync.Mutex
	generation uint64
	values     map[string]T
}

func (r *remembered[T]) get(key string, generation uint64) (T, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	v, ok := r.values[key]
	return v, ok && r.generation == generation
}

func (r *remembered[T]) put(key string, generation uint64, v T, most int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.values == nil || r.generation != generation || len(r.values) >= most {
		r.generation, r.values = generation, map[string]T{}
	}
	r.values[key] = v
}

// scopeCounts are how many bulletins each value leads to within a set of
// filters: an embedded box asks under the same filters all day.
type scopeCounts map[index.Field]map[string]int

// scope returns the counts within the filters of p.
func (s *server) scope(ctx context.Context, p params) (scopeCounts, error) {
	p.Text, p.After, p.Lang, p.Sort, p.Size = "", "", "", index.Relevance, defaultSize
	key, generation := p.address(""), s.Index.Generation()
	if known, ok := s.scopes.get(key, generation); ok {
		return known, nil
	}
	_, q, err := compile(p)
	if err != nil {
		return nil, err
	}
	q.Size, q.Facets = 0, []index.Field{index.Province, index.Org, index.Cites}
	res, err := s.Index.Search(ctx, q)
	if err != nil {
		return nil, searchProblem(err, "after")
	}
	counts := scopeCounts{}
	for f, values := range res.Facets {
		counts[f] = make(map[string]int, len(values))
		for _, v := range values {
			counts[f][v.Value] = v.Count
		}
	}
	s.scopes.put(key, generation, counts, maxScopes)
	return counts, nil
}
