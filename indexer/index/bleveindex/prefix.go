package bleveindex

import (
	"maps"
	"slices"

	"bantin/indexer/index"

	"github.com/RoaringBitmap/roaring/v2"
)

// expansions are the words that the prefixes of one search stand for, over
// all segments, so that the limit does not depend on how the index is cut.
type expansions struct {
	limit    int
	segments []*segment
	known    map[index.Prefix][]string
}

func (e *expansions) of(p index.Prefix) ([]string, error) {
	if words, ok := e.known[p]; ok {
		return words, nil
	}
	seen := map[string]bool{}
	for _, s := range e.segments {
		for _, f := range textFields {
			if p.Field != index.AnyField && p.Field != f {
				continue
			}
			if err := e.collect(s, streamField(wordStream(index.Word{Accented: p.Accented}), f), p.Text, seen); err != nil {
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

func (e *expansions) collect(s *segment, name, prefix string, seen map[string]bool) error {
	dict, err := s.snap.Segment().Dictionary(name)
	if err != nil {
		return err
	}
	for it := termsOf(dict, nil, []byte(prefix), after(prefix)); ; {
		t, err := it.Next()
		if err != nil || t == nil {
			return err
		}
		seen[t.Term] = true
		if len(seen) > e.limit {
			return &index.LimitError{Limit: "expansion", Max: e.limit, What: prefix + "*"}
		}
	}
}

func (m *matcher) prefix(p index.Prefix) (*roaring.Bitmap, error) {
	words, err := m.shared.of(p)
	if err != nil {
		return nil, err
	}
	s := wordStream(index.Word{Accented: p.Accented})
	sets := make([]*roaring.Bitmap, 0, len(words))
	for _, w := range words {
		b, err := m.inFields(s, w, p.Field)
		if err != nil {
			return nil, err
		}
		sets = append(sets, b)
	}
	return roaring.FastOr(sets...), nil
}

// after is the first term that follows all that begin with prefix.
func after(prefix string) []byte {
	b := []byte(prefix)
	for i := len(b) - 1; i >= 0; i-- {
		if b[i] < 0xff {
			b[i]++
			return b[:i+1]
		}
	}
	return nil
}
