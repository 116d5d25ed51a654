// Package page writes what people see: a page for every address, in the
// language of the request, usable without scripts.
package page

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"net/http"
	"path"
	"slices"
	"strings"

	"bantin/indexer/index"
	"bantin/searchd/web/answer"

	"github.com/gin-gonic/gin"
)

//go:embed templates/*.html
var templateFiles embed.FS

//go:embed assets/*
var assetFiles embed.FS

// Pages answers people. New makes it.
type Pages struct {
	*answer.Service
	templates answer.Templates
	assets    assets
}

// New reads the templates and the files that pages load.
func New(s *answer.Service) (*Pages, error) {
	p := &Pages{Service: s}
	var err error
	if p.assets, err = loadAssets(); err != nil {
		return nil, err
	}
	p.templates, err = loadPages(p.assets)
	return p, err
}

// assets are the files that pages load, each under an address that changes
// with its content.
type assets map[string]asset

type asset struct {
	URL  string
	Type string
	data []byte
}

func loadAssets() (assets, error) {
	kinds := map[string]string{
		".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
	}
	all := assets{}
	entries, err := fs.ReadDir(assetFiles, "assets")
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if e.IsDir() { // served under an address of its own
			continue
		}
		data, err := assetFiles.ReadFile("assets/" + e.Name())
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(data)
		kind, ok := kinds[path.Ext(e.Name())]
		if !ok {
			return nil, fmt.Errorf("asset %s: unknown type", e.Name())
		}
		all[e.Name()] = asset{"/assets/" + hex.EncodeToString(sum[:6]) + "/" + e.Name(), kind, data}
	}
	return all, nil
}

// Asset serves a file for ever under the address of its present content, and
// for a moment under an older one.
func (s *Pages) Asset(c *gin.Context) {
	a, ok := s.assets[c.Param("name")]
	if !ok {
		s.ProblemPage(c, answer.NewProblem("not-found", nil))
		return
	}
	c.Header("Cache-Control", "public, max-age=60")
	if a.URL == c.Request.URL.Path {
		c.Header("Cache-Control", "public, max-age=31536000, immutable")
	}
	c.Data(http.StatusOK, a.Type, a.data)
}

func loadPages(a assets) (answer.Templates, error) {
	return answer.LoadTemplates(templateFiles, template.FuncMap{
		"asset":  func(name string) string { return a[name].URL },
		"marked": marked,
		"iso":    answer.Moment,
		"lower":  strings.ToLower,
		"inc":    func(i int) int { return i + 1 },
	}, "templates/layout.html", "templates/parts.html")
}

// marked trusts an index's highlighted text as far as its marks: anything else
// that looks like markup is shown as text.
func marked(s string) template.HTML {
	bare := strings.NewReplacer("<mark>", "", "</mark>", "").Replace(s)
	balanced := strings.Count(s, "<mark>") == strings.Count(s, "</mark>")
	if strings.ContainsAny(bare, `<>"'`) || !balanced {
		return template.HTML(template.HTMLEscapeString(bare)) //nolint:gosec // escaped right here
	}
	return template.HTML(s) //nolint:gosec // nothing but marks is left in it
}

// Page is what every template sees; Main is the page's own.
type Page struct {
	*answer.Catalogue
	Labels      answer.Labels
	Search      answer.Params
	Nav         string // the menu's entry to mark
	Title       string
	Description string
	Canonical   string
	Languages   []Link
	Feeds       []Link
	Prev, Next  string // the pages of a list beside this one
	NoIndex     bool
	LinkedData  any
	Samples     string // all, some or none of what is shown is invented
	Empty       bool   // the archive holds nothing yet
	Follows     bool   // what is new can be followed by mail
	Main        any
	lang        string // as asked for in the address
}

// Link is an address with its text.
type Link struct {
	URL     string
	Text    string
	Note    string
	Count   int
	Current bool
}

// NewPage begins a page: its language, its address, its sample mark.
func (s *Pages) NewPage(c *gin.Context, title string) *Page {
	l, own := s.Language(c), ownPath(c.Request.URL.Path)
	p := &Page{
		Catalogue: l, Labels: s.Labeller(c, l), Title: title, Canonical: s.Base(c) + own,
		Search: answer.Params{Sort: index.Relevance, Size: answer.DefaultSize, Filters: map[index.Field][]string{}},
	}
	if _, ok := s.Catalogues[c.Query("lang")]; ok {
		p.lang = l.Lang
		p.Search.Lang = l.Lang
	}
	p.Samples, p.Follows = p.Labels.Sites.Samples(), s.Follows != nil
	for _, lang := range answer.Languages {
		q := c.Request.URL.Query()
		maps.DeleteFunc(q, func(name string, _ []string) bool { return !slices.Contains(known, name) })
		q.Set("lang", lang)
		p.Languages = append(p.Languages, Link{
			URL: own + "?" + q.Encode(), Text: s.Catalogues[lang].T("language"), Note: lang, Current: lang == l.Lang,
		})
	}
	return p
}

// known are the parameters that a page of ours takes; others (links get shared
// with trackers attached) do not go from one language to the other.
var known = append(slices.Clone(answer.SearchParams), "a", "b", "mode", "theme", "limit", "placeholder", "site", "latest", "on", "variant", "verbatim", "map", "by", "per", "order")

// ownPath is a path that leads nowhere but to us: two slashes at its start would
// make the next part a host.
func ownPath(p string) string {
	return "/" + strings.TrimLeft(p, `/\`)
}

// Link returns a path of ours in the language that the address asks for.
func (p *Page) Link(path string) string {
	if p.lang == "" {
		return path
	}
	return withParam(path, "lang="+p.lang)
}

// Only returns the address of the search for one value of a facet.
func (p *Page) Only(f, v string) string {
	return p.Search.Only(index.Field(f), v).Address("/search")
}

// Hidden returns the parameters that a form of another search carries along.
func (p *Page) Hidden(without ...string) []Link { return hidden(p.Search, without...) }

// hidden are the parameters of a search but the page and some others.
func hidden(sp answer.Params, without ...string) []Link {
	var out []Link
	v := sp.Values()
	for _, name := range answer.SearchParams {
		if name == "after" || name == "before" || slices.Contains(without, name) {
			continue
		}
		for _, value := range v[name] {
			out = append(out, Link{Text: name, Note: value})
		}
	}
	return out
}

// Render writes a page whole or not at all.
func (s *Pages) Render(c *gin.Context, status int, name string, p *Page) error {
	return s.execute(c, status, name, "layout.html", p)
}

// RenderBare writes a page without our layout, which the pages at ancestors may
// frame.
func (s *Pages) RenderBare(c *gin.Context, name string, p *Page, ancestors string) error {
	c.Header("Content-Security-Policy", strings.Replace(answer.Policy, "frame-ancestors 'none'", "frame-ancestors "+ancestors, 1)+"; frame-src 'self'")
	return s.execute(c, http.StatusOK, name, name+".html", p)
}

func (s *Pages) execute(c *gin.Context, status int, name, layout string, p *Page) error {
	var b bytes.Buffer
	if err := s.templates[name].ExecuteTemplate(&b, layout, p); err != nil {
		return fmt.Errorf("page %s: %w", name, err)
	}
	if c.Writer.Header().Get("Cache-Control") == "" {
		c.Header("Cache-Control", "no-cache")
	}
	h := c.Writer.Header()
	h.Set("Content-Language", p.Lang)
	if !slices.Contains(h.Values("Vary"), "Accept-Language") {
		h.Add("Vary", "Accept-Language")
	}
	c.Data(status, "text/html; charset=utf-8", b.Bytes())
	return nil
}

// ProblemPage tells a person what went wrong and where to go on.
func (s *Pages) ProblemPage(c *gin.Context, err error) {
	p := s.PrepareProblem(c, err)
	l := s.Language(c)
	pg := s.NewPage(c, l.T("problem."+p.Slug))
	pg.NoIndex = true
	without := c.Request.URL.Query()
	without.Del(p.Parameter)
	view := problemView{
		Detail: p.Detail(l), RequestID: c.GetString(answer.RequestIDKey),
		Ours: p.Status >= http.StatusInternalServerError,
	}
	if p.Parameter != "" {
		view.Without = ownPath(c.Request.URL.Path) + "?" + without.Encode()
	}
	pg.Main = view
	if err := s.Render(c, p.Status, "problem", pg); err != nil {
		s.Log.Error("problem not shown", "error", err)
		c.String(http.StatusInternalServerError, l.T("problem.internal"))
	}
	c.Abort()
}

type problemView struct {
	Detail    string
	RequestID string
	Without   string // the same page without the parameter at fault
	Ours      bool
}
