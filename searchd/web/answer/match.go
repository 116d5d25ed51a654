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
type Matcher struct{ root index.Node }

// Matches reads what somebody asked for.
func Matches(text string) Matcher {
	return Matcher{query.Parse(text).Root}
}

// In returns the spans of text that match, by start, neighbours joined. A
// single syllable is left out where it stands alone when elsewhere it stands
// next to another word of the query: "ban" of "giao ban" is no match in "Ủy
// ban".
func (m Matcher) In(text string, field index.TextField) []bulletin.Span {
	spans := index.Matches(m.root, text, field)
	paired := map[string]bool{}
	for _, s := range spans {
		if words := strings.Fields(vi.Fold(text[s.Start:s.End])); len(words) > 1 {
			for _, w := range words {
				paired[w] = true
			}
		}
	}
	return slices.DeleteFunc(spans, func(s bulletin.Span) bool { return paired[vi.Fold(text[s.Start:s.End])] })
}
