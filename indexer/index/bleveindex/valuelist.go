package bleveindex

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"

	"bantin/indexer/index"

	seg "github.com/blevesearch/scorch_segment_api/v2"
)

// valueList lists the values of each document in one field.
type valueList struct {
	starts []uint32     // by document: where its values begin
	values []uint32     // places in totals, ascending in each document
	totals []valueTotal // of the values of the segment
}

func listValues(sg seg.Segment, f index.Field, n int, dict *dictionary) (valueList, error) {
	type pair struct{ doc, value uint32 }
	var pairs []pair
	l := valueList{starts: make([]uint32, n+1)}
	err := eachTerm(sg, string(f), func(t []byte, docs docs) error {
		value := uint32(len(l.totals))
		l.totals = append(l.totals, valueTotal{dict.ord(string(t)), uint32(docs.count())})
		docs.each(func(doc uint32) { pairs = append(pairs, pair{doc, value}) })
		return nil
	})
	if err != nil {
		return valueList{}, err
	}
	l.values = make([]uint32, len(pairs))
	for _, p := range pairs { // counting sort by document, which keeps the order of values
		l.starts[p.doc+1]++
	}
	for i := range n {
		l.starts[i+1] += l.starts[i]
	}
	fill := slices.Clone(l.starts[:n])
	for _, p := range pairs {
		l.values[fill[p.doc]] = p.value
		fill[p.doc]++
	}
	return l, nil
}

func (l valueList) docs() int { return len(l.starts) - 1 }

func (l valueList) of(doc int) []uint32 { return l.values[l.starts[doc]:l.starts[doc+1]] }

// slice returns the values from one to before another of a document.
func (l valueList) slice(doc, from, to int) []uint32 {
	all := l.of(doc)
	return all[min(from, len(all)):min(to, len(all))]
}

// more counts the documents that have more than so many values.
func (l valueList) more(values int) int {
	n := 0
	for doc := range l.docs() {
		if len(l.of(doc)) > values {
			n++
		}
	}
	return n
}

// A part of its own is worth it for one document in so many.
const docsOfPart = 32

// column cuts the values into parts: all values in one where few sets of them
// occur, else two by two, else one by one.
func (l valueList) column() *facetColumn {
	most := 0
	for doc := range l.docs() {
		most = max(most, len(l.of(doc)))
	}
	c, ok := l.cut(most, most)
	if !ok && most > 2 {
		c, ok = l.cut(2, most)
	}
	if !ok {
		c, _ = l.cut(1, most)
	}
	slices.SortStableFunc(c.spilt, func(a, b docValue) int { return cmp.Compare(a.doc, b.doc) })
	c.totals = l.totals
	return c
}

// cut cuts the values, most a document at most, into parts of a width. It is not
// ok when there is no room for the sets; single values that have no room spill.
func (l valueList) cut(width, most int) (c *facetColumn, ok bool) {
	c = &facetColumn{}
	for from := 0; from < most; from += width {
		if l.more(from) <= l.docs()/docsOfPart {
			l.spill(c, from, most, nil)
			break
		}
		part, ok := l.part(from, from+width)
		if part == nil {
			return nil, false
		}
		if c.parts = append(c.parts, part); !ok {
			l.spill(c, from, from+1, part)
		}
	}
	return c, true
}

// spill keeps those of the values from one to before another that part leaves
// out, nil leaving out all.
func (l valueList) spill(c *facetColumn, from, to int, part *facetPart) {
	for doc := range l.docs() {
		if part != nil && part.lane.codes[doc] != 0 {
			continue
		}
		for _, v := range l.slice(doc, from, to) {
			c.spilt = append(c.spilt, docValue{uint32(doc), l.totals[v].ord})
		}
	}
}

// A lane has at most one number for so many documents, so that counting it
// touches little memory beside the documents'.
const (
	docsPerNumber = 16
	fewNumbers    = 256 // which any lane may have
)

func mostNumbers(docs int) int { return min(max(docs/docsPerNumber, fewNumbers), math.MaxUint16) }

// part numbers the sets of the values from one to before another; ok tells that
// there was room for all. Where there was none a single value has number 0, and
// for several there is no part.
func (l valueList) part(from, to int) (p *facetPart, ok bool) {
	n := l.docs()
	p, ok = newPart(), true
	codes, numbers := make([]uint16, n), setNumbers{pairs: map[[2]uint32]uint32{}, more: map[string]uint32{}}
	for doc := range n {
		set := l.slice(doc, from, to)
		if len(set) == 0 {
			continue
		}
		next := uint32(p.len())
		if p.len() >= mostNumbers(n) {
			next = 0
		}
		number := numbers.of(set, next)
		switch {
		case number == 0 && to-from > 1:
			return nil, false
		case number == 0:
			ok = false
		case number == next:
			p.append(set, l.totals)
		}
		codes[doc] = uint16(number)
	}
	p.lane = &lane{parts: []*facetPart{p}, codes: codes}
	for set := range p.len() {
		p.sets = append(p.sets, uint16(set))
	}
	return p, ok
}

// setNumbers are the numbers of sets of values.
type setNumbers struct {
	alone []uint32             // by the only value
	low   []uint32             // by two values that are low
	pairs map[[2]uint32]uint32 // by two others
	more  map[string]uint32
}

const lowValue = 256

// of returns the number of a set, next when it had none.
func (s *setNumbers) of(set []uint32, next uint32) uint32 {
	switch n := len(set); {
	case n == 1:
		if more := int(set[0]) + 1 - len(s.alone); more > 0 {
			s.alone = append(s.alone, make([]uint32, more)...)
		}
		return numberAt(&s.alone[set[0]], next)
	case n == 2 && set[1] < lowValue: // the higher of them
		if s.low == nil {
			s.low = make([]uint32, lowValue*lowValue)
		}
		return numberAt(&s.low[set[0]*lowValue+set[1]], next)
	case n == 2:
		return numberOf(s.pairs, [2]uint32(set), next)
	}
	name := make([]byte, 0, 64)
	for _, o := range set {
		name = binary.LittleEndian.AppendUint32(name, o)
	}
	return numberOf(s.more, string(name), next)
}

func numberAt(at *uint32, next uint32) uint32 {
	if *at == 0 {
		*at = next
	}
	return *at
}

func numberOf[K comparable](numbers map[K]uint32, k K, next uint32) uint32 {
	n, ok := numbers[k]
	if !ok && next != 0 {
		n = next
		numbers[k] = n
	}
	return n
}
