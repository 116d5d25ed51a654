package extract

import (
	"encoding/json"
	"regexp"

	"bantin/crawler/site"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// machineDates are the marks of a date of publication for machines: microdata,
// RDFa, microformats; those of creation come last.
var machineDates = []string{
	`[itemprop~=datePublished]`, `[property~="schema:datePublished"], [property~="datePublished"], [property~="dc:date"], [property~="dc:issued"], [property~="dcterms:issued"], [property~="dcterms:date"], .dt-published, time[pubdate]`,
	`[itemprop~=dateCreated], [property~="dc:created"], [property~="dcterms:created"], [property~="schema:dateCreated"], [property~="dateCreated"]`,
}

// microdata are dates marked for machines around or in the article. One
// outside of it counts when it has a machine's form and is the only one.
func (r *reader) microdata() []string {
	var out []string
	for _, sel := range machineDates {
		found := r.doc.Find(sel)
		for _, n := range found.Nodes {
			machine := site.Attr(n, "content") != "" || site.Attr(n, "datetime") != ""
			sole := machine && found.Length() == 1
			inside := !r.left.around(n) && (r.scope == nil || site.Holds(r.scope, n))
			if !inside && !sole && (!machine || n.Data != "meta" || r.left.around(n)) {
				continue
			}
			out = append(out, dateTexts(goquery.NewDocumentFromNode(n).Selection)...)
			break
		}
	}
	return append(out, r.linked().published...)
}

// linkedData is what a page says of its article in JSON-LD.
type linkedData struct {
	published []string
	author    string
}

// mostLinked bounds what is read of JSON-LD, in bytes and in elements.
const (
	mostLinked     = 256 << 10
	linkedElements = 8
)

// linked reads the page's JSON-LD once.
func (r *reader) linked() linkedData {
	if r.linkedData != nil {
		return *r.linkedData
	}
	r.linkedData = &linkedData{}
	r.doc.Find(`script[type="application/ld+json"]`).EachWithBreak(func(i int, s *goquery.Selection) bool {
		var v any
		if text := s.Text(); len(text) <= mostLinked && json.Unmarshal([]byte(text), &v) == nil {
			r.linkedData.add(v, 0)
		} else if m := ldDate.FindStringSubmatch(text[:min(len(text), mostLinked)]); m != nil {
			r.linkedData.published = append(r.linkedData.published, m[1])
		}
		return i < linkedElements
	})
	return *r.linkedData
}

// add looks for articles, at the top, in a list or in a @graph.
func (l *linkedData) add(v any, depth int) {
	switch v := v.(type) {
	case []any:
		for _, one := range v[:min(len(v), 50)] {
			l.add(one, depth+1)
		}
	case map[string]any:
		if s, ok := v["datePublished"].(string); ok && len(l.published) < linkedElements {
			l.published = append(l.published, s)
		}
		if l.author == "" && (v["headline"] != nil || v["datePublished"] != nil) {
			l.author = nameIn(v["author"])
		}
		if depth < 4 {
			l.add(v["@graph"], depth+1)
			l.add(v["mainEntity"], depth+1)
		}
	}
}

// nameIn is the name of the first person of a JSON-LD value.
func nameIn(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []any:
		if len(v) > 0 {
			return nameIn(v[0])
		}
	case map[string]any:
		if v["@type"] != "Organization" {
			return nameIn(v["name"])
		}
	}
	return ""
}

var ldDate = regexp.MustCompile(`"datePublished"\s*:\s*"([^"]{8,40})"`)

// timesBelow are the dates behind the text in elements that are made for them,
// before the next heading, which begins something else.
func (r *reader) timesBelow() []string {
	if r.scope == nil || r.root == nil {
		return nil
	}
	var out []string
	r.behind(func(n *html.Node) bool {
		if site.IsHeading(n) || n.Data == "li" && len(plain(n)) > 80 || len(out) > 6 {
			return false
		}
		if n.Data == "time" && site.Attr(n, "datetime") != "" || belowDate.MatchString(site.Attr(n, "class")) && looksDated(plain(n)) {
			out = append(out, dateTexts(goquery.NewDocumentFromNode(n).Find("time[datetime]").AddNodes(n))...)
		}
		return true
	})
	return out
}

// belowDate are names of elements that date a post and stand below its text.
var belowDate = regexp.MustCompile(`(?i)(^|[\s_-])((post|entry|publish(ed)?|article|news)[-_]?(date|time|on)|posted[-_]on|ngay[-_]?dang)([\s_-]|$)`)

// behind visits the elements of the scope that come after the root, in order,
// until visit says false.
func (r *reader) behind(visit func(n *html.Node) bool) {
	after := false
	var walk func(n *html.Node) bool
	walk = func(n *html.Node) bool {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c == r.root:
				after = true
				continue
			case c.Type != html.ElementNode || r.left[c]:
				continue
			case after && !visit(c):
				return false
			}
			if !walk(c) {
				return false
			}
		}
		return true
	}
	walk(r.scope)
}
