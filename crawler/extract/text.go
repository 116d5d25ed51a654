package extract

import (
	"errors"
	"strings"
	"unicode/utf8"

	"bantin/bulletin"
	"bantin/bulletin/facts"
)

// ErrNoText is wrapped when a plain text holds no article.
var ErrNoText = errors.New("no article in the text")

// maxText bounds a plain text, in bytes.
const maxText = 4 << 20

// Text reads an article saved as plain text: a title, a line with the date,
// paragraphs, and whatever the portal printed around them. A text of one line
// has no title: the line is the body.
func Text(s string, hint facts.Hint) (bulletin.Bulletin, error) {
	if len(s) > maxText {
		return bulletin.Bulletin{}, errors.New("text of more than 4 MiB: not one article")
	}
	all := textLines(strings.ToValidUTF8(s, "\ufffd"))
	title, lines := textTitle(all)
	if title == "" && len(lines) == 0 {
		lines = all
	}
	var b bulletin.Bulletin
	b.Title = title
	head := min(len(lines), 8)
	for _, d := range datedLines(lines[:head]) {
		if t, p, ok := facts.ReadTimestamp(d, hint.Fetched); ok {
			b.Published, b.PublishedPrecision = t, p
			break
		}
	}
	clean := tidy(dropDated(lines), title, "", nil)
	b.Lead, b.Body, b.Author = clean.lead, clean.body, clean.author
	if b.Author == "" {
		b.Author = authorByDate(lines[:head], authorNamedIn)
	}
	if b.Body == "" {
		b.Title, b.Body = "", b.Title
	}
	if b.Body == "" && !b.Published.IsZero() {
		b.Body = all[0].text
	}
	if b.Body == "" {
		return b, ErrNoText
	}
	b.ID = bulletin.NewID(b.Title, b.Body)
	facts.ReadFacts(&b, hint)
	return b, nil
}

// textLines splits a text at its newlines; a single newline inside a sentence
// may be a hard wrap, an empty line never is.
func textLines(s string) []line {
	var out []line
	blank := true
	for raw := range strings.SplitSeq(strings.ReplaceAll(s, "\r\n", "\n"), "\n") {
		text := strings.Join(strings.Fields(repair(raw)), " ")
		if text == "" {
			blank = true
			continue
		}
		out = append(out, line{text: text, indent: columns(raw), right: columns(raw) >= 24, broken: !blank})
		blank = false
	}
	return out
}

func columns(raw string) int {
	n := 0
	for _, r := range raw {
		switch r {
		case ' ', '\u00a0':
			n++
		case '\t':
			n += 8
		default:
			return n
		}
	}
	return n
}

// textTitle takes the title off the top: the first line that is no furniture
// and no date, unless it is a kicker above the real one.
func textTitle(lines []line) (string, []line) {
	for i := range lines {
		s := lines[i].text
		if isFurniture(s) || isResidue(s) || looksDated(s) && !datedTitle(s) {
			continue
		}
		rest := lines[i+1:]
		if len(rest) > 1 && kickerAbove(s, rest) {
			continue
		}
		if utf8.RuneCountInString(s) > 400 {
			return "", lines
		}
		if tail := titleTail.FindString(s); tail != "" { // Giao ban quý III (22/10/2020)
			rest = append([]line{{text: strings.TrimSpace(tail)}}, rest...)
		}
		return trimTitle(s), append(labelledDates(lines[:i]), rest...)
	}
	return "", nil
}

// datedTitle tells whether a line with a date in brackets at its end is a
// title: no label, and more words than an author or a rubric has.
func datedTitle(s string) bool {
	return hasDay.MatchString(titleTail.FindString(s)) && !dateLabel.MatchString(s) && strings.Count(trimTitle(s), " ") >= 3
}

// labelledDates keeps of the lines above the title those that say what their
// date is; a bare one is the page's clock.
func labelledDates(lines []line) []line {
	var out []line
	for _, l := range lines {
		if labelled(l.text) {
			out = append(out, l)
		}
	}
	return out
}

// kickerAbove tells whether a first line is a rubric: short, and followed by a
// longer line that itself is followed by the date.
func kickerAbove(s string, rest []line) bool {
	if utf8.RuneCountInString(s) > 40 || strings.Count(s, " ") > 7 || ended(s) {
		return false
	}
	next := rest[0].text
	return !looksDated(next) && !isFurniture(next) && utf8.RuneCountInString(next) > utf8.RuneCountInString(s) && !ended(next) &&
		(looksDated(rest[1].text) || isFurniture(rest[1].text))
}

// dropDated drops the dated lines at the top.
func dropDated(lines []line) []line {
	var out []line
	for i, l := range lines {
		if i < 8 && looksDated(l.text) && utf8.RuneCountInString(l.text) < 90 {
			continue
		}
		out = append(out, l)
	}
	return out
}
