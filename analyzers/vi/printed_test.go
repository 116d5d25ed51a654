package vi

import (
	"slices"
	"testing"
)

func TestKeyed(t *testing.T) {
	for _, c := range []struct{ typed, want string }{
		{"thuws", "thứ"},
		{"thưs", "thứ"},
		{"thư1", "thứ"},
		{"tra65n", "trận"},
		{"trâ5n", "trận"},
		{"bieen", "biên"},
		{"ddaauf", "đầu"},
		{"được", ""},
		{"ban", ""},
		{"covid19", ""},
		{"", ""},
		{"www", ""},
		{"12", ""},
	} {
		if got, ok := Keyed(c.typed); got != c.want || ok != (c.want != "") {
			t.Errorf("%q is %q, %v, want %q", c.typed, got, ok, c.want)
		}
	}
}

func TestPrinted(t *testing.T) {
	for _, word := range []string{"kỹ", "quý", "lý", "mỹ", "tỷ", "hy", "vị", "bác", "sĩ", "mì", "lì", "tí", "thủy", "73-nq", "x"} {
		if got := Printed(Canonical(word)); Canonical(got) != Canonical(word) || !slices.Contains([]string{word, Canonical(word)}, got) {
			t.Errorf("%q is printed %q", word, got)
		}
	}
}
