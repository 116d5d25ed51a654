package bleveindex

import (
	"cmp"
	"context"
	"encoding/binary"
	"math/bits"
	"slices"
	"strings"
	"sync"

	"bantin/indexer/index"

	"github.com/RoaringBitmap/roaring/v2"
	seg "github.com/blevesearch/scorch_segment_api/v2"
)

// dictionaries number the values of every facet for the life of the index, so
// that columns of different segments agree. Values are never forgotten: there
// are as many as distinct values were ever indexed since it was opened.
type dictionaries struct {
	mu     sync.Mutex
	fields map[index.Field]*dictionary
}

type dictionary struct {
	mu     sync.RWMutex
	ords   map[string]uint32
	values []string
}

func (d *dictionaries) of(f index.Field) *dictionary {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.fields == nil {
		d.fields = map[index.Field]*dictionary{}
	}
	if d.fields[f] == nil {
		d.fields[f] = &dictionary{ords: map[string]uint32{}}
	}
	return d.fields[f]
}

func (d *dictionary) ord(value string) uint32 {
	d.mu.Lock()
	defer d.mu.Unlock()
	o, ok := d.ords[value]
	if !ok {
		o = uint32(len(d.values))
		d.ords[value] = o
		d.values = append(d.values, value)
	}
	return o
}

// all returns the values by number; later ones may come, these stay.
func (d *dictionary) all() []string {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return slices.Clip(d.values)
}

// facetColumn gives every document a set of values: sets that occur are
// numbered, set 0 is empty. Counting then is one addition a document, however
// many values it has.
type facetColumn struct {
	sets    []uint32   // by document; nil when no document has a value
	members [][]uint32 // by set: numbers of the values
	totals  []uint32   // documents of each set
}

// lazyFacet is a column that is built when it is first needed.
type lazyFacet struct {
	once   sync.Once
	column *facetColumn
	err    error
}

// facet returns the column of a facet, nil for a field that has none.
func (ix *Index) facet(s *segment, f index.Field) (*facetColumn, error) {
	l := s.facets[f]
	if l == nil {
		return nil, nil
	}
	l.once.Do(func() {
		l.err = untorn(func() (err error) {
			l.column, err = buildFacet(s.snap.Segment(), f, s.n, ix.dicts.of(f))
			return err
		})
	})
	return l.column, l.err
}

// buildFacets builds all columns of a view that are not there yet.
func (ix *Index) buildFacets(v *view) error {
	for _, s := range v.segments {
		for _, f := range index.Facets {
			if _, err := ix.facet(s, f); err != nil {
				return err
			}
		}
	}
	return nil
}

func buildFacet(sg seg.Segment, f index.Field, n int, dict *dictionary) (*facetColumn, error) {
	type pair struct{ doc, ord uint32 }
	var pairs []pair
	err := eachTerm(sg, string(f), func(t []byte, docs docs) error {
		ord := dict.ord(string(t))
		docs.each(func(doc uint32) { pairs = append(pairs, pair{doc, ord}) })
		return nil
	})
	c := &facetColumn{members: [][]uint32{nil}}
	if err != nil || len(pairs) == 0 {
		c.totals = []uint32{uint32(n)}
		return c, err
	}
	starts := make([]uint32, n+1) // counting sort by document
	for _, p := range pairs {
		starts[p.doc+1]++
	}
	for i := range n {
		starts[i+1] += starts[i]
	}
	flat, fill := make([]uint32, len(pairs)), slices.Clone(starts[:n])
	for _, p := range pairs {
		flat[fill[p.doc]] = p.ord
		fill[p.doc]++
	}
	c.sets = make([]uint32, n)
	seen := map[string]uint32{"": 0}
	var name []byte
	for doc := range n {
		set := flat[starts[doc]:starts[doc+1]]
		slices.Sort(set)
		name = name[:0]
		for _, o := range set {
			name = binary.LittleEndian.AppendUint32(name, o)
		}
		k, ok := seen[string(name)]
		if !ok {
			k = uint32(len(c.members))
			seen[string(name)] = k
			c.members = append(c.members, slices.Clone(set))
		}
		c.sets[doc] = k
	}
	c.totals = make([]uint32, len(c.members))
	for _, k := range c.sets {
		c.totals[k]++
	}
	return c, nil
}

// count adds the values of the documents in words, a bitmap, to counts.
func (c *facetColumn) count(words []uint64, matches int, counts []int) {
	if c.sets == nil {
		return
	}
	if matches < len(c.members) { // adding up by set would touch more sets than documents
		for i, w := range words {
			for ; w != 0; w &= w - 1 {
				for _, o := range c.members[c.sets[i<<6+bits.TrailingZeros64(w)]] {
					counts[o]++
				}
			}
		}
		return
	}
	bySet := make([]uint32, len(c.members))
	if all := len(c.sets); matches > all/2 {
		// Fewer documents are outside: count those and subtract.
		copy(bySet, c.totals)
		for i, w := range words {
			w = ^w
			if rest := all - i<<6; rest < 64 {
				w &= 1<<rest - 1
			}
			for ; w != 0; w &= w - 1 {
				bySet[c.sets[i<<6+bits.TrailingZeros64(w)]]--
			}
		}
	} else {
		for i, w := range words {
			for ; w != 0; w &= w - 1 {
				bySet[c.sets[i<<6+bits.TrailingZeros64(w)]]++
			}
		}
	}
	for set, n := range bySet {
		if n == 0 {
			continue
		}
		for _, o := range c.members[set] {
			counts[o] += int(n)
		}
	}
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
		words := sg.words(s.matches[i])
		n := int(s.matches[i].GetCardinality())
		for _, f := range s.query.Facets {
			column, err := s.ix.facet(sg, f)
			if err != nil {
				return err
			}
			if column == nil {
				continue
			}
			if s.parts[i].filters[f] == nil {
				column.count(words, n, counts[f])
				continue
			}
			wider := s.parts[i].without(f)
			column.count(sg.words(wider), int(wider.GetCardinality()), counts[f])
		}
	}
	for _, f := range s.query.Facets {
		res.Facets[f] = ranked(values[f], counts[f], s.query.Values, s.query.Filters[f])
	}
	return nil
}

// words is a bitmap as one word for each block of 64 documents.
func (s *segment) words(b *roaring.Bitmap) []uint64 {
	w := make([]uint64, s.blocks)
	b.WriteDenseTo(w)
	return w
}
