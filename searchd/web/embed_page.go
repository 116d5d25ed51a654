package web

import (
	"bytes"
	"cmp"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"bantin/bulletin"
	"bantin/indexer/index"

	"github.com/gin-gonic/gin"
)

// embedPreview is the address of the sample host pages.
const embedPreview = "/embed/preview"

// embedFilters are the filters that the element has attributes for.
var embedFilters = []index.Field{index.Province, index.Quarter, index.Org, index.Source, index.Kind}

// Choices of the configurator; the first of each is the standard one.
var (
	embedThemes   = []string{"auto", "light", "dark"}
	embedHosts    = []string{"plain", "busy", "dark"}
	embedVariants = []string{"script", "form", "frame"}
)

// Limits of what the configurator takes.
const (
	maxPlaceholder = 60
	maxFrameHeight = 420 // of the iframe, where the list has to find room
)

// embedChoice is a search box as somebody configured it.
type embedChoice struct {
	params
	Mode, Theme, Site, Placeholder string
	Limit                          int
	Latest                         bool // the address that never changes, without integrity
}

// embedView is the configurator.
type embedView struct {
	Choice              embedChoice
	Fields              []choiceField
	Modes, Themes       []choice
	Script, Form, Frame string
	Integrity, Version  string
	Origin, Size        string
	Previews            []link
	Reference           []termTable
}

// termTable is one table of the reference.
type termTable struct {
	Title, Standard string
	Terms           []term
}

type choiceField struct {
	Name, Label string
	Options     []choice
}

type choice struct {
	Value, Label string
	Selected     bool
}

// term is one line of the reference.
type term struct{ Name, Means, Standard string }

// readEmbedChoice reads the configurator's parameters and ignores what cannot
// be.
func readEmbedChoice(c *gin.Context) (embedChoice, error) {
	values := c.Request.URL.Query()
	p, err := readParams(values, []string{"province", "quarter", "org", "source", "kind", "lang"}, false)
	ch := embedChoice{
		params: p, Mode: oneOf(values.Get("mode"), embedModes), Theme: oneOf(values.Get("theme"), embedThemes), Limit: embedSize,
		Placeholder: strings.TrimSpace(values.Get("placeholder")), Latest: values.Get("latest") != "",
	}
	if err != nil {
		return ch, err
	}
	if n, err := strconv.Atoi(values.Get("limit")); err == nil {
		ch.Limit = min(max(n, 1), maxEmbedSize)
	}
	if site := values.Get("site"); nameForm.MatchString(site) {
		ch.Site = site
	}
	if runes := []rune(strings.ToValidUTF8(ch.Placeholder, "")); len(runes) > maxPlaceholder {
		ch.Placeholder = string(runes[:maxPlaceholder])
	}
	return ch, nil
}

func oneOf(v string, allowed []string) string {
	if slices.Contains(allowed, v) {
		return v
	}
	return allowed[0]
}

// values are the choices as an address carries them.
func (ch embedChoice) values() url.Values {
	v := url.Values{}
	for _, f := range embedFilters {
		if len(ch.Filters[f]) > 0 {
			v[string(f)] = ch.Filters[f]
		}
	}
	set := func(name, value, standard string) {
		if value != standard {
			v.Set(name, value)
		}
	}
	set("lang", ch.Lang, "")
	set("mode", ch.Mode, embedModes[0])
	set("theme", ch.Theme, embedThemes[0])
	set("limit", strconv.Itoa(ch.Limit), strconv.Itoa(embedSize))
	set("placeholder", ch.Placeholder, "")
	set("site", ch.Site, "")
	return v
}

// embedPage is the configurator with the reference.
func (s *server) embedPage(c *gin.Context) error {
	ch, err := readEmbedChoice(c)
	if err != nil {
		return err
	}
	p := s.newPage(c, s.language(c).T("embed.title"))
	p.Nav, p.Description = "embed", p.T("embed.lead")
	base := s.base(c)
	v := embedView{
		Choice: ch, Script: ch.tag(base, s.embed) + "\n" + ch.element(base, "", p.catalogue),
		Form: ch.form(base, "", p.catalogue), Frame: ch.frame(base, p.catalogue),
		Integrity: s.embed.integrity, Version: base + s.embed.versioned, Origin: base, Size: strconv.FormatFloat(float64(s.embed.gzipped)/1024, 'f', 1, 64),
		Modes: p.choices("embed.mode.", embedModes, ch.Mode), Themes: p.choices("embed.theme.", embedThemes, ch.Theme),
		Reference: []termTable{
			p.terms("attribute", embedAttributes), p.terms("event", embedEvents), p.terms("method", embedMethods),
			p.terms("variable", embedVariables), p.terms("part", embedParts),
		},
	}
	if v.Fields, err = s.embedFields(c, p, ch); err != nil {
		return err
	}
	for _, on := range embedHosts {
		v.Previews = append(v.Previews, p.preview(ch, on, "script"))
	}
	v.Previews = append(v.Previews, p.preview(ch, "plain", "form"), p.preview(ch, "plain", "frame"))
	p.Main = v
	c.Header("Content-Security-Policy", policy+"; frame-src 'self'")
	return s.render(c, http.StatusOK, "embed", p)
}

// preview is a sample host page as the configurator shows it.
func (p *page) preview(ch embedChoice, on, variant string) link {
	v := ch.values()
	v.Set("on", on)
	v.Set("variant", variant)
	v.Set("lang", p.Lang)
	label := "embed.on." + on
	if variant != "script" {
		label = "embed.variant." + variant
	}
	return link{URL: embedPreview + "?" + v.Encode(), Text: p.T(label), Note: on + "-" + variant}
}

func (p *page) choices(prefix string, values []string, selected string) []choice {
	var out []choice
	for _, v := range values {
		out = append(out, choice{v, p.T(prefix + v), v == selected})
	}
	return out
}

// embedFields are the filters with the values that lead to something.
func (s *server) embedFields(c *gin.Context, p *page, ch embedChoice) ([]choiceField, error) {
	res, err := s.Index.Search(c, index.Query{Sort: index.Newest, Facets: embedFilters})
	if err != nil {
		return nil, err
	}
	var out []choiceField
	for _, f := range embedFilters {
		field := choiceField{Name: string(f), Label: p.T("facet." + string(f)), Options: []choice{{"", p.T("embed.any"), len(ch.Filters[f]) == 0}}}
		counts := res.Facets[f]
		if f == index.Quarter {
			counts = byTime(counts)
		}
		seen := map[string]bool{}
		for _, n := range counts {
			seen[n.Value] = true
			label := p.Labels.Value(c, f, n.Value) + " (" + p.Number(n.Count) + ")"
			field.Options = append(field.Options, choice{n.Value, label, slices.Contains(ch.Filters[f], n.Value)})
		}
		for _, v := range ch.Filters[f] { // chosen, and nothing there yet
			if !seen[v] {
				field.Options = append(field.Options, choice{v, p.Labels.Value(c, f, v), true})
			}
		}
		out = append(out, field)
	}
	return out, nil
}

// embedBare is a page without our layout.
type embedBare struct {
	On, Theme string
	Markup    template.HTML
	Script    bool
	Version   string
	Days      []string
}

// embedFramePage is the box alone, for an iframe of another page.
func (s *server) embedFramePage(c *gin.Context) error {
	ch, err := readEmbedChoice(c)
	if err != nil {
		return err
	}
	p := s.newPage(c, s.language(c).T("embed.ask"))
	p.NoIndex = true
	ancestors := s.gate.frameAncestors()
	v := embedBare{Theme: ch.Theme, Markup: markup(ch.element("", "_top", p.catalogue)), Script: true, Version: s.embed.versioned}
	return s.renderBare(c, "embed_frame", p, v, ancestors)
}

// embedPreviewPage is a host page to try the box on.
func (s *server) embedPreviewPage(c *gin.Context) error {
	ch, err := readEmbedChoice(c)
	if err != nil {
		return err
	}
	on, variant := oneOf(c.Query("on"), embedHosts), oneOf(c.Query("variant"), embedVariants)
	p := s.newPage(c, s.language(c).T("embed.on."+on))
	p.NoIndex = true
	v := embedBare{On: on, Version: s.embed.versioned, Script: variant == "script"}
	for i := range 3 {
		v.Days = append(v.Days, p.Day(time.Date(2024, time.Month(3*i+3), 25, 8, 0, 0, 0, bulletin.Zone)))
	}
	switch variant {
	case "form":
		v.Markup = markup(ch.form("", "_top", p.catalogue))
	case "frame":
		v.Markup = markup(ch.frame("", p.catalogue))
	default:
		v.Markup = markup(ch.element("", "_top", p.catalogue))
	}
	return s.renderBare(c, "embed_preview", p, v, "'self'")
}

// renderBare writes a page without our layout that other pages may frame.
func (s *server) renderBare(c *gin.Context, name string, p *page, main embedBare, ancestors string) error {
	p.Main = main
	var b bytes.Buffer
	if err := s.pages[name].ExecuteTemplate(&b, name+".html", p); err != nil {
		return fmt.Errorf("page %s: %w", name, err)
	}
	c.Header("Content-Security-Policy", strings.Replace(policy, "frame-ancestors 'none'", "frame-ancestors "+ancestors, 1)+"; frame-src 'self'")
	c.Header("Cache-Control", cmp.Or(c.Writer.Header().Get("Cache-Control"), "no-cache"))
	p.tellLanguage(c.Writer.Header())
	c.Data(http.StatusOK, "text/html; charset=utf-8", b.Bytes())
	return nil
}
