package extract

import (
	"regexp"

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
			machine := attrOf(n, "content") != "" || attrOf(n, "datetime") != ""
			sole := machine && found.Length() == 1
			inside := !r.left.around(n) && (r.scope == nil || holds(r.scope, n))
			if !inside && !sole && (!machine || n.Data != "meta" || r.left.around(n)) {
				continue
			}
			out = append(out, dateTexts(goquery.NewDocumentFromNode(n).Selection)...)
			break
		}
	}
	r.doc.Find(`script[type="application/ld+json"]`).Each(func(_ int, s *goquery.Selection) {
		if m := ldDate.FindStringSubmatch(s.Text()); m != nil && len(out) < 8 {
			out = append(out, m[1])
		}
	})
	return out
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
		if isHeading(n) || n.Data == "li" && len(plain(n)) > 80 || len(out) > 6 {
			return false
		}
		if n.Data == "time" && attrOf(n, "datetime") != "" || belowDate.MatchString(attrOf(n, "class")) && looksDated(plain(n)) {
			out = append(out, dateTexts(goquery.NewDocumentFromNode(n).Find("time[datetime]").AddNodes(n))...)
		}
		return true
	})
	return out
}

// belowDate are names of elements that date a post and stand below its text.
var belowDate = regexp.MustCompile(`(?i)(^|[\s_-])((post|entry|publish(ed)?|article|news)[-_]?(date|time|on)|posted[-_]on|ngay[-_]?dang)([\s_-]|$)`)

func isHeading(n *html.Node) bool {
	return len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6'
}

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
