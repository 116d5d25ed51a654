package index

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"bantin/analyzers/vi"
)

// sieve finds where some words may stand in a text, many times faster than the
// analyzer: it only compares letters.
type sieve struct {
	first [1 << 8]bool // by the first letter, folded, y as i
	words []string     // folded, y as i
	short bool         // one may stand for an abbreviation of Trung ương
}

// newSieve takes words of the streams syl and fold. It is nil for words that
// may be printed in other letters: numbers, and what holds a w, as TƯ does at
// the end of an abbreviation.
func newSieve(words []string) *sieve {
	s := &sieve{}
	for _, w := range words {
		w = strings.ReplaceAll(vi.Fold(w), "y", "i")
		if w == "" || strings.Trim(w, "abcdefghijklmnopqrstuvxyz") != "" {
			return nil
		}
		s.first[w[0]] = true
		if w == "trung" || w == "uong" || w == "tu" {
			s.short, s.first['t'] = true, true
		}
		s.words = append(s.words, w)
	}
	if len(s.words) == 0 {
		return nil
	}
	return s
}

// What a rune is to the sieve, besides a letter of a to z.
const (
	between = 0 // words
	unclear = 1 // in a word, and may be any letters or none
)

// sieved are the runes of the Latin blocks, by what the sieve takes them for.
var sieved = sync.OnceValue(func() *[0x2000]byte {
	var t [0x2000]byte
	for r := range rune(len(t)) {
		fold := vi.Fold(string(r))
		switch {
		case !unicode.IsLetter(r) && !unicode.Is(unicode.M, r) && !unicode.Is(unicode.Cf, r):
		case len(fold) == 1 && 'a' <= fold[0] && fold[0] <= 'z':
			if t[r] = fold[0]; fold == "y" {
				t[r] = 'i'
			}
		default:
			t[r] = unclear
		}
	}
	return &t
})

// letterAt is what the sieve takes the character for that text begins with.
func letterAt(t *[0x2000]byte, text string) (letter byte, size int) {
	switch c := text[0]; {
	case c < utf8.RuneSelf:
		return t[c], 1
	case 0xC3 <= c && c <= 0xC6 && len(text) > 1 && text[1]>>6 == 2: // the letters of Vietnamese have two bytes
		return t[int(c&0x1F)<<6|int(text[1]&0x3F)], 2
	case c == 0xE1 && len(text) > 2 && text[1]>>6 == 2 && text[2]>>6 == 2: // or three
		return t[1<<12|int(text[1]&0x3F)<<6|int(text[2]&0x3F)], 3
	}
	r, size := utf8.DecodeRuneInString(text)
	switch {
	case int(r) < len(t):
		return t[r], size
	case unicode.IsLetter(r) || unicode.Is(unicode.M, r) || unicode.Is(unicode.Cf, r):
		return unclear, size
	}
	return between, size
}

// places appends the bytes of text at which one of the words may begin: all at
// which one does, and some more.
func (s *sieve) places(to []int, text string) []int {
	const longest = 16
	t := sieved()
	var word [longest]byte
	for i := 0; i < len(text); {
		letter, size := letterAt(t, text[i:])
		if letter == between {
			i += size
			continue
		}
		start, n, clear := i, 0, true
		wanted := letter == unclear || s.first[letter]
		for letter != between {
			switch {
			case !wanted:
			case letter == unclear || n == longest:
				clear = false
			default:
				word[n] = letter
				n++
			}
			if i += size; i == len(text) {
				break
			}
			letter, size = letterAt(t, text[i:])
		}
		if wanted && (!clear || s.may(word[:n], i < len(text) && text[i] != ' ')) {
			to = append(to, start)
		}
	}
	return to
}

// may tells whether a word is one of those that are looked for, or becomes one
// by what is joined to it: đ-ạt, U.B.N.D.
func (s *sieve) may(word []byte, joined bool) bool {
	if s.short && len(word) == 2 && word[0] == 't' || joined && len(word) == 1 {
		return true
	}
	for _, w := range s.words {
		if w == string(word) || joined && strings.HasPrefix(w, string(word)) {
			return true
		}
	}
	return false
}
