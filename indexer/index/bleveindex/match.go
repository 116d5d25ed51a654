package bleveindex

import (
	"context"
	"fmt"
	"math/bits"
	"slices"

	"bantin/indexer/index"

	"github.com/RoaringBitmap/roaring/v2"
	seg "github.com/blevesearch/scorch_segment_api/v2"
)

// matcher computes the documents of one segment that a query matches. The
// bitmaps it gives may belong to the segment: they are never changed.
type matcher struct {
	ix     *Index
	view   *view
	seg    *segment
	dicts  map[string]seg.TermDictionary
	shared *expansions     // with the other segments of the search
	few    *roaring.Bitmap // the only documents that are scored, when they are few
}

func (ix *Index) newMatcher(v *view, s *segment, shared *expansions) *matcher {
	return &matcher{
		ix: ix, view: v, seg: s, shared: shared,
		dicts: map[string]seg.TermDictionary{},
	}
}

// node returns the matches of n, deleted documents included.
func (m *matcher) node(ctx context.Context, n index.Node) (*roaring.Bitmap, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	switch n := n.(type) {
	case nil:
		return m.all(), nil
	case index.Word:
		return m.inFields(ctx, wordStream(n), n.Text, n.Field)
	case index.Key:
		return m.inFields(ctx, key, n.Text, n.Field)
	case index.Term:
		return m.value(n.Field, n.Value)
	case index.Prefix:
		return m.prefix(ctx, n)
	case index.Phrase:
		return m.phraseOf(ctx, n)
	case index.And:
		return m.and(ctx, n)
	case index.Or:
		return m.or(ctx, n)
	case index.Not:
		return m.not(ctx, n.Child)
	}
	return nil, fmt.Errorf("this engine knows no node of type %T", n)
}

// addBit adds a bit of every document that is set in words, which it changes.
func addBit(counters [][]uint64, words []uint64, bit int) [][]uint64 {
	for ; ; bit++ {
		for len(counters) <= bit {
			counters = append(counters, make([]uint64, len(words)))
		}
		carried := uint64(0)
		counter := counters[bit][:len(words)]
		for i, w := range words {
			words[i] = counter[i] & w
			counter[i] ^= w
			carried |= words[i]
		}
		if carried == 0 {
			return counters
		}
	}
}

func (m *matcher) all() *roaring.Bitmap {
	b := roaring.New()
	b.AddRange(0, uint64(m.seg.n))
	return b
}

func (m *matcher) not(ctx context.Context, child index.Node) (*roaring.Bitmap, error) {
	b, err := m.node(ctx, child)
	if err != nil {
		return nil, err
	}
	return roaring.AndNot(m.all(), b), nil
}

// and meets its children, the rarest first, and takes the excluded away last.
func (m *matcher) and(ctx context.Context, children index.And) (*roaring.Bitmap, error) {
	var in, out []*roaring.Bitmap
	for _, c := range children {
		not, negative := c.(index.Not)
		if negative {
			c = not.Child
		}
		b, err := m.node(ctx, c)
		if err != nil {
			return nil, err
		}
		if negative {
			out = append(out, b)
		} else {
			in = append(in, b)
			if b.IsEmpty() {
				return empty, nil
			}
		}
	}
	got := m.all()
	if len(in) > 0 {
		slices.SortStableFunc(in, func(a, b *roaring.Bitmap) int {
			return int(a.GetCardinality()) - int(b.GetCardinality())
		})
		got = in[0]
		for _, b := range in[1:] {
			got = roaring.And(got, b)
		}
	}
	for _, b := range out {
		got = roaring.AndNot(got, b)
	}
	return got, nil
}

// or joins its children, or counts them when more than one has to match.
func (m *matcher) or(ctx context.Context, n index.Or) (*roaring.Bitmap, error) {
	sets := make([]*roaring.Bitmap, len(n.Children))
	for i, c := range n.Children {
		b, err := m.node(ctx, c)
		if err != nil {
			return nil, err
		}
		sets[i] = b
	}
	if n.Weights != nil {
		return atLeast(sets, n.Weights, max(1, n.Min), m.seg.blocks), nil
	}
	switch {
	case n.Min > len(sets):
		return empty, nil
	case n.Min <= 1:
		return roaring.FastOr(sets...), nil
	case n.Min == len(sets):
		return roaring.FastAnd(sets...), nil
	}
	return atLeast(sets, slices.Repeat([]int{1}, len(sets)), n.Min, m.seg.blocks), nil
}

// atLeast returns the documents in sets of at least so much weight together. It
// adds up all documents at once, with one bit of the sums in each slice of
// words.
func atLeast(sets []*roaring.Bitmap, weights []int, k, blocks int) *roaring.Bitmap {
	var counters [][]uint64
	words, carry := make([]uint64, blocks), make([]uint64, blocks)
	for i, s := range sets {
		clear(words)
		s.WriteDenseTo(words)
		for w := uint(weights[i]); w != 0; w &= w - 1 {
			copy(carry, words)
			counters = addBit(counters, carry, bits.TrailingZeros(w))
		}
	}
	// Compare every counter with k, from the highest bit down.
	for i := range words {
		greater, equal := uint64(0), ^uint64(0)
		for bit, counter := range slices.Backward(counters) {
			if c := counter[i]; k>>bit&1 == 1 {
				equal &= c
			} else {
				greater |= equal & c
				equal &^= c
			}
		}
		if k>>len(counters) != 0 {
			greater, equal = 0, 0
		}
		words[i] = greater | equal
	}
	return roaring.FromDense(words, false)
}
