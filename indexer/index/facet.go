package index

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"bantin/analyzers/vi"
	"bantin/bulletin"
)

// Field is a facet or filter.
type Field string

// The fields. What each holds is said in Facets.
const (
	Province    Field = "province"
	ProvinceNow Field = "province_now"
	Quarter     Field = "quarter"
	Year        Field = "year"
	Host        Field = "host"
	Org         Field = "org"
	Kind        Field = "kind"
	Source      Field = "source"
	Cites       Field = "cites"

	// Filters only. Day is the day of the event, else of publication, as a day,
	// its month and its year: 2020-07-10, 2020-07 and 2020.
	Group Field = "group"
	// Meeting is the id of the meeting reported.
	Meeting Field = "meeting"
	// Author is the byline without diacritics, whole and word by word.
	Day    Field = "day"
	Author Field = "author"
	ID     Field = "id"
)

// Facet describes a field that can be counted and filtered by. All that lists
// facets reads it here: engines, parameters, descriptions, pages, tables, flags
// and the query language. A page labels the field itself by facet.NAME of its
// catalogue.
type Facet struct {
	Field   Field
	Of      func(d *Document) []string // may repeat a value or hold empty ones
	Values  Values
	Aside   bool     // counted only where it is asked for by name
	Column  string   // head in tables, the field where empty
	About   string   // what it is, for descriptions in English
	Example string   // a value
	Names   []string // in the query language beside the field, without accents
}

// Values is what the values of a facet are: how they are read and labelled.
type Values int

// Kinds of values.
const (
	Provinces     Values = iota + 1 // slugs as of any day
	ProvincesNow                    // slugs of today
	Quarters                        // 2020-Q3
	Years                           // 2020
	Organizations                   // ids, unit.id below the province
	Kinds                           // ids of bulletin.Kind
	Sites                           // ids of portals
	Documents                       // citation keys; the beginning of one up to @ or ~ stands for every document of that number
)

// Facets are all of them, in the order in which people see them.
var Facets = []Facet{
	{
		Field: Quarter, Of: func(d *Document) []string { return []string{quarter(d.Period)} }, Values: Quarters,
		About: "period covered", Example: "2020-Q3", Names: []string{"quy", "ky"},
	},
	{
		Field: Province, Of: func(d *Document) []string { return []string{d.Province} }, Values: Provinces,
		About: "province as of the bulletin's date", Example: "tuyen-quang", Names: []string{"tinh", "tinh thanh"},
	},
	{
		Field: ProvinceNow, Of: func(d *Document) []string { return []string{d.ProvinceNow} }, Values: ProvincesNow, Aside: true,
		About: "province of today, which includes what became part of it", Example: "tuyen-quang", Names: []string{"tinh nay", "tinh moi"},
	},
	{
		Field: Host, Of: func(d *Document) []string { return []string{d.Host, d.HostUnit} }, Values: Organizations,
		About: "body that held the meeting", Example: "tinh-uy", Names: []string{"chu tri", "don vi to chuc", "noi to chuc"},
	},
	{
		Field: Org, Of: func(d *Document) []string { return d.Organizations }, Values: Organizations, Column: "organizations",
		About: "organization named", Example: "mttq", Names: []string{"co quan", "coquan", "to chuc"},
	},
	{
		Field: Kind, Of: func(d *Document) []string { return []string{string(d.Kind)} }, Values: Kinds,
		About: "kind of event", Example: "giao-ban", Names: []string{"loai"},
	},
	{
		Field: Cites, Of: func(d *Document) []string { return citedKeys(d.Cites) }, Values: Documents,
		About: "key of a document cited", Example: "35-ct-tw~2019-05-30", Names: []string{"trich", "dan", "van ban"},
	},
	{
		Field: Year, Of: func(d *Document) []string { return []string{year(d)} }, Values: Years,
		About: "year of publication", Example: "2020", Names: []string{"nam"},
	},
	{
		Field: Source, Of: func(d *Document) []string { return []string{d.Site} }, Values: Sites,
		About: "id of the portal", Example: "mttq-tuyen-quang", Names: []string{"nguon", "site"},
	},
}

// FacetOf returns the facet of a field; ok is false for a field that is none.
func FacetOf(f Field) (facet Facet, ok bool) {
	for _, facet := range Facets {
		if facet.Field == f {
			return facet, true
		}
	}
	return Facet{}, false
}

// Fields are those of all facets, in their order.
func Fields() []Field {
	out := make([]Field, len(Facets))
	for i, f := range Facets {
		out[i] = f.Field
	}
	return out
}

// Shown are the fields of the facets that are counted unasked, in their order.
func Shown() []Field {
	var out []Field
	for _, f := range Facets {
		if !f.Aside {
			out = append(out, f.Field)
		}
	}
	return out
}

// Values returns the document's values of a facet or filter.
func (d Document) Values(f Field) []string {
	switch f {
	case Group:
		return distinct([]string{d.Group})
	case Meeting:
		return distinct([]string{d.Meeting})
	case Day:
		return days(&d)
	case Author:
		return authors(d.Author)
	case ID:
		return []string{d.ID}
	}
	facet, ok := FacetOf(f)
	if !ok {
		return nil
	}
	return distinct(facet.Of(&d))
}

func quarter(p bulletin.Period) string {
	if p.Year <= 0 || p.Quarter <= 0 {
		return ""
	}
	return fmt.Sprintf("%04d-Q%d", p.Year, p.Quarter)
}

func year(d *Document) string {
	if d.Published.IsZero() {
		return ""
	}
	return strconv.Itoa(d.Published.In(bulletin.Zone).Year())
}

// Marks are the fields of values that are filters only, as engines keep them.
func Marks() []Field { return []Field{Day, Author, Meeting} }

// authors are the values of Author.
func authors(byline string) []string {
	name := strings.Join(strings.Fields(vi.Fold(byline)), " ")
	return distinct(append([]string{name}, strings.Fields(name)...))
}

// days are the values of Day, no finer than what is known.
func days(d *Document) []string {
	day := d.EventDate
	if day == "" && !d.Published.IsZero() {
		day = d.Published.In(bulletin.Zone).Format(time.DateOnly)
		switch d.PublishedPrecision {
		case bulletin.Year:
			day = day[:len("2006")]
		case bulletin.Month:
			day = day[:len("2006-01")]
		}
	}
	var out []string
	for _, n := range []int{len("2006"), len("2006-01"), len(time.DateOnly)} {
		if len(day) >= n {
			out = append(out, day[:n])
		}
	}
	return out
}

func citedKeys(cites []bulletin.Citation) []string {
	keys := make([]string, 0, len(cites))
	for _, c := range cites {
		keys = append(keys, c.Key)
	}
	return keys
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
