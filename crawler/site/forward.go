package site

import (
	"bytes"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
)

// Bounds of a page that only sends its readers on.
const (
	stubBytes   = 64 << 10
	stubLinks   = 3
	stubLetters = 300
)

var (
	refreshURL   = regexp.MustCompile(`(?i)^\s*[\d.]+\s*[;,]\s*url\s*=\s*['"]?([^'"]+)`)
	locationSet  = regexp.MustCompile(`(?i)\blocation(?:\.href)?\s*=\s*['"]([^'"]+)['"]|\blocation\.(?:replace|assign)\(\s*['"]([^'"]+)['"]`)
	contentFrame = regexp.MustCompile(`(?i)main|content|noi-?dung|chinh|body|giua|center`)
	sendsOn      = regexp.MustCompile(`(?i)http-equiv|<i?frame|\blocation\b`)
)

// SentOn is the address to which a page without a text of its own sends its
// readers, by a meta refresh, a script or a frame that fills it; empty for
// other pages.
func SentOn(at *url.URL, page []byte) string {
	if len(page) > stubBytes || !sendsOn.Match(page) {
		return ""
	}
	doc, err := ParseHTML(page)
	if err != nil || doc.Find("a[href]").Length() > stubLinks || utf8.RuneCountInString(Text(doc.Find("body"))) > stubLetters {
		return ""
	}
	for _, find := range []func(*goquery.Document) string{refreshOf, frameOf, scriptedOf} {
		if u, ok := resolve(baseOf(doc, at), find(doc)); ok && u.String() != at.String() {
			return u.String()
		}
	}
	return ""
}

func refreshOf(doc *goquery.Document) (to string) {
	doc.Find("meta[http-equiv=refresh i]").Each(func(_ int, s *goquery.Selection) {
		if m := refreshURL.FindStringSubmatch(s.AttrOr("content", "")); m != nil {
			to = strings.TrimSpace(m[1])
		}
	})
	return to
}

// frameOf is the one frame of a page, of several the one named for the content.
func frameOf(doc *goquery.Document) string {
	frames := doc.Find("frame[src], iframe[src]").FilterFunction(func(_ int, s *goquery.Selection) bool {
		return !frameOfFile.MatchString(s.AttrOr("src", "")) && s.AttrOr("width", "") != "0" && s.AttrOr("height", "") != "0"
	})
	if frames.Length() == 1 {
		return frames.AttrOr("src", "")
	}
	named := frames.FilterFunction(func(_ int, s *goquery.Selection) bool {
		return contentFrame.MatchString(s.AttrOr("name", "") + " " + s.AttrOr("id", ""))
	})
	return named.First().AttrOr("src", "")
}

// frameOfFile are frames that show a document, a film or a map.
var frameOfFile = regexp.MustCompile(`(?i)\.(pdf|docx?|xlsx?|pptx?|mp4)|viewer|youtube|google\.com|facebook|player|analytics|recaptcha|about:blank`)

// scriptedOf is where a script sends the readers of an empty page at once.
func scriptedOf(doc *goquery.Document) string {
	if utf8.RuneCountInString(Text(doc.Find("body"))) > stubLetters/3 {
		return ""
	}
	for _, n := range doc.Find("script:not([src])").Nodes {
		if n.FirstChild == nil || len(n.FirstChild.Data) > 2000 || bytes.Contains([]byte(n.FirstChild.Data), []byte("function")) {
			continue
		}
		if m := locationSet.FindStringSubmatch(n.FirstChild.Data); m != nil {
			return firstOf(m[1], m[2])
		}
	}
	return ""
}
