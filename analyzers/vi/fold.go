// Package vi is pure text processing for Vietnamese: normalisation, syllables,
// folding, shingles, lookup keys, abbreviations, typed input and legacy
// encodings. It knows nothing of indexes, bulletins or files.
package vi

import (
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// Fold returns s in lower case without diacritics, đ as d: the form in which
// a word typed without accents equals the same word with any accents.
func Fold(s string) string {
	t := transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC)
	out, _, err := transform.String(t, strings.ToLower(s))
	if err != nil {
		out = s
	}
	return strings.NewReplacer("đ", "d", "ð", "d", "Ð", "d").Replace(out)
}

// Slug returns the folded words of s joined with single hyphens, in a-z0-9-.
func Slug(s string) string {
	words := strings.FieldsFunc(Fold(s), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	return strings.Join(words, "-")
}
