package web

import (
	"slices"
	"strings"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/searchd/query"
)

// matcher finds in a text what a query asked for.
type matcher struct{ root index.Node }

// matches reads what somebody asked for; a text that cannot be read marks
// nothing.
func matches(text string) matcher {
	parsed, err := query.Parse(text)
	if err != nil {
		return matcher{}
	}
	return matcher{parsed.Root}
}

// in returns the spans of text that match, by start, neighbours joined.
func (m matcher) in(text string, field index.TextField) []bulletin.Span {
	if m.root == nil {
		return nil
	}
	streams := vi.AnalyzeOnly(text, vi.WantSyl|vi.WantFold|vi.WantKey)
	var spans []bulletin.Span
	walk(m.root, func(n index.Node) { spans = found(spans, n, streams, field) })
	slices.SortFunc(spans, func(a, b bulletin.Span) int { return a.Start - b.Start })
	return joinSpans(text, spans)
}

// walk visits the nodes that a match can come from.
func walk(n index.Node, visit func(index.Node)) {
	switch n := n.(type) {
	case index.And:
		for _, child := range n {
			walk(child, visit)
		}
	case index.Or:
		for _, child := range n.Children {
			walk(child, visit)
		}
	case index.Word, index.Prefix, index.Phrase, index.Key:
		visit(n)
	}
}

func found(spans []bulletin.Span, n index.Node, s vi.Streams, in index.TextField) []bulletin.Span {
	covers := func(f index.TextField) bool { return f == index.AnyField || f == in }
	collect := func(tokens []vi.Token, is func(string) bool) {
		for _, t := range tokens {
			if is(t.Text) {
				spans = append(spans, bulletin.Span{Start: t.Start, End: t.End})
			}
		}
	}
	switch n := n.(type) {
	case index.Word:
		if covers(n.Field) {
			collect(words(s, n.Accented), func(text string) bool { return text == n.Text })
		}
	case index.Prefix:
		if covers(n.Field) {
			collect(words(s, n.Accented), func(text string) bool { return strings.HasPrefix(text, n.Text) })
		}
	case index.Key:
		if covers(n.Field) {
			collect(s.Key, func(text string) bool { return text == n.Text })
		}
	case index.Phrase:
		if covers(n.Field) {
			spans = append(spans, phrases(s, n.Words)...)
		}
	}
	return spans
}

func words(s vi.Streams, accented bool) []vi.Token {
	if accented {
		return s.Syl
	}
	return s.Fold
}

// phrases returns where the words stand next to each other.
func phrases(s vi.Streams, want []index.Word) []bulletin.Span {
	if len(want) == 0 {
		return nil
	}
	at := make([]map[int]vi.Token, len(want)) // by position
	for i, w := range want {
		at[i] = map[int]vi.Token{}
		for _, t := range words(s, w.Accented) {
			if t.Text == w.Text {
				at[i][t.Pos] = t
			}
		}
	}
	var out []bulletin.Span
	for pos, first := range at[0] {
		end, ok := first.End, true
		for i := 1; i < len(want) && ok; i++ {
			var t vi.Token
			t, ok = at[i][pos+i]
			end = max(end, t.End)
		}
		if ok {
			out = append(out, bulletin.Span{Start: first.Start, End: end})
		}
	}
	return out
}

// joinSpans joins the spans that overlap or have only spaces between them.
func joinSpans(text string, spans []bulletin.Span) []bulletin.Span {
	var out []bulletin.Span
	for _, s := range spans {
		if n := len(out); n > 0 && (s.Start <= out[n-1].End || strings.Trim(text[out[n-1].End:s.Start], " ") == "") {
			out[n-1].End = max(out[n-1].End, s.End)
			continue
		}
		out = append(out, s)
	}
	return out
}
