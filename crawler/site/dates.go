package site

import (
	"cmp"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

const (
	clockForm = `\d{1,2}\s*(?::|h|giờ)\s*\d{2}(?::\d{2})?(?:\s*(?:SA|CH|AM|PM)\b)?`
	dayForm   = `(?:\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?(?:19|20)\d\d|\d{1,2},?\s+(?:tháng|thg|th)\.?\s*\d{1,2},?\s+(?:năm\s+)?(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d|tháng\s+\p{L}+(?:\s\p{L}+)?\s+\d{1,2},\s+(?:19|20)\d\d)`
)

var (
	// printedDate finds a date with the time beside it, without reading it.
	printedDate = regexp.MustCompile(`(?i)(?:` + clockForm + `\s*[,|–-]?\s*(?:ngày\s+)?)?` + dayForm + `(?:[T\s]*(?:lúc|[,|–-])?\s*` + clockForm + `)?|\b\d+\s+(?:phút|giờ|ngày|tuần|tháng|năm)\s+trước`)
	titleDate   = regexp.MustCompile(`\s*\(\s*((?:` + clockForm + `\s*[,|-]?\s*)?\d{1,2}\s?[/.-]\s?\d{1,2}(?:\s?[/.-]\s?(?:19|20)\d\d)(?:\s*[,|-]?\s*` + clockForm + `)?)\s*\)\s*$`)
	inBrackets  = regexp.MustCompile(`\(\s*(\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d[^()]{0,12})\)`)
)

// dateBeside returns the date that a block prints apart from its sentences: a
// date inside the lead is that of the event.
func dateBeside(block *html.Node) string {
	var found, bracketed string
	Walk(block, func(n *html.Node) bool {
		if n.Type == html.ElementNode && n.Data == "time" && found == "" {
			found = Attr(n, "datetime")
		}
		if n.Type == html.TextNode && found == "" {
			s := strings.Join(strings.Fields(n.Data), " ")
			at := printedDate.FindStringIndex(s)
			if at == nil {
				return false
			}
			if rest := utf8.RuneCountInString(s) - utf8.RuneCountInString(s[at[0]:at[1]]); rest <= 40 {
				found = s[at[0]:at[1]]
			} else if m := inBrackets.FindStringSubmatch(s); m != nil && bracketed == "" {
				bracketed = strings.TrimSpace(m[1])
			}
		}
		return found == "" && (n.Type != html.ElementNode || n.Data != "script" && n.Data != "style")
	})
	return cmp.Or(found, bracketed)
}
