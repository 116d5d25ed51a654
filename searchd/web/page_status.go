package web

import "github.com/gin-gonic/gin"

func (s *server) statusPage(c *gin.Context) error {
	p := s.newPage(c, s.language(c).T("nav.status"))
	p.Nav, p.Description = "status", p.T("status.lead")
	var portals []siteView
	for i := range p.Labels.sites.list {
		portals = append(portals, p.siteView(&p.Labels.sites.list[i]))
	}
	p.Main = portals
	return s.render(c, 200, "status", p)
}
