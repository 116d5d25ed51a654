package web

import (
	"context"
	"fmt"
	"strings"

	"bantin/bulletin"
	"bantin/indexer/index"
)

// labeller writes the values of facets for people, in one language.
type labeller struct {
	*catalogue
	s     *server
	sites siteSet
}

func (s *server) labeller(ctx context.Context, l *catalogue) labeller {
	return labeller{catalogue: l, s: s, sites: s.siteSet(ctx)}
}

// Value writes a value of a facet.
func (l labeller) Value(ctx context.Context, f index.Field, v string) string {
	facet, _ := index.FacetOf(f)
	switch facet.Values {
	case index.Provinces, index.ProvincesNow:
		return bulletin.ProvinceLabel(v)
	case index.Quarters:
		return l.Quarter(v)
	case index.Organizations:
		return l.Org(v)
	case index.Kinds:
		return l.Kind(v)
	case index.Sites:
		return l.sites.name(v)
	case index.Documents:
		return l.Document(l.s.document(ctx, v))
	default:
		return v
	}
}

// Quarter writes 2020-Q3.
func (l labeller) Quarter(v string) string {
	year, quarter, ok := strings.Cut(v, "-Q")
	if !ok {
		return v
	}
	return l.T("quarter."+quarter, year)
}

// Period writes a period, or nothing for an unknown one.
func (l labeller) Period(p bulletin.Period) string {
	if p.Year == 0 {
		return ""
	}
	return l.Quarter(quarterValue(p))
}

// quarterValue is the facet's value of a period.
func quarterValue(p bulletin.Period) string {
	if p.Year == 0 {
		return ""
	}
	return fmt.Sprintf("%d-Q%d", p.Year, p.Quarter)
}

// Org writes an organization.
func (l labeller) Org(id string) string {
	if key := "org." + id; l.Has(key) {
		return l.T(key)
	}
	if label := bulletin.OrganizationLabel(id); label != "" {
		return label
	}
	return id
}

// Kind writes a kind of event.
func (l labeller) Kind(id string) string {
	if key := "kind." + id; l.Has(key) {
		return l.T(key)
	}
	return id
}

// Document writes a document with what tells it from its namesakes: its date,
// and the province whose numbers begin anew.
func (l labeller) Document(d document) string {
	text := d.Label
	if d.Date != "" && d.Namesakes {
		text += " (" + l.DayOf(d.Date) + ")"
	}
	return joined(", ", text, provinceName(d.Province))
}
