package extract

import (
	"unicode/utf8"

	"bantin/crawler/site"

	"golang.org/x/net/html"
)

// place is where a node stands in the page: how many nodes and how many links
// come before it.
type place struct{ node, links int32 }

// number gives every node its place and finds where the root's sentences
// begin and end.
func (r *reader) number() {
	r.places = map[*html.Node]place{}
	at := place{node: 1} // behind the document itself
	for n := range r.doc.Nodes[0].Descendants() {
		r.places[n] = at
		at.node++
		if n.Type == html.ElementNode && n.Data == "a" {
			at.links++
		}
	}
	if r.root == nil {
		return
	}
	r.firstProse, r.after = r.places[r.root], r.places[r.root]
	found := false
	r.left.eachProse(r.root, func(n *html.Node, letters int) {
		heading := site.IsHeading(blockOf(n)) // prose only where there is no other
		if letters < 50 || heading && found || utf8.RuneCountInString(plain(blockOf(n))) < 60 {
			return
		}
		if !found {
			r.firstProse, found = r.places[n], !heading
		}
		r.after = r.places[n]
	})
}

// beforeText tells whether a node stands between the title and the text.
func (r *reader) beforeText(n *html.Node) bool {
	at := r.places[n]
	return at.node < r.firstProse.node && (r.titleNode == nil || at.node > r.places[r.titleNode].node)
}

// maxLinksBelowTitle is how many links may stand between a title and its text;
// a banner is parted from the text by the portal's menu.
const maxLinksBelowTitle = 15

// headsText tells whether a node can be the title of the text: it stands above
// it, with no menu in between.
func (r *reader) headsText(n *html.Node) bool {
	if r.root == nil {
		return true
	}
	at := r.places[n]
	return at.node <= r.firstProse.node && r.firstProse.links-at.links <= maxLinksBelowTitle
}
