package web

import (
	"encoding/xml"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"bantin/bulletin"
	"bantin/indexer/index"

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

// openSearch lets browsers and feed readers add the service as a search
// engine.
func (s *server) openSearch(c *gin.Context) error {
	l, base := s.language(c), s.base(c)
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

func (s *server) robots(c *gin.Context) error {
	c.String(http.StatusOK, "User-agent: *\nDisallow: /search\nDisallow: /compare?\nDisallow: /api/\nSitemap: %s/sitemap.xml\n", s.base(c))
	return nil
}

// maxSitemap is how many addresses one sitemap may hold.
const maxSitemap = 50_000

// siteMap writes the addresses that search engines may keep.
type siteMap struct {
	listMeta
	w io.Writer
	n int
}

// sitemap lists the pages, the newest bulletins first, as many as fit.
func (s *server) sitemap(c *gin.Context) error {
	c.Header("Content-Type", "application/xml; charset=utf-8")
	f := form{suffix: "xml", newList: func(w io.Writer, m listMeta) lister { return &siteMap{listMeta: m, w: w} }}
	m := s.listMeta(c, f, params{Sort: index.Newest, Size: defaultSize})
	return s.stream(c, index.Query{Sort: index.Newest}, f, m)
}

func (l *siteMap) begin() error {
	if _, err := io.WriteString(l.w, xml.Header+`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`+"\n"); err != nil {
		return err
	}
	for _, path := range []string{"/", "/coverage", "/status", "/help", "/embed"} {
		if err := l.entry(path, time.Time{}); err != nil {
			return err
		}
	}
	for _, p := range bulletin.Provinces() {
		if err := l.entry("/provinces/"+p.Slug, time.Time{}); err != nil {
			return err
		}
	}
	return nil
}

func (l *siteMap) add(d index.Document) error {
	return l.entry("/bulletins/"+url.PathEscape(d.ID), d.Published)
}

func (l *siteMap) entry(path string, at time.Time) error {
	if l.n++; l.n > maxSitemap {
		return errFull
	}
	var b strings.Builder
	b.WriteString("<url><loc>")
	if err := xml.EscapeText(&b, []byte(l.base+path)); err != nil {
		return err
	}
	b.WriteString("</loc>")
	if !at.IsZero() {
		b.WriteString("<lastmod>" + at.In(bulletin.Zone).Format(time.DateOnly) + "</lastmod>")
	}
	b.WriteString("</url>\n")
	_, err := io.WriteString(l.w, b.String())
	return err
}

func (l *siteMap) end() error {
	_, err := io.WriteString(l.w, "</urlset>\n")
	return err
}
