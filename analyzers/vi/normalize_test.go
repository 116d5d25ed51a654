package vi

import (
	"strings"
	"testing"
)

func fields(s string) []string { return strings.Fields(s) }

func TestNormalize(t *testing.T) {
	for _, c := range []struct{ text, clean, normal string }{
		{"Mặt trận", "Mặt trận", "Mặt trận"},
		{"Ma\u0323\u0306t tra\u0302\u0323n", "Mặt trận", "Mặt trận"},
		{"e\u0301\u0302 E\u0302\u0301", "ế Ế", "ế Ế"},
		{"Ðảng ðoàn Ɖ", "Đảng đoàn Đ", "Đảng đoàn Đ"},
		{"a\u00a0b\u202fc\u3000d", "a b c d", "a b c d"},
		{"Mặt\u200btrận th\u200banh\ufeff", "Mặt trận thanh", "Mặt trận thanh"},
		{"２０２５ Ａ", "２０２５ Ａ", "2025 A"},
		{"2020 – 2025 −1", "2020 – 2025 −1", "2020 - 2025 -1"},
		{"a\n\tb\r\n", "a\n\tb\r\n", "a\n\tb\r\n"},
		{"a\u0340\u0341", "à\u0301", "à\u0301"},
		{"x\xffy", "x\ufffdy", "x\ufffdy"},
		{"hòa hoà", "hòa hoà", "hòa hoà"},
		{"u\u0308\u0301 ǘ", "ǘ ǘ", "ǘ ǘ"},
	} {
		if got := Clean(c.text); got != c.clean {
			t.Errorf("Clean(%q) = %q, want %q", c.text, got, c.clean)
		}
		if got := Normalize(c.text); got != c.normal {
			t.Errorf("Normalize(%q) = %q, want %q", c.text, got, c.normal)
		}
	}
}

func TestFold(t *testing.T) {
	for _, c := range []struct{ text, fold, slug string }{
		{"Thừa Thiên - Huế", "thua thien - hue", "thua-thien-hue"},
		{"ĐƯỜNG Ðường", "duong duong", "duong-duong"},
		{"Bà Rịa–Vũng Tàu", "ba ria-vung tau", "ba-ria-vung-tau"},
		{"ma\u0323\u0306t", "mat", "mat"},
		{"Mặt\u200btrận", "mat tran", "mat-tran"},
		{"Quý III/2020", "quy iii/2020", "quy-iii-2020"},
		{"Zürich café ñ", "zurich cafe n", "zurich-cafe-n"},
		{"Москва", "москва", ""},
		{"２０２５\u00a0", "2025 ", "2025"},
		{"", "", ""},
	} {
		if got := Fold(c.text); got != c.fold {
			t.Errorf("Fold(%q) = %q, want %q", c.text, got, c.fold)
		}
		if got := Slug(c.text); got != c.slug {
			t.Errorf("Slug(%q) = %q, want %q", c.text, got, c.slug)
		}
	}
}
