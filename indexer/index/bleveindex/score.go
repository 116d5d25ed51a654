package bleveindex

import "bantin/indexer/index"

// scorer is a node of the scoring of a query: a leaf scores one term of one
// field, a constant the same wherever its guard matches, the others add up
// their children or take the best. See index.Weights.
type scorer struct {
	leaf     *leaf
	constant float64
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
	case index.Term:
		if n.Score > 0 {
			return &scorer{constant: n.Score, guard: n}, nil
		}
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
	for _, c := range children {
		s, err := p.plan(c)
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	pairs, err := p.pairs(children)
	return p.sum(append(all, pairs...), err)
}

// pairs scores the bigrams of neighbouring words.
func (p *planner) pairs(children []index.Node) ([]*scorer, error) {
	var all []*scorer
	for i := 0; i+1 < len(children) && p.ix.weights.Bigram != 0; i++ {
		a, ok := children[i].(index.Word)
		if !ok {
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
	return all, nil
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
	if n.Min > 1 && !n.Best {
		pairs, err := p.pairs(n.Children)
		out.children = append(out.children, pairs...)
		return out, err
	}
	return out, nil
}

// plain tells whether a child scores only where it matches as it is: where it
// does not match there is no frequency.
func (p *planner) plain(n index.Node) bool {
	switch n := n.(type) {
	case index.Key, index.Term:
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
		if s == fbi && m.few == nil { // whose documents nothing else asks for
			tfs, err := m.frequencies(s, where, term)
			if err != nil {
				return 0, err
			}
			df += tfs.without(m.seg.deleted)
			continue
		}
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
