package vi

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
)

// seeds holds what has been troublesome somewhere.
var seeds = []string{
	"", "Mặt trận Tổ quốc Việt Nam", "Ma\u0323\u0306t\u200btrận", "54-NQ/TW, 30/2020/NĐ-CP, T.Ư TƯ", "quý III/2020 01/7/2025",
	"168.473.250.000 8,2 1.1.2025", "Covid-19 H'Mông U.B.N.D khóa XV", "\xff\xfe Ð ð", "MÆt trËn", "Máº·t tráº\u00adn", "mawtj traanj",
	"e\u0301\u0302\u0323\u031b\u0308", "한국 \u1112\u1161\u11ab", "\u0301abc", "İstanbul ẞ ŉ ǰ", "ｕｂｎｄ２０２５", "K\u212b\u0344",
	"a\u200b\u200c\u200db", "९०१ ๑๒", "ﬁ Ⅷ ² ½", "\u034f\u0301x\u034f\u0301", "TƯ\u00a0ĐẦU", "q\u200buý", "a\u0340\u0341",
	strings.Repeat("\u0301", 40), "x" + strings.Repeat("\u0323\u0302", 20), strings.Repeat("T.", 30),
}

func FuzzAnalyze(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := AnalyzeOnly(text, All|WantBigrams)
		for _, tokens := range [][]Token{s.Syl, s.Fold, s.FoldBigrams, s.Bigrams, s.Key} {
			checkTokens(t, text, tokens)
		}
		if len(s.Syl) != len(s.Fold) {
			t.Errorf("%d syllables, %d folded", len(s.Syl), len(s.Fold))
		}
		for _, k := range s.Fold {
			if k.Kind == First && Fold(k.Text) != k.Text {
				t.Errorf("%q is not folded", k.Text)
			}
		}
	})
}

func checkTokens(t *testing.T, text string, tokens []Token) {
	t.Helper()
	start, pos := 0, -1
	for _, k := range tokens {
		if k.Start < start || k.End <= k.Start || k.End > len(text) || k.Pos < pos {
			t.Errorf("%+v after offset %d, position %d of %d bytes", k, start, pos, len(text))
		}
		if k.Text == "" || !utf8.ValidString(k.Text) || len(k.Text) > 4*maxToken {
			t.Errorf("text %q", k.Text)
		}
		if k.End <= len(text) && k.Start <= k.End && utf8.ValidString(text) && !utf8.ValidString(text[k.Start:k.End]) {
			t.Errorf("%+v splits a character", k)
		}
		start, pos = k.Start, k.Pos
	}
}

// FuzzForms checks that a text gives the same words in every normal form.
func FuzzForms(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || longMarks(text) {
			t.Skip()
		}
		nfc, nfd := norm.NFC.String(text), norm.NFD.String(text)
		if diff := cmp.Diff(plainTexts(nfc), plainTexts(nfd)); diff != "" {
			t.Errorf("%q: %s", text, diff)
		}
		if a, b := Clean(nfc), Clean(nfd); a != b {
			t.Errorf("Clean: %q, %q", a, b)
		}
		if a, b := Fold(nfc), Fold(nfd); a != b {
			t.Errorf("Fold: %q, %q", a, b)
		}
	})
}

// longMarks reports more marks on one letter than are kept.
func longMarks(text string) bool {
	n := 0
	for _, r := range norm.NFD.String(text) {
		if c := lookup(r).class; c != mark && c != invisible {
			n = 0
		} else if n++; n > 20 {
			return true
		}
	}
	return false
}

func plainTexts(text string) (out []string) {
	for _, k := range Analyze(text).Syl {
		if k.Kind == First {
			out = append(out, k.Text)
		}
	}
	return out
}

func FuzzIdempotent(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for name, step := range map[string]func(string) string{"Clean": Clean, "Normalize": Normalize, "Fold": Fold, "Slug": Slug} {
			once := step(text)
			if !utf8.ValidString(once) {
				t.Errorf("%s(%q) = %q is not UTF-8", name, text, once)
			}
			if again := step(once); again != once {
				t.Errorf("%s(%q) = %q, again %q", name, text, once, again)
			}
		}
	})
}

func FuzzInput(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if got, _ := FromKeystrokes(text); utf8.ValidString(text) && !utf8.ValidString(got) {
			t.Errorf("keystrokes %q", got)
		}
		got, enc := Repair(text)
		if enc != "" && !utf8.ValidString(got) || enc == "" && got != text {
			t.Errorf("%s %q", enc, got)
		}
		words := Words(text)
		for i := range words {
			if n, _ := Abbreviations(words[i:]); n > len(words)-i {
				t.Errorf("%d words of %d", n, len(words)-i)
			}
		}
		if s, ok := Parse(text); ok {
			if again, ok := Parse(s.String()); !ok || again != s {
				t.Errorf("%v parses as %v", s, again)
			}
		}
	})
}
