package page

import (
	"regexp"
	"strings"
	"testing"

	"bantin/bulletin"
)

// FuzzText: whatever a bulletin's spans say, its text is written whole and
// escaped.
func FuzzText(f *testing.F) {
	f.Add("giao ban 35-CT/TW\n\nhết", 9, 17, 0, 8)
	f.Fuzz(func(t *testing.T, text string, a, b, c, d int) {
		w := newTextWriter(text, []bulletin.Citation{{Key: "k", Start: a, End: b}}, []bulletin.Span{{Start: c, End: d}}, func(string) string { return "/x" })
		out := ""
		for _, p := range w.paragraphs() {
			out += string(p.HTML)
		}
		out = regexp.MustCompile(`</?(a|mark|br)( [^>]*)?>`).ReplaceAllString(out, "")
		if strings.ContainsAny(out, "<>") {
			t.Errorf("%q", out)
		}
	})
}
