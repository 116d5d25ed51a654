package bleveindex

import (
	"cmp"
	"slices"
	"sync"

	"bantin/indexer/index"
)

// facetColumns are the facets of all documents of one segment.
type facetColumns map[index.Field]*facetColumn

// facetColumn gives every document its values. They are cut into parts of so
// many values each; the sets that occur in a part are numbered. So counting a
// part is one addition a document however many values are in it, and parts with
// few sets, of whatever field, share that addition: see lane.
type facetColumn struct {
	parts  []*facetPart
	spilt  []docValue   // what is in no part, in the order of documents
	totals []valueTotal // over all documents
}

type facetPart struct {
	lane   *lane
	sets   []uint16 // by number in the lane
	starts []uint32 // by set: where its values begin in ords; set 0 is empty
	ords   []uint32 // numbers of values
}

// newPart has the empty set and no other.
func newPart() *facetPart { return &facetPart{starts: []uint32{0, 0}} }

func (p *facetPart) len() int { return len(p.starts) - 1 }

func (p *facetPart) members(set uint16) []uint32 { return p.ords[p.starts[set]:p.starts[set+1]] }

// append adds a set, whose values are places in totals.
func (p *facetPart) append(set []uint32, totals []valueTotal) {
	for _, v := range set {
		p.ords = append(p.ords, totals[v].ord)
	}
	p.starts = append(p.starts, uint32(len(p.ords)))
}

type valueTotal struct{ ord, docs uint32 }

type docValue struct{ doc, ord uint32 }

// appendValues appends the numbers of the values of a document.
func (c *facetColumn) appendValues(to []uint32, doc uint32) []uint32 {
	for _, p := range c.parts {
		to = append(to, p.members(p.sets[p.lane.code(doc)])...)
	}
	at, _ := slices.BinarySearchFunc(c.spilt, doc, func(v docValue, doc uint32) int { return cmp.Compare(v.doc, doc) })
	for ; at < len(c.spilt) && c.spilt[at].doc == doc; at++ {
		to = append(to, c.spilt[at].ord)
	}
	return to
}

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
	fields := index.Fields()
	columns, builds := make([]*facetColumn, len(fields)), make([]func() error, len(fields))
	for i, f := range fields {
		builds[i] = func() error {
			l, err := listValues(s.snap.Segment(), f, s.n, ix.dicts.of(f))
			if err == nil {
				columns[i] = l.column()
			}
			return err
		}
	}
	if err := together(builds...); err != nil {
		return nil, err
	}
	out := facetColumns{}
	var parts []*facetPart
	for i, f := range fields {
		out[f] = columns[i]
		parts = append(parts, columns[i].parts...)
	}
	arrange(join(parts))
	return out, nil
}
