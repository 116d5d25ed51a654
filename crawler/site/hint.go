package site

import (
	"net/url"
	"slices"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// leastPlain is how many items a page must plainly hold before the profile's
// selector is doubted.
const leastPlain = 3

// plainLinks is how many links a page may have for that: hostile ones have more.
const plainLinks = 5000

// beyondHint reads a page as if select.item were not there, where it finds
// nothing or far less than the page plainly holds; nil where it is right. A
// learned selector is a hint: a portal changes its views, and its listings
// may have several.
func (p *Profile) beyondHint(l Listing, base *url.URL, doc *goquery.Document, pagers []*html.Node) *Listing {
	if p.Select.Item == "" || len(l.Items) > 2*leastPlain || doc.Find("a[href]").Length() > plainLinks {
		return nil
	}
	plain := p.detected(base, doc, pagers)
	if len(plain) < leastPlain || len(l.Items) > 0 && (len(plain) < 3*len(l.Items) || !holdsAll(plain, l.Items)) {
		return nil
	}
	return &Listing{Items: plain, Feeds: l.Feeds, Proposed: p.itemSelector(listed{base: base, doc: doc, keys: keysOf(plain)})}
}

func holdsAll(all, some []Item) bool {
	have := keysOf(all)
	return !slices.ContainsFunc(some, func(it Item) bool { return !have[it.Key] })
}
