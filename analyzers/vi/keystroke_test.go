package vi

import (
	"strings"
	"testing"
)

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
		{"MAWTJ TRAANJ", "MẶT TRẬN"},
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

// TestEverySyllable types every syllable with its marks at once and at the end.
func TestEverySyllable(t *testing.T) {
	telex := strings.NewReplacer("ă", "aw", "â", "aa", "đ", "dd", "ê", "ee", "ô", "oo", "ươ", "uow", "ơ", "ow", "ư", "uw")
	vni := strings.NewReplacer("ă", "a8", "â", "a6", "đ", "d9", "ê", "e6", "ô", "o6", "ươ", "uo7", "ơ", "o7", "ư", "u7")
	typed := 0
	for _, slot := range forms {
		key := slot.key
		if key == 0 {
			continue
		}
		word := unpack(key)
		for tone := Level; tone <= Heavy; tone++ {
			syllable := unpackSyllable(key)
			syllable.Tone = tone
			want := syllable.String()
			if _, ok := Parse(want); !ok {
				continue
			}
			for _, run := range []string{telex.Replace(word) + toneKeys[0][tone], vni.Replace(word) + toneKeys[1][tone]} {
				if strings.Contains(word, "oo") || Plain(run) || isAbbreviation(run) || latinWords[run] || run == want {
					continue
				}
				typed++
				if got, ok := readKeys(run); !ok || got.word != want {
					t.Errorf("%s for %s reads %q", run, want, got.word)
				}
			}
		}
	}
	if typed < 20000 {
		t.Errorf("only %d syllables typed", typed)
	}
}

// toneKeys are the tones of Telex and VNI.
var toneKeys = [2][6]string{{"", "s", "f", "r", "x", "j"}, {"", "1", "2", "3", "4", "5"}}

// unpack writes the letters of a key.
func unpack(key uint64) string {
	if key == 0 {
		return ""
	}
	return unpack(key>>5) + string(toned[key&31][Level])
}

func unpackSyllable(key uint64) Syllable {
	word := []rune(unpack(key))
	form, _ := forms.find(key)
	cut := form.onset
	return Syllable{string(word[:cut]), string(word[cut:]), Level}
}
