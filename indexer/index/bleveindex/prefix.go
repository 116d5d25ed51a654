package bleveindex

import (
	"context"
	"maps"
	"slices"

	"bantin/indexer/index"

	"github.com/RoaringBitmap/roaring/v2"
	seg "github.com/blevesearch/scorch_segment_api/v2"
)

// expansions are the accented words that the prefixes of one search stand for, over
// all segments, so that the limit does not depend on how the index is cut.
type expansions struct {
	limit    int
	lenient  bool // at the limit, go on with the words found so far
	segments []*segment
	known    map[index.Prefix][]string
}

func (e *expansions) of(p index.Prefix) ([]string, error) {
	if words, ok := e.known[p]; ok {
		return words, nil
	}
	seen := map[string]bool{}
	for _, s := range e.segments {
		for _, f := range index.TextFields {
			if !p.Field.In(f) {
				continue
			}
			if err := e.collect(s, streamField(syl, f), p, seen); err != nil {
				return nil, err
			}
		}
	}
	words := slices.Sorted(maps.Keys(seen))
	if e.known == nil {
		e.known = map[index.Prefix][]string{}
	}
	e.known[p] = words
	return words, nil
}

func (e *expansions) collect(s *segment, name string, p index.Prefix, seen map[string]bool) error {
	dict, err := s.snap.Segment().Dictionary(name)
	if err != nil {
		return err
	}
	var a seg.Automaton = beginning(p.Text)
	if !p.Accented {
		a = folding{a}
	}
	for it := termsOf(dict, a, nil, nil); ; {
		t, err := it.Next()
		if err != nil || t == nil {
			return err
		}
		if seen[t.Term] = true; len(seen) <= e.limit {
			continue
		}
		delete(seen, t.Term)
		if e.lenient {
			return nil
		}
		return &index.LimitError{Limit: "expansion", Max: e.limit, What: p.Text + "*"}
	}
}

func (m *matcher) prefix(ctx context.Context, p index.Prefix) (*roaring.Bitmap, error) {
	words, err := m.shared.of(p)
	if err != nil {
		return nil, err
	}
	var sets []*roaring.Bitmap
	for _, f := range index.TextFields {
		if !p.Field.In(f) {
			continue
		}
		b, err := m.postingsOf(ctx, streamField(syl, f), words)
		if err != nil {
			return nil, err
		}
		sets = append(sets, b)
	}
	return roaring.FastOr(sets...), nil
}
