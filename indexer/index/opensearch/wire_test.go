package opensearch

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/indexer/nodes"

	"github.com/google/go-cmp/cmp"
)

// TestWire: OpenSearch gives back our tokens where we put them: several at one
// position, gaps one wide, joined forms apart from all others.
func TestWire(t *testing.T) {
	ix := open(t, connect(t), Options{})
	var got struct {
		Tokens []struct {
			Token    string
			Position int
		}
	}
	text := wired(vi.AnalyzeOnly("Mặt trận họp khóa XIII. Covid-19 lùi", vi.WantSyl).Syl)
	err := ix.client.Do(t.Context(), http.MethodPost, "/"+ix.name+"/_analyze", m{"analyzer": "wire", "text": text}, &got)
	if err != nil {
		t.Fatal(err)
	}
	var tokens []string
	for _, tok := range got.Tokens {
		tokens = append(tokens, fmt.Sprintf("%s@%d", tok.Token, tok.Position))
	}
	want := "mặt@0 trận@1 họp@2 khoá@3 xiii@4 13@4 covid@6 19@7 lùi@8 covid19@10"
	if s := strings.Join(tokens, " "); s != want {
		t.Errorf("%q came back as %q, want %q", text, s, want)
	}
}

// TestDocument: a document is sent once as text for people and twice as tokens,
// without bigrams.
func TestDocument(t *testing.T) {
	raw, err := nodes.Lines(source(one("a", "Mặt trận họp khóa XIII. Covid-19 lùi.", "")))
	if err != nil {
		t.Fatal(err)
	}
	var got m
	if err := json.Unmarshal(raw, &got); err != nil {
		t.Fatal(err)
	}
	delete(got, docField)
	want := m{
		"id": "a", "group": "a", "cluster": "a", "t_s": " mặt trận họp khoá xiii|13 ~ covid 19 lùi ~ covid19", "t_f": " mat tran hop khoa xiii|13 ~ covid 19 lui ~ covid19",
		"t_k": "19", "t_nw": 10., "t_nb": 7., "t_nk": 1.,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// TestOddDocuments: what is too long for OpenSearch does not stop a batch.
func TestOddDocuments(t *testing.T) {
	ix := open(t, connect(t), Options{})
	long := one("a", strings.Repeat("x", 40_000), strings.Repeat("đ", 40_000)+" giao ban")
	long.Bulletin.Cites = []bulletin.Citation{{Key: strings.Repeat("k", 40_000), Label: strings.Repeat("n", 40_000)}}
	long.Bulletin.Organizations = []string{strings.Repeat("o", 40_000)}
	odd := one("b/c ?#%", "giao ban", "~ | _ \" \\ \x01 ﷺ 🙂 giao ban")
	apply(t, ix, 1, long, odd)
	if n := total(t, ix, index.Phrase{Words: []index.Word{{Text: "giao"}, {Text: "ban"}}}); n != 2 {
		t.Errorf("%d of 2 found", n)
	}
	d, err := ix.Get(t.Context(), odd.ID)
	if diff := cmp.Diff(odd.Bulletin.Body, d.Body); err != nil || diff != "" {
		t.Errorf("%v: %s", err, diff)
	}
}
