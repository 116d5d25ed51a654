package answer

import (
	"context"
	"slices"

	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/searchd/query"
)

// Removal is a search without one of its filters.
type Removal struct {
	Params   Params
	Name     string // of the filter: a facet's, from or to
	Value    string
	excluded bool
}

// Removals lists the filters of a search with the way out of each: those of
// the address first, then those that were typed.
func (a Found) Removals() []Removal {
	var out []Removal
	for _, f := range index.Fields() {
		for _, v := range a.Params.Filters[f] {
			to := a.without(func(t query.Typed) bool { return a.chosen(t) && t.Name == string(f) && t.Value == v })
			out = append(out, Removal{Params: to.Toggled(f, v), Name: string(f), Value: v})
		}
	}
	if day := a.Params.From; day != "" {
		to := a.Params.Clone()
		to.From = ""
		out = append(out, Removal{Params: to, Name: "from", Value: day})
	}
	if day := a.Params.To; day != "" {
		to := a.Params.Clone()
		to.To = ""
		out = append(out, Removal{Params: to, Name: "to", Value: day})
	}
	for i, t := range a.Parsed.Typed {
		if a.chosen(t) || slices.ContainsFunc(a.Parsed.Typed[:i], t.Same) {
			continue
		}
		out = append(out, Removal{a.without(t.Same), t.Name, t.Value, t.Excluded})
	}
	return out
}

// chosen tells whether a filter was typed that the address has too.
func (a Found) chosen(t query.Typed) bool {
	return !t.Excluded && slices.Contains(a.Params.Filters[index.Field(t.Name)], t.Value)
}

// without returns the search without some of the filters in its text, nor
// other parts of it.
func (a Found) without(drop func(query.Typed) bool, parts ...bulletin.Span) Params {
	p := a.Params.Clone()
	for _, t := range a.Parsed.Typed {
		if drop(t) {
			parts = append(parts, t.Span)
		}
	}
	if len(parts) > 0 {
		p.Text = a.Parsed.Without(parts...)
	}
	return p
}

// Lifted returns the search with what was typed for a facet moved into the
// address, where further values are alternatives to it. In the text they would
// have to match as well, and nothing has two provinces. Other parts of the text
// are left out.
func (a Found) Lifted(f index.Field, parts ...bulletin.Span) Params {
	move := len(a.Params.Filters[f]) == 0
	p := a.without(func(t query.Typed) bool { return move && t.Whole && t.Name == string(f) }, parts...)
	if move {
		p.Filters[f] = slices.Clone(a.Parsed.Filters[f])
	}
	return p
}

// Filtered returns the search with the facts that were understood as filters in
// the address, and tells whether there are any.
func (a Found) Filtered() (Params, bool) {
	moved := map[index.Field][]string{}
	var parts []bulletin.Span
	for _, u := range a.Understood {
		if _, ok := index.FacetOf(u.Field); ok {
			moved[u.Field], parts = append(moved[u.Field], u.Value), append(parts, u.Span)
		}
	}
	p := a.without(func(t query.Typed) bool { return t.Whole && moved[index.Field(t.Name)] != nil }, parts...)
	for f, values := range moved {
		p.Filters[f] = slices.Concat(p.Filters[f], a.Parsed.Filters[f], values)
		slices.Sort(p.Filters[f])
		p.Filters[f] = slices.Compact(p.Filters[f])
	}
	p.After, p.Before = "", ""
	return p, len(moved) > 0
}

// Unfiltered returns the search without any filter.
func (a Found) Unfiltered() Params {
	p := a.without(func(query.Typed) bool { return true })
	p.Filters, p.From, p.To = map[index.Field][]string{}, "", ""
	return p
}

// Label writes the value of a filter for people.
func (r Removal) Label(ctx context.Context, l Labels) string {
	var s string
	switch r.Name {
	case "from", "to":
		s = l.DayOf(r.Value)
	default:
		s = l.Value(ctx, index.Field(r.Name), r.Value)
	}
	if r.excluded {
		return l.T("chips.not", s)
	}
	return s
}

// Named is the label where nothing beside it says which filter it is.
func (r Removal) Named(ctx context.Context, l Labels) string {
	if r.Name == "from" || r.Name == "to" {
		return l.T("facet."+r.Name) + " " + r.Label(ctx, l)
	}
	return r.Label(ctx, l)
}
