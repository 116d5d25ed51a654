package analyzers

import (
	"bantin/analyzers/vi"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/registry"
)

func registerFilters() {
	for name, step := range map[string]func(string) string{CanonicalFilter: vi.Canonical, FoldFilter: vi.Fold} {
		must(registry.RegisterTokenFilter(name, func(map[string]any, *registry.Cache) (analysis.TokenFilter, error) {
			return termFilter{step}, nil
		}))
	}
	must(registry.RegisterCharFilter(RepairFilter, func(map[string]any, *registry.Cache) (analysis.CharFilter, error) {
		return repairFilter{}, nil
	}))
}

// termFilter applies a step to every term.
type termFilter struct{ step func(string) string }

// Filter replaces the terms of the stream it was given.
func (f termFilter) Filter(input analysis.TokenStream) analysis.TokenStream {
	for _, token := range input {
		token.Term = []byte(f.step(string(token.Term)))
	}
	return input
}

// repairFilter repairs whole texts.
type repairFilter struct{}

// Filter returns the text itself when there is nothing to repair.
func (repairFilter) Filter(input []byte) []byte {
	text, encoding := vi.Repair(string(input))
	if encoding == "" {
		return input
	}
	return []byte(text)
}
