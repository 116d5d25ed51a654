package web

import (
	"cmp"
	"html/template"
	"net/url"
	"slices"
	"time"

	"bantin/bulletin"
	"bantin/indexer/index"
)

// hitView is one bulletin of a list, as people see it.
type hitView struct {
	URL         string
	TitleHTML   string
	SnippetHTML string
	Date, Day   string
	Province    *link
	Period      *link
	Kind        string
	Source      string
	Sample      bool
	Gone        bool
	Documents   []link
	Orgs        []link
	More        int // organizations and documents that are left out
	Duplicates  *link
}

// hitsView is a list of bulletins with the page that it stands on.
type hitsView struct {
	Page *page
	Hits []hitView
}

// Limits of the tags under one hit.
const (
	maxDocuments = 4
	maxOrgs      = 4
)

// hits prepares the bulletins of a result for a page; text is what was asked,
// so that a bulletin opens with its matches marked.
func (p *page) hits(found []index.Hit, text string) hitsView {
	out := hitsView{Page: p}
	for i := range found {
		out.Hits = append(out.Hits, p.hit(&found[i], text))
	}
	return out
}

func (p *page) hit(h *index.Hit, text string) hitView {
	v := hitView{
		URL: p.bulletinURL(h.ID, text), TitleHTML: h.TitleHTML, SnippetHTML: h.SnippetHTML,
		Date: p.Moment(h.Published, dayAtMost(h.PublishedPrecision)), Day: datetime(h.Published, h.PublishedPrecision),
		Source: p.Labels.sites.name(h.Site), Sample: p.Labels.sites.sample(h.Site), Gone: !h.Gone.IsZero(),
	}
	if h.Kind != "" && h.Kind != bulletin.Khac {
		v.Kind = p.Labels.Kind(string(h.Kind))
	}
	if v.TitleHTML == "" {
		v.TitleHTML = template.HTMLEscapeString(cmp.Or(h.Title, p.T("hit.untitled")))
	}
	if h.Province != "" {
		v.Province = &link{URL: p.Link("/provinces/" + h.Province), Text: bulletin.ProvinceLabel(h.Province)}
	}
	if q := quarterValue(h.Period); q != "" {
		v.Period = &link{URL: p.Only("quarter", q), Text: p.Labels.Quarter(q)}
	}
	for _, d := range cited(h.Cites) {
		v.Documents = append(v.Documents, link{URL: p.documentURL(d.Key), Text: d.Label})
	}
	for _, id := range h.Organizations {
		v.Orgs = append(v.Orgs, link{URL: p.Only("org", id), Text: p.Labels.Org(id)})
	}
	v.More = max(0, len(v.Documents)-maxDocuments) + max(0, len(v.Orgs)-maxOrgs)
	v.Documents = v.Documents[:min(maxDocuments, len(v.Documents))]
	v.Orgs = v.Orgs[:min(maxOrgs, len(v.Orgs))]
	if h.Duplicates > 0 {
		v.Duplicates = &link{URL: v.URL + "#related", Text: p.N("hit.duplicates", h.Duplicates)}
	}
	return v
}

// dayAtMost leaves the hour to the bulletin's own page: a list is for skimming.
func dayAtMost(p bulletin.Precision) bulletin.Precision {
	if p == bulletin.Second || p == bulletin.Minute {
		return bulletin.Day
	}
	return p
}

// bulletinURL is the address of a bulletin's page, its matches of text marked.
func (p *page) bulletinURL(id, text string) string {
	u := "/bulletins/" + url.PathEscape(id)
	if text != "" {
		u += "?q=" + url.QueryEscape(text)
	}
	return p.Link(u)
}

func (p *page) documentURL(key string) string { return p.Link("/documents/" + url.PathEscape(key)) }

// datetime is the machine's form of a time as precise as it is known.
func datetime(t time.Time, p bulletin.Precision) string {
	t = t.In(bulletin.Zone)
	switch {
	case t.Year() <= 1:
		return ""
	case p == bulletin.Year:
		return t.Format("2006")
	case p == bulletin.Month:
		return t.Format("2006-01")
	case p == bulletin.Second || p == bulletin.Minute:
		return t.Format(time.RFC3339)
	default:
		return t.Format(time.DateOnly)
	}
}

// byTime orders counts of quarters or years, the newest first.
func byTime(counts []index.Count) []index.Count {
	counts = slices.Clone(counts)
	slices.SortFunc(counts, func(a, b index.Count) int {
		if a.Value > b.Value {
			return -1
		}
		return 1
	})
	return counts
}
