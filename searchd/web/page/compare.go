package page

import (
	"context"
	"slices"
	"strings"

	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/searchd/web/answer"

	"github.com/gin-gonic/gin"
)

// compareView sets two provinces or two quarters side by side.
type compareView struct {
	A, B      string // chosen values
	Provinces []Link // Note is the value
	Quarters  []Link
	Ready     bool
	Left      side
	Right     side
	Shared    []pair // documents that both cite
	OnlyLeft  countsView
	OnlyRight countsView
}

// side is what there is of one of the two.
type side struct {
	Name, All string
	Total     int
	Histogram histogramView
	Kinds     countsView
	Orgs      countsView
	Places    countsView
	cites     []index.Count
	quarters  []index.Count // of a province
	only      answer.Params // the search for it alone
}

// pair is a document with its bulletins on both sides.
type pair struct {
	Link
	Left, Right int
}

// maxCompared bounds the documents listed.
const maxCompared = 12

// ComparePage shows two provinces or two quarters side by side.
func (s *Pages) ComparePage(c *gin.Context, asked answer.Params) error {
	p := s.NewPage(c, s.Language(c).T("nav.compare"))
	p.Nav, p.Description, p.Search.Text = "compare", p.T("compare.lead"), asked.Text
	v := &compareView{A: c.Query("a"), B: c.Query("b")}
	if err := s.choices(c, p, v); err != nil {
		return err
	}
	left, right := compared(v.A), compared(v.B)
	if (v.A != "" && left == "") || (v.B != "" && right == "") {
		name := "a"
		if left != "" || v.A == "" {
			name = "b"
		}
		return answer.BadParameter("bad-parameter", name, "tuyen-quang, 2020-Q3")
	}
	if left != "" && right != "" {
		p.NoIndex = true
		if err := s.compareSides(c, p, v, left, right); err != nil {
			return err
		}
	}
	p.Main = v
	return s.Render(c, 200, "compare", p)
}

// compared tells which facet a value belongs to, "" for neither.
func compared(v string) index.Field {
	if v == "" {
		return ""
	}
	switch {
	case answer.Malformed(index.Quarters, v) == "":
		return index.Quarter
	case answer.Malformed(index.Provinces, v) == "":
		return index.Province
	}
	return ""
}

// choices lists what can be compared.
func (s *Pages) choices(ctx context.Context, p *Page, v *compareView) error {
	res, err := s.Index.Search(ctx, index.Query{Facets: []index.Field{index.Province, index.Quarter}})
	if err != nil {
		return err
	}
	has := answer.CountsOf(res.Facets[index.Province])
	for _, info := range bulletin.Provinces() {
		if has[info.Slug] > 0 || info.Slug == v.A || info.Slug == v.B {
			v.Provinces = append(v.Provinces, Link{Text: info.Name, Note: info.Slug, Count: has[info.Slug]})
		}
	}
	v.Quarters = answer.Each(answer.ByTime(res.Facets[index.Quarter]), func(n index.Count) Link {
		return Link{Text: p.Labels.Quarter(n.Value), Note: n.Value, Count: n.Count}
	})
	return nil
}

func (s *Pages) compareSides(ctx context.Context, p *Page, v *compareView, left, right index.Field) error {
	var err error
	if v.Left, err = s.side(ctx, p, left, v.A); err != nil {
		return err
	}
	if v.Right, err = s.side(ctx, p, right, v.B); err != nil {
		return err
	}
	v.Ready = true
	axis := axisOf(v.Left.quarters, v.Right.quarters)
	for _, s := range []*side{&v.Left, &v.Right} {
		s.Histogram = histogramView{p, axis.draw(p.Labels, s.quarters, s.only)}
	}
	onRight, link := answer.CountsOf(v.Right.cites), s.documentLink(ctx, p)
	for _, n := range v.Left.cites {
		if count := onRight[n.Value]; count > 0 && len(v.Shared) < maxCompared {
			v.Shared = append(v.Shared, pair{link(n), n.Count, count})
		}
	}
	v.OnlyLeft = p.counts(without(v.Left.cites, onRight), maxCompared, link)
	v.OnlyRight = p.counts(without(v.Right.cites, answer.CountsOf(v.Left.cites)), maxCompared, link)
	return nil
}

// without are the counts of values that others do not have.
func without(counts []index.Count, others map[string]int) []index.Count {
	return slices.DeleteFunc(slices.Clone(counts), func(n index.Count) bool { return others[n.Value] > 0 })
}

// documentLink makes the link to a document that is counted.
func (s *Pages) documentLink(ctx context.Context, p *Page) func(index.Count) Link {
	return func(n index.Count) Link {
		d := s.Document(ctx, n.Value)
		return Link{URL: p.documentURL(d.Key), Text: p.Labels.Document(d), Count: n.Count}
	}
}

func (s *Pages) side(ctx context.Context, p *Page, f index.Field, value string) (side, error) {
	only := p.Search.Only(f, value)
	only.Text = p.Search.Text
	_, q := answer.Compile(only)
	q.Size, q.Facets = 0, []index.Field{index.Quarter, index.Province, index.Kind, index.Org, index.Cites}
	res, err := s.Index.Search(ctx, q)
	if err != nil {
		return side{}, answer.SearchProblem(err, "after")
	}
	out := side{
		Name: p.Labels.Value(ctx, f, value), All: only.Address("/search"), Total: res.Total, cites: res.Facets[index.Cites],
	}
	toggle := func(field index.Field, most int) countsView {
		return p.counts(res.Facets[field], most, func(n index.Count) Link {
			return Link{URL: only.Toggled(field, n.Value).Address("/search"), Text: p.Labels.Value(ctx, field, n.Value)}
		})
	}
	out.Kinds, out.Orgs = toggle(index.Kind, len(answer.Kinds)), toggle(index.Org, maxCompared)
	if f == index.Quarter {
		out.Places = toggle(index.Province, maxCompared)
	} else {
		out.quarters, out.only = res.Facets[index.Quarter], only
	}
	return out, nil
}

// choicesView is the list to choose one of the two from.
type choicesView struct {
	Page                *Page
	Provinces, Quarters []Link
}

// Choices marks the chosen value among what can be compared.
func (p *Page) Choices(chosen string, provinces, quarters []Link) choicesView {
	mark := func(links []Link) []Link {
		links = slices.Clone(links)
		for i := range links {
			links[i].Current = links[i].Note == chosen
		}
		return links
	}
	return choicesView{p, mark(provinces), mark(quarters)}
}

// Short is the first half of a quarter's label: the Roman numeral or Q3.
func (p *Page) Short(quarter string) string {
	quarter, _, _ = strings.Cut(strings.TrimPrefix(quarter, "Quý "), "/")
	quarter, _, _ = strings.Cut(quarter, " ")
	return quarter
}
