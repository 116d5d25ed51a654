package page

import (
	"github.com/gin-gonic/gin"
)

// StatusPage shows the portals and how they do.
func (s *Pages) StatusPage(c *gin.Context) error {
	p := s.NewPage(c, s.Language(c).T("nav.status"))
	p.Nav, p.Description = "status", p.T("status.lead")
	var portals []siteView
	for i := range p.Labels.Sites.List {
		portals = append(portals, p.siteView(&p.Labels.Sites.List[i]))
	}
	p.Main = portals
	return s.Render(c, 200, "status", p)
}
