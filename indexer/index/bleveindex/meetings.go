package bleveindex

import (
	"cmp"
	"hash/maphash"
	"slices"

	"bantin/indexer/index"

	seg "github.com/blevesearch/scorch_segment_api/v2"
)

// meetings are the documents of a segment that report one, ordered by the
// hashes of their meetings.
type meetings []reported

type reported struct {
	hash uint64
	doc  uint32
}

var meetingSeed = maphash.MakeSeed()

func (m *meetings) read(sg seg.Segment) error {
	err := eachTerm(sg, string(index.Meeting), func(id []byte, docs docs) error {
		h := maphash.Bytes(meetingSeed, id)
		docs.each(func(doc uint32) { *m = append(*m, reported{h, doc}) })
		return nil
	})
	slices.SortFunc(*m, func(a, b reported) int { return cmp.Compare(a.hash, b.hash) })
	return err
}

// repeated returns the values that stand more than once in ordered lists.
func repeated(lists [][]uint64) (twice []uint64) {
	var all []uint64
	slices.SortFunc(lists, func(a, b []uint64) int { return len(a) - len(b) }) // so that long ones are walked once
	for _, list := range lists {
		var more []uint64
		more, all = union(all, list)
		twice = append(twice, more...)
	}
	return twice
}

// union merges two ordered lists and returns the values that come more than
// once, in one or in both.
func union(a, b []uint64) (twice, all []uint64) {
	all = make([]uint64, 0, len(a)+len(b))
	for len(a)+len(b) > 0 {
		from := &a
		if len(a) == 0 || len(b) > 0 && b[0] < a[0] {
			from = &b
		}
		v := (*from)[0]
		*from = (*from)[1:]
		if n := len(all); n > 0 && all[n-1] == v {
			twice = append(twice, v)
			continue
		}
		all = append(all, v)
	}
	return twice, all
}
