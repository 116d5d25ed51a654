package web

import (
	"context"
	"sync"

	"bantin/indexer/index"
)

// maxScopes bounds the sets of filters whose counts are remembered.
const maxScopes = 64

// scopeCache remembers how many bulletins each value leads to within a set of
// filters: an embedded box asks under the same filters all day. The zero
// value is ready.
type scopeCache struct {
	mu         sync.Mutex
	generation uint64
	sets       map[string]scopeCounts
}

type scopeCounts map[index.Field]map[string]int

// counts returns the counts within the filters of p.
func (sc *scopeCache) counts(ctx context.Context, ix index.Index, p params) (scopeCounts, error) {
	p.Text, p.After, p.Lang, p.Sort, p.Size = "", "", "", index.Relevance, defaultSize
	key, generation := p.address(""), ix.Generation()
	if known := sc.get(key, generation); known != nil {
		return known, nil
	}
	_, q, err := compile(p)
	if err != nil {
		return nil, err
	}
	q.Size, q.Facets = 0, []index.Field{index.Province, index.Org, index.Cites}
	res, err := ix.Search(ctx, q)
	if err != nil {
		return nil, searchProblem(err)
	}
	counts := scopeCounts{}
	for f, values := range res.Facets {
		counts[f] = make(map[string]int, len(values))
		for _, v := range values {
			counts[f][v.Value] = v.Count
		}
	}
	sc.put(key, generation, counts)
	return counts, nil
}

func (sc *scopeCache) get(key string, generation uint64) scopeCounts {
	sc.mu.Lock()
	defer sc.mu.Unlock()
	if sc.generation != generation {
		return nil
	}
	return sc.sets[key]
}

func (sc *scopeCache) put(key string, generation uint64, counts scopeCounts) {
	sc.mu.Lock()
	defer sc.mu.Unlock()
	if sc.generation != generation || len(sc.sets) >= maxScopes {
		sc.generation, sc.sets = generation, map[string]scopeCounts{}
	}
	if sc.sets == nil {
		sc.sets = map[string]scopeCounts{}
	}
	sc.sets[key] = counts
}
