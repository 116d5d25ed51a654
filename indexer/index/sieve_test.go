package index

import (
	"cmp"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"bantin/analyzers/vi"
)

// sievable are texts in which words hide from a reader of letters.
var sievable = []string{
	"Ban Chỉ đạo TƯ họp tại T.Ư, theo 217-QĐ/TW và CT-TTg; UBND, U.B.N.D tỉnh Đắk-Lắk, B'rông và Đ.Ắ.K",
	"TRUNG ƯƠNG ĐẦU TƯ CÔNG, đầu tư, TƯ PHÁP; BCHTƯ họp với BTV TU. Thứ tư, trung tâm.",
	"H\u00f4\u0323i nghi\u0323 giao\u00a0ban; ho\u00adi nghị, \u200bgiao ban, quý/quí, y tế/i tế, Ủy ban–Uỷ ban, ÐẢNG ỦY",
	"giao-ban giao.ban giao,ban giao/ban (giao) ban\ngiao\n\nban. Giao ban’giao ban quý III/2020 Covid-19, covid19 nghìn 1.000 3a giao3ban",
	"\xffgiao ban\xc3 Straße ﬁnal Ｈội nghị Дhội × hội5×giao ban họp…giao“ban”",
}

// sameNear compares what is read near the places with what is read of the whole.
func sameNear(t *testing.T, text string, root Node) {
	t.Helper()
	m := newMatcher(root, Body)
	near := m.find(text)
	m.sieve = nil
	order := func(a, b match) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.part, b.part))
	}
	whole := m.find(text)
	slices.SortFunc(near, order)
	slices.SortFunc(whole, order)
	for i := range max(len(near), len(whole)) {
		if i < len(near) && i < len(whole) && near[i] == whole[i] {
			continue
		}
		at := whole[min(i, len(whole)-1)].Span
		if i >= len(whole) {
			at = near[i].Span
		}
		t.Errorf("%+v in …%q…: %d of %d", root, text[max(0, at.Start-40):min(len(text), at.End+40)], len(near), len(whole))
		return
	}
}

// TestSieve asks a text for its own words and pairs of words, and wants the
// sieve to change nothing. BANTIN_BENCH_CORPUS adds texts.
func TestSieve(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, text := range append(slices.Clone(sievable), corpus(t, 1200)...) {
		s := vi.Analyze(text)
		for range 40 {
			tokens, accented := s.Fold, r.IntN(2) == 0
			if accented {
				tokens = s.Syl
			}
			if len(tokens) == 0 {
				break
			}
			i := r.IntN(len(tokens))
			word := Word{Text: tokens[i].Text, Accented: accented}
			sameNear(t, text, word)
			if j := min(i+1+r.IntN(2), len(tokens)-1); j > i {
				sameNear(t, text, And{Phrase{Words: []Word{word, {Text: tokens[j].Text, Accented: accented}}}, Word{Text: s.Fold[r.IntN(len(s.Fold))].Text}})
			}
		}
	}
}

func FuzzSieve(f *testing.F) {
	for _, text := range sievable {
		f.Add(text, "giao ban")
		f.Add(text, "tư")
	}
	f.Fuzz(func(t *testing.T, text, asked string) {
		words := vi.Words(asked)
		for _, w := range words[:min(len(words), 4)] {
			sameNear(t, text, Or{Children: []Node{Word{Text: w.Fold}, Word{Text: w.Syl, Accented: true}}})
		}
	})
}

// corpus are the samples' texts, and some of the corpus where one is named.
func corpus(t *testing.T, most int) []string {
	t.Helper()
	files, err := filepath.Glob("../../testdata/sites/*/want.json")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	var out []string
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		var items []struct {
			Body []string `json:"body_has"`
		}
		if err := json.Unmarshal(data, &items); err != nil {
			t.Fatal(err)
		}
		for _, i := range items {
			out = append(out, strings.Join(i.Body, "\n"))
		}
	}
	path := os.Getenv("BANTIN_BENCH_CORPUS")
	if path == "" {
		return out
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	z, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	for d := json.NewDecoder(z); len(out) < most; {
		var a struct{ Text string }
		if err := d.Decode(&a); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		out = append(out, a.Text)
	}
	return out
}
