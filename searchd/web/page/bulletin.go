package page

import (
	"cmp"
	"context"
	"html/template"
	"slices"

	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/searchd/web/answer"
	"bantin/searchd/web/diff"
	"bantin/searchd/web/export"

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
	Province    *Link
	ProvinceNow *Link
	Period      *Link
	Basis       string
	Kind        *Link
	Host        *Link
	Meeting     *Link
	Orgs        []Link
	Documents   []Link
	References  []Link // Text names the style, Note is the reference
	Similar     hitsView
	Copies      []Link
	Versions    []versionView
	Back        string // the search that led here
}

// versionView is one state of the text with what it changed.
type versionView struct {
	Number  int
	Fetched string
	Title   []diff.Piece
	Body    []diff.Piece
	Changed bool // the words, not only the facts
}

// maxVersions bounds the comparisons on one page, the newest ones.
const maxVersions = 5

// BulletinPage shows one bulletin.
func (s *Pages) BulletinPage(c *gin.Context, asked answer.Params) error {
	doc, err := s.Index.Get(c, c.Param("id"))
	if err != nil {
		return err
	}
	p := s.NewPage(c, cmp.Or(doc.Title, s.Language(c).T("hit.untitled")))
	p.Search.Text = asked.Text
	p.Description = answer.Trimmed(answer.OneLine(cmp.Or(doc.Lead, doc.Body)), 200)
	p.LinkedData = newsArticle(doc, p, s.Base(c))
	v, err := s.bulletinView(c, p, doc)
	if err != nil {
		return err
	}
	p.Main = v
	return s.Render(c, 200, "bulletin", p)
}

func (s *Pages) bulletinView(ctx context.Context, p *Page, doc index.Document) (*bulletinView, error) {
	v := &bulletinView{
		Document: doc, Date: p.Moment(doc.Published, doc.PublishedPrecision), Day: answer.Datetime(doc.Published, doc.PublishedPrecision),
		Source: p.Labels.Sites.Name(doc.Site), Sample: p.Labels.Sites.Sample(doc.Site), GoneOn: p.Day(doc.Gone),
		Link: answer.WebAddress(doc.URL), Original: "/api/v1/bulletins/" + doc.ID + "/original",
	}
	if doc.EventDate != "" {
		v.Event = p.DayOf(doc.EventDate)
	}
	v.write(p, doc)
	v.facts(p, doc)
	r := export.Reference{Document: doc, Source: v.Source, Page: p.Canonical}
	v.References = []Link{{Text: "APA", Note: r.APA()}, {Text: "Chicago", Note: r.Chicago()}, {Text: "BibTeX", Note: r.BibTeX()}, {Text: "RIS", Note: r.RIS()}}
	if p.Search.Text != "" {
		v.Back = p.Search.Address("/search")
	}
	similar, err := s.Index.Similar(ctx, doc.ID, 5)
	if err != nil {
		return nil, err
	}
	v.Similar = p.hits(similar, "")
	if err := s.copies(ctx, p, v); err != nil {
		return nil, err
	}
	versions, err := s.Versions(ctx, doc.ID)
	if err != nil {
		return nil, err
	}
	v.Versions = compareVersions(p, versions)
	return v, nil
}

// write lays out title and text with citations linked and matches marked.
func (v *bulletinView) write(p *Page, doc index.Document) {
	inTitle := func(c bulletin.Citation) bool { return c.Field == "title" }
	marks := answer.Matches(p.Search.Text)
	title := newTextWriter(doc.Title, slices.DeleteFunc(slices.Clone(doc.Cites), func(c bulletin.Citation) bool { return !inTitle(c) }), nil, p.documentURL)
	v.TitleHTML = title.html(0, len(doc.Title))
	body := newTextWriter(doc.Body, slices.DeleteFunc(slices.Clone(doc.Cites), inTitle), marks.In(doc.Body, index.Body), p.documentURL)
	v.Paragraphs = body.paragraphs()
	v.Matches = body.seen
}

func (v *bulletinView) facts(p *Page, doc index.Document) {
	v.Province, v.Period = p.provinceLink(doc.Province), p.quarterLink(doc.Period)
	if doc.ProvinceNow != doc.Province {
		v.ProvinceNow = p.provinceLink(doc.ProvinceNow)
	}
	v.Basis = p.T("basis." + string(doc.Period.Basis))
	v.Kind = p.onlyLink("kind", string(doc.Kind), p.Labels.Kind(string(doc.Kind)))
	v.Host = p.onlyLink("org", doc.Host, p.Labels.Org(doc.Host))
	if doc.Meeting != "" {
		v.Meeting = &Link{URL: p.meetingURL(doc.Meeting), Text: p.T("bulletin.meeting")}
	}
	v.Orgs = answer.Each(doc.Organizations, p.orgLink)
	v.Documents = answer.Each(answer.Cited(doc.Cites), func(d answer.Document) Link {
		return Link{URL: p.documentURL(d.Key), Text: d.Label, Note: p.documentNote(d)}
	})
}

// documentNote tells a document's type and date.
func (p *Page) documentNote(d answer.Document) string {
	note := d.Type
	if d.Date != "" {
		note = answer.Joined(", ", note, p.DayOf(d.Date))
	}
	return answer.Joined(", ", note, answer.ProvinceName(d.Province))
}

// copies lists the other bulletins of the same press item.
func (s *Pages) copies(ctx context.Context, p *Page, v *bulletinView) error {
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
			v.Copies = append(v.Copies, Link{
				URL: p.bulletinURL(h.ID, ""), Text: h.Title,
				Note: answer.Joined(" · ", p.Moment(h.Published, h.PublishedPrecision), answer.ProvinceName(h.Province), p.Labels.Sites.Name(h.Site)),
			})
		}
	}
	return nil
}

// compareVersions tells what every newer version changed, the newest first.
func compareVersions(p *Page, versions []bulletin.Version) []versionView {
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
				v.Title = diff.Texts(was.Title, is.Title)
			}
			if was.Body != is.Body {
				v.Body = diff.Contextual(diff.Texts(was.Body, is.Body))
			}
		}
		out = append(out, v)
	}
	return out
}

// newsArticle describes a bulletin in schema.org's words.
func newsArticle(doc index.Document, p *Page, base string) map[string]any {
	type object = map[string]any
	out := object{
		"@context": "https://schema.org", "@type": "NewsArticle", "headline": answer.Trimmed(doc.Title, 110), "inLanguage": "vi",
		"url": base + "/bulletins/" + doc.ID, "description": p.Description,
		"publisher": object{"@type": "Organization", "name": p.Labels.Sites.Name(doc.Site)},
	}
	if !doc.Published.IsZero() {
		out["datePublished"] = answer.Datetime(doc.Published, doc.PublishedPrecision)
	}
	if doc.Author != "" {
		out["author"] = object{"@type": "Person", "name": doc.Author}
	}
	if u := answer.WebAddress(doc.URL); u != "" {
		out["isBasedOn"] = u
	}
	if doc.Province != "" {
		out["contentLocation"] = object{"@type": "AdministrativeArea", "name": bulletin.ProvinceLabel(doc.Province)}
	}
	cites := answer.Each(answer.Cited(doc.Cites), func(d answer.Document) object {
		return object{"@type": "Legislation", "name": d.Label, "url": base + "/documents/" + d.Key}
	})
	if len(cites) > 0 {
		out["citation"] = cites
	}
	return out
}
