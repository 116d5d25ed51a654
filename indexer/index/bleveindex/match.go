package bleveindex

import (
	"context"
	"fmt"
	"slices"
	"time"

	"bantin/analyzers/vi"
	"bantin/indexer/index"

	"github.com/RoaringBitmap/roaring/v2"
	seg "github.com/blevesearch/scorch_segment_api/v2"
)

// matcher computes the documents of one segment that a query matches. The
// bitmaps it gives may belong to the segment: they are never changed.
type matcher struct {
	ctx    context.Context
	ix     *Index
	view   *view
	seg    *segment
	dicts  map[string]seg.TermDictionary
	folded map[string]*roaring.Bitmap // of folded words, by field and word
	shared *expansions                // with the other segments of the search
}

func (ix *Index) newMatcher(ctx context.Context, v *view, s *segment, shared *expansions) *matcher {
	return &matcher{
		ctx: ctx, ix: ix, view: v, seg: s, shared: shared,
		dicts: map[string]seg.TermDictionary{}, folded: map[string]*roaring.Bitmap{},
	}
}

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
	d, _, err := postings(dict, []byte(term))
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
func (m *matcher) term(s stream, where index.TextField, term string) (*roaring.Bitmap, error) {
	name := streamField(s.written(), where)
	if s == s.written() {
		return m.posting(name, term)
	}
	folded := name + " " + term
	if b := m.folded[folded]; b != nil {
		return b, nil
	}
	terms, err := m.variants(name, term)
	if err != nil {
		return nil, err
	}
	b, err := m.postingsOf(name, terms)
	if err == nil {
		m.folded[folded] = b
	}
	return b, err
}

// postingsOf returns the documents of any of the terms.
func (m *matcher) postingsOf(name string, terms []string) (*roaring.Bitmap, error) {
	sets := make([]*roaring.Bitmap, len(terms))
	for i, t := range terms {
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
	terms, err := m.words(name, folding{exactly(folded)})
	if err == nil {
		m.ix.lists.put(k, termSet(terms))
	}
	return terms, err
}

type termSet []string

func (s termSet) size() int { return 200 + 32*len(s) }

// words returns the terms of a field that an automaton accepts.
func (m *matcher) words(name string, a seg.Automaton) ([]string, error) {
	dict, err := m.dict(name)
	if err != nil {
		return nil, err
	}
	var out []string
	for it := termsOf(dict, a, nil, nil); ; {
		e, err := it.Next()
		if err != nil || e == nil {
			return out, err
		}
		out = append(out, e.Term)
	}
}

// inFields joins a term's documents over the text fields that w names.
func (m *matcher) inFields(s stream, term string, w index.TextField) (*roaring.Bitmap, error) {
	if w != index.AnyField {
		return m.term(s, w, term)
	}
	title, err := m.term(s, index.Title, term)
	if err != nil {
		return nil, err
	}
	body, err := m.term(s, index.Body, term)
	switch {
	case err != nil:
		return nil, err
	case title.IsEmpty():
		return body, nil
	case body.IsEmpty():
		return title, nil
	}
	return roaring.Or(title, body), nil
}

// node returns the matches of n, deleted documents included.
func (m *matcher) node(n index.Node) (*roaring.Bitmap, error) {
	if err := m.ctx.Err(); err != nil {
		return nil, err
	}
	switch n := n.(type) {
	case nil:
		return m.all(), nil
	case index.Word:
		return m.inFields(wordStream(n), n.Text, n.Field)
	case index.Key:
		return m.inFields(key, n.Text, n.Field)
	case index.Term:
		return m.value(n.Field, n.Value)
	case index.Prefix:
		return m.prefix(n)
	case index.Phrase:
		return m.phraseOf(n)
	case index.And:
		return m.and(n)
	case index.Or:
		return m.or(n)
	case index.Not:
		return m.not(n.Child)
	}
	return nil, fmt.Errorf("this engine knows no node of type %T", n)
}

func wordStream(w index.Word) stream {
	if w.Accented {
		return syl
	}
	return fold
}

func (m *matcher) all() *roaring.Bitmap {
	b := roaring.New()
	b.AddRange(0, uint64(m.seg.n))
	return b
}

func (m *matcher) not(child index.Node) (*roaring.Bitmap, error) {
	b, err := m.node(child)
	if err != nil {
		return nil, err
	}
	return roaring.AndNot(m.all(), b), nil
}

// and meets its children, the rarest first, and takes the excluded away last.
func (m *matcher) and(children index.And) (*roaring.Bitmap, error) {
	var in, out []*roaring.Bitmap
	for _, c := range children {
		not, negative := c.(index.Not)
		if negative {
			c = not.Child
		}
		b, err := m.node(c)
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
func (m *matcher) or(n index.Or) (*roaring.Bitmap, error) {
	sets := make([]*roaring.Bitmap, len(n.Children))
	for i, c := range n.Children {
		b, err := m.node(c)
		if err != nil {
			return nil, err
		}
		sets[i] = b
	}
	switch {
	case n.Min > len(sets):
		return empty, nil
	case n.Min <= 1:
		return roaring.FastOr(sets...), nil
	case n.Min == len(sets):
		return roaring.FastAnd(sets...), nil
	}
	return atLeast(sets, n.Min, m.seg.blocks), nil
}

// atLeast returns the documents in at least k of the sets. It counts all
// documents at once, with one bit of the counters in each slice of words.
func atLeast(sets []*roaring.Bitmap, k, blocks int) *roaring.Bitmap {
	var counters [][]uint64
	words := make([]uint64, blocks)
	for _, s := range sets {
		clear(words)
		s.WriteDenseTo(words)
		for bit := 0; ; bit++ {
			if bit == len(counters) {
				counters = append(counters, make([]uint64, blocks))
			}
			carried := uint64(0)
			for i, w := range words {
				words[i] = counters[bit][i] & w
				counters[bit][i] ^= w
				carried |= words[i]
			}
			if carried == 0 {
				break
			}
		}
	}
	// Compare every counter with k, from the highest bit down.
	for i := range words {
		greater, equal := uint64(0), ^uint64(0)
		for bit := len(counters) - 1; bit >= 0; bit-- {
			if c := counters[bit][i]; k>>bit&1 == 1 {
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

// value returns the documents that have a facet's value. The value of a
// citation stands for every document whose key it begins.
func (m *matcher) value(f index.Field, value string) (*roaring.Bitmap, error) {
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
	for _, doc := range m.seg.grouped {
		first.Remove(doc)
	}
	return roaring.Or(b, first), nil
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

// foldOf is the word's form in stream fold.
func foldOf(w index.Word) string {
	if w.Accented {
		return vi.Fold(w.Text)
	}
	return w.Text
}
