package vi

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Clean returns s as it is fit to be stored and shown: valid UTF-8 in NFC with
// marks composed in whatever order they came, Ð and ð as Đ and đ, odd spaces
// as plain ones, invisible characters gone. Between two whole syllables an
// invisible character becomes a space. Line breaks, dashes, case and the
// place of the tone stay as written.
func Clean(s string) string { return rewrite(s, false) }

// Normalize returns s cleaned, with full-width forms and dashes as ASCII too:
// the form in which texts are compared.
func Normalize(s string) string { return rewrite(s, true) }

func rewrite(s string, plain bool) string {
	if isNormal(s, plain) {
		return s
	}
	return compose(characters(s, plain))
}

// isNormal reports that neither step would change s.
func isNormal(s string, plain bool) bool {
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if c < 0x20 && isInvisible(rune(c)) || c == 0x7F {
				return false
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 || character(r, plain) != r {
			return false
		}
		if c := lookup(r).class; !isLatin(r) && (c == mark || c == alpha) {
			return false
		}
		i += size
	}
	return true
}

// gone marks a character that is deleted.
const gone = rune(-1)

// character returns what stands for r alone.
func character(r rune, plain bool) rune {
	switch {
	case r == 0x2028 || r == 0x2029:
		return '\n'
	case isInvisible(r):
		return gone
	case r != ' ' && unicode.Is(unicode.Zs, r):
		return ' '
	case plain && 0xFF01 <= r && r <= 0xFF5E:
		return r - 0xFEE0
	case plain && isDash(r):
		return '-'
	}
	return stroke(r)
}

// characters replaces and deletes single characters.
func characters(s string, plain bool) string {
	var out strings.Builder
	out.Grow(len(s))
	start, done := 0, 0 // of the letters before i; of a word that invisible characters part
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		to := character(r, plain)
		if to == gone && i >= done {
			if end := wordEnd(s, i); apart(s[start:end]) {
				done = end
			}
		}
		switch {
		case to != gone:
			out.WriteRune(to)
		case i < done:
			out.WriteByte(' ')
		}
		i += size
		if c := lookup(r).class; c != alpha && c != mark {
			start = i
		}
	}
	return out.String()
}

// longestRow is more than a row of two or three syllables has, in bytes.
const longestRow = 128

// wordEnd returns the end of the letters, marks and invisible characters at i,
// if it is near.
func wordEnd(s string, i int) int {
	for end := i; end < min(len(s), i+longestRow); {
		r, size := utf8.DecodeRuneInString(s[end:])
		if c := lookup(r).class; c != alpha && c != mark && c != invisible {
			return end
		}
		end += size
	}
	return min(len(s), i+longestRow)
}

// apart reports whether the invisible characters of a word part syllables: each
// part is one while the whole is not.
func apart(word string) bool {
	if len(word) > longestRow {
		return false
	}
	parts := strings.FieldsFunc(word, isInvisible)
	notSyllable := func(part string) bool { return !isSyllable(part) }
	return len(parts) > 1 && notSyllable(strings.Join(parts, "")) && !slices.ContainsFunc(parts, notSyllable)
}

// shapeFirst puts circumflex and breve before the tone. Unicode keeps them in
// the order typed; here every order gives the same letter.
var shapeFirst = func() *strings.Replacer {
	var pairs []string
	for _, shaped := range []string{"a\u0302", "e\u0302", "o\u0302", "a\u0306", "A\u0302", "E\u0302", "O\u0302", "A\u0306"} {
		for _, tone := range []string{"\u0301", "\u0300", "\u0309", "\u0303"} {
			pairs = append(pairs, shaped[:1]+tone+shaped[1:], shaped+tone)
		}
	}
	return strings.NewReplacer(pairs...)
}()

// compose composes every letter with its marks.
func compose(s string) string {
	return norm.NFC.String(shapeFirst.Replace(norm.NFD.String(s)))
}
