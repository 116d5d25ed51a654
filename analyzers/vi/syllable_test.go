package vi

import (
	"testing"

	"golang.org/x/text/unicode/norm"
)

// TestCanonical holds every row of the spelling rules: words on one line are
// one key.
func TestCanonical(t *testing.T) {
	for _, c := range []struct{ words, want string }{
		{"hòa hoà HÒA", "hoà"},
		{"ho\u0300a hoa\u0300", "hoà"},
		{"khỏe khoẻ", "khoẻ"},
		{"thủy thuỷ", "thuỷ"},
		{"ủy uỷ", "uỷ"},
		{"húy huý", "huý"},
		{"lũy luỹ", "luỹ"},
		{"hoàn hòan", "hoàn"},
		{"ngoài ngòai", "ngoài"},
		{"khuỷu khủyu", "khuỷu"},
		{"khoeo", "khoeo"},
		{"việt vịêt", "việt"},
		{"thuyến thuýên", "thuyến"},
		{"quý qúy quí QUÝ", "quí"},
		{"quả qủa", "quả"},
		{"quỳ qùy quì", "quì"},
		{"quốc qúôc", "quốc"},
		{"quýt quít", "quít"},
		{"quỳnh quình", "quình"},
		{"già gìa", "già"},
		{"giá gía", "giá"},
		{"giữa gĩưa", "giữa"},
		{"giếng gíêng", "giếng"},
		{"gì", "gì"},
		{"gìn", "gìn"},
		{"gỉ", "gỉ"},
		{"kỹ kĩ", "kĩ"},
		{"Mỹ Mĩ", "mĩ"},
		{"lý lí", "lí"},
		{"tỷ tỉ", "tỉ"},
		{"sỹ sĩ", "sĩ"},
		{"vỹ vĩ", "vĩ"},
		{"hy hi", "hi"},
		{"tay", "tay"},
		{"tai", "tai"},
		{"thúy thuý", "thuý"},
		{"thúi", "thúi"},
		{"ây", "ây"},
		{"ai", "ai"},
		{"y", "y"},
		{"i", "i"},
		{"ý", "ý"},
		{"quyền qùyên", "quyền"},
		{"khuya", "khuya"},
		{"múa", "múa"},
		{"mía", "mía"},
		{"mưa", "mưa"},
		{"đường Ðường ðường", "đường"},
		{"dường", "dường"},
		{"ế e\u0302\u0301 e\u0301\u0302 é\u0302", "ế"},
		{"ậ a\u0323\u0302 a\u0302\u0323", "ậ"},
		{"ớ o\u031b\u0301 o\u0301\u031b", "ớ"},
		{"xoóng xóong", "xoóng"},
		{"café", "café"},
		{"José", "josé"},
		{"Zürich Zu\u0308rich", "zürich"},
	} {
		for _, word := range fields(c.words) {
			for _, form := range []string{word, norm.NFC.String(word), norm.NFD.String(word)} {
				if got := Canonical(form); got != c.want {
					t.Errorf("Canonical(%q) = %q, want %q", form, got, c.want)
				}
				if got := texts(Analyze(form).Syl, First); got != c.want {
					t.Errorf("Analyze(%q) = %q, want %q", form, got, c.want)
				}
			}
		}
	}
}

func TestParse(t *testing.T) {
	for _, c := range []struct {
		word string
		want Syllable
	}{
		{"Nghiêng", Syllable{"ngh", "iêng", Level}},
		{"già", Syllable{"gi", "a", Falling}},
		{"gì", Syllable{"g", "i", Falling}},
		{"giếng", Syllable{"gi", "êng", Rising}},
		{"quyền", Syllable{"qu", "yên", Falling}},
		{"QUỐC", Syllable{"qu", "ôc", Rising}},
		{"mặt", Syllable{"m", "ăt", Heavy}},
		{"ủy", Syllable{"", "uy", Asking}},
		{"yêu", Syllable{"", "yêu", Level}},
		{"đường", Syllable{"đ", "ương", Falling}},
		{"khuỷu", Syllable{"kh", "uyu", Asking}},
	} {
		got, ok := Parse(c.word)
		if !ok || got != c.want {
			t.Errorf("Parse(%q) = %v, %v, want %v", c.word, got, ok, c.want)
		}
		if again, _ := Parse(got.String()); again != got {
			t.Errorf("Parse(%q.String()) = %v", c.word, again)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, word := range []string{
		"", "w", "mat", "màt", "cẻc", "str", "ka", "ce", "nge", "gha", "qa", "kiu4", "việtt", "wow", "fa", "zoo",
		"bánà", "áá", "nghiêngg", "tâo", "ăi", "ươ", "iêe", "M\u0301", "北",
	} {
		if got, ok := Parse(word); ok {
			t.Errorf("Parse(%q) = %v, want none", word, got)
		}
	}
}

func TestPlain(t *testing.T) {
	for word, want := range map[string]bool{
		"mat": true, "tran": true, "duong": true, "nghieng": true, "quy": true, "viet": true, "MAT": true,
		"mawtj": false, "str": false, "ubnd": false, "đi": false, "má": false, "the": true, "": false,
	} {
		if got := Plain(word); got != want {
			t.Errorf("Plain(%q) = %v", word, got)
		}
	}
}
