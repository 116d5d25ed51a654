package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bantin/indexer/index"
)

// values writes the parameters as an address carries them: defaults omitted,
// so that one search has one address.
func (p params) values() url.Values {
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
	set("from", p.From, "")
	set("to", p.To, "")
	set("sort", string(p.Sort), string(index.Relevance))
	set("size", strconv.Itoa(p.Size), strconv.Itoa(defaultSize))
	set("after", p.After, "")
	set("before", p.Before, "")
	set("lang", p.Lang, "")
	return v
}

// address returns path with the parameters, in a fixed readable order.
func (p params) address(path string) string {
	v := p.values()
	var b strings.Builder
	b.WriteString(path)
	sep := byte('?')
	for _, name := range searchParams {
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

// clone returns a copy whose filters may be changed, on its first page.
func (p params) clone() params {
	filters := make(map[index.Field][]string, len(p.Filters))
	for f, v := range p.Filters {
		filters[f] = slices.Clone(v)
	}
	p.Filters, p.After, p.Before = filters, "", ""
	return p
}

// toggled returns the search with the value of a filter added, or removed when
// it is there.
func (p params) toggled(f index.Field, v string) params {
	p = p.clone()
	if i := slices.Index(p.Filters[f], v); i >= 0 {
		p.Filters[f] = slices.Delete(p.Filters[f], i, i+1)
	} else {
		p.Filters[f] = append(p.Filters[f], v)
	}
	return p
}

// only returns the search for everything of one value of a facet.
func (p params) only(f index.Field, v string) params {
	return params{
		Filters: map[index.Field][]string{f: {v}},
		Sort:    index.Relevance, Size: defaultSize, Lang: p.Lang,
	}
}

// filtered tells whether anything but the text narrows the search.
func (p params) filtered() bool {
	for _, v := range p.Filters {
		if len(v) > 0 {
			return true
		}
	}
	return p.From != "" || p.To != ""
}
