package bleveindex

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"
	"sync"

	"bantin/indexer/index"

	seg "github.com/blevesearch/scorch_segment_api/v2"
)

// facetColumns are the facets of all documents of one segment.
type facetColumns map[index.Field]*facetColumn

// facetColumn gives every document its values. Where few sets of values occur
// they are numbered, set 0 being empty, and counting is one addition a document
// however many values it has; fields with few sets share that addition as well.
// Else the values of each document are listed.
type facetColumn struct {
	group   *facetGroup  // nil when the values are listed
	sets    []uint32     // by tuple of the group
	members [][]uint32   // by set: numbers of the values
	starts  []uint32     // by document: where its values begin in listed
	listed  []uint32     // numbers of values
	slots   slots        // the first of the listed values once more
	totals  []valueTotal // over all documents
}

// facetGroup numbers the combinations of sets of some fields that occur.
type facetGroup struct {
	tuples []uint16 // by document
	totals []uint32 // documents of each tuple
}

// values returns the numbers of the values of a document.
func (c *facetColumn) values(doc int) []uint32 {
	if c.group == nil {
		return c.listed[c.starts[doc]:c.starts[doc+1]]
	}
	return c.members[c.sets[c.group.tuples[doc]]]
}

type valueTotal struct{ ord, docs uint32 }

// lazyFacets are columns that are built when they are first needed.
type lazyFacets struct {
	once    sync.Once
	columns facetColumns
	err     error
}

// facetsOf returns the columns of a segment.
func (ix *Index) facetsOf(s *segment) (facetColumns, error) {
	l := &s.facets
	l.once.Do(func() {
		l.err = untorn(func() (err error) {
			l.columns, err = ix.buildSegment(s)
			return err
		})
	})
	return l.columns, l.err
}

// prepare builds all that a view's searches need and is not there yet.
func (ix *Index) prepare(v *view) error {
	for _, s := range v.segments {
		if err := s.identify(); err != nil {
			return err
		}
	}
	return ix.buildFacets(v)
}

// buildFacets builds all columns of a view that are not there yet.
func (ix *Index) buildFacets(v *view) error {
	for _, s := range v.segments {
		if _, err := ix.facetsOf(s); err != nil {
			return err
		}
	}
	return nil
}

func (ix *Index) buildSegment(s *segment) (facetColumns, error) {
	fields := slices.Clone(index.Facets)
	columns, parts := make([]*facetColumn, len(fields)), make([]func() error, len(fields))
	for i, f := range fields {
		parts[i] = func() (err error) {
			columns[i], err = buildFacet(s.snap.Segment(), f, s.n, ix.dicts.of(f))
			return err
		}
	}
	if err := together(parts...); err != nil {
		return nil, err
	}
	out := facetColumns{}
	for i, f := range fields {
		out[f] = columns[i]
	}
	slices.SortStableFunc(fields, func(a, b index.Field) int {
		return cmp.Compare(len(out[a].members), len(out[b].members))
	})
	var groups []*facetGroup
	for _, f := range fields {
		if out[f].group != nil {
			groups = out.join(f, groups)
		}
	}
	for _, c := range out {
		c.total()
		if c.group == nil {
			c.slots = newSlots(c, s.n)
		}
	}
	return out, nil
}

// buildFacet reads the values of one field; a group is of its own.
func buildFacet(sg seg.Segment, f index.Field, n int, dict *dictionary) (*facetColumn, error) {
	type pair struct{ doc, ord uint32 }
	var pairs []pair
	err := eachTerm(sg, string(f), func(t []byte, docs docs) error {
		ord := dict.ord(string(t))
		docs.each(func(doc uint32) { pairs = append(pairs, pair{doc, ord}) })
		return nil
	})
	if err != nil {
		return nil, err
	}
	c := &facetColumn{starts: make([]uint32, n+1), listed: make([]uint32, len(pairs))}
	for _, p := range pairs { // counting sort by document
		c.starts[p.doc+1]++
	}
	for i := range n {
		c.starts[i+1] += c.starts[i]
	}
	fill := slices.Clone(c.starts[:n])
	for _, p := range pairs {
		c.listed[fill[p.doc]] = p.ord
		fill[p.doc]++
	}
	c.number(n)
	return c, nil
}

// number numbers the sets of values unless they are too many.
func (c *facetColumn) number(n int) {
	tuples, members := make([]uint16, n), [][]uint32{nil}
	alone, several := map[uint32]uint32{}, map[string]uint32{}
	var name []byte
	for doc := range n {
		set := c.values(doc)
		k, ok := uint32(0), true
		switch len(set) {
		case 0:
		case 1:
			if k, ok = alone[set[0]]; !ok {
				k = uint32(len(members))
				alone[set[0]] = k
			}
		default:
			slices.Sort(set)
			name = name[:0]
			for _, o := range set {
				name = binary.LittleEndian.AppendUint32(name, o)
			}
			if k, ok = several[string(name)]; !ok {
				k = uint32(len(members))
				several[string(name)] = k
			}
		}
		if !ok {
			if len(members) >= mostTuples(n) {
				return
			}
			members = append(members, slices.Clone(set))
		}
		tuples[doc] = uint16(k)
	}
	c.group, c.members, c.starts, c.listed = &facetGroup{tuples: tuples}, members, nil, nil
	for set := range members {
		c.sets = append(c.sets, uint32(set))
	}
	c.group.total(len(members))
}

// A group has at most one tuple for so many documents, so that counting by
// tuple touches little memory beside the documents'.
const (
	docsPerTuple = 16
	largestTable = 1 << 22 // entries of the table that numbers tuples
)

// mostTuples is how many tuples a group of n documents may have.
func mostTuples(n int) int { return min(n/docsPerTuple, math.MaxUint16) }

// join puts the column of f into the first of the groups that it goes with, or
// into a new one.
func (all facetColumns) join(f index.Field, groups []*facetGroup) []*facetGroup {
	c := all[f]
	for _, g := range groups {
		tuples, before, of := g.combine(c.group.tuples, len(c.members))
		if tuples == nil {
			continue
		}
		for _, other := range all {
			if other.group == g {
				other.sets = pick(other.sets, before)
			}
		}
		c.sets, c.group, g.tuples = of, g, tuples
		g.total(len(of))
		return groups
	}
	return append(groups, c.group)
}

func pick(from, at []uint32) []uint32 {
	out := make([]uint32, len(at))
	for i, k := range at {
		out[i] = from[k]
	}
	return out
}

// combine numbers the pairs of tuple and set that occur. It returns the number
// of each document and the tuple and the set of each number; nil when they are
// too many.
func (g *facetGroup) combine(sets []uint16, nSets int) (numbers []uint16, tuple, set []uint32) {
	if len(g.totals)*nSets > largestTable {
		return nil, nil, nil
	}
	table := make([]uint32, len(g.totals)*nSets) // the number plus one
	numbers = make([]uint16, len(g.tuples))
	for doc, t := range g.tuples {
		at := &table[int(t)*nSets+int(sets[doc])]
		if *at == 0 {
			if len(tuple) >= mostTuples(len(g.tuples)) {
				return nil, nil, nil
			}
			tuple, set = append(tuple, uint32(t)), append(set, uint32(sets[doc]))
			*at = uint32(len(tuple))
		}
		numbers[doc] = uint16(*at - 1)
	}
	return numbers, tuple, set
}

// total counts the documents of each of n tuples.
func (g *facetGroup) total(n int) {
	g.totals = make([]uint32, n)
	for _, t := range g.tuples {
		g.totals[t]++
	}
}

// total counts the documents of each value.
func (c *facetColumn) total() {
	at := map[uint32]int{}
	add := func(ord, docs uint32) {
		k, ok := at[ord]
		if !ok {
			k = len(c.totals)
			at[ord] = k
			c.totals = append(c.totals, valueTotal{ord: ord})
		}
		c.totals[k].docs += docs
	}
	for _, ord := range c.listed {
		add(ord, 1)
	}
	for t, set := range c.sets {
		for _, ord := range c.members[set] {
			add(ord, c.group.totals[t])
		}
	}
}
