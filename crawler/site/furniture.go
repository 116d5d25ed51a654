package site

import (
	"regexp"
	"slices"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// alwaysMenu are whole names of menus and footers, however many links they hold.
var alwaysMenu = regexp.MustCompile(`^((main|top|sub|footer|site|primary)-?)?(nav|navbar|navigation|menu|breadcrumbs?|footer)$`)

// furniture knows what on a listing's page is menu, header, footer or pager.
// Class words that most of the page's titles stand under are not believed:
// they name the place of the list.
type furniture struct {
	above      map[*html.Node][]string // words and tags that speak against a node
	disbelieve map[string]bool
}

func newFurniture(doc *goquery.Document) *furniture {
	f := &furniture{above: map[*html.Node][]string{}, disbelieve: map[string]bool{}}
	count, titles := map[string]int{}, 0
	for i, n := range doc.Find("a[href]").Nodes {
		if i >= maxLinks {
			break
		}
		if !titleLike(nodeText(n)) {
			continue
		}
		titles++
		for _, word := range f.accusers(n) {
			count[word]++
		}
	}
	for word, n := range count {
		if word[0] != '<' && n >= 3 && n*2 >= titles && !alwaysMenu.MatchString(word) {
			f.disbelieve[word] = true
		}
	}
	return f
}

// holds tells whether n stands in furniture.
func (f *furniture) holds(n *html.Node) bool {
	for _, word := range f.accusers(n) {
		if !f.disbelieve[word] {
			return true
		}
	}
	return false
}

// accusers are the class words and tags around n that name furniture.
func (f *furniture) accusers(n *html.Node) []string {
	if n == nil || n.Type != html.ElementNode || n.Data == "body" {
		return nil
	}
	if words, ok := f.above[n]; ok {
		return words
	}
	words := f.accusers(n.Parent)
	if word := accusation(n); word != "" {
		words = append(slices.Clip(words), word)
	}
	f.above[n] = words
	return words
}

// accusation is what names an element furniture, a tag in angles.
func accusation(n *html.Node) string {
	switch {
	case furnitureTag[n.Data] && (n.Data != "header" || !insideArticle(n)):
		return "<" + n.Data + ">"
	case n.Data == "a" || holdsPage(n):
		return ""
	case furnitureRole.MatchString(Attr(n, "role")):
		return "<role>"
	}
	return Named(n, furnitureName)
}
