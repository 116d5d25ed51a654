package page

import (
	"context"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/searchd/query"
	"bantin/searchd/web/answer"
	"bantin/searchd/web/export"

	"github.com/gin-gonic/gin"
)

// searchView is the page of a search.
type searchView struct {
	Total       int
	First, Last int // places of the hits shown
	List        hitsView
	Facets      []facetView
	Active      int // filters that are set
	Chips       []Link
	Clear       string
	Views       countsView // other ways to look at the question
	Page        *Page
	Sorts       []Link
	Histogram   histogramView
	FirstPage   string
	Prev, Next  string
	Folded      int  // bulletins that the whole list left out as duplicates
	Deep        bool // there is more than can be paged through
	Relaxed     string
	Lacking     bool // the list goes beyond Total
	Repairs     []string
	Understood  []Link // what was read in the text, each with the way to take it as words
	Verbatim    string // the search for the words alone
	Filter      string // the search with what was read as filters
	Meant       []meantView
	Corrected   *Link  // what may be meant
	AsTyped     *Link  // where that was searched for instead, the way back
	Wider       []Link // today's provinces that hold more than the one chosen
	Exports     []Link
	Feed        string
	Nothing     *nothingView
}

type histogramView struct {
	Page      *Page
	Histogram *histogram
}

// facetView is one group of the filters.
type facetView struct {
	Name   string
	Values []facetValue
	More   []facetValue
}

type facetValue struct {
	URL   string
	Label string
	Count int
	On    bool
}

// Items writes values as the items of a list. There are hundreds on a page,
// which a template would take most of the page's time for.
func (facetView) Items(values []facetValue) template.HTML {
	var b strings.Builder
	for _, v := range values {
		b.WriteString(`<li><a href="`)
		b.WriteString(template.HTMLEscapeString(v.URL))
		b.WriteString(`" rel="nofollow"`)
		if v.On {
			b.WriteString(` class="on" aria-current="true"`)
		}
		b.WriteString(`><span>`)
		b.WriteString(template.HTMLEscapeString(v.Label))
		b.WriteString(`</span><span class="n">`)
		b.WriteString(strconv.Itoa(v.Count))
		b.WriteString("</span></a></li>")
	}
	return template.HTML(b.String())
}

// facetShown is how many values of a facet show without asking.
const facetShown = 7

// maxCited bounds the documents that a page lists: there may be thousands, and
// each label is looked up.
const maxCited = 50

// SearchPage shows what a search finds.
func (s *Pages) SearchPage(c *gin.Context) error {
	sp, err := answer.ReadSearch(c)
	if err != nil {
		return err
	}
	a, err := s.Search(c, sp)
	if err != nil {
		return err
	}
	if sp.Before != "" && a.Asked.After == "" && a.Asked.Size == sp.Size { // the first page has one address
		c.Redirect(http.StatusFound, sp.Clone().Address("/search"))
		return nil
	}
	s.Heard(c, a)
	p := s.NewPage(c, s.Language(c).T("search.title"))
	p.Search, p.Nav, p.NoIndex = sp, "search", true
	if sp.Text != "" {
		p.Title = sp.Text + " – " + p.T("search.title")
	}
	v, err := s.searchView(c, p, a)
	if err != nil {
		return err
	}
	p.Main, p.Prev, p.Next = v, v.Prev, v.Next
	p.Feeds = feedLinks(p, sp)
	return s.Render(c, 200, "search", p)
}

func (s *Pages) searchView(ctx context.Context, p *Page, a answer.Found) (*searchView, error) {
	sp := a.Params
	v := &searchView{
		Page: p, Total: a.Result.Total, List: p.hits(a.Result.Hits, sp.Text), Feed: export.FeedAddress(sp),
		Relaxed: a.Result.Relaxed, Lacking: a.Result.Lacking, Chips: chips(ctx, p, a, "/search"), Sorts: sorts(p, sp), Exports: exports(p, sp),
		Histogram: histogramView{p, newHistogram(p.Labels, a.Result.Facets[index.Quarter], a.Lifted(index.Quarter))},
	}
	v.Active = len(v.Chips)
	if v.Active > 1 {
		v.Clear = a.Unfiltered().Address("/search")
	}
	v.Views = p.views(sp, "/search")
	v.page(a)
	for _, f := range a.Asked.Facets {
		most := 0
		if f == index.Cites {
			most = maxCited
		}
		if fv := p.facetView(f, p.Labels.Facet(ctx, f, a, most), a.Lifted(f)); len(fv.Values) > 0 {
			v.Facets = append(v.Facets, fv)
		}
	}
	v.Repairs = answer.Each(a.Parsed.Repairs, func(r query.Repair) string { return p.T("repair."+r.Kind, r.Text) })
	v.understood(ctx, p, a, s.Meant(ctx, a, mostMeant))
	v.widen(a.Lifted(index.Province))
	v.corrected(a)
	if a.Result.Total > 0 {
		return v, nil
	}
	var err error
	v.Nothing, err = s.nothing(ctx, p, a)
	return v, err
}

// corrected offers another spelling, or where it is applied the way back.
func (v *searchView) corrected(a answer.Found) {
	if a.Corrected == "" {
		return
	}
	better := a.Params.Clone()
	better.Text, better.After, better.Before = a.Corrected, "", ""
	v.Corrected = &Link{URL: better.Address("/search"), Text: a.Corrected}
	if a.Applied {
		typed := better.Clone()
		typed.Text, typed.Verbatim = a.Typed, true
		v.AsTyped = &Link{URL: typed.Address("/search"), Text: a.Typed}
	}
}

// page works out the places of the hits and the pages beside this one.
func (v *searchView) page(a answer.Found) {
	before := shown(a.Asked)
	v.First, v.Last = before+1, before+len(a.Result.Hits)
	first := a.Params.Clone()
	if a.Params.After != "" || a.Params.Before != "" {
		v.FirstPage = first.Address("/search")
	}
	if a.Asked.After != "" {
		prev := first
		prev.Before = a.Asked.After
		v.Prev = prev.Address("/search")
	}
	switch {
	case a.Result.Next == "" && !a.Result.Lacking:
		v.Folded = max(0, a.Result.Total-v.Last)
	case v.Last+a.Params.Size > index.DefaultLimits.Depth:
		v.Deep = true
	case a.Result.Next != "":
		next := first
		next.After = a.Result.Next
		v.Next = next.Address("/search")
	}
}

// shown is how many entries of the list come before the page of a query.
func shown(q index.Query) int {
	c, err := index.ParseCursor(q.After, q.Sort)
	if err != nil {
		return 0
	}
	return c.Shown
}

func sorts(p *Page, sp answer.Params) []Link {
	var out []Link
	for _, order := range []index.Sort{index.Relevance, index.Newest, index.Oldest} {
		if order == index.Relevance && sp.Text == "" {
			continue
		}
		to := sp.Clone()
		to.Sort = order
		current := sp.Sort == order || (sp.Text == "" && sp.Sort == index.Relevance && order == index.Newest)
		out = append(out, Link{URL: to.Address("/search"), Text: p.T("sort." + string(order)), Current: current})
	}
	return out
}

func (p *Page) facetView(f index.Field, values []answer.FacetJSON, sp answer.Params) facetView {
	out := facetView{Name: p.T("facet." + string(f))}
	if f == index.Quarter || f == index.Year {
		slices.SortStableFunc(values, func(a, b answer.FacetJSON) int { return strings.Compare(b.Value, a.Value) })
	}
	before, after, _ := strings.Cut(sp.Toggled(f, "\x00").Address("/search"), "%00") // which is in no other part
	for _, v := range values {
		fv := facetValue{Label: v.Label, Count: v.Count, On: slices.Contains(sp.Filters[f], v.Value)}
		if fv.URL = before + url.QueryEscape(v.Value) + after; fv.On {
			fv.URL = sp.Toggled(f, v.Value).Address("/search")
		}
		if len(out.Values) < facetShown || v.Selected {
			out.Values = append(out.Values, fv)
		} else {
			out.More = append(out.More, fv)
		}
	}
	return out
}

// meantView is a document that the question names.
type meantView struct {
	URL, Label, What, Date string
	Count                  int
	Feed                   string
}

// mostMeant is how many of the documents of a question are shown.
const mostMeant = 3

// understood shows what was read in the text: each can be taken as its words,
// and what is a facet also as a filter.
func (v *searchView) understood(ctx context.Context, p *Page, a answer.Found, documents []answer.Document) {
	for _, u := range a.Understood {
		words := a.Params.Clone()
		words.Text = a.Parsed.Quoted(u.Span)
		v.Understood = append(v.Understood, Link{URL: words.Address("/search"), Text: p.Labels.Understood(ctx, u), Note: p.T("facet." + string(u.Field))})
	}
	if filtered, ok := a.Filtered(); ok {
		v.Filter = filtered.Address("/search")
	}
	if len(a.Understood) > 0 {
		words := a.Params.Clone()
		words.Verbatim = true
		v.Verbatim = words.Address("/search")
	}
	for _, d := range documents {
		cites := answer.Params{Filters: map[index.Field][]string{index.Cites: {d.Key}}, Sort: index.Newest, Size: answer.DefaultSize}
		v.Meant = append(v.Meant, meantView{
			URL: p.Link("/documents/" + url.PathEscape(d.Key)), Label: p.Labels.Document(d), What: d.Type, Date: d.Date, Count: d.Count, Feed: export.FeedAddress(cites),
		})
	}
}

// widen offers today's province to who chose one that has become part of it.
func (v *searchView) widen(sp answer.Params) {
	if len(sp.Filters[index.Province]) != 1 || len(sp.Filters[index.ProvinceNow]) > 0 {
		return
	}
	now := bulletin.ProvinceNow(sp.Filters[index.Province][0])
	parts := former(now)
	if len(parts) < 2 {
		return
	}
	to := sp.Clone()
	to.Filters[index.Province], to.Filters[index.ProvinceNow] = nil, []string{now}
	v.Wider = append(v.Wider, Link{URL: to.Address("/search"), Text: bulletin.ProvinceLabel(now), Note: strings.Join(parts, ", ")})
}

// former lists the names of the provinces that became part of today's slug.
func former(now string) []string {
	var names []string
	for _, p := range bulletin.Provinces() {
		if p.Now == now && (p.Until != "" || p.Slug == now) {
			names = append(names, p.Name)
		}
	}
	return names
}

// exports are the forms in which a whole result can be taken away.
func exports(p *Page, sp answer.Params) []Link {
	return answer.Each([]string{"csv", "jsonl", "bib", "ris"}, func(suffix string) Link {
		return Link{URL: export.WholeAddress(sp, suffix), Text: p.T("export." + suffix)}
	})
}

func feedLinks(p *Page, sp answer.Params) []Link {
	sp.Sort = index.Relevance
	return []Link{
		{URL: export.WholeAddress(sp, "atom"), Text: p.T("feed.title"), Note: "application/atom+xml"},
		{URL: export.WholeAddress(sp, "json"), Text: p.T("feed.title"), Note: "application/feed+json"},
	}
}

// chips lists the filters that are set, each with the way to take it away at a
// page.
func chips(ctx context.Context, p *Page, a answer.Found, path string) []Link {
	return answer.Each(a.Removals(), func(r answer.Removal) Link {
		return Link{URL: r.Params.Address(path), Note: p.T("facet." + r.Name), Text: r.Label(ctx, p.Labels)}
	})
}
