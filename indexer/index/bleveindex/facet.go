package bleveindex

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"bantin/indexer/index"

	"github.com/RoaringBitmap/roaring/v2"
)

// facets counts the asked fields; a field that is filtered is counted as if
// it were not.
func (s *search) facets(ctx context.Context, res *index.Result) error {
	if len(s.query.Facets) == 0 {
		return nil
	}
	res.Facets = map[index.Field][]index.Count{}
	counts := map[index.Field][]int{}
	values := map[index.Field][]string{}
	if err := s.ix.buildFacets(s.view); err != nil { // which numbers all values
		return err
	}
	for _, f := range s.query.Facets {
		values[f] = s.ix.dicts.of(f).all()
		counts[f] = make([]int, len(values[f]))
	}
	for i, sg := range s.view.segments {
		if err := ctx.Err(); err != nil {
			return err
		}
		columns, err := s.ix.facetsOf(sg)
		if err != nil {
			return err
		}
		for _, c := range s.countings(i, columns) {
			columns.count(c, counts)
		}
	}
	for _, f := range s.query.Facets {
		res.Facets[f] = ranked(values[f], counts[f], s.query.Values, s.query.Filters[f])
	}
	return nil
}

// countings parts the asked fields of segment i by the documents in which they
// are to be counted: the matches, or for a field that is filtered what matches
// without that.
func (s *search) countings(i int, columns facetColumns) []counting {
	var out []counting
	sg := s.view.segments[i]
	add := func(b *roaring.Bitmap, fields ...index.Field) {
		if len(fields) > 0 && !b.IsEmpty() {
			out = append(out, counting{sg.words(b), sg.n, int(b.GetCardinality()), fields})
		}
	}
	var rest []index.Field
	for _, f := range s.query.Facets {
		switch {
		case columns[f] == nil:
		case s.parts[i].filters[f] != nil:
			add(s.parts[i].without(f), f)
		default:
			rest = append(rest, f)
		}
	}
	add(s.matches[i], rest...)
	return out
}

// ranked turns counts by number into the answer: the most frequent values, at
// most n of them unless n is 0, and those that are selected.
func ranked(values []string, counts []int, n int, selected []string) []index.Count {
	var best []int
	for o, count := range counts {
		if count > 0 {
			best = append(best, o)
		}
	}
	order := func(a, b int) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), strings.Compare(values[a], values[b]))
	}
	var extra []int
	if n > 0 && len(best) > n {
		best, extra = cut(best, n, counts, order), best
	}
	slices.SortFunc(best, order)
	var out []index.Count
	for _, o := range best {
		out = append(out, index.Count{Value: values[o], Count: counts[o]})
	}
	if len(selected) == 0 {
		return out
	}
	for _, o := range extra {
		if slices.Contains(selected, values[o]) && !slices.Contains(best, o) {
			out = append(out, index.Count{Value: values[o], Count: counts[o]})
		}
	}
	return out
}

// cut returns the first n in order, unordered, of numbers that are many more.
func cut(all []int, n int, counts []int, order func(a, b int) int) []int {
	top := slices.Clone(all[:n])
	slices.SortFunc(top, order)
	for _, o := range all[n:] {
		if counts[o] < counts[top[n-1]] || order(o, top[n-1]) > 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(top, o, order)
		copy(top[at+1:], top[at:n-1])
		top[at] = o
	}
	return top
}

// words is a bitmap as one word for each block of 64 documents.
func (s *segment) words(b *roaring.Bitmap) []uint64 {
	w := make([]uint64, s.blocks)
	b.WriteDenseTo(w)
	return w
}
