package fetch

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/unicode/norm"
)

func TestDecodeText(t *testing.T) {
	const text = "<p>Ủy ban nhân dân tỉnh tổ chức giao ban quý III với các đoàn thể"
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	meta := func(label string) []byte { return []byte("<meta charset=" + label + ">") }
	for _, test := range []struct {
		name   string
		raw    []byte
		header string
		want   string
	}{
		{"header", windows1258(text), "text/html; charset=windows-1258", text},
		{"byte order mark", []byte("\ufeff" + text), "text/html", text},
		{"UTF-16 mark", utf16, "text/html", text},
		{"meta", append(meta("windows-1258"), windows1258(text)...), "text/html", string(meta("windows-1258")) + text},
		{"http-equiv", append([]byte(`<meta http-equiv="Content-Type" content="text/html; charset=windows-1258">`), windows1258(text)...), "", `<meta http-equiv="Content-Type" content="text/html; charset=windows-1258">` + text},
		{"bytes alone, UTF-8", []byte(text), "", text},
		{"bytes alone, short", windows1258("Tỉnh ủy, Hội đồng"), "", "Tỉnh ủy, Hội đồng"},
		{"bytes alone, windows-1258", windows1258(text), "", text},
		{"server's wrong default", []byte(text), "text/html; charset=ISO-8859-1", text},
		{"wrong meta", append(meta("iso-8859-1"), text...), "text/html", string(meta("iso-8859-1")) + text},
		{"UTF-8 claimed, windows-1258 sent", windows1258(text), "text/html; charset=utf-8", text},
		{"unknown label", []byte(text), "text/html; charset=x-user-defined", text},
		{"label of a font", []byte("Uy\xbb ban"), "text/html; charset=x-user-defined", "Uy» ban"},
		{"broken header", []byte(text), "text/html; charset=utf-8; charset", text},
		{"one bad byte", []byte(text + text + "\xff"), "text/html; charset=utf-8", text + text + "\uFFFD"},
	} {
		got, label := decodeText(test.raw, test.header)
		if norm.NFC.String(string(got)) != test.want {
			t.Errorf("%s: %q by %s", test.name, got, label)
		}
	}
}

// TestLegacyFontTextKeepsItsBytes: TCVN3 text must come through as the
// windows-1252 characters that its repair expects.
func TestLegacyFontTextKeepsItsBytes(t *testing.T) {
	want := strings.Repeat("Uû ban nh©n d©n tØnh tæ chøc giao ban ", 20)
	raw, err := charmap.Windows1252.NewEncoder().Bytes([]byte(want))
	if err != nil {
		t.Fatal(err)
	}
	if got, label := decodeText(raw, "text/html"); string(got) != want {
		t.Errorf("%q by %s", got, label)
	}
}

// windows1258 writes vowels with their mark and tones apart, as the code page
// does.
func windows1258(text string) []byte {
	var out []byte
	encoder := charmap.Windows1258.NewEncoder()
	for _, r := range text {
		if b, err := encoder.Bytes([]byte(string(r))); err == nil {
			out = append(out, b...)
			continue
		}
		base, tone := splitTone(r)
		for _, part := range []rune{base, tone} {
			b, err := encoder.Bytes([]byte(string(part)))
			if err != nil {
				panic(err)
			}
			out = append(out, b...)
		}
	}
	return out
}

func splitTone(r rune) (base, tone rune) {
	for _, tone := range "\u0300\u0301\u0303\u0309\u0323" {
		for _, base := range "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" {
			if norm.NFC.String(string([]rune{base, tone})) == string(r) {
				return base, tone
			}
		}
	}
	return r, r
}

func FuzzDecodeText(f *testing.F) {
	f.Add([]byte("<meta charset=windows-1258>\xcc\xf2a"), "text/html; charset=utf-16")
	f.Add([]byte("\xff\xfea"), "")
	f.Fuzz(func(t *testing.T, raw []byte, header string) {
		got, label := decodeText(raw, header)
		if !utf8.Valid(got) {
			t.Errorf("not UTF-8 by %s", label)
		}
		if again, _ := decodeText(got, "text/html; charset=utf-8"); !bytes.Equal(again, bytes.TrimPrefix(got, []byte("\ufeff"))) {
			t.Errorf("%q decoded again is %q", got, again)
		}
	})
}
