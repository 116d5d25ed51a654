package answer

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bantin/indexer/index"
)

// Values writes the parameters as an address carries them: defaults omitted,
// so that one search has one address.
func (p Params) Values() url.Values {
	v := url.Values{}
	set := func(name, value, standard string) {
		if value != standard {
			v.Set(name, value)
		}
	}
	set("q", p.Text, "")
	for _, f := range index.Fields() {
		if len(p.Filters[f]) > 0 {
			v[string(f)] = slices.Clone(p.Filters[f])
		}
	}
	if p.Verbatim {
		v.Set("verbatim", "1")
	}
	set("from", p.From, "")
	set("to", p.To, "")
	set("sort", string(p.Sort), string(index.Relevance))
	set("size", strconv.Itoa(p.Size), strconv.Itoa(DefaultSize))
	set("after", p.After, "")
	set("before", p.Before, "")
	set("lang", p.Lang, "")
	return v
}

// Address returns path with the parameters, in a fixed readable order.
func (p Params) Address(path string) string {
	v := p.Values()
	var b strings.Builder
	b.WriteString(path)
	sep := byte('?')
	for _, name := range SearchParams {
		for _, value := range v[name] {
			b.WriteByte(sep)
			sep = '&'
			b.WriteString(name)
			b.WriteByte('=')
			b.WriteString(url.QueryEscape(value))
		}
	}
	return b.String()
}

// Clone returns a copy whose filters may be changed, on its first page.
func (p Params) Clone() Params {
	filters := make(map[index.Field][]string, len(p.Filters))
	for f, v := range p.Filters {
		filters[f] = slices.Clone(v)
	}
	p.Filters, p.After, p.Before = filters, "", ""
	return p
}

// Toggled returns the search with the value of a filter added, or removed when
// it is there.
func (p Params) Toggled(f index.Field, v string) Params {
	p = p.Clone()
	if i := slices.Index(p.Filters[f], v); i >= 0 {
		p.Filters[f] = slices.Delete(p.Filters[f], i, i+1)
	} else {
		p.Filters[f] = append(p.Filters[f], v)
	}
	return p
}

// Only returns the search for everything of one value of a facet.
func (p Params) Only(f index.Field, v string) Params {
	return Params{
		Filters: map[index.Field][]string{f: {v}},
		Sort:    index.Relevance, Size: DefaultSize, Lang: p.Lang,
	}
}

// Filtered tells whether anything but the text narrows the search.
func (p Params) Filtered() bool {
	for _, v := range p.Filters {
		if len(v) > 0 {
			return true
		}
	}
	return p.From != "" || p.To != ""
}
