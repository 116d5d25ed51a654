package bleveindex

import (
	"context"

	"bantin/analyzers/vi"
	"bantin/indexer/index"

	"github.com/RoaringBitmap/roaring/v2"
	seg "github.com/blevesearch/scorch_segment_api/v2"
)

var empty = roaring.New()

// dict returns the dictionary of a field.
func (m *matcher) dict(name string) (seg.TermDictionary, error) {
	if d := m.dicts[name]; d != nil {
		return d, nil
	}
	d, err := m.seg.snap.Segment().Dictionary(name)
	if err == nil {
		m.dicts[name] = d
	}
	return d, err
}

// posting returns the documents of one term, deleted ones included.
func (m *matcher) posting(name, term string) (*roaring.Bitmap, error) {
	dict, err := m.dict(name)
	if err != nil {
		return nil, err
	}
	d, err := postings(dict, []byte(term))
	switch {
	case err != nil:
		return nil, err
	case d.single:
		return roaring.BitmapOf(d.one), nil
	case d.bitmap == nil:
		return empty, nil
	}
	return d.bitmap, nil
}

// term returns the documents of a token, deleted ones included.
func (m *matcher) term(ctx context.Context, s stream, where index.TextField, term string) (*roaring.Bitmap, error) {
	name := streamField(s.written(), where)
	if s == s.written() {
		return m.posting(name, term)
	}
	k := cacheKey{m.seg.columns, "or." + name, term}
	if known, ok := m.ix.lists.get(k).(docSet); ok {
		return known.Bitmap, nil
	}
	terms, err := m.variants(name, term)
	if err != nil {
		return nil, err
	}
	b, err := m.postingsOf(ctx, name, terms)
	if err == nil {
		m.ix.lists.put(k, docSet{b})
	}
	return b, err
}

// postingsOf returns the documents of any of the terms.
func (m *matcher) postingsOf(ctx context.Context, name string, terms []string) (*roaring.Bitmap, error) {
	sets := make([]*roaring.Bitmap, len(terms))
	for i, t := range terms {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		b, err := m.posting(name, t)
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

// variants returns the terms of a field that fold to a word or bigram.
func (m *matcher) variants(name, folded string) ([]string, error) {
	k := cacheKey{m.seg.columns, "fold." + name, folded}
	if known, ok := m.ix.lists.get(k).(termSet); ok {
		return known, nil
	}
	terms, err := m.words(name, folding{exactly(folded)}, "")
	if err == nil {
		m.ix.lists.put(k, termSet(terms))
	}
	return terms, err
}

type termSet []string

func (s termSet) size() int { return 200 + 32*len(s) }

// words returns the terms of a field that an automaton accepts and that begin
// with a prefix.
func (m *matcher) words(name string, a seg.Automaton, prefix string) ([]string, error) {
	dict, err := m.dict(name)
	if err != nil {
		return nil, err
	}
	var out []string
	var from, to []byte
	if prefix != "" {
		from, to = []byte(prefix), []byte(prefix)
		to[len(to)-1]++ // a letter never ends in the highest byte
	}
	for it := termsOf(dict, a, from, to); ; {
		e, err := it.Next()
		if err != nil || e == nil {
			return out, err
		}
		out = append(out, e.Term)
	}
}

// inFields joins a term's documents over the text fields that w names.
func (m *matcher) inFields(ctx context.Context, s stream, term string, w index.TextField) (*roaring.Bitmap, error) {
	var sets []*roaring.Bitmap
	for _, f := range index.TextFields {
		if !w.In(f) {
			continue
		}
		b, err := m.term(ctx, s, f, term)
		if err != nil {
			return nil, err
		}
		if !b.IsEmpty() {
			sets = append(sets, b)
		}
	}
	switch len(sets) {
	case 0:
		return empty, nil
	case 1:
		return sets[0], nil
	case 2:
		return roaring.Or(sets[0], sets[1]), nil
	}
	return roaring.FastOr(sets...), nil
}

func wordStream(w index.Word) stream {
	if w.Accented {
		return syl
	}
	return fold
}

// foldOf is the word's form in stream fold.
func foldOf(w index.Word) string {
	if w.Accented {
		return vi.Fold(w.Text)
	}
	return w.Text
}
