package page

import (
	"context"
	"strings"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/searchd/web/answer"
	"bantin/searchd/web/export"
)

// nothingView helps somebody whose search found nothing.
type nothingView struct {
	Understood []string
	Without    []Link // the search without one of its filters, with what that finds
	TextOnly   *Link  // the search without any filter
	Unaccented *Link
	Gaps       []string
	Feed       string
}

func (s *Pages) nothing(ctx context.Context, p *Page, a answer.Found) (*nothingView, error) {
	sp := a.Params
	v := &nothingView{Understood: p.understood(ctx, a.Parsed.Root, nil), Feed: export.FeedAddress(sp)}
	for _, t := range a.Parsed.Typed {
		if t.Whole {
			typed := answer.Removal{Name: t.Name, Value: t.Value}
			v.Understood = append(v.Understood, p.T("facet."+t.Name)+": "+typed.Label(ctx, p.Labels))
		}
	}
	removals := a.Removals()
	for _, r := range removals[:min(maxRemovals, len(removals))] {
		n, err := s.Leads(ctx, r.Params)
		if err != nil {
			return nil, err
		}
		if n == 0 {
			continue
		}
		v.Without = append(v.Without, Link{URL: r.Params.Address("/search"), Text: r.Named(ctx, p.Labels), Count: n})
	}
	var err error
	if v.TextOnly, err = s.tried(ctx, sp, a.Unfiltered(), len(removals) > 1); err != nil {
		return nil, err
	}
	folded := sp.Clone()
	folded.Text = vi.Fold(sp.Text)
	if v.Unaccented, err = s.tried(ctx, sp, folded, folded.Text != sp.Text); err != nil {
		return nil, err
	}
	v.Gaps, err = s.gaps(ctx, p, a.Asked.Filters)
	return v, err
}

// tried counts what another search finds, nil unless it is worth offering.
func (s *Pages) tried(ctx context.Context, was, other answer.Params, differs bool) (*Link, error) {
	if !differs || other.Address("") == was.Address("") {
		return nil, nil //nolint:nilnil // nothing to offer is no error
	}
	n, err := s.Leads(ctx, other)
	if n == 0 {
		return nil, err
	}
	return &Link{URL: other.Address("/search"), Text: other.Text, Count: n}, err
}

// Bounds of what a fruitless search causes.
const (
	maxRemovals = 20 // further searches
	maxGaps     = 8  // places where it looked
)

// understood tells in words what a query asks for.
func (p *Page) understood(ctx context.Context, n index.Node, out []string) []string {
	switch n := n.(type) {
	case index.Word:
		if n.Accented {
			return append(out, p.T("understood.word.accented", n.Text))
		}
		return append(out, p.T("understood.word", n.Text))
	case index.Prefix:
		return append(out, p.T("understood.prefix", n.Text))
	case index.Phrase:
		words := answer.Each(n.Words, func(w index.Word) string { return w.Text })
		return append(out, p.T("understood.phrase", strings.Join(words, " ")))
	case index.Key:
		return append(out, p.T("understood.key", n.Text))
	case index.Term:
		return append(out, p.T("facet."+string(n.Field))+": "+p.Labels.Value(ctx, n.Field, n.Value))
	case index.And:
		for _, child := range n {
			out = p.understood(ctx, child, out)
		}
	case index.Or:
		either := answer.Each(n.Children, func(n index.Node) string { return strings.Join(p.understood(ctx, n, nil), ", ") })
		return append(out, strings.Join(either, " "+p.T("understood.or")+" "))
	case index.Not:
		return append(out, answer.Each(p.understood(ctx, n.Child, nil), func(u string) string { return p.T("understood.not", u) })...)
	}
	return out
}

// gaps tells where the search looked into provinces and quarters that were
// never crawled.
func (s *Pages) gaps(ctx context.Context, p *Page, filters map[index.Field][]string) ([]string, error) {
	provinces := filters[index.Province]
	if len(provinces) == 0 || len(provinces) > maxGaps {
		return nil, nil
	}
	cov, err := s.Coverage(ctx, answer.Params{})
	if err != nil {
		return nil, err
	}
	quarters := filters[index.Quarter]
	if len(quarters) == 0 {
		quarters = []string{""}
	}
	var out []string
	for _, province := range provinces {
		for _, quarter := range quarters {
			cell := cov.Cell(province, quarter)
			if cell.State == answer.StateFound || len(out) >= maxGaps {
				continue
			}
			where := bulletin.ProvinceLabel(province)
			if quarter != "" {
				where += ", " + p.Labels.Quarter(quarter)
			}
			out = append(out, where+": "+p.T("coverage."+string(cell.State), bulletin.ProvinceLabel(cell.Moved)))
		}
	}
	return out, nil
}
