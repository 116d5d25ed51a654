package site

import (
	"net/url"

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
	keys := map[string]bool{}
	for _, it := range plain {
		keys[it.Key] = true
	}
	return &Listing{Items: plain, Feeds: l.Feeds, Proposed: p.itemSelector(listed{base: base, doc: doc, keys: keys})}
}

func holdsAll(all, some []Item) bool {
	have := map[string]bool{}
	for _, it := range all {
		have[it.Key] = true
	}
	for _, it := range some {
		if !have[it.Key] {
			return false
		}
	}
	return true
}
