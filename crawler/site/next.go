package site

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// next is the request for the page after this one, nil on the last page.
// found is the number of items on this page; a page without any ends the walk.
func (p *Profile) next(pg pager, pageURL *url.URL, doc *goquery.Document, form url.Values, found int) *Request {
	if p.Pager == FollowNothing || found == 0 {
		return nil
	}
	base := baseOf(doc, pageURL)
	if p.Select.Next != "" {
		if s := doc.Find(p.Select.Next).First(); s.Length() > 0 {
			return p.ask(s.Nodes[0], pageURL, base, doc, form)
		}
	}
	if p.Pages != "" {
		return p.fromTemplate(pg, pageURL)
	}
	if p.Pager != FollowRelNext {
		if n := nextTurn(pg); n != nil {
			if r := p.ask(n, pageURL, base, doc, form); r != nil {
				return r
			}
		}
		if len(pg.turns) > 0 && p.Pager != "" {
			return nil
		}
	}
	if next := p.relNext(pageURL, base, doc); next != nil {
		return next
	}
	return p.moreNext(pageURL, base, doc)
}

// nextTurn picks the link to the page after the current one. Where numbers and
// arrows disagree the numbers are right: NukeViet marks every higher page with
// rel=next, and some portals keep an arrow on the last page.
func nextTurn(pg pager) *html.Node {
	if pg.current > 0 {
		for _, t := range pg.turns {
			if t.kind == toPage && t.page == pg.current+1 {
				return t.node
			}
		}
	}
	top, arrow, more := 0, (*html.Node)(nil), (*html.Node)(nil)
	for _, t := range pg.turns {
		switch {
		case t.kind == toPage:
			top, more = max(top, t.page), nil
		case t.kind == toMore && t.page == 0 && (top > 0 || pg.current == 1):
			more = t.node
		case t.kind == toNext && !disabled(t.node):
			arrow = t.node
		}
	}
	switch {
	case arrow != nil:
		return arrow
	case more != nil && pg.current > top:
		return more
	}
	return nil
}

func disabled(a *html.Node) bool {
	for up := 0; a != nil && up < 2; a, up = a.Parent, up+1 {
		if strings.Contains(Attr(a, "class"), "disabled") || Attr(a, "aria-disabled") == "true" {
			return true
		}
		for _, at := range a.Attr {
			if at.Key == "disabled" && a.Data == "a" {
				return true
			}
		}
	}
	return false
}

// ask turns a link into the request that a browser would send for it.
func (p *Profile) ask(a *html.Node, pageURL, base *url.URL, doc *goquery.Document, form url.Values) *Request {
	if target, argument, ok := postbackOf(a); ok {
		return p.postback(a, target, argument, pageURL, base, doc, form)
	}
	u, ok := p.pageAddress(base, Attr(a, "href"))
	if !ok || p.Key(u) == p.Key(pageURL) && u.RequestURI() == pageURL.RequestURI() {
		return nil
	}
	if was, now := pageNumber(pageURL), pageNumber(u); was > 0 && now > 0 && now <= was {
		return nil
	}
	return &Request{Method: "GET", URL: u.String()}
}

// pageAddress is a pager's link as printed, padding and all, but without a
// session: listings are asked for in the portal's own spelling.
func (p *Profile) pageAddress(base *url.URL, link string) (*url.URL, bool) {
	u, ok := resolve(base, link)
	if !ok || !p.Allows(u) && bareHost(u.Host) != bareHost(base.Host) {
		return nil, false
	}
	u.Path, u.RawPath = pathSession.ReplaceAllString(u.Path, ""), ""
	var kept []string
	for pair := range strings.SplitSeq(u.RawQuery, "&") {
		name, _, _ := strings.Cut(pair, "=")
		if pair != "" && !dropped(dropAlways, name) && !dropped([]string{"p_p_auth", "_afr*", "_adf*"}, name) {
			kept = append(kept, pair)
		}
	}
	u.RawQuery = strings.Join(kept, "&")
	return u, true
}

// relNext follows rel=next where no pager was read; of several the one with
// the smallest page number above this page's.
func (p *Profile) relNext(pageURL, base *url.URL, doc *goquery.Document) *Request {
	var best *url.URL
	doc.Find(`a[rel~=next][href], link[rel=next][href]`).Each(func(_ int, s *goquery.Selection) {
		u, ok := p.pageAddress(base, s.AttrOr("href", ""))
		if !ok || u.RequestURI() == pageURL.RequestURI() {
			return
		}
		n := pageNumber(u)
		if n > 0 && n <= max(pageNumber(pageURL), 1)-1 {
			return
		}
		if best == nil || n > 0 && n < pageNumber(best) {
			best = u
		}
	})
	if best == nil {
		return nil
	}
	if was, now := pageNumber(pageURL), pageNumber(best); was > 0 && now > 0 && now <= was {
		return nil
	}
	return &Request{Method: "GET", URL: best.String()}
}

// moreWords are what a link or button says that adds to a list.
var moreWords = regexp.MustCompile(`(?i)^\W*(xem thêm|xem tiếp|tải thêm|hiển thị thêm|thêm tin|tin tiếp theo|load more|show more|more)(\s+(tin|bài|bài viết|tin tức|tin khác|kết quả|nữa|posts|news))*\W*$`)

// furtherPiece are elements that name where a list that grows while it is
// scrolled goes on.
const furtherPiece = "[data-next], [data-next-url], [data-next-page], [data-next-href], [data-nextpage], [data-load-more-url], [data-infinite-next], [hx-trigger*=revealed][hx-get], [hx-trigger*=intersect][hx-get]"

var furtherKeys = []string{"data-next", "data-next-url", "data-next-page", "data-next-href", "data-nextpage", "data-load-more-url", "data-infinite-next", "hx-get"}

// moreNext follows the one link or button that adds to the list: it leads to a
// further page of the listing's own address. Items have such words as well,
// which lead to articles.
func (p *Profile) moreNext(pageURL, base *url.URL, doc *goquery.Document) *Request {
	now := pageNumber(pageURL)
	for _, n := range doc.Find(furtherPiece).Nodes {
		for _, key := range furtherKeys {
			if u, ok := p.pageAddress(base, Attr(n, key)); ok && strings.ContainsAny(Attr(n, key), "/?") && u.RequestURI() != pageURL.RequestURI() {
				return &Request{Method: "GET", URL: u.String()}
			}
		}
	}
	for _, n := range doc.Find("a, button, [data-url], [hx-get]").Nodes {
		text := nodeText(n)
		if len(text) > 60 || !moreWords.MatchString(text) && !moreWords.MatchString(Attr(n, "title")) {
			continue
		}
		for _, key := range []string{"data-url", "data-href", "data-next", "hx-get", "href"} {
			u, ok := p.pageAddress(base, Attr(n, key))
			if !ok || Attr(n, key) == "" || strings.HasPrefix(Attr(n, key), "#") || u.RequestURI() == pageURL.RequestURI() {
				continue
			}
			if number := pageNumber(u); number > max(now, 1) && number <= max(now, 1)+1 || offsetOf(u) > offsetOf(pageURL) {
				return &Request{Method: "GET", URL: u.String()}
			}
		}
	}
	return nil
}

// offsetOf is the number of items that an address leaves out, 0 unknown.
func offsetOf(u *url.URL) int {
	for name, values := range u.Query() {
		if offsetName.MatchString(name) && len(values) > 0 {
			return atoi(values[0])
		}
	}
	return 0
}

// fromTemplate fills Pages with the number after the current page's.
func (p *Profile) fromTemplate(pg pager, pageURL *url.URL) *Request {
	page := p.templateNumber(pageURL)
	if page == 0 {
		page = max(pg.current, 1)
	}
	if pg.last > 1 && page >= pg.last {
		return nil
	}
	number := page + 1
	if p.ZeroBased {
		number--
	}
	link := strings.NewReplacer("{page}", strconv.Itoa(number), "{start}", strconv.Itoa(page*p.PageSize)).Replace(p.Pages)
	u, ok := resolve(pageURL, link)
	if !ok {
		return nil
	}
	return &Request{Method: "GET", URL: u.String()}
}

// templateNumber is the number of the page at an address made by Pages; 0 for
// other addresses, such as the listing's first.
func (p *Profile) templateNumber(u *url.URL) int {
	mark, start := "{page}", false
	if !strings.Contains(p.Pages, mark) {
		mark, start = "{start}", true
	}
	pre, post, _ := strings.Cut(p.Pages, mark)
	full := u.String()
	if !strings.HasPrefix(pre, "http") {
		full = u.RequestURI()
	}
	rest, ok := strings.CutPrefix(full, pre)
	if !ok || !strings.HasSuffix(rest, post) {
		return 0
	}
	n, err := strconv.Atoi(strings.TrimSuffix(rest, post))
	switch {
	case err != nil:
		return 0
	case start:
		return n/p.PageSize + 1
	case p.ZeroBased:
		return n + 1
	}
	return n
}
