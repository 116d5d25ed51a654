package bleveindex

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"bantin/indexer/index"

	"github.com/RoaringBitmap/roaring/v2"
)

// facetCounts are what was counted for one set of matches. They are never
// changed.
type facetCounts map[index.Field][]index.Count

func (c facetCounts) size() int {
	n := 0
	for _, values := range c {
		n += 100 + 24*len(values)
	}
	return n
}

// facets counts the asked fields, once for all pages and orders of the same
// matches.
func (s *search) facets(ctx context.Context, res *index.Result) error {
	if len(s.query.Facets) == 0 {
		return nil
	}
	k := cacheKey{field: "counts", term: fmt.Sprintf("%s %q %d", s.matchKey(), s.query.Facets, s.query.Values)}
	known, ok := s.view.answers.get(k).(facetCounts)
	if !ok {
		var err error
		if known, err = s.count(ctx); err != nil {
			return err
		}
		s.view.answers.put(k, known)
	}
	res.Facets = map[index.Field][]index.Count{}
	for f, values := range known {
		res.Facets[f] = slices.Clone(values)
	}
	return nil
}

// matchKey names the matches.
func (s *search) matchKey() string {
	q := s.query
	return fmt.Sprintf("%#v %#v %d %d %d", q.Root, q.Filters, q.From.UnixNano(), q.To.UnixNano(), s.lenient)
}

// orderKey names the matches in an order.
func (s *search) orderKey() string {
	return fmt.Sprintf("%s %s %v", s.matchKey(), s.query.Sort, s.query.Expand)
}

// count counts the asked fields; a field that is filtered is counted as if it
// were not.
func (s *search) count(ctx context.Context) (facetCounts, error) {
	counts := map[index.Field][]int{}
	values := map[index.Field][]string{}
	if err := s.ix.buildFacets(s.view); err != nil { // which numbers all values
		return nil, err
	}
	for _, f := range s.query.Facets {
		values[f] = s.ix.dicts.of(f).all()
		counts[f] = make([]int, len(values[f]))
	}
	for i, sg := range s.view.segments {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		columns, err := s.ix.facetsOf(sg)
		if err != nil {
			return nil, err
		}
		for _, c := range s.countings(i, columns) {
			columns.count(c, counts)
		}
	}
	out := facetCounts{}
	for _, f := range s.query.Facets {
		out[f] = ranked(values[f], counts[f], s.query.Values, s.query.Filters[f])
	}
	return out, nil
}

// countings parts the asked fields of segment i by the documents in which they
// are to be counted: the matches, or for a field that is filtered what matches
// without that.
func (s *search) countings(i int, columns facetColumns) []counting {
	var out []counting
	sg := s.view.segments[i]
	var rest []index.Field
	for _, f := range s.query.Facets {
		switch {
		case columns[f] == nil:
		case s.parts[i].filters[f] != nil:
			b := s.parts[i].without(f)
			out = append(out, counting{sg.words(b), sg.n, int(b.GetCardinality()), []index.Field{f}})
		default:
			rest = append(rest, f)
		}
	}
	if len(rest) > 0 {
		out = append(out, counting{s.matched(i), sg.n, int(s.matches[i].GetCardinality()), rest})
	}
	return out
}

// ranked turns counts by number into the answer: the most frequent values, at
// most n of them unless n is 0, and those that are selected.
func ranked(values []string, counts []int, n int, selected []string) []index.Count {
	order := func(a, b int) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), strings.Compare(values[a], values[b]))
	}
	var best []int // in order when they are n
	for o, count := range counts {
		switch {
		case count == 0:
		case n == 0 || len(best) < n:
			if best = append(best, o); len(best) == n {
				slices.SortFunc(best, order)
			}
		case count >= counts[best[n-1]] && order(o, best[n-1]) < 0:
			at, _ := slices.BinarySearchFunc(best, o, order)
			copy(best[at+1:], best[at:n-1])
			best[at] = o
		}
	}
	slices.SortFunc(best, order)
	if len(selected) > 0 {
		for o, count := range counts {
			if count > 0 && slices.Contains(selected, values[o]) && !slices.Contains(best, o) {
				best = append(best, o)
			}
		}
		slices.SortFunc(best, order)
	}
	out := make([]index.Count, len(best))
	for i, o := range best {
		out[i] = index.Count{Value: values[o], Count: counts[o]}
	}
	return out
}

// words is a bitmap as one word for each block of 64 documents.
func (s *segment) words(b *roaring.Bitmap) []uint64 {
	w := make([]uint64, s.blocks)
	b.WriteDenseTo(w)
	return w
}
