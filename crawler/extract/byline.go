package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"bantin/bulletin"
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
	author, text := bulletin.ReadByline(strings.Join(tail, "\n"))
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
	authorEnd   = regexp.MustCompile(`\s+(?:vào|lúc|ngày|on|at)\s.*$|\s*[|,;(\d–-].*$|\s+(?:Ngày đăng|Lượt xem|Nguồn)\b.*$`)
	authorNamed = `[class*=tacgia], [class*=tac-gia], [class*=tac_gia], [class*=author], [class*=Author], [rel=author]`
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
	if name := r.authorName(authorEnd.ReplaceAllString(authorLabel.ReplaceAllString(r.firstIn(authorNamed, false), ""), "")); name != "" {
		return name
	}
	return r.authorBeside()
}

// authorName is the name in the text of an author's element, empty when that
// names nobody.
func (r *reader) authorName(s string) string {
	if s == "" || source.MatchString(s) || r.isSiteName(s) || utf8.RuneCountInString(s) > 90 {
		return ""
	}
	name, _ := bulletin.ReadByline("Hết./.\n" + s) // a byline is read below a text
	return name
}

// authorBeside looks for a labelled author in the short lines around the text.
func (r *reader) authorBeside() string {
	after := false
	for _, l := range linesOf(r.scope, nil, r.root) {
		if l.from == r.root {
			after = true
		}
		if after && endWords.MatchString(l.text) {
			break
		}
		text := l.text
		if at := authorAfter.FindStringIndex(text); at != nil && looksDated(text) {
			text = strings.TrimSpace(text[at[0]:])
		}
		if utf8.RuneCountInString(l.text) > 140 || !authorLabel.MatchString(text) {
			continue
		}
		if name := r.authorName(authorEnd.ReplaceAllString(authorLabel.ReplaceAllString(text, ""), "")); name != "" {
			return name
		}
	}
	return ""
}
