package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// plain is all text below a node, white space collapsed.
func plain(n *html.Node) string {
	var b strings.Builder
	seam := false
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			if seam && parts(b.String(), n.Data) {
				b.WriteByte(' ')
			}
			b.WriteString(n.Data)
			seam = false
			return
		}
		seam = seam || n.Data != "sup" && n.Data != "sub"
		if n.Type == html.ElementNode && (n.Data == "script" || n.Data == "style" || n.Data == "noscript") {
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if blockTag[n.Data] || n.Data == "br" {
			b.WriteByte(' ')
		}
		seam = n.Data != "sup" && n.Data != "sub"
	}
	walk(n)
	return strings.Join(strings.Fields(b.String()), " ")
}

// parts tells whether two texts at a seam of elements are two words, although
// only the style of the page parts them: a small letter stands before a capital
// or a figure, or a figure before a capital.
func parts(before, behind string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(behind)
	return unicode.IsLower(last) && (unicode.IsUpper(first) || unicode.IsDigit(first)) || unicode.IsDigit(last) && unicode.IsUpper(first)
}
