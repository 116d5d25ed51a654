package extract

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"bantin/bulletin"
	"bantin/bulletin/cite"
	"bantin/bulletin/facts"
	"bantin/crawler/site"
)

var (
	englishMonth = `(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`
	monthWord    = regexp.MustCompile(`(?i)\bthg\b\.?`)
	dayForm      = `(?i:\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?(?:19|20)\d\d|\d{1,2},?\s+(?:tháng|thg|th)\.?\s*\d{1,2},?\s+(?:năm\s+)?(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d|tháng\s+\p{L}+(?:\s\p{L}+)?\s+\d{1,2},\s+(?:19|20)\d\d|\d{1,2}\s+` + englishMonth + `\s+(?:19|20)\d\d|` + englishMonth + `\s+\d{1,2},\s+(?:19|20)\d\d)`
	hasDay       = regexp.MustCompile(dayForm)
	dateLabel    = regexp.MustCompile(`(?i)(?:cập nhật(?: lúc| ngày)?|ngày (?:đăng|cập nhật|đưa|đưa tin|xuất bản|tạo|viết|ban hành tin)|đăng (?:ngày|lúc)|thời gian(?: đăng)?|gửi lúc|tin đăng ngày|được đăng|xuất bản|đăng tải|published|posted|submitted)`)
	relative     = regexp.MustCompile(`(?i)^\D{0,24}\d+\s+(?:phút|giờ|ngày|tuần|tháng|năm)\s+trước\b|^\d+\s+(?:phút|giờ|ngày|tuần|tháng|năm)$|^\D{0,24}hôm (?:qua|nay)(?:[\s,]*(?:lúc\s*)?\d{1,2}\s*[:h]\s*\d{2})?$`)
	isoTime      = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}T`)
	urlMonth     = regexp.MustCompile(`/((?:19|20)\d\d)/?-?(0[1-9]|1[0-2])/`)
	nvMeta       = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})[^\d]?\S*?(\d{2}:\d{2}:\d{2})$`)
)

// looksDated tells whether a short line is a printed date and little else.
func looksDated(s string) bool {
	if utf8.RuneCountInString(s) > 160 {
		return false
	}
	at := hasDay.FindStringIndex(s)
	if at == nil {
		return utf8.RuneCountInString(s) < 60 && relative.MatchString(s)
	}
	if labelled(s) {
		return true
	}
	return utf8.RuneCountInString(s)-utf8.RuneCountInString(s[at[0]:at[1]]) <= 45 && !strings.HasSuffix(s, ".") &&
		!eventDay.MatchString(s[:at[0]]) && len(cite.Read("", s, cite.Context{})) == 0
}

// eventDay is what stands before the day of an event or of a deadline: such a
// date is not the line's own.
var eventDay = regexp.MustCompile(`(?i)(?:(?:^|[^\d\s]\s+)(?:sáng|trưa|chiều|tối|đêm)(?: nay| qua)?|(?:^|\s)(?:hôm nay|trước|đến|hết|từ))(?:\s+ngày)?\s*\(?\s*(?:ngày\s*)?$|^vào\s`)

// published finds the date of publication where it belongs and nowhere else: a
// page shows many dates, of the clock, of related items, of events.
func (r *reader) published() (t time.Time, p bulletin.Precision, printed string) {
	for _, find := range []func() []string{r.selectedDates, r.microdata, r.familyDates, r.datesAfterTitle, r.metaDates, r.timesBelow, r.datesBelow} {
		for _, s := range find() {
			if t, p, ok := r.accept(s); ok {
				if isoTime.MatchString(s) {
					s = ""
				}
				return t, p, s
			}
		}
	}
	return time.Time{}, "", ""
}

// accept reads one printed date and checks it against the address and clock.
func (r *reader) accept(s string) (time.Time, bulletin.Precision, bool) {
	s = monthWord.ReplaceAllString(strings.Join(strings.Fields(s), " "), "tháng")
	if s == "" || len(s) > 400 {
		return time.Time{}, "", false
	}
	t, p, ok := facts.ReadTimestamp(s, r.fetched)
	if !ok || t.Year() < 1995 || !r.fetched.IsZero() && t.After(r.fetched.Add(36*time.Hour)) || !r.fitsAddress(t) {
		return time.Time{}, "", false
	}
	return t, p, true
}

// fitsAddress bounds a date by the year and month in the address, give or take
// a month: items are written before they are published.
func (r *reader) fitsAddress(t time.Time) bool {
	m := urlMonth.FindStringSubmatch(r.url.Path)
	if m == nil || t.IsZero() {
		return true
	}
	year, _ := strconv.Atoi(m[1])  // digits by the expression
	month, _ := strconv.Atoi(m[2]) // likewise
	apart := (t.Year()-year)*12 + int(t.Month()) - month
	return apart >= -1 && apart <= 1
}

func (r *reader) selectedDates() []string {
	if r.p.Select.Date == "" {
		return nil
	}
	found := r.doc.Find(r.p.Select.Date)
	r.missed = r.missed || found.Length() == 0
	return dateTexts(found)
}

// dateTexts are what elements say about a date: machine-readable first.
func dateTexts(s *goquery.Selection) []string {
	var out []string
	for i, n := range s.Nodes {
		if i >= 5 {
			break
		}
		for _, key := range []string{"datetime", "content"} {
			if v := site.Attr(n, key); v != "" {
				out = append(out, repairMeta(v))
			}
		}
		for _, inner := range goquery.NewDocumentFromNode(n).Find("time[datetime]").First().Nodes {
			out = append(out, site.Attr(inner, "datetime"))
		}
		out = append(out, plain(n))
	}
	return out
}

// repairMeta mends NukeViet's article:published_time, whose unescaped T prints
// the zone: 2020-07-13+0707:57:00.
func repairMeta(s string) string {
	if len(s) > 10 && s[10] != 'T' && s[10] != ' ' {
		if m := nvMeta.FindStringSubmatch(s); m != nil {
			return m[1] + "T" + m[2] + "+07:00"
		}
	}
	return s
}

// familyDates are the family's own places for a date, inside the article.
func (r *reader) familyDates() []string {
	var out []string
	if r.scope == nil {
		return nil
	}
	for _, one := range append(site.Alternatives(r.family.Select.Date), "time[datetime]") {
		for i, n := range r.doc.Find(one).Nodes {
			if i >= 20 || len(out) >= 6 {
				break
			}
			if site.Holds(r.scope, n) && !r.left.around(n) && r.placed(n) {
				out = append(out, dateTexts(goquery.NewDocumentFromNode(n).Selection)...)
			}
		}
	}
	return out
}

// placed tells whether an element may show the article's date: between title
// and text, or anywhere else in the article with a label.
func (r *reader) placed(n *html.Node) bool {
	if r.beforeText(n) || r.titleNode != nil && site.Holds(r.titleNode, n) || r.headsTitle(n) {
		return true
	}
	return labelled(plain(n)) || site.Attr(n, "itemprop") == "datePublished"
}

// ownDate are names of elements that date an item; a page's clock has others.
var ownDate = regexp.MustCompile(`(?i)creat|publi|posted|dang|entry|item|article|update|cap-?nhat`)

// headsTitle tells whether an element that is named for an item's date stands
// right above the title, in the same heading.
func (r *reader) headsTitle(n *html.Node) bool {
	if r.titleNode == nil || !ownDate.MatchString(site.Attr(n, "class")+" "+site.Attr(n, "id")+" "+site.Attr(n, "itemprop")) {
		return false
	}
	heading := r.titleNode.Parent
	if heading != nil && heading.Parent != nil && heading.Data != "body" && heading.Parent.Data != "body" {
		heading = heading.Parent
	}
	return heading != nil && heading.Data != "body" && site.Holds(heading, n) && r.places[r.titleNode].links-r.places[n].links <= 2
}

// datesAfterTitle are the dated lines between title and body, then those among
// the first lines of the body; labelled ones first.
func (r *reader) datesAfterTitle() []string {
	return append(datedLines(r.between()), datedLines(r.head())...)
}

// head are the short lines with which the text's element begins.
func (r *reader) head() []line {
	if r.root == nil || r.first != nil {
		return r.first
	}
	r.first = []line{}
	for i, l := range linesOf(r.root, r.left) {
		if i >= 6 || utf8.RuneCountInString(l.text) > 200 {
			break
		}
		r.first = append(r.first, l)
	}
	return r.first
}

// aboveText are the lines between title and text, wherever the text's element
// begins.
func (r *reader) aboveText() []line { return slices.Concat(r.between(), r.head()) }

func datedLines(lines []line) []string {
	var labels, bare []string
	for _, l := range lines {
		switch {
		case labelled(l.text):
			labels = append(labels, l.text)
		case looksDated(l.text):
			bare = append(bare, l.text)
		}
	}
	return append(labels, bare...)
}

// besideDate are the words that may stand between a label and its date.
var besideDate = regexp.MustCompile(`(?i)^[\s:.,|–\-()\[\]]*(?:(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|ngày|lúc|vào|on|at|giờ|sa|ch|am|pm|gmt\+7|\d{1,2}\s*[:h]\s*\d{2}(?::\d{2})?)[\s:.,|–\-()\[\]]*)*$`)

// labelled tells whether a line says that its date is that of publication: a
// label with the date right behind it. A sentence may hold the same words.
func labelled(s string) bool {
	n := utf8.RuneCountInString(s)
	if n >= 160 || n > 90 && strings.HasSuffix(s, ".") {
		return false
	}
	for _, at := range dateLabel.FindAllStringIndex(s, 4) {
		day := hasDay.FindStringIndex(s[at[1]:])
		if len(day) > 0 && besideDate.MatchString(s[at[1]:at[1]+day[0]]) {
			return true
		}
	}
	return false
}

// metaDates are the page's own meta elements.
func (r *reader) metaDates() []string {
	var out []string
	for _, sel := range []string{`meta[property="article:published_time"]`, `meta[name="pubdate"]`, `meta[name="dc.date" i]`, `meta[name="date"]`, `meta[name="dcterms.created" i]`} {
		if v := r.doc.Find(sel).AttrOr("content", ""); v != "" {
			out = append(out, repairMeta(v))
		}
	}
	return out
}

// datesBelow are labelled dates after the body, and a date in brackets at the
// end of the title or the first line.
func (r *reader) datesBelow() []string {
	var out []string
	if r.titleNode != nil {
		if t := plain(r.titleNode); hasDay.MatchString(t) {
			if m := titleTail.FindString(t); m != "" {
				out = append(out, m)
			}
		}
	}
	if r.scope == nil || r.root == nil {
		return out
	}
	before, behind := r.beside(r.scope)
	if end := slices.IndexFunc(behind, func(l line) bool { return endWords.MatchString(l.text) && !dateLabel.MatchString(l.text) }); end >= 0 {
		behind = behind[:end]
	}
	if r.titleNode == nil {
		behind = slices.Concat(before, behind)
	}
	for _, l := range behind {
		if looksDated(l.text) && !l.linked() && (dateLabel.MatchString(l.text) || utf8.RuneCountInString(l.text) < 40) {
			out = append(out, l.text)
		}
	}
	return out
}

// firstIn is the text of the first match inside the article, or anywhere when
// the profile itself names it.
func (r *reader) firstIn(sel string, anywhere bool) string {
	for _, one := range site.Alternatives(sel) {
		for _, n := range r.doc.Find(one).Nodes {
			if t := plain(n); t != "" && (anywhere || strings.Contains(one, "itemprop") || r.scope != nil && site.Holds(r.scope, n) && !r.left.around(n)) {
				return t
			}
		}
	}
	return ""
}
