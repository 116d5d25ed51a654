package query

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/bulletin/cite"
	"bantin/bulletin/facts"
	"bantin/indexer/index"
)

// fieldValue reads as much of text as the field can take and returns its
// values with the bytes read; 0 when it cannot take any. A quoted text is
// taken whole.
func fieldValue(name fieldName, text string, whole bool) ([]string, int) {
	read := name.reader()
	if name.values() == index.Documents && !whole {
		text = text[:documentEnd(text)]
	}
	for _, end := range wordEnds(text, whole) {
		if values := read(strings.Trim(text[:end], valueEdges)); len(values) > 0 {
			return values, end
		}
	}
	return nil, 0
}

// fieldValues reads a value and those that follow it after commas.
func fieldValues(name fieldName, text string, whole bool) ([]string, int) {
	values, end := fieldValue(name, text, whole)
	for end > 0 && name.values() != 0 && name.values() != index.Sites { // any word could be a source
		rest := strings.TrimLeft(text[end:], valueEdges)
		if strings.TrimSpace(text[end:len(text)-len(rest)]) != "," {
			break
		}
		more, length := fieldValue(name, rest, false)
		if length == 0 {
			break
		}
		values, end = append(values, more...), len(text)-len(rest)+length
	}
	return values, end
}

// documentEnd returns where the document ends with whose number or name text
// begins. Letters after a number can be read as further letters of it, so what
// is not written as documents are printed ends as soon as it is one.
func documentEnd(text string) int {
	ends := wordEnds(text, false)
	slices.Sort(ends)
	end := 0
	label := ""
	for _, cite := range cite.Read("", text, cite.Context{}) {
		if strings.TrimSpace(text[:cite.Start]) == "" {
			end, label = cite.End, cite.Label
			break
		}
	}
	for _, e := range ends {
		c, ok := cite.ParseLabel(strings.Trim(text[:e], valueEdges))
		if ok && (end == 0 || e > end && c.Label == label && c.Province != "" || strings.Trim(text[min(e, end):max(e, end)], valueEdges) == "") {
			end, label = e, c.Label
		}
	}
	if end == 0 {
		return len(text)
	}
	return end
}

// valueEdges is what may stand around a value and is no part of it.
const valueEdges = " ,;."

// wordEnds are where a value may end, longest first: at most six words.
func wordEnds(text string, whole bool) []int {
	if whole {
		return []int{len(text)}
	}
	var ends []int
	inside := false
	for i, r := range text {
		apart := unicode.IsSpace(r) || r == ',' || r == ';'
		if apart && inside {
			ends = append(ends, i)
		}
		inside = !apart
	}
	ends = append(ends, len(text))
	ends = ends[:min(len(ends), 10)]
	slices.Reverse(ends)
	return ends
}

func firstWord(text string) string {
	trimmed := strings.TrimLeftFunc(text, unicode.IsSpace)
	lead := len(text) - len(trimmed)
	if i := strings.IndexFunc(trimmed, unicode.IsSpace); i >= 0 {
		return text[:lead+i]
	}
	return text
}

// readers turn a printed value into the facet's values, none when it is not one.
var readers = map[index.Values]func(string) []string{
	index.Provinces: ProvinceValues, index.ProvincesNow: provinceNow, index.Quarters: QuarterValues, index.Years: years,
	index.Organizations: OrganizationValues, index.Documents: CitesValues, index.Sites: sources, index.Kinds: KindValues,
}

// reader is that of the field's values.
func (f fieldName) reader() func(string) []string {
	if f == fromField || f == toField {
		return func(s string) []string { return day(s, f == toField) }
	}
	return readers[f.values()]
}

// ProvinceValues reads a province's slug or name.
func ProvinceValues(s string) []string {
	if slug := vi.Slug(s); known(slug) {
		return []string{slug}
	}
	return facts.ReadValue(string(index.Province), s)
}

func known(slug string) bool {
	_, ok := bulletin.ProvinceBySlug(slug)
	return ok
}

func provinceNow(s string) []string {
	v := slices.Clone(ProvinceValues(s))
	for i := range v {
		v[i] = bulletin.ProvinceNow(v[i])
	}
	return v
}

// QuarterValues reads a quarter, or the quarters of a half-year: 2020-Q3, quý
// III/2020, III/2020, 6 tháng đầu năm 2020.
func QuarterValues(s string) []string {
	if v := facts.ReadValue(string(index.Quarter), s); v != nil {
		return v
	}
	return facts.ReadValue(string(index.Quarter), "quý "+s)
}

var yearAlone = regexp.MustCompile(`^(?:19|20)\d\d$`)

func years(s string) []string {
	if yearAlone.MatchString(s) {
		return []string{s}
	}
	return nil
}

var siteID = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]*$`)

func sources(s string) []string {
	if s = strings.ToLower(s); siteID.MatchString(s) {
		return []string{s}
	}
	return nil
}

// OrganizationValues reads an organization's id, name or abbreviation.
func OrganizationValues(s string) []string {
	if o, ok := bulletin.OrganizationByID(vi.Slug(s)); ok {
		return []string{o.ID}
	}
	if v := facts.ReadValue(string(index.Org), s); v != nil {
		return v
	}
	found := facts.FindOrganizations(s+" tỉnh", "")
	if len(found) == 1 && found[0].Start == 0 && found[0].End >= len(s) {
		return []string{found[0].ID}
	}
	return nil
}

// CitesValues reads a document's number, name or key; the value of a number
// stands for the documents of that number, whoever issued them and, where no
// date is typed, when.
func CitesValues(s string) []string {
	if c, ok := cite.ParseLabel(s); ok {
		if bulletin.Dated(c.Key) && (strings.Contains(c.Key, "@") || central(s)) {
			return []string{c.Key}
		}
		return []string{c.Stem()}
	}
	if strings.ContainsAny(s, "@~") && vi.Slug(s) != "" && strings.IndexFunc(s, unicode.IsSpace) < 0 {
		return []string{strings.ToLower(s)}
	}
	return nil
}

// central tells whether a document comes from the centre: read as a province's
// text, it gets no province. The key of any other is not whole without one.
func central(s string) bool {
	cites := cite.Read("", s, cite.Context{Province: "ha-noi"})
	return len(cites) == 1 && !strings.Contains(cites[0].Key, "@")
}

// KindValues reads a kind of event by its id or name.
func KindValues(s string) []string {
	switch k := bulletin.Kind(vi.Slug(s)); k {
	case bulletin.GiaoBan, bulletin.SoKet, bulletin.TongKet, bulletin.HopBao, bulletin.PhienHop, bulletin.DoiThoai, bulletin.Khac:
		return []string{string(k)}
	case "other":
		return []string{string(bulletin.Khac)}
	}
	return facts.ReadValue(string(index.Kind), s)
}

// Days reads a typed day, month, quarter or year as its first and last day.
func Days(s string) (from, to time.Time, ok bool) { return facts.Stretch(s) }

// day reads a day, month, quarter or year as its first day or, where after is
// set, the day after its last.
func day(s string, after bool) []string {
	from, to, ok := facts.Stretch(s)
	switch {
	case !ok:
		return nil
	case after:
		return []string{to.AddDate(0, 0, 1).Format(time.DateOnly)}
	}
	return []string{from.Format(time.DateOnly)}
}
