package extract

import (
	"maps"
	"strings"
	"unicode/utf8"

	"codeberg.org/readeck/go-readability"
	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"bantin/crawler/site"
)

// findRoot finds the element that holds the article's text: by the profile,
// by the family's selector when it holds most of what the densest element
// holds, else the densest element, at last what readability keeps.
func (r *reader) findRoot() {
	dense, weight := r.densest()
	if r.p.Select.Body != "" {
		s := site.First(r.doc.Selection, r.p.Select.Body)
		if s.Length() > 0 && (weight < plainBody || r.left.proseIn(s.Nodes[0])*4 >= weight) {
			r.root = s.Nodes[0]
			return
		}
		r.missed = true
	}
	for _, one := range site.Alternatives(r.family.Select.Body) {
		if n, w := r.left.heaviest(r.doc.Find(one)); n != nil && w > 0 && w*2 >= weight {
			r.root = n
			return
		}
	}
	r.guessed = true
	dense = r.left.allRows(dense, weight)
	if dense != nil && weight >= 80 {
		r.root = dense
		return
	}
	r.root = r.readable()
}

// plainBody is how much prose, in letters, a page must hold before the
// profile's selector, which finds less than a quarter of it, is doubted.
const plainBody = 400

// densest is the element with the most prose nearby: a text counts whole for
// the block that holds its paragraph, half for the next one, a quarter for the
// one after, so that the innermost element around most paragraphs wins.
func (r *reader) densest() (best *html.Node, weight int) {
	score, prose := map[*html.Node]float64{}, map[*html.Node]int{}
	var order []*html.Node
	body := r.doc.Find("body").First()
	if body.Length() == 0 {
		return nil, 0
	}
	r.left.eachProse(body.Nodes[0], func(n *html.Node, letters int) {
		block := blockOf(n)
		if block.Data == "p" || block.Data == "li" || block.Data == "blockquote" || len(block.Data) == 2 && block.Data[0] == 'h' {
			block = blockOf(block)
		}
		share := float64(letters)
		for up := 0; up < 4 && block != nil && block.Type == html.ElementNode; up++ {
			if score[block] == 0 {
				order = append(order, block)
			}
			score[block] += share
			prose[block] += letters
			share *= 0.55
			if block.Data == "body" {
				break
			}
			block = blockOf(block)
		}
	})
	top := 0.0
	for _, n := range order {
		s := score[n] * (1 - linkShare(n))
		if s > top {
			best, top = n, s
		}
	}
	return best, prose[best]
}

// allRows widens a cell to its table when the rows around it hold a good part
// of the text as well: some portals put every paragraph into a row.
func (l left) allRows(cell *html.Node, weight int) *html.Node {
	row := cell
	for row != nil && row.Data != "tr" {
		if row.Data != "td" && row.Data != "tr" && row != cell {
			return cell
		}
		row = row.Parent
	}
	if row == nil || row.Parent == nil {
		return cell
	}
	beside := 0
	for c := row.Parent.FirstChild; c != nil; c = c.NextSibling {
		if c != row && c.Data == "tr" {
			beside += l.proseIn(c)
		}
	}
	if beside*5 >= weight*2 {
		return row.Parent
	}
	return cell
}

func blockOf(n *html.Node) *html.Node {
	n = n.Parent
	for n != nil && n.Type == html.ElementNode && !blockTag[n.Data] {
		n = n.Parent
	}
	return n
}

// readable asks go-readability, whose tree has forgotten classes: the last
// resort. It takes no part in a page of many elements, on which it is slow.
func (r *reader) readable() *html.Node {
	if weight := r.left.proseIn(r.doc.Nodes[0]); weight < 80 || r.doc.Find("*").Length() > 20000 {
		return nil
	}
	parser := readability.NewParser()
	parser.CharThresholds = 100
	clone := goquery.CloneDocument(r.doc)
	found, err := parser.ParseDocument(clone.Nodes[0], r.url)
	if err != nil || found.Node == nil {
		return nil
	}
	for n := range furnitureOf(found.Node) {
		r.left[n] = true
	}
	return found.Node
}

// findScope sets the smallest element around title and body, within which the
// date, lead and author are looked for.
func (r *reader) findScope() {
	switch {
	case r.root == nil:
		return
	case r.titleNode != nil:
		r.scope = site.Around(r.titleNode, r.root)
	}
	if r.scope == nil {
		r.scope = r.root
		for up := 0; up < 2 && r.scope.Parent != nil && r.scope.Parent.Type == html.ElementNode && r.scope.Parent.Data != "body"; up++ {
			r.scope = r.scope.Parent
		}
	}
}

// lead is the text of a lead element apart from the body: selected, else a
// paragraph between title and body.
func (r *reader) lead() string {
	if r.root == nil {
		return ""
	}
	for _, sel := range []string{r.p.Select.Lead, r.family.Select.Lead} {
		for _, one := range site.Alternatives(sel) {
			found := r.doc.Find(one)
			for _, n := range found.Nodes {
				if t := r.proseLine(n); t != "" && !site.Holds(n, r.root) && !r.left.around(n) && (r.scope == nil || site.Holds(r.scope, n) || sel == r.p.Select.Lead) {
					if site.Holds(r.root, n) {
						return "" // the body begins with it
					}
					return t
				}
			}
		}
	}
	return r.leadBetween()
}

// proseLine is an element's text when it reads like a lead.
func (r *reader) proseLine(n *html.Node) string {
	if n.Data == "meta" {
		return ""
	}
	var parts []string
	for _, l := range linesOf(n, r.left) {
		if !l.linked() && !isFurniture(l.text) {
			parts = append(parts, l.text)
		}
	}
	s := strings.Join(parts, " ")
	if utf8.RuneCountInString(s) < 40 {
		return ""
	}
	return s
}

// leadBetween joins the sentences printed after the title and before the body.
func (r *reader) leadBetween() string {
	if r.titleNode == nil || r.scope == nil || site.Holds(r.root, r.titleNode) {
		return ""
	}
	for _, l := range r.between() {
		if utf8.RuneCountInString(l.text) >= 60 && !l.linked() && !l.caption && !isFurniture(l.text) && !looksDated(l.text) {
			return l.text
		}
	}
	return ""
}

// between renders what stands after the title and before the body.
func (r *reader) between() []line {
	if r.titleNode == nil || r.root == nil || r.scope == nil {
		return nil
	}
	if r.above == nil {
		r.above = r.readBetween()
	}
	return r.above
}

func (r *reader) readBetween() []line {
	all := linesOf(r.scope, r.left, r.root)
	started := false
	out := []line{}
	for _, l := range all {
		if l.from == r.root || site.Holds(r.root, l.from) {
			break
		}
		if r.showsTitle(l) {
			started, out = true, []line{}
			continue
		}
		if started {
			out = append(out, l)
		}
	}
	return out
}

// showsTitle tells whether a line is the title's own.
func (r *reader) showsTitle(l line) bool {
	return site.Holds(r.titleNode, l.from) && !site.Holds(r.titleNode, r.root) || (site.Holds(l.from, r.titleNode) || site.Holds(r.titleNode, l.from)) && strings.Contains(l.text, trimTitle(titleText(r.titleNode)))
}

// bodyLines renders the body without the parts that selectors remove.
func (r *reader) bodyLines() []line {
	if r.root == nil {
		return nil
	}
	remove := maps.Clone(r.left)
	scope := goquery.NewDocumentFromNode(r.root)
	for _, sel := range []string{r.p.Select.Remove, r.family.Select.Remove} {
		if sel == "" {
			continue
		}
		for _, n := range scope.Find(sel).Nodes {
			remove[n] = true
		}
	}
	return linesOf(r.root, remove)
}
