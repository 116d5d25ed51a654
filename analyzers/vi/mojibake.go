package vi

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// from1258 reads the characters again as windows-1258.
func from1258(text string) string {
	var out strings.Builder
	for _, r := range text {
		if b, ok := byte1252(r); ok && r >= 0x80 {
			r = charmap.Windows1258.DecodeByte(b)
		}
		out.WriteRune(r)
	}
	return Clean(out.String())
}

// fromMojibake turns the characters back into bytes and reads those as UTF-8,
// again when that was done twice.
func fromMojibake(text string) string {
	once := unread(text)
	if strings.Contains(once, "áº") || strings.Contains(once, "á»") || strings.Contains(once, "Ã") {
		return unread(once)
	}
	return once
}

// unread undoes one reading of UTF-8 as windows-1252. Where the last byte of a
// letter was a no-break space or a soft hyphen that has since become a space
// or nothing, it is put back.
func unread(text string) string {
	b := make([]byte, 0, len(text))
	var out strings.Builder
	flush := func() {
		out.Write(mend(b))
		b = b[:0]
	}
	for _, r := range text {
		if c, ok := byte1252(r); ok {
			b = append(b, c)
			continue
		}
		flush()
		out.WriteRune(r)
	}
	flush()
	return out.String()
}

// mend makes valid UTF-8 of bytes.
func mend(b []byte) []byte {
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); {
		if r, size := utf8.DecodeRune(b[i:]); r != utf8.RuneError || size > 1 {
			out = append(out, b[i:i+size]...)
			i += size
			continue
		}
		lead, size := broken(b[i:])
		if size == 0 {
			out = utf8.AppendRune(out, charmap.Windows1252.DecodeByte(b[i]))
			i++
			continue
		}
		out = append(out, lead...)
		i += size
	}
	return out
}

// broken returns a letter whose last byte was lost, with the bytes it takes.
func broken(b []byte) (letter []byte, size int) {
	switch {
	case len(b) > 1 && b[0] == 0xC3 && b[1] == ' ':
		return []byte("à"), 2
	case len(b) > 2 && b[0] == 0xE1 && (b[1] == 0xBA || b[1] == 0xBB) && b[2] == ' ':
		return []byte{b[0], b[1], 0xA0}, 3
	case len(b) > 1 && b[0] == 0xE1 && (b[1] == 0xBA || b[1] == 0xBB):
		return []byte{b[0], b[1], 0xAD}, 2
	case len(b) > 1 && b[0] == 0xC3 && b[1] < utf8.RuneSelf:
		return []byte("í"), 1
	}
	return nil, 0
}
