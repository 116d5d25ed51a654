package query

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"bantin/indexer/index"
)

// TestHostile types what is meant to hurt: each is refused by a limit that is
// named, or read with its mending told, and what is read stays within the
// limits of the index.
func TestHostile(t *testing.T) {
	row := func(s string, n int) string { return strings.TrimSpace(strings.Repeat(s, n)) }
	for _, c := range []struct{ name, typed, limit, repair string }{
		{"most bytes", row("a", MaxBytes), "", ""},
		{"one byte more", row("a", MaxBytes+1), "1000 bytes: make it shorter", ""},
		{"a megabyte", row("a ", 1<<19), "1000 bytes: make it shorter", ""},
		{"most words", row("a ", MaxWords), "", ""},
		{"one word more", row("a ", MaxWords+1), "64 words: make it shorter", ""},
		{"words in one phrase", `"` + row("a ", MaxWords+1) + `"`, "64 words: make it shorter", ""},
		{"words in brackets", "(" + row("a ", MaxWords+1) + ")", "64 words: make it shorter", ""},
		{"words between bars", row("a|", MaxWords+1), "64 words: make it shorter", ""},
		{"hyphens", row("a-", MaxWords+1), "64 words: make it shorter", ""},
		{"fields", row("năm:2020 ", MaxWords+1), "64 words: make it shorter", ""},
		{"abbreviations", row("UBND ", MaxWords), "", ""},
		{"short abbreviations", row("TW ", MaxWords/2), "", ""},
		{"long forms", row("Ủy ban nhân dân ", MaxWords/4), "", ""},
		{"quarters", row("Q3/2020 ", MaxWords/3), "", ""},
		{"provinces", row("Lào Cai ", MaxWords/2), "", ""},
		{"documents", row("73-NQ/TU ", MaxWords/3), "", ""},
		{"prefixes", row("an* ", MaxWords), "", ""},
		{"a prefix of one letter", "a*", "", "wildcard"},
		{"stars", row("* ", 300), "", ""},
		{"brackets that never close", row("(", 900) + "a", "", "nesting"},
		{"brackets that never open", row(")", 900), "", "bracket"},
		{"deep brackets", row("(a ", 12) + row(")", 12), "", "nesting"},
		{"deep exclusions", row("-(a ", 12) + row(")", 12), "", "nesting"},
		{"deep alternatives", row("-(a OR UBND -(", 8), "", "nesting"},
		{"deepest brackets", row("-(a OR quý 3/2020 ", MaxNesting) + row(")", MaxNesting), "", ""},
		{"quotes", row(`"`, 901), "", "quote"},
		{"labels without values", row("tỉnh: ", 60), "", "field"},
		{"bars", row("|", 900), "", "operator"},
		{"only operators", row("OR ", 300), "", "operator"},
		{"only NOT", row("NOT ", 200), "", "operator"},
		{"only minus", row("- ", 400), "", ""},
		{"marks without letters", row("\u0301", 400), "", ""},
		{"one long word", row("á", 500), "", ""},
		{"zero-width", row("a\u200b", 200), "64 words: make it shorter", ""},
		{"broken UTF-8", row("\xff", 900), "", ""},
		{"right-to-left", row("\u202e", 300) + "nhà", "", ""},
		{"emoji", row("😀", 200), "", ""},
	} {
		got, err := Parse(c.typed)
		if c.limit != "" {
			if !errors.As(err, new(*TooLongError)) || !strings.Contains(err.Error(), c.limit) {
				t.Errorf("%s: %v", c.name, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if c.repair != "" && !slices.ContainsFunc(got.Repairs, func(r Repair) bool { return r.Kind == c.repair }) {
			t.Errorf("%s: repairs %v, want %s", c.name, got.Repairs, c.repair)
		}
		readings := []index.Relaxation{{Step: "as typed", Root: got.Root}}
		for _, r := range append(readings, got.Relaxed...) {
			if err := index.DefaultLimits.Check(index.Query{Root: r.Root, Filters: got.Filters}); err != nil {
				t.Errorf("%s, %s: %v", c.name, r.Step, err)
			}
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
			return testing.AllocsPerRun(5, func() { _, _ = Parse(text) }) // may be past the limits
		}
		if a, b := parse(half), parse(whole); b > 3*a+200 || b > 20_000 {
			t.Errorf("%q: %.0f allocations for half the length, %.0f for the whole", unit, a, b)
		}
	}
}
