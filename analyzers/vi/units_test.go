package vi

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestNewScan(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Số 54-NQ/TW", "số(Cap) 54 - nq(Cap,Up) / tw(Cap,Up,Central)"},
		{"Hòa Bình, 11.706 – 1/2", "hoà(Cap) bình(Cap) , 11 . 706 - 1 / 2"},
		{"BCH T.Ư Đảng. TƯ và ĐẦU TƯ", "bch(Cap,Up) tw(Cap,Up,Central) đảng(Cap) . tw(Cap,Up,Central,Break) và đầu(Cap,Up) tư(Cap,Up)"},
		{"TP. Huế… “kỹ” &\u00a0‘quí’", `tp(Cap,Up) . huế(Cap) . "(Break) kĩ(Break) " & ' quí '`},
		{"a\nb\n\nc\u200bd 12345678901", "a b(Line) cd(Line,Para,Break) 12345678901"},
		{"57-NQ/TWngày TTg CTr", "57 - nq(Cap,Up) / tw(Cap,Up,Central) ngày ttg(Cap) ctr(Cap)"},
		{"Ðiều ð １２", "điều(Cap) đ 12"},
	} {
		if d := cmp.Diff(c.want, describeUnits(NewScan(c.text))); d != "" {
			t.Errorf("%q: %s", c.text, d)
		}
	}
}

// describeUnits writes each unit in canonical form with its rarer flags.
func describeUnits(s *Scan) string {
	var out []string
	for i, u := range s.Units {
		word, flags := string(rune(u.Kind)), []string(nil)
		switch u.Kind {
		case KindWord:
			word = s.Word(i)
		case KindDigits:
			word = Normalize(s.Of(i))
		}
		for f, name := range map[Flags]string{Capital: "Cap", Upper: "Up", Central: "Central", NewLine: "Line", NewPara: "Para", NewBreak: "Break"} {
			if u.Has(f) && (i > 0 || f&(NewLine|NewPara|NewBreak) == 0) {
				flags = append(flags, name)
			}
		}
		if len(flags) > 0 {
			order := strings.NewReplacer("Cap", "0", "Up", "1", "Central", "2", "Line", "3", "Para", "4", "Break", "5")
			for a := range flags {
				for b := range a {
					if order.Replace(flags[a]) < order.Replace(flags[b]) {
						flags[a], flags[b] = flags[b], flags[a]
					}
				}
			}
			word += "(" + strings.Join(flags, ",") + ")"
		}
		out = append(out, word)
	}
	return strings.Join(out, " ")
}

func TestWordHash(t *testing.T) {
	for _, words := range []string{"Hòa hoà HOÀ ho\u0300a hòa", "quý quí Qúy", "Kỹ kĩ", "Ðảng đảng", "UBND ubnd"} {
		all := strings.Fields(words)
		for _, w := range all[1:] {
			if WordHash(w) != WordHash(all[0]) || NewScan(w).Units[0].Hash != WordHash(all[0]) {
				t.Errorf("%q and %q have different hashes", all[0], w)
			}
		}
	}
	if WordHash("tu") == WordHash("tư") {
		t.Error("tu and tư have one hash")
	}
}

func FuzzNewScan(f *testing.F) {
	for _, s := range []string{"T.Ư", "T..Ư 1.2", "a\u0301\u200b", "\xff\xfe", "Số 1/２-ＱĐ", "한국 ½ \u0301"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s := NewScan(text)
		end := int32(0)
		for i, u := range s.Units {
			if u.Start < end || u.End <= u.Start || int(u.End) > len(text) {
				t.Fatal("unit out of order:", fmt.Sprint(u))
			}
			if utf8.ValidString(text) && !utf8.ValidString(s.Of(i)) {
				t.Fatal("unit cuts a letter:", fmt.Sprint(u))
			}
			if (u.Kind == KindDigits) != (u.Hash == DigitsHash(u.Num)) {
				t.Fatal("a hash of the wrong kind:", fmt.Sprint(u))
			}
			end = u.End
		}
	})
}
