package vi

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAbbreviations(t *testing.T) {
	for _, c := range []struct{ query, want string }{ // words taken: alternatives
		{"UBND tỉnh", "1: uỷ ban nhân dân"},
		{"ubnd tinh", "1: uỷ ban nhân dân"},
		{"Ủy ban nhân dân tỉnh", "4: ubnd"},
		{"uỷ ban nhan dan", "4: ubnd"},
		{"uy ban nhan dan", "4: ubnd"},
		{"úy ban nhân dân", ""},
		{"U.B.N.D tỉnh", "1: uỷ ban nhân dân"},
		{"U B N D tỉnh", "4: uỷ ban nhân dân|ubnd"},
		{"HĐND", "1: hội đồng nhân dân"},
		{"hdnd", "1: hội đồng nhân dân"},
		{"ủy ban mặt trận tổ quốc", "6: ubmttq|ub mttq|uỷ ban mttq"},
		{"UB MTTQ", "2: ubmttq|uỷ ban mttq|uỷ ban mặt trận tổ quốc"},
		{"UB.MTTQ", "2: ubmttq|uỷ ban mttq|uỷ ban mặt trận tổ quốc"},
		{"Hội LHPN", "2: hlhpn|hội liên hiệp phụ nữ|hpn|hội phụ nữ"},
		{"LHPN", "1: liên hiệp phụ nữ"},
		{"TP.HCM", "2: tphcm|tp hồ chí minh|thành phố hồ chí minh"},
		{"TPHCM", "1: tp hcm|tp hồ chí minh|thành phố hồ chí minh"},
		{"thành phố Hồ Chí Minh", "5: tphcm|tp hcm|tp hồ chí minh"},
		{"QĐ 217", "1: quyết định|qui định"},
		{"TU", "1: tỉnh uỷ"},
		{"tu", ""},
		{"tư", ""},
		{"tỉnh ủy", "2: tu"},
		{"nghị quyết", "2: nq"},
		{"ban. chấp hành", ""},
		{"BCH", "1: ban chấp hành"},
		{"CT-XH", "2: ctxh|chính trị xã hội"},
		{"chính trị - xã hội", "4: ctxh|ct xh"},
		{"bana", "1: ba na"},
		{"Ba-na", "2: bana"},
		{"xin chào", ""},
		{"", ""},
	} {
		n, alternatives := Abbreviations(Words(c.query))
		var got []string
		for _, phrase := range alternatives {
			var words []string
			for _, w := range phrase {
				words = append(words, w.Syl)
			}
			got = append(got, strings.Join(words, " "))
		}
		text := ""
		if n > 0 {
			text = string(rune('0'+n)) + ": " + strings.Join(got, "|")
		}
		if diff := cmp.Diff(c.want, text); diff != "" {
			t.Errorf("%q: %s", c.query, diff)
		}
	}
}

// TestAbbreviationsKeepApart holds the fold clash of TƯ and TU.
func TestAbbreviationsKeepApart(t *testing.T) {
	central, provincial := Words("TƯ"), Words("TU")
	if len(central) != 2 || central[0].Syl != "trung" || central[1].Fold != "uong" {
		t.Errorf("TƯ reads %v", central)
	}
	if len(provincial) != 1 || provincial[0].Fold != "tu" {
		t.Errorf("TU reads %v", provincial)
	}
	_, alternatives := Abbreviations(Words("tỉnh ủy"))
	if !slices.ContainsFunc(alternatives, func(p []Word) bool { return p[0].Syl == "tu" && p[0].Accented }) {
		t.Errorf("TU is not kept to its exact form: %v", alternatives)
	}
}

func TestWords(t *testing.T) {
	got := Words("Khóa XV covid-19 duong")
	want := []Word{
		{"khoá", "khoa", 0, 5, 0, true, false},
		{"15", "15", 6, 8, 1, false, true},
		{"covid", "covid", 9, 14, 2, false, false},
		{"19", "19", 15, 17, 3, false, false},
		{"duong", "duong", 18, 23, 4, false, false},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
