package extract

import (
	"strings"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"bantin/analyzers/vi"
	"bantin/crawler/site"
)

// headTitles are the titles that the page's head claims, surest first, whole
// and in the parts between separators.
func (r *reader) headTitles() []string {
	var out []string
	add := func(s string) {
		s = strings.Join(strings.Fields(s), " ")
		if s != "" {
			out = append(out, s)
		}
	}
	add(r.doc.Find(`meta[property="og:title"]`).AttrOr("content", ""))
	whole := r.doc.Find("title").First().Text()
	add(whole)
	parts := titleParts.Split(whole, -1)
	if len(parts) > 1 {
		add(longest(parts))
	}
	return out
}

// agreed is the element whose text the head's title holds or is.
func (r *reader) agreed(head []string) *goquery.Selection {
	folded := make([]string, 0, len(head))
	for _, h := range head {
		folded = append(folded, vi.Fold(h))
	}
	var best *goquery.Selection
	most := 0
	r.doc.Find(titleClass).EachWithBreak(func(i int, s *goquery.Selection) bool {
		text := trimTitle(titleText(s.Nodes[0]))
		n := utf8.RuneCountInString(text)
		if n < 10 || n > 500 || n <= most || r.left.around(s.Nodes[0]) || !r.headsText(s.Nodes[0]) || s.Is("a") || s.Closest("a").Length() > 0 {
			return i < 400
		}
		f := vi.Fold(text)
		for _, h := range folded {
			if strings.Contains(h, f) && (len(f)*3 >= len(h) || n >= 30) && !r.isSiteName(text) {
				best, most = s, n
			}
		}
		return i < 400
	})
	return best
}

// equal is the element that prints a title of the head and nothing else, be it
// called what it may: then it is no furniture, nor is what stands around it. The
// head may name the portal, which a banner prints: a title that is all that the
// head says counts in a heading alone, and none against what the listing said.
func (r *reader) equal(head []string) *goquery.Selection {
	var found *html.Node
	body, whole := r.doc.Find("body").First(), strings.Join(strings.Fields(r.doc.Find("title").First().Text()), " ")
	for _, h := range head {
		folded, size := vi.Fold(h), utf8.RuneCountInString(h)
		if size < 15 || strings.Count(h, " ") < 3 || r.isSiteName(h) || body.Length() == 0 || r.listed.whole() && !SameTitle(h, r.listed.Title) {
			continue
		}
		for n := range body.Nodes[0].Descendants() {
			if found != nil {
				break
			}
			if n.Type != html.TextNode || len(n.Data) < size || len(n.Data) > 8*size+200 {
				continue
			}
			text := trimTitle(n.Data)
			if utf8.RuneCountInString(text) == size && (h != whole || site.IsHeading(n.Parent)) && vi.Fold(text) == folded && r.heads(n.Parent) {
				found = n.Parent
			}
		}
	}
	if found == nil {
		return nil
	}
	for n := found; n != nil && n.Data != "body"; n = n.Parent {
		delete(r.left, n)
	}
	return goquery.NewDocumentFromNode(found).Selection
}

// heads tells whether an element is shown, is no link and stands above the text.
func (r *reader) heads(n *html.Node) bool {
	if !r.headsText(n) {
		return false
	}
	for up := n; up != nil && up.Data != "body"; up = up.Parent {
		if up.Data == "a" || unseen(up) {
			return false
		}
	}
	return true
}
