package query

import (
	"slices"
	"strings"
	"testing"

	"bantin/indexer/index"
)

// TestHostile types what is meant to hurt: each is read with its mending told, and
// what is read stays within the limits of the index.
func TestHostile(t *testing.T) {
	row := func(s string, n int) string { return strings.TrimSpace(strings.Repeat(s, n)) }
	for _, c := range []struct{ name, typed, repair string }{
		{"most bytes", row("a", MaxBytes), ""},
		{"one byte more", row("a", MaxBytes+1), ""},
		{"a megabyte", row("a ", 1<<19), "long"},
		{"most words", row("a ", index.MostWords), ""},
		{"one word more", row("a ", index.MostWords+1), "long"},
		{"words in one phrase", `"` + row("a ", index.MostWords+1) + `"`, "long"},
		{"words in brackets", "(" + row("a ", index.MostWords+1) + ")", "long"},
		{"words between bars", row("a|", index.MostWords+1), "long"},
		{"hyphens", row("a-", index.MostWords+1), "long"},
		{"fields", row("năm:2020 ", index.MostWords+1), ""},
		{"abbreviations", row("UBND ", index.MostWords), ""},
		{"short abbreviations", row("TW ", index.MostWords/2), ""},
		{"long forms", row("Ủy ban nhân dân ", index.MostWords/4), ""},
		{"quarters", row("Q3/2020 ", index.MostWords/3), ""},
		{"provinces", row("Lào Cai ", index.MostWords/2), ""},
		{"documents", row("73-NQ/TU ", index.MostWords/3), ""},
		{"prefixes", row("an* ", index.MostWords), ""},
		{"a prefix of one letter", "a*", "wildcard"},
		{"stars", row("* ", 300), ""},
		{"brackets that never close", row("(", 900) + "a", "nesting"},
		{"brackets that never open", row(")", 900), "bracket"},
		{"deep brackets", row("(a ", 12) + row(")", 12), "nesting"},
		{"deep exclusions", row("-(a ", 12) + row(")", 12), "nesting"},
		{"deep alternatives", row("-(a OR UBND -(", 8), "nesting"},
		{"deepest brackets", row("-(a OR quý 3/2020 ", MaxNesting) + row(")", MaxNesting), ""},
		{"quotes", row(`"`, 901), "quote"},
		{"labels without values", row("tỉnh: ", 60), "field"},
		{"bars", row("|", 900), "operator"},
		{"only operators", row("OR ", 300), "operator"},
		{"only NOT", row("NOT ", 200), "operator"},
		{"only minus", row("- ", 400), ""},
		{"marks without letters", row("\u0301", 400), ""},
		{"one long word", row("á", 500), ""},
		{"zero-width", row("a\u200b", 200), "long"},
		{"broken UTF-8", row("\xff", 900), ""},
		{"right-to-left", row("\u202e", 300) + "nhà", ""},
		{"emoji", row("😀", 200), ""},
	} {
		got := Parse(c.typed)
		if c.repair != "" && !slices.ContainsFunc(got.Repairs, func(r Repair) bool { return r.Kind == c.repair }) {
			t.Errorf("%s: repairs %v, want %s", c.name, got.Repairs, c.repair)
		}
		if index.Size(got.Root) > index.MostWords {
			continue // index.Run shortens it
		}
		if err := index.DefaultLimits.Check(got.Query()); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// TestParseWork counts what a text of full length costs at most.
func TestParseWork(t *testing.T) {
	for _, unit := range []string{
		"(", ")", `"`, "-", "tỉnh:", "a OR ", "quý ", "số 1-", "73-NQ/TU ", "*", ":", "tỉnh:quảng ", "a|", "NOT ", "\u0301",
		"ubnd ", "mawtj ", "cơ quan: ", "III/2020 ", "Lào Cai ", "a\u200b", "-(", "\xff", "UBND", "trích:1/",
	} {
		half, whole := strings.Repeat(unit, MaxBytes/2/len(unit)), strings.Repeat(unit, MaxBytes/len(unit))
		parse := func(text string) float64 {
			return testing.AllocsPerRun(5, func() { Parse(text) })
		}
		if a, b := parse(half), parse(whole); b > 3*a+200 || b > 400_000 {
			t.Errorf("%q: %.0f allocations for half the length, %.0f for the whole", unit, a, b)
		}
	}
}
