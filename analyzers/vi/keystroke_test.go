package vi

import "testing"

func TestFromKeystrokes(t *testing.T) {
	for _, c := range []struct{ typed, want string }{
		{"mawtj traanj", "mặt trận"},
		{"mawtj traanj toor quoocs", "mặt trận tổ quốc"},
		{"matwj traajn", "mặt trận"},
		{"ddaif", "đài"},
		{"daifd", "đài"},
		{"Ddaif", "Đài"},
		{"DDAIF TRUYEENF HINHF", "ĐÀI TRUYỀN HÌNH"},
		{"dduwowngf", "đường"},
		{"duongdwf", "đường"},
		{"nguwowif nguoiwf", "người người"},
		{"quoocs hooij", "quốc hội"},
		{"thuowr", "thuở"},
		{"muaw", "mưa"},
		{"hoawcj", "hoặc"},
		{"giuwx giaf", "giữ già"},
		{"uyr ban nhaan daan", "uỷ ban nhân dân"},
		{"hooij nghij giao ban quys 3", "hội nghị giao ban quý 3"},
		{"cos mawtj traanj", "có mặt trận"},
		{"nghij quyeets 54-NQ/TW", "nghị quyết 54-NQ/TW"},
		{`"mawtj traanj" -huees`, `"mặt trận" -huế`},
		{"title:mawtj traanj*", "title:mặt trận*"},
		{"vaatj", "vật"},
		{"truwowngf", "trường"},
		{"nhw", "như"},
		{"ma85t tra65n", "mặt trận"},
		{"ma8t5 tra6n5", "mặt trận"},
		{"d9a2i", "đài"},
		{"D9a3ng bo65", "Đảng bộ"},
		{"d9u7o7ng2 d9uong27", "đường đường"},
		{"hoi5 nghi5", "họi nghị"},
		{"quo61c ho65i", "quốc hội"},
		{"thu73", "thử"},
	} {
		got, ok := FromKeystrokes(c.typed)
		if got != c.want || !ok {
			t.Errorf("%q: %q, %v, want %q", c.typed, got, ok, c.want)
		}
	}
}

func TestFromKeystrokesLeaves(t *testing.T) {
	for _, typed := range []string{
		"", "mat tran", "hoi nghi giao ban", "hoan nghenh", "xoong", "quy 3", "Mặt traanj", "the new world", "cars and buses",
		"this is a test of the list", "maps", "moon", "tennis", "covid 19", "covid19", "30/2020/ND-CP", "54-NQ/TW", "217 qd tw",
		"ubnd tw", "TW", "tw", "OR", "www.hue.gov.vn", "quan1", "quy3/2020", "A4", "h5n1", "co2", "Facebook", "Google", "taxi",
		"Zalo", "Windows", "COVID-19", "kh ttr", "fff", "wwwww", "sssss", "dd", "aa ", "xzz", "m\xffawtj", "nguyen van an",
		"a@mawtj.vn", "passs", "Peter", "smart city", "web", "logistics", "OCOP", "FDI", "GRDP", "ASEAN", "karaoke",
	} {
		if got, ok := FromKeystrokes(typed); ok || got != typed {
			t.Errorf("%q became %q", typed, got)
		}
	}
}
