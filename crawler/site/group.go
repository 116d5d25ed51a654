package site

import (
	"math"
	"regexp"
	"slices"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// bestGroup picks the group of links that is most likely the listing.
func bestGroup(links []link, pagers []*html.Node) []link {
	groups := map[string][]link{}
	var order []string
	for _, l := range links {
		if !titleLike(l.title) {
			continue
		}
		at := l.place + " " + l.shape
		if groups[at] == nil {
			order = append(order, at)
		}
		groups[at] = append(groups[at], l)
	}
	sure := slices.ContainsFunc(order, func(at string) bool { return allLike(groups[at]) && !inSide(groups[at][0].node) })
	var best []link
	top := 0.0
	for _, at := range order {
		s := groupScore(groups[at], pagers)
		if sure && !allLike(groups[at]) {
			s *= 0.1
		}
		if s > top {
			best, top = groups[at], s
		}
	}
	return extend(best, links)
}

// groupScore weighs a group: many long titles at article addresses, with text
// and dates beside them and a pager after them, away from the sides.
func groupScore(group []link, pagers []*html.Node) float64 {
	keys := distinct(group)
	runes, like := 0, 0
	for _, l := range group {
		runes += min(utf8.RuneCountInString(l.title), 120)
		like += l.like
	}
	n := float64(len(group))
	score := math.Pow(float64(len(keys)), 0.8) * float64(runes) / n * (1 + float64(like)/n)
	top := commonAncestor(group)
	if top == nil || len(keys) < 2 {
		return score * 0.2
	}
	beside := float64(len(nodeText(top))) / float64(max(runes, 1))
	score *= 1 + math.Min(beside, 4)/4
	dates := len(printedDate.FindAllString(nodeText(top), len(group)))
	score *= 1 + float64(dates)/n
	for _, pg := range pagers {
		if within(pg, top, 3) {
			score *= 2
			break
		}
	}
	if inSide(top) {
		score *= 0.15
	}
	if sideHeading.MatchString(headingAbove(top, group[0].node)) {
		score *= 0.2
	}
	return score
}

// sideHeading are the words over a box of other news.
var sideHeading = regexp.MustCompile(`(?i)^\W*(?:(?:các )?(?:tin|bài|tin bài|tin tức|bài viết)?\s*(?:(?:được )?(?:xem|đọc|quan tâm)(?: nhiều)?(?: nhất)?|liên quan|khác|ngẫu nhiên)|most (?:read|viewed)|popular|related)\W*$`)

// headingAbove is the text of the heading nearest before a node, inside its
// group's block or right before that.
func headingAbove(top, first *html.Node) string {
	if top.Parent == nil {
		return ""
	}
	last := ""
	for n := range top.Parent.Descendants() {
		if n == first {
			break
		}
		if n.Type == html.ElementNode && IsHeading(n) && !Holds(n, first) {
			last = nodeText(n)
		}
	}
	return last
}

// extend adds to a group what belongs to the same listing in another dress:
// links of the same shape inside its block, and a featured item just before.
func extend(group, links []link) []link {
	top := commonAncestor(group)
	if top == nil {
		return group
	}
	shapes, have, numbered := map[string]bool{}, distinct(group), 0
	for _, l := range group {
		shapes[l.shape] = true
		if endsInNumber.MatchString(l.url.Path) {
			numbered++
		}
	}
	block := top
	for up := 0; up < 2 && block.Parent != nil && block.Parent.Data != "body" && !inSide(block.Parent); up++ {
		block = block.Parent
	}
	var out []link
	started := false // links come in document order
	for _, l := range links {
		started = started || l.node == group[0].node
		same := have[l.key] || shapes[l.shape] && titleLike(l.title) &&
			(numbered < len(group) || endsInNumber.MatchString(l.url.Path))
		switch {
		case same && Holds(top, l.node):
		case same && Holds(block, l.node) && !started && inHeading(l.node) && !inSide(l.node):
		default:
			continue
		}
		out = append(out, l)
	}
	return out
}
