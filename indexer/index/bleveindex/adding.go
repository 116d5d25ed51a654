package bleveindex

import (
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
)

// adding are frequencies that are being added up; its planes are apart.
type adding struct {
	*frequencies
	planes []*plane
	blocks int
}

// plane is one bit of the frequencies of all documents, or other words that are
// used again: memory that is new costs more than what is done with it.
type plane struct{ words []uint64 }

var sparePlanes = sync.Pool{New: func() any { return new(plane) }}

func newPlane(words int) *plane {
	p := sparePlanes.Get().(*plane)
	p.words = slices.Grow(p.words[:0], words)[:words]
	clear(p.words)
	return p
}

func planeOf(docs *roaring.Bitmap, blocks int) *plane {
	p := newPlane(blocks)
	docs.WriteDenseTo(p.words)
	return p
}

// newFrequencies are those of a term in about count documents.
func newFrequencies(count, blocks int) *adding {
	return &adding{frequencies: &frequencies{dense: 2*count > blocks}, blocks: blocks}
}

// sum brings the planes together, so that those of a block are neighbours.
func (f *adding) sum() *frequencies {
	out := f.frequencies
	if out.dense {
		out.planes = len(f.planes)
		out.bits = make([]uint64, f.blocks*out.planes)
		for p, plane := range f.planes {
			for b, w := range plane.words {
				out.bits[b*out.planes+p] = w
			}
			sparePlanes.Put(plane)
		}
		out.highest = make([]uint8, f.blocks)
		for b := range out.highest {
			out.highest[b] = uint8(min(out.most(b, ^uint64(0), out.planes), tooHigh))
		}
	}
	return out
}

// add adds 2 to the power of p to the frequency in each of docs.
func (f *adding) add(docs docs, p int) {
	switch {
	case !f.dense:
		f.merge(docs, 1<<p)
	case docs.bitmap == nil || docs.count() < f.blocks/2:
		docs.each(func(doc uint32) { f.carry(int(doc>>6), 1<<(doc&63), p) })
	default:
		for now := planeOf(docs.bitmap, f.blocks); now != nil; p++ { // what is carried goes to the next plane
			now = f.addPlane(now, p)
		}
	}
}

// grow sees to it that there are n planes.
func (f *adding) grow(n int) {
	for len(f.planes) < n {
		f.planes = append(f.planes, newPlane(f.blocks))
	}
}

// addPlane adds what is in now to plane p. It returns what is carried, nil for
// nothing.
func (f *adding) addPlane(now *plane, p int) *plane {
	f.grow(p)
	if len(f.planes) == p {
		f.planes = append(f.planes, now)
		return nil
	}
	carried := uint64(0)
	words := f.planes[p].words[:len(now.words)]
	for i, w := range now.words {
		now.words[i] = words[i] & w
		words[i] ^= w
		carried |= now.words[i]
	}
	if carried != 0 {
		return now
	}
	sparePlanes.Put(now)
	return nil
}

// carry adds the bits of one word to plane p of one block.
func (f *adding) carry(block int, word uint64, p int) {
	for ; word != 0; p++ {
		f.grow(p + 1)
		words := f.planes[p].words
		words[block], word = words[block]^word, words[block]&word
	}
}

// merge adds to the frequencies of a sparse list.
func (f *adding) merge(docs docs, add uint32) {
	old, tfs := f.docs, f.tfs
	n := len(old) + docs.count()
	f.docs, f.tfs = make([]uint32, 0, n), make([]uint32, 0, n)
	docs.each(func(doc uint32) {
		k, found := slices.BinarySearch(old, doc)
		f.docs, f.tfs = append(f.docs, old[:k]...), append(f.tfs, tfs[:k]...)
		tf := add
		if found {
			tf += tfs[k]
			k++
		}
		f.docs, f.tfs = append(f.docs, doc), append(f.tfs, tf)
		old, tfs = old[k:], tfs[k:]
	})
	f.docs, f.tfs = append(f.docs, old...), append(f.tfs, tfs...)
}
