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
	var h hidden
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if to := character(r, plain); to != gone {
			out.WriteRune(to)
		} else if h.parts(s, i, size) {
			out.WriteByte(' ')
		}
		i += size
		if c := lookup(r).class; c != alpha && c != mark && c != invisible {
			h.start = i
		}
	}
	return out.String()
}

// hidden finds the invisible characters that stand between whole syllables.
type hidden struct {
	start int // of the letters that are looked at
	done  int // end of letters that are parted
}

// parts reports whether the character at i parts the word that goes on at the
// start: each part is a syllable while the whole is not.
func (h *hidden) parts(s string, i, size int) bool {
	if i < h.done {
		return true
	}
	const reach = 64 // longer words are no row of two or three syllables
	end := i
	for end < len(s) && end-i < reach && isWordPart(s[end:]) {
		_, size := utf8.DecodeRuneInString(s[end:])
		end += size
	}
	if i-h.start < reach && apart(s[h.start:end]) {
		h.done = end
		return true
	}
	h.start = i + size
	return false
}

// isWordPart reports whether s begins with a letter, a mark or an invisible
// character.
func isWordPart(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	c := lookup(r).class
	return s != "" && (c == alpha || c == mark || c == invisible)
}

// apart reports whether invisible characters part a word into syllables.
func apart(word string) bool {
	parts := strings.FieldsFunc(word, isInvisible)
	notSyllable := func(part string) bool { return !isSyllable(part) }
	return len(parts) > 1 && notSyllable(strings.Join(parts, "")) && !slices.ContainsFunc(parts, notSyllable)
}

// shapeFirst puts circumflex and breve before the tone. Unicode keeps them in
// the order typed; here every order gives the same letter.
var shapeFirst = func() *strings.Replacer {
	var pairs []string
	for _, letter := range []string{"â", "ê", "ô", "ă", "Â", "Ê", "Ô", "Ă"} {
		shaped := norm.NFD.String(letter)
		for _, tone := range []string{"\u0301", "\u0300", "\u0309", "\u0303"} { // heavy stands below
			pairs = append(pairs, shaped[:1]+tone+shaped[1:], shaped+tone)
		}
	}
	return strings.NewReplacer(pairs...)
}()

// compose composes every letter with its marks.
func compose(s string) string {
	return norm.NFC.String(shapeFirst.Replace(norm.NFD.String(s)))
}
