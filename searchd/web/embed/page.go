package embed

import (
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/searchd/web/answer"
	"bantin/searchd/web/page"

	"github.com/gin-gonic/gin"
)

// Preview is the address of the sample host pages.
const Preview = "/embed/preview"

// filters are the filters that the element has attributes for.
var filters = []index.Field{index.Province, index.Quarter, index.Org, index.Source, index.Kind}

// Choices of the configurator; the first of each is the standard one.
var (
	themes   = []string{"auto", "light", "dark"}
	hosts    = []string{"plain", "busy", "dark"}
	variants = []string{"script", "form", "frame"}
)

// Limits of what the configurator takes.
const (
	maxPlaceholder = 60
	maxFrameHeight = 420 // of the iframe, where the list has to find room
)

// setup is a search box as somebody configured it.
type setup struct {
	answer.Params
	Mode, Theme, Site, Placeholder string
	Limit                          int
	Latest                         bool // the address that never changes, without integrity
}

// view is the configurator.
type view struct {
	Choice              setup
	Fields              []choiceField
	Modes, Themes       []choice
	Script, Form, Frame string
	Classic, Div        string
	Citing, Meeting     string
	Integrity, Version  string
	Origin, Size        string
	Previews            []page.Link
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

// readSetup reads the configurator's parameters and ignores what cannot
// be.
func readSetup(c *gin.Context) (setup, error) {
	values := c.Request.URL.Query()
	p, err := answer.ReadParams(values, []string{"province", "quarter", "org", "source", "kind", "lang"}, false)
	ch := setup{
		Params: p, Mode: oneOf(values.Get("mode"), Modes), Theme: oneOf(values.Get("theme"), themes), Limit: StandardSize,
		Placeholder: strings.TrimSpace(values.Get("placeholder")), Latest: values.Get("latest") != "",
	}
	if err != nil {
		return ch, err
	}
	if n, err := strconv.Atoi(values.Get("limit")); err == nil {
		ch.Limit = min(max(n, 1), MaxSize)
	}
	if site := values.Get("site"); answer.NameForm.MatchString(site) {
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
func (ch setup) values() url.Values {
	v := url.Values{}
	for _, f := range filters {
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
	set("mode", ch.Mode, Modes[0])
	set("theme", ch.Theme, themes[0])
	set("limit", strconv.Itoa(ch.Limit), strconv.Itoa(StandardSize))
	set("placeholder", ch.Placeholder, "")
	set("site", ch.Site, "")
	return v
}

// Page is the configurator with the reference.
func (s *Box) Page(c *gin.Context) error {
	ch, err := readSetup(c)
	if err != nil {
		return err
	}
	p := s.NewPage(c, s.Language(c).T("embed.title"))
	p.Nav, p.Description = "embed", p.T("embed.lead")
	base := s.Base(c)
	v := view{
		Choice: ch, Script: ch.tag(base, s.box) + "\n" + ch.element(base, "", p.Labels.Catalogue),
		Form: ch.form(base, "", p.Labels.Catalogue), Frame: ch.frame(base, p.Labels.Catalogue),
		Integrity: s.box.integrity, Version: base + s.box.versioned, Origin: base, Size: strconv.FormatFloat(float64(s.box.gzipped)/1024, 'f', 1, 64),
		Modes: choicesOf(p, "embed.mode.", Modes, ch.Mode), Themes: choicesOf(p, "embed.theme.", themes, ch.Theme),
		Reference: reference(p),
	}
	v.Classic, v.Div = ch.classic(base)+"\n"+ch.element(base, "", p.Labels.Catalogue), ch.div(base, p.Labels.Catalogue)
	if err := s.listings(c, ch, &v); err != nil {
		return err
	}
	if v.Fields, err = s.fields(c, p, ch); err != nil {
		return err
	}
	for _, on := range hosts {
		v.Previews = append(v.Previews, preview(p, ch, on, "script"))
	}
	v.Previews = append(v.Previews, preview(p, ch, "plain", "form"), preview(p, ch, "plain", "frame"))
	p.Main = v
	c.Header("Content-Security-Policy", answer.Policy+"; frame-src 'self'")
	return s.Render(c, http.StatusOK, "embed", p)
}

// listings writes the snippets of the document that most cite and of the series
// of the newest meeting.
func (s *Box) listings(c *gin.Context, ch setup, v *view) error {
	l, base := s.Labeller(c, s.Language(c)), s.Base(c)
	counts, err := s.DocumentCounts(c)
	if err != nil {
		return err
	}
	if len(counts) > 0 {
		d := s.Document(c, counts[0].Value)
		v.Citing = ch.tag(base, s.box) + "\n" + ch.listing(base, "document", d.Key, "/documents/"+d.Key, l.T("embed.citing", d.Label))
	}
	series, err := s.Series(c, answer.Params{Size: answer.DefaultSize})
	if err != nil {
		return err
	}
	for i := range series.Meetings {
		if m := &series.Meetings[i]; m.Host != "" {
			p := series.Params.Only(index.Province, m.Province).Of(m.Host, string(m.Kind))
			v.Meeting = ch.tag(base, s.box) + "\n" +
				ch.listing(base, "meeting", m.Province+"/"+m.Host+"/"+string(m.Kind), p.Address("/meetings"), seriesTitle(l, p))
			break
		}
	}
	return nil
}

// preview is a sample host page as the configurator shows it.
func preview(p *page.Page, ch setup, on, variant string) page.Link {
	v := ch.values()
	v.Set("on", on)
	v.Set("variant", variant)
	v.Set("lang", p.Lang)
	label := "embed.on." + on
	if variant != "script" {
		label = "embed.variant." + variant
	}
	return page.Link{URL: Preview + "?" + v.Encode(), Text: p.T(label), Note: on + "-" + variant}
}

func choicesOf(p *page.Page, prefix string, values []string, selected string) []choice {
	return answer.Each(values, func(v string) choice { return choice{v, p.T(prefix + v), v == selected} })
}

// fields are the filters with the values that lead to something.
func (s *Box) fields(c *gin.Context, p *page.Page, ch setup) ([]choiceField, error) {
	res, err := s.Index.Search(c, index.Query{Sort: index.Newest, Facets: filters})
	if err != nil {
		return nil, err
	}
	var out []choiceField
	for _, f := range filters {
		field := choiceField{Name: string(f), Label: p.T("facet." + string(f)), Options: []choice{{"", p.T("embed.any"), len(ch.Filters[f]) == 0}}}
		counts := res.Facets[f]
		if f == index.Quarter {
			counts = answer.ByTime(counts)
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

// barePage is a page without our layout.
type barePage struct {
	On, Theme string
	Markup    template.HTML
	Script    bool
	Version   string
	Days      []string
}

// FramePage is the box alone, for an iframe of another page.
func (s *Box) FramePage(c *gin.Context) error {
	ch, err := readSetup(c)
	if err != nil {
		return err
	}
	p := s.NewPage(c, s.Language(c).T("embed.ask"))
	p.NoIndex = true
	p.Main = barePage{Theme: ch.Theme, Markup: markup(ch.element("", "_top", p.Labels.Catalogue)), Script: true, Version: s.box.versioned}
	return s.RenderBare(c, "embed_frame", p, s.gate.frameAncestors())
}

// PreviewPage is a host page to try the box on.
func (s *Box) PreviewPage(c *gin.Context) error {
	ch, err := readSetup(c)
	if err != nil {
		return err
	}
	on, variant := oneOf(c.Query("on"), hosts), oneOf(c.Query("variant"), variants)
	p := s.NewPage(c, s.Language(c).T("embed.on."+on))
	p.NoIndex = true
	v := barePage{On: on, Version: s.box.versioned, Script: variant == "script"}
	for i := range 3 {
		v.Days = append(v.Days, p.Day(time.Date(2024, time.Month(3*i+3), 25, 8, 0, 0, 0, bulletin.Zone)))
	}
	v.Markup = markup(map[string]string{
		"script": ch.element("", "_top", p.Labels.Catalogue), "form": ch.form("", "_top", p.Labels.Catalogue), "frame": ch.frame("", p.Labels.Catalogue),
	}[variant])
	p.Main = v
	return s.RenderBare(c, "embed_preview", p, "'self'")
}
