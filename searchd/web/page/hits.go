package page

import (
	"cmp"
	"html/template"
	"net/url"
	"strings"

	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/searchd/web/answer"
)

// hitView is one bulletin of a list, as people see it.
type hitView struct {
	URL         string
	TitleHTML   string
	SnippetHTML string
	MachineRead bool // the snippet
	Date, Day   string
	Province    *Link
	Period      *Link
	Kind        string
	Source      string
	Sample      bool
	Gone        bool
	Documents   []Link
	Orgs        []Link
	More        int    // organizations and documents that are left out
	Missing     string // words
	Duplicates  *Link
	Sources     *Link // of the meeting, where there are several
}

// hitsView is a list of bulletins with the page that it stands on.
type hitsView struct {
	Page *Page
	Hits []hitView
}

// Limits of the tags under one hit.
const (
	maxDocuments = 4
	maxOrgs      = 4
)

// hits prepares the bulletins of a result for a page; text is what was asked,
// so that a bulletin opens with its matches marked.
func (p *Page) hits(found []index.Hit, text string) hitsView {
	out := hitsView{Page: p}
	for i := range found {
		out.Hits = append(out.Hits, p.hit(&found[i], text))
	}
	return out
}

func (p *Page) hit(h *index.Hit, text string) hitView {
	v := hitView{
		URL: p.bulletinURL(h.ID, text), TitleHTML: h.TitleHTML, SnippetHTML: h.SnippetHTML, MachineRead: h.MachineRead,
		Date: p.Moment(h.Published, dayAtMost(h.PublishedPrecision)), Day: answer.Datetime(h.Published, h.PublishedPrecision),
		Province: p.provinceLink(h.Province), Period: p.quarterLink(h.Period), Missing: strings.Join(h.Missing, ", "),
		Source: p.Labels.Sites.Name(h.Site), Sample: p.Labels.Sites.Sample(h.Site), Gone: !h.Gone.IsZero(),
	}
	if h.Kind != "" && h.Kind != bulletin.Khac {
		v.Kind = p.Labels.Kind(string(h.Kind))
	}
	if v.TitleHTML == "" {
		v.TitleHTML = template.HTMLEscapeString(cmp.Or(h.Title, p.T("hit.untitled")))
	}
	v.Documents = answer.Each(answer.Cited(h.Cites), func(d answer.Document) Link { return Link{URL: p.documentURL(d.Key), Text: d.Label} })
	v.Orgs = answer.Each(h.Organizations, p.orgLink)
	v.More = max(0, len(v.Documents)-maxDocuments) + max(0, len(v.Orgs)-maxOrgs)
	v.Documents = v.Documents[:min(maxDocuments, len(v.Documents))]
	v.Orgs = v.Orgs[:min(maxOrgs, len(v.Orgs))]
	if h.Sources > 1 {
		v.Sources = &Link{URL: p.meetingURL(h.Meeting), Text: p.N("hit.sources", h.Sources)}
	} else if h.Duplicates > 0 {
		v.Duplicates = &Link{URL: v.URL + "#related", Text: p.N("hit.duplicates", h.Duplicates)}
	}
	return v
}

// provinceLink leads to the page of a province, nil for none.
func (p *Page) provinceLink(slug string) *Link {
	if slug == "" {
		return nil
	}
	return &Link{URL: p.Link("/provinces/" + slug), Text: bulletin.ProvinceLabel(slug)}
}

// onlyLink leads to the search for one value of a facet, nil for none.
func (p *Page) onlyLink(f, value, text string) *Link {
	if value == "" {
		return nil
	}
	return &Link{URL: p.Only(f, value), Text: text}
}

func (p *Page) orgLink(id string) Link { return Link{URL: p.Only("org", id), Text: p.Labels.Org(id)} }

func (p *Page) quarterLink(period bulletin.Period) *Link {
	return p.onlyLink("quarter", answer.QuarterValue(period), p.Labels.Period(period))
}

// dayAtMost leaves the hour to the bulletin's own page: a list is for skimming.
func dayAtMost(p bulletin.Precision) bulletin.Precision {
	if p == bulletin.Second || p == bulletin.Minute {
		return bulletin.Day
	}
	return p
}

// bulletinURL is the address of a bulletin's page, its matches of text marked.
func (p *Page) bulletinURL(id, text string) string {
	u := "/bulletins/" + url.PathEscape(id)
	if text != "" {
		u += "?q=" + url.QueryEscape(text)
	}
	return p.Link(u)
}

func (p *Page) documentURL(key string) string { return p.Link("/documents/" + url.PathEscape(key)) }
