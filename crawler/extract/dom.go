package extract

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

var (
	skipTag  = set("script style noscript template iframe object embed svg select textarea button input nav aside footer xml head math canvas audio video map")
	blockTag = set("address article blockquote body center dd details dir div dl dt fieldset figcaption figure form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table tbody td tfoot th thead tr ul")
)

// boilerplate names the parts of an article's page that are not its text.
var boilerplate = regexp.MustCompile(`(?i)(^|[\s_-])(share\w*|social\w*|sharing|addthis\w*|fb-\w+|zalo\w*|related\w*|relate|tin-?lien-?quan|tinlienquan|lienquan|tin-?khac|tinkhac|tin-?cu|tin-?moi|tinmoi|cung-?muc|cungmuc|cungchuyenmuc|other-?news|othernews|others?|khac|comments?|binh-?luan|binhluan|ykien|rating\w*|danhgia|danh-gia|vote\w*|print\w*|tools?|toolbar|fontsize|co-?chu|cochu|breadcrumb\w*|pagination|paging|pager|phantrang|tags?|keywords?|tukhoa|luotxem|luot-xem|view-?counts?|views-count|clock|dongho|newer|older|next-?prev|prev-?next|post-?navigation|back-?top|sidebar\w*|widget\w*|menu\w*|navbar|advert\w*|banner\w*|quangcao|box-?other|most-?view\w*|subscribe|newsletter|author-?box|disclaimer|modal|popup|hidden|d-none|sr-only|visually-hidden|audio\w*|tts)([\s_-]|$)`)

var hiddenStyle = regexp.MustCompile(`(?i)display\s*:\s*none|visibility\s*:\s*hidden`)

func set(words string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		out[w] = true
	}
	return out
}

func attrOf(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// isBoilerplate tells whether an element is no part of an article's text.
func isBoilerplate(n *html.Node) bool {
	if n.Type != html.ElementNode {
		return n.Type == html.CommentNode
	}
	if skipTag[n.Data] && (n.Data != "footer" || !inArticle(n)) || strings.HasPrefix(n.Data, "o:") {
		return true
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "class", "id":
			if a.Val != "" && boilerplate.MatchString(a.Val) && !wrapsPage(n) {
				return true
			}
		case "style":
			if a.Val != "" && hiddenStyle.MatchString(a.Val) {
				return true
			}
		case "hidden":
			return true
		case "aria-hidden":
			if a.Val == "true" {
				return true
			}
		}
	}
	return false
}

// inArticle tells whether an element is a part of an article element: its
// footer may hold the date.
func inArticle(n *html.Node) bool {
	for n = n.Parent; n != nil; n = n.Parent {
		if n.Data == "article" {
			return true
		}
	}
	return false
}

// wrapsPage excuses the outermost elements: a body or form whose class names a
// sidebar or a menu says how the page is laid out, not what it holds.
func wrapsPage(n *html.Node) bool {
	return n.Data == "body" || n.Data == "form" || n.Data == "main" || n.Data == "article" ||
		n.Parent != nil && n.Parent.Data == "body" && n.Data == "div"
}

func inBoilerplate(n *html.Node) bool {
	for ; n != nil && n.Data != "body"; n = n.Parent {
		if isBoilerplate(n) {
			return true
		}
	}
	return false
}

// plain is all text below a node, white space collapsed.
func plain(n *html.Node) string {
	var b strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
			return
		}
		if n.Type == html.ElementNode && (n.Data == "script" || n.Data == "style" || n.Data == "noscript") {
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if blockTag[n.Data] || n.Data == "br" {
			b.WriteByte(' ')
		}
	}
	walk(n)
	return strings.Join(strings.Fields(b.String()), " ")
}

func holds(top, n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == top {
			return true
		}
	}
	return false
}

// around is the smallest element that holds both nodes.
func around(a, b *html.Node) *html.Node {
	for n := a; n != nil; n = n.Parent {
		if holds(n, b) {
			return n
		}
	}
	return nil
}
