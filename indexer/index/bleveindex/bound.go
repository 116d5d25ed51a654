package bleveindex

import (
	"cmp"
	"context"
	"math/bits"
	"slices"
)

// bound is a scorer on the frequencies of one segment.
type bound struct {
	*scorer
	tfs      *frequencies
	lengths  lengths
	shortest *shortest
	children []*bound
	guarded  []uint64 // as words; nil for everywhere
	// highest are the frequencies of a leaf that bounds met in each block, no
	// more than tooHigh; nil before.
	highest []uint8
	// While reach looks at a block: what the children can add to any document of
	// it, their sum, and what they can add to those that it looks at.
	at     int
	most   []float64
	all    float64
	limits []float64
	rarest []int // the children, those in the fewest blocks first
}

func (m *matcher) bind(ctx context.Context, s *scorer) (*bound, error) {
	b := &bound{scorer: s}
	var err error
	if l := s.leaf; l != nil {
		s, f := l.stream.written(), fieldIndex(l.where)
		b.lengths, b.shortest = m.seg.lengths[s][f], &m.seg.shortest[s][f]
		b.tfs, err = m.frequencies(l.stream, l.where, l.term)
		return b, err
	}
	for _, c := range s.children {
		child, err := m.bind(ctx, c)
		if err != nil {
			return nil, err
		}
		if child.adds() && !b.best {
			b.children = append(b.children, child.children...)
		} else {
			b.children = append(b.children, child)
		}
	}
	b.most, b.limits, b.at = make([]float64, len(b.children)), make([]float64, len(b.children)), -1
	if s.guard != nil {
		where, err := m.node(ctx, s.guard)
		if err != nil {
			return nil, err
		}
		b.guarded = m.seg.words(where)
	}
	return b, nil
}

// adds tells that b is nothing but the sum of its children.
func (b *bound) adds() bool { return b.leaf == nil && !b.best && b.guarded == nil }

// block adds the scores of the documents of one block.
func (b *bound) block(at int, word uint64, scores *[64]float64) {
	switch {
	case len(b.highest) > 0 && b.highest[at] == 0:
	case b.leaf != nil && b.tfs.dense:
		b.denseBlock(at, word, scores)
	case b.leaf != nil:
		b.sparseBlock(at, word, scores)
	case b.best:
		b.bestBlock(at, word, scores)
	default:
		if b.guarded != nil {
			word &= b.guarded[at]
		}
		if b.constant > 0 {
			addConstant(b.constant, word, scores)
		}
		for _, c := range b.children {
			c.block(at, word, scores)
		}
	}
}

func addConstant(score float64, word uint64, scores *[64]float64) {
	for ; word != 0; word &= word - 1 {
		scores[bits.TrailingZeros64(word)] += score
	}
}

func (b *bound) denseBlock(at int, word uint64, scores *[64]float64) {
	for word &= b.tfs.present(at); word != 0; word &= word - 1 {
		i := bits.TrailingZeros64(word)
		scores[i] += b.of(b.tfs.at(at, i), b.lengths.at(uint32(at<<6+i)))
	}
}

func (b *bound) sparseBlock(at int, word uint64, scores *[64]float64) {
	docs, tfs := b.tfs.within(at)
	for k, doc := range docs {
		if i := doc & 63; word>>i&1 == 1 {
			scores[i] += b.of(tfs[k], b.lengths.at(doc))
		}
	}
}

// of is the score of a leaf for a frequency in a field of a length.
func (b *bound) of(tf, length uint32) float64 {
	f := float64(tf)
	return b.leaf.Weight * f / (f + b.leaf.K + b.leaf.PerLength*float64(length))
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

// bounds adds to sums what no document of words in each of the blocks can score
// more than. What it learns makes limit and reach quicker for those documents.
func (b *bound) bounds(words []uint64, blocks []int32, sums []float32) {
	switch {
	case b.leaf != nil:
		b.highest = make([]uint8, len(words))
		if b.tfs.dense {
			b.denseBounds(words, blocks, sums)
		} else {
			b.sparseBounds(words, sums)
		}
	case !b.best:
		b.constantBounds(blocks, sums)
		for _, c := range b.children {
			c.bounds(words, blocks, sums)
		}
		b.sort()
	default:
		b.bestBounds(words, blocks, sums)
	}
}

// constantBounds adds a constant to the blocks where its guard matches.
func (b *bound) constantBounds(blocks []int32, sums []float32) {
	if b.constant == 0 {
		return
	}
	for _, at := range blocks {
		if b.guarded[at] != 0 {
			sums[at] += float32(b.constant)
		}
	}
}

// sort puts the children in the order of their rarity.
func (b *bound) sort() {
	blocks := make([]int, len(b.children))
	for i, c := range b.children {
		b.rarest = append(b.rarest, i)
		blocks[i] = len(c.highest) // none of what is no leaf
		for _, tf := range c.highest {
			if tf == 0 {
				blocks[i]--
			}
		}
	}
	slices.SortStableFunc(b.rarest, func(i, j int) int { return cmp.Compare(blocks[i], blocks[j]) })
}

// manyOfBlock are so many documents that what all of a block tell will do.
const manyOfBlock = 16

func (b *bound) denseBounds(words []uint64, blocks []int32, sums []float32) {
	for _, at := range blocks {
		tf := b.tfs.highest[at]
		if word := words[at]; tf > 0 && bits.OnesCount64(word) < manyOfBlock {
			tf = uint8(min(b.tfs.most(int(at), word, b.tfs.planes), tooHigh))
		}
		if tf > 0 {
			b.highest[at] = tf
			sums[at] += float32(b.high(tf, b.shortest[anyLength][at]))
		}
	}
}

// high is the most that a leaf scores for one of the highest frequencies.
func (b *bound) high(tf uint8, length uint32) float64 {
	if tf == tooHigh {
		return b.leaf.Weight
	}
	return b.of(uint32(tf), length)
}

func (b *bound) sparseBounds(words []uint64, sums []float32) {
	block, most := uint32(0), float32(0)
	for i, doc := range b.tfs.docs {
		at := doc >> 6
		if words[at]>>(doc&63)&1 == 0 {
			continue
		}
		if at != block {
			sums[block] += most
			block, most = at, 0
		}
		b.highest[at] = max(b.highest[at], uint8(min(b.tfs.tfs[i], tooHigh)))
		most = max(most, float32(b.of(b.tfs.tfs[i], b.lengths.at(doc))))
	}
	sums[block] += most
}

func (b *bound) bestBounds(words []uint64, blocks []int32, sums []float32) {
	most, one := make([]float32, len(sums)), make([]float32, len(sums))
	for _, c := range b.children {
		clear(one)
		c.bounds(words, blocks, one)
		for i, v := range one {
			most[i] = max(most[i], v)
		}
	}
	for i, v := range most {
		sums[i] += v
	}
}
