package web

import (
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
	return index.Matches(m.root, text, field)
}
