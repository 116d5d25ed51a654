package vi

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestWordsAndKeys: one reading gives what two do, in pieces or at once.
func TestWordsAndKeys(t *testing.T) {
	sentences := []string{
		"Ngày 25/9/2020, tỉnh Tuyên Quang giao ban quý III/2020. ", "Nghị quyết số 73-NQ/TU ngày 12/5/2019 của Tỉnh ủy\n",
		"Covid-19, khoá XIII và 1.234,5 tỷ đồng; ", "bad \xff\xfe bytes. ", "mặt trận\n\n",
	}
	r := rand.New(rand.NewPCG(1, 1))
	for _, n := range []int{0, 1, 5, 400, 20_000} {
		var b strings.Builder
		for range n {
			b.WriteString(sentences[r.IntN(len(sentences))])
		}
		text := b.String()
		words, keys := WordsAndKeys(text)
		var want []string
		for _, key := range AnalyzeOnly(text, WantKey).Key {
			want = append(want, key.Text)
		}
		if d := cmp.Diff(Shingles(text, 1), words); d != "" && len(words) > 0 {
			t.Errorf("%d sentences: words %.500s", n, d)
		}
		if d := cmp.Diff(want, keys); d != "" {
			t.Errorf("%d sentences: keys %.500s", n, d)
		}
	}
}

// TestCutPiece: pieces are bounded and make up the text, wherever it can be cut.
func TestCutPiece(t *testing.T) {
	for name, unit := range map[string]string{"words": "một hai ", "no end": "mộthaiba", "invalid": "\xff\x80\x80\x80", "marks": "a\u0301"} {
		text := strings.Repeat(unit, 300_000/len(unit))
		whole := ""
		for rest := text; rest != ""; {
			var piece string
			piece, rest = cutPiece(rest)
			if piece == "" || len(piece) > longPiece {
				t.Fatalf("%s: a piece of %d bytes", name, len(piece))
			}
			whole += piece
		}
		if whole != text {
			t.Errorf("%s: the pieces are not the text", name)
		}
	}
}
