package answer

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bantin/bulletin"
	"bantin/indexer/index"
)

// Limits of a comparison of questions.
const (
	MaxQuestions = 5
	maxSteps     = 60 // quarters or years, the newest
)

// TrendAxes are the facets over which questions are compared.
var TrendAxes = []index.Field{index.Quarter, index.Year, index.ProvinceNow, index.Province}

// TrendParams are the parameters of a comparison: q may be repeated.
var TrendParams = WithFacets("verbatim", "from", "to", "by", "lang")

// TrendQuestion says which questions are compared, over what, among which
// bulletins.
type TrendQuestion struct {
	Texts  []string
	By     index.Field
	Common Params // filters of all questions; its text is empty
}

// Trends are the bulletins of some questions along one axis.
type Trends struct {
	TrendQuestion
	Values []string       // of the axis: time without gaps, oldest first; provinces in the order of their codes
	Base   map[string]int // bulletins of any text at each value, among the common filters
	Lines  []Trend        // one a question
}

// Trend is one question along the axis.
type Trend struct {
	Found  Found
	Counts map[string]int // by value
	Apart  int            // bulletins that have no value of the axis, or one that is left out
}

// ReadTrends reads a comparison out of the parameters of an address.
func ReadTrends(values url.Values, strict bool) (TrendQuestion, error) {
	t := TrendQuestion{By: index.Quarter}
	rest := url.Values{}
	for name, v := range values {
		switch name {
		case "q":
			for _, text := range v {
				var p Params
				if err := p.readText(strings.TrimSpace(text)); err != nil {
					return t, err
				}
				if p.Text != "" && !slices.Contains(t.Texts, p.Text) {
					t.Texts = append(t.Texts, p.Text)
				}
			}
		case "by":
			if len(v) > 1 {
				return t, BadParameter("repeated-parameter", name, "")
			}
			t.By = cmp.Or(index.Field(v[0]), t.By)
			if err := OneOf(name, t.By, TrendAxes...); err != nil {
				return t, err
			}
		default:
			rest[name] = v
		}
	}
	if len(t.Texts) > MaxQuestions {
		return t, BadParameter("too-many", "q", strconv.Itoa(MaxQuestions))
	}
	var err error
	t.Common, err = ReadParams(rest, slices.DeleteFunc(slices.Clone(TrendParams), func(name string) bool { return name == "q" || name == "by" }), strict)
	return t, err
}

// Of is the search of one of the questions.
func (t TrendQuestion) Of(text string) Params {
	p := t.Common.Clone()
	p.Text = text
	return p
}

// At is the search of one of the questions at a value of the axis.
func (t TrendQuestion) At(text, value string) Params {
	p := t.Of(text)
	p.Filters[t.By] = []string{value}
	return p
}

// Address is the address of the comparison in a form.
func (t TrendQuestion) Address(path string) string {
	v := t.Common.Values()
	if len(t.Texts) > 0 {
		v["q"] = t.Texts
	}
	if t.By != index.Quarter {
		v.Set("by", string(t.By))
	}
	if len(v) == 0 {
		return path
	}
	return path + "?" + v.Encode()
}

// Trends counts questions along an axis, each in the reading that its search
// counts. Filters alone are a question too; without them there is the axis alone.
func (s *Service) Trends(ctx context.Context, asked TrendQuestion) (*Trends, error) {
	base, err := s.Search(ctx, asked.Common.Counting(asked.By))
	if err != nil {
		return nil, err
	}
	if len(asked.Texts) == 0 && asked.Common.Filtered() {
		asked.Texts = []string{""}
	}
	t := &Trends{TrendQuestion: asked, Base: asked.counts(base)}
	for _, text := range asked.Texts {
		found, err := s.Search(ctx, asked.Of(text).Counting(asked.By))
		if err != nil {
			return nil, err
		}
		t.Lines = append(t.Lines, Trend{Found: found, Counts: asked.counts(found)})
	}
	t.Values = asked.values(t.Base)
	for i := range t.Lines {
		line := &t.Lines[i]
		line.Apart = line.Found.Result.Total
		for _, v := range t.Values {
			line.Apart -= line.Counts[v]
		}
	}
	return t, nil
}

// counts are those of the axis. A facet ignores the filter on itself, a
// comparison does not.
func (t TrendQuestion) counts(a Found) map[string]int {
	out := map[string]int{}
	for _, n := range a.Result.Facets[t.By] {
		if only := a.Asked.Filters[t.By]; len(only) == 0 || slices.Contains(only, n.Value) {
			out[n.Value] = n.Count
		}
	}
	return out
}

// values lays out the axis on which there are bulletins.
func (t TrendQuestion) values(base map[string]int) []string {
	var out []string
	if t.By == index.Province || t.By == index.ProvinceNow {
		for _, p := range bulletin.Provinces() {
			if base[p.Slug] > 0 {
				out = append(out, p.Slug)
			}
		}
		return out
	}
	lo, hi := 0, 0
	for v := range base {
		if n, ok := t.step(v); ok {
			if lo == 0 || n < lo {
				lo = n
			}
			hi = max(hi, n)
		}
	}
	only := t.Common.Filters[t.By]
	for n := max(lo, hi-maxSteps+1); n <= hi && lo > 0; n++ {
		v := strconv.Itoa(n)
		if t.By == index.Quarter {
			v = QuarterOf(n)
		}
		if len(only) == 0 || slices.Contains(only, v) {
			out = append(out, v)
		}
	}
	return out
}

// step numbers a quarter or year.
func (t TrendQuestion) step(v string) (int, bool) {
	if t.By == index.Quarter {
		return QuarterNumber(v)
	}
	n, err := strconv.Atoi(v)
	return n, err == nil
}

// PerThousand is how many of a thousand bulletins at a value answer a question;
// ok is false where there are no bulletins at all.
func (t *Trends) PerThousand(line Trend, value string) (rate float64, ok bool) {
	base := t.Base[value]
	if base == 0 {
		return 0, false
	}
	return float64(line.Counts[value]) * 1000 / float64(base), true
}
