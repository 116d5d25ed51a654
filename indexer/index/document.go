package index

import (
	"fmt"
	"strconv"

	"bantin/bulletin"
)

// Facets are the fields that can be counted.
var Facets = []Field{Province, ProvinceNow, Quarter, Year, Org, Kind, Source, Cites}

// Values returns the document's values of a facet or filter.
func (d Document) Values(f Field) []string {
	one := ""
	switch f {
	case Province:
		one = d.Province
	case ProvinceNow:
		one = d.ProvinceNow
	case Quarter:
		if d.Period.Year > 0 && d.Period.Quarter > 0 {
			one = fmt.Sprintf("%04d-Q%d", d.Period.Year, d.Period.Quarter)
		}
	case Year:
		if !d.Published.IsZero() {
			one = strconv.Itoa(d.Published.In(bulletin.Zone).Year())
		}
	case Org:
		return distinct(d.Organizations)
	case Kind:
		one = string(d.Kind)
	case Source:
		one = d.Site
	case Cites:
		keys := make([]string, 0, len(d.Cites))
		for _, c := range d.Cites {
			keys = append(keys, c.Key)
		}
		return distinct(keys)
	case Group:
		one = d.Group
	}
	return distinct([]string{one})
}

// distinct leaves out empty and repeated values.
func distinct(values []string) []string {
	var out []string
	seen := map[string]bool{"": true}
	for _, v := range values {
		if !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	return out
}
