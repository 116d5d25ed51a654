package index

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestDefaultLimits holds the shape of hostile queries against the limits that
// hold when none are given: at the limit a query passes, past it the error
// names the limit and says what to do.
func TestDefaultLimits(t *testing.T) {
	word := Node(Word{Text: "a"})
	deep := func(n int) Node {
		out := word
		for range n - 1 {
			out = Not{Child: out}
		}
		return out
	}
	endless := make(And, 1)
	endless[0] = endless
	wide := make(And, 1000)
	for i := range wide {
		wide[i] = wide
	}
	for _, c := range []struct {
		name string
		q    Query
		want string // of the error, empty for none
	}{
		{"most clauses", Query{Root: And(slices.Repeat([]Node{word}, 255))}, ""},
		{"clauses", Query{Root: And(slices.Repeat([]Node{word}, 256))}, "more than 256 parts: make it shorter"},
		{"clauses of OR", Query{Root: Or{Children: slices.Repeat([]Node{word}, 5000)}}, "more than 256 parts: make it shorter"},
		{"deepest", Query{Root: deep(16)}, ""},
		{"too deep", Query{Root: deep(17)}, "deeper than 16 levels: make it flatter"},
		{"within itself", Query{Root: endless}, "deeper than 16 levels: make it flatter"},
		{"a thousand times within itself", Query{Root: wide}, "deeper than 16 levels: make it flatter"},
		{"longest phrase", Query{Root: Phrase{Words: make([]Word, 32)}}, ""},
		{"phrase", Query{Root: Not{Child: Phrase{Words: make([]Word, 33)}}}, "more than 32 words: quote a shorter part"},
		{"most values", Query{Filters: map[Field][]string{Org: make([]string, 500), Year: make([]string, 500)}}, ""},
		{"values", Query{Filters: map[Field][]string{Org: make([]string, 500), Year: make([]string, 501)}}, "more than 1000 values: choose fewer"},
		{"largest page", Query{Size: 1000}, ""},
		{"page", Query{Size: 1001}, "at most 1000 hits: ask for fewer"},
	} {
		err := Limits{}.Filled().Check(c.q)
		var limit *LimitError
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%s: %v", c.name, err)
		case c.want != "" && (!errors.As(err, &limit) || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
		if work := testing.AllocsPerRun(10, func() { _ = DefaultLimits.Check(c.q) }); work > 1000 {
			t.Errorf("%s: %.0f allocations to refuse it", c.name, work)
		}
	}
}

// TestLimitErrors: every limit has a message of its own with what is allowed,
// what passed it and what to do.
func TestLimitErrors(t *testing.T) {
	seen := map[string]bool{}
	for _, limit := range []string{"clauses", "nesting", "values", "expansion", "phrase", "page", "depth", "time"} {
		msg := (&LimitError{Limit: limit, Max: 4711, What: "ab*"}).Error()
		if seen[msg] || !strings.Contains(msg, "4711") || !strings.Contains(msg, "ab*") || !strings.Contains(msg, ": ") || strings.Contains(msg, "%!") {
			t.Errorf("%s: %q", limit, msg)
		}
		seen[msg] = true
	}
}

func TestFilled(t *testing.T) {
	if got := (Limits{}).Filled(); got != DefaultLimits {
		t.Errorf("no limits are %+v", got)
	}
	own := Limits{Clauses: 1, Nesting: 2, Values: 3, Expansion: 4, Phrase: 5, Page: 6, Depth: 7, Time: time.Minute}
	if got := own.Filled(); got != own {
		t.Errorf("%+v became %+v", own, got)
	}
}

// TestHostileSnippets looks for words in texts that are meant to cost: the
// work grows with the text no faster than the text, and past a megabyte not
// at all.
func TestHostileSnippets(t *testing.T) {
	root := And{Word{Text: "a"}, Prefix{Text: "b"}, Phrase{Words: []Word{{Text: "a"}, {Text: "a"}, {Text: "a"}}}, Key{Text: "1/2020/nd-cp"}}
	for _, unit := range []string{"a ", "a", "a. ", "\n\n", "ba ", "<b>", "a\u0301 ", "\u0301", "😀", "1/2020/NĐ-CP ", "\xff", " "} {
		illustrate := func(size int) float64 {
			body := strings.Repeat(unit, size/len(unit))
			return testing.AllocsPerRun(1, func() {
				h := Hit{}
				h.Title, h.Body = "a", body
				Illustrate(&h, root)
				if len(h.SnippetHTML) > 8<<10 {
					t.Errorf("%q: a snippet of %d bytes", unit, len(h.SnippetHTML))
				}
			})
		}
		if half, whole := illustrate(1<<13), illustrate(1<<14); whole > 2.5*half+100 {
			t.Errorf("%q: %.0f allocations for 8 KB, %.0f for twice as much", unit, half, whole)
		}
	}
	text := strings.Repeat("a ", maxMatched) // twice what is looked at
	if n := len(Matches(Word{Text: "a"}, text, Body)); n > maxMatched {
		t.Errorf("%d matches", n)
	}
}
