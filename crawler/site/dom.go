package site

import (
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func nodeText(n *html.Node) string {
	var b collapsed
	writeText(&b, n)
	return b.String()
}

var (
	furnitureTag  = wordSet("nav header footer select button")
	furnitureName = regexp.MustCompile(`(^|-)(nav|navbar|navigation|menu\w*|mainmenu|topmenu|breadcrumbs?|footer\w*|pagination|paging|pager|topbar|toolbar|lang\w*|banner\w*|quang-?cao|ads?|weblinks?|lien-?ket)(-|$)|^((post|entry|article|news|node|box|list|block|item|single|meta|footer)-)?tags?$|^tags?-(list|links?|cloud|box|wrap|wrapper|container|area|block|items?)$`)
	sideName      = regexp.MustCompile(`(^|-)(aside|sidebar\w*|side|right|left|col-?right|col-?left|cot-?(phai|trai)|most\w*|popular|xem-?nhieu|doc-?nhieu|tin-?(moi|noi-?bat|khac|lien-?quan|cung)\w*|related|hot\w*|marquee|ticker|newest|thong-?bao|vanban\w*|van-?ban)(-|$)|^widgets?(-(area|sidebar|title|box|list|container|column|wrap|block)|-(text|html|recent|archive|archives|categories|nav|search|calendar|pages|meta|media|block|rss|links|custom)(-\w+)*)?$|(^|-)widget-area(-|$)`)
	furnitureRole = regexp.MustCompile(`(?i)^(navigation|banner|contentinfo|complementary|search|menu\w*)$`)
)

// insideArticle excuses the header element of an item.
func insideArticle(n *html.Node) bool {
	for up := n.Parent; up != nil; up = up.Parent {
		if up.Data == "article" || up.Data == "li" || up.Data == "main" {
			return true
		}
	}
	return false
}

// holdsPage excuses wrappers whose class says menu or right but which hold
// most of the page: a form, a table of the whole layout.
func holdsPage(n *html.Node) bool {
	return n.Data == "form" || n.Data == "main" || n.Data == "article" || n.Parent != nil && n.Parent.Data == "body" && n.Data != "ul"
}

// inSide tells whether n stands in a side column or a box of other news.
func inSide(n *html.Node) bool {
	for ; n != nil && n.Data != "body"; n = n.Parent {
		if n.Data == "aside" || n.Type == html.ElementNode && Named(n, sideName) != "" && !holdsPage(n) {
			return true
		}
	}
	return false
}

func named(n *html.Node, re *regexp.Regexp) bool {
	for _, a := range n.Attr {
		if (a.Key == "class" || a.Key == "id" || a.Key == "role") && re.MatchString(a.Val) {
			return true
		}
	}
	return false
}

func inHeading(n *html.Node) bool {
	for up := 0; n != nil && up < 4; n, up = n.Parent, up+1 {
		if len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '5' || n.Data == "strong" || n.Data == "b" {
			return true
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Data == "strong" || c.Data == "b" || c.Data == "h2" || c.Data == "h3" {
				return true
			}
		}
	}
	return false
}

// titleLike tells a headline from a label or "Xem tiếp".
func titleLike(s string) bool {
	return utf8.RuneCountInString(s) >= 15 && strings.Count(s, " ") >= 3
}

var (
	shapeDigits = regexp.MustCompile(`\d+`)
	shapeSlug   = regexp.MustCompile(`^[^/]*(-[^/]*){2,}$|^[^/]{20,}$`)
)

// shapeOf reduces an address to what the portal's articles have in common.
func shapeOf(u *url.URL) string {
	parts := strings.Split(guid.ReplaceAllString(strings.ToLower(u.EscapedPath()), "G"), "/")
	for i, part := range parts {
		ext := ""
		if dot := strings.LastIndexByte(part, '.'); dot >= 0 && len(part)-dot <= 6 {
			part, ext = part[:dot], part[dot:]
		}
		part = shapeDigits.ReplaceAllString(part, "0")
		if shapeSlug.MatchString(part) {
			part = "s"
		}
		parts[i] = part + ext
	}
	var shape strings.Builder
	shape.WriteString(strings.Join(parts, "/"))
	for pair := range strings.SplitSeq(u.RawQuery, "&") {
		name, _, _ := strings.Cut(pair, "=")
		shape.WriteString("?" + name)
	}
	return shape.String()
}

// placeOf names the elements around a link, so that the links of repeated
// blocks share a place. Digits in classes count as equal.
func placeOf(n *html.Node) string {
	var parts []string
	for up := 0; n != nil && n.Type == html.ElementNode && up < 6; n, up = n.Parent, up+1 {
		class, _, _ := strings.Cut(strings.TrimSpace(attr(n, "class")), " ")
		parts = append(parts, n.Data+"."+shapeDigits.ReplaceAllString(class, "0"))
	}
	return strings.Join(parts, "<")
}

var endsInNumber = regexp.MustCompile(`\d(\.\w{3,5})?/?$`)

func contains(top, n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == top {
			return true
		}
	}
	return false
}

// within tells whether n is inside top or inside one of the few elements
// around it, short of the whole page.
func within(n, top *html.Node, levels int) bool {
	for ; top != nil && top.Data != "body" && levels >= 0; top, levels = top.Parent, levels-1 {
		if contains(top, n) {
			return true
		}
	}
	return false
}

func commonAncestor(links []link) *html.Node {
	if len(links) == 0 {
		return nil
	}
	var path []*html.Node // root first
	for n := links[0].node; n != nil; n = n.Parent {
		path = append([]*html.Node{n}, path...)
	}
	for _, l := range links[1:] {
		i := len(path)
		for i > 0 && !contains(path[i-1], l.node) {
			i--
		}
		path = path[:i]
	}
	if len(path) == 0 {
		return nil
	}
	return path[len(path)-1]
}
