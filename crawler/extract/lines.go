package extract

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"bantin/crawler/site"

	"golang.org/x/net/html"
)

// line is one paragraph as rendered, or one line of a plain text.
type line struct {
	text    string
	from    *html.Node // block it stands in, nil in plain text
	links   int        // bytes of text inside links
	indent  int        // columns of white space before it
	right   bool       // aligned to the right
	caption bool       // of a picture
	broken  bool       // begins after <br> or a single newline, not after a block
}

// linked tells whether a line is nothing but links.
func (l line) linked() bool { return l.links > 0 && l.links*10 >= len(l.text)*8 }

var (
	captionClass = regexp.MustCompile(`(?i)(^|[\s_-])(caption\w*|img-?cap\w*|image-?cap\w*|chuthich|chu-?thich\w*|imgcap|photo-?desc\w*|pic-?caption|news_imgcap|expedit\w*-?caption|picBox2?|piccaption|note-?img|(?:image|img|photo|pic)[-_]?desc\w*|wp-caption-text)([\s_-]|$)`)
	rightStyle   = regexp.MustCompile(`(?i)text-align\s*:\s*right`)
)

// renderer collects the lines below a node.
type renderer struct {
	remove left
	stop   *html.Node // rendered as one empty line that marks its place
	out    []line
	buf    strings.Builder
	from   *html.Node
	links  int
	right  bool
	cap    bool
	broken bool
	seam   bool // between two elements
}

// linesOf renders a node as lines. Nodes in remove are left out; a stop node
// is rendered as one line without text.
func linesOf(n *html.Node, remove left, stop ...*html.Node) []line {
	r := renderer{remove: remove}
	if len(stop) > 0 {
		r.stop = stop[0]
	}
	r.children(n, state{block: n, right: rightAligned(n), pre: n.Data == "pre"})
	r.flush()
	return markPictures(r.out)
}

// state is what an element passes on to what is inside it.
type state struct {
	block   *html.Node
	link    bool
	right   bool
	caption bool
	pre     bool
}

func (r *renderer) children(n *html.Node, s state) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.node(c, s)
	}
}

func (r *renderer) node(n *html.Node, s state) {
	switch {
	case n.Type == html.TextNode:
		r.text(n.Data, s)
		return
	case n.Type != html.ElementNode:
		return
	case n == r.stop:
		r.flush()
		r.out = append(r.out, line{from: n})
		return
	case r.remove[n]:
		return
	case n.Data == "br" || n.Data == "hr":
		r.flush()
		r.broken = n.Data == "br"
		return
	case n.Data == "img":
		r.flush()
		r.out = append(r.out, line{from: n, caption: true})
		return
	}
	inner := s
	inner.link = s.link || n.Data == "a"
	inner.right = s.right || rightAligned(n)
	inner.caption = s.caption || n.Data == "figcaption" || captionClass.MatchString(site.Attr(n, "class"))
	inner.pre = s.pre || n.Data == "pre"
	if !blockTag[n.Data] {
		small := n.Data == "sup" || n.Data == "sub"
		r.seam = r.seam || !small
		r.children(n, inner)
		r.seam = !small
		return
	}
	r.flush()
	inner.block = n
	r.children(n, inner)
	r.flush()
}

func rightAligned(n *html.Node) bool {
	return strings.EqualFold(site.Attr(n, "align"), "right") || rightStyle.MatchString(site.Attr(n, "style")) ||
		strings.Contains(site.Attr(n, "class"), "text-right") || strings.Contains(site.Attr(n, "class"), "rteright")
}

func (r *renderer) text(data string, s state) {
	if s.pre {
		for i, part := range strings.Split(data, "\n") {
			if i > 0 {
				r.broken = strings.TrimSpace(r.buf.String()) != "" // an empty line parts paragraphs
				broken := r.broken
				r.flush()
				r.broken = broken
			}
			s.pre = false
			r.text(part, s)
		}
		return
	}
	if strings.TrimSpace(data) != "" {
		r.from = s.block
		r.right = r.right || s.right
		r.cap = r.cap || s.caption
		if s.link {
			r.links += len(strings.TrimSpace(data))
		}
	}
	if r.seam && parts(r.buf.String(), data) {
		r.buf.WriteByte(' ')
	}
	r.seam = false
	r.buf.WriteString(data)
}

// flush ends the current line.
func (r *renderer) flush() {
	raw := r.buf.String()
	r.buf.Reset()
	text := strings.Join(strings.Fields(repair(raw)), " ")
	if text != "" {
		r.out = append(r.out, line{text: text, from: r.from, links: r.links, indent: indentOf(raw), right: r.right, caption: r.cap, broken: r.broken})
		r.broken = false
	}
	r.links, r.right, r.cap, r.from = 0, false, false, nil
}

// indentOf counts the white space before a line's text; in HTML only what the
// browser keeps counts, which is no-break spaces.
func indentOf(raw string) int {
	n := 0
	for _, r := range raw {
		switch r {
		case '\u00a0', '\u2003', '\u2002', '\t':
			n++
		case ' ', '\n', '\r':
		default:
			return n
		}
	}
	return n
}

// markPictures marks the short line right after a picture, in the same block
// or the same table, as its caption, and drops the pictures.
func markPictures(lines []line) []line {
	var out []line
	var picture *html.Node
	for _, l := range lines {
		if l.text == "" {
			if l.from != nil && l.from.Data == "img" {
				picture = l.from
				continue
			}
			out = append(out, l)
			continue
		}
		if picture != nil && !l.caption && captionLike(l.text) && near(picture, l.from) {
			l.caption = true
		}
		picture = nil
		out = append(out, l)
	}
	return out
}

// near tells whether a line stands in the picture's own small block, table or
// centred paragraph.
func near(picture, block *html.Node) bool {
	if block == nil {
		return false
	}
	if strings.EqualFold(site.Attr(block, "align"), "center") || strings.Contains(strings.ReplaceAll(site.Attr(block, "style"), " ", ""), "text-align:center") || block.Data == "center" {
		return true
	}
	for up, n := 0, picture.Parent; n != nil && up < 5; up, n = up+1, n.Parent {
		if n.Data == "figure" || n.Data == "table" || n == block {
			return site.Holds(n, block) && utf8.RuneCountInString(plain(n)) < 500
		}
	}
	return false
}

// captionLike tells a caption from a paragraph: short and without an end mark.
func captionLike(s string) bool {
	n := utf8.RuneCountInString(s)
	return n <= 220 && (n <= 160 || !strings.HasSuffix(s, "."))
}
