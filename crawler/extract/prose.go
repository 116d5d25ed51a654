package extract

import (
	"strings"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// heaviest is the match with the most text of its own.
func (l left) heaviest(s *goquery.Selection) (best *html.Node, most int) {
	for _, n := range s.Nodes {
		if l.around(n) {
			continue
		}
		if w := l.proseIn(n); w > most {
			best, most = n, w
		}
	}
	return best, most
}

// proseIn counts the letters of sentences below n, links aside.
func (l left) proseIn(n *html.Node) int {
	sum := 0
	l.eachProse(n, func(_ *html.Node, letters int) { sum += letters })
	return sum
}

// eachProse visits the runs of text that are prose, by their first text node:
// at least a few words between two ends of a block or line, links aside.
func (l left) eachProse(n *html.Node, visit func(n *html.Node, letters int)) {
	const fewWords = 25
	var first *html.Node
	letters := 0
	flush := func() {
		if letters >= fewWords {
			visit(first, letters)
		}
		first, letters = nil, 0
	}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c.Type == html.TextNode:
				if length := utf8.RuneCountInString(strings.TrimSpace(c.Data)); length > 0 {
					if first == nil {
						first = c
					}
					letters += length
				}
			case c.Type != html.ElementNode || c.Data == "a" || l[c]:
			case c.Data == "br":
				flush()
			case blockTag[c.Data]:
				flush()
				walk(c)
				flush()
			default:
				walk(c)
			}
		}
	}
	walk(n)
	flush()
}

// linkShare is the part of an element's text that stands in links, 0 to 1.
func linkShare(n *html.Node) float64 {
	all, linked := 0, 0
	var walk func(n *html.Node, in bool)
	walk = func(n *html.Node, in bool) {
		if n.Type == html.TextNode {
			l := len(strings.TrimSpace(n.Data))
			all += l
			if in {
				linked += l
			}
			return
		}
		if n.Type == html.ElementNode && skipTag[n.Data] {
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, in || n.Data == "a")
		}
	}
	walk(n, false)
	if all == 0 {
		return 0
	}
	return float64(linked) / float64(all)
}
