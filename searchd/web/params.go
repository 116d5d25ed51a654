package web

import (
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"bantin/bulletin"
	"bantin/indexer/index"
)

// Limits of one request's parameters.
const (
	maxText     = 500 // runes of q
	maxValues   = 60  // values of one filter
	maxSize     = 100
	defaultSize = 10

	defaultCounted = 20     // values of one facet that a program gets
	maxCounted     = 10_000 // and may ask for
)

// kinds are the kinds of event, in the order in which they are offered.
var kinds = []bulletin.Kind{
	bulletin.GiaoBan, bulletin.SoKet, bulletin.TongKet, bulletin.HopBao,
	bulletin.PhienHop, bulletin.DoiThoai, bulletin.Khac,
}

// counted is what of a result is counted.
type counted struct {
	fields []index.Field // nil for those that are shown unasked
	values int           // of each, the filtered ones aside; 0 for all
}

// String names c among the searches that are remembered.
func (c counted) String() string { return fmt.Sprintf("#%q %d", c.all(), c.values) }

// all are the fields.
func (c counted) all() []index.Field {
	if c.fields == nil {
		return index.Shown()
	}
	return c.fields
}

// params are the parameters of a search as an address carries them; the zero
// value is the search for everything.
type params struct {
	Text    string
	Filters map[index.Field][]string
	From    string // YYYY-MM-DD, inclusive
	To      string // YYYY-MM-DD, inclusive
	Sort    index.Sort
	Size    int
	After   string // cursor of the entry that the page follows
	Before  string // or that it ends with
	Counted counted
	Lang    string // as asked for in the address, else empty
}

// searchParams are all parameters of a search as a page takes them.
var searchParams = withFacets("from", "to", "sort", "size", "after", "before", "lang")

// programParams are those of a search by a program, which may choose what is
// counted.
var programParams = append(slices.Clone(searchParams), "facets", "values")

// withFacets are the parameters of a question that facets filter, with others.
func withFacets(others ...string) []string {
	out := []string{"q"}
	for _, f := range index.Fields() {
		out = append(out, string(f))
	}
	return append(out, others...)
}

// readParams reads the parameters of a search out of values. A name beside
// names is a problem when strict, and ignored otherwise (links get shared with
// trackers attached).
func readParams(values url.Values, names []string, strict bool) (params, error) {
	p := params{Filters: map[index.Field][]string{}, Sort: index.Relevance, Size: defaultSize, Counted: counted{values: defaultCounted}}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if !slices.Contains(names, name) {
			if strict {
				return p, badParameter("unknown-parameter", name, strings.Join(names, ", "))
			}
			continue
		}
		if err := p.read(name, values[name]); err != nil {
			return p, err
		}
	}
	if p.From != "" && p.To != "" && p.From > p.To {
		return p, badParameter("empty-range", "to", p.From)
	}
	if p.After != "" && p.Before != "" {
		return p, badParameter("either", "before", "after")
	}
	return p, nil
}

// wellFormed names the first parameter of a query that cannot be read. The
// standard library leaves such out, and a filter that is left out finds more
// than was asked for.
func wellFormed(raw string) error {
	for pair := range strings.SplitSeq(raw, "&") {
		name, value, _ := strings.Cut(pair, "=")
		readable, err := url.QueryUnescape(name)
		if err != nil {
			readable = name
		}
		if _, err = url.ParseQuery(pair); err != nil {
			want := "%25"
			if strings.Contains(name+value, ";") {
				want = "%3B"
			}
			return badParameter("bad-parameter", trimmed(strings.ToValidUTF8(readable, "?"), 40), want)
		}
	}
	return nil
}

// read takes the values of one parameter.
func (p *params) read(name string, values []string) error {
	if f, ok := index.FacetOf(index.Field(name)); ok {
		return p.readFilter(f, values)
	}
	if name == "facets" {
		return p.readFacets(values)
	}
	if len(values) > 1 {
		return badParameter("repeated-parameter", name, "")
	}
	v := strings.TrimSpace(values[0])
	switch name {
	case "q":
		return p.readText(v)
	case "from", "to":
		return p.readDay(name, v)
	case "sort":
		return p.readSort(v)
	case "size":
		return p.readSize(v)
	case "values":
		return p.readValues(v)
	case "after":
		p.After = v
	case "before":
		p.Before = v
	case "lang":
		if v != "" && !slices.Contains(languages, v) {
			return badParameter("bad-parameter", name, strings.Join(languages, ", "))
		}
		p.Lang = v
	}
	return nil
}

func (p *params) readText(v string) error {
	if !utf8.ValidString(v) || strings.ContainsRune(v, 0) {
		return badParameter("bad-parameter", "q", "UTF-8")
	}
	if utf8.RuneCountInString(v) > maxText {
		return badParameter("too-long", "q", strconv.Itoa(maxText))
	}
	p.Text = v
	return nil
}

// dayForms are the forms of a day that people type and programs send; a month
// or a year stands for its first day, or its last as the end of a range.
var dayForms = []string{time.DateOnly, "2/1/2006", "2-1-2006", "2.1.2006", "2006-1", "1/2006", "2006"}

func (p *params) readDay(name, v string) error {
	if v == "" {
		return nil
	}
	for i, form := range dayForms {
		day, err := time.Parse(form, v)
		if err != nil || day.Year() < 1900 {
			continue
		}
		if name == "from" {
			p.From = day.Format(time.DateOnly)
			return nil
		}
		switch {
		case i == len(dayForms)-1:
			day = day.AddDate(1, 0, -1)
		case i >= len(dayForms)-3:
			day = day.AddDate(0, 1, -1)
		}
		p.To = day.Format(time.DateOnly)
		return nil
	}
	return badParameter("bad-parameter", name, "2020-09-25")
}

func (p *params) readSort(v string) error {
	switch s := index.Sort(v); s {
	case index.Relevance, index.Newest, index.Oldest:
		p.Sort = s
	case "":
	default:
		return badParameter("bad-parameter", "sort", "relevance, newest, oldest")
	}
	return nil
}

func (p *params) readSize(v string) error {
	if v == "" {
		return nil
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < 0 || n > maxSize {
		return badParameter("bad-parameter", "size", "0–"+strconv.Itoa(maxSize))
	}
	p.Size = n
	return nil
}

// readFacets reads which facets are wanted, repeated or parted by commas.
func (p *params) readFacets(values []string) error {
	p.Counted.fields = []index.Field{}
	for name := range strings.SplitSeq(strings.Join(values, ","), ",") {
		f := index.Field(strings.TrimSpace(name))
		if f == "" || slices.Contains(p.Counted.fields, f) {
			continue
		}
		if _, ok := index.FacetOf(f); !ok {
			return badParameter("bad-parameter", "facets", joined(", ", withFacets()[1:]...))
		}
		p.Counted.fields = append(p.Counted.fields, f)
	}
	return nil
}

func (p *params) readValues(v string) error {
	if v == "" {
		return nil
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < 0 || n > maxCounted {
		return badParameter("bad-parameter", "values", "0–"+strconv.Itoa(maxCounted))
	}
	p.Counted.values = n
	return nil
}

func (p *params) readFilter(facet index.Facet, values []string) error {
	f := facet.Field
	if len(values) > maxValues {
		return badParameter("too-many", string(f), strconv.Itoa(maxValues))
	}
	for _, v := range values {
		v = strings.TrimSpace(v)
		if v == "" || slices.Contains(p.Filters[f], v) {
			continue
		}
		if want := malformed(facet.Values, v); want != "" {
			return badParameter("bad-parameter", string(f), want)
		}
		p.Filters[f] = append(p.Filters[f], v)
	}
	return nil
}

var (
	quarterForm = regexp.MustCompile(`^(19|20)\d\d-Q[1-4]$`)
	yearForm    = regexp.MustCompile(`^(19|20)\d\d$`)
	nameForm    = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,99}$`)
	keyForm     = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,199}(@[a-z0-9-]{1,60})?(~[a-z0-9-]{1,40})?$`)
)

// malformed returns an example of a right value when v cannot be one of f.
func malformed(f index.Values, v string) string {
	var ok bool
	want := ""
	switch f {
	case index.Provinces:
		_, ok = bulletin.ProvinceBySlug(v)
		want = "tuyen-quang, ha-giang, thua-thien-hue…"
	case index.ProvincesNow:
		ok = bulletin.ProvinceNow(v) == v
		want = "tuyen-quang, hue, lam-dong…"
	case index.Quarters:
		ok, want = quarterForm.MatchString(v), "2020-Q3"
	case index.Years:
		ok, want = yearForm.MatchString(v), "2020"
	case index.Kinds:
		ok, want = slices.Contains(kinds, bulletin.Kind(v)), "giao-ban, so-ket, tong-ket, hop-bao, phien-hop, doi-thoai, khac"
	case index.Documents:
		ok, want = keyForm.MatchString(v), "73-nq-tu@tuyen-quang, 35-ct-tw~2019-05-30"
	default:
		ok, want = nameForm.MatchString(v), "mttq"
	}
	if ok {
		return ""
	}
	return want
}

// days returns the range of publication, its end exclusive; zero is open.
func (p params) days() (from, to time.Time) {
	if p.From != "" {
		from, _ = time.ParseInLocation(time.DateOnly, p.From, bulletin.Zone)
	}
	if p.To != "" {
		to, _ = time.ParseInLocation(time.DateOnly, p.To, bulletin.Zone)
		to = to.AddDate(0, 0, 1)
	}
	return from, to
}
