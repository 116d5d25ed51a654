package site

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

var nameParts = regexp.MustCompile(`\s+[-–—|»>:/]+\s+|\s*[|»]\s*|::`)

// Name is the portal's name as its pages state it: in og:site_name, else
// the longest part of the title that all of them share. Empty when unsure.
func Name(pages ...[]byte) string {
	var shared []string
	for i, page := range pages {
		doc, err := ParseHTML(page)
		if err != nil {
			return ""
		}
		if s := strings.Join(strings.Fields(doc.Find(`meta[property="og:site_name"]`).AttrOr("content", "")), " "); s != "" {
			return s
		}
		parts := nameParts.Split(strings.Join(strings.Fields(doc.Find("title").First().Text()), " "), 20)
		if i == 0 {
			shared = parts
			continue
		}
		shared = slices.DeleteFunc(shared, func(s string) bool { return !slices.Contains(parts, s) })
	}
	best := ""
	for _, s := range shared {
		if len(pages) > 1 && utf8.RuneCountInString(s) >= 8 && strings.Contains(s, " ") && len(s) > len(best) {
			best = s
		}
	}
	return best
}
