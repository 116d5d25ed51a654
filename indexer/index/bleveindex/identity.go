package bleveindex

import (
	"hash/maphash"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	seg "github.com/blevesearch/scorch_segment_api/v2"
)

// identities are what ranking needs of the ids of a segment's documents. They
// are read from the dictionary of ids, when they are first needed: the ids that
// are stored lie between the texts, and reading those would read everything.
type identities struct {
	once   sync.Once
	order  []uint64 // first bytes of the id: orders ids but for rare ties
	groups []uint64 // hash of the meeting, else of the group of near-duplicates
	err    error
}

// identify reads the identities of a segment.
func (s *segment) identify() error {
	i := &s.ids
	i.once.Do(func() {
		i.order, i.groups = make([]uint64, s.n), make([]uint64, s.n)
		i.err = together(
			func() error { return s.readIDs(nil, []byte(middleID)) },
			func() error { return s.readIDs([]byte(middleID), nil) },
		)
		for k, doc := range s.grouped {
			i.groups[doc] = s.joined[k]
		}
		for _, m := range s.meetings {
			i.groups[m.doc] = m.hash
		}
	})
	return i.err
}

// middleID parts the ids, which are in base 32, into halves for two processors.
const middleID = "k"

func (s *segment) readIDs(from, to []byte) error {
	dict, err := s.snap.Segment().Dictionary("_id")
	if err != nil {
		return err
	}
	var list seg.PostingsList
	for it := termsOf(dict, nil, from, to); ; {
		e, err := it.Next()
		if err != nil || e == nil {
			return err
		}
		id := []byte(e.Term)
		if list, err = dict.PostingsList(id, nil, list); err != nil {
			return err
		}
		docsOf(list).each(func(doc uint32) {
			s.ids.order[doc], s.ids.groups[doc] = idOrder(id), hashGroup(id)
		})
	}
}

// readGroups notes the documents that belong to the group of another.
func (c *columns) readGroups(sg seg.Segment) error {
	err := eachTerm(sg, groupField, func(g []byte, docs docs) error {
		h := hashGroup(g)
		docs.each(func(doc uint32) {
			c.grouped, c.joined = append(c.grouped, doc), append(c.joined, h)
		})
		return nil
	})
	c.moved = roaring.BitmapOf(c.grouped...)
	return err
}

var groupSeed = maphash.MakeSeed()

func hashGroup(g []byte) uint64 { return maphash.Bytes(groupSeed, g) }

// idOrder packs the first eight bytes of an id so that numbers order as ids do.
func idOrder(id []byte) uint64 {
	var v uint64
	for i := range 8 {
		v <<= 8
		if i < len(id) {
			v |= uint64(id[i])
		}
	}
	return v
}
