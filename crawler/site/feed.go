package site

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"net/url"
	"regexp"
	"strings"
	"time"

	"golang.org/x/net/html/charset"
)

// isXML tells a feed or sitemap from an HTML page that begins like XML.
func isXML(page []byte) bool {
	head := bytes.ToLower(page[:min(len(page), 1024)])
	if bytes.Contains(head, []byte("<!doctype html")) || bytes.Contains(head, []byte("<html")) {
		return false
	}
	for _, root := range []string{"<rss", "<feed", "<rdf:rdf", "<urlset", "<sitemapindex"} {
		if bytes.Contains(head, []byte(root)) {
			return true
		}
	}
	return false
}

// entry is an item of RSS, Atom, RDF or a sitemap.
type entry struct {
	Title   string     `xml:"title"`
	Links   []feedLink `xml:"link"`
	Loc     string     `xml:"loc"`
	GUID    string     `xml:"guid"`
	PubDate string     `xml:"pubDate"`
	Date    string     `xml:"date"` // Dublin Core
	Issued  string     `xml:"published"`
	Updated string     `xml:"updated"`
	LastMod string     `xml:"lastmod"`
}

type feedLink struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr"`
	Text string `xml:",chardata"`
}

func (e entry) address() string {
	for _, l := range e.Links {
		if l.Rel == "" || l.Rel == "alternate" {
			if s := strings.TrimSpace(l.Href + l.Text); s != "" {
				return s
			}
		}
	}
	if e.Loc != "" {
		return strings.TrimSpace(e.Loc)
	}
	return strings.TrimSpace(e.GUID)
}

// feedListing reads RSS, RDF, Atom, a sitemap, or an index of sitemaps, whose
// parts it returns as feeds. A torn feed yields what stands before the tear.
func (p *Profile) feedListing(pageURL *url.URL, page []byte) (Listing, error) {
	dec := xml.NewDecoder(bytes.NewReader(page))
	dec.Strict, dec.Entity, dec.CharsetReader = false, xml.HTMLEntity, charset.NewReaderLabel
	l := Listing{Items: []Item{}}
	seen := map[string]bool{}
	own := p.articles()
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) || err != nil && len(l.Items)+len(l.Parts) > 0 {
			break
		}
		if err != nil {
			return l, fmt.Errorf("feed %s: %w", pageURL, err)
		}
		start, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		switch start.Name.Local {
		case "item", "entry", "url", "sitemap":
			var e entry
			if dec.DecodeElement(&e, &start) == nil {
				p.addEntry(&l, pageURL, start.Name.Local, e, own, seen)
			}
		case "link": // Atom paging, RFC 5005
			l.Next = p.feedNext(pageURL, start, l.Next)
		}
	}
	return l, nil
}

func (p *Profile) addEntry(l *Listing, pageURL *url.URL, kind string, e entry, own *regexp.Regexp, seen map[string]bool) {
	u, ok := p.Canonical(pageURL, e.address())
	if !ok || !p.Allows(u) && bareHost(u.Host) != bareHost(pageURL.Host) || seen[p.Key(u)] {
		return
	}
	seen[p.Key(u)] = true
	if len(l.Items)+len(l.Parts) >= maxEntries {
		l.Left++
		return
	}
	if kind == "sitemap" {
		if u.String() != pageURL.String() {
			l.Parts = append(l.Parts, Item{URL: u.String(), Modified: strings.TrimSpace(e.LastMod)})
		}
		return
	}
	if like := p.isArticle(u, own); like < 0 || kind == "url" && like == 0 && p.Preset().Articles.Regexp != nil {
		return
	}
	l.Items = append(l.Items, Item{
		URL: u.String(), Key: p.Key(u), Title: plainText(e.Title),
		Published: p.feedDate(firstOf(e.PubDate, e.Issued, e.Date, e.Updated)),
		Modified:  strings.TrimSpace(firstOf(e.LastMod, e.Updated)),
	})
}

// feedDate rewrites a feed's date. NukeViet prints the month where the minutes
// belong, so its time is dropped.
func (p *Profile) feedDate(s string) string {
	s = strings.TrimSpace(s)
	for _, layout := range []string{time.RFC1123Z, time.RFC1123, "Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST", time.RFC3339} {
		t, err := time.Parse(layout, s)
		if err != nil {
			continue
		}
		if p.Preset().Name == "nukeviet" {
			return t.Format(time.DateOnly)
		}
		return t.Format(time.RFC3339)
	}
	return s
}

func (p *Profile) feedNext(pageURL *url.URL, start xml.StartElement, old *Request) *Request {
	var rel, href string
	for _, a := range start.Attr {
		switch a.Name.Local {
		case "rel":
			rel = a.Value
		case "href":
			href = a.Value
		}
	}
	if u, ok := p.pageAddress(pageURL, href); ok && rel == "next" {
		return &Request{Method: "GET", URL: u.String()}
	}
	return old
}

func firstOf(list ...string) string {
	for _, s := range list {
		if strings.TrimSpace(s) != "" {
			return s
		}
	}
	return ""
}

var anyTag = regexp.MustCompile(`<[^<>]*>`)

// plainText is a feed's title without markup and entities.
func plainText(s string) string {
	s = html.UnescapeString(anyTag.ReplaceAllString(html.UnescapeString(s), ""))
	return strings.Join(strings.Fields(s), " ")
}
