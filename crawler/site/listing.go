package site

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// Item is one entry of a listing.
type Item struct {
	URL       string `json:"url"`   // canonical
	Key       string `json:"-"`     // see Profile.Key
	Title     string `json:"title"` // as the listing prints it, may be cut short
	Published string `json:"published,omitempty"`
	Modified  string `json:"modified,omitempty"` // lastmod of a sitemap, updated of a feed
	Raw       []byte `json:"-"`                  // the item itself where it holds its text and has no page: see ItemPage
}

// Request is how to ask for a further page of a listing.
type Request struct {
	Method string            `json:"method"` // GET or POST
	URL    string            `json:"url"`
	Form   url.Values        `json:"form,omitempty"` // of a POST, urlencoded
	Header map[string]string `json:"header,omitempty"`
}

// Listing is what one listing page, feed or sitemap holds.
type Listing struct {
	Items []Item   `json:"items"`
	Next  *Request `json:"next"` // nil on the last page
	Page  int      `json:"page"` // 1 is the first; 0 unknown
	Last  int      `json:"last"` // number of the last page, 0 unknown
	Feeds []string `json:"feeds,omitempty"`

	Parts    []Item   `json:"parts,omitempty"` // of an index of sitemaps
	Left     int      `json:"left,omitempty"`  // entries left out because there are too many
	End      bool     `json:"-"`               // an empty list: the one before was the last
	Detected *Listing `json:"-"`               // the page read as if select.item were not there, when that finds far more
	Proposed string   `json:"-"`               // of Detected: a select.item that would find its items
}

// ErrNotListing is wrapped when a page holds no items and is no empty end of
// a listing either: a firewall's refusal, an error page.
var ErrNotListing = errors.New("not a listing page")

// maxItems bounds the items of one page, maxEntries those of a feed or sitemap,
// maxLinks the links looked at.
const (
	maxItems   = 2000
	maxEntries = 100_000
	maxLinks   = 20000
)

// Listing reads one page of a listing: HTML, the answer of an UpdatePanel, a
// feed, a sitemap or a WordPress REST answer. pageURL is the address it was
// fetched from.
func (p *Profile) Listing(pageURL *url.URL, page []byte) (Listing, error) {
	return p.ListingAfter(nil, pageURL, page)
}

// ListingAfter is Listing with the request that brought the page, which the
// answer of an UpdatePanel needs: it repeats only part of the form.
func (p *Profile) ListingAfter(asked *Request, pageURL *url.URL, page []byte) (Listing, error) {
	if len(page) > MaxPage && !isXML(page) || len(page) > MaxFeed {
		return Listing{}, fmt.Errorf("listing %s: %w: %d bytes", pageURL, ErrTooLarge, len(page))
	}
	trimmed := bytes.TrimLeft(bytes.TrimPrefix(page, []byte("\ufeff")), " \t\r\n")
	switch {
	case bytes.HasPrefix(trimmed, []byte("[")), bytes.HasPrefix(trimmed, []byte("{")):
		return p.jsonListing(pageURL, trimmed)
	case isXML(trimmed):
		return p.feedListing(pageURL, trimmed)
	}
	form := url.Values(nil)
	if d, ok := parseDelta(page); ok {
		page, form = d.html, d.form(asked)
		if d.redirect != "" {
			return Listing{}, fmt.Errorf("listing %s: %w: redirected to %s", pageURL, ErrNotListing, d.redirect)
		}
	}
	doc, err := ParseHTML(page)
	if err != nil {
		return Listing{}, fmt.Errorf("listing %s: %w", pageURL, err)
	}
	if reason := Refused(doc); reason != "" {
		return Listing{}, fmt.Errorf("listing %s: %w: %s", pageURL, ErrNotListing, reason)
	}
	return p.htmlListing(pageURL, doc, form)
}

func (p *Profile) htmlListing(pageURL *url.URL, doc *goquery.Document, form url.Values) (Listing, error) {
	base := baseOf(doc, pageURL)
	turns, order := turnsOf(doc)
	boxes := turns.boxes(order)
	l := Listing{Items: p.items(base, doc, boxes), Feeds: feedLinks(base, doc)}
	pg := p.readPager(pageURL, base, doc, turns, boxes)
	l.Page, l.Last = pg.current, pg.last
	l.Next = p.next(pg, pageURL, doc, form, len(l.Items))
	if found := p.beyondHint(l, base, doc, boxes); found != nil {
		found.Page, found.Last, found.Next = l.Page, l.Last, p.next(pg, pageURL, doc, form, len(found.Items))
		l.Detected = found
	}
	return l, nil
}

// baseOf honours <base href>.
func baseOf(doc *goquery.Document, pageURL *url.URL) *url.URL {
	if href, ok := doc.Find("head base[href]").First().Attr("href"); ok {
		if u, ok := resolve(pageURL, href); ok {
			return u
		}
	}
	return pageURL
}

// feedLinks are the feeds that a page names.
func feedLinks(base *url.URL, doc *goquery.Document) []string {
	var out []string
	doc.Find(`link[rel=alternate][type="application/rss+xml"], link[rel=alternate][type="application/atom+xml"]`).Each(func(_ int, s *goquery.Selection) {
		u, ok := resolve(base, s.AttrOr("href", ""))
		if ok && !strings.Contains(u.Path, "comment") && len(out) < 10 {
			out = append(out, u.String())
		}
	})
	return out
}
