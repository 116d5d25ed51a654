package extract

import (
	"strings"

	"golang.org/x/net/html"
)

// Shown is what a reader sees of a page, menus and all, a line for a block; it
// ends with the block that holds letter number most.
func Shown(page string, most int) string {
	var lines []string
	var line strings.Builder
	letters, hidden := 0, 0
	end := func() {
		if s := strings.Join(strings.Fields(line.String()), " "); s != "" {
			lines = append(lines, s)
			letters += len([]rune(s))
		}
		line.Reset()
	}
	for z := html.NewTokenizer(strings.NewReader(page)); letters < most; {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		name, _ := z.TagName()
		switch tag := string(name); {
		case kind == html.TextToken && hidden == 0:
			line.Write(z.Text())
		case tag == "script" || tag == "style" || tag == "noscript" || tag == "title" || tag == "template":
			hidden = max(hidden+nesting[kind], 0)
		case kind == html.StartTagToken || kind == html.EndTagToken || kind == html.SelfClosingTagToken:
			if !withinLine[tag] {
				end()
			}
		}
	}
	end()
	return html.UnescapeString(strings.Join(lines, "\n"))
}

// nesting is how a tag changes the number of open elements.
var nesting = map[html.TokenType]int{html.StartTagToken: 1, html.EndTagToken: -1}

// withinLine are tags that stand within a line.
var withinLine = map[string]bool{
	"a": true, "b": true, "i": true, "em": true, "strong": true, "span": true, "u": true, "font": true, "small": true, "sup": true, "sub": true, "mark": true, "abbr": true,
}
