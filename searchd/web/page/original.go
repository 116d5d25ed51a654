package page

import (
	"bytes"
	"html/template"
	"io"
	"mime"
	"net/http"
	"strings"

	"bantin/searchd/web/answer"

	"github.com/gin-gonic/gin"
	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html/charset"
)

// originalPolicy shuts an archived page in: no script, no request but for our
// own style, no frame around it, no way up.
const originalPolicy = "sandbox; default-src 'none'; style-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

// ServeOriginal serves the archived page, inert: what is HTML stripped to its
// structure and text, anything else as a file to keep.
func (s *Pages) ServeOriginal(c *gin.Context, _ answer.Params) error {
	page, err := s.Store.Original(answer.Lasting(c), c.Param("id"), 0)
	if s.Missing(err) || (err == nil && len(page.Body) == 0) {
		return answer.NewProblem("no-original", err)
	}
	if err != nil {
		return err
	}
	h := c.Writer.Header()
	h.Set("Content-Security-Policy", originalPolicy)
	h.Set("X-Robots-Tag", "noindex")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	if !page.Fetched.IsZero() {
		h.Set("Last-Modified", page.Fetched.UTC().Format(http.TimeFormat))
	}
	if !isHTML(page.ContentType, page.Body) {
		h.Set("Content-Disposition", "attachment")
		c.Data(http.StatusOK, "application/octet-stream", page.Body)
		return nil
	}
	clean, err := inert(page.Body, page.ContentType)
	if err != nil {
		return err
	}
	p := s.NewPage(c, s.Language(c).T("bulletin.original"))
	note := p.T("original.note")
	if !page.Fetched.IsZero() {
		note = p.T("original.dated", p.Day(page.Fetched))
	}
	var out bytes.Buffer
	err = originalPage.Execute(&out, map[string]any{
		"Page": p, "Style": s.assets["original.css"].URL, "Note": note, "Back": p.bulletinURL(c.Param("id"), ""), "Body": template.HTML(clean),
	})
	if err != nil {
		return err
	}
	c.Data(http.StatusOK, "text/html; charset=utf-8", out.Bytes())
	return nil
}

// originalPage stands around an archived page and says what it is.
var originalPage = template.Must(template.New("original").Parse(`<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{{.Page.Title}}</title><link rel="stylesheet" href="{{.Style}}"></head><body>
<p class="archived" lang="{{.Page.Lang}}">{{.Note}} <a href="{{.Back}}">{{.Page.T "original.back"}}</a></p>
{{.Body}}
</body></html>
`))

func isHTML(contentType string, body []byte) bool {
	kind, _, err := mime.ParseMediaType(contentType)
	if err != nil || kind == "" {
		kind, _, _ = strings.Cut(http.DetectContentType(body), ";")
	}
	return kind == "text/html" || kind == "application/xhtml+xml"
}

// inert decodes a page and keeps its structure and text: no scripts, styles,
// forms, pictures or frames, and links that go nowhere by themselves.
func inert(body []byte, contentType string) ([]byte, error) {
	r, err := charset.NewReader(bytes.NewReader(body), contentType)
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	p := bluemonday.NewPolicy()
	p.AllowElements("h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "div", "span", "b", "strong", "i", "em", "u",
		"sub", "sup", "blockquote", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot",
		"tr", "td", "th", "article", "section", "header", "footer", "main", "figure", "figcaption", "pre", "time", "center")
	p.AllowAttrs("colspan", "rowspan").Matching(bluemonday.Integer).OnElements("td", "th")
	p.AllowAttrs("alt").OnElements("img")
	p.AllowStandardURLs()
	p.AllowAttrs("href").OnElements("a")
	p.RequireNoFollowOnLinks(true)
	p.RequireNoReferrerOnLinks(true)
	return p.SanitizeBytes(text), nil
}
