package web

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

	"github.com/gin-gonic/gin"
)

// searchView is the page of a search.
type searchView struct {
	Total       int
	First, Last int // places of the hits shown
	List        hitsView
	Facets      []facetView
	Active      int // filters that are set
	Chips       []link
	Clear       string
	Sorts       []link
	Histogram   histogramView
	FirstPage   string
	Prev, Next  string
	Folded      int  // bulletins that the whole list left out as duplicates
	Deep        bool // there is more than can be paged through
	Relaxed     string
	Repairs     []string
	Offers      []link // readings of the text as filters
	Corrected   *link
	Wider       []link // today's provinces that hold more than the one chosen
	Exports     []link
	Feed        string
	Nothing     *nothingView
}

type histogramView struct {
	Page      *page
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

func (s *server) searchPage(c *gin.Context) error {
	sp, err := readSearch(c)
	if err != nil {
		return err
	}
	a, err := s.search(c, sp)
	if err != nil {
		return err
	}
	if sp.Before != "" && a.asked.After == "" && a.asked.Size == sp.Size { // the first page has one address
		c.Redirect(http.StatusFound, sp.clone().address("/search"))
		return nil
	}
	p := s.newPage(c, s.language(c).T("search.title"))
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
	return s.render(c, 200, "search", p)
}

func (s *server) searchView(ctx context.Context, p *page, a answer) (*searchView, error) {
	sp := a.params
	v := &searchView{
		Total: a.result.Total, List: p.hits(a.result.Hits, sp.Text), Feed: feedAddress(sp),
		Relaxed: a.result.Relaxed, Chips: a.chips(ctx, p), Sorts: sorts(p, sp), Exports: exports(p, sp),
		Histogram: histogramView{p, newHistogram(p.Labels, a.result.Facets[index.Quarter], a.lifted(index.Quarter))},
	}
	v.Active = len(v.Chips)
	if v.Active > 1 {
		v.Clear = a.unfiltered().address("/search")
	}
	v.page(a)
	for _, f := range a.asked.Facets {
		most := 0
		if f == index.Cites {
			most = maxCited
		}
		if fv := p.facetView(f, p.Labels.facet(ctx, f, a, most), a.lifted(f)); len(fv.Values) > 0 {
			v.Facets = append(v.Facets, fv)
		}
	}
	for _, r := range a.parsed.Repairs {
		v.Repairs = append(v.Repairs, p.T("repair."+r.Kind, r.Text))
	}
	v.offer(ctx, p, a)
	v.widen(a.lifted(index.Province))
	if a.result.Total > 0 && a.result.Relaxed == "" {
		return v, nil
	}
	corrected, err := s.corrected(ctx, sp)
	if err != nil {
		return nil, err
	}
	if corrected != "" {
		better := sp.clone()
		better.Text = corrected
		v.Corrected = &link{URL: better.address("/search"), Text: corrected}
	}
	if a.result.Total == 0 {
		v.Nothing, err = s.nothing(ctx, p, a)
	}
	return v, err
}

// page works out the places of the hits and the pages beside this one.
func (v *searchView) page(a answer) {
	before := shown(a.asked)
	v.First, v.Last = before+1, before+len(a.result.Hits)
	first := a.params.clone()
	if a.params.After != "" || a.params.Before != "" {
		v.FirstPage = first.address("/search")
	}
	if a.asked.After != "" {
		prev := first
		prev.Before = a.asked.After
		v.Prev = prev.address("/search")
	}
	switch {
	case a.result.Next == "":
		v.Folded = max(0, a.result.Total-v.Last)
	case v.Last+a.params.Size > index.DefaultLimits.Depth:
		v.Deep = true
	default:
		next := first
		next.After = a.result.Next
		v.Next = next.address("/search")
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

func sorts(p *page, sp params) []link {
	var out []link
	for _, order := range []index.Sort{index.Relevance, index.Newest, index.Oldest} {
		if order == index.Relevance && sp.Text == "" {
			continue
		}
		to := sp.clone()
		to.Sort = order
		current := sp.Sort == order || (sp.Text == "" && sp.Sort == index.Relevance && order == index.Newest)
		out = append(out, link{URL: to.address("/search"), Text: p.T("sort." + string(order)), Current: current})
	}
	return out
}

func (p *page) facetView(f index.Field, values []facetJSON, sp params) facetView {
	out := facetView{Name: p.T("facet." + string(f))}
	if f == index.Quarter || f == index.Year {
		slices.SortStableFunc(values, func(a, b facetJSON) int { return strings.Compare(b.Value, a.Value) })
	}
	before, after, _ := strings.Cut(sp.toggled(f, "\x00").address("/search"), "%00") // which is in no other part
	for _, v := range values {
		fv := facetValue{Label: v.Label, Count: v.Count, On: slices.Contains(sp.Filters[f], v.Value)}
		if fv.URL = before + url.QueryEscape(v.Value) + after; fv.On {
			fv.URL = sp.toggled(f, v.Value).address("/search")
		}
		if len(out.Values) < facetShown || v.Selected {
			out.Values = append(out.Values, fv)
		} else {
			out.More = append(out.More, fv)
		}
	}
	return out
}

// offer shows parts of the text that could be filters.
func (v *searchView) offer(ctx context.Context, p *page, a answer) {
	for _, i := range a.parsed.Interpretations {
		if slices.Contains(a.asked.Filters[i.Filter], i.Value) {
			continue
		}
		v.Offers = append(v.Offers, link{
			URL:  a.lifted(i.Filter, i.Span).toggled(i.Filter, i.Value).address("/search"),
			Note: p.T("facet." + string(i.Filter)), Text: p.Labels.Value(ctx, i.Filter, i.Value),
		})
	}
}

// widen offers today's province to who chose one that has become part of it.
func (v *searchView) widen(sp params) {
	if len(sp.Filters[index.Province]) != 1 || len(sp.Filters[index.ProvinceNow]) > 0 {
		return
	}
	now := bulletin.ProvinceNow(sp.Filters[index.Province][0])
	parts := former(now)
	if len(parts) < 2 {
		return
	}
	to := sp.clone()
	to.Filters[index.Province], to.Filters[index.ProvinceNow] = nil, []string{now}
	v.Wider = append(v.Wider, link{URL: to.address("/search"), Text: bulletin.ProvinceLabel(now), Note: strings.Join(parts, ", ")})
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
func exports(p *page, sp params) []link {
	var out []link
	for _, suffix := range []string{"csv", "jsonl", "bib", "ris"} {
		out = append(out, link{URL: wholeAddress(sp, suffix), Text: p.T("export." + suffix)})
	}
	return out
}

// wholeAddress is the address of the whole result in another form.
func wholeAddress(sp params, suffix string) string {
	sp = sp.clone()
	sp.Size = defaultSize
	return sp.address("/search." + suffix)
}

func feedAddress(sp params) string {
	sp.Sort = index.Relevance
	return wholeAddress(sp, "atom")
}

func feedLinks(p *page, sp params) []link {
	sp.Sort = index.Relevance
	return []link{
		{URL: wholeAddress(sp, "atom"), Text: p.T("feed.title"), Note: "application/atom+xml"},
		{URL: wholeAddress(sp, "json"), Text: p.T("feed.title"), Note: "application/feed+json"},
	}
}
