package bleveindex

import (
	"errors"
	"math"
	"sync"

	"bantin/indexer/index"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	seg "github.com/blevesearch/scorch_segment_api/v2"
)

// columns are what is known in memory of every document of one segment, by
// document number. They never change and go with the segment.
type columns struct {
	id      uint64
	n       int
	lengths [streams][len(index.TextFields)]lengths
	// classes part the documents of each block by the length of their text.
	classes  [classes][]uint64
	shortest [streams][len(index.TextFields)]shortest
	date     []uint64 // seconds since epoch, 0 when unknown
	ids      identities
	grouped  []uint32        // documents whose group is not their own id
	moved    *roaring.Bitmap // the same
	joined   []uint64        // and the hashes of their groups
	meetings meetings
	facets   lazyFacets
	common   commonWords
	blocks   int // of 64 documents
	latest   []uint64
	oldest   []uint64

	cited     sync.Once
	documents []index.CitedName // for completion, filled at first use
	failed    error             // of filling them
}

func buildColumns(ss *scorch.SegmentSnapshot) (*columns, error) {
	sg := ss.Segment()
	n := int(sg.Count())
	c := &columns{
		id: ss.Id(), n: n, blocks: (n + 63) / 64,
	}
	parts := []func() error{
		func() error { return c.readGroups(sg) },
		func() error { return c.meetings.read(sg) },
		func() (err error) {
			if c.date, err = numberColumn(sg, dateField, n); err == nil {
				c.boundDates()
			}
			return err
		},
	}
	for s := range streams {
		for i, f := range index.TextFields {
			parts = append(parts, func() error {
				col, err := numberColumn(sg, lengthField(s, f), n)
				c.lengths[s][i] = narrow(col)
				return err
			})
		}
	}
	if err := together(parts...); err != nil {
		return nil, err
	}
	c.classify()
	return c, nil
}

// together runs the parts of one work at once.
func together(parts ...func() error) error {
	errs := make([]error, len(parts))
	var wg sync.WaitGroup
	for i, part := range parts {
		wg.Go(func() { errs[i] = untorn(part) })
	}
	wg.Wait()
	return errors.Join(errs...)
}

// boundDates notes the newest and the oldest of every block.
func (c *columns) boundDates() {
	c.latest, c.oldest = make([]uint64, c.blocks), make([]uint64, c.blocks)
	for b := range c.blocks {
		c.oldest[b] = math.MaxUint64
	}
	for doc, d := range c.date {
		b := doc >> 6
		c.latest[b] = max(c.latest[b], d)
		c.oldest[b] = min(c.oldest[b], d)
	}
}

// numberColumn builds a column back from the digits that addNumber wrote.
func numberColumn(sg seg.Segment, name string, n int) ([]uint64, error) {
	col := make([]uint64, n)
	weight := uint64(1)
	for d := range maxDigits {
		err := eachTerm(sg, digitField(name, d), func(t []byte, docs docs) error {
			add := (uint64(t[0])<<8 | uint64(t[1])) * weight
			docs.each(func(doc uint32) { col[doc] += add })
			return nil
		})
		if err != nil {
			return nil, err
		}
		weight *= digitBase
	}
	return col, nil
}

// docs is a posting list without frequencies: a bitmap, which belongs to the
// segment and must not be changed, or one document, or nothing.
type docs struct {
	bitmap *roaring.Bitmap
	one    uint32
	single bool
}

func (d docs) count() int {
	switch {
	case d.single:
		return 1
	case d.bitmap != nil:
		return int(d.bitmap.GetCardinality())
	}
	return 0
}

func (d docs) each(f func(doc uint32)) {
	switch {
	case d.single:
		f(d.one)
	case d.bitmap != nil:
		buf := make([]uint32, 256)
		for it := d.bitmap.ManyIterator(); ; {
			k := it.NextMany(buf)
			if k == 0 {
				return
			}
			for _, doc := range buf[:k] {
				f(doc)
			}
		}
	}
}

// postings reads the documents of one term.
func postings(dict seg.TermDictionary, term []byte) (docs, error) {
	list, err := dict.PostingsList(term, nil, nil)
	if err != nil {
		return docs{}, err
	}
	return docsOf(list), nil
}

func docsOf(list seg.PostingsList) docs {
	it, ok := list.Iterator(false, false, false, nil).(seg.OptimizablePostingsIterator)
	if !ok {
		return docs{}
	}
	if doc, ok := it.DocNum1Hit(); ok {
		return docs{one: uint32(doc), single: true}
	}
	return docs{bitmap: it.ActualBitmap()}
}

// eachTerm calls f with every term of a field and its documents.
func eachTerm(sg seg.Segment, name string, f func(term []byte, docs docs) error) error {
	dict, err := sg.Dictionary(name)
	if err != nil {
		return err
	}
	for it := termsOf(dict, nil, nil, nil); ; {
		e, err := it.Next()
		if err != nil || e == nil {
			return err
		}
		term := []byte(e.Term)
		d, err := postings(dict, term)
		if err != nil {
			return err
		}
		if err := f(term, d); err != nil {
			return err
		}
	}
}

// termsOf iterates the terms of a dictionary without reading their postings.
func termsOf(dict seg.TermDictionary, a seg.Automaton, from, to []byte) seg.DictionaryIterator {
	type omitter interface {
		AutomatonIteratorOmitCount(a seg.Automaton, from, to []byte) seg.DictionaryIterator
	}
	if d, ok := dict.(omitter); ok {
		return d.AutomatonIteratorOmitCount(a, from, to)
	}
	return dict.AutomatonIterator(a, from, to)
}
