package vi

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Tone is one of the six tones; the zero value is the level tone, unmarked.
type Tone uint8

// The tones in the order of their marks a á à ả ã ạ.
const (
	Level Tone = iota
	Rising
	Falling
	Asking
	Tumbling
	Heavy
)

// alphabet has a row for each of the 29 letters, the vowels under the six
// tones; a letter's code is its row, counted from 1.
var alphabet = strings.Fields(`
	aáàảãạ ăắằẳẵặ âấầẩẫậ b c d đ eéèẻẽẹ êếềểễệ g h iíìỉĩị k l m n oóòỏõọ ôốồổỗộ ơớờởỡợ
	p q r s t uúùủũụ ưứừửữự v x yýỳỷỹỵ`)

// letter is what the analyzer knows of one rune.
type letter struct {
	code   uint8 // of the toneless lower-case letter, 0 when not Vietnamese
	tone   Tone
	fold   uint8 // a-z; 0 when the rune has none
	class  class
	upper  bool
	marked bool // is not the letter that it is folded to
	recast bool // is not in lower case, or ð
}

// class is the part that a rune plays between and within words.
type class uint8

const (
	other class = iota
	alpha
	digit
	mark
	invisible
	space
	newline
	hyphen
	slash
	dot
	comma
	apostrophe
	ampersand
	stop // ends a phrase
)

const (
	latinEnd   = 0x250  // Latin-1 to Latin Extended-B
	extraStart = 0x1E00 // Latin Extended Additional
	extraEnd   = 0x1F00
)

// letters, classes and toned are tables, written once here and only read
// afterwards.
var (
	toned   = makeToned()
	letters = makeLetters()
	classes = makeClasses()
)

// lookup returns the entry of r, not to be written to; runes outside the Latin
// blocks have a class only.
func lookup(r rune) *letter {
	if isLatin(r) {
		return latin(r)
	}
	return &classes[classOf(r)]
}

// isLatin reports the runes that the table of letters describes.
func isLatin(r rune) bool { return uint32(r) < latinEnd || r >= extraStart && r < extraEnd }

// latin returns the entry of such a rune.
func latin(r rune) *letter {
	if r >= extraStart {
		r -= extraStart - latinEnd
	}
	return &letters[r]
}

func makeLetters() (t [latinEnd + extraEnd - extraStart]letter) {
	for r := range rune(latinEnd) {
		t[r] = describe(r)
	}
	for r := rune(extraStart); r < extraEnd; r++ {
		t[r-extraStart+latinEnd] = describe(r)
	}
	return t
}

func makeClasses() (t [stop + 1]letter) {
	for c := range t {
		t[c].class = class(c)
	}
	return t
}

func describe(r rune) letter {
	low := unicode.ToLower(stroke(r))
	l := letter{class: classOf(r), upper: unicode.IsUpper(r), recast: r != low}
	for i := range alphabet {
		if tone := slices.Index(toned[i+1][:], low); tone >= 0 {
			l.code, l.tone = uint8(i+1), Tone(tone)
		}
	}
	base, _ := utf8.DecodeRuneInString(norm.NFD.String(string(low)))
	if base == 'đ' {
		base = 'd'
	}
	if 'a' <= base && base <= 'z' {
		l.fold = uint8(base)
	}
	l.marked = low != rune(l.fold)
	return l
}

// stroke returns the Vietnamese letter for the Icelandic and African ones that
// look like it.
func stroke(r rune) rune {
	switch r {
	case 'Ð', 'Ɖ':
		return 'Đ'
	case 'ð', 'ɖ':
		return 'đ'
	}
	return r
}

// codeOf returns the code of a letter, whatever its tone and case.
func codeOf(r rune) uint8 { return lookup(r).code }

// IsVowel reports the letters that bear tones.
func IsVowel(r rune) bool {
	row := &toned[codeOf(r)]
	return row[Level] != row[Rising]
}

// makeToned gives the lower-case rune of a letter's code under a tone; a
// consonant is the same under every tone.
func makeToned() (t [32][6]rune) {
	for i, row := range alphabet {
		forms := []rune(row)
		for tone := range t[i+1] {
			t[i+1][tone] = forms[tone%len(forms)]
		}
	}
	return t
}

func classOf(r rune) class {
	switch {
	case r == '\n', r == 0x2028, r == 0x2029:
		return newline
	case isInvisible(r):
		return invisible
	case r == '\'', r == '’', r == 'ʼ', r == '‘':
		return apostrophe
	case isDash(r):
		return hyphen
	case 0xFF01 <= r && r <= 0xFF5E:
		return classOf(r - 0xFEE0)
	case '0' <= r && r <= '9':
		return digit
	case unicode.IsLetter(r), unicode.Is(unicode.Nl, r):
		return alpha
	case unicode.Is(unicode.M, r):
		return mark
	case unicode.IsSpace(r), unicode.Is(unicode.Zs, r):
		return space
	}
	return punctuation(r)
}

func punctuation(r rune) class {
	switch r {
	case '/':
		return slash
	case '.':
		return dot
	case ',':
		return comma
	case '&':
		return ampersand
	case '!', '?', ';', ':', '…', '。', '•', '|', '·', '●', '▪', '■', '◆', '*':
		return stop
	}
	return other
}

func isDash(r rune) bool {
	return r == '-' || 0x2010 <= r && r <= 0x2015 || r == 0x2212 || r == 0xFE58 || r == 0xFE63 || r == 0xFF0D
}

// isInvisible reports the characters without a glyph that word processors and
// web pages leave behind, the joiner that Unicode normalisation itself
// inserts among them.
func isInvisible(r rune) bool {
	switch {
	case r == 0xAD, r == 0x34F, r == 0x61C, r == 0x180E, r == 0xFEFF:
		return true
	case 0x200B <= r && r <= 0x200F, 0x202A <= r && r <= 0x202E, 0x2060 <= r && r <= 0x206F:
		return true
	case 0xFE00 <= r && r <= 0xFE0F, 0xFFF9 <= r && r <= 0xFFFB:
		return true
	}
	return r < 0x20 && r != '\t' && r != '\n' && r != '\r' && r != '\f' && r != '\v' || r == 0x7F
}
