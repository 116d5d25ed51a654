package site

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// turn is one link of a pager.
type turn struct {
	node *html.Node
	kind turnKind
	page int // of toPage
}

type turnKind int

const (
	notTurn turnKind = iota
	toPage
	toMore // … : the next or the previous dozen
	toNext
	toLast
	toBack // first or previous
)

// pager is a listing's pager as printed.
type pager struct {
	turns   []turn
	current int // 0 unknown
	last    int // 0 unknown
}

var (
	pageWord = regexp.MustCompile(`(?i)^(?:trang|page|p\.)?\s*[\[(]?(\d{1,6})[\])]?$`)
	pageOf   = regexp.MustCompile(`(?i)\b(?:trang|page)\s*(?:số)?\s*:?\s*(\d{1,6})\s*(?:/|trên(?: tổng số)?|trong(?: tổng số)?|của|of)\s*(\d{1,6})`)
	pagerBox = regexp.MustCompile(`(?i)(^|[\s_-])(pagination|paginator|paging|pager|pages?|page-?numbers?|wp-pagenavi|phan-?trang|navigation|nav-links|taglib-page-iterator|lfr-pagination\w*|datapager|page-?nav\w*|gridpager)([\s_-]|$)`)
	dateBox  = regexp.MustCompile(`(?i)calendar|datepicker|lich|ngay|thang|month`)
	openItem = regexp.MustCompile(`(?i)(^|\s)(active|current|selected|disabled|page-current|currentpage|cpb)(\s|$)`)
)

var turnSigns = map[string]turnKind{
	"...": toMore, "…": toMore, "[...]": toMore, "..": toMore,
	">": toNext, "›": toNext, "»": toNext, ">>": toNext, "→": toNext, "⟩": toNext, "❯": toNext, "▶": toNext, "►": toNext,
	">|": toLast, "»»": toLast, ">>|": toLast, "»|": toLast, "⏭": toLast, ">>>": toLast,
	"<": toBack, "‹": toBack, "«": toBack, "<<": toBack, "←": toBack, "|<": toBack, "««": toBack, "|«": toBack, "⟨": toBack, "❮": toBack, "◀": toBack, "◄": toBack,
}

var turnWords = map[string]turnKind{
	"tiếp": toNext, "tiếp theo": toNext, "trang sau": toNext, "sau": toNext, "trang tiếp": toNext, "trang tiếp theo": toNext,
	"trang kế": toNext, "trang kế tiếp": toNext, "kế tiếp": toNext, "next": toNext, "next page": toNext, "older posts": toNext,
	"older": toNext, "bài cũ hơn": toNext, "bài viết cũ hơn": toNext, "các tin cũ hơn": toNext, "tin cũ hơn": toNext, "cũ hơn": toNext,
	"cuối": toLast, "trang cuối": toLast, "cuối cùng": toLast, "last": toLast, "last page": toLast,
	"đầu": toBack, "trang đầu": toBack, "đầu tiên": toBack, "first": toBack, "first page": toBack, "trước": toBack, "trang trước": toBack, "previous": toBack,
	"prev": toBack, "quay lại": toBack, "newer posts": toBack, "mới hơn": toBack, "bài mới hơn": toBack, "previous page": toBack, "về trước": toBack, "lùi": toBack, "tới": toNext,
}

// readPager finds the pager of a page: the block with the most page links.
func (p *Profile) readPager(pageURL, base *url.URL, doc *goquery.Document, turns turnTable, boxes []*html.Node) pager {
	var pg pager
	var box *html.Node
	if len(boxes) > 0 {
		box = boxes[0]
		pg.turns = turns.in(box)
	}
	if m := pageOf.FindStringSubmatch(pageStatement(doc, box)); m != nil {
		pg.current, pg.last = atoi(m[1]), atoi(m[2])
	}
	if box != nil && pg.current == 0 {
		pg.current = currentPage(box, pg.turns)
	}
	if pg.current == 0 {
		pg.current = p.currentByAddress(pageURL, base, pg.turns)
	}
	for _, t := range pg.turns {
		pg.last = max(pg.last, t.page)
	}
	pg.last = max(pg.last, pg.current)
	return pg
}

// pageStatement is the text that may say "Trang: 1 trên tổng số 26 trang".
func pageStatement(doc *goquery.Document, box *html.Node) string {
	for n, up := box, 0; n != nil && up < 7; n, up = n.Parent, up+1 {
		s := nodeText(n)
		if len(s) > 20000 {
			break
		}
		if at := pageOf.FindAllStringIndex(s, 5); len(at) > 0 {
			last := at[len(at)-1]
			return s[last[0]:last[1]]
		}
	}
	if box != nil {
		return ""
	}
	s := Text(doc.Find("body"))
	if len(s) > 2000 { // a pager stands at the end of the listing
		at := pageOf.FindAllStringIndex(s, 3)
		if len(at) == 1 {
			return s[at[0][0]:at[0][1]]
		}
		return ""
	}
	return s
}

// maxTurns bounds the pager-like links of a page that are looked at.
const maxTurns = 500

// turnTable holds the links of a page that a pager may have.
type turnTable map[*html.Node]turn

// turnsOf reads the links of a page, in order.
func turnsOf(doc *goquery.Document) (table turnTable, order []*html.Node) {
	table = turnTable{}
	for _, n := range doc.Find("a").Nodes {
		if len(order) >= maxTurns {
			break
		}
		if t := turnOf(n); t.kind != notTurn {
			table[n], order = t, append(order, n)
		}
	}
	return table, order
}

// boxes returns the blocks that look like pagers, the likeliest first.
func (tt turnTable) boxes(order []*html.Node) []*html.Node {
	type found struct {
		box   *html.Node
		score int
	}
	var all []found
	seen := map[*html.Node]bool{}
	for _, n := range order {
		box := tt.boxOf(n)
		if box == nil || seen[box] {
			continue
		}
		seen[box] = true
		if s := tt.score(box); s > 0 {
			all = append(all, found{box, s})
		}
	}
	slices.SortStableFunc(all, func(a, b found) int { return b.score - a.score })
	out := make([]*html.Node, len(all))
	for i, f := range all {
		out[i] = f.box
	}
	return out
}

// boxOf climbs from one page link to the block that holds its fellows.
func (tt turnTable) boxOf(n *html.Node) *html.Node {
	best, most := n.Parent, 0
	for up, box := 0, n.Parent; box != nil && up < 6 && box.Data != "body" && box.Data != "form"; up, box = up+1, box.Parent {
		turns, links := tt.count(box)
		if links > turns+3 {
			break
		}
		if turns > most {
			best, most = box, turns
		}
		if named(box, pagerBox) && turns > 0 && turns == links {
			best = box
		}
	}
	return best
}

func (tt turnTable) count(box *html.Node) (turns, links int) {
	for n := range box.Descendants() {
		if n.Type != html.ElementNode || n.Data != "a" {
			continue
		}
		links++
		if tt[n].kind != notTurn {
			turns++
		}
		if links == 200 {
			break
		}
	}
	return turns, links
}

// score is 0 for blocks that are no pager: calendars, ratings, tabs.
func (tt turnTable) score(box *html.Node) int {
	turns := tt.in(box)
	numbers, arrows, days := 0, 0, 0
	for _, t := range turns {
		switch t.kind {
		case toPage:
			numbers++
			if t.page <= 31 {
				days++
			}
		case toNext, toLast, toMore:
			arrows++
		}
	}
	if days >= 25 && (box.Data == "table" || box.Data == "tbody" || box.Data == "tr" || named(box, dateBox)) || inDateBox(box) {
		return 0
	}
	score := numbers*2 + arrows*3
	if score > 0 && (named(box, pagerBox) || box.Parent != nil && named(box.Parent, pagerBox)) {
		score += 20
	}
	for _, t := range turns {
		if strings.EqualFold(Attr(t.node, "rel"), "next") {
			score += 10
		}
	}
	if inSide(box) {
		score /= 4
	}
	return score
}

func inDateBox(n *html.Node) bool {
	for up := 0; n != nil && up < 5 && n.Data != "body"; n, up = n.Parent, up+1 {
		if id := Attr(n, "id") + " " + Attr(n, "class"); strings.Contains(strings.ToLower(id), "calendar") || strings.Contains(strings.ToLower(id), "datepicker") {
			return true
		}
	}
	return false
}

// in lists the turns inside a block.
func (tt turnTable) in(box *html.Node) []turn {
	var out []turn
	for n := range box.Descendants() {
		if t, ok := tt[n]; ok && len(out) < 200 {
			out = append(out, t)
		}
	}
	double := slices.ContainsFunc(out, func(t turn) bool { return nodeText(t.node) == "›" || nodeText(t.node) == ">" })
	for i, t := range out { // » beside › is the last page, alone it is the next
		if s := nodeText(t.node); double && (s == "»" || s == ">>") {
			out[i].kind = toLast
		}
	}
	return out
}

// turnOf reads one link as a pager's.
func turnOf(a *html.Node) turn {
	if !leads(a) {
		return turn{}
	}
	text := nodeText(a)
	if len(text) > 40 {
		return turn{}
	}
	if m := pageWord.FindStringSubmatch(text); m != nil {
		return turn{a, toPage, atoi(m[1])}
	}
	if text == "" {
		text = iconWord(a)
	} else if kind, ok := turnSigns[text]; ok {
		return turn{a, kind, 0}
	}
	word := strings.ToLower(strings.Trim(text, " «»‹›<>→←|[]()."))
	if kind, ok := turnWords[word]; ok {
		return turn{a, kind, 0}
	}
	if strings.EqualFold(Attr(a, "rel"), "next") && strings.Count(text, " ") < 5 {
		return turn{a, toNext, 0}
	}
	return turn{}
}

// iconWord is the word behind a link that shows only an icon.
func iconWord(a *html.Node) string {
	for _, key := range []string{"aria-label", "title"} {
		if v := Attr(a, key); v != "" {
			return v
		}
	}
	for c := a.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		for _, key := range []string{"alt", "title", "aria-label"} {
			if v := Attr(c, key); v != "" {
				return v
			}
		}
		switch class := Attr(c, "class"); {
		case strings.Contains(class, "double-right"), strings.Contains(class, "last"), strings.Contains(class, "end"):
			return "last"
		case strings.Contains(class, "right"), strings.Contains(class, "next"), strings.Contains(class, "forward"):
			return "next"
		case strings.Contains(class, "left"), strings.Contains(class, "prev"):
			return "prev"
		}
	}
	return ""
}

// leads tells whether a link leads anywhere: an address or a postback.
func leads(a *html.Node) bool {
	href := strings.TrimSpace(Attr(a, "href"))
	if _, _, ok := postbackOf(a); ok {
		return true
	}
	low := strings.ToLower(href)
	return href != "" && href[0] != '#' && !strings.HasPrefix(low, "javascript:") && !strings.HasPrefix(low, "mailto:")
}

// currentPage is the number that a pager prints without a link, or marks.
func currentPage(box *html.Node, turns []turn) int {
	for _, t := range turns {
		if t.kind == toPage && (marked(t.node) || t.node.Parent != nil && t.node.Parent != box && marked(t.node.Parent)) {
			return t.page
		}
	}
	var plain []int
	Walk(box, func(n *html.Node) bool {
		if n.Type == html.TextNode {
			for word := range strings.FieldsSeq(n.Data) {
				if m := pageWord.FindStringSubmatch(strings.Trim(word, "|,·-")); m != nil {
					plain = append(plain, atoi(m[1]))
				}
			}
		}
		return n.Type != html.ElementNode || n.Data != "select" && n.Data != "script" && (n.Data != "a" || !leads(n))
	})
	if len(plain) == 1 {
		return plain[0]
	}
	return missingNumber(turns)
}

func marked(n *html.Node) bool {
	return openItem.MatchString(Attr(n, "class")) || Attr(n, "aria-current") != "" && Attr(n, "aria-current") != "false"
}

// missingNumber is the one gap in a run of page links: 1 2 _ 4 5.
func missingNumber(turns []turn) int {
	var numbers []int
	for _, t := range turns {
		if t.kind == toPage {
			numbers = append(numbers, t.page)
		}
	}
	if len(numbers) == 0 {
		return 0
	}
	if !slices.Contains(numbers, 1) && slices.Min(numbers) == 2 {
		return 1
	}
	for i := 1; i < len(numbers); i++ {
		if numbers[i] == numbers[i-1]+2 {
			return numbers[i] - 1
		}
	}
	return 0
}

// currentByAddress compares the page's own address with those of its pager.
func (p *Profile) currentByAddress(pageURL, base *url.URL, turns []turn) int {
	own := p.Key(pageURL)
	for _, t := range turns {
		if u, ok := resolve(base, Attr(t.node, "href")); ok && t.kind == toPage && p.Key(u) == own {
			return t.page
		}
	}
	if pageNumber(pageURL) == 0 && len(turns) > 0 {
		return 1
	}
	return pageNumber(pageURL)
}

var (
	pathPage  = regexp.MustCompile(`(?i)(?:/page[-/]|/trang-|/p-|-trang-|-page-|-c\d+-)(\d{1,6})(?:\.html?|\.aspx|/)?$`)
	queryPage = regexp.MustCompile(`(?i)^(?:page|pageid|pageindex|pagenumber|pageno|currentpage|curpage|paged|p|trang|_\w+_cur|pg)$`)
)

// pageNumber reads the page number out of an address, 0 when it has none.
func pageNumber(u *url.URL) int {
	if m := pathPage.FindStringSubmatch(u.Path); m != nil {
		return atoi(m[1])
	}
	for name, values := range u.Query() {
		if queryPage.MatchString(name) && len(values) > 0 {
			if n := atoi(values[0]); n > 0 {
				return n
			}
		}
	}
	return 0
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
