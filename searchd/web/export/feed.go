package export

import (
	"cmp"
	"encoding/json"
	"encoding/xml"
	"io"
	"strings"
	"time"

	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/searchd/web/answer"
)

// Atom is the Atom feed of a search (RFC 4287).
var Atom = form{suffix: "atom", kind: "application/atom+xml; charset=utf-8", feed: true, write: func(w io.Writer, m listMeta, all each) error {
	return m.writeAtom(w, func(add func(atomEntry) error) error {
		return all(func(d index.Document) error { return add(m.bulletinEntry(d)) })
	})
}}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomText struct {
	Type string `xml:"type,attr,omitempty"`
	Lang string `xml:"xml:lang,attr,omitempty"`
	Text string `xml:",chardata"`
}

type atomName struct {
	Name string `xml:"name"`
}

type atomCategory struct {
	Term  string `xml:"term,attr"`
	Label string `xml:"label,attr,omitempty"`
}

type atomEntry struct {
	XMLName    xml.Name       `xml:"entry"`
	ID         string         `xml:"id"`
	Title      atomText       `xml:"title"`
	Updated    string         `xml:"updated"`
	Published  string         `xml:"published,omitempty"`
	Author     atomName       `xml:"author"`
	Links      []atomLink     `xml:"link"`
	Categories []atomCategory `xml:"category"`
	Summary    atomText       `xml:"summary"`
}

// writeAtom writes a feed with the entries that f adds.
func (m listMeta) writeAtom(w io.Writer, f func(add func(atomEntry) error) error) error {
	if _, err := io.WriteString(w, xml.Header+`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="`+m.Lang+"\">\n"); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	for _, part := range []struct {
		name  string
		value any
	}{
		{"id", m.id},
		{"title", xmlText(m.title)},
		{"updated", feedTime(m.updated)},
		{"link", atomLink{"self", "application/atom+xml", m.self}},
		{"link", atomLink{"alternate", "text/html", m.page}},
		{"generator", "Bantin"},
	} {
		if err := e.EncodeElement(part.value, xml.StartElement{Name: xml.Name{Local: part.name}}); err != nil {
			return err
		}
	}
	if err := f(func(entry atomEntry) error { return e.Encode(entry) }); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n</feed>\n")
	return err
}

func (m listMeta) bulletinEntry(d index.Document) atomEntry {
	e := atomEntry{
		ID: "urn:bantin:bulletin:" + d.ID, Title: atomText{Text: xmlText(cmp.Or(d.Title, m.T("hit.untitled"))), Lang: "vi"},
		Updated: feedTime(d.Published), Author: atomName{xmlText(cmp.Or(d.Author, m.Sites.Name(d.Site), "Bantin"))},
		Links:   []atomLink{{"alternate", "text/html", m.base + "/bulletins/" + d.ID}},
		Summary: atomText{Text: xmlText(answer.Trimmed(answer.OneLine(cmp.Or(d.Lead, d.Body)), 500)), Lang: "vi"},
	}
	if !d.Published.IsZero() {
		e.Published = feedTime(d.Published)
	}
	if u := answer.WebAddress(d.URL); u != "" {
		e.Links = append(e.Links, atomLink{"via", "", u})
	}
	if d.Province != "" {
		e.Categories = append(e.Categories, atomCategory{d.Province, bulletin.ProvinceLabel(d.Province)})
	}
	m.categorize(&e, answer.QuarterValue(d.Period), d.Site)
	return e
}

// categorize tells the quarter of an entry and whether it is invented.
func (m listMeta) categorize(e *atomEntry, quarter, site string) {
	if quarter != "" {
		e.Categories = append(e.Categories, atomCategory{quarter, m.Quarter(quarter)})
	}
	if m.Sites.Sample(site) {
		e.Categories = append(e.Categories, atomCategory{"sample", m.T("sample.badge")})
	}
}

// feedTime writes a time as feeds want it. What has no time has one that never
// changes.
func feedTime(t time.Time) string {
	if t.IsZero() {
		t = time.Unix(0, 0)
	}
	return t.In(bulletin.Zone).Format(time.RFC3339)
}

// xmlText drops the control characters that XML cannot hold.
func xmlText(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\t' && r != '\n' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, s)
}

type jsonFeedAuthor struct {
	Name string `json:"name"`
}

// JSONFeedItem is one bulletin of a JSON Feed.
type JSONFeedItem struct {
	ID          string           `json:"id"`
	URL         string           `json:"url"`
	ExternalURL string           `json:"external_url,omitempty"`
	Title       string           `json:"title"`
	ContentText string           `json:"content_text"`
	Summary     string           `json:"summary,omitempty"`
	Published   string           `json:"date_published,omitempty"`
	Authors     []jsonFeedAuthor `json:"authors,omitempty"`
	Tags        []string         `json:"tags,omitempty"`
	Language    string           `json:"language"`
}

// JSONFeed is the JSON Feed of a search (version 1.1).
var JSONFeed = form{suffix: "json", kind: "application/feed+json; charset=utf-8", feed: true, write: func(w io.Writer, m listMeta, all each) error {
	head, err := json.Marshal(map[string]string{
		"version": "https://jsonfeed.org/version/1.1", "title": m.title, "home_page_url": m.page, "feed_url": m.self, "language": m.Lang,
	})
	if err != nil {
		return err
	}
	before := strings.TrimSuffix(string(head), "}") + `,"items":[`
	err = all(func(d index.Document) error {
		data, err := json.Marshal(m.item(d))
		if err != nil {
			return err
		}
		_, err = io.WriteString(w, before+string(data))
		before = ",\n"
		return err
	})
	if err != nil {
		return err
	}
	if before != ",\n" { // there are none
		_, err = io.WriteString(w, before)
	}
	_, end := io.WriteString(w, "]}\n")
	return cmp.Or(err, end)
}}

func (m listMeta) item(d index.Document) JSONFeedItem {
	item := JSONFeedItem{
		ID: "urn:bantin:bulletin:" + d.ID, URL: m.base + "/bulletins/" + d.ID, ExternalURL: answer.WebAddress(d.URL),
		Title: d.Title, ContentText: d.Body, Summary: answer.Trimmed(answer.OneLine(d.Lead), 500), Language: "vi",
	}
	if !d.Published.IsZero() {
		item.Published = feedTime(d.Published)
	}
	if name := cmp.Or(d.Author, m.Sites.Name(d.Site)); name != "" {
		item.Authors = []jsonFeedAuthor{{name}}
	}
	for _, tag := range []string{answer.ProvinceName(d.Province), m.Period(d.Period)} {
		if tag != "" {
			item.Tags = append(item.Tags, tag)
		}
	}
	if m.Sites.Sample(d.Site) {
		item.Tags = append(item.Tags, m.T("sample.badge"))
	}
	return item
}
