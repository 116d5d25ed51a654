package site

import (
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// DetectFamily weighs the marks of every family: generator, then cookies, then
// what the page is made of, then addresses. ASP.NET alone is the family of
// portals that run on it and are none of its systems.
func DetectFamily(p Page) string {
	doc, err := ParseHTML(p.Body)
	if err != nil {
		return Generic
	}
	generator := strings.Join(doc.Find("meta[name=generator i]").Map(func(_ int, s *goquery.Selection) string { return s.AttrOr("content", "") }), "\n")
	best, top := Generic, 2
	for _, f := range Families() {
		score := f.Marks.weigh(p, generator)
		if f.Name == "webforms" && best != Generic {
			continue
		}
		if score > top {
			best, top = f.Name, score
		}
	}
	return best
}

// weigh counts a family's marks. One mark in the page is enough for a family
// that leaves no other, an address alone is not.
func (m marks) weigh(p Page, generator string) int {
	score := 0
	for _, g := range m.Generator {
		if g.matches(generator) {
			score += 20
		}
	}
	for _, c := range m.Cookie {
		if slices.ContainsFunc(p.Cookies, c.matches) {
			score += 5
		}
	}
	for _, h := range m.HTML {
		if h.Match(p.Body) {
			score += 3
		}
	}
	for _, u := range m.URL {
		if u.matches(p.URL.RequestURI()) || u.matches(p.URL.Host) {
			score++
		}
	}
	return score
}
