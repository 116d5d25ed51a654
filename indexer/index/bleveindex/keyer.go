package bleveindex

import (
	"math/bits"

	"bantin/indexer/index"
)

// keyer gives the keys of the documents of one segment, and bounds of them.
type keyer interface {
	// block adds the keys of the documents of block b that are set in word.
	block(b int, word uint64, keys *[64]float64)
	// bounds adds to sums what no document of words in each of the blocks has
	// more than.
	bounds(words []uint64, blocks []int32, sums []float32)
	// reach returns the documents of word, of block b and of one class of length
	// or anyLength, whose key may be need or more. It follows a call of bounds.
	reach(b int, word uint64, class int, need float64) uint64
}

// keyOf is the key of one document.
func keyOf(k keyer, doc uint32) float64 {
	var keys [64]float64
	k.block(int(doc>>6), 1<<(doc&63), &keys)
	return keys[doc&63]
}

// byDate orders by publication, bulletins of unknown date last.
type byDate struct {
	seg    *segment
	oldest bool
}

func (d byDate) block(b int, word uint64, keys *[64]float64) {
	for ; word != 0; word &= word - 1 {
		i := bits.TrailingZeros64(word)
		keys[i] = d.key(d.seg.date[b<<6+i])
	}
}

func (d byDate) key(date uint64) float64 {
	switch {
	case !d.oldest:
		return float64(date)
	case date == 0:
		return -1 << 41
	}
	return -float64(date)
}

func (d byDate) bounds(_ []uint64, blocks []int32, sums []float32) {
	for _, b := range blocks {
		if !d.oldest {
			sums[b] = float32(d.key(d.seg.latest[b]))
			continue
		}
		// Unknown dates are 0 and hide the oldest known one of the block.
		if o := d.seg.oldest[b]; o > 0 {
			sums[b] = float32(-float64(o))
		}
	}
}

func (d byDate) reach(_ int, word uint64, _ int, _ float64) uint64 { return word }

// fresh adds the freshness of the documents to their scores.
type fresh struct {
	*bound
	seg     *segment
	weights index.Weights
	newest  uint64
}

func (f fresh) block(b int, word uint64, keys *[64]float64) {
	f.bound.block(b, word, keys)
	for ; word != 0; word &= word - 1 {
		i := bits.TrailingZeros64(word)
		keys[i] += f.freshness(f.seg.date[b<<6+i])
	}
}

func (f fresh) freshness(date uint64) float64 {
	if date == 0 {
		return 0
	}
	return f.weights.Freshness(fromNumber(date), fromNumber(f.newest))
}

func (f fresh) bounds(words []uint64, blocks []int32, sums []float32) {
	f.bound.bounds(words, blocks, sums)
	for _, b := range blocks {
		sums[b] += float32(f.freshness(f.seg.latest[b]))
	}
}

func (f fresh) reach(b int, word uint64, class int, need float64) uint64 {
	return f.bound.reach(b, word, class, need-f.freshness(f.seg.latest[b]))
}
