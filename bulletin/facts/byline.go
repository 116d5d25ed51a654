package facts

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"bantin/bulletin"
)

// Byline is the author named under a text.
type Byline struct {
	bulletin.Span // of the name as printed
	Author        string
	Line          bulletin.Span // of everything that belongs to the byline, to the end of the text
}

// ReadByline takes the byline off the end of a text: the author, empty when
// none is named, and the text before it, all of it where the author stands
// above it. Words printed in capitals become ordinary ones.
func ReadByline(text string) (author, rest string) {
	b, ok := FindByline(text)
	if !ok {
		return "", text
	}
	if b.Line.End < len(text) {
		return b.Author, text
	}
	return b.Author, strings.TrimRightFunc(text[:b.Line.Start], unicode.IsSpace)
}

// FindByline looks for the author at the end of a text: a name behind the end
// mark "./.", in a line of its own, in brackets, or behind "Tin, ảnh:", "Tác
// giả:" and the like; and at its beginning for "Tác giả: X" in a line of its
// own. The editorial board (BBT), sources ("Theo …"), bodies,
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
			break
		}
		end = start - 1
	}
	return bylineAbove(text)
}

// bylineAbove reads "Tác giả: X" in the first line of a text.
func bylineAbove(text string) (Byline, bool) {
	end := strings.IndexByte(text, '\n')
	if end < 0 {
		return Byline{}, false
	}
	name, from, ok := creditedName(text[:end])
	if !ok || creditStart(text[:end]) != 0 {
		return Byline{}, false
	}
	b, ok := newByline(text, from, name, 0, end)
	b.Line.End = end
	return b, ok
}

// lastLine is where the last line of text[:end] begins.
func lastLine(text string, end int) int {
	return strings.LastIndexByte(text[:end], '\n') + 1
}

// isFooter reports whether a line may stand under a byline: an address, a
// source, a photo credit, a date, the words of a button.
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
	s := newScan(line)
	d := s.publicationDates(true)
	return len(d) == 1 && d[0].Start == 0 && d[0].End == len(line)
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
	const reach = 600 // a name does not stand farther behind its mark
	tail := max(0, len(line)-reach)
	for _, m := range endMarks {
		if i := strings.LastIndex(line[tail:], m); i >= 0 && strings.TrimSpace(line[tail+i+len(m):]) != "" {
			from, marked = tail+i+len(m), true
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
var credits = []string{"tin, ảnh", "tin và ảnh", "tin, bài, ảnh", "tin bài, ảnh", "tin, bài", "tin bài", "bài, ảnh", "bài và ảnh", "tin ảnh", "tin - ảnh", "bài - ảnh", "tin", "bài", "tác giả", "tác giả bài viết", "người viết", "người đăng tin", "thực hiện", "biên tập"}

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
	return Byline{Span: bulletin.Span{Start: at + i, End: at + i + len(name)}, Author: properCase(name), Line: bulletin.Span{Start: lineStart, End: len(text)}}, true
}
