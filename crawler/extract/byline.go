package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"bantin/bulletin/facts"
	"bantin/crawler/site"
)

// source are lines below a text that name nobody: the editors, where the text
// was taken from, a photographer.
var source = regexp.MustCompile(`(?i)^[\s(\[]*(?:b\.?b\.?t\.?|ban biên tập|quản trị.*|admin(?:istrator)?|theo\s.*|nguồn\s?:.*|nguồn tin\s?:.*|st|sưu tầm|tổng hợp|\(?th\)?|lược ghi|source\s?:.*|https?:\S+|www\.\S+|[\w-]+(?:\.[\w-]+)*\.(?:vn|com|net|org)(?:/\S*)?|ảnh\s*:.*)[\s)\].]*$`)

// bylineLines is how many lines at the end of a text may be byline and source.
const bylineLines = 4

// splitByline takes the byline and the source off the end of a text.
func splitByline(lines []line) (rest []line, author string) {
	lines = withoutSource(lines)
	from := max(len(lines)-bylineLines, 0)
	var tail []string
	for _, l := range lines[from:] {
		if l.right || l.indent > 8 {
			l.text = "      " + l.text
		}
		tail = append(tail, l.text)
	}
	author, text := facts.ReadByline(strings.Join(tail, "\n"))
	if author == "" || from == 0 && strings.TrimSpace(text) == "" {
		return lines, ""
	}
	rest = lines[:from:from]
	for i, t := range strings.Split(text, "\n") {
		if t = strings.TrimSpace(t); t != "" {
			l := lines[from+i]
			l.text = t
			rest = append(rest, l)
		}
	}
	return withoutSource(rest), author
}

func withoutSource(lines []line) []line {
	for len(lines) > 1 {
		last := lines[len(lines)-1].text
		if utf8.RuneCountInString(last) > 90 || !source.MatchString(last) {
			break
		}
		lines = lines[:len(lines)-1]
	}
	return lines
}

var (
	authorLabel = regexp.MustCompile(`(?i)^(?:được )?(?:(?:viết|đăng|gửi) )?bởi\s*:?\s*|^(?:tác giả(?: bài viết)?|người (?:viết|đăng|gửi|đưa tin)|author|by|posted by)\s*:?\s+`)
	authorAfter = regexp.MustCompile(`(?:^|\s)(?i:bởi|tác giả|by)\s*:?\s+\p{Lu}\p{Ll}`)
	authorEnd   = regexp.MustCompile(`\s+(?:vào|lúc|ngày|on|at)\s.*$|\s*[|,;(\d–-].*$|\s+(?:Ngày đăng|Lượt xem|Nguồn|(?i:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật))(?:\P{L}.*)?$`)
	authorNamed = `[class*=tacgia], [class*=tac-gia], [class*=tac_gia], [class*=author], [class*=Author], [class*=byline], [class*=by-line], [class*=but-danh], [rel=author]`
)

// author prefers what a selector finds, then the byline, then what stands
// beside the text: an element called author, a line that says so.
func (r *reader) author(byline string) string {
	for _, sel := range slices.Compact([]string{r.p.Select.Author, r.family.Select.Author}) {
		if name := r.authorName(authorLabel.ReplaceAllString(r.firstIn(sel, sel == r.p.Select.Author), "")); name != "" {
			return name
		}
	}
	if byline != "" || r.scope == nil {
		return byline
	}
	if name := r.authorBehind(); name != "" {
		return name
	}
	for _, sel := range []string{authorMarked, authorNamed} {
		if name := r.authorLabelled(r.firstIn(sel, false)); name != "" {
			return name
		}
	}
	if name := r.authorBeside(); name != "" {
		return name
	}
	if name := r.authorName(r.linked().author); name != "" {
		return name
	}
	return authorByDate(r.aboveText(), r.authorName)
}

// authorMarked are the marks of an author for machines, by name where the mark
// holds more than that.
const authorMarked = `[itemprop~=author] [itemprop~=name], [property~="author"] [property~="name"], [property~="schema:author"] [property~="schema:name"], [rel~="sioc:has_creator"] .username, .username[typeof], [itemprop~=author], [property~="author"], [property~="schema:author"], [property~="dc:creator"], [property~="dcterms:creator"], .p-author`

// bylineReach is how many lines behind the text may name who wrote it.
const bylineReach = 3

// authorBehind reads a byline that stands right behind the text's element: one
// with a label, or a name alone that is set to the right or in bold.
func (r *reader) authorBehind() string {
	top := r.scope
	for up := 0; up < 2 && top.Parent != nil && top.Parent.Type == html.ElementNode && top.Parent.Data != "body"; up++ {
		top = top.Parent
	}
	_, behind := r.beside(top)
	behind = withoutButtons(behind)
	for _, l := range behind[:min(bylineReach, len(behind))] {
		if l.text == "" || l.linked() || utf8.RuneCountInString(l.text) > 80 || endWords.MatchString(l.text) || looksDated(l.text) {
			return ""
		}
		credited := credit.MatchString(l.text)
		if !credited && !l.right && !emphatic(l.from) && !personal.MatchString(l.text) {
			return ""
		}
		if name := r.authorName(l.text); name != "" {
			return name
		}
	}
	return ""
}

// beside are the lines in an element before the text's own and behind it.
func (r *reader) beside(top *html.Node) (before, behind []line) {
	lines := linesOf(top, r.left, r.root)
	at := slices.IndexFunc(lines, func(l line) bool { return l.from == r.root })
	if at < 0 {
		return lines, nil
	}
	return lines[:at], lines[at+1:]
}

// credit begins a line that says who wrote the text above it.
var credit = regexp.MustCompile(`(?i)^[\s(\[]*(?:(?:tin|bài|ảnh|tác giả|người (?:viết|đưa tin)|thực hiện)(?:\s*(?:,|và|-|–|/|&)?\s*(?:tin|bài|ảnh|bài viết|video))*)\s*:`)

// emphatic tells whether a block holds its text in bold or is named for who signs.
func emphatic(block *html.Node) bool {
	if block == nil {
		return false
	}
	for n := range block.Descendants() {
		if n.Type == html.ElementNode && (n.Data == "b" || n.Data == "strong") && plain(n) == plain(block) {
			return true
		}
	}
	return signs.MatchString(site.Attr(block, "class"))
}

var signs = regexp.MustCompile(`(?i)(^|[\s_-])(ky(?:-?ten)?|by-?line|tac-?gia|but-?danh|author|byline|signature|nguoi-?viet)([\s_-]|$)`)

// authorName is the name in the text of an author's element, empty when that
// names nobody.
func (r *reader) authorName(s string) string {
	if s == "" || r.isSiteName(s) {
		return ""
	}
	return authorNamedIn(s)
}

// authorNamedIn is the name in a text that a label or a date tells to be an author's.
func authorNamedIn(s string) string {
	if s == "" || source.MatchString(s) || utf8.RuneCountInString(s) > 90 {
		return ""
	}
	name, _ := facts.ReadByline("Hết./.\n" + s) // a byline is read below a text
	return name
}

// authorBeside looks for a labelled author in the short lines around the text.
func (r *reader) authorBeside() string {
	before, behind := r.beside(r.scope)
	if end := slices.IndexFunc(behind, func(l line) bool { return endWords.MatchString(l.text) }); end >= 0 {
		behind = behind[:end]
	}
	for _, l := range slices.Concat(before, behind) {
		text := l.text
		if at := authorAfter.FindStringIndex(text); at != nil && looksDated(text) {
			text = strings.TrimSpace(text[at[0]:])
		}
		if utf8.RuneCountInString(l.text) > 140 || !authorLabel.MatchString(text) {
			continue
		}
		if name := r.authorLabelled(text); name != "" {
			return name
		}
	}
	return ""
}

// authorLabelled is the name behind a label, or alone, and before what else the
// line says.
func (r *reader) authorLabelled(text string) string {
	if label := credit.FindString(text); label != "" { // which may list what was made
		return r.authorName(label + " " + authorEnd.ReplaceAllString(strings.TrimSpace(text[len(label):]), ""))
	}
	return r.authorName(authorEnd.ReplaceAllString(authorLabel.ReplaceAllString(text, ""), ""))
}

// personal is a name alone that begins with a family name of Vietnam, one that
// is an ordinary word as well only with two names behind it.
var personal = regexp.MustCompile(`^(?:(?:Nguyễn|Trần|Lê|Phạm|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Ngô|Đinh|Trịnh|Tạ|Phùng|Quách|Lò|Lù|Giàng|Sùng|Thào|Quàng|Lường|Khổng|Khuất|Doãn|Đậu|Vương|Trương|Tống|Mạc|Nghiêm)(?: \p{Lu}\p{Ll}*){1,4}|(?:Hoàng|Hồ|Dương|Lý|Đoàn|Đào|Lâm|Mai|Cao|Hà|Tô|Lương|Chu|Châu|Đàm|Thái|Kiều|Lục|Nông|Triệu|Hứa|Mã|Vàng|Mùa|Cà|Tòng|Bế|Đồng|Ninh|Tăng|Thân|Thạch|Kim|Rơ|Siu|Ksor|Hờ|Lưu|Giáp|Cù|Diệp|Liễu|Âu|Bạch|Bàn|Đổng|Hầu|Tiêu|Tôn|Ung|Uông|Phí|Phó|Lại|Lã|Lữ|Thiều|Trà|Trình|Xa|La|Ma|Vi)(?: \p{Lu}\p{Ll}*){2,4})$`)

// authorByDate is a labelled or a personal name that the line of the date holds
// beside it.
func authorByDate(lines []line, name func(string) string) string {
	for _, l := range lines {
		if !looksDated(l.text) && !personal.MatchString(l.text) {
			continue
		}
		rest := hasDay.ReplaceAllString(l.text, "|")
		for part := range strings.FieldsFuncSeq(rest, func(c rune) bool { return strings.ContainsRune("|·•–—-,;/()", c) }) {
			part = strings.TrimSpace(clockTime.ReplaceAllString(part, ""))
			if label := authorLabel.FindString(part); label != "" || personal.MatchString(part) {
				return name(part[len(label):])
			}
		}
	}
	return ""
}

var clockTime = regexp.MustCompile(`(?i)(?:lúc\s*)?\d{1,2}\s*[:h]\s*\d{2}(?::\d{2})?(?:\s*(?:sa|ch|am|pm))?`)

// withoutButtons drops the lines of buttons.
func withoutButtons(lines []line) []line {
	return slices.DeleteFunc(lines, func(l line) bool { return l.text != "" && isFurniture(l.text) })
}
