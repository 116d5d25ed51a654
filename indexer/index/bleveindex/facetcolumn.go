package bleveindex

import (
	"cmp"
	"encoding/binary"
	"math"
	"math/bits"
	"slices"
	"sync"

	"bantin/indexer/index"

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
		tuples, before, of := combine(g.tuples, c.group.tuples, len(c.members))
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
func combine(tuples, sets []uint16, nSets int) (numbers []uint16, tuple, set []uint32) {
	most := uint16(0)
	for _, t := range tuples {
		most = max(most, t)
	}
	if (int(most)+1)*nSets > largestTable {
		return nil, nil, nil
	}
	table := make([]uint32, (int(most)+1)*nSets) // the number plus one
	numbers = make([]uint16, len(tuples))
	for doc, t := range tuples {
		at := &table[int(t)*nSets+int(sets[doc])]
		if *at == 0 {
			if len(tuple) >= mostTuples(len(tuples)) {
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

// counting is what of a segment is to be counted: the values of some fields in
// the documents of words.
type counting struct {
	words   []uint64
	n       int // documents of the segment
	matches int // of them in words
	fields  []index.Field
}

// count adds the documents of each value to counts.
func (all facetColumns) count(c counting, counts map[index.Field][]int) {
	outside := inverse(c.words, c.n)
	grouped := map[*facetGroup][]index.Field{}
	for _, f := range c.fields {
		column := all[f]
		least := 0
		if column.group != nil {
			least = len(column.group.totals)
		}
		switch others := c.n - c.matches; {
		case column.group == nil && c.matches <= others:
			column.addListed(c.words, counts[f], 1)
		case column.group == nil:
			column.addTotals(counts[f])
			column.addListed(outside, counts[f], -1)
		case c.matches < least:
			column.each(c.words, counts[f], 1)
		case others < least:
			column.addTotals(counts[f])
			column.each(outside, counts[f], -1)
		default:
			grouped[column.group] = append(grouped[column.group], f)
		}
	}
	for g, fields := range grouped {
		byTuple := g.count(c, outside)
		for _, f := range fields {
			all[f].expand(byTuple, counts[f])
		}
	}
}

// count returns the documents of each tuple, added up over the matches or from
// the totals down, whichever is less.
func (g *facetGroup) count(c counting, outside []uint64) []uint32 {
	if c.matches > c.n/2 {
		byTuple := slices.Clone(g.totals)
		for i, w := range outside {
			for ; w != 0; w &= w - 1 {
				byTuple[g.tuples[i<<6+bits.TrailingZeros64(w)]]--
			}
		}
		return byTuple
	}
	byTuple := make([]uint32, len(g.totals))
	for i, w := range c.words {
		for ; w != 0; w &= w - 1 {
			byTuple[g.tuples[i<<6+bits.TrailingZeros64(w)]]++
		}
	}
	return byTuple
}

func (c *facetColumn) addTotals(counts []int) {
	for _, t := range c.totals {
		counts[t.ord] += int(t.docs)
	}
}

// each adds to the count of each value for each document in words.
func (c *facetColumn) each(words []uint64, counts []int, add int) {
	for i, w := range words {
		for ; w != 0; w &= w - 1 {
			for _, o := range c.values(i<<6 + bits.TrailingZeros64(w)) {
				counts[o] += add
			}
		}
	}
}

// expand adds the documents of each tuple to the counts of its values.
func (c *facetColumn) expand(byTuple []uint32, counts []int) {
	bySet := make([]int, len(c.members))
	for t, set := range c.sets {
		bySet[set] += int(byTuple[t])
	}
	for set, n := range bySet {
		if n == 0 {
			continue
		}
		for _, o := range c.members[set] {
			counts[o] += n
		}
	}
}

// inverse are the n documents of a segment that words leaves out.
func inverse(words []uint64, n int) []uint64 {
	out := make([]uint64, len(words))
	for i, w := range words {
		out[i] = ^w
	}
	if rest := n & 63; rest != 0 {
		out[len(out)-1] &= 1<<rest - 1
	}
	return out
}
