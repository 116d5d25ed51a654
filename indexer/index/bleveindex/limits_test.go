package bleveindex

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"bantin/bulletin"
	"bantin/indexer/index"
)

// TestHostileQueries asks a small index for what would be much work in a large
// one, under the limits that hold by default: each is answered, or refused by
// an error that says which limit it passed and what to do.
func TestHostileQueries(t *testing.T) {
	ix, err := OpenMemory(Options{})
	opened(t, ix, err)
	var many strings.Builder // words that begin alike, more than a prefix may stand for
	for i := range 5200 {
		fmt.Fprintf(&many, "xa%c%c%c ", 'a'+i%26, 'a'+i/26%26, 'a'+i/676%26)
	}
	body := many.String() + strings.Repeat("mặt trận tổ quốc ", 200)
	if err := ix.Apply(t.Context(), []bulletin.Change{{ID: "a", Bulletin: &bulletin.Bulletin{ID: "a", Title: "giao ban", Body: body}}}, 1); err != nil {
		t.Fatal(err)
	}
	word := index.Node(index.Word{Text: "mat"})
	words := func(n int) index.Phrase { return index.Phrase{Words: slices.Repeat([]index.Word{{Text: "mat"}}, n)} }
	deep := word
	for range 20 {
		deep = index.Not{Child: deep}
	}
	late := index.Cursor{Sort: index.Relevance, Key: 1, ID: "a", Shown: 9_995}.String()
	for _, c := range []struct {
		name string
		q    index.Query
		want string // of the error, empty for an answer
	}{
		{"many parts", index.Query{Root: index.Or{Children: slices.Repeat([]index.Node{word}, 255), Min: 100}}, ""},
		{"too many parts", index.Query{Root: index.Or{Children: slices.Repeat([]index.Node{word}, 256)}}, "more than 256 parts: make it shorter"},
		{"too deep", index.Query{Root: deep}, "deeper than 16 levels: make it flatter"},
		{"a long phrase", index.Query{Root: words(32), Size: 10, Snippets: true}, ""},
		{"too long a phrase", index.Query{Root: words(33)}, "more than 32 words: quote a shorter part"},
		{"too short a beginning", index.Query{Root: index.Prefix{Text: "x"}}, "more than 5000 words begin with this prefix: type more letters (x*)"},
		{"an accented one", index.Query{Root: index.Prefix{Text: "x", Accented: true}}, "more than 5000 words begin with this prefix"},
		{"within an exclusion", index.Query{Root: index.Not{Child: index.Prefix{Text: "x"}}}, "more than 5000 words begin with this prefix"},
		{"no beginning", index.Query{Root: index.Prefix{}}, "more than 5000 words begin with this prefix"},
		{"a beginning", index.Query{Root: index.Prefix{Text: "xaa"}, Size: 10, Snippets: true}, ""},
		{"too many values", index.Query{Filters: map[index.Field][]string{index.Cites: make([]string, 1001)}}, "more than 1000 values: choose fewer"},
		{"a large page", index.Query{Size: 1000}, ""},
		{"too large a page", index.Query{Size: 1001}, "at most 1000 hits: ask for fewer"},
		{"the last page", index.Query{Root: word, Size: 5, After: late}, ""},
		{"past the last page", index.Query{Root: word, Size: 6, After: late}, "paging ends after 10000 hits: narrow the query or export it"},
		{"none of many", index.Query{Root: index.Or{Children: slices.Repeat([]index.Node{word}, 3), Min: 1 << 40}}, ""},
		{"less than nothing", index.Query{Root: word, Size: -1}, ""},
	} {
		_, err := ix.Search(t.Context(), c.q)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
	long := strings.Repeat("x", 1<<16)
	for _, typed := range []string{long, strings.Repeat("a ", 1<<14), "x", "*", strings.Repeat("\u0301", 1000)} {
		if _, err := ix.Suggest(t.Context(), typed, 10); err != nil {
			t.Errorf("completing %.10q: %v", typed, err)
		}
	}
	odd := []index.TypedWord{{Word: index.Word{Text: strings.Repeat("m", 41)}}, {Word: index.Word{Text: "*"}}, {Word: index.Word{Text: strings.Repeat("\u0301", 50)}}}
	if got, err := index.Correct(t.Context(), ix, slices.Repeat(odd, 1000)); len(got) > 0 || err != nil {
		t.Errorf("what cannot be corrected: %v, %v", got, err)
	}
}
