package bleveindex

import (
	"math"
	"math/bits"
	"slices"
)

// bound is a scorer on the lists of one segment.
type bound struct {
	*scorer
	list     *termList
	lengths  lengths
	children []*bound
	guarded  []uint64 // as words; nil for everywhere
}

func (m *matcher) bind(s *scorer) (*bound, error) {
	b := &bound{scorer: s}
	var err error
	if l := s.leaf; l != nil {
		b.lengths = m.seg.lengths[l.stream.written()][fieldIndex(l.where)]
		b.list, err = m.list(l.stream, l.where, l.term)
		return b, err
	}
	for _, c := range s.children {
		child, err := m.bind(c)
		if err != nil {
			return nil, err
		}
		b.children = append(b.children, child)
	}
	if s.guard != nil {
		where, err := m.node(s.guard)
		if err != nil {
			return nil, err
		}
		b.guarded = m.seg.words(where)
	}
	return b, nil
}

// block adds the scores of the documents of one block.
func (b *bound) block(at int, word uint64, scores *[64]float64) {
	switch {
	case b.leaf != nil && b.list.dense != nil:
		b.denseBlock(at, word, scores)
	case b.leaf != nil:
		b.sparseBlock(at, word, scores)
	case b.best:
		b.bestBlock(at, word, scores)
	default:
		if b.guarded != nil {
			word &= b.guarded[at]
		}
		for _, c := range b.children {
			c.block(at, word, scores)
		}
	}
}

func (b *bound) denseBlock(at int, word uint64, scores *[64]float64) {
	first := at << 6
	tfs := b.list.dense[first:min(len(b.list.dense), first+64)]
	for ; word != 0; word &= word - 1 {
		i := bits.TrailingZeros64(word)
		if f := tfs[i]; f > 0 {
			scores[i] += b.of(uint32(first+i), f)
		}
	}
}

func (b *bound) sparseBlock(at int, word uint64, scores *[64]float64) {
	first := uint32(at << 6)
	k, _ := slices.BinarySearch(b.list.docs, first)
	for ; k < len(b.list.docs) && b.list.docs[k] < first+64; k++ {
		if i := b.list.docs[k] & 63; word>>i&1 == 1 {
			scores[i] += b.of(first+i, b.list.tfs[k])
		}
	}
}

// of is the score of a leaf in one document.
func (b *bound) of(doc uint32, f uint8) float64 {
	tf := float64(f)
	if f == math.MaxUint8 {
		tf = float64(b.list.big[doc])
	}
	return b.leaf.weight * tf / (tf + b.leaf.k + b.leaf.perLength*float64(b.lengths.at(doc)))
}

func (b *bound) bestBlock(at int, word uint64, scores *[64]float64) {
	if b.guarded != nil {
		word &= b.guarded[at]
	}
	var most [64]float64
	for _, c := range b.children {
		var one [64]float64
		c.block(at, word, &one)
		for i, s := range one {
			most[i] = max(most[i], s)
		}
	}
	for i, s := range most {
		scores[i] += s
	}
}

// bounds adds to sums what no document of each block can score more than.
func (b *bound) bounds(sums []float32) {
	if b.leaf != nil {
		b.leafBounds(sums)
		return
	}
	if !b.best {
		for _, c := range b.children {
			c.bounds(sums)
		}
		return
	}
	most, one := make([]float32, len(sums)), make([]float32, len(sums))
	for _, c := range b.children {
		clear(one)
		c.bounds(one)
		for i, v := range one {
			most[i] = max(most[i], v)
		}
	}
	for i, v := range most {
		sums[i] += v
	}
}

func (b *bound) leafBounds(sums []float32) {
	if b.list.dense != nil {
		unit := float32(b.leaf.weight / 255)
		for i, q := range b.list.bounds {
			sums[i] += unit * float32(q)
		}
		return
	}
	block, most := -1, 0.0
	for i, doc := range b.list.docs {
		if at := int(doc >> 6); at != block {
			if block >= 0 {
				sums[block] += float32(most)
			}
			block, most = at, 0
		}
		l, tf := b.leaf, float64(b.list.wide(i))
		most = max(most, l.weight*tf/(tf+l.k+l.perLength*float64(b.lengths.at(doc))))
	}
	if block >= 0 {
		sums[block] += float32(most)
	}
}
