package site

import (
	"strings"

	"golang.org/x/net/html"

	"bantin/analyzers/vi"
)

// repairFonts decodes a page that was typed with the fonts of TCVN or VNI: one
// look at all of it tells what its short texts alone would not.
func repairFonts(root *html.Node) {
	const parted = "|~|" // of letters that no font has of its own
	var places []*string
	var texts []string
	collectTexts(root, func(s *string) {
		if strings.ContainsFunc(*s, isLatin1) && !strings.ContainsFunc(*s, isVietnamese) {
			places, texts = append(places, s), append(texts, *s)
		}
	})
	if len(places) == 0 {
		return
	}
	text, was := vi.Repair(strings.Join(texts, parted))
	parts := strings.Split(text, parted)
	if was != vi.TCVN3 && was != vi.VNI || len(parts) != len(places) {
		return
	}
	for i, s := range places {
		*s = parts[i]
	}
}

// collectTexts visits the text of a page that readers see, and what its meta
// elements and tips say.
func collectTexts(n *html.Node, visit func(*string)) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			visit(&c.Data)
		case c.Type == html.ElementNode && c.Data != "script" && c.Data != "style":
			for i := range c.Attr {
				if key := c.Attr[i].Key; key == "title" || key == "content" {
					visit(&c.Attr[i].Val)
				}
			}
			collectTexts(c, visit)
		}
	}
}

func isLatin1(r rune) bool { return r >= 0x80 && r <= 0xff }

// isVietnamese tells letters that no font of that time had.
func isVietnamese(r rune) bool {
	return r >= 0x1ea0 && r <= 0x1ef9 || strings.ContainsRune("ăĂđĐĩĨũŨơƠưƯ", r)
}
