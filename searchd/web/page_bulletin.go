package web

import (
	"cmp"
	"context"
	"html/template"

	"bantin/bulletin"
	"bantin/indexer/index"

	"github.com/gin-gonic/gin"
)

// bulletinView is the page of one bulletin.
type bulletinView struct {
	index.Document
	TitleHTML   template.HTML
	Date, Day   string
	Event       string
	Source      string
	Sample      bool
	GoneOn      string
	Link        string // the portal's address when it is safe to link
	Original    string
	Paragraphs  []paragraph
	Matches     int
	Province    *link
	ProvinceNow *link
	Period      *link
	Basis       string
	Kind        *link
	Host        *link
	Orgs        []link
	Documents   []link
	References  []link // Text names the style, Note is the reference
	Similar     hitsView
	Copies      []link
	Versions    []versionView
	Back        string // the search that led here
}

// versionView is one state of the text with what it changed.
type versionView struct {
	Number  int
	Fetched string
	Title   []piece
	Body    []piece
	Changed bool // the words, not only the facts
}

// maxVersions bounds the comparisons on one page, the newest ones.
const maxVersions = 5

func (s *server) bulletinPage(c *gin.Context) error {
	asked, err := readParams(c.Request.URL.Query(), []string{"q", "lang"}, false)
	if err != nil {
		return err
	}
	doc, err := s.Index.Get(c, c.Param("id"))
	if err != nil {
		return err
	}
	p := s.newPage(c, cmp.Or(doc.Title, s.language(c).T("hit.untitled")))
	p.Search.Text = asked.Text
	p.Description = trimmed(oneLine(cmp.Or(doc.Lead, doc.Body)), 200)
	p.LinkedData = newsArticle(doc, p, s.base(c))
	v, err := s.bulletinView(c, p, doc)
	if err != nil {
		return err
	}
	p.Main = v
	return s.render(c, 200, "bulletin", p)
}

func (s *server) bulletinView(ctx context.Context, p *page, doc index.Document) (*bulletinView, error) {
	v := &bulletinView{
		Document: doc, Date: p.Moment(doc.Published, doc.PublishedPrecision), Day: datetime(doc.Published, doc.PublishedPrecision),
		Source: p.Labels.sites.name(doc.Site), Sample: p.Labels.sites.sample(doc.Site), GoneOn: p.Day(doc.Gone),
		Link: webAddress(doc.URL), Original: "/api/v1/bulletins/" + doc.ID + "/original",
	}
	if doc.EventDate != "" {
		v.Event = p.DayOf(doc.EventDate)
	}
	v.write(p, doc)
	v.facts(p, doc)
	r := reference{doc, v.Source, p.Canonical}
	v.References = []link{{Text: "APA", Note: r.APA()}, {Text: "Chicago", Note: r.Chicago()}, {Text: "BibTeX", Note: r.BibTeX()}, {Text: "RIS", Note: r.RIS()}}
	if p.Search.Text != "" {
		v.Back = p.Search.address("/search")
	}
	similar, err := s.Index.Similar(ctx, doc.ID, 5)
	if err != nil {
		return nil, err
	}
	v.Similar = p.hits(similar, "")
	if err := s.copies(ctx, p, v); err != nil {
		return nil, err
	}
	versions, err := s.versions(ctx, doc.ID)
	if err != nil {
		return nil, err
	}
	v.Versions = compareVersions(p, versions)
	return v, nil
}

// write lays out title and text with citations linked and matches marked.
func (v *bulletinView) write(p *page, doc index.Document) {
	var inTitle, inBody []bulletin.Citation
	for _, c := range doc.Cites {
		if c.Field == "title" {
			inTitle = append(inTitle, c)
		} else {
			inBody = append(inBody, c)
		}
	}
	marks := matches(p.Search.Text)
	title := newTextWriter(doc.Title, inTitle, nil, p.documentURL)
	v.TitleHTML = title.html(0, len(doc.Title))
	body := newTextWriter(doc.Body, inBody, marks.in(doc.Body, index.Body), p.documentURL)
	v.Paragraphs = body.paragraphs()
	v.Matches = body.seen
}

func (v *bulletinView) facts(p *page, doc index.Document) {
	if doc.Province != "" {
		v.Province = &link{URL: p.Link("/provinces/" + doc.Province), Text: bulletin.ProvinceLabel(doc.Province)}
	}
	if doc.ProvinceNow != "" && doc.ProvinceNow != doc.Province {
		v.ProvinceNow = &link{URL: p.Link("/provinces/" + doc.ProvinceNow), Text: bulletin.ProvinceLabel(doc.ProvinceNow)}
	}
	if q := quarterValue(doc.Period); q != "" {
		v.Period = &link{URL: p.Only("quarter", q), Text: p.Labels.Quarter(q)}
		v.Basis = p.T("basis." + string(doc.Period.Basis))
	}
	if doc.Kind != "" {
		v.Kind = &link{URL: p.Only("kind", string(doc.Kind)), Text: p.Labels.Kind(string(doc.Kind))}
	}
	if doc.Host != "" {
		v.Host = &link{URL: p.Only("org", doc.Host), Text: p.Labels.Org(doc.Host)}
	}
	for _, id := range doc.Organizations {
		v.Orgs = append(v.Orgs, link{URL: p.Only("org", id), Text: p.Labels.Org(id)})
	}
	for _, d := range cited(doc.Cites) {
		v.Documents = append(v.Documents, link{URL: p.documentURL(d.Key), Text: d.Label, Note: p.documentNote(d)})
	}
}

// documentNote tells a document's type and date.
func (p *page) documentNote(d document) string {
	note := d.Type
	if d.Date != "" {
		note = joined(", ", note, p.DayOf(d.Date))
	}
	return joined(", ", note, provinceName(d.Province))
}

// joined joins what is not empty.
func joined(sep string, parts ...string) string {
	out := ""
	for _, s := range parts {
		if s != "" && out != "" {
			out += sep
		}
		out += s
	}
	return out
}

// copies lists the other bulletins of the same press item.
func (s *server) copies(ctx context.Context, p *page, v *bulletinView) error {
	if v.Group == "" {
		return nil
	}
	res, err := s.Index.Search(ctx, index.Query{
		Filters: map[index.Field][]string{index.Group: {v.Group}}, Sort: index.Oldest, Size: 20, Expand: true,
	})
	if err != nil {
		return err
	}
	for i := range res.Hits {
		h := &res.Hits[i]
		if h.ID != v.ID {
			v.Copies = append(v.Copies, link{
				URL: p.bulletinURL(h.ID, ""), Text: h.Title,
				Note: joined(" · ", p.Moment(h.Published, h.PublishedPrecision), provinceName(h.Province), p.Labels.sites.name(h.Site)),
			})
		}
	}
	return nil
}

// compareVersions tells what every newer version changed, the newest first.
func compareVersions(p *page, versions []bulletin.Version) []versionView {
	if len(versions) < 2 {
		return nil
	}
	var out []versionView
	for i := len(versions) - 1; i >= 0 && len(out) < maxVersions; i-- {
		v := versionView{Number: versions[i].Number, Fetched: p.Moment(versions[i].Fetched, bulletin.Minute)}
		if i > 0 {
			was, is := versions[i-1].Bulletin, versions[i].Bulletin
			v.Changed = was.Title != is.Title || was.Body != is.Body
			if was.Title != is.Title {
				v.Title = diff(was.Title, is.Title)
			}
			if was.Body != is.Body {
				v.Body = contextual(diff(was.Body, is.Body))
			}
		}
		out = append(out, v)
	}
	return out
}

// newsArticle describes a bulletin in schema.org's words.
func newsArticle(doc index.Document, p *page, base string) map[string]any {
	type object = map[string]any
	out := object{
		"@context": "https://schema.org", "@type": "NewsArticle", "headline": trimmed(doc.Title, 110), "inLanguage": "vi",
		"url": base + "/bulletins/" + doc.ID, "description": p.Description,
		"publisher": object{"@type": "Organization", "name": p.Labels.sites.name(doc.Site)},
	}
	if !doc.Published.IsZero() {
		out["datePublished"] = datetime(doc.Published, doc.PublishedPrecision)
	}
	if doc.Author != "" {
		out["author"] = object{"@type": "Person", "name": doc.Author}
	}
	if u := webAddress(doc.URL); u != "" {
		out["isBasedOn"] = u
	}
	if doc.Province != "" {
		out["contentLocation"] = object{"@type": "AdministrativeArea", "name": bulletin.ProvinceLabel(doc.Province)}
	}
	var cites []any
	for _, d := range cited(doc.Cites) {
		cites = append(cites, object{"@type": "Legislation", "name": d.Label, "url": base + "/documents/" + d.Key})
	}
	if len(cites) > 0 {
		out["citation"] = cites
	}
	return out
}
