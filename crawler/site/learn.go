package site

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// listed is a listing page with the items that were read out of it.
type listed struct {
	base *url.URL
	doc  *goquery.Document
	keys map[string]bool
}

func newListed(p Page, items []Item) (listed, bool) {
	body := p.Body
	if d, ok := parseDelta(body); ok {
		body = d.html
	}
	doc, err := ParseHTML(body)
	if err != nil {
		return listed{}, false
	}
	return listed{base: baseOf(doc, p.URL), doc: doc, keys: keysOf(items)}, true
}

// itemSelector is a selector that finds exactly the items of every one of some
// listing pages, empty when there is none. A last page may hold too few items
// to tell them from the links around them; a selector still does.
func (p *Profile) itemSelector(pages ...listed) string {
	for _, sel := range selectorsOf(p.itemLink(pages[0])) {
		if !strings.ContainsAny(sel, ".#[") {
			continue
		}
		if !slices.ContainsFunc(pages, func(l listed) bool { return !p.selects(sel, l) }) {
			return sel
		}
	}
	return ""
}

// itemLink is the link of the page's first item.
func (p *Profile) itemLink(l listed) *html.Node {
	furniture := newFurniture(l.doc)
	for _, n := range l.doc.Find("a[href]").Nodes {
		link, ok := p.link(l.base, n)
		if ok && l.keys[link.key] && titleLike(link.title) && !inSide(n) && !furniture.holds(n) {
			return n
		}
	}
	return &html.Node{Type: html.ElementNode, Data: "a"}
}

func (p *Profile) selects(sel string, l listed) bool {
	return maps.Equal(distinct(p.selected(l.base, l.doc, sel)), l.keys)
}

// volatile are query parameters of which no value came again when the same
// page was asked for a second time: sessions and counters under names of the portal's own.
func volatile(before, after []Item) []string {
	values := func(items []Item) map[string]map[string]bool {
		out := map[string]map[string]bool{}
		for _, it := range items {
			u, err := url.Parse(it.URL)
			if err != nil {
				continue
			}
			for name, all := range u.Query() {
				if out[name] == nil {
					out[name] = map[string]bool{}
				}
				out[name][strings.Join(all, " ")] = true
			}
		}
		return out
	}
	was, is := values(before), values(after)
	var out []string
	for name := range was {
		kept := len(was[name]) < 3 || len(is[name]) < 3
		for value := range is[name] {
			kept = kept || was[name][value]
		}
		if !kept {
			out = append(out, name)
		}
	}
	return out
}
