package fetch

import (
	"bytes"
	"mime"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
)

// sniffLength is how far into a page its character set is looked for; the
// standard says 1024 bytes, but portals put scripts first.
const sniffLength = 4096

// Decode returns a saved page as UTF-8, by the content type it came with,
// empty for none, and by its own marks.
func Decode(raw []byte, contentType string) []byte {
	text, _ := decodeText(raw, contentType)
	return text
}

// decodeText returns raw as UTF-8 and the name of the character set found:
// header, byte order mark, meta element, then the bytes themselves. A label
// that the bytes contradict does not count. Text of the legacy fonts (TCVN3,
// VNI) keeps its characters: telling it is for who reads the text.
func decodeText(raw []byte, contentType string) (text []byte, label string) {
	if enc, label := named(headerCharset(contentType)); believable(raw, label) && enc != nil {
		return convert(raw, enc, label)
	}
	if enc, label := marked(raw); enc != nil {
		return convert(raw, enc, label)
	}
	if enc, label := named(metaCharset(raw)); believable(raw, label) && enc != nil {
		return convert(raw, enc, label)
	}
	return guessed(raw)
}

func named(label string) (encoding.Encoding, string) {
	switch strings.ToLower(label) {
	case "":
		return nil, ""
	case "x-user-defined": // what pages in the fonts of TCVN3 and VNI call themselves
		label = "windows-1252"
	}
	return charset.Lookup(label)
}

func headerCharset(contentType string) string {
	_, params, err := mime.ParseMediaType(contentType)
	if err == nil {
		return params["charset"]
	}
	_, after, _ := strings.Cut(strings.ToLower(contentType), "charset=")
	label, _, _ := strings.Cut(after, ";")
	return strings.Trim(label, " \"'")
}

// believable tells whether bytes can be of the labelled set: invalid UTF-8 is
// not UTF-8, and valid UTF-8 beyond ASCII is nothing else, whatever a server's
// default says.
func believable(raw []byte, label string) bool {
	if strings.HasPrefix(label, "utf-16") {
		return bytes.IndexByte(raw, 0) >= 0
	}
	if label == "utf-8" {
		return mostlyUTF8(raw)
	}
	return !utf8.Valid(raw) || ascii(raw)
}

// mostlyUTF8 allows for the odd broken byte in a long page.
func mostlyUTF8(raw []byte) bool {
	if utf8.Valid(raw) {
		return true
	}
	good, bad := 0, 0
	for rest := raw; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size > 1:
			good++
		}
		rest = rest[size:]
	}
	return good > 20*bad
}

func ascii(raw []byte) bool {
	return !bytes.ContainsFunc(raw, func(r rune) bool { return r >= utf8.RuneSelf })
}

func marked(raw []byte) (encoding.Encoding, string) {
	for _, bom := range []struct{ mark, label string }{
		{"\xef\xbb\xbf", "utf-8"}, {"\xff\xfe", "utf-16le"}, {"\xfe\xff", "utf-16be"},
	} {
		if bytes.HasPrefix(raw, []byte(bom.mark)) {
			return charset.Lookup(bom.label)
		}
	}
	return nil, ""
}

// metaCharset finds the label in <meta charset> or <meta content>.
func metaCharset(raw []byte) string {
	head := bytes.ToLower(raw[:min(len(raw), sniffLength)])
	for {
		at := bytes.Index(head, []byte("<meta"))
		if at < 0 {
			return ""
		}
		head = head[at+len("<meta"):]
		end := bytes.IndexByte(head, '>')
		if end < 0 {
			return ""
		}
		if _, after, ok := bytes.Cut(head[:end], []byte("charset")); ok {
			label := bytes.TrimLeft(after, " =\"'")
			if stop := bytes.IndexAny(label, " ;\"'/>"); stop >= 0 {
				label = label[:stop]
			}
			return string(label)
		}
	}
}

// guessed falls back on the bytes: UTF-8, windows-1258 by its combining tone
// marks, else what the standard's own detection says.
func guessed(raw []byte) ([]byte, string) {
	if mostlyUTF8(raw) {
		return convert(raw, encoding.Nop, "utf-8")
	}
	if vietnamese1258(raw) {
		enc, label := charset.Lookup("windows-1258")
		return convert(raw, enc, label)
	}
	enc, label, _ := charset.DetermineEncoding(raw, "")
	if label == "utf-8" {
		enc, label = charset.Lookup("windows-1252")
	}
	return convert(raw, enc, label)
}

// vietnamese1258 tells windows-1258 by where its five combining tone marks
// stand: after a vowel.
func vietnamese1258(raw []byte) bool {
	const (
		tones  = "\xcc\xd2\xde\xec\xf2"
		vowels = "aeiouyAEIOUY\xe2\xea\xf4\xe3\xf5\xfd\xc2\xca\xd4\xc3\xd5\xdd"
	)
	after, elsewhere := 0, 0
	for i := 1; i < len(raw); i++ {
		if strings.IndexByte(tones, raw[i]) < 0 {
			continue
		}
		if strings.IndexByte(vowels, raw[i-1]) >= 0 {
			after++
		} else {
			elsewhere++
		}
	}
	return after >= 3 && after > 9*elsewhere
}

func convert(raw []byte, enc encoding.Encoding, label string) ([]byte, string) {
	if label == "utf-8" {
		raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
		if utf8.Valid(raw) {
			return raw, label
		}
		return bytes.ToValidUTF8(raw, []byte("\uFFFD")), label
	}
	text, err := enc.NewDecoder().Bytes(raw)
	if err != nil {
		return bytes.ToValidUTF8(raw, []byte("\uFFFD")), "utf-8"
	}
	return bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")), label
}
