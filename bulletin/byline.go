package bulletin

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Byline is the author named under a text.
type Byline struct {
	Span   // of the name as printed
	Author string
	Line   Span // of everything that belongs to the byline, to the end of the text
}

// ReadByline takes the byline off a text: the author, empty when none is
// named, and the text before it. Words printed in capitals become ordinary
// ones.
func ReadByline(text string) (author, rest string) {
	b, ok := FindByline(text)
	if !ok {
		return "", text
	}
	return b.Author, strings.TrimRightFunc(text[:b.Line.Start], unicode.IsSpace)
}

// FindByline looks for the author at the end of a text: a name behind the end
// mark "./.", in a line of its own, in brackets, or behind "Tin, ảnh:", "Tác
// giả:" and the like. The editorial board (BBT), sources ("Theo …"), bodies,
// agencies and web addresses are no authors.
func FindByline(text string) (Byline, bool) {
	end := len(text)
	for range 4 {
		start := lastLine(text, end)
		line := text[start:end]
		trimmed := strings.TrimSpace(line)
		if trimmed == "" && start > 0 {
			end = start - 1
			continue
		}
		if b, ok := readBylineLine(text, start, end); ok {
			return b, true
		}
		if start == 0 || !isFooter(trimmed) {
			return Byline{}, false
		}
		end = start - 1
	}
	return Byline{}, false
}

// lastLine is where the last line of text[:end] begins.
func lastLine(text string, end int) int {
	return strings.LastIndexByte(text[:end], '\n') + 1
}

// isFooter reports whether a line may stand under a byline: an address, a
// source, a photo credit, the words of a button.
func isFooter(line string) bool {
	const short = 80
	if len(line) > short {
		return false
	}
	low := strings.ToLower(line)
	for _, mark := range []string{"www.", "http", ".vn", "theo ", "nguồn", "ảnh:", "bản in", "bbt", "ban biên tập"} {
		if strings.Contains(low, mark) {
			return true
		}
	}
	return false
}

// endMarks close a text; what follows on the line is a byline.
var endMarks = []string{"./.", ".//.", "./", ".\t", ".   ", "          "}

// readBylineLine reads the byline in the line text[start:end].
func readBylineLine(text string, start, end int) (Byline, bool) {
	line := withoutPhoto(text[start:end])
	if name, from, ok := creditedName(line); ok {
		return newByline(text, start+from, name, start+creditStart(line), end)
	}
	from, marked := 0, start == 0
	for _, m := range endMarks {
		if i := strings.LastIndex(line, m); i >= 0 && strings.TrimSpace(line[i+len(m):]) != "" {
			from, marked = i+len(m), true
			break
		}
	}
	name := strings.TrimSpace(line[from:])
	if open := strings.LastIndexByte(line, '('); strings.HasSuffix(strings.TrimRight(line, " \t."), ")") && open >= 0 {
		inner := strings.TrimRight(line, " \t.)")[open+1:]
		switch {
		case strings.TrimSpace(line[:open]) == "" || endsText(line[:open]):
			return newByline(text, start+open+1, inner, start+open, end)
		case start == 0 || from > open:
			return Byline{}, false
		}
	}
	if start == 0 && from == 0 || !marked && !endsText(text[:start]) {
		return Byline{}, false
	}
	return newByline(text, start+from, name, start+from, end)
}

// withoutPhoto cuts the photographer off "Tin: A; ảnh: B".
func withoutPhoto(line string) string {
	i := strings.LastIndexByte(line, ':')
	if i < 0 {
		return line
	}
	before := strings.TrimRight(line[:i], " ")
	cut := len(before) - len("ảnh")
	if cut <= 0 || !strings.EqualFold(before[cut:], "ảnh") || creditStart(line) >= 0 {
		return line
	}
	head := strings.TrimRight(before[:cut], " ")
	if trimmed := strings.TrimRight(head, ";-–,"); len(trimmed) < len(head) && strings.TrimSpace(trimmed) != "" {
		return trimmed
	}
	return line
}

// endsText reports whether a text ends like prose: with a full stop, a closing
// mark or a picture's caption line.
func endsText(s string) bool {
	s = strings.TrimRightFunc(s, unicode.IsSpace)
	r, _ := utf8.DecodeLastRuneInString(s)
	return s == "" || strings.ContainsRune(`./!?…”"»)`, r)
}

// credits are the words before an author's name.
var credits = []string{"tin, ảnh", "tin và ảnh", "tin, bài, ảnh", "tin bài, ảnh", "tin, bài", "tin bài", "bài, ảnh", "bài và ảnh", "tin ảnh", "tin - ảnh", "bài - ảnh", "tin", "bài", "tác giả", "người viết", "người đăng tin", "thực hiện", "biên tập"}

// creditedName reads "Tin, ảnh: X" at the end of a line.
func creditedName(line string) (name string, from int, ok bool) {
	i := strings.LastIndexByte(line, ':')
	if i < 0 || creditStart(line) < 0 {
		return "", 0, false
	}
	name = strings.TrimSpace(line[i+1:])
	if !strings.Contains(name, "(") {
		name = strings.TrimRight(name, ")")
	}
	return name, i + 1, true
}

// creditStart is where the credit before the last colon of a line begins, -1
// when the words before it are no credit.
func creditStart(line string) int {
	i := strings.LastIndexByte(line, ':')
	if i < 0 {
		return -1
	}
	before := strings.TrimRight(line[:i], " ")
	for _, c := range credits {
		n := len(before) - len(c)
		if n < 0 || !strings.EqualFold(before[n:], c) {
			continue
		}
		if head := strings.TrimRight(before[:n], " \t("); head == "" || endsText(head) {
			return len(head)
		}
	}
	return -1
}

// newByline checks a name and makes the byline of it.
func newByline(text string, at int, name string, lineStart, end int) (Byline, bool) {
	name = authorOf(strings.TrimSpace(name))
	if name == "" {
		return Byline{}, false
	}
	i := strings.Index(text[at:end], name)
	if i < 0 {
		return Byline{}, false
	}
	return Byline{Span: Span{at + i, at + i + len(name)}, Author: properCase(name), Line: Span{lineStart, len(text)}}, true
}

// authorOf is the person's name, or names joined by marks, in what a byline
// prints; empty when it names none.
func authorOf(s string) string {
	const longest = 80
	if i := strings.IndexByte(s, '('); i > 0 && strings.IndexByte(s, ')') == len(s)-1 {
		s = strings.TrimSpace(s[:i])
	}
	s = strings.Trim(s, " \t().;,-–—")
	for _, role := range []string{"CTV ", "PV ", "Phóng viên ", "Cộng tác viên "} {
		s = strings.TrimPrefix(s, role)
	}
	for _, work := range []string{" tổng hợp", " thực hiện"} {
		s = strings.TrimSuffix(s, work)
	}
	if s == "" || len(s) > longest || strings.ContainsAny(s, "0123456789/@<>|:") {
		return ""
	}
	end := 0
	for _, part := range splitNames(s) {
		if !isName(part) {
			if rest := strings.TrimLeft(s[end:], " "); !strings.HasPrefix(rest, "-") && !strings.HasPrefix(rest, "–") {
				return ""
			}
			break // the body that the author belongs to
		}
		if at := strings.Index(s[end:], part); at >= 0 {
			end += at + len(part)
		}
	}
	return s[:end]
}

// splitNames parts several authors: "A - B", "A, B", "A và B".
func splitNames(s string) []string {
	for _, sep := range []string{" – ", " & ", " và ", ", ", "-"} {
		s = strings.ReplaceAll(s, sep, " - ")
	}
	var out []string
	for part := range strings.SplitSeq(s, " - ") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// isName reports whether s looks like a Vietnamese person's or pen name: up to
// six words, each with a capital, none of which belongs to a body or source.
func isName(s string) bool {
	const most = 6
	if isInitials(s) {
		return true
	}
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > most {
		return false
	}
	for _, w := range words {
		r, size := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(r) || size == len(w) && len(words) == 1 || strings.ContainsAny(strings.TrimSuffix(w, "."), ".") {
			return false
		}
	}
	if len(words) == 1 && isAcronym(s) {
		return false
	}
	sc := newScan(s)
	for _, h := range sc.longest(classNotAuthor) {
		if h.first == 0 || h.last > h.first { // Trang, Hội and Báo are given names too, at the end
			return false
		}
	}
	if p, place := sc.hitAt(0, classProvince); place && int(p.last) == len(sc.toks)-1 {
		return false
	}
	for _, h := range sc.longest(classOrganization) {
		if h.rule&needsTail == 0 {
			return false
		}
	}
	return true
}

// isInitials reads pen names such as H.A and N.T.H.
func isInitials(s string) bool {
	letters := strings.Split(strings.TrimSuffix(s, "."), ".")
	for _, l := range letters {
		r, size := utf8.DecodeRuneInString(l)
		if size != len(l) || !unicode.IsUpper(r) {
			return false
		}
	}
	return len(letters) > 1 && len(letters) < 5
}

// isAcronym tells TTXVN from HOA: no vowel between, or too many letters.
func isAcronym(s string) bool {
	if strings.ToUpper(s) != s {
		return false
	}
	folded, vowels := strings.ToLower(s), 0
	for _, r := range folded {
		base, _, _ := splitTone(string(r))
		if len(base) > 0 && strings.ContainsRune("aăâeêioôơuưy", base[0]) {
			vowels++
		}
	}
	return vowels == 0 || utf8.RuneCountInString(s) < 3
}

// properCase turns words in capitals into ordinary ones: NGUYỄN → Nguyễn.
func properCase(s string) string {
	if strings.ToUpper(s) != s || isInitials(s) {
		return s
	}
	words := strings.Fields(s)
	for i, w := range words {
		_, size := utf8.DecodeRuneInString(w)
		words[i] = w[:size] + strings.ToLower(w[size:])
	}
	return strings.Join(words, " ")
}

// ReadDateline finds the tag of a newspaper or portal before a lead: "BHG - ",
// "(HG) - ", "CTTĐT - ", "LSO-". The span takes in the dash and the space.
func ReadDateline(text string) (Span, bool) {
	s := newScan(cutText(text, 200))
	i, open := 0, false
	if s.kindAt(0) == '(' {
		i, open = 1, true
	}
	first := i
	for i < len(s.toks) && i-first < 3 && s.toks[i].is('w') && s.toks[i].has(upper) && s.toks[i].digits() > 1 {
		i++
	}
	if i == first {
		return Span{}, false
	}
	if open {
		if s.kindAt(i) != ')' {
			return Span{}, false
		}
		i++
	}
	if s.kindAt(i) != '-' || i+1 >= len(s.toks) || !s.toks[i+1].has(gap) && s.toks[i].has(gap) {
		return Span{}, false
	}
	return Span{int(s.toks[0].start), int(s.toks[i+1].start)}, true
}
