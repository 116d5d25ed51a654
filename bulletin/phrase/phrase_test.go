package phrase

import (
	"fmt"
	"testing"

	"bantin/analyzers/vi"
	"bantin/bulletin"
)

// testTable has a phrase of each kind that patterns can write.
func testTable() *Table {
	t := NewTable()
	t.Add(1, 1, "{ủy ban nhân dân|UBND} [tỉnh|xã] | mặt trận!")
	t.Add(2, 7, "họp báo , giao ban")
	t.Add(4, 0, "khóa {<number>|<roman>} [nhiệm kỳ <year> <year>]")
	t.AddProvinces(3)
	return t.Seal()
}

func TestLongest(t *testing.T) {
	for _, c := range []struct {
		text  string
		class Class
		want  string // what of the text, from its first unit on, is the phrase
	}{
		{"Ủy ban nhân dân xã họp", 1, "Ủy ban nhân dân xã"},
		{"UỶ BAN NHÂN DÂN tỉnh", 1, "UỶ BAN NHÂN DÂN tỉnh"},
		{"Ủy ban nhân dân (UBND) tỉnh", 1, "Ủy ban nhân dân (UBND) tỉnh"},
		{"ủy ban nhân\n\ndân", 1, ""},
		{"UBND-xã", 1, "UBND-xã"},
		{"ubnd xã", 1, ""},
		{"UBND xã", 2, ""},
		{"họp báo, giao ban", 2, "họp báo, giao ban"},
		{"Bà Rịa – Vũng Tàu", 3, "Bà Rịa – Vũng Tàu"},
		{"bà rịa vũng tàu", 3, ""},
		{"Gialai", 3, "Gialai"},
		{"khóa 18", 4, "khóa 18"},
		{"khóa XVIII, nhiệm kỳ", 4, "khóa XVIII"},
		{"khóa XI nhiệm kỳ 2021 - 2026", 4, "khóa XI nhiệm kỳ 2021 - 2026"},
		{"khóa XI nhiệm kỳ 1 - 2", 4, "khóa XI"},
		{"khóa họp", 4, ""},
		{"", 1, ""},
	} {
		r := testTable().Reader(vi.NewScan(c.text))
		got := ""
		if _, last, ok := r.Longest(0, c.class); ok {
			got = c.text[:r.Units[last].End]
		}
		if got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

func TestTypedReader(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"uy ban nhan dan xa", "uy ban nhan dan xa"},
		{"ubnd tinh", "ubnd tinh"},
		{"ủy ban nhan dan", "ủy ban nhan dan"},
		{"ủy bàn nhân dân", "ủy bàn nhân dân"}, // bàn is no word of the table
		{"ủy bản", ""},
	} {
		r := testTable().TypedReader(c.text)
		got := ""
		if _, last, ok := r.Longest(0, 1); ok {
			got = c.text[:r.Units[last].End]
		}
		if got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
	r := testTable().TypedReader("from year tu")
	four := vi.WordHash("tư")
	if !r.Is(0, TuFrom) || !r.Is(1, Nam) || !r.Is(2, four) || !r.Is(2, TuFrom) || r.Is(3, four) {
		t.Error("words are not known in English or without accents")
	}
}

func TestRulesAndValues(t *testing.T) {
	r := testTable().Reader(vi.NewScan("mặt trận Huế Điện Biên Phủ"))
	if m, _, ok := r.Longest(0, 1); !ok || m.Rule != NeedsLevel {
		t.Errorf("mặt trận: got %+v", m)
	}
	if m, _, ok := r.Longest(2, 3); !ok || bulletin.Provinces()[m.Value].Slug != "hue" {
		t.Errorf("Huế: got %+v", m)
	}
	if m, _, ok := r.Longest(3, 3); !ok || m.Value != NoProvince {
		t.Errorf("Điện Biên Phủ: got %+v", m)
	}
}

func TestExpand(t *testing.T) {
	for pattern, want := range map[string]string{
		"a [b|c d] {e|f}": "[[a b e] [a b f] [a c d e] [a c d f] [a e] [a f]]",
		"$VN | a":         "[[việt nam] [VN] [a]]",
		"":                "[[]]",
	} {
		if got := fmt.Sprint(expand(pattern)); got != want {
			t.Errorf("%q: got %s, want %s", pattern, got, want)
		}
	}
}
