package facts

import (
	"regexp"
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

var (
	// credited is a line with the author behind "Tin, ảnh:" or the like, which
	// begins it or follows the end of the text. Its groups are what stands before,
	// and the name.
	credited = regexp.MustCompile(`(?i)^(|.*[./!?…”"»)])\s*[ \t(]*(?:(?:tin|bài|tin,? bài)(?:(?:,| và| -)? ảnh)?` +
		`|tác giả(?: bài viết)?|người viết|người đăng tin|thực hiện|biên tập) *:([^:]*)$`)
	// photographer is the end of "Tin: A; ảnh: B", behind what it is cut off from.
	photographer = regexp.MustCompile(`(?i)^(.*\S) *[;\-–,]+ *ảnh *:[^:]*$`)
	// marked is a line with a name behind the mark that closes a text, or far off.
	marked = regexp.MustCompile(`^.*(?:\./\.|\.//\.|\./|\.\t|\.   | {10})(.*\S.*)$`)
	// footer is in a line that may stand under a byline: an address, a source, a
	// photo credit, the words of a button.
	footer = regexp.MustCompile(`(?i)www\.|http|\.vn|theo |nguồn|ảnh:|bản in|bbt|ban biên tập`)
)

// FindByline looks for the author at the end of a text: a name behind the end
// mark "./.", in a line of its own, in brackets, or behind "Tin, ảnh:", "Tác
// giả:" and the like; and at its beginning for "Tác giả: X" in a line of its
// own. The editorial board (BBT), sources ("Theo …"), bodies,
// agencies and web addresses are no authors.
func FindByline(text string) (Byline, bool) {
	end := len(text)
	for range 4 {
		start := strings.LastIndexByte(text[:end], '\n') + 1
		line := strings.TrimSpace(text[start:end])
		if line != "" || start == 0 {
			if b, ok := readBylineLine(text, start, end); ok {
				return b, true
			}
			if start == 0 || !isFooter(line) {
				break
			}
		}
		end = start - 1
	}
	above, _, several := strings.Cut(text, "\n")
	m := credited.FindStringSubmatchIndex(above)
	if !several || m == nil || m[3] > 0 {
		return Byline{}, false
	}
	b, ok := newByline(text, m[4], m[5], 0)
	b.Line.End = len(above)
	return b, ok
}

// isFooter reports whether a line may stand under a byline, as a date may too.
func isFooter(line string) bool {
	const short = 80
	if len(line) > short || footer.MatchString(line) {
		return len(line) <= short
	}
	d := newScan(line).publicationDates(true)
	return len(d) == 1 && d[0].Start == 0 && d[0].End == len(line)
}

// readBylineLine reads the byline in the line text[start:end].
func readBylineLine(text string, start, end int) (Byline, bool) {
	const reach = 600 // a name does not stand farther behind its mark
	at := max(start, end-reach)
	line := text[at:end]
	if strings.Contains(line, ":") { // a pattern costs far more than to look for its mark
		if !credited.MatchString(line) {
			line = photographer.ReplaceAllString(line, "$1")
		}
		if m := credited.FindStringSubmatchIndex(line); m != nil {
			return newByline(text, at+m[4], at+m[5], at+m[3])
		}
	}
	name, only := at, start == 0
	if strings.Contains(line, "./") || strings.Contains(line, ".\t") || strings.Contains(line, "   ") {
		if m := marked.FindStringSubmatchIndex(line); m != nil {
			name = at + m[2]
		}
	}
	closed := strings.HasSuffix(strings.TrimRight(line, " \t."), ")")
	if open := strings.LastIndexByte(line, '('); closed && open >= 0 {
		switch {
		case endsText(line[:open]):
			return newByline(text, at+open+1, at+strings.LastIndexByte(line, ')'), at+open)
		case only || name > at+open:
			return Byline{}, false
		}
	}
	if name == at && (only || !endsText(text[:start])) {
		return Byline{}, false
	}
	return newByline(text, name, at+len(line), name)
}

// endsText reports whether a text ends like prose: with a full stop, a closing
// mark or a picture's caption, or has nothing before.
func endsText(s string) bool {
	s = strings.TrimRightFunc(s, unicode.IsSpace)
	r, _ := utf8.DecodeLastRuneInString(s)
	return s == "" || strings.ContainsRune(`./!?…”"»)`, r)
}

// newByline is the byline of the name in text[from:to], if it is one, with what
// belongs to it from lineStart on.
func newByline(text string, from, to, lineStart int) (Byline, bool) {
	name := authorOf(text[from:to])
	if name == "" {
		return Byline{}, false
	}
	from += strings.Index(text[from:to], name)
	return Byline{bulletin.Span{Start: from, End: from + len(name)}, properCase(name), bulletin.Span{Start: lineStart, End: len(text)}}, true
}
