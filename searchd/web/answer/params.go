package answer

import (
	"cmp"
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
	"bantin/searchd/query"
)

// Limits of one request's parameters.
const (
	MaxText     = 8000 // bytes of q; the rest is left out
	MaxValues   = 60   // values of one filter
	MaxSize     = 100
	DefaultSize = 10

	DefaultCounted = 20     // values of one facet that a program gets
	MaxCounted     = 10_000 // and may ask for
)

// Kinds are the kinds of event, in the order in which they are offered.
var Kinds = []bulletin.Kind{
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

func (c counted) all() []index.Field {
	if c.fields == nil {
		return index.Shown()
	}
	return c.fields
}

// Params are the parameters of a search as an address carries them; the zero
// value is the search for everything.
type Params struct {
	Text     string
	Filters  map[index.Field][]string
	From     string // YYYY-MM-DD, inclusive
	To       string // YYYY-MM-DD, inclusive
	Verbatim bool   // the words are words: nothing is understood or corrected
	Sort     index.Sort
	Size     int
	After    string // cursor of the entry that the page follows
	Before   string // or that it ends with
	Counted  counted
	Fields   []string // of each entry that a program wants, nil for all
	Lang     string   // as asked for in the address, else empty
}

// SearchParams are all parameters of a search as a page takes them.
var SearchParams = WithFacets("verbatim", "from", "to", "sort", "size", "after", "before", "lang")

// ProgramParams are those of a search by a program, which may choose what is
// counted.
var ProgramParams = append(slices.Clone(SearchParams), "facets", "values", "fields")

// WithFacets are the parameters of a question that facets filter, with others.
func WithFacets(others ...string) []string {
	out := []string{"q"}
	for _, f := range index.Fields() {
		out = append(out, string(f))
	}
	return append(out, others...)
}

// ReadParams reads the parameters of a search out of values. A name beside
// names is a problem when strict, and ignored otherwise (links get shared with
// trackers attached).
func ReadParams(values url.Values, names []string, strict bool) (Params, error) {
	p := Params{Filters: map[index.Field][]string{}, Sort: index.Relevance, Size: DefaultSize, Counted: counted{values: DefaultCounted}}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if !slices.Contains(names, name) {
			if strict {
				return p, BadParameter("unknown-parameter", name, strings.Join(names, ", "))
			}
			continue
		}
		if err := p.read(name, values[name]); err != nil {
			return p, err
		}
	}
	if p.From != "" && p.To != "" && p.From > p.To {
		return p, BadParameter("empty-range", "to", p.From)
	}
	if p.After != "" && p.Before != "" {
		return p, BadParameter("either", "before", "after")
	}
	return p, nil
}

// WellFormed names the first parameter of a query that cannot be read. The
// standard library leaves such out, and a filter that is left out finds more
// than was asked for.
func WellFormed(raw string) error {
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
			return BadParameter("bad-parameter", Trimmed(strings.ToValidUTF8(readable, "?"), 40), want)
		}
	}
	return nil
}

func (p *Params) read(name string, values []string) error {
	if f, ok := index.FacetOf(index.Field(name)); ok {
		return p.readFilter(f, values)
	}
	switch name {
	case "facets":
		return p.readFacets(values)
	case "fields":
		p.Fields = listed(values)
		return nil
	}
	if len(values) > 1 {
		return BadParameter("repeated-parameter", name, "")
	}
	v := strings.TrimSpace(values[0])
	switch name {
	case "q":
		return p.readText(v)
	case "from", "to":
		return p.readDay(name, v)
	case "verbatim":
		p.Verbatim = v == "1"
		return OneOf(name, v, "", "0", "1")
	case "sort":
		p.Sort = cmp.Or(index.Sort(v), index.Relevance)
		return OneOf(name, p.Sort, index.Relevance, index.Newest, index.Oldest)
	case "size":
		return readNumber(name, v, MaxSize, &p.Size)
	case "values":
		return readNumber(name, v, MaxCounted, &p.Counted.values)
	case "after":
		p.After = v
	case "before":
		p.Before = v
	case "lang":
		p.Lang = v
		return OneOf(name, v, append([]string{""}, Languages...)...)
	}
	return nil
}

// OneOf refuses a value of a parameter that is none of those allowed.
func OneOf[T ~string](name string, v T, allowed ...T) error {
	if slices.Contains(allowed, v) {
		return nil
	}
	want := ""
	for _, one := range allowed {
		want = Joined(", ", want, string(one))
	}
	return BadParameter("bad-parameter", name, want)
}

// readNumber reads a number up to the most there may be; an empty one, as an
// empty field of a form is sent, leaves it as it is.
func readNumber(name, v string, most int, to *int) error {
	if v == "" {
		return nil
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < 0 || n > most {
		return BadParameter("bad-parameter", name, "0–"+strconv.Itoa(most))
	}
	*to = n
	return nil
}

func (p *Params) readText(v string) error {
	if !utf8.ValidString(v) || strings.ContainsRune(v, 0) {
		return BadParameter("bad-parameter", "q", "UTF-8")
	}
	p.Text = v
	if len(v) > MaxText {
		p.Text = strings.ToValidUTF8(v[:MaxText], "")
	}
	return nil
}

// readDay reads a day; a month, quarter or year stands for its first day, or
// its last as the end of a range.
func (p *Params) readDay(name, v string) error {
	if v == "" {
		return nil
	}
	from, to, ok := query.Days(v)
	switch {
	case !ok:
		return BadParameter("bad-parameter", name, "2020-09-25")
	case name == "from":
		p.From = from.Format(time.DateOnly)
	default:
		p.To = to.Format(time.DateOnly)
	}
	return nil
}

// listed are the names in values, repeated or parted by commas, once each.
func listed(values []string) []string {
	var out []string
	for name := range strings.SplitSeq(strings.Join(values, ","), ",") {
		if name = strings.TrimSpace(name); name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

func (p *Params) readFacets(values []string) error {
	p.Counted.fields = []index.Field{}
	for _, name := range listed(values) {
		f := index.Field(name)
		if _, ok := index.FacetOf(f); !ok {
			return BadParameter("bad-parameter", "facets", Joined(", ", WithFacets()[1:]...))
		}
		p.Counted.fields = append(p.Counted.fields, f)
	}
	return nil
}

func (p *Params) readFilter(facet index.Facet, values []string) error {
	f := facet.Field
	if len(values) > MaxValues {
		return BadParameter("too-many", string(f), strconv.Itoa(MaxValues))
	}
	for _, v := range values {
		v = strings.TrimSpace(v)
		if v == "" || slices.Contains(p.Filters[f], v) {
			continue
		}
		if want := Malformed(facet.Values, v); want != "" {
			return BadParameter("bad-parameter", string(f), want)
		}
		p.Filters[f] = append(p.Filters[f], v)
	}
	return nil
}

// Forms of the values of facets.
var (
	QuarterForm = regexp.MustCompile(`^(19|20)\d\d-Q[1-4]$`)
	YearForm    = regexp.MustCompile(`^(19|20)\d\d$`)
	NameForm    = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,99}$`)
	KeyForm     = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,199}(@[a-z0-9-]{1,60}(\.[a-z0-9-]{1,80})?)?(~[a-z0-9-]{1,40})?$`)
)

// Malformed returns an example of a right value when v cannot be one of f.
func Malformed(f index.Values, v string) string {
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
		ok, want = QuarterForm.MatchString(v), "2020-Q3"
	case index.Years:
		ok, want = YearForm.MatchString(v), "2020"
	case index.Kinds:
		ok, want = slices.Contains(Kinds, bulletin.Kind(v)), "giao-ban, so-ket, tong-ket, hop-bao, phien-hop, doi-thoai, khac"
	case index.Documents:
		ok, want = KeyForm.MatchString(v), "73-nq-tu@tuyen-quang, 35-ct-tw~2019-05-30"
	default:
		ok, want = NameForm.MatchString(v), "mttq"
	}
	if ok {
		return ""
	}
	return want
}

// Days returns the range of publication, its end exclusive; zero is open.
func (p Params) Days() (from, to time.Time) {
	if p.From != "" {
		from, _ = time.ParseInLocation(time.DateOnly, p.From, bulletin.Zone)
	}
	if p.To != "" {
		to, _ = time.ParseInLocation(time.DateOnly, p.To, bulletin.Zone)
		to = to.AddDate(0, 0, 1)
	}
	return from, to
}
