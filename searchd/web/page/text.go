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
	return &textWriter{
		text: text, href: href,
		cites: fitting(text, cites, func(c bulletin.Citation) bulletin.Span { return bulletin.Span{Start: c.Start, End: c.End} }),
		marks: fitting(text, marks, func(m bulletin.Span) bulletin.Span { return m }),
	}
}

// fitting are those whose spans fit the text and do not overlap, by start.
func fitting[T any](text string, all []T, span func(T) bulletin.Span) (out []T) {
	end := 0
	for _, one := range slices.SortedFunc(slices.Values(all), func(a, b T) int { return span(a).Start - span(b).Start }) {
		if s := span(one); answer.Fits(s, end, len(text)) {
			out = append(out, one)
			end = s.End
		}
	}
	return out
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
