package page

import (
	"math"
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

// countsView is a list of links, most with a number.
type countsView struct {
	Page  *Page
	Links []Link
}

// counts makes a link of each of the first counts of a facet, most at most.
func (p *Page) counts(all []index.Count, most int, link func(index.Count) Link) countsView {
	return countsView{p, answer.Each(all[:min(most, len(all))], func(n index.Count) Link {
		l := link(n)
		l.Count = n.Count
		return l
	})}
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
		Provinces: p.counts(res.Facets[index.Province], math.MaxInt, func(n index.Count) Link { return *p.provinceLink(n.Value) }),
		Documents: p.counts(res.Facets[index.Cites], 8, s.documentLink(c, p)), Examples: examples(p),
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

func examples(p *Page) []Link {
	return answer.Each([]string{"mặt trận", "an sinh xa hoi", `"giao ban"`, "35-CT/TW", "quý III/2020"}, func(q string) Link {
		ask := p.Search
		ask.Text = q
		return Link{URL: ask.Address("/search"), Text: q}
	})
}
