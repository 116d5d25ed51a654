package indextest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"bantin/analyzers/vi"
	"bantin/bulletin"
	"bantin/indexer/index"

	"github.com/google/go-cmp/cmp"
)

func testSuggest(t *testing.T, open Open) {
	ix := open(t, index.DefaultWeights, index.Limits{})
	a := dated(one("a", "Tuyên Quang giao ban quý II", "mặt trận"), "2020-05-01")
	a.Bulletin.Province = "tuyen-quang"
	a.Bulletin.Cites = []bulletin.Citation{{Key: "73-nq-tu@tuyen-quang", Label: "73-NQ/TU", Type: "Nghị quyết"}}
	b := dated(one("b", "Tuyển dụng công chức", "tổ quốc"), "2021-05-01")
	apply(t, ix, 1, a, b)
	for _, c := range []struct{ typed, want string }{
		{"tuyen", "province Tuyên Quang; title Tuyển dụng công chức; title Tuyên Quang giao ban quý II"},
		{"Tuyên Q", "province Tuyên Quang; title Tuyên Quang giao ban quý II"},
		{"73-n", "document 73-NQ/TU"},
		{"nghị quyết 73", "document 73-NQ/TU"},
		{"giao b", "title Tuyên Quang giao ban quý II"},
		{"ha giang", ""},
		{"", ""},
		{"---", ""},
	} {
		got, err := ix.Suggest(t.Context(), c.typed, 5)
		if err != nil {
			t.Fatalf("%q: %v", c.typed, err)
		}
		var parts []string
		for _, s := range got {
			parts = append(parts, s.Kind+" "+s.Text)
			if s.Count < 1 {
				t.Errorf("%q leads to nothing", s.Text)
			}
		}
		if d := cmp.Diff(c.want, strings.Join(parts, "; ")); d != "" {
			t.Errorf("%q: %s", c.typed, d)
		}
	}
}

func testNear(t *testing.T, open Open) {
	ix := open(t, index.DefaultWeights, index.Limits{})
	apply(t, ix, 1, one("a", "giao ban", "nghị quyết của mặt trận"), one("b", "giao ban", "nghị định"))
	for _, c := range []struct {
		word  index.Word
		edits int
		first bool
		want  string
	}{
		{index.Word{Text: "ngi"}, 1, false, "nghi"},
		{index.Word{Text: "bn"}, 1, false, "ban"},
		{index.Word{Text: "quyett"}, 1, false, "quyet"},
		{index.Word{Text: "quyếtt", Accented: true}, 1, false, "quyết"},
		{index.Word{Text: "nghỉ", Accented: true}, 1, false, "nghị"},
		{index.Word{Text: "quyếttq", Accented: true}, 2, false, "quyết"},
		{index.Word{Text: "tặm", Accented: true}, 1, false, ""},
		{index.Word{Text: "ặmt", Accented: true}, 2, false, "mặt"},
		{index.Word{Text: "guyếtq", Accented: true}, 2, false, "quyết"},
		{index.Word{Text: "puyett"}, 2, false, "quyet"},
		{index.Word{Text: "rân", Accented: true}, 2, false, "ban trận"},
		{index.Word{Text: "đặt", Accented: true}, 1, false, "mặt"},
		{index.Word{Text: "đặt", Accented: true}, 1, true, ""},
		{index.Word{Text: "mật", Accented: true}, 1, true, "mặt"},
		{index.Word{Text: "zzzzzz"}, 2, false, ""},
	} {
		got, err := ix.Near(t.Context(), c.word, c.edits, c.first, 1)
		if err != nil {
			t.Fatal(err)
		}
		slices.Sort(got)
		if strings.Join(got, " ") != c.want {
			t.Errorf("%v within %d: %q, want %q", c.word, c.edits, got, c.want)
		}
	}
}

// testFrequent asks for words of which many bulletins have one, and near to which
// many have one, in one text field, in both, and in several ways of accents.
func testFrequent(t *testing.T, open Open) {
	ix := open(t, index.DefaultWeights, index.Limits{})
	var changes []bulletin.Change
	for i := range 60 {
		text := "thủy lợi"
		if i%2 == 0 {
			text = "thúy điện"
		}
		changes = append(changes, one(fmt.Sprintf("f%02d", i), "giao ban", text), one(fmt.Sprintf("g%02d", i), "họp", "giao ban, thụy sĩ"))
	}
	apply(t, ix, 1, changes[:100]...)
	apply(t, ix, 2, changes[100:]...)
	word := func(w string) index.Word { return index.Word{Text: vi.Canonical(w), Accented: vi.Fold(w) != w} }
	for least, want := range map[int][]string{
		1:   {"ban", "giao", "thuy", "thủy", "thúy"},
		31:  {"ban", "giao", "thuy"},
		90:  {"ban", "giao", "thuy"},
		120: {"ban", "giao", "thuy"},
	} {
		all := []index.Word{word("ban"), word("giao"), word("thuy"), word("thủy"), word("thúy")}
		got, err := ix.Frequent(t.Context(), all, least)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range want {
			if !slices.Contains(got, word(w)) {
				t.Errorf("%d bulletins: %q is not among %v", least, w, got)
			}
		}
		near, err := ix.Near(t.Context(), word("giaoo"), 1, false, least)
		if err != nil || !slices.Contains(near, "giao") {
			t.Errorf("%d bulletins: near to giaoo are %q, %v", least, near, err)
		}
	}
	for _, typed := range []string{"thuyy", "bán"} {
		if _, err := ix.Near(t.Context(), word(typed), 1, true, 1000); err != nil {
			t.Error(err)
		}
	}
}

func testCorrect(t *testing.T, open Open) {
	ix := open(t, index.DefaultWeights, index.Limits{})
	var changes []bulletin.Change
	for i := range 40 {
		changes = append(changes, one(fmt.Sprintf("c%02d", i), "giao ban quý", "nghị quyết của mặt trận, xử lý chất thải, sự nghiệp, thị xã, chính sách, chất lượng"))
	}
	changes = append(changes, one("rare", "", "chính xác, sử dụng xứ lạnh"), one("gone", "", "biến mất"))
	apply(t, ix, 1, changes...)
	apply(t, ix, 2, bulletin.Change{ID: "gone"})
	for _, c := range []struct{ typed, want string }{
		{"nghị quyết", ""},
		{"nghi quyet", ""},
		{"nghị quyêt", "nghị quyết"},
		{"nghỉ quyết", "nghị quyết"},
		{"nghi quyett", "nghi quyet"},
		{"sử lý", "xử lý"}, // which both are words
		{"sử dụng", ""},
		{"thị sã", "thị xã"},
		{"mặt traanj", "mặt trận"},
		{"mặt trâ5n", "mặt trận"},
		{"mặt trậnj", "mặt trận"},
		{"mặttrận", "mặt trận"},
		{"giaoban", "giao ban"},
		{"nghịquyếtcủa", "nghị quyết của"},
		{"chinhsachchatluong", "chinh sach chat luong"},
		{"m ặt trận", "mặt trận"},
		{"chất nượng", "chất lượng"},
		{"chât lượng", "chất lượng"},
		{"biếnn mất", ""},
		{"zzzzzz", ""},
		{"b", ""},
		{"", ""},
	} {
		typed := typedWords(c.typed)
		got, err := index.Correct(t.Context(), ix, typed)
		if err != nil {
			t.Fatal(err)
		}
		if text := corrected(typed, got); text != c.want {
			t.Errorf("%q: %q, want %q", c.typed, text, c.want)
		}
		for i := range typed {
			typed[i].Fixed = true
		}
		if got, err := index.Correct(t.Context(), ix, typed); len(got) > 0 || err != nil {
			t.Errorf("%q, where all words are names: %v, %v", c.typed, got, err)
		}
	}
}

// typedWords are words with a space between.
func typedWords(text string) []index.TypedWord {
	var out []index.TypedWord
	for i, w := range strings.Fields(text) {
		word := index.Word{Text: vi.Canonical(w)}
		word.Accented = vi.Fold(w) != w
		out = append(out, index.TypedWord{Word: word, After: i > 0})
	}
	return out
}

// corrected is the text with corrections, empty when there are none.
func corrected(typed []index.TypedWord, all []index.Correction) string {
	var out []string
	at := 0
	for _, c := range all {
		for ; at < c.From; at++ {
			out = append(out, typed[at].Text)
		}
		out, at = append(out, c.Text), c.To
	}
	if len(all) == 0 {
		return ""
	}
	for ; at < len(typed); at++ {
		out = append(out, typed[at].Text)
	}
	return strings.ReplaceAll(strings.Join(out, " "), "lí", "lý")
}

func testSimilar(t *testing.T, open Open) {
	ix := open(t, index.DefaultWeights, index.Limits{})
	twin := one("twin", "Thiên tai", "bão lũ sạt lở đê điều vùng núi")
	twin.Group = "a"
	apply(t, ix, 1,
		one("a", "Bão lũ", "bão lũ sạt lở đê điều vùng núi"), twin,
		one("b", "Mưa lớn", "bão gây sạt lở đê và ngập vùng thấp"),
		one("c", "Giáo dục", "trường học khai giảng năm học mới"),
	)
	got, err := ix.Similar(t.Context(), "a", 5)
	if err != nil || len(got) != 1 || got[0].ID != "b" {
		t.Errorf("similar: %v, %v", got, err)
	}
	if _, err := ix.Similar(t.Context(), "none", 5); !errors.Is(err, index.ErrNotFound) {
		t.Errorf("similar to an unknown bulletin: %v", err)
	}
}

func testFacetSize(t *testing.T, open Open) {
	ix := open(t, index.DefaultWeights, index.Limits{})
	var changes []bulletin.Change
	for i := range 55 {
		c := one(fmt.Sprintf("f%02d", i), "giao ban", "mặt trận")
		for k := range 10 {
			if i >= k*(k+1)/2 {
				c.Bulletin.Organizations = append(c.Bulletin.Organizations, fmt.Sprintf("org-%d", k))
			}
		}
		changes = append(changes, c)
	}
	apply(t, ix, 1, changes...)
	res, err := ix.Search(t.Context(), index.Query{
		Facets: []index.Field{index.Org}, Values: 3, Filters: map[index.Field][]string{index.Org: {"org-9"}},
	})
	want := []index.Count{{Value: "org-0", Count: 55}, {Value: "org-1", Count: 54}, {Value: "org-2", Count: 52}, {Value: "org-9", Count: 10}}
	if d := cmp.Diff(want, res.Facets[index.Org]); err != nil || d != "" {
		t.Errorf("%v %s", err, d)
	}
}
