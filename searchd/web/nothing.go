package web

import (
	"context"
	"strings"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/indexer/index"
)

// nothingView helps somebody whose search found nothing.
type nothingView struct {
	Understood []string
	Without    []link // the search without one of its filters, with what that finds
	TextOnly   *link  // the search without any filter
	Unaccented *link
	Gaps       []string
	Feed       string
}

func (s *server) nothing(ctx context.Context, p *page, a answer) (*nothingView, error) {
	sp := a.params
	v := &nothingView{Understood: p.understood(a.parsed.Root, nil), Feed: feedAddress(sp)}
	for _, f := range filterNames {
		for _, value := range a.parsed.Filters[f] {
			v.Understood = append(v.Understood, p.T("facet."+string(f))+": "+p.Labels.Value(ctx, f, value))
		}
	}
	for _, narrower := range removals(sp) {
		n, err := s.count(ctx, narrower.params)
		if err != nil {
			return nil, err
		}
		name := narrower.value
		if narrower.field != "" {
			name = p.Labels.Value(ctx, narrower.field, narrower.value)
		}
		v.Without = append(v.Without, link{URL: narrower.params.address("/search"), Text: name, Count: n})
	}
	var err error
	if v.TextOnly, err = s.tried(ctx, sp, sp.unfiltered(), sp.filtered() && len(v.Without) > 1); err != nil {
		return nil, err
	}
	folded := sp.clone()
	folded.Text = vi.Fold(sp.Text)
	if v.Unaccented, err = s.tried(ctx, sp, folded, folded.Text != sp.Text); err != nil {
		return nil, err
	}
	v.Gaps, err = s.gaps(ctx, p, a.asked.Filters)
	return v, err
}

// tried counts what another search finds, nil unless it is worth offering.
func (s *server) tried(ctx context.Context, was, other params, differs bool) (*link, error) {
	if !differs || other.address("") == was.address("") {
		return nil, nil //nolint:nilnil // nothing to offer is no error
	}
	n, err := s.count(ctx, other)
	return &link{URL: other.address("/search"), Text: other.Text, Count: n}, err
}

// removal is a search without one of its filters.
type removal struct {
	params params
	field  index.Field
	value  string
}

// maxRemovals bounds the searches that a fruitless one causes.
const maxRemovals = 8

func removals(sp params) []removal {
	var out []removal
	for _, f := range filterNames {
		for _, value := range sp.Filters[f] {
			if len(out) < maxRemovals {
				out = append(out, removal{sp.toggled(f, value), f, value})
			}
		}
	}
	if sp.From != "" || sp.To != "" {
		without := sp.clone()
		without.From, without.To = "", ""
		out = append(out, removal{without, "", sp.From + " – " + sp.To})
	}
	return out
}

// understood tells in words what a query asks for.
func (p *page) understood(n index.Node, out []string) []string {
	switch n := n.(type) {
	case index.Word:
		return append(out, p.T("understood.word"+accentedness(n.Accented), n.Text))
	case index.Prefix:
		return append(out, p.T("understood.prefix", n.Text))
	case index.Phrase:
		var text []string
		for _, w := range n.Words {
			text = append(text, w.Text)
		}
		return append(out, p.T("understood.phrase", strings.Join(text, " ")))
	case index.Key:
		return append(out, p.T("understood.key", n.Text))
	case index.And:
		for _, child := range n {
			out = p.understood(child, out)
		}
	case index.Or:
		var either []string
		for _, child := range n.Children {
			either = append(either, strings.Join(p.understood(child, nil), ", "))
		}
		return append(out, strings.Join(either, " "+p.T("understood.or")+" "))
	case index.Not:
		for _, u := range p.understood(n.Child, nil) {
			out = append(out, p.T("understood.not", u))
		}
	}
	return out
}

func accentedness(accented bool) string {
	if accented {
		return ".accented"
	}
	return ""
}

// gaps tells where the search looked into provinces and quarters that were
// never crawled.
func (s *server) gaps(ctx context.Context, p *page, filters map[index.Field][]string) ([]string, error) {
	provinces := filters[index.Province]
	if len(provinces) == 0 || len(provinces) > maxRemovals {
		return nil, nil
	}
	cov, err := s.coverage(ctx)
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
			state, _ := cov.cell(province, quarter)
			if state == stateFound || len(out) >= maxRemovals {
				continue
			}
			where := bulletin.ProvinceLabel(province)
			if quarter != "" {
				where += ", " + p.Labels.Quarter(quarter)
			}
			out = append(out, where+": "+p.T("coverage."+string(state)))
		}
	}
	return out, nil
}
