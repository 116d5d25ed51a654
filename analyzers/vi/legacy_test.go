package vi

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

const legacyProse = "Ngày 10/7, Ban Thường trực Ủy ban Mặt trận Tổ quốc tỉnh tổ chức họp giao ban với các tổ chức chính trị - xã hội " +
	"để đánh giá kết quả; “toàn dân đoàn kết”, người nghèo, kỷ niệm, thuở ấy, khuỷu tay, chữ ký, mỹ thuật, lũ lụt, đẹp."

// asMojibake reads the UTF-8 bytes of s as windows-1252.
func asMojibake(s string) string {
	var out strings.Builder
	for i := range len(s) {
		r := charmap.Windows1252.DecodeByte(s[i])
		if r == 0xFFFD {
			r = rune(s[i])
		}
		out.WriteRune(r)
	}
	return out.String()
}

// asTCVN3 writes s as ABC fonts do, seen as Latin-1; capitals by font.
func asTCVN3(s string) string {
	back := map[rune]rune{}
	for i, to := range []rune(tcvn3) {
		back[to] = rune(0xA1 + i)
	}
	delete(back, '.')
	return strings.Map(func(r rune) rune {
		if to, ok := back[r]; ok {
			return to
		}
		if to, ok := back[[]rune(strings.ToLower(string(r)))[0]]; ok {
			return to
		}
		return r
	}, s)
}

// asVNI writes s as VNI fonts do, seen as Latin-1.
func asVNI(s string) string {
	back := map[rune]string{}
	for _, row := range vniMarks {
		marks := []rune(row[1])
		for i, to := range []rune(row[2]) {
			back[to] = row[0] + string(marks[i])
		}
	}
	var out strings.Builder
	for _, r := range s {
		low := []rune(strings.ToLower(string(r)))[0]
		switch to, ok := back[low]; {
		case !ok:
			out.WriteRune(r)
		case low != r:
			out.WriteString(strings.ToUpper(to))
		default:
			out.WriteString(to)
		}
	}
	return out.String()
}

// as1258 writes s in windows-1258: â, ă, ê, ô, ơ, ư, đ whole, tones combining.
func as1258(s string) string {
	var out []byte
	for _, r := range norm.NFC.String(s) {
		if b, ok := charmap.Windows1258.EncodeRune(r); ok {
			out = append(out, b)
			continue
		}
		parts := []rune(norm.NFD.String(string(r)))
		base, tone := parts[0], parts[1]
		if len(parts) == 3 {
			shape := parts[1]
			if shape == 0x323 {
				shape, tone = parts[2], parts[1]
			} else {
				tone = parts[2]
			}
			base = []rune(norm.NFC.String(string([]rune{base, shape})))[0]
		}
		b, _ := charmap.Windows1258.EncodeRune(base)
		m, _ := charmap.Windows1258.EncodeRune(tone)
		out = append(out, b, m)
	}
	return string(out)
}

func TestRepair(t *testing.T) {
	lowered := strings.NewReplacer("Ủ", "ủ", "Ổ", "ổ").Replace(legacyProse)
	plain := strings.NewReplacer("“", `"`, "”", `"`).Replace(lowered)
	raw1258 := as1258(legacyProse)
	for _, c := range []struct {
		name, text, want string
		enc              Encoding
	}{
		{"mojibake", asMojibake(legacyProse), legacyProse, Mojibake},
		{"mojibake twice", asMojibake(asMojibake(legacyProse)), legacyProse, Mojibake},
		{"mojibake with spaces", strings.NewReplacer("\u00a0", " ", "\u00ad", "").Replace(asMojibake(legacyProse)), legacyProse, Mojibake},
		{"tcvn3", asTCVN3(plain), plain, TCVN3},
		{
			"vni", asVNI(strings.NewReplacer("“", `"`, "”", `"`).Replace(legacyProse)),
			strings.NewReplacer("“", `"`, "”", `"`).Replace(legacyProse), VNI,
		},
		{"windows-1258 bytes", raw1258, legacyProse, Windows1258},
		{"windows-1258 read as 1252", latin1252(raw1258), legacyProse, Windows1258},
		{"one word", "®¶ng", "đảng", TCVN3},
		{"two words", "MÆt trËn", "Mặt trận", TCVN3},
		{"capitals", "MÆT TRËN Tæ QUèC", "MẶT TRẬN TỔ QUỐC", TCVN3},
		{"rules 1", "Uû ban nh©n d©n", "Uỷ ban nhân dân", TCVN3},
		{"rules 2", "Maët traän", "Mặt trận", VNI},
		{"rules 3", "Máº·t tráº\u00adn", "Mặt trận", Mojibake},
		{"soft hyphen", "h\u00adíng dÉn", "hướng dẫn", TCVN3},
	} {
		got, enc := Repair(c.text)
		if got != c.want || enc != c.enc {
			t.Errorf("%s: %s %q\nwant %q", c.name, enc, got, c.want)
		}
		if again, enc := Repair(got); again != got || enc != "" {
			t.Errorf("%s: repaired again as %s: %q", c.name, enc, again)
		}
	}
}

func TestRepairLeaves(t *testing.T) {
	for _, text := range []string{
		"", "plain English text", legacyProse, norm.NFD.String(legacyProse), "Đ", "ô", "Ủy ban", "Thaï", "Noël", "café crème brûlée",
		"São Paulo, José, François Müller, Zürich, Ångström", "10 µm, 5 N·m, 25 °C, 3 m²", "© 2020 ®", "« à la carte »", "Москва 北京",
		"L'été à Saint-Étienne, où les élèves français étaient déjà prêts", "Grüße aus Köln: schöne Straßen, große Häuser",
		"Đảng bộ tỉnh ô nhiễm â", "x\xff\xfe", "Thứ Hai 10/7 – “Tin” …", "Ôn Châu", "Côte d'Ivoire", "El Niño y La Niña mañana",
	} {
		if got, enc := Repair(text); got != text || enc != "" {
			t.Errorf("%q became %q as %s", text, got, enc)
		}
	}
}
