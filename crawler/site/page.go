package site

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// MaxPage is the largest page that is parsed, in bytes.
const MaxPage = 16 << 20

// MaxFeed is the largest feed or sitemap that is read, in bytes: a sitemap may
// have 50 MiB.
const MaxFeed = 52 << 20

// MaxTags is how many opening tags of a page are parsed: an element with its
// text takes some 250 bytes, however short it was.
const MaxTags = 250_000

// ErrTooLarge is wrapped by errors about pages over MaxPage or MaxTags.
var ErrTooLarge = errors.New("page is too large")

// ParseHTML parses a page in UTF-8 within bounds: pages over MaxPage
// or MaxTags are refused, nesting that the parser would refuse is flattened, text in the old
// Vietnamese fonts is decoded.
func ParseHTML(page []byte) (*goquery.Document, error) {
	if len(page) > MaxPage {
		return nil, fmt.Errorf("%w: %d bytes, at most %d are read", ErrTooLarge, len(page), MaxPage)
	}
	page = bytes.ToValidUTF8(bytes.TrimPrefix(page, []byte("\ufeff")), []byte("\ufffd"))
	if tagsOf(page) > MaxTags {
		page = flatten(page)
	}
	if tags := tagsOf(page); tags > MaxTags {
		return nil, fmt.Errorf("%w: %d tags, at most %d are parsed", ErrTooLarge, tags, MaxTags)
	}
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		root, err = html.Parse(bytes.NewReader(flatten(page)))
	}
	if err != nil {
		return nil, fmt.Errorf("parse page: %w", err)
	}
	repairFonts(root)
	return goquery.NewDocumentFromNode(root), nil
}

// tagsOf counts opening tags.
func tagsOf(page []byte) (n int) {
	for i := bytes.IndexByte(page, '<'); i >= 0 && i+1 < len(page); {
		if c := page[i+1] | 0x20; 'a' <= c && c <= 'z' {
			n++
		}
		next := bytes.IndexByte(page[i+1:], '<')
		if next < 0 {
			break
		}
		i += 1 + next
	}
	return n
}

// maxNesting bounds the elements that flatten leaves open at once, plainNesting
// those that only wrap others; the parser adds some of its own (tbody, tr) and
// stops at 512.
const (
	maxNesting   = 120
	plainNesting = 60
)

// impliedEnd are elements that HTML closes by itself, so that many of them
// open in a row are no nesting; void ones have no content at all.
var impliedEnd = WordSet("p li dt dd option optgroup tr td th thead tbody tfoot colgroup rp rt html head body")

var voidElement = WordSet("area base br col embed hr img input link meta param source track wbr")

// flatten drops the tags that nest deeper than maxNesting, wrappers without
// attributes sooner, and keeps their text.
func flatten(page []byte) []byte {
	z := html.NewTokenizer(bytes.NewReader(page))
	var out bytes.Buffer
	var open nesting
	for {
		switch tt := z.Next(); tt {
		case html.ErrorToken:
			return out.Bytes()
		case html.StartTagToken:
			raw := bytes.Clone(z.Raw())
			tag, attributes := z.TagName()
			if open.enter(string(tag), attributes) {
				out.Write(raw)
			}
		case html.EndTagToken:
			raw := bytes.Clone(z.Raw())
			tag, _ := z.TagName()
			if open.leave(string(tag)) {
				out.Write(raw)
			}
		default:
			out.Write(z.Raw())
		}
	}
}

// nesting are the open elements, innermost last; kept counts those whose tags
// were left in.
type nesting struct {
	names []string
	drop  []bool
	kept  int
}

var wrapper = WordSet("div span font center section article main b i em strong u small big blockquote")

// enter tells whether a start tag stays in.
func (n *nesting) enter(name string, attributes bool) bool {
	if voidElement[name] || impliedEnd[name] {
		return true
	}
	if len(n.names) == 1<<16 {
		return false
	}
	keep := n.kept < maxNesting && (n.kept < plainNesting || attributes || !wrapper[name])
	n.names, n.drop = append(n.names, name), append(n.drop, !keep)
	if keep {
		n.kept++
	}
	return keep
}

// leave tells whether an end tag stays in. It looks for the start among the
// innermost elements only, so that the work stays linear.
func (n *nesting) leave(name string) bool {
	if voidElement[name] || impliedEnd[name] {
		return true
	}
	last := len(n.names) - 1
	for i := last; i >= 0 && i > last-32; i-- {
		if n.names[i] != name {
			continue
		}
		keep := !n.drop[i]
		for ; last >= i; last-- {
			if !n.drop[last] {
				n.kept--
			}
		}
		n.names, n.drop = n.names[:i], n.drop[:i]
		return keep
	}
	return false
}

// Text returns the visible text of nodes with runs of white space collapsed.
func Text(sel *goquery.Selection) string {
	var b collapsed
	for _, n := range sel.Nodes {
		writeText(&b, n)
	}
	return b.String()
}

// hasText tells that a node has visible text.
func hasText(n *html.Node) bool {
	if n.Type == html.TextNode {
		return strings.ContainsFunc(n.Data, func(r rune) bool { return !unicode.IsSpace(r) })
	}
	if hidden(n) {
		return false
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if hasText(c) {
			return true
		}
	}
	return false
}

// hidden tells that a node is no text of the page.
func hidden(n *html.Node) bool {
	return n.Type != html.ElementNode && n.Type != html.DocumentNode || silent[n.Data]
}

var silent = WordSet("script style noscript template select textarea")

// collapsed is text with runs of white space collapsed as they come, so that a
// long text is there once.
type collapsed struct {
	strings.Builder
	gap bool // space came after what was written
}

func (c *collapsed) add(s string) {
	if first, _ := utf8.DecodeRuneInString(s); unicode.IsSpace(first) {
		c.gap = true
	}
	for word := range strings.FieldsSeq(s) {
		if c.gap && c.Len() > 0 {
			c.WriteByte(' ')
		}
		c.WriteString(word)
		c.gap = true
	}
	if last, _ := utf8.DecodeLastRuneInString(s); s != "" {
		c.gap = unicode.IsSpace(last)
	}
}

func writeText(b *collapsed, n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		b.add(n.Data)
	case !hidden(n):
		switch n.Data {
		case "br", "p", "div", "li", "td", "th", "tr", "h1", "h2", "h3", "h4":
			b.gap = true
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			writeText(b, c)
		}
		if n.Data == "div" || n.Data == "p" || n.Data == "td" || n.Data == "li" {
			b.gap = true
		}
	}
}

// First returns the first element with text that the comma-separated
// alternatives of a selector find, tried in their order.
func First(root *goquery.Selection, selector string) *goquery.Selection {
	for _, one := range Alternatives(selector) {
		found := root.Find(one)
		for i := range found.Nodes {
			if s := found.Eq(i); hasText(found.Nodes[i]) || s.Is("meta, time[datetime]") {
				return s
			}
		}
	}
	return root.Slice(0, 0)
}

// Alternatives splits a selector at the commas outside brackets and quotes.
func Alternatives(selector string) []string {
	var out []string
	start, depth := 0, 0
	var quote rune
	for i, r := range selector {
		switch {
		case quote != 0:
			if r == quote {
				quote = 0
			}
		case r == '"' || r == '\'':
			quote = r
		case r == '(' || r == '[':
			depth++
		case r == ')' || r == ']':
			depth--
		case r == ',' && depth == 0:
			out = append(out, strings.TrimSpace(selector[start:i]))
			start = i + 1
		}
	}
	if last := strings.TrimSpace(selector[start:]); last != "" {
		out = append(out, last)
	}
	return out
}
