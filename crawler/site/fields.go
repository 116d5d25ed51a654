package site

import (
	"regexp"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// Sample is an article's page with what is known to stand in it.
type Sample struct {
	Page  []byte
	Title string
	First string // a first piece of the body's text
	Last  string // a last one
	Date  string // as printed
}

// FieldSelectors finds selectors that lead to the same parts in every sample:
// title, body and date. A field whose place differs between the samples, or
// for which fewer than two samples are known, stays empty.
func FieldSelectors(samples []Sample) Selectors {
	var docs []*goquery.Document
	for _, s := range samples {
		doc, err := ParseHTML(s.Page)
		if err != nil {
			return Selectors{}
		}
		docs = append(docs, doc)
	}
	var out Selectors
	out.Title = common(docs, func(i int) *html.Node { return smallest(docs[i], samples[i].Title, "", true) })
	out.Body = common(docs, func(i int) *html.Node { return smallest(docs[i], samples[i].First, samples[i].Last, false) })
	out.Date = common(docs, func(i int) *html.Node { return smallest(docs[i], samples[i].Date, "", false) })
	if out.Date == out.Body {
		out.Date = ""
	}
	return out
}

// smallest is the innermost element of the body that holds the texts; with
// whole set its text must be no longer than them.
func smallest(doc *goquery.Document, first, last string, whole bool) *html.Node {
	first, last = squeeze(first), squeeze(last)
	if first == "" {
		return nil
	}
	var best *html.Node
	for _, body := range doc.Find("body").Nodes {
		Walk(body, func(n *html.Node) bool {
			if n.Type != html.ElementNode || n.Data == "script" || n.Data == "style" {
				return false
			}
			text := squeeze(nodeText(n))
			holds := strings.Contains(text, first) && strings.Contains(text, last)
			if holds && (!whole || len(text) <= len(first)+20) {
				best = n
			}
			return holds
		})
	}
	return best
}

// squeeze drops white space, which portals print as they like.
func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

// common is the first selector, by id, class or place, that finds exactly the
// wanted element first in every sample.
func common(docs []*goquery.Document, find func(i int) *html.Node) string {
	var nodes []*html.Node
	var among []*goquery.Document
	for i, doc := range docs {
		if n := find(i); n != nil {
			nodes, among = append(nodes, n), append(among, doc)
		}
	}
	if len(nodes) < 2 || len(nodes)*3 < len(docs)*2 {
		return ""
	}
	for _, sel := range selectorsOf(nodes[0]) {
		if finds(among, nodes, sel) {
			return sel
		}
	}
	return ""
}

func finds(docs []*goquery.Document, nodes []*html.Node, sel string) bool {
	for i, doc := range docs {
		found := doc.Find(sel)
		if found.Length() == 0 || found.Length() > 3 || found.Nodes[0] != nodes[i] {
			return false
		}
	}
	return true
}

var plainName = regexp.MustCompile(`^[A-Za-z_][\w-]*$`)

// varies are class names that say nothing lasting about an element.
var varies = regexp.MustCompile(`(?i)\d{3,}|^(clearfix|row|col-\S+|left|right|active|first|last|odd|even|wow|animated|fadeIn\w*|text-\w+|p[lrtbxy]?-\d|m[lrtbxy]?-\d)$`)

// selectorsOf proposes selectors for a node, the most lasting first: its own
// id or class, a class around it, two of them.
func selectorsOf(n *html.Node) []string {
	own := simple(n)
	var out []string
	for _, s := range own {
		if s != n.Data {
			out = append(out, s)
		}
	}
	for up, level := n.Parent, 0; up != nil && up.Type == html.ElementNode && up.Data != "body" && level < 4; up, level = up.Parent, level+1 {
		for _, outer := range simple(up) {
			if outer == up.Data {
				continue
			}
			for _, inner := range own {
				out = append(out, outer+" "+inner)
			}
		}
	}
	if n.Data == "h1" || n.Data == "article" || n.Data == "main" {
		out = append(out, n.Data)
	}
	return out
}

// simple are the selectors of one element alone.
func simple(n *html.Node) []string {
	var out []string
	if v := Attr(n, "itemprop"); plainName.MatchString(v) {
		out = append(out, "[itemprop="+v+"]")
	}
	if id := Attr(n, "id"); plainName.MatchString(id) {
		if i := strings.LastIndexByte(id, '_'); i > 0 && (strings.HasPrefix(id, "ctl") || strings.HasPrefix(id, "dnn_ctr")) {
			out = append(out, "[id$="+id[i:]+"]") // ASP.NET numbers the containers in front
		}
		if !varies.MatchString(id) {
			out = append(out, "#"+id)
		}
	}
	classes := strings.Fields(Attr(n, "class"))
	for i, c := range classes {
		if i < 4 && plainName.MatchString(c) && !varies.MatchString(c) && !slices.Contains(out, "."+c) {
			out = append(out, n.Data+"."+c)
		}
	}
	return append(out, n.Data)
}
