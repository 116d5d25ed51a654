package web

import (
	"context"
	"slices"

	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/searchd/query"
)

// removal is a search without one of its filters.
type removal struct {
	params   params
	name     string // of the filter: a facet's, from or to
	value    string
	excluded bool
}

// removals lists the filters of a search with the way out of each: those of
// the address first, then those that were typed.
func (a answer) removals() []removal {
	var out []removal
	for _, f := range index.Fields() {
		for _, v := range a.params.Filters[f] {
			to := a.without(func(t query.Typed) bool { return a.chosen(t) && t.Name == string(f) && t.Value == v })
			out = append(out, removal{params: to.toggled(f, v), name: string(f), value: v})
		}
	}
	if day := a.params.From; day != "" {
		to := a.params.clone()
		to.From = ""
		out = append(out, removal{params: to, name: "from", value: day})
	}
	if day := a.params.To; day != "" {
		to := a.params.clone()
		to.To = ""
		out = append(out, removal{params: to, name: "to", value: day})
	}
	for i, t := range a.parsed.Typed {
		if a.chosen(t) || slices.ContainsFunc(a.parsed.Typed[:i], t.Same) {
			continue
		}
		out = append(out, removal{a.without(t.Same), t.Name, t.Value, t.Excluded})
	}
	return out
}

// chosen tells whether a filter was typed that the address has too.
func (a answer) chosen(t query.Typed) bool {
	return !t.Excluded && slices.Contains(a.params.Filters[index.Field(t.Name)], t.Value)
}

// without returns the search without some of the filters in its text, nor
// other parts of it.
func (a answer) without(drop func(query.Typed) bool, parts ...bulletin.Span) params {
	p := a.params.clone()
	for _, t := range a.parsed.Typed {
		if drop(t) {
			parts = append(parts, t.Span)
		}
	}
	if len(parts) > 0 {
		p.Text = a.parsed.Without(parts...)
	}
	return p
}

// lifted returns the search with what was typed for a facet moved into the
// address, where further values are alternatives to it. In the text they would
// have to match as well, and nothing has two provinces. Other parts of the text
// are left out.
func (a answer) lifted(f index.Field, parts ...bulletin.Span) params {
	move := len(a.params.Filters[f]) == 0
	p := a.without(func(t query.Typed) bool { return move && t.Whole && t.Name == string(f) }, parts...)
	if move {
		p.Filters[f] = slices.Clone(a.parsed.Filters[f])
	}
	return p
}

// unfiltered returns the search without any filter.
func (a answer) unfiltered() params {
	p := a.without(func(query.Typed) bool { return true })
	p.Filters, p.From, p.To = map[index.Field][]string{}, "", ""
	return p
}

// label writes the value of a filter for people.
func (r removal) label(ctx context.Context, p *page) string {
	var s string
	switch r.name {
	case "from", "to":
		s = p.DayOf(r.value)
	default:
		s = p.Labels.Value(ctx, index.Field(r.name), r.value)
	}
	if r.excluded {
		return p.T("chips.not", s)
	}
	return s
}

// named is the label where nothing beside it says which filter it is.
func (r removal) named(ctx context.Context, p *page) string {
	if r.name == "from" || r.name == "to" {
		return p.T("facet."+r.name) + " " + r.label(ctx, p)
	}
	return r.label(ctx, p)
}

// chips lists the filters that are set, each with the way to take it away.
func (a answer) chips(ctx context.Context, p *page) []link {
	var out []link
	for _, r := range a.removals() {
		out = append(out, link{URL: r.params.address("/search"), Note: p.T("facet." + r.name), Text: r.label(ctx, p)})
	}
	return out
}
