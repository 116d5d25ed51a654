package spelling

import (
	"math"
	"strings"
	"testing"

	"bantin/analyzers/vi"
)

// TestSlip: what is confused every day costs less than what is hardly a slip.
func TestSlip(t *testing.T) {
	for _, c := range []struct{ word, near, far string }{
		{"xử", "sử", "cử"},
		{"trế", "chế", "kế"},
		{"nước", "lước", "bước"},
		{"cũng", "củng", "cùng"},
		{"giành", "dành", "hành"},
		{"lang", "lan", "làng"},
		{"mặc", "mặt", "mặn"},
		{"kĩ", "kỷ", "kỳ"},
		{"trận", "trân", "tràm"},
		{"nghị", "nghij", "nghiax"},
		{"quyết", "quyêt", "quyền"},
		{"thuyền", "thuyềnn", "thuyềnt"},
		{"quyet", "qyuet", "quxet"},
		{"minh", "mình", "minhkh"},
		{"xuất", "suất", "uất"},
		{"phong", "fong", "kong"},
		{"nhiều", "nhìu", "nhìn"},
		{"ban", "van", "xan"},
		{"a", "ă", "x"},
	} {
		near, far := Slip(c.near, c.word), Slip(c.far, c.word)
		if near <= 0 || near >= far {
			t.Errorf("%s for %s costs %v, %s %v", c.near, c.word, near, c.far, far)
		}
		if back := Slip(c.word, c.word); back != 0 {
			t.Errorf("%s for itself costs %v", c.word, back)
		}
	}
	if long := strings.Repeat("a", 41); !math.IsInf(Slip(long, "a"), 1) || !math.IsInf(Slip("a", long), 1) {
		t.Error("a long word can be meant")
	}
}

// TestConfused: with each syllable come those that it is confused with, at the
// price that Slip has for them or less, and no others.
func TestConfused(t *testing.T) {
	for _, c := range []struct {
		word     string
		accented bool
		want     string
	}{
		{"sử", true, "xử sữ sự sư"},
		{"trế", true, "chế trễ"},
		{"lấn", true, "nấn lần lấng"},
		{"giành", true, "dành rành"},
		{"vã", true, "vả dã"},
		{"thuc", false, "thut"},
		{"chan", false, "tran chang"},
		{"dat", false, "giat dac"},
		{"nghe", false, "nge"},
		{"hiu", false, "hieu"},
		{"đương", true, "đường dương"},
		{"tiêng", true, "tiếng tiên"},
		{"mat", true, "mát mạt mặt mật"},
	} {
		got := map[string]float64{}
		for _, s := range Confused(c.word, c.accented) {
			if _, ok := vi.Parse(s.Text); s.Slip <= 0 && s.Text != c.word || !ok && !vi.Plain(s.Text) {
				t.Errorf("%s for %s costs %v", c.word, s.Text, s.Slip)
			}
			if old, ok := got[s.Text]; !ok || s.Slip < old {
				got[s.Text] = s.Slip
			}
		}
		for w := range strings.FieldsSeq(c.want) {
			_, ok := got[vi.Canonical(w)]
			if _, valid := vi.Parse(w); c.accented && !valid || !c.accented && !vi.Plain(w) {
				ok = !ok // what is no syllable is not offered
			}
			if !ok {
				t.Errorf("%s: %s is missing or should", c.word, w)
			}
		}
	}
}

func FuzzSlip(f *testing.F) {
	f.Add("nghị", "nghỉ")
	f.Add("\xff", "đ")
	f.Fuzz(func(t *testing.T, a, b string) {
		if cost := Slip(a, b); math.IsNaN(cost) || cost < 0 || a != b && len(a)+len(b) > 0 && cost == 0 && vi.Canonical(a) != vi.Canonical(b) && strings.ToLower(a) == a {
			t.Errorf("%q for %q costs %v", a, b, cost)
		}
		Confused(a, true)
		Confused(a, false)
	})
}
