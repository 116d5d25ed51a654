package bleveindex

import (
	"time"

	"bantin/indexer/index"

	"github.com/RoaringBitmap/roaring/v2"
)

// value returns the documents that have a facet's value. The value of a
// citation stands for every document whose key it begins.
func (m *matcher) value(f index.Field, value string) (*roaring.Bitmap, error) {
	if f == index.ID {
		return m.seg.snap.Segment().DocNumbers([]string{value})
	}
	b, err := m.posting(string(f), value)
	if err == nil && f == index.Cites {
		var longer *roaring.Bitmap
		if longer, err = m.posting(stemField, value); err == nil {
			b = roaring.Or(b, longer)
		}
	}
	if err != nil || f != index.Group {
		return b, err
	}
	first, err := m.seg.snap.Segment().DocNumbers([]string{value})
	if err != nil {
		return nil, err
	}
	// The bulletin of that id, unless it has moved to another group.
	return roaring.Or(b, roaring.AndNot(first, m.seg.moved)), nil
}

// filter returns the documents that have one of the values.
func (m *matcher) filter(f index.Field, values []string) (*roaring.Bitmap, error) {
	sets := make([]*roaring.Bitmap, len(values))
	for i, v := range values {
		b, err := m.value(f, v)
		if err != nil {
			return nil, err
		}
		sets[i] = b
	}
	if len(sets) == 1 {
		return sets[0], nil
	}
	return roaring.FastOr(sets...), nil
}

// dates returns the documents published in [from, to).
func (m *matcher) dates(from, to time.Time) *roaring.Bitmap {
	low, high := uint64(1), ^uint64(0)
	if !from.IsZero() {
		low = max(1, dateNumber(from))
	}
	if !to.IsZero() {
		high = dateNumber(to)
	}
	words := make([]uint64, m.seg.blocks)
	for b := range words {
		if m.seg.latest[b] < low || m.seg.oldest[b] >= high {
			continue
		}
		first := b << 6
		for i, d := range m.seg.date[first:min(m.seg.n, first+64)] {
			if d >= low && d < high {
				words[b] |= 1 << i
			}
		}
	}
	return roaring.FromDense(words, false)
}
