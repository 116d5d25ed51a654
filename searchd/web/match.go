package web

import (
	"cmp"
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
	var hits []hit
	walk(m.root, func(n index.Node) { hits = found(hits, n, streams, field) })
	slices.SortFunc(hits, func(a, b hit) int { return cmp.Or(a.Start-b.Start, a.End-b.End) })
	return runs(text, hits)
}

// hit is a place where a part of the query matches.
type hit struct {
	bulletin.Span
	word string // the syllable, "" for what stands for itself
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

func found(hits []hit, n index.Node, s vi.Streams, in index.TextField) []hit {
	covers := func(f index.TextField) bool { return f == index.AnyField || f == in }
	collect := func(tokens []vi.Token, word string, is func(string) bool) {
		for _, t := range tokens {
			if is(t.Text) {
				hits = append(hits, hit{bulletin.Span{Start: t.Start, End: t.End}, word})
			}
		}
	}
	switch n := n.(type) {
	case index.Word:
		if covers(n.Field) {
			collect(words(s, n.Accented), n.Text, func(text string) bool { return text == n.Text })
		}
	case index.Prefix:
		if covers(n.Field) {
			collect(words(s, n.Accented), "", func(text string) bool { return strings.HasPrefix(text, n.Text) })
		}
	case index.Key:
		if covers(n.Field) {
			collect(s.Key, "", func(text string) bool { return text == n.Text })
		}
	case index.Phrase:
		if covers(n.Field) {
			hits = append(hits, phrases(s, n.Words)...)
		}
	}
	return hits
}

func words(s vi.Streams, accented bool) []vi.Token {
	if accented {
		return s.Syl
	}
	return s.Fold
}

// phrases returns where the words stand next to each other.
func phrases(s vi.Streams, want []index.Word) []hit {
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
	var out []hit
	for pos, first := range at[0] {
		end, ok := first.End, true
		for i := 1; i < len(want) && ok; i++ {
			var t vi.Token
			t, ok = at[i][pos+i]
			end = max(end, t.End)
		}
		if ok {
			out = append(out, hit{bulletin.Span{Start: first.Start, End: end}, ""})
		}
	}
	return out
}

// runs joins the hits that overlap or have only spaces between them. A single
// syllable is left out where it stands alone when elsewhere it stands next to
// another word of the query: "ban" of "giao ban" is no match in "Ủy ban".
func runs(text string, hits []hit) []bulletin.Span {
	type run struct {
		bulletin.Span
		words []string
	}
	var all []run
	joined := map[string]bool{}
	for _, h := range hits {
		n := len(all)
		if n == 0 || (h.Start > all[n-1].End && strings.Trim(text[all[n-1].End:h.Start], " ") != "") {
			all = append(all, run{h.Span, []string{h.word}})
			continue
		}
		r := &all[n-1]
		r.End = max(r.End, h.End)
		if !slices.Contains(r.words, h.word) {
			r.words = append(r.words, h.word)
		}
	}
	for _, r := range all {
		for _, w := range r.words {
			joined[w] = joined[w] || len(r.words) > 1
		}
	}
	var out []bulletin.Span
	for _, r := range all {
		if len(r.words) > 1 || r.words[0] == "" || !joined[r.words[0]] {
			out = append(out, r.Span)
		}
	}
	return out
}
