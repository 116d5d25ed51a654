package page

import (
	"net/http"
	"strings"

	"bantin/indexer/index"
	"bantin/searchd/web/answer"
	"bantin/searchd/web/export"

	"github.com/gin-gonic/gin"
)

// feedView tells a person who opens a feed what it is and how to follow it.
type feedView struct {
	Title   string
	Address string // of the feed
	Search  string // the page of its search
	Total   int
	Newest  hitsView
}

// WantsPage tells a browser that opens a feed from a program that reads it:
// browsers ask for text/html and name no kind of feed. (A style sheet in the
// feed itself would need XSLT, which browsers are giving up.)
func WantsPage(c *gin.Context) bool {
	accept := c.GetHeader("Accept")
	for _, kind := range []string{"application/atom+xml", "application/rss+xml", "application/feed+json", "application/json"} {
		if strings.Contains(accept, kind) {
			return false
		}
	}
	return strings.Contains(accept, "text/html")
}

// FeedPage shows a feed to a person, at the feed's own address.
func (s *Pages) FeedPage(c *gin.Context) error {
	asked, err := answer.ReadParams(c.Request.URL.Query(), export.WholeParams, true)
	if err != nil {
		return err
	}
	r, err := s.Run(c, asked, func(q *index.Query) error {
		q.Sort, q.Size, q.Expand = index.Newest, 10, true
		return nil
	})
	if err != nil {
		return answer.SearchProblem(err, "q")
	}
	p := s.NewPage(c, s.Language(c).T("feed.page"))
	p.Search, p.NoIndex = asked, true
	p.Main = feedView{
		Title: export.SearchTitle(c, p.Labels, asked), Address: s.Base(c) + asked.Address(c.Request.URL.Path),
		Search: asked.Address("/search"), Total: r.Result.Total, Newest: p.hits(r.Result.Hits, ""),
	}
	return s.Render(c, http.StatusOK, "feed", p)
}
