package extract

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"bantin/analyzers/vi"
	"bantin/crawler/site"
)

var (
	titleParts  = regexp.MustCompile(`\s+[-–—|»:/·•]+\s+|\s*[|»]\s*|::`)
	siteWords   = regexp.MustCompile(`^(cong|trang) (thong tin|tin)( dien tu)?( |$)|^trang chu( |$)|^(bao|tap chi|dai phat thanh)( va truyen hinh)? [^,]{2,30} (dien tu|online)$|^(website|home|homepage|home page|index|default|untitled|tin tuc|chi tiet( tin)?|chi tiet bai viet|noi dung|xem tin|tin tuc su kien)$|^www\.|^https?:`)
	kickerClass = regexp.MustCompile(`(?i)kicker|chuyen-?muc|category|sub-?title|pre-?title|(^|\s)(date|time|label|badge)`)
	titleClass  = `h1, h2, h3, [class*=title], [class*=tieude], [class*=tieu-de], [class*=Title], [id*=itle], [id*=TieuDe], [class*=headline]`
	titleTail   = regexp.MustCompile(`\s*\(\s*\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d[^()]{0,20}\)\s*$|\s*\[?\s*(?:Bản in|In bài|In trang)\s*\]?\s*$`)
)

// title finds the article's title and the element that shows it: by the
// profile, then the element that the page's head agrees with, then the
// family's selector, then the head alone.
func (r *reader) title() string {
	if r.p.Select.Title != "" {
		if s := site.First(r.doc.Selection, r.p.Select.Title); s.Length() > 0 {
			return r.take(s)
		}
		r.missed = true
	}
	head := r.headTitles()
	if s := r.agreed(head); s != nil {
		return r.take(s)
	}
	if s := r.equal(head); s != nil {
		return r.take(s)
	}
	for _, sel := range []string{r.family.Select.Title, "h1", "article h2, main h2"} {
		if s := r.firstTitle(sel); s != nil {
			return r.take(s)
		}
	}
	if s := r.titleAbove(); s != "" {
		return s
	}
	for _, h := range head {
		if !r.isSiteName(h) && utf8.RuneCountInString(h) >= 10 {
			return trimTitle(h)
		}
	}
	if len(head) > 0 {
		return head[0]
	}
	return ""
}

func (r *reader) take(s *goquery.Selection) string {
	r.titleNode = s.Nodes[0]
	if goquery.NodeName(s) == "meta" {
		return trimTitle(s.AttrOr("content", ""))
	}
	return trimTitle(titleText(s.Nodes[0]))
}

// trimTitle drops what portals append to a title: its date, "Bản in".
func trimTitle(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	for {
		short := titleTail.ReplaceAllString(s, "")
		if short == s {
			return s
		}
		s = short
	}
}

// titleText is an element's text without a kicker or date inside it.
func titleText(n *html.Node) string {
	var b strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
		case n.Type == html.ElementNode && (skipTag[n.Data] || n.Data == "time" || n.Data == "small"):
		case n.Type == html.ElementNode && b.Len() >= 0 && kickerClass.MatchString(site.Attr(n, "class")) && n.Parent != nil && hasOtherText(n):
		default:
			if n.Data == "br" {
				b.WriteByte(' ')
			}
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				walk(c)
			}
			if blockTag[n.Data] {
				b.WriteByte(' ')
			}
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		walk(c)
	}
	return b.String()
}

// hasOtherText tells whether the element beside n holds text without it.
func hasOtherText(n *html.Node) bool {
	for c := n.Parent.FirstChild; c != nil; c = c.NextSibling {
		if c != n && utf8.RuneCountInString(plain(c)) > 10 {
			return true
		}
	}
	return false
}

func (r *reader) firstTitle(sel string) *goquery.Selection {
	for _, one := range site.Alternatives(sel) {
		found := r.doc.Find(one)
		for i := range found.Nodes {
			s := found.Eq(i)
			text := trimTitle(titleText(s.Nodes[0]))
			if utf8.RuneCountInString(text) >= 10 && !r.isSiteName(text) && !r.left.around(s.Nodes[0]) && r.headsText(s.Nodes[0]) {
				return s
			}
		}
	}
	return nil
}

var titleish = regexp.MustCompile(`(?i)title|tieu-?de|headline|heading|tde`)

// titleAbove looks for a headline in the lines just above the text, for pages
// whose head names the portal and whose title is a mere span.
func (r *reader) titleAbove() string {
	if r.root == nil {
		return ""
	}
	top := r.root
	for up := 0; up < 8 && top.Parent != nil && top.Parent.Type == html.ElementNode; up++ {
		top = top.Parent
	}
	var best line
	score := 0.0
	distance := 0
	lines := linesOf(top, r.left)
	first := len(lines)
	for i, l := range lines {
		if l.from != nil && r.places[l.from].node >= r.places[r.root].node && utf8.RuneCountInString(l.text) >= 150 {
			first = i
			break
		}
	}
	for i := first - 1; i >= 0 && distance < 14; i-- {
		l := lines[i]
		if l.text == "" {
			continue
		}
		distance++
		if s := r.headlineScore(l) - float64(distance)*0.15; s > score {
			best, score = l, s
		}
	}
	if best.from != nil {
		r.titleNode = holderOf(best.from, best.text)
	}
	return trimTitle(best.text)
}

// holderOf is the innermost element below n that holds a text alone, n when
// the text stands in n itself.
func holderOf(n *html.Node, text string) *html.Node {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && strings.Contains(plain(c), text) {
			return holderOf(c, text)
		}
	}
	return n
}

// headlineScore weighs how much a line looks like a headline, 0 for not.
func (r *reader) headlineScore(l line) float64 {
	n := utf8.RuneCountInString(l.text)
	if n < 15 || n > 300 || strings.Count(l.text, " ") < 3 || l.linked() || l.caption || l.right || isFurniture(l.text) || looksDated(l.text) || r.isSiteName(l.text) || !r.headsText(l.from) {
		return 0
	}
	score := 2.0
	if strings.HasSuffix(l.text, ".") {
		score -= 1.5
	}
	if n > 180 {
		score--
	}
	if len(l.from.Data) == 2 && l.from.Data[0] == 'h' || marksTitle(l.from) {
		score += 2
	}
	return score
}

// marksTitle tells whether a block or what is right inside it is called a
// title or set in bold.
func marksTitle(n *html.Node) bool {
	for up := 0; n != nil && up < 3; up++ {
		if titleish.MatchString(site.Attr(n, "class")) || titleish.MatchString(site.Attr(n, "id")) || n.Data == "b" || n.Data == "strong" {
			return true
		}
		n = n.FirstChild
		for n != nil && n.Type != html.ElementNode {
			n = n.NextSibling
		}
	}
	return false
}

// isSiteName tells whether a text is the portal's own name or a label that
// every page shows in the place of a title.
func (r *reader) isSiteName(s string) bool {
	f := strings.Trim(vi.Fold(strings.Join(strings.Fields(s), " ")), " .:-|")
	for _, name := range []string{r.p.Name, r.doc.Find(`meta[property="og:site_name"]`).AttrOr("content", ""), strings.TrimPrefix(r.url.Hostname(), "www.")} {
		if n := strings.Trim(vi.Fold(strings.TrimSpace(name)), " .:-|"); n != "" && f == n {
			return true
		}
	}
	return siteWords.MatchString(f)
}

// SameTitle tells whether two prints of a title are one: accents and marks
// aside, and one of them may be cut short.
func SameTitle(a, b string) bool {
	a, b = foldedWords(a), foldedWords(b)
	if len(a) > len(b) {
		a, b = b, a
	}
	return a != "" && strings.HasPrefix(b, a) || strings.Contains(b, a) && len(a)*2 > len(b)
}
