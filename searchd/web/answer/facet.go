package answer

import (
	"context"
	"slices"

	"bantin/indexer/index"
)

// FacetJSON is one value of a facet.
type FacetJSON struct {
	Value    string `json:"value"`
	Label    string `json:"label"`
	Count    int    `json:"count"`
	Selected bool   `json:"selected"`
}

// Facet lists a facet's values, at most so many unless most is 0, with the
// selected ones among them, also those that find nothing.
func (l Labels) Facet(ctx context.Context, f index.Field, a Found, most int) []FacetJSON {
	out := []FacetJSON{}
	selected := a.Asked.Filters[f]
	for _, n := range a.Result.Facets[f] {
		chosen := slices.Contains(selected, n.Value)
		if most > 0 && len(out) >= most && !chosen {
			continue
		}
		out = append(out, FacetJSON{n.Value, l.Value(ctx, f, n.Value), n.Count, chosen})
	}
	for _, v := range selected {
		if slices.ContainsFunc(out, func(o FacetJSON) bool { return o.Value == v }) {
			continue
		}
		out = append(out, FacetJSON{v, l.Value(ctx, f, v), 0, true})
	}
	return out
}
