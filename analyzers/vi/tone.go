package vi

import (
	"strings"
	"unicode/utf8"
)

// tonePlace returns the vowel of a rhyme that carries the tone, by the rule
// taught since 1984 (hoà, khoẻ, thuý): the last vowel with a shape of its own
// (â ă ê ô ơ ư); else the middle of three; else the second of two when a
// consonant follows or when the first is only a glide (oa, oe, uy); else the
// first.
func tonePlace(rhyme []rune) int {
	n, shaped := 0, -1
	for n < len(rhyme) && IsVowel(rhyme[n]) {
		if strings.ContainsRune("ăâêôơư", rhyme[n]) {
			shaped = n
		}
		n++
	}
	switch {
	case shaped >= 0:
		return shaped
	case n == 3:
		return 1
	case n == 2 && (len(rhyme) > n || isGlide(rhyme)):
		return 1
	}
	return 0
}

func isGlide(rhyme []rune) bool {
	switch string(rhyme[:2]) {
	case "oa", "oe", "uy":
		return true
	}
	return false
}

// yAsI reports whether the y that begins a rhyme is the vowel that other
// spellings write i: alone after a consonant (kỹ, kĩ), or after qu (quýt,
// quít). In ay, ây, uy, yêu and in the word y itself it is not.
func yAsI(onset, rhyme string) bool {
	if onset == "qu" {
		return strings.HasPrefix(rhyme, "y") && !strings.HasPrefix(rhyme, "yê")
	}
	return onset != "" && rhyme == "y"
}

// Canonical returns the key under which every spelling of a word is found: in
// lower case, composed, the tone where today's rule has it, y as i where the
// two are spelled for each other. Words that are no syllable keep their marks
// where they stand.
func Canonical(word string) string {
	w, ok := spell(word)
	if !ok {
		return lower(Normalize(word))
	}
	f, known := forms.find(w.key)
	if !known {
		f.place, f.y = uint8(w.at), noY
	}
	return string(w.canonical(nil, f))
}

// canonical appends the word to b as its form wants it.
func (w *spelling) canonical(b []byte, f form) []byte {
	for i := range w.n {
		code, tone := w.code(i), Level
		if i == int(f.y) {
			code = codeI
		}
		if i == int(f.place) {
			tone = w.tone
		}
		b = utf8.AppendRune(b, toned[code][tone])
	}
	return b
}

// codeI is the code of the letter i.
var codeI = codeOf('i')
