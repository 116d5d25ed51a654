package index

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"golang.org/x/net/html"
	"golang.org/x/text/unicode/norm"

	"bantin/bulletin"
)

const text = "Sáng ngày 25/9/2020, Thường trực Tỉnh ủy tổ chức hội nghị giao ban. " +
	"Quỹ “Vì người nghèo” vận động được 168.473.250 đồng.\n\n" +
	"Các đơn vị thực hiện Nghị quyết số 73-NQ/TU của Ban Thường vụ Tỉnh ủy. Khối Mặt trận nêu ý kiến <b>riêng</b> & chung."

func TestIllustrate(t *testing.T) {
	for _, c := range []struct {
		name    string
		root    Node
		snippet string
	}{
		{"nothing asked", nil, "Sáng ngày 25/9/2020, Thường trực Tỉnh ủy tổ chức hội nghị giao ban. Quỹ “Vì người nghèo” vận động được 168.473.250 đồng."},
		{"accented", And{Word{Text: "nghèo", Accented: true}}, "Quỹ “Vì người <mark>nghèo</mark>” vận động được 168.473.250 đồng. Các đơn vị thực hiện Nghị quyết số 73-NQ/TU của Ban Thường vụ Tỉnh ủy."},
		{"unaccented neighbours join", And{Word{Text: "mat"}, Word{Text: "tran"}}, "Khối <mark>Mặt trận</mark> nêu ý kiến &lt;b&gt;riêng&lt;/b&gt; &amp; chung."},
		{"other accents do not match", Word{Text: "nghẽo", Accented: true}, "Sáng ngày 25/9/2020, Thường trực Tỉnh ủy tổ chức hội nghị giao ban. Quỹ “Vì người nghèo” vận động được 168.473.250 đồng."},
		{"phrase", Phrase{Words: []Word{{Text: "khoi"}, {Text: "mat"}, {Text: "tran"}}}, "<mark>Khối Mặt trận</mark> nêu ý kiến &lt;b&gt;riêng&lt;/b&gt; &amp; chung."},
		{"no phrase across a sentence", Phrase{Words: []Word{{Text: "uy"}, {Text: "khoi"}}}, "Sáng ngày 25/9/2020, Thường trực Tỉnh ủy tổ chức hội nghị giao ban. Quỹ “Vì người nghèo” vận động được 168.473.250 đồng."},
		{"excluded", And{Word{Text: "quy"}, Not{Word{Text: "giao"}}}, ""},
	} {
		h := Hit{Document: Document{Bulletin: bulletin.Bulletin{Title: "T", Body: text}}}
		Illustrate(&h, c.root)
		if strings.Contains(h.SnippetHTML, "<mark>giao") {
			t.Errorf("%s: marks what was excluded: %s", c.name, h.SnippetHTML)
		}
		if d := cmp.Diff(c.snippet, h.SnippetHTML); d != "" && c.snippet != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
}

func TestMatchesKeepMarksWhole(t *testing.T) {
	decomposed := norm.NFD.String("khối Mặt trận tỉnh")
	spans := Matches(And{Word{Text: "mat"}, Word{Text: "tran"}}, decomposed, Body)
	if len(spans) != 1 || norm.NFC.String(decomposed[spans[0].Start:spans[0].End]) != "Mặt trận" {
		t.Errorf("%v", spans)
	}
}

// TestMatchesInShort: TW is not marked for a word of what it stands for.
func TestMatchesInShort(t *testing.T) {
	central := []Word{{Text: "trung"}, {Text: "uong"}}
	for _, c := range []struct {
		root Node
		want int
	}{
		{central[0], 0}, {Word{Text: "ương", Accented: true}, 0}, {Word{Text: "tw"}, 1}, {Phrase{Words: central}, 1},
	} {
		if got := Matches(c.root, "Nghị quyết 54-NQ/TW", Body); len(got) != c.want {
			t.Errorf("%v: %v, want %d", c.root, got, c.want)
		}
	}
}

func TestLongSentenceIsCutAroundItsMatch(t *testing.T) {
	h := Hit{Document: Document{Bulletin: bulletin.Bulletin{Body: strings.Repeat("một hai ba ", 200) + "nghèo " + strings.Repeat("bốn năm sáu ", 200)}}}
	Illustrate(&h, Word{Text: "nghèo", Accented: true})
	if n := utf8.RuneCountInString(h.SnippetHTML); n > sentenceMost+40 || !strings.Contains(h.SnippetHTML, "<mark>nghèo</mark>") {
		t.Errorf("%d letters: %s", n, h.SnippetHTML)
	}
}

func TestLongSentenceIsCutAtAClause(t *testing.T) {
	body := strings.Repeat("căn cứ quyết định của Chính phủ; ", 12) + "theo kế hoạch, hỗ trợ hộ nghèo " + strings.Repeat("bốn năm sáu ", 40)
	h := Hit{Document: Document{Bulletin: bulletin.Bulletin{Body: body}}}
	Illustrate(&h, Word{Text: "nghèo", Accented: true})
	if want := "… căn cứ quyết định của Chính phủ; theo kế hoạch,"; !strings.HasPrefix(h.SnippetHTML, want) {
		t.Errorf("begins otherwise than %q: %s", want, h.SnippetHTML)
	}
}

func TestSentence(t *testing.T) {
	for _, c := range []struct{ around, want string }{
		{"73-NQ/TU", "Các đơn vị thực hiện Nghị quyết số 73-NQ/TU của Ban Thường vụ Tỉnh ủy."},
		{"Sáng", "Sáng ngày 25/9/2020, Thường trực Tỉnh ủy tổ chức hội nghị giao ban."},
		{"168.473", "Quỹ “Vì người nghèo” vận động được 168.473.250 đồng."},
	} {
		i := strings.Index(text, c.around)
		s := Sentence(text, bulletin.Span{Start: i, End: i + len(c.around)})
		if d := cmp.Diff(c.want, text[s.Start:s.End]); d != "" {
			t.Errorf("%s: %s", c.around, d)
		}
	}
}

func FuzzIllustrate(f *testing.F) {
	f.Add(text, "mat", "nghèo")
	f.Add("a.b.c \xff<script>", "a", "b")
	f.Add(norm.NFD.String(text), "tran", "mặt")
	f.Fuzz(func(t *testing.T, body, one, other string) {
		h := Hit{Document: Document{Bulletin: bulletin.Bulletin{Title: body, Body: body}}}
		Illustrate(&h, And{Word{Text: one}, Or{Children: []Node{Word{Text: other, Accented: true}, Prefix{Text: one}}}, Phrase{Words: []Word{{Text: one}, {Text: other}}}})
		for _, s := range []string{h.TitleHTML, h.SnippetHTML} {
			if !utf8.ValidString(s) {
				t.Errorf("%q is no UTF-8", s)
			}
			if strings.Count(s, "<mark>") != strings.Count(s, "</mark>") {
				t.Errorf("%q: marks do not match", s)
			}
			z := html.NewTokenizer(strings.NewReader(s))
			for tt := z.Next(); tt != html.ErrorToken; tt = z.Next() {
				if name, _ := z.TagName(); tt != html.TextToken && string(name) != "mark" {
					t.Errorf("%q holds %s", s, name)
				}
			}
		}
	})
}

// TestChosenSentences looks whether the useful sentences are shown.
func TestChosenSentences(t *testing.T) {
	const filler = " Các đại biểu nghe báo cáo và trao đổi về nhiều nội dung khác nhau trong chương trình công tác của các đơn vị ở cơ sở."
	words := func(typed ...string) (all And) {
		for _, w := range typed {
			all = append(all, Word{Text: w, Accented: true})
		}
		return all
	}
	for _, c := range []struct {
		name, body string
		root       Node
		want       string
	}{
		{
			"words together before words apart", "Nghị sự bàn với quyết tâm cao." + filler + " Thông qua nghị quyết mới." + filler,
			words("nghị", "quyết"), "Thông qua <mark>nghị quyết</mark> mới.",
		},
		{
			"all words before most of one", "Nhà, nhà và nhà." + filler + " Nhà cho người nghèo." + filler,
			words("nhà", "nghèo"), "<mark>Nhà</mark> cho người <mark>nghèo</mark>.",
		},
		{
			"a synonym's other form", "Họp." + filler + " UBND tỉnh chủ trì." + filler,
			Or{Children: []Node{words("ủy", "ban", "nhân", "dân"), Word{Text: "ubnd"}}, Min: 1, Best: true},
			"<mark>UBND</mark> tỉnh chủ trì.",
		},
		{
			"a number spaced out", "Họp." + filler + " Theo Nghị quyết số 73 - NQ/TU." + filler,
			Key{Text: "73-nq/tu"},
			"số <mark>73 - NQ/TU</mark>.",
		},
		{
			"a prefix", "Họp." + filler + " Chuyển đổi số ở xã." + filler,
			Prefix{Text: "chuye"},
			"<mark>Chuyển</mark> đổi số",
		},
		{
			"most of the words", "Họp." + filler + " Xóa nhà dột nát." + filler,
			Or{Children: []Node{Word{Text: "nha"}, Word{Text: "dot"}, Word{Text: "xyz"}}, Min: 2},
			"Xóa <mark>nhà dột</mark> nát.",
		},
	} {
		h := Hit{Document: Document{Bulletin: bulletin.Bulletin{Title: "T", Body: c.body}}}
		Illustrate(&h, c.root)
		if !strings.Contains(h.SnippetHTML, c.want) {
			t.Errorf("%s: %s", c.name, h.SnippetHTML)
		}
	}
}
