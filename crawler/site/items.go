package site

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// link is a link of a page that may lead to an article.
type link struct {
	node  *html.Node
	url   *url.URL
	key   string
	title string
	shape string // what its address looks like
	place string // the elements around it
	like  int    // see Profile.isArticle
}

// items finds the listed articles: by the profile's selector, by the family's,
// at last by the best group of links that look alike. pagers are the page's.
func (p *Profile) items(base *url.URL, doc *goquery.Document, pagers []*html.Node) []Item {
	if p.Select.Item != "" {
		return p.itemsOf(p.selected(base, doc, p.Select.Item))
	}
	return p.detected(base, doc, pagers)
}

// detected finds the listed articles without the profile's selector.
func (p *Profile) detected(base *url.URL, doc *goquery.Document, pagers []*html.Node) []Item {
	links := p.links(base, doc)
	if sel := p.Preset().Select.Item; sel != "" {
		if own := among(links, doc.Find(sel)); len(distinct(own)) >= 3 || len(own) > 0 && allLike(own) {
			return p.itemsOf(extend(own, links))
		}
	}
	return p.itemsOf(bestGroup(links, pagers))
}

// allLike tells whether all links have the address of an article.
func allLike(links []link) bool {
	return !slices.ContainsFunc(links, func(l link) bool { return l.like <= 0 })
}

// selected resolves a selector that names links or the blocks around them.
func (p *Profile) selected(base *url.URL, doc *goquery.Document, sel string) []link {
	var out []link
	doc.Find(sel).Each(func(_ int, s *goquery.Selection) {
		if len(out) >= maxItems {
			return
		}
		anchors := s
		if !s.Is("a[href]") {
			anchors = s.Find("a[href]")
		}
		var best link
		for _, n := range anchors.Nodes {
			if l, ok := p.link(base, n); ok && len(l.title) > len(best.title) {
				best = l
			}
		}
		if best.node != nil {
			out = append(out, best)
		}
	})
	return out
}

// links gathers the links of a page that may be items, in document order.
func (p *Profile) links(base *url.URL, doc *goquery.Document) []link {
	own, furniture := p.articles(), newFurniture(doc)
	var out []link
	for i, n := range doc.Find("a[href]").Nodes {
		if len(out) >= maxLinks {
			break
		}
		if i >= maxLinks && !titleLike(nodeText(n)) {
			continue
		}
		l, ok := p.link(base, n)
		if !ok || furniture.holds(n) {
			continue
		}
		if l.like = p.isArticle(l.url, own); l.like < 0 {
			continue
		}
		l.shape, l.place = shapeOf(l.url), placeOf(n)
		out = append(out, l)
	}
	return dropLabels(entitle(out))
}

// entitle gives links that only lead on the title that stands beside them,
// where no other link to the same article shows it.
func entitle(links []link) []link {
	titled := map[string]bool{}
	for _, l := range links {
		titled[l.key] = titled[l.key] || titleLike(l.title)
	}
	for i, l := range links {
		if !titled[l.key] && detailWords.MatchString(l.title) {
			links[i].title = cmp.Or(titleBeside(l.node), l.title)
		}
	}
	return links
}

// detailWords are what a link says that only leads on to an item.
var detailWords = regexp.MustCompile(`(?i)^[\W_]*(xem (chi tiết|tiếp|thêm)|chi tiết|đọc (tiếp|thêm)|read more|continue reading|more|detail)[\W_]*$`)

// titleBeside is the title of the item around a link that only leads on to it:
// its first heading or bold text, else its first line. Empty where another
// link of that kind stands nearer to the title.
func titleBeside(n *html.Node) string {
	for up, block := 0, n.Parent; up < 5 && block != nil && block.Data != "body"; up, block = up+1, block.Parent {
		strong, plain, leading := "", "", 0
		for c := range block.Descendants() {
			switch {
			case c.Type == html.ElementNode && c.Data == "a" && detailWords.MatchString(nodeText(c)):
				if leading++; leading > 1 {
					return ""
				}
			case c.Type == html.ElementNode && (c.Data == "b" || c.Data == "strong" || IsHeading(c)) && strong == "" && titleLike(nodeText(c)):
				strong = nodeText(c)
			case c.Type == html.TextNode && plain == "" && titleLike(c.Data):
				plain = strings.Join(strings.Fields(c.Data), " ")
			}
		}
		if title := cmp.Or(strong, plain); title != "" && utf8.RuneCountInString(title) <= 300 {
			return title
		}
	}
	return ""
}

func (p *Profile) link(base *url.URL, n *html.Node) (link, bool) {
	u, ok := p.Canonical(base, Attr(n, "href"))
	if !ok || !p.Allows(u) && bareHost(u.Host) != bareHost(base.Host) {
		return link{}, false
	}
	title := linkTitle(n)
	return link{node: n, url: u, key: p.Key(u), title: title}, title != ""
}

// linkTitle is a link's text, or what stands for it where it has none or
// prints it cut short.
func linkTitle(n *html.Node) string {
	text := nodeText(n)
	if utf8.RuneCountInString(text) > 60 {
		text = cardTitle(n, text)
	}
	named := strings.Join(strings.Fields(Attr(n, "title")), " ")
	short := strings.TrimRight(text, ".… ")
	cut := short != text && !strings.HasSuffix(text, "./.")
	if named != "" && (text == "" || cut && strings.HasPrefix(named, short)) {
		return named
	}
	return text
}

var titleName = regexp.MustCompile(`(?i)title|tieu-?de|headline|ten-?tin`)

// cardTitle is the headline inside a link that wraps a whole item, else all of
// its text.
func cardTitle(n *html.Node, all string) string {
	for c := range n.Descendants() {
		if c.Type == html.ElementNode && (IsHeading(c) || named(c, titleName)) {
			if title := nodeText(c); title != "" {
				return title
			}
		}
	}
	return all
}

// dropLabels drops links that stand beside several items: categories, sources.
func dropLabels(links []link) []link {
	seen := map[string]int{}
	for _, l := range links {
		seen[l.key]++
	}
	var out []link
	for _, l := range links {
		if seen[l.key] <= 4 {
			out = append(out, l)
		}
	}
	return out
}

func among(links []link, sel *goquery.Selection) []link {
	wanted := map[*html.Node]bool{}
	for _, n := range sel.Nodes {
		wanted[n] = true
	}
	var out []link
	for _, l := range links {
		if wanted[l.node] {
			out = append(out, l)
		}
	}
	return out
}

// keysOf are the keys of items.
func keysOf(items []Item) map[string]bool {
	keys := map[string]bool{}
	for _, it := range items {
		keys[it.Key] = true
	}
	return keys
}

func distinct(links []link) map[string]bool {
	set := map[string]bool{}
	for _, l := range links {
		set[l.key] = true
	}
	return set
}

// itemsOf turns links into items, one for each article, with the longest title
// and the date printed beside it.
func (p *Profile) itemsOf(links []link) []Item {
	at := map[string]int{}
	out := []Item{}
	for _, l := range links {
		i, seen := at[l.key]
		if !seen {
			if len(out) == maxItems {
				break
			}
			i = len(out)
			at[l.key] = i
			out = append(out, Item{URL: l.url.String(), Key: l.key, Title: l.title})
		} else if len(l.title) > len(out[i].Title) {
			out[i].Title = l.title
		}
	}
	blocks := itemBlocks(links)
	for _, l := range links {
		if it := &out[at[l.key]]; it.Published == "" {
			it.Published = p.itemDate(blocks[l.node])
		}
	}
	for i := range out {
		if m := titleDate.FindStringSubmatch(out[i].Title); m != nil {
			out[i].Title = strings.TrimSpace(strings.TrimSuffix(out[i].Title, m[0]))
			if out[i].Published == "" {
				out[i].Published = m[1]
			}
		}
	}
	return out
}

// itemBlocks finds for each link the largest element around it that holds no
// other item.
func itemBlocks(links []link) map[*html.Node]*html.Node {
	owner := map[*html.Node]string{} // the one key below a node, "" for several
	for _, l := range links {
		depth := 0
		for n := l.node; n != nil && depth < 12; n, depth = n.Parent, depth+1 {
			if k, ok := owner[n]; ok && k != l.key {
				owner[n] = ""
			} else {
				owner[n] = l.key
			}
		}
	}
	out := map[*html.Node]*html.Node{}
	for _, l := range links {
		block := l.node
		for depth := 0; depth < 11 && block.Parent != nil && owner[block.Parent] == l.key; depth++ {
			if block.Parent.Type != html.ElementNode || block.Parent.Data == "body" {
				break
			}
			block = block.Parent
		}
		out[l.node] = block
	}
	return out
}

func (p *Profile) itemDate(block *html.Node) string {
	if block == nil {
		return ""
	}
	s := goquery.NewDocumentFromNode(block).Selection
	if p.Select.ItemDate != "" {
		return Text(First(s, p.Select.ItemDate))
	}
	return dateBeside(block)
}
