package page

import (
	"html/template"
	"slices"
	"strconv"
	"strings"

	"bantin/bulletin"
	"bantin/searchd/web/answer"
)

// paragraph is one paragraph of an archived text, ready for a page.
type paragraph struct {
	HTML  template.HTML
	First bool
}

// textWriter writes a text with its citations linked and its matches marked.
// Spans that do not fit the text are left out.
type textWriter struct {
	text  string
	cites []bulletin.Citation // of this text, by start, not overlapping
	marks []bulletin.Span     // by start, not overlapping
	href  func(key string) string
	seen  int // matches written, for their anchors
	// anchorless leaves the anchors out, for a page with several texts.
	anchorless bool
	b          strings.Builder
}

func newTextWriter(text string, cites []bulletin.Citation, marks []bulletin.Span, href func(string) string) *textWriter {
	w := &textWriter{text: text, href: href}
	end := 0
	for _, c := range slices.SortedFunc(slices.Values(cites), func(a, b bulletin.Citation) int { return a.Start - b.Start }) {
		if answer.Fits(bulletin.Span{Start: c.Start, End: c.End}, end, len(text)) {
			w.cites = append(w.cites, c)
			end = c.End
		}
	}
	end = 0
	for _, m := range slices.SortedFunc(slices.Values(marks), func(a, b bulletin.Span) int { return a.Start - b.Start }) {
		if answer.Fits(m, end, len(text)) {
			w.marks = append(w.marks, m)
			end = m.End
		}
	}
	return w
}

// Paragraphs writes the whole text.
func (w *textWriter) paragraphs() []paragraph {
	var out []paragraph
	for start := 0; start < len(w.text); {
		end := len(w.text)
		next := end
		if i := strings.Index(w.text[start:], "\n\n"); i >= 0 {
			end, next = start+i, start+i+2
		}
		if strings.TrimSpace(w.text[start:end]) != "" {
			out = append(out, paragraph{w.html(start, end), len(out) == 0})
		}
		start = next
	}
	return out
}

// html writes one stretch of the text.
func (w *textWriter) html(start, end int) template.HTML {
	w.b.Reset()
	at := start
	for _, c := range w.cites {
		if c.Start < at || c.End > end {
			continue
		}
		w.marked(at, c.Start)
		w.b.WriteString(`<a class="cite" href="` + template.HTMLEscapeString(w.href(c.Key)) + `">`)
		w.marked(c.Start, c.End)
		w.b.WriteString(`</a>`)
		at = c.End
	}
	w.marked(at, end)
	return template.HTML(w.b.String()) //nolint:gosec // every piece of text is escaped as it is written
}

// marked writes a stretch without citations.
func (w *textWriter) marked(start, end int) {
	at := start
	for _, m := range w.marks {
		if m.End <= at || m.Start >= end {
			continue
		}
		from, to := max(m.Start, at), min(m.End, end)
		w.plain(at, from)
		w.seen++
		if w.anchorless {
			w.b.WriteString("<mark>")
		} else {
			w.b.WriteString(`<mark id="m` + strconv.Itoa(w.seen) + `">`)
		}
		w.plain(from, to)
		w.b.WriteString(`</mark>`)
		at = to
	}
	w.plain(at, end)
}

func (w *textWriter) plain(start, end int) {
	w.b.WriteString(strings.ReplaceAll(template.HTMLEscapeString(w.text[start:end]), "\n", "<br>"))
}
