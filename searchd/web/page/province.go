package page

import (
	"strings"

	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/searchd/web/answer"
	"bantin/searchd/web/export"

	"github.com/gin-gonic/gin"
)

// provinceView is the page of a province, of today or before.
type provinceView struct {
	bulletin.ProvinceInfo
	Ended     string // day on which it became part of another
	Now       *Link
	Whole     bool   // it became that province alone, under another name
	Parts     []Link // provinces that became part of it
	Since     string
	Total     int
	Histogram histogramView
	Recent    hitsView
	Orgs      countsView
	Documents countsView
	Portals   []siteView
	All       string
	Wider     string // the search through what became part of it too
	Feed      string
}

// ProvincePage shows a province, of today or before.
func (s *Pages) ProvincePage(c *gin.Context) error {
	info, ok := bulletin.ProvinceBySlug(c.Param("slug"))
	if !ok {
		return answer.NewProblem("not-found", nil)
	}
	p := s.NewPage(c, info.Name)
	p.Description = p.T("province.description", info.Name)
	only := p.Search.Only(index.Province, info.Slug)
	res, err := s.Index.Search(c, index.Query{
		Filters: only.Filters, Sort: index.Newest, Size: 8, Snippets: true,
		Facets: []index.Field{index.Quarter, index.Org, index.Cites},
	})
	if err != nil {
		return err
	}
	v := &provinceView{
		ProvinceInfo: info, Total: res.Total, Recent: p.hits(res.Hits, ""), All: only.Address("/search"), Feed: export.FeedAddress(only),
		Histogram: histogramView{p, newHistogram(p.Labels, res.Facets[index.Quarter], only)},
		Orgs: p.counts(res.Facets[index.Org], 12, func(n index.Count) Link {
			return Link{URL: only.Toggled(index.Org, n.Value).Address("/search"), Text: p.Labels.Org(n.Value)}
		}),
		Documents: p.counts(res.Facets[index.Cites], 10, s.documentLink(c, p)),
	}
	v.history(p)
	for i := range p.Labels.Sites.List {
		if site := &p.Labels.Sites.List[i]; site.Province == info.Slug || site.Province == info.Now {
			v.Portals = append(v.Portals, p.siteView(site))
		}
	}
	p.Main = v
	p.Feeds = feedLinks(p, only)
	return s.Render(c, 200, "province", p)
}

// history tells what the province was and became in 2025.
func (v *provinceView) history(p *Page) {
	if v.Until != "" {
		v.Ended = p.DayOf(v.Until)
		now := v.ProvinceInfo.Now
		if info, ok := bulletin.ProvinceBySlug(now); ok {
			v.Whole = info.From != ""
		}
		v.Now = p.provinceLink(now)
		return
	}
	for _, part := range bulletin.Provinces() {
		if part.Now == v.Slug && part.Until != "" {
			v.Parts = append(v.Parts, *p.provinceLink(part.Slug))
			v.Since = p.DayOf(part.Until)
		}
	}
	if len(v.Parts) > 0 {
		v.Wider = p.Only("province_now", v.Slug)
	}
}

// siteView is one portal as people see it.
type siteView struct {
	bulletin.SiteStatus
	Place     *Link
	Safe      string // its address when it is safe to link
	Last      string
	Next      string
	Published string // span of its bulletins
	Spark     []sparkBar
	Counts    string // what the newest passes brought, in words
}

type sparkBar struct{ X, Y, H int }

func (p *Page) siteView(site *bulletin.SiteStatus) siteView {
	v := siteView{
		SiteStatus: *site, Place: p.provinceLink(site.Province), Safe: answer.WebAddress(site.URL), Last: p.Moment(site.LastCrawl, bulletin.Minute), Next: p.Moment(site.NextCrawl, bulletin.Minute),
		Published: answer.Joined(" – ", p.Day(site.First), p.Day(site.Last)),
	}
	top := 1
	for _, y := range site.Yield {
		top = max(top, y.New+y.Changed)
	}
	var counts []string
	for i, y := range site.Yield {
		h := max(1, (y.New+y.Changed)*24/top)
		v.Spark = append(v.Spark, sparkBar{i * 4, 25 - h, h})
		counts = append(counts, p.Number(y.New+y.Changed))
	}
	v.Counts = strings.Join(counts[max(0, len(counts)-5):], ", ")
	return v
}
