package bleveindex

import (
	"context"

	"bantin/indexer/index"
)

// scorer is a node of index.Scoring with what the whole index says about its
// terms; terms that no document holds are left out.
type scorer struct {
	leaf     *leaf
	constant float64
	children []*scorer
	best     bool
	guard    index.Node
}

// leaf is one term of one field.
type leaf struct {
	index.Constants
	stream stream
	where  index.TextField
	term   string
}

// streamsOf are the streams of this engine by their names.
var streamsOf = map[index.Stream]stream{
	index.Syl: syl, index.Fold: fold, index.Bigrams: bi, index.FoldBigrams: fbi, index.Keys: key,
}

// planner weighs the terms of a query over one view.
type planner struct {
	ix       *Index
	view     *view
	matchers []*matcher
}

// plan returns the scoring of n, nil when it scores nothing.
func (p *planner) plan(ctx context.Context, n index.Node) (*scorer, error) {
	return p.weigh(ctx, p.ix.weights.Scoring(n))
}

func (p *planner) weigh(ctx context.Context, s *index.Scoring) (*scorer, error) {
	switch {
	case s == nil:
		return nil, nil
	case s.Term != nil:
		return p.leaf(ctx, *s.Term)
	}
	out := &scorer{constant: s.Constant, best: s.Best, guard: s.Guard}
	for _, c := range s.Children {
		child, err := p.weigh(ctx, c)
		if err != nil {
			return nil, err
		}
		if child != nil {
			out.children = append(out.children, child)
		}
	}
	if len(out.children) == 0 && s.Constant == 0 {
		return nil, nil
	}
	return out, nil
}

// leaf is nil when no live document has the term.
func (p *planner) leaf(ctx context.Context, t index.ScoredTerm) (*scorer, error) {
	s := streamsOf[t.Stream]
	df, err := p.frequency(ctx, s, t.Field, t.Text)
	if err != nil || df == 0 {
		return nil, err
	}
	stats := p.view.fields[s.written()][fieldIndex(t.Field)]
	c := index.DefaultBM25.Constants(t.Weight, stats.docs, df, stats.average())
	return &scorer{leaf: &leaf{c, s, t.Field, t.Text}}, nil
}

// frequency counts the live documents whose field has the term.
func (p *planner) frequency(ctx context.Context, s stream, where index.TextField, term string) (int, error) {
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
		b, err := m.term(ctx, s, where, term)
		if err != nil {
			return 0, err
		}
		df += m.alive(b)
	}
	return df, nil
}
