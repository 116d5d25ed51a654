package extract

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"bantin/crawler/site"
)

var (
	skipTag  = site.WordSet("script style noscript template iframe object embed svg select textarea button input nav aside footer xml head math canvas audio video map")
	blockTag = site.WordSet("address article blockquote body center dd details dir div dl dt fieldset figcaption figure form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table tbody td tfoot th thead tr ul")
)

// furnitureWord matches class words, as site.ClassWords gives them, of the parts of a
// page that are not its article.
var furnitureWord = regexp.MustCompile(`(^|-)(shares?|sharing|sharedaddy|nav-?links?|share(box|bar|buttons?|links?|this)|social\w*|addthis\w*|addtoany\w*|fb|zalo\w*|related\w*|relate|tin-?lien-?quan|lien-?quan|tin-?khac|tin-?cu|tin-?moi|cung-?(chuyen-?)?muc|other-?news|others?|khac|comment\w*|respond|binh-?luan|y-?kien|rating\w*|danh-?gia|vote\w*|toolbars?|tools?|font-?size|co-?chu|breadcrumb\w*|pagination|paging|pager|phan-?trang|keywords?|tu-?khoa|luot-?xem|view-?counts?|views-count|clock|dong-?ho|newer|older|next-?prev|prev-?next|post-?navigation|page-?navigation|pagenavigation|back-?top|sidebar\w*|menu\w*|navbar|advert\w*|a-rec|sponsor\w*|tai-tro|banner\w*|quang-?cao|box-?other|most-?view\w*|subscribe|newsletter|author-?box|disclaimer|modal|popup|audio\w*|tts)(-|$)` +
	`|^((post|entry|article|news|node|box|list|block|item|single|meta|footer)-)?tags?$|^tags?-(list|links?|cloud|box|wrap|wrapper|container|area|block|items?)$` +
	`|^widgets?(-(area|sidebar|title|box|list|container|column|wrap|block)|-(text|html|recent|archive|archives|categories|nav|search|calendar|pages|meta|media|block|rss|links|custom)(-\w+)*)?$|^widgets?-area-\w+$|(^|-)widget-area(-|$)` +
	`|^((btn|button|link|icon|tool|news|article|bai)-)*print(er|ing)?(-(btn|button|link|icon|page|tool|news|this|friendly|html))*$`)

// concealed are class words of what is not shown at all.
var concealed = regexp.MustCompile(`^(hidden|d-none|hide|sr-only|visually-hidden|element-(hidden|invisible)|screen-reader-text|screen-reader-only|a11y-hidden|invisible)$`)

// shownSomewhere are words of what is hidden only on some screens.
var shownSomewhere = regexp.MustCompile(`(^|\s)(d-(sm|md|lg|xl|xxl)-(block|flex|inline\S*|table\S*|grid)|visible-\S+|(sm|md|lg|xl):(block|flex|inline\S*|grid))(\s|$)`)

var hiddenStyle = regexp.MustCompile(`(?i)display\s*:\s*none|visibility\s*:\s*hidden`)

// Shares of a page's prose, in hundredths, from which on a class word is not
// believed to name furniture, and the prose that has to be at stake.
const (
	mostProse  = 50
	leastStake = 250
	leastProse = 60 // where the page's heading is at stake too
)

// left is the set of elements that are no part of an article's text.
type left map[*html.Node]bool

// furnitureOf finds what on a page is no part of an article: by its tag, by
// being hidden, by whole class words, by being made of nothing but buttons
// that share. Words that would take most of the page's prose with them are not
// believed: they name the place of the text.
func furnitureOf(root *html.Node) left {
	prose := map[*html.Node]int{}
	total := 0
	out := hiddenOf(root)
	out.eachProse(root, func(n *html.Node, letters int) {
		total += letters
		for up := n.Parent; up != nil && up != root; up = up.Parent {
			prose[up] += letters
		}
	})
	var suspects []suspect
	stake := map[string]int{}   // prose by the word that speaks against it
	titled := map[string]bool{} // words of elements that hold the page's heading
	var walk func(n *html.Node, above map[string]bool)
	walk = func(n *html.Node, above map[string]bool) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type != html.ElementNode || out[c] {
				continue
			}
			inside := above
			if word := accused(c); word != "" {
				suspects = append(suspects, suspect{c, word})
				titled[word] = titled[word] || holdsHeading(c)
				if !above[word] {
					stake[word] += prose[c]
					inside = with(above, word)
				}
			}
			walk(c, inside)
		}
	}
	walk(root, nil)
	for _, s := range suspects {
		least := leastStake
		if titled[s.word] {
			least = leastProse
		}
		if at := stake[s.word]; at < least || at*100 < total*mostProse {
			out[s.node] = true
		}
	}
	return out
}

// holdsHeading tells whether a heading of the first order stands in an element.
func holdsHeading(n *html.Node) bool {
	for c := range n.Descendants() {
		if c.Type == html.ElementNode && c.Data == "h1" {
			return true
		}
	}
	return false
}

// suspect is an element with the word that speaks against it.
type suspect struct {
	node *html.Node
	word string
}

func with(words map[string]bool, word string) map[string]bool {
	out := map[string]bool{word: true}
	for w := range words {
		out[w] = true
	}
	return out
}

// accused is the class word, or the tag, by which an element looks like
// furniture; empty when none does.
func accused(n *html.Node) string {
	switch {
	case n.Data == "aside", n.Data == "footer" && !inArticle(n):
		return "<" + n.Data + ">"
	case wrapsPage(n):
		return ""
	}
	if word := site.Named(n, furnitureWord); word != "" {
		return word
	}
	if sharesOnly(n) {
		return "<share>"
	}
	return ""
}

// sharer are addresses that hand a page on to others.
var sharer = regexp.MustCompile(`(?i)facebook\.com/(sharer|share|dialog)|twitter\.com/(intent|share|home\?)|x\.com/intent|linkedin\.com/share|sp\.zalo\.me|zalo\.me/share|plus\.google|pinterest\.com/pin|t\.me/share|^mailto:\?|whatsapp`)

// sharesOnly tells whether a block holds links and all of them share the page.
func sharesOnly(n *html.Node) bool {
	if !blockTag[n.Data] || n.Data == "body" {
		return false
	}
	found, other := 0, 0
	var walk func(n *html.Node, depth int)
	walk = func(n *html.Node, depth int) {
		for c := n.FirstChild; c != nil && other == 0 && depth < 6; c = c.NextSibling {
			switch {
			case c.Type == html.ElementNode && c.Data == "a" && sharer.MatchString(strings.TrimSpace(site.Attr(c, "href"))):
				found++
			case c.Type == html.ElementNode && (c.Data == "a" || c.Data == "img" || c.Data == "p" && c.FirstChild != nil && c.FirstChild.Type == html.TextNode && len(strings.TrimSpace(c.FirstChild.Data)) > 40),
				c.Type == html.TextNode && len(strings.TrimSpace(c.Data)) > 60:
				other++
			default:
				walk(c, depth+1)
			}
		}
	}
	walk(n, 0)
	return found > 0 && other == 0
}

// hiddenOf finds what is never text: scripts, forms' fields, what is hidden.
func hiddenOf(root *html.Node) left {
	out := left{}
	site.Walk(root, func(n *html.Node) bool {
		if n != root && (n.Type == html.CommentNode || n.Type == html.ElementNode && unseen(n)) {
			out[n] = true
		}
		return !out[n]
	})
	return out
}

// unseen tells whether an element shows no text of the page's own.
func unseen(n *html.Node) bool {
	if skipTag[n.Data] && n.Data != "footer" && n.Data != "aside" || strings.HasPrefix(n.Data, "o:") {
		return true
	}
	for _, a := range n.Attr {
		switch a.Key {
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
		case "class":
			if a.Val == "" || wrapsPage(n) || shownSomewhere.MatchString(a.Val) {
				continue
			}
			for word := range strings.FieldsSeq(a.Val) {
				if concealed.MatchString(word) {
					return true
				}
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
	return n.Data == "html" || n.Data == "body" || n.Data == "form" || n.Data == "main" || n.Data == "article" ||
		n.Parent != nil && n.Parent.Data == "body" && n.Data == "div"
}

// around tells whether an element is left out or inside one that is.
func (l left) around(n *html.Node) bool {
	for ; n != nil && n.Data != "body"; n = n.Parent {
		if l[n] {
			return true
		}
	}
	return false
}
