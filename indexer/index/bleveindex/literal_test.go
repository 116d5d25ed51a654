package bleveindex

import (
	"testing"

	"bantin/analyzers/vi"
	"bantin/indexer/index"
)

func phraseWords(text string, accented bool) []index.Word {
	var out []index.Word
	for _, t := range sequence(text) {
		w := index.Word{Text: t.fold, Accented: accented}
		if accented {
			w.Text = t.syl
		}
		out = append(out, w)
	}
	return out
}

func TestLiterally(t *testing.T) {
	for _, c := range []struct {
		text, phrase string
		accented     bool
		want         bool
	}{
		{"Hội nghị giao ban quý", "giao ban", true, true},
		{"Hội nghị GIAO BAN, quý", "giao ban", false, true},
		{"hội nghị giao bàn", "giao ban", true, false},
		{"hội nghị giao bàn", "giao ban", false, true},
		{"hội nghị giao. Ban quý", "giao ban", true, false},
		{"hội nghị giao ban-nơ", "giao ban", true, false},
		{"ngoại giao ban", "giao ban", true, true},
		{"thoại giao-ban", "giao ban", true, false}, // true, but left to analysis
		{"Đường đi", "duong di", false, true},
		{"", "giao ban", true, false},
	} {
		if got := literally(c.text, phraseWords(c.phrase, c.accented)); got != c.want {
			t.Errorf("literally(%q, %q) = %v", c.text, c.phrase, got)
		}
	}
}

// FuzzLiterally: what stands literally in a text also stands in its analysis.
func FuzzLiterally(f *testing.F) {
	f.Add("Hội nghị giao ban quý III/2020 của TW, khóa XIII", 2, 3, true)
	f.Add("uỷ ban  Mặt trận (Tổ quốc) Covid-19. giao ban\n\nT.Ư họp", 1, 2, false)
	f.Fuzz(func(t *testing.T, text string, at, n int, accented bool) {
		tokens := sequence(text)
		if at < 0 || n < 2 || n > 5 || at+n > len(tokens) {
			return
		}
		var words []index.Word
		for _, k := range tokens[at : at+n] {
			w := index.Word{Text: k.fold, Accented: accented}
			if accented {
				w.Text = k.syl
			}
			words = append(words, w)
		}
		if literally(text, words) && !holds(tokens, words) {
			t.Errorf("%v stands literally in %q but not in its analysis", words, text)
		}
	})
}

func TestFoldOfSyllables(t *testing.T) {
	for _, text := range []string{"Uỷ ban nhân dân tỉnh Thừa Thiên Huế", "TW, T.Ư, Covid-19, khóa XIII, kỹ sĩ Đắk Lắk Ê-đê 1.234,5"} {
		s := vi.Analyze(text)
		for i, w := range s.Syl {
			if got := vi.Fold(w.Text); got != s.Fold[i].Text {
				t.Errorf("%q folds to %q, the stream has %q", w.Text, got, s.Fold[i].Text)
			}
		}
	}
}
