package vi

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// texts joins the tokens of one kind of reading with spaces.
func texts(tokens []Token, kinds ...Kind) string {
	var out []string
	for _, t := range tokens {
		for _, k := range kinds {
			if t.Kind == k {
				out = append(out, t.Text)
			}
		}
	}
	return strings.Join(out, " ")
}

func TestSyl(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Ðảng bộ ðảng viên", "đảng bộ đảng viên"},
		{"Mặt\u200btrận M\u200bặt tr\u00adận", "mặt trận mặt trận"},
		{"２０２５ ＵＢＮＤ", "2025 ubnd"},
		{"phòng,\u00a0chống\u3000dịch", "phòng chống dịch"},
		{"Bru‑Vân Kiều", "bru vân kiều"},
		{"đường dường duong", "đường dường duong"},
		{"ỦY BAN NHÂN DÂN", "uỷ ban nhân dân"},
		{"168.473.250.000 đồng, 8,2 tỷ, 3.14", "168473250000 đồng 8,2 tỉ 3.14"},
		{"11.706/36.738 trẻ", "11706 36738 trẻ"},
		{"217,218", "217 218"},
		{"T.Ư Đảng, TW Đoàn, tw đoàn, T.W Hội", "trung ương đảng trung ương đoàn trung ương đoàn trung ương hội"},
		{"Ban Tổ chức TƯ", "ban tổ chức trung ương"},
		{"SỞ TƯ PHÁP, VỤ ĐẦU TƯ, thứ tư", "sở tư pháp vụ đầu tư thứ tư"},
		{"U.B.N.D tỉnh", "ubnd tỉnh"},
		{"H’Mông, H'Mông", "h mông h mông"},
		{"北京 Москва", "北京 москва"},
	} {
		if diff := cmp.Diff(c.want, texts(Analyze(c.text).Syl, First, Part)); diff != "" {
			t.Errorf("%q: %s", c.text, diff)
		}
	}
}

func TestOtherReadings(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Covid-19, covid19", "covid19 covid19"},
		{"Ê-đê", "êđê"},
		{"nhiệm kỳ 2020-2025", ""},
		{"khóa XV, khóa 15", "15"},
		{"Đại hội XIII, đại hội Đảng lần thứ XII", "13 12"},
		{"khóa XI, XII và XIII", "11 12 13"},
		{"thế kỷ XXI; chương IV; nhiệm kỳ II; quý iii", "21 4 2 3"},
		{"bệnh viện X, vitamin C, kỳ vi", ""},
		{"TP.HCM", "tphcm"},
		{"1.250.000", "1.250.000"},
		{"42/NQ-CP", ""},
	} {
		if diff := cmp.Diff(c.want, texts(Analyze(c.text).Syl, Joined, Arabic)); diff != "" {
			t.Errorf("%q: %s", c.text, diff)
		}
	}
}

func TestPhraseBreaks(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"a bờ. xê đê", "a bo|xe de"},
		{"một; hai: ba? bốn", ""},
		{"phòng, chống (dịch)", "phong chong|chong dich"},
		{"chính trị - xã hội", "chinh tri|tri xa|xa hoi"},
		{"dòng\nhai\n\nđoạn mới", "dong hai|doan moi"},
		{"TP. Huế, Q.3", "tp hue|hue q|q 3"},
		{"khóa XV mới", "khoa xv|khoa 15|xv moi|15 moi"},
	} {
		var got []string
		for _, b := range Analyze(c.text).FoldBigrams {
			got = append(got, b.Text)
		}
		if diff := cmp.Diff(c.want, strings.Join(got, "|")); diff != "" {
			t.Errorf("%q: %s", c.text, diff)
		}
	}
}

func TestOffsetsAndPositions(t *testing.T) {
	const text = "Tô\u0309ng h\u1ee3p. TW Ðảng"
	got := Analyze(text).Fold
	want := []Token{
		{"tong", 0, 7, 0, First},
		{"hop", 8, 13, 1, First},
		{"trung", 15, 17, 10, Part},
		{"tw", 15, 17, 10, Joined},
		{"uong", 15, 17, 11, Part},
		{"dang", 18, 25, 12, First},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestJSON(t *testing.T) {
	got, err := json.Marshal(Analyze("Mặt trận"))
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"syl":[{"token":"mặt","start":0,"end":5,"pos":0},{"token":"trận","start":6,"end":12,"pos":1}],` +
		`"fold":[{"token":"mat","start":0,"end":5,"pos":0},{"token":"tran","start":6,"end":12,"pos":1}],` +
		`"fbi":[{"token":"mat tran","start":0,"end":12,"pos":0}],"key":[]}`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
}

// TestKeptApart holds the pairs that must not become one, accented or at all.
func TestKeptApart(t *testing.T) {
	for _, c := range []struct {
		a, b   string
		folded bool // they are one without accents
	}{
		{"đường", "dường", true},
		{"mặt", "mất", true},
		{"tay", "tai", false},
		{"thúy", "thúi", false},
		{"ây", "ai", false},
		{"y tế", "i tế", false},
		{"TƯ", "TU", false},
		{"54-NQ/TW", "54-NQ/TU", false},
		{"3.14", "314", false},
		{"8,2", "82", false},
		{"gia", "da", false},
	} {
		x, y := Analyze(c.a), Analyze(c.b)
		if texts(x.Syl, First, Part) == texts(y.Syl, First, Part) {
			t.Errorf("%q and %q are one", c.a, c.b)
		}
		if folded := texts(x.Fold, First, Part) == texts(y.Fold, First, Part); folded != c.folded {
			t.Errorf("%q and %q are one when folded: %v", c.a, c.b, folded)
		}
	}
}

// TestSameWords holds spellings of one thing that every stream makes one.
func TestSameWords(t *testing.T) {
	for _, same := range [][]string{
		{"Ðảng bộ", "Đảng bộ", "ĐẢNG BỘ", "ðảng bộ", "Đảng\u00a0bộ", "Đ\u200bảng bộ"},
		{"Covid-19", "COVID\u201119", "covid 19", "Covid19", "Covid–19"},
		{"Bru-Vân Kiều", "Bru Vân Kiều", "Bru - Vân Kiều"},
		{"TW Đảng", "T.Ư Đảng", "T.W Đảng", "TƯ Đảng", "Tw Đảng", "Trung ương Đảng", "trung ương đảng"},
		{"168.473.250.000", "168473250000"},
		{"２０２５", "2025"},
		{"kỳ họp", "kì họp"},
		{"hoà bình", "hòa bình", "Ho\u0300a Bi\u0300nh"},
		{"U.B.N.D", "UBND", "ubnd"},
	} {
		want := texts(Analyze(same[0]).Syl, First, Part)
		for _, text := range same {
			if got := texts(Analyze(text).Syl, First, Part); got != want {
				t.Errorf("%q gives %q, %q gives %q", same[0], want, text, got)
			}
		}
	}
}
