package bleveindex

import (
	"cmp"
	"math"
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
	b.most, b.limits, b.at = make([]float64, len(b.children)), make([]float64, len(b.children)), -1
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
		b.sort()
	default:
		b.bestBounds(words, blocks, sums)
	}
}

// sort puts the children in the order of their rarity.
func (b *bound) sort() {
	blocks := make([]int, len(b.children))
	for i, c := range b.children {
		b.rarest = append(b.rarest, i)
		blocks[i] = len(c.highest) // of what is no leaf
		for _, tf := range c.highest {
			if tf == 0 {
				blocks[i]--
			}
		}
	}
	slices.SortStableFunc(b.rarest, func(i, j int) int { return cmp.Compare(blocks[i], blocks[j]) })
}

func (b *bound) denseBounds(words []uint64, blocks []int32, sums []float32) {
	for _, at := range blocks {
		if tf := b.tfs.most(int(at), words[at], b.tfs.planes); tf > 0 {
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

// bits are how many the frequencies of a leaf have in a block at most.
func (b *bound) bits(at int) int {
	if tf := b.highest[at]; tf < tooHigh {
		return bits.Len8(tf)
	}
	return b.tfs.planes
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
		if tf := b.tfs.most(at, word, b.bits(at)); tf > 0 {
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
// takes from the whole block; of one class of length it looks closer, at the
// rarest first, until nothing is left to hope for.
func (b *bound) sumReach(at int, word uint64, class int, need float64) uint64 {
	if b.at != at {
		b.look(at)
	}
	sum, limits := b.all, b.most
	if class != anyLength {
		limits = b.limits
		copy(limits, b.most)
		for _, i := range b.rarest {
			if sum < need {
				return 0
			}
			if limits[i] > 0 {
				l := b.children[i].limit(at, word, class)
				sum, limits[i] = sum-limits[i]+l, l
			}
		}
	}
	for _, i := range b.rarest {
		if word == 0 || sum < need {
			return 0
		}
		word = b.children[i].reach(at, word, class, need-(sum-limits[i]))
	}
	return word
}

// look notes what the children can add to any document of a block.
func (b *bound) look(at int) {
	b.at, b.all = at, 0
	for i, c := range b.children {
		b.most[i] = c.rough(at, anyLength)
		b.all += b.most[i]
	}
}
