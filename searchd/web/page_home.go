package web

import (
	"time"

	"bantin/bulletin"
	"bantin/indexer/index"

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
	Examples       []link
}

type countsView struct {
	Page  *page
	Links []link
}

func (s *server) homePage(c *gin.Context) error {
	p := s.newPage(c, s.language(c).T("name"))
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
		Total: res.Total, Portals: len(p.Labels.sites.list), Recent: p.hits(res.Hits, ""), Since: since(p.Labels.sites),
		Histogram: histogramView{p, newHistogram(p.Labels, res.Facets[index.Quarter], p.Search)},
		Provinces: countsView{Page: p}, Documents: countsView{Page: p}, Examples: examples(p),
	}
	for _, n := range res.Facets[index.Province] {
		v.Provinces.Links = append(v.Provinces.Links, link{URL: p.Link("/provinces/" + n.Value), Text: bulletin.ProvinceLabel(n.Value), Count: n.Count})
	}
	for _, n := range res.Facets[index.Cites][:min(8, len(res.Facets[index.Cites]))] {
		d := s.document(c, n.Value)
		v.Documents.Links = append(v.Documents.Links, link{URL: p.documentURL(d.Key), Text: p.Labels.Document(d), Count: n.Count})
	}
	p.Main = v
	p.Feeds = feedLinks(p, p.Search)
	return s.render(c, 200, "home", p)
}

// since is the year of the oldest bulletin archived.
func since(set siteSet) string {
	var first time.Time
	for i := range set.list {
		if f := set.list[i].First; !f.IsZero() && (first.IsZero() || f.Before(first)) {
			first = f
		}
	}
	if first.IsZero() {
		return ""
	}
	return first.In(bulletin.Zone).Format("2006")
}

// examples are searches to try.
func examples(p *page) []link {
	var out []link
	for _, q := range []string{"mặt trận", "an sinh xa hoi", `"giao ban"`, "35-CT/TW", "quý III/2020"} {
		ask := p.Search
		ask.Text = q
		out = append(out, link{URL: ask.address("/search"), Text: q})
	}
	return out
}
