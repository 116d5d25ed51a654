package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strings"

	"bantin/indexer/index"

	"github.com/gin-gonic/gin"
)

//go:embed templates/*.html
var templateFiles embed.FS

//go:embed assets/*
var assetFiles embed.FS

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

// asset serves a file for ever under the address of its present content, and
// for a moment under an older one.
func (s *server) asset(c *gin.Context) {
	a, ok := s.assets[c.Param("name")]
	if !ok {
		s.problemPage(c, newProblem("not-found", nil))
		return
	}
	c.Header("Cache-Control", "public, max-age=60")
	if a.URL == c.Request.URL.Path {
		c.Header("Cache-Control", "public, max-age=31536000, immutable")
	}
	c.Data(http.StatusOK, a.Type, a.data)
}

// pages are the templates, one set a page over the common layout.
type pages map[string]*template.Template

func loadPages(a assets) (pages, error) {
	common, err := template.New("layout.html").Funcs(template.FuncMap{
		"asset":  func(name string) string { return a[name].URL },
		"marked": marked,
		"iso":    moment,
		"lower":  strings.ToLower,
	}).ParseFS(templateFiles, "templates/layout.html", "templates/parts.html")
	if err != nil {
		return nil, err
	}
	files, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil {
		return nil, err
	}
	all := pages{}
	for _, f := range files {
		name := strings.TrimSuffix(path.Base(f), ".html")
		if name == "layout" || name == "parts" {
			continue
		}
		t, err := common.Clone()
		if err != nil {
			return nil, err
		}
		if all[name], err = t.ParseFS(templateFiles, f); err != nil {
			return nil, err
		}
	}
	return all, nil
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

// page is what every template sees; Main is the page's own.
type page struct {
	*catalogue
	Labels      labeller
	Search      params
	Nav         string // the menu's entry to mark
	Title       string
	Description string
	Canonical   string
	Languages   []link
	Feeds       []link
	Prev, Next  string // the pages of a list beside this one
	NoIndex     bool
	LinkedData  any
	Samples     string // all, some or none of what is shown is invented
	Empty       bool   // the archive holds nothing yet
	Main        any
	lang        string // as asked for in the address
}

// link is an address with its text.
type link struct {
	URL     string
	Text    string
	Note    string
	Count   int
	Current bool
}

// newPage begins a page: its language, its address, its sample mark.
func (s *server) newPage(c *gin.Context, title string) *page {
	l, own := s.language(c), ownPath(c.Request.URL.Path)
	p := &page{
		catalogue: l, Labels: s.labeller(c, l), Title: title, Canonical: s.base(c) + own,
		Search: params{Sort: index.Relevance, Size: defaultSize, Filters: map[index.Field][]string{}},
	}
	if _, ok := s.catalogues[c.Query("lang")]; ok {
		p.lang = l.Lang
		p.Search.Lang = l.Lang
	}
	p.Samples = p.Labels.sites.samples()
	for _, lang := range languages {
		q := c.Request.URL.Query()
		q.Set("lang", lang)
		p.Languages = append(p.Languages, link{
			URL: own + "?" + q.Encode(), Text: s.catalogues[lang].T("language"), Note: lang, Current: lang == l.Lang,
		})
	}
	return p
}

// ownPath is a path that leads nowhere but to us: two slashes at its start would
// make the next part a host.
func ownPath(p string) string {
	return "/" + strings.TrimLeft(p, `/\`)
}

// Link returns a path of ours in the language that the address asks for.
func (p *page) Link(path string) string {
	if p.lang == "" {
		return path
	}
	if strings.Contains(path, "?") {
		return path + "&lang=" + p.lang
	}
	return path + "?lang=" + p.lang
}

// Only returns the address of the search for one value of a facet.
func (p *page) Only(f, v string) string {
	return p.Search.only(index.Field(f), v).address("/search")
}

// Hidden returns the parameters that a form of another search carries along.
func (p *page) Hidden(names ...string) []link {
	var out []link
	v := p.Search.values()
	for _, name := range searchParams {
		skip := name == "after" || name == "before"
		for _, n := range names {
			skip = skip || n == name
		}
		for _, value := range v[name] {
			if !skip {
				out = append(out, link{Text: name, Note: value})
			}
		}
	}
	return out
}

// render writes a page whole or not at all.
func (s *server) render(c *gin.Context, status int, name string, p *page) error {
	var b bytes.Buffer
	if err := s.pages[name].ExecuteTemplate(&b, "layout.html", p); err != nil {
		return fmt.Errorf("page %s: %w", name, err)
	}
	if c.Writer.Header().Get("Cache-Control") == "" {
		c.Header("Cache-Control", "no-cache")
	}
	p.tellLanguage(c.Writer.Header())
	c.Data(status, "text/html; charset=utf-8", b.Bytes())
	return nil
}

// tellLanguage says which language the page is in and that it may be in others.
func (p *page) tellLanguage(h http.Header) {
	h.Set("Content-Language", p.Lang)
	if !slices.Contains(h.Values("Vary"), "Accept-Language") {
		h.Add("Vary", "Accept-Language")
	}
}

// problemPage tells a person what went wrong and where to go on.
func (s *server) problemPage(c *gin.Context, err error) {
	p := s.prepareProblem(c, err)
	l := s.language(c)
	pg := s.newPage(c, l.T("problem."+p.Slug))
	pg.NoIndex = true
	without := c.Request.URL.Query()
	without.Del(p.Parameter)
	view := problemView{
		Detail: p.detail(l), RequestID: c.GetString(requestIDKey),
		Ours: p.Status >= http.StatusInternalServerError,
	}
	if p.Parameter != "" {
		view.Without = ownPath(c.Request.URL.Path) + "?" + without.Encode()
	}
	pg.Main = view
	if err := s.render(c, p.Status, "problem", pg); err != nil {
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
