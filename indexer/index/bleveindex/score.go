package bleveindex

import (
	"bantin/indexer/index"

	"github.com/RoaringBitmap/roaring/v2"
)

// scorer is a node of the scoring of a query: a leaf scores one term of one
// field, the others add up their children or take the best. See index.Weights.
type scorer struct {
	leaf     *leaf
	children []*scorer
	best     bool
	guard    index.Node // the score counts only where this matches; nil for everywhere
}

// leaf is one term of one field with what the whole index says about it.
type leaf struct {
	stream    stream
	where     index.TextField
	term      string
	weight    float64 // with the inverse document frequency and K1+1
	k         float64 // of the denominator: tf + k + perLength·length
	perLength float64
}

// planner builds the scoring of a query over one view.
type planner struct {
	ix       *Index
	view     *view
	matchers []*matcher
}

// plan returns the scoring of n, nil when it scores nothing.
func (p *planner) plan(n index.Node) (*scorer, error) {
	switch n := n.(type) {
	case index.Word:
		return p.word(n)
	case index.Key:
		return p.sum(p.leaves(key, n.Text, n.Field, p.ix.weights.Key))
	case index.Phrase:
		words := make([]index.Node, len(n.Words))
		for i, w := range n.Words {
			w.Field = n.Field
			words[i] = w
		}
		return p.and(words)
	case index.And:
		return p.and(n)
	case index.Or:
		return p.or(n)
	}
	return nil, nil
}

func (p *planner) sum(children []*scorer, err error) (*scorer, error) {
	kept := children[:0]
	for _, c := range children {
		if c != nil {
			kept = append(kept, c)
		}
	}
	switch {
	case err != nil || len(kept) == 0:
		return nil, err
	case len(kept) == 1:
		return kept[0], nil
	}
	return &scorer{children: kept}, nil
}

func (p *planner) word(w index.Word) (*scorer, error) {
	all, err := p.leaves(wordStream(w), w.Text, w.Field, p.ix.weights.Word)
	if err == nil && w.Accented && p.ix.weights.Fold != 0 {
		var more []*scorer
		more, err = p.leaves(fold, foldOf(w), w.Field, p.ix.weights.Fold)
		all = append(all, more...)
	}
	return p.sum(all, err)
}

// and adds up the children and the bigrams of neighbouring words.
func (p *planner) and(children []index.Node) (*scorer, error) {
	var all []*scorer
	for i, c := range children {
		s, err := p.plan(c)
		if err != nil {
			return nil, err
		}
		all = append(all, s)
		a, ok := c.(index.Word)
		if !ok || i+1 == len(children) || p.ix.weights.Bigram == 0 {
			continue
		}
		b, ok := children[i+1].(index.Word)
		if !ok || a.Field != b.Field {
			continue
		}
		in, text := fbi, bigram(foldOf(a), foldOf(b))
		if a.Accented && b.Accented {
			in, text = bi, bigram(a.Text, b.Text)
		}
		pair, err := p.leaves(in, text, a.Field, p.ix.weights.Bigram)
		if err != nil {
			return nil, err
		}
		all = append(all, pair...)
	}
	return p.sum(all, nil)
}

func (p *planner) or(n index.Or) (*scorer, error) {
	out := &scorer{best: n.Best}
	for _, c := range n.Children {
		s, err := p.plan(c)
		if err != nil {
			return nil, err
		}
		if s == nil {
			continue
		}
		if !p.plain(c) {
			s = &scorer{children: []*scorer{s}, guard: c}
		}
		out.children = append(out.children, s)
	}
	if len(out.children) == 0 {
		return nil, nil
	}
	return out, nil
}

// plain tells whether a child scores only where it matches as it is: where it
// does not match there is no frequency.
func (p *planner) plain(n index.Node) bool {
	switch n := n.(type) {
	case index.Key:
		return true
	case index.Word:
		return !n.Accented || p.ix.weights.Fold == 0
	}
	return false
}

// leaves returns the leaf of each field that has the term.
func (p *planner) leaves(s stream, term string, where index.TextField, weight float64) ([]*scorer, error) {
	var out []*scorer
	for i, f := range textFields {
		if where != index.AnyField && where != f {
			continue
		}
		df, err := p.frequency(s, f, term)
		if err != nil {
			return nil, err
		}
		w := weight
		if f == index.Title {
			w *= p.ix.weights.Title
		}
		if df == 0 || w == 0 {
			continue
		}
		stats, bm := p.view.fields[s.written()][i], index.DefaultBM25
		average := stats.average()
		out = append(out, &scorer{leaf: &leaf{
			stream: s, where: f, term: term,
			weight:    w * bm.IDF(stats.docs, df) * (bm.K1 + 1),
			k:         bm.K1 * (1 - bm.B),
			perLength: bm.K1 * bm.B / average,
		}})
	}
	return out, nil
}

// frequency counts the live documents whose field has the term.
func (p *planner) frequency(s stream, where index.TextField, term string) (int, error) {
	df := 0
	for _, m := range p.matchers {
		b, err := m.term(s, where, term)
		if err != nil {
			return 0, err
		}
		df += int(b.GetCardinality())
		if m.seg.deleted != nil {
			df -= int(b.AndCardinality(m.seg.deleted))
		}
	}
	return df, nil
}

// bound is a scorer on the lists of one segment.
type bound struct {
	*scorer
	list     *termList
	lengths  lengths
	children []*bound
	guarded  *roaring.Bitmap
}

func (m *matcher) bind(s *scorer) (*bound, error) {
	b := &bound{scorer: s}
	var err error
	if l := s.leaf; l != nil {
		b.lengths = m.seg.lengths[l.stream.written()][fieldIndex(l.where)]
		b.list, err = m.list(l.stream, l.where, l.term)
		return b, err
	}
	for _, c := range s.children {
		child, err := m.bind(c)
		if err != nil {
			return nil, err
		}
		b.children = append(b.children, child)
	}
	if s.guard != nil {
		b.guarded, err = m.node(s.guard)
	}
	return b, err
}

// score is that of one document.
func (b *bound) score(doc uint32) float64 {
	if l := b.leaf; l != nil {
		tf := float64(b.list.tf(doc))
		if tf == 0 {
			return 0
		}
		return l.weight * tf / (tf + l.k + l.perLength*float64(b.lengths.at(doc)))
	}
	if b.guarded != nil && !b.guarded.Contains(doc) {
		return 0
	}
	total := 0.0
	for _, c := range b.children {
		if s := c.score(doc); b.best {
			total = max(total, s)
		} else {
			total += s
		}
	}
	return total
}

// bounds adds to sums what no document of each block can score more than.
func (b *bound) bounds(sums []float32) {
	if b.leaf != nil {
		b.leafBounds(sums)
		return
	}
	if !b.best {
		for _, c := range b.children {
			c.bounds(sums)
		}
		return
	}
	most, one := make([]float32, len(sums)), make([]float32, len(sums))
	for _, c := range b.children {
		clear(one)
		c.bounds(one)
		for i, v := range one {
			most[i] = max(most[i], v)
		}
	}
	for i, v := range most {
		sums[i] += v
	}
}

func (b *bound) leafBounds(sums []float32) {
	if b.list.dense != nil {
		unit := float32(b.leaf.weight / 255)
		for i, q := range b.list.bounds {
			sums[i] += unit * float32(q)
		}
		return
	}
	block, most := -1, 0.0
	for i, doc := range b.list.docs {
		if at := int(doc >> 6); at != block {
			if block >= 0 {
				sums[block] += float32(most)
			}
			block, most = at, 0
		}
		l, tf := b.leaf, float64(b.list.wide(i))
		most = max(most, l.weight*tf/(tf+l.k+l.perLength*float64(b.lengths.at(doc))))
	}
	if block >= 0 {
		sums[block] += float32(most)
	}
}
