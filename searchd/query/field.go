package query

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/indexer/index"
)

// fieldName is a field that a person can name.
type fieldName uint8

const (
	_ fieldName = iota
	titleField
	bodyField
	provinceField
	provinceNowField
	quarterField
	yearField
	orgField
	citesField
	sourceField
	kindField
	fromField
	toField
)

// fieldNames are the labels, folded, in either language.
var fieldNames = map[string]fieldName{
	"title": titleField, "tieu de": titleField, "tieude": titleField,
	"body": bodyField, "noi dung": bodyField, "noidung": bodyField, "text": bodyField,
	"province": provinceField, "tinh": provinceField, "tinh thanh": provinceField,
	"province_now": provinceNowField, "tinh nay": provinceNowField, "tinh moi": provinceNowField,
	"quarter": quarterField, "quy": quarterField, "ky": quarterField,
	"year": yearField, "nam": yearField,
	"org": orgField, "co quan": orgField, "coquan": orgField, "to chuc": orgField,
	"cites": citesField, "trich": citesField, "dan": citesField, "van ban": citesField,
	"source": sourceField, "nguon": sourceField, "site": sourceField,
	"kind": kindField, "loai": kindField,
	"from": fromField, "tu": fromField, "tu ngay": fromField,
	"to": toField, "den": toField, "den ngay": toField,
}

// filters are the facets that the fields name.
var filters = map[fieldName]index.Field{
	provinceField: index.Province, provinceNowField: index.ProvinceNow, quarterField: index.Quarter, yearField: index.Year,
	orgField: index.Org, citesField: index.Cites, sourceField: index.Source, kindField: index.Kind,
}

// field reads the value of a label and returns its node, or takes it up as a
// filter of the whole query where outer is set.
func (p *parser) field(t token, outer bool) index.Node {
	v := p.peek()
	if v.kind != words && v.kind != quoted || v.negative {
		p.repair("field", p.text[t.start:t.end])
		return nil
	}
	p.count++
	if t.name == titleField || t.name == bodyField {
		return p.textField(v, map[fieldName]index.TextField{titleField: index.Title, bodyField: index.Body}[t.name])
	}
	text := p.text[v.start:v.end]
	if v.kind == quoted {
		text = v.inner(p.text)
	}
	values, length := fieldValue(t.name, text, v.kind == quoted)
	if length == 0 {
		p.repair("field", p.text[t.start:t.end]+firstWord(text))
		return nil // the words stay and are searched for
	}
	f := Typed{Excluded: p.excluded != t.negative, Whole: outer, Span: bulletin.Span{Start: t.lead, End: v.end}}
	if v.kind == words {
		f.Span.End = v.start + length
	}
	p.consume(v, length)
	if t.name == fromField || t.name == toField {
		p.bound(f, t.name == fromField, values[0])
		return nil
	}
	return p.narrow(f, filters[t.name], values)
}

// textField reads the chunk or phrase after title: or body:.
func (p *parser) textField(v token, field index.TextField) index.Node {
	if v.kind == quoted {
		p.at++
		return p.phrase(v.inner(p.text), v.start+1, field)
	}
	v.end = v.start + len(firstWord(p.text[v.start:v.end]))
	p.consume(p.peek(), v.end-v.start)
	return p.run(v, field)
}

// consume takes length bytes off the token to come.
func (p *parser) consume(v token, length int) {
	if v.kind == quoted || v.start+length >= v.end {
		p.at++
		return
	}
	rest := p.text[v.start+length : v.end]
	p.tokens[p.at].start = v.end - len(strings.TrimLeftFunc(rest, unicode.IsSpace))
	if p.tokens[p.at].start >= v.end {
		p.at++
	}
}

// fieldValue reads as much of text as the field can take and returns its
// values with the bytes read; 0 when it cannot take any. A quoted text is
// taken whole.
func fieldValue(name fieldName, text string, whole bool) ([]string, int) {
	read := readers[name]
	for _, end := range wordEnds(text, whole) {
		if values := read(strings.Trim(text[:end], ` ,;.`)); len(values) > 0 {
			return values, end
		}
	}
	return nil, 0
}

// wordEnds are where a value may end, longest first: at most six words.
func wordEnds(text string, whole bool) []int {
	if whole {
		return []int{len(text)}
	}
	var ends []int
	inside := false
	for i, r := range text {
		if unicode.IsSpace(r) && inside {
			ends = append(ends, i)
		}
		inside = !unicode.IsSpace(r)
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
var readers = map[fieldName]func(string) []string{
	provinceField: ProvinceValues, provinceNowField: provinceNow, quarterField: QuarterValues, yearField: years,
	orgField: OrganizationValues, citesField: CitesValues, sourceField: sources, kindField: KindValues,
	fromField: func(s string) []string { return day(s, false) }, toField: func(s string) []string { return day(s, true) },
}

// ProvinceValues reads a province's name or slug.
func ProvinceValues(s string) []string {
	slug := vi.Slug(s)
	for _, prefix := range []string{"tinh-", "thanh-pho-", "tp-"} {
		slug = strings.TrimPrefix(slug, prefix)
	}
	if slug == "tphcm" || slug == "hcm" {
		slug = "ho-chi-minh"
	}
	if _, ok := bulletin.ProvinceBySlug(slug); ok {
		return []string{slug}
	}
	return nil
}

func provinceNow(s string) []string {
	v := ProvinceValues(s)
	for i := range v {
		v[i] = bulletin.ProvinceNow(v[i])
	}
	return v
}

var (
	quarterFirst = regexp.MustCompile(`^(?:quy |q)?([1-4]|i{1,3}|iv)(?: nam )?[/.\- ]*((?:19|20)\d\d)$`)
	yearFirst    = regexp.MustCompile(`^((?:19|20)\d\d)[/.\- ]*q?(?:uy )?([1-4]|i{1,3}|iv)$`)
	yearAlone    = regexp.MustCompile(`^(?:19|20)\d\d$`)
	quarterOf    = map[string]string{"1": "1", "2": "2", "3": "3", "4": "4", "i": "1", "ii": "2", "iii": "3", "iv": "4"}
)

// QuarterValues reads a quarter: 2020-Q3, quý III/2020, Q3/2020.
func QuarterValues(s string) []string {
	s = strings.Join(strings.Fields(vi.Fold(s)), " ")
	if m := quarterFirst.FindStringSubmatch(s); m != nil {
		return []string{m[2] + "-Q" + quarterOf[m[1]]}
	}
	if m := yearFirst.FindStringSubmatch(s); m != nil {
		return []string{m[1] + "-Q" + quarterOf[m[2]]}
	}
	return nil
}

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
	found := bulletin.FindOrganizations(s, "")
	if len(found) != 1 || found[0].Start > 0 || found[0].End < len(s) {
		found = bulletin.FindOrganizations(s+" tỉnh", "")
	}
	if len(found) == 1 && found[0].Start == 0 && found[0].End >= len(s) {
		return []string{found[0].ID}
	}
	return nil
}

// CitesValues reads a document's number, name or key; the value of a number
// stands for the documents of that number, whoever issued them and when.
func CitesValues(s string) []string {
	if c, ok := bulletin.ParseLabel(s); ok {
		return []string{c.Stem()}
	}
	if strings.ContainsAny(s, "@~") && vi.Slug(s) != "" && strings.IndexFunc(s, unicode.IsSpace) < 0 {
		return []string{strings.ToLower(s)}
	}
	return nil
}

var kinds = map[string]bulletin.Kind{
	"giao-ban": bulletin.GiaoBan, "truc-bao": bulletin.GiaoBan, "so-ket": bulletin.SoKet, "tong-ket": bulletin.TongKet,
	"hop-bao": bulletin.HopBao, "phien-hop": bulletin.PhienHop, "phien-hop-thuong-ky": bulletin.PhienHop,
	"doi-thoai": bulletin.DoiThoai, "khac": bulletin.Khac, "briefing": bulletin.GiaoBan, "other": bulletin.Khac,
}

// KindValues reads a kind of event by its id or name.
func KindValues(s string) []string {
	if k, ok := kinds[vi.Slug(s)]; ok {
		return []string{string(k)}
	}
	return nil
}

var dayForms = []struct {
	layout  string
	y, m, d int // what the end of the stretch is away
}{
	{"2006-1-2", 0, 0, 1},
	{"2/1/2006", 0, 0, 1},
	{"2-1-2006", 0, 0, 1},
	{"2.1.2006", 0, 0, 1},
	{"2006-1", 0, 1, 0},
	{"1/2006", 0, 1, 0},
	{"1-2006", 0, 1, 0},
	{"2006", 1, 0, 0},
}

// day reads a day, month or year as its first day or, where after is set, the
// day after its last.
func day(s string, after bool) []string {
	for _, f := range dayForms {
		t, err := time.ParseInLocation(f.layout, s, bulletin.Zone)
		if err != nil {
			continue
		}
		if after {
			t = t.AddDate(f.y, f.m, f.d)
		}
		return []string{t.Format(time.DateOnly)}
	}
	return nil
}
