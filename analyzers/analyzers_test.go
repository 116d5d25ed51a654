package analyzers_test

import (
	"strings"
	"testing"

	"bantin/analyzers"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	_ "github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	_ "github.com/blevesearch/bleve/v2/analysis/tokenizer/whitespace"
	"github.com/google/go-cmp/cmp"
)

func terms(tokens analysis.TokenStream) string {
	var out []string
	for _, t := range tokens {
		out = append(out, string(t.Term))
	}
	return strings.Join(out, "|")
}

func TestAnalyzers(t *testing.T) {
	const text = "Ủy ban MTTQ, số 54-NQ/TƯ"
	for name, want := range map[string]string{
		analyzers.Syllables:     "uỷ|ban|mttq|số|54|nq|trung|tw|ương",
		analyzers.Folded:        "uy|ban|mttq|so|54|nq|trung|tw|uong",
		analyzers.FoldedBigrams: "uy ban|ban mttq|mttq so|so 54|54 nq|nq trung|trung uong",
		analyzers.Bigrams:       "uỷ ban|ban mttq|mttq số|số 54|54 nq|nq trung|trung ương",
		analyzers.Keys:          "54-nq/tw",
	} {
		tokens, err := bleve.NewIndexMapping().AnalyzeText(name, []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, terms(tokens)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		for _, token := range tokens {
			if token.Position < 1 || token.Start >= token.End || token.End > len(text) {
				t.Errorf("%s: %v", name, token)
			}
		}
	}
}

func TestFilters(t *testing.T) {
	for _, c := range []struct{ filter, text, want string }{
		{analyzers.CanonicalFilter, "Thủy KỸ", "thuỷ|kĩ"},
		{analyzers.FoldFilter, "Thủy Đường", "thuy|duong"},
	} {
		if diff := cmp.Diff(c.want, analyzeCustom(t, map[string]any{
			"type": "custom", "tokenizer": "whitespace", "token_filters": []string{c.filter},
		}, c.text)); diff != "" {
			t.Errorf("%s: %s", c.filter, diff)
		}
	}
	if diff := cmp.Diff("mặt|trận", analyzeCustom(t, map[string]any{
		"type": "custom", "tokenizer": analyzers.Syllables, "char_filters": []string{analyzers.RepairFilter},
	}, "MÆt trËn")); diff != "" {
		t.Error(diff)
	}
}

func analyzeCustom(t *testing.T, config map[string]any, text string) string {
	t.Helper()
	m := bleve.NewIndexMapping()
	if err := m.AddCustomAnalyzer("custom", config); err != nil {
		t.Fatal(err)
	}
	tokens, err := m.AnalyzeText("custom", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return terms(tokens)
}
