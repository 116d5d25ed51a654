package site

import (
	"context"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// Bounds of the search for the addresses that a page's scripts ask.
const (
	maxScripts  = 3
	maxAsked    = 5
	scriptBytes = 512 << 10
)

// asks are the ways in which scripts and attributes name what they ask for.
var asks = regexp.MustCompile("(?i)(?:\\bfetch\\s*\\(\\s*|\\baxios(?:\\.(?:get|post|request))?\\s*\\(\\s*|\\$\\.(?:get|getJSON|post|ajax|load)\\s*\\(\\s*|\\$http\\.(?:get|post)\\s*\\(\\s*|\\.open\\s*\\(\\s*['\"](?:GET|POST)['\"]\\s*,\\s*|\\burl\\s*:\\s*|\\b(?:api|endpoint|apiUrl|api_url|baseUrl|dataUrl)\\w*\\s*[:=]\\s*|new\\s+URL\\s*\\(\\s*)(['\"`])([^'\"`<>\\s]{2,300})")

// dataAddress are attributes of elements whose content a script fetches.
var dataAddress = []string{"data-url", "data-api", "data-source", "data-href", "data-endpoint", "hx-get", "data-ajax-url", "data-load-url"}

var noList = regexp.MustCompile(`(?i)\.(js|css|png|jpe?g|gif|svg|woff2?|ico|mp[34])(\?|$)|analytics|gtag|facebook|google|zalo|captcha|login|comment|counter|weather|thoi-?tiet|suggest|autocomplete|(^|/)(token|csrf|session|config|locale|i18n)`)

// variable is a place in an address that a script fills in; before the address
// proper it is where the server stands.
var (
	variable = regexp.MustCompile(`\$\{[^{}]*\}`)
	leading  = regexp.MustCompile(`^\$\{[^{}]*\}`)
)

// scripted are the addresses that the scripts of a page ask for, resolved;
// variables are filled in as for the first page.
func scripted(base *url.URL, doc *goquery.Document, further ...[]byte) []string {
	var out []string
	add := func(s string) {
		s = variable.ReplaceAllString(leading.ReplaceAllString(s, ""), "1")
		if strings.HasSuffix(s, "=") {
			s += "1"
		}
		if u, ok := resolve(base, s); ok && !noList.MatchString(s) && bareHost(u.Host) == bareHost(base.Host) && u.String() != base.String() && len(out) < maxAsked && !slices.Contains(out, u.String()) {
			out = append(out, u.String())
		}
	}
	for _, key := range dataAddress {
		doc.Find("[" + key + "]").Each(func(_ int, s *goquery.Selection) { add(s.AttrOr(key, "")) })
	}
	texts := []string{}
	doc.Find("script:not([src])").Each(func(_ int, s *goquery.Selection) { texts = append(texts, s.Text()) })
	for _, text := range further {
		texts = append(texts, string(text))
	}
	for _, text := range texts {
		for _, m := range asks.FindAllStringSubmatch(text[:min(len(text), scriptBytes)], 50) {
			add(m[2])
		}
	}
	return out
}

// ownScripts are the addresses of the portal's own script files.
func ownScripts(base *url.URL, doc *goquery.Document) []string {
	var out []string
	doc.Find("script[src]").Each(func(_ int, s *goquery.Selection) {
		src := s.AttrOr("src", "")
		if u, ok := resolve(base, src); ok && bareHost(u.Host) == bareHost(base.Host) && !libraries.MatchString(src) {
			out = append(out, u.String())
		}
	})
	slices.Reverse(out) // the page's own come after what they build on
	return out[:min(len(out), maxScripts)]
}

var libraries = regexp.MustCompile(`(?i)jquery|bootstrap|swiper|slick|owl|lodash|moment|polyfill|modernizr|vendor|analytics`)

// checkScripts looks, on a page that holds no list, for the address at which
// its scripts fetch one, and tries it.
func (s *Survey) checkScripts(ctx context.Context, fetch Fetch, start Page) {
	doc, err := ParseHTML(start.Body)
	if err != nil || IsFeed(start.Body) {
		return
	}
	base := baseOf(doc, start.URL)
	found := scripted(base, doc)
	if len(found) == 0 {
		var texts [][]byte
		for _, address := range ownScripts(base, doc) {
			if page, err := fetch(ctx, Request{Method: "GET", URL: address}); err == nil {
				texts = append(texts, page.Body)
			}
		}
		found = scripted(base, doc, texts...)
	}
	for i, address := range found {
		if page, err := fetch(ctx, Request{Method: "GET", URL: address}); err == nil && i < maxScripts {
			if l, err := s.Profile.Listing(page.URL, page.Body); err == nil && len(l.Items) > len(s.Listing.Items) {
				s.Scripted = address
				s.warn("a script makes this list: it asks for %s, which holds %d items: give that address instead", address, len(l.Items))
				return
			}
		}
	}
	if len(found) > 0 && len(s.Listing.Items) == 0 {
		s.warn("a script makes this list: it asks for %s: find out which of them holds the items, and give that address", strings.Join(found, " "))
	}
}
