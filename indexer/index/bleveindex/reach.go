package bleveindex

import (
	"math"
	"math/bits"
)

// rough is what no document of block at and of one class of length or anyLength
// scores more than, from what bounds learnt.
func (b *bound) rough(at, class int) float64 {
	most := 0.0
	switch {
	case b.leaf != nil:
		if tf := b.highest[at]; tf > 0 {
			most = b.high(tf, b.shortest[class][at])
		}
	case len(b.guarded) > 0 && b.guarded[at] == 0:
	case b.best:
		for _, c := range b.children {
			most = max(most, c.rough(at, class))
		}
	default:
		most = b.constant
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
		most = b.constant
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
	case b.constant > 0:
		if need > b.constant {
			return 0
		}
		return word
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
	if need >= b.leaf.Weight {
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
	k := b.leaf.K + b.leaf.PerLength*float64(b.shortest[class][at])
	least := need * k / (b.leaf.Weight - need)
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
