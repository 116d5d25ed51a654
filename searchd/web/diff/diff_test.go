package diff

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestDiff(t *testing.T) {
	for _, tc := range []struct{ was, is, want string }{
		{"một hai ba", "một bốn ba", "=một |-hai|+bốn|= ba"},
		{"a", "a", "=a"},
		{"", "", ""},
		{"", "a b", "+a b"},
		{"a b", "", "-a b"},
		{"một hai ba bốn", "một năm sáu bốn", "=một |-hai ba|+năm sáu|= bốn"},
		{"một hai", "một hai ba", "=một hai|+ ba"},
		{"một  hai", "một hai", "=một|-  |+ |=hai"},
		{"đầu\n\ngiữa cũ\n\ncuối", "đầu\n\ngiữa mới\n\ncuối", "=đầu\n\ngiữa |-cũ|+mới|=\n\ncuối"},
		{"đầu\n\ncuối", "đầu\n\ngiữa\n\ncuối", "=đầu\n\n|+giữa\n\n|=cuối"},
		{"a\n\nb\n\nc", "b\n\nc\n\na", ""},
	} {
		got := checkDiff(t, tc.was, tc.is)
		if tc.want != "" && got != tc.want {
			t.Errorf("%q, want %q", got, tc.want)
		}
	}
}

// checkDiff writes a comparison and checks that it adds up to both texts.
func checkDiff(t *testing.T, was, is string) string {
	t.Helper()
	var got []string
	a, b := "", ""
	for _, p := range Texts(was, is) {
		got = append(got, string(p.Op)+p.Text)
		if p.Text == "" {
			t.Errorf("%.40q to %.40q: an empty piece", was, is)
		}
		if p.Op != '+' {
			a += p.Text
		}
		if p.Op != '-' {
			b += p.Text
		}
	}
	if a != was || b != is {
		t.Errorf("%.40q to %.40q does not add up", was, is)
	}
	return strings.Join(got, "|")
}

// TestDiffOfLongTexts: few changes in a long text show as the words that they
// are, whether it has paragraphs or not.
func TestDiffOfLongTexts(t *testing.T) {
	for _, sep := range []string{"\n\n", " "} {
		var was []string
		for i := range 60_000 {
			was = append(was, fmt.Sprintf("từ%d", i%9000))
			if i%60 == 0 {
				was = append(was, sep)
			}
		}
		is := append([]string{}, was...)
		is[70], is[20_000], is[59_000] = "ĐẦU", "GIỮA", "CUỐI"
		is = append(is[:40_000], append([]string{"THÊM"}, is[40_000:]...)...)
		var changes []string
		for part := range strings.SplitSeq(checkDiff(t, strings.Join(was, " "), strings.Join(is, " ")), "|") {
			if part[0] != '=' {
				changes = append(changes, strings.TrimSpace(part))
			}
		}
		want := "-" + was[70] + " +ĐẦU -" + was[20_000] + " +GIỮA +THÊM -" + was[59_000] + " +CUỐI"
		if got := strings.Join(changes, " "); got != want {
			t.Errorf("%d bytes of changes, %.200s, want %s", len(got), got, want)
		}
	}
}

// TestAlignIsBounded: texts that have nothing or everything in common in the
// wrong order cost no more than the steps allowed.
func TestAlignIsBounded(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for name, pick := range map[string]func(int, int) int32{
		"nothing in common": func(i, side int) int32 { return int32(i*2 + side) },
		"two words":         func(int, int) int32 { return int32(r.IntN(2)) },
		"many words":        func(int, int) int32 { return int32(r.IntN(5000)) },
		"backwards":         func(i, side int) int32 { return int32(i + side*(100_000-2*i)) },
		"one word":          func(i, side int) int32 { return int32(side * (i % 3 / 2)) },
	} {
		var a, b []int32
		for i := range 100_000 {
			a, b = append(a, pick(i, 0)), append(b, pick(i, 1))
		}
		l := align(a, b)
		if over := -l.steps; over > 2*maxEdits*len(a) {
			t.Errorf("%s: %d steps too many", name, over)
		}
		t.Logf("%s: %d steps", name, maxSteps-l.steps)
	}
}

// FuzzDiff: a comparison adds up to both texts.
func FuzzDiff(f *testing.F) {
	f.Add("a b\n\nc", "a c\n\nb", 3)
	f.Fuzz(func(t *testing.T, was, is string, n int) {
		n = 1 + (n%50+50)%50
		checkDiff(t, was, is)
		checkDiff(t, strings.Repeat(was, n), strings.Repeat(is, n)+was)
	})
}

// TestContextual: what is left of a long shared stretch is whole words.
func TestContextual(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("phường ", 90))
	for _, p := range Contextual([]Piece{{'=', long + " "}, {'-', "cũ"}, {'=', " " + long + " "}, {'+', "mới"}, {'=', " " + long}}) {
		for w := range strings.FieldsSeq(p.Text) {
			if p.Op == '=' && w != "phường" && w != "…" {
				t.Errorf("%q in %q", w, p.Text)
			}
		}
		if n := len(strings.Fields(p.Text)); n > 40 {
			t.Errorf("%d words are left", n)
		}
	}
}
