package bleveindex

import (
	"math"
	"math/bits"
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
	limits  []float64 // of the children, while reach looks at a block
}

// tooHigh stands for all frequencies from it on.
const tooHigh = math.MaxUint8

func (m *matcher) bind(s *scorer) (*bound, error) {
	b := &bound{scorer: s}
	var err error
	if l := s.leaf; l != nil {
		s, f := l.stream.written(), fieldIndex(l.where)
		b.lengths, b.shortest = m.seg.lengths[s][f], &m.seg.shortest[s][f]
		b.tfs, err = m.frequencies(l.stream, l.where, l.term)
		return b, err
	}
	for _, c := range s.children {
		child, err := m.bind(c)
		if err != nil {
			return nil, err
		}
		if child.adds() && !b.best {
			b.children = append(b.children, child.children...)
		} else {
			b.children = append(b.children, child)
		}
	}
	b.limits = make([]float64, len(b.children))
	if s.guard != nil {
		where, err := m.node(s.guard)
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
		for _, c := range b.children {
			c.block(at, word, scores)
		}
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
	return b.leaf.weight * f / (f + b.leaf.k + b.leaf.perLength*float64(length))
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
		for _, c := range b.children {
			c.bounds(words, blocks, sums)
		}
	default:
		b.bestBounds(words, blocks, sums)
	}
}

func (b *bound) denseBounds(words []uint64, blocks []int32, sums []float32) {
	for _, at := range blocks {
		if tf := b.tfs.most(int(at), words[at]); tf > 0 {
			b.highest[at] = uint8(min(tf, tooHigh))
			sums[at] += float32(b.of(tf, b.shortest[anyLength][at]))
		}
	}
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

// rough is what no document of block at and of one class of length or anyLength
// scores more than, from what bounds learnt.
func (b *bound) rough(at, class int) float64 {
	most := 0.0
	switch {
	case b.leaf != nil:
		switch tf := b.highest[at]; tf {
		case 0:
		case tooHigh:
			most = b.leaf.weight
		default:
			most = b.of(uint32(tf), b.shortest[class][at])
		}
	case len(b.guarded) > 0 && b.guarded[at] == 0:
	case b.best:
		for _, c := range b.children {
			most = max(most, c.rough(at, class))
		}
	default:
		for _, c := range b.children {
			most += c.rough(at, class)
		}
	}
	return most
}

// limit is what no document of word, of block at and of one class of length,
// scores more than.
func (b *bound) limit(at int, word uint64, class int) float64 {
	if b.guarded != nil {
		word &= b.guarded[at]
	}
	most := 0.0
	switch {
	case word == 0 || b.leaf != nil && b.highest[at] == 0:
	case b.leaf != nil && b.tfs.dense:
		if tf := b.tfs.most(at, word); tf > 0 {
			most = b.of(tf, b.shortest[class][at])
		}
	case b.leaf != nil:
		docs, tfs := b.tfs.within(at)
		for k, doc := range docs {
			if word>>(doc&63)&1 == 1 {
				most = max(most, b.of(tfs[k], b.lengths.at(doc)))
			}
		}
	case b.best:
		for _, c := range b.children {
			most = max(most, c.limit(at, word, class))
		}
	default:
		for _, c := range b.children {
			most += c.limit(at, word, class)
		}
	}
	return most
}

// reach returns the documents of word, of block at and of one class of length or
// anyLength, that may score need or more.
func (b *bound) reach(at int, word uint64, class int, need float64) uint64 {
	if need <= 0 {
		return word
	}
	if b.guarded != nil {
		word &= b.guarded[at]
	}
	switch {
	case word == 0:
		return 0
	case b.leaf != nil:
		return b.leafReach(at, word, class, need)
	case !b.best:
		return b.sumReach(at, word, class, need)
	}
	out := uint64(0)
	for _, c := range b.children {
		out |= c.reach(at, word, class, need)
	}
	return out
}

// leafReach keeps the documents of a frequency that is high enough in the
// shortest of them.
func (b *bound) leafReach(at int, word uint64, class int, need float64) uint64 {
	if need >= b.leaf.weight {
		return 0 // which no frequency reaches
	}
	if !b.tfs.dense {
		out := uint64(0)
		docs, tfs := b.tfs.within(at)
		for k, doc := range docs {
			if bit := uint64(1) << (doc & 63); word&bit != 0 && b.of(tfs[k], b.lengths.at(doc)) >= need {
				out |= bit
			}
		}
		return out
	}
	// need ≤ weight·tf / (tf + k) solved for tf.
	k := b.leaf.k + b.leaf.perLength*float64(b.shortest[class][at])
	least := need * k / (b.leaf.weight - need)
	return b.tfs.atLeast(at, word, uint32(min(math.Ceil(least-1e-6), math.MaxUint32)))
}

// sumReach asks of each child what the others cannot add. What those can add it
// takes from the whole block; of one class of length it looks closer, where the
// block leaves hope.
func (b *bound) sumReach(at int, word uint64, class int, need float64) uint64 {
	sum := 0.0
	for i, c := range b.children {
		b.limits[i] = c.rough(at, class)
		sum += b.limits[i]
	}
	for i, c := range b.children {
		if sum < need {
			return 0
		}
		if b.limits[i] > 0 && class != anyLength {
			l := c.limit(at, word, class)
			sum, b.limits[i] = sum-b.limits[i]+l, l
		}
	}
	for i, c := range b.children {
		if word == 0 || sum < need {
			return 0
		}
		word = c.reach(at, word, class, need-(sum-b.limits[i]))
	}
	return word
}
