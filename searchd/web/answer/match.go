package answer

import (
	"slices"
	"strings"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/searchd/query"
)

// Matcher finds in a text what a query asked for.
type Matcher struct {
	root   index.Node
	fields map[index.TextField]func(string) []bulletin.Span
}

// Matches reads what somebody asked for.
func Matches(text string) Matcher { return matcherOf(query.Parse(text).Root) }

func matcherOf(root index.Node) Matcher {
	m := Matcher{root, map[index.TextField]func(string) []bulletin.Span{}}
	for _, f := range index.TextFields {
		m.fields[f] = index.Finder(root, f)
	}
	return m
}

// In returns the spans of text that match, by start, neighbours joined. A
// single syllable is left out where it stands alone when elsewhere it stands
// next to another word of the query: "ban" of "giao ban" is no match in "Ủy
// ban".
func (m Matcher) In(text string, field index.TextField) []bulletin.Span {
	spans := m.fields[field](text)
	var paired map[string]bool
	for _, s := range spans {
		words := strings.Fields(text[s.Start:s.End])
		if len(words) < 2 {
			continue
		}
		if paired == nil {
			paired = map[string]bool{}
		}
		for _, w := range words {
			paired[vi.Fold(w)] = true
		}
	}
	if paired == nil {
		return spans
	}
	return slices.DeleteFunc(spans, func(s bulletin.Span) bool { return paired[vi.Fold(text[s.Start:s.End])] })
}
