package page

import (
	"time"

	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/searchd/web/answer"

	"github.com/gin-gonic/gin"
)

// homeView is the page that people begin at.
type homeView struct {
	Total, Portals int
	Provinces      countsView
	Since          string
	Recent         hitsView
	Documents      countsView
	Histogram      histogramView
	Views          countsView
	Examples       []Link
}

type countsView struct {
	Page  *Page
	Links []Link
}

// HomePage is where people begin.
func (s *Pages) HomePage(c *gin.Context) error {
	p := s.NewPage(c, s.Language(c).T("name"))
	p.Description = p.T("home.lead")
	res, err := s.Index.Search(c, index.Query{
		Sort: index.Newest, Size: 6, Snippets: true,
		Facets: []index.Field{index.Province, index.Quarter, index.Cites},
	})
	if err != nil {
		return err
	}
	p.Empty = res.Total == 0
	v := homeView{
		Total: res.Total, Portals: len(p.Labels.Sites.List), Recent: p.hits(res.Hits, ""), Since: since(p.Labels.Sites),
		Histogram: histogramView{p, newHistogram(p.Labels, res.Facets[index.Quarter], p.Search)},
		Views:     p.views(p.Search, ""),
		Provinces: countsView{Page: p}, Documents: countsView{Page: p}, Examples: examples(p),
	}
	for _, n := range res.Facets[index.Province] {
		v.Provinces.Links = append(v.Provinces.Links, Link{URL: p.Link("/provinces/" + n.Value), Text: bulletin.ProvinceLabel(n.Value), Count: n.Count})
	}
	for _, n := range res.Facets[index.Cites][:min(8, len(res.Facets[index.Cites]))] {
		d := s.Document(c, n.Value)
		v.Documents.Links = append(v.Documents.Links, Link{URL: p.documentURL(d.Key), Text: p.Labels.Document(d), Count: n.Count})
	}
	p.Main = v
	p.Feeds = feedLinks(p, p.Search)
	return s.Render(c, 200, "home", p)
}

// since is the year of the oldest bulletin archived.
func since(set answer.SiteSet) string {
	var first time.Time
	for i := range set.List {
		if f := set.List[i].First; !f.IsZero() && (first.IsZero() || f.Before(first)) {
			first = f
		}
	}
	if first.IsZero() {
		return ""
	}
	return first.In(bulletin.Zone).Format("2006")
}

// examples are searches to try.
func examples(p *Page) []Link {
	var out []Link
	for _, q := range []string{"mặt trận", "an sinh xa hoi", `"giao ban"`, "35-CT/TW", "quý III/2020"} {
		ask := p.Search
		ask.Text = q
		out = append(out, Link{URL: ask.Address("/search"), Text: q})
	}
	return out
}
