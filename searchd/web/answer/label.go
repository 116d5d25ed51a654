package answer

import (
	"context"
	"strings"

	"bantin/bulletin"
	"bantin/indexer/index"
)

// Labels writes the values of facets for people, in one language.
type Labels struct {
	*Catalogue
	s     *Service
	Sites SiteSet
}

// Labeller returns what writes values in the language l, with the portals as they are now.
func (s *Service) Labeller(ctx context.Context, l *Catalogue) Labels {
	return Labels{Catalogue: l, s: s, Sites: s.SiteSet(ctx)}
}

// Value writes a value of a facet.
func (l Labels) Value(ctx context.Context, f index.Field, v string) string {
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
		return l.Sites.Name(v)
	case index.Documents:
		return l.Document(l.s.Document(ctx, v))
	default:
		return v
	}
}

// Quarter writes 2020-Q3.
func (l Labels) Quarter(v string) string {
	year, quarter, ok := strings.Cut(v, "-Q")
	if !ok {
		return v
	}
	return l.T("quarter."+quarter, year)
}

// Period writes a period, or nothing for an unknown one.
func (l Labels) Period(p bulletin.Period) string {
	if p.Year == 0 {
		return ""
	}
	return l.Quarter(QuarterValue(p))
}

// Org writes an organization.
func (l Labels) Org(id string) string {
	if key := "org." + id; l.Has(key) {
		return l.T(key)
	}
	if unit, body, ok := strings.Cut(id, "."); ok { // below the province
		return l.Org(body) + " (" + unit + ")"
	}
	if label := bulletin.OrganizationLabel(id); label != "" {
		return label
	}
	return id
}

// Kind writes a kind of event.
func (l Labels) Kind(id string) string {
	if key := "kind." + id; l.Has(key) {
		return l.T(key)
	}
	return id
}

// Document writes a document with what tells it from its namesakes: its date,
// and the province whose numbers begin anew.
func (l Labels) Document(d Document) string {
	text := d.Label
	if d.Date != "" && d.Namesakes {
		text += " (" + l.DayOf(d.Date) + ")"
	}
	return Joined(", ", text, ProvinceName(d.Province))
}
