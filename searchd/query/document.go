package query

import (
	"strings"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/indexer/index"
)

// documents reads the documents that a run of plain words names.
func documents(text string) []mention {
	var out []mention
	for _, k := range vi.AnalyzeOnly(text, vi.WantKey).Key {
		if numeral.MatchString(k.Text) || moment.MatchString(k.Text) {
			continue
		}
		m := mention{Span: bulletin.Span{Start: k.Start, End: k.End}, field: index.Cites, keys: []string{k.Text}}
		for _, v := range CitesValues(strings.TrimSpace(text[k.Start:k.End])) {
			m.values = append(m.values, v)
			m.terms = append(m.terms, fact(index.Cites, v))
		}
		if len(m.terms) > 0 {
			out = append(out, m)
		}
	}
	return out
}
