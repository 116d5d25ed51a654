package site

import (
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// Attr is the value of an element's attribute, empty when it has none.
func Attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// IsHeading tells whether a node is a heading, h1 to h6.
func IsHeading(n *html.Node) bool {
	return len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6'
}

// Walk calls visit with a node and all below it, in order; what is below a node
// for which visit says false is passed over.
func Walk(n *html.Node, visit func(*html.Node) bool) {
	if visit(n) {
		for c := range n.ChildNodes() {
			Walk(c, visit)
		}
	}
}

// WordSet is the set of the words of a text.
func WordSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

func nodeText(n *html.Node) string {
	var b collapsed
	writeText(&b, n)
	return b.String()
}

var (
	furnitureTag  = WordSet("nav header footer select button")
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
		class, _, _ := strings.Cut(strings.TrimSpace(Attr(n, "class")), " ")
		parts = append(parts, n.Data+"."+shapeDigits.ReplaceAllString(class, "0"))
	}
	return strings.Join(parts, "<")
}

var endsInNumber = regexp.MustCompile(`\d(\.\w{3,5})?/?$`)

// Holds tells whether a node is top or stands below it.
func Holds(top, n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == top {
			return true
		}
	}
	return false
}

// Around is the smallest element that holds both nodes, nil when there is none.
func Around(a, b *html.Node) *html.Node {
	for a != nil && !Holds(a, b) {
		a = a.Parent
	}
	return a
}

// within tells whether n is inside top or inside one of the few elements
// around it, short of the whole page.
func within(n, top *html.Node, levels int) bool {
	for ; top != nil && top.Data != "body" && levels >= 0; top, levels = top.Parent, levels-1 {
		if Holds(top, n) {
			return true
		}
	}
	return false
}

func commonAncestor(links []link) (top *html.Node) {
	for i, l := range links {
		if i == 0 {
			top = l.node
		}
		top = Around(top, l.node)
	}
	return top
}
