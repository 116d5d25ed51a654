package export

import (
	"encoding/xml"
	"net/http"

	"github.com/gin-gonic/gin"
)

type openSearchURL struct {
	Type     string `xml:"type,attr"`
	Rel      string `xml:"rel,attr,omitempty"`
	Template string `xml:"template,attr"`
}

type openSearchDescription struct {
	XMLName       xml.Name        `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
	ShortName     string          `xml:"ShortName"`
	Description   string          `xml:"Description"`
	InputEncoding string          `xml:"InputEncoding"`
	Language      string          `xml:"Language"`
	URLs          []openSearchURL `xml:"Url"`
}

// OpenSearch lets browsers and feed readers add the service as a search
// engine.
func (s *Exports) OpenSearch(c *gin.Context) error {
	l, base := s.Language(c), s.Base(c)
	d := openSearchDescription{
		ShortName: l.T("name"), Description: l.T("foot.what"), InputEncoding: "UTF-8", Language: l.Lang,
		URLs: []openSearchURL{
			{Type: "text/html", Template: base + "/search?q={searchTerms}"},
			{Type: "application/atom+xml", Template: base + "/search.atom?q={searchTerms}"},
			{Type: "application/opensearchdescription+xml", Rel: "self", Template: base + "/opensearch.xml"},
		},
	}
	data, err := xml.MarshalIndent(d, "", " ")
	if err != nil {
		return err
	}
	c.Data(http.StatusOK, "application/opensearchdescription+xml; charset=utf-8", append([]byte(xml.Header), data...))
	return nil
}

// Robots tells crawlers what to leave alone.
func (s *Exports) Robots(c *gin.Context) error {
	c.String(http.StatusOK, "User-agent: *\nDisallow: /search\nDisallow: /compare?\nDisallow: /follow\nDisallow: /api/\nSitemap: %s/sitemap.xml\n", s.Base(c))
	return nil
}
