package vi

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns s in lower case without diacritics, đ as d, and otherwise as
// [Normalize] leaves it: the form in which a word typed without accents equals
// the same word with any accents.
func Fold(s string) string {
	for i := range len(s) {
		c := s[i]
		if c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' || c < 0x20 || c == 0x7F {
			return string(appendFold(make([]byte, 0, len(s)), s))
		}
	}
	return s
}

// appendFold appends the fold of s to b.
func appendFold(b []byte, s string) []byte {
	start := len(b)
	for _, r := range s {
		l := lookup(r)
		switch {
		case l.fold != 0:
			b = append(b, l.fold)
		case r < utf8.RuneSelf && l.class != invisible:
			b = append(b, byte(r))
		case unicode.IsPunct(r):
			b = utf8.AppendRune(b, character(r, true))
		case l.class == mark && r < 0x370:
		default:
			return append(b[:start], foldAny(s)...)
		}
	}
	return b
}

// foldAny folds what the table of Latin letters does not cover.
func foldAny(s string) string {
	var out strings.Builder
	for _, r := range norm.NFD.String(Normalize(s)) {
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		r = unicode.ToLower(r)
		if l := lookup(r); l.fold != 0 {
			r = rune(l.fold)
		}
		out.WriteRune(r)
	}
	return norm.NFC.String(out.String())
}

// Slug returns the folded words of s joined with single hyphens, in a-z0-9-.
func Slug(s string) string {
	words := strings.FieldsFunc(Fold(s), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	return strings.Join(words, "-")
}
