// Package extract turns a fetched page into a bulletin: title, date, author,
// lead and body without the portal's furniture, and the links of attached
// files, whose text it reads in a bounded child process. It fetches nothing
// and stores nothing; facts are read out of the text by package facts.
package extract

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"bantin/bulletin"
	"bantin/bulletin/facts"
	"bantin/crawler/site"
)

// Result is what an article's page holds, with what is doubtful about it.
type Result struct {
	Bulletin  bulletin.Bulletin
	Canonical string // address that the page names as its own, empty when it names none
	Doubts    []Doubt

	PrintedDate string // what Published was read from, empty for a machine's date
}

// Doubt is one reason to distrust an extraction. The crawler counts them: a
// portal whose pages suddenly raise them has changed its layout.
type Doubt string

// Doubts.
const (
	NoTitle     Doubt = "no title"
	SiteTitle   Doubt = "title equals the site's name"
	NoBody      Doubt = "no body"
	VeryShort   Doubt = "very short"
	NoDate      Doubt = "no date"
	FutureDate  Doubt = "date lies in the future"
	GuessedBody Doubt = "body found without a selector"
	Missed      Doubt = "a selector of the profile finds nothing"
	BrokenText  Doubt = "text in a broken encoding"
)

// ErrGone is wrapped when a page says that its article is not there.
var ErrGone = errors.New("the article is gone")

// ErrNotArticle is wrapped when a page holds no article: no body, a title that
// is the site's name, a firewall's page.
var ErrNotArticle = errors.New("not an article")

// veryShort is the length in letters below which a body is doubted.
const veryShort = 200

// Article reads an article's page. A nil profile means a portal nobody knows.
// fetched resolves relative dates and bounds the others; zero leaves them
// unbounded. The error wraps ErrGone or ErrNotArticle; the article that comes
// with it holds its doubts and is not to be stored.
func Article(p *site.Profile, pageURL *url.URL, page []byte, fetched time.Time) (Result, error) {
	return ArticleListed(p, Listed{}, pageURL, page, fetched)
}

// ArticleListed is Article for an article of which a listing told something.
func ArticleListed(p *site.Profile, listed Listed, pageURL *url.URL, page []byte, fetched time.Time) (Result, error) {
	if p == nil {
		p = &site.Profile{Family: site.Generic}
	}
	item := ""
	if listed.Item != "" && site.IsItem(page) {
		page = p.ItemPage(page)
		if pageURL != nil {
			item = pageURL.Fragment
		}
	}
	defer thrifty(len(page))()
	doc, err := site.ParseHTML(page)
	if err != nil {
		return Result{}, fmt.Errorf("article %s: %w", named(pageURL), err)
	}
	if reason := site.Refused(doc); reason != "" {
		return Result{}, fmt.Errorf("article %s: %w: %s", named(pageURL), ErrNotArticle, reason)
	}
	r := &reader{p: p, family: p.Preset(), doc: doc, url: pageURL, fetched: fetched, left: furnitureOf(doc.Nodes[0]), listed: listed, item: item}
	a := r.read()
	switch {
	case slices.Contains(a.Doubts, NoBody) && site.Gone(doc) && len(a.Bulletin.Attachments) == 0, slices.Contains(a.Doubts, VeryShort) && site.Gone(doc):
		return a, fmt.Errorf("article %s: %w", named(pageURL), ErrGone)
	case slices.Contains(a.Doubts, SiteTitle), slices.Contains(a.Doubts, NoTitle), slices.Contains(a.Doubts, NoBody) && len(a.Bulletin.Attachments) == 0:
		return a, fmt.Errorf("article %s: %w: %s", named(pageURL), ErrNotArticle, a.Doubts[0])
	}
	facts.ReadFacts(&a.Bulletin, facts.Hint{Province: p.Province, Fetched: fetched}) // last: the tree of a large page is free by now
	return a, nil
}

func named(u *url.URL) string { return cmp.Or(u.String(), "of no address") }

// reader holds what the steps of reading one page share.
type reader struct {
	p       *site.Profile
	family  *site.Family
	doc     *goquery.Document
	url     *url.URL
	fetched time.Time

	titleNode *html.Node // nil when the title comes from the head
	root      *html.Node // of the body
	scope     *html.Node // smallest element around title and body
	listed    Listed
	left      left // what is no part of the article
	guessed   bool // no selector found the root
	missed    bool // a selector of the profile found nothing

	item string // fragment of the address that tells an item of a list from the others

	// What is read once, nil before.
	linkedData   *linkedData
	above, first []line // see between and head

	places            map[*html.Node]place
	firstProse, after place // of the first and behind the last sentence of the root
}

func (r *reader) read() Result {
	out := Result{Canonical: r.canonical()}
	a := &out.Bulletin
	a.Site, a.URL = r.p.ID, r.address(out.Canonical)
	r.findRoot()
	r.number()
	title := trimTitle(repair(r.title()))
	if (title == "" || r.isSiteName(title)) && r.listed.whole() {
		title = r.listed.Title
	}
	r.findScope()
	lead := r.lead()
	lines := r.bodyLines()
	text := tidy(lines, title, lead, slices.Concat(r.p.Cut, r.family.Cut))
	a.Title, a.Lead, a.Body = title, text.lead, text.body
	a.Author = r.author(text.author)
	a.Published, a.PublishedPrecision, out.PrintedDate = r.published()
	if a.Published.IsZero() && r.fitsAddress(r.listed.Published) {
		a.Published, a.PublishedPrecision = r.listed.Published, r.listed.Precision
	}
	a.Attachments = r.attachments()
	out.Doubts = r.doubts(a)
	identity := r.identity(a.URL)
	if r.item != "" {
		a.URL, identity = r.url.String(), identity+"#"+r.item
	}
	a.ID = bulletin.NewID(a.Site, identity)
	return out
}

// identity is what an article's addresses have in common: http and https, with
// and without www, are one, and so are the slugs that a family ignores.
func (r *reader) identity(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return r.p.Key(u)
}

func (r *reader) doubts(a *bulletin.Bulletin) []Doubt {
	var out []Doubt
	add := func(d Doubt, is bool) {
		if is {
			out = append(out, d)
		}
	}
	letters := utf8.RuneCountInString(a.Body)
	add(NoTitle, a.Title == "")
	add(SiteTitle, a.Title != "" && r.isSiteName(a.Title))
	add(NoBody, letters == 0)
	add(VeryShort, letters > 0 && letters < veryShort)
	add(NoDate, a.Published.IsZero())
	add(FutureDate, !r.fetched.IsZero() && a.Published.After(r.fetched.Add(36*time.Hour)))
	add(BrokenText, strings.Count(a.Body, "\ufffd") > 2)
	add(Missed, r.missed)
	add(GuessedBody, r.guessed && letters > 0)
	return out
}

// canonical is the address that the page names as its own, on the portal's
// hosts only: print and mobile twins point home that way.
func (r *reader) canonical() string {
	for _, sel := range []string{`link[rel=canonical]`, `meta[property="og:url"]`} {
		s := r.doc.Find(sel).First()
		u, ok := r.p.Canonical(r.url, s.AttrOr("href", s.AttrOr("content", "")))
		if ok && (r.p.Allows(u) || u.Host == r.url.Host) && u.Path != "/" {
			return u.String()
		}
	}
	return ""
}

// address is the canonical address when it names this article, else the page's
// own: some portals name the listing or the home page on every page.
func (r *reader) address(named string) string {
	own, ok := r.p.Canonical(nil, r.url.String())
	if !ok {
		return ""
	}
	if u, err := url.Parse(named); err == nil && named != "" && sameArticle(own, u) {
		return named
	}
	return own.String()
}

// sameArticle tells whether the canonical link still carries what identifies
// the article in the page's address.
func sameArticle(own, named *url.URL) bool {
	if !strings.EqualFold(own.Host, named.Host) {
		return false
	}
	id := longest(strings.FieldsFunc(own.RequestURI(), func(r rune) bool { return r < '0' || r > '9' }))
	return id != "" && strings.Contains(named.RequestURI(), id) || strings.EqualFold(own.Path, named.Path) && own.RawQuery == named.RawQuery
}

// longest is the first of the longest, empty of none.
func longest(all []string) string {
	return slices.MaxFunc(append(all, ""), func(a, b string) int { return len(a) - len(b) })
}
