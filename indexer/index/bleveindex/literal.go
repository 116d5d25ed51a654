package bleveindex

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"bantin/indexer/index"
)

// literally tells that the phrase stands in the text letter for letter, but
// for capitals, with single spaces: then it surely holds, and the text need
// not be analysed. It never says so of what analysis would part.
func literally(text string, words []index.Word) bool {
	for _, w := range words {
		if !w.Accented && !ascii(w.Text) || strings.ContainsFunc(w.Text, notLetter) {
			return false
		}
	}
	for at := 0; at < len(text); {
		if n := spelled(text[at:], words); n > 0 && ends(text[at+n:]) {
			return true
		}
		next := strings.IndexByte(text[at:], ' ')
		if next < 0 {
			return false
		}
		at += next + 1
	}
	return false
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) }

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// spelled returns the bytes of text that spell the words, 0 when it does not
// begin with them.
func spelled(text string, words []index.Word) int {
	at := 0
	for i, w := range words {
		if i > 0 {
			if at == len(text) || text[at] != ' ' {
				return 0
			}
			at++
		}
		n := prefixLetters(text[at:], w)
		if n == 0 {
			return 0
		}
		at += n
	}
	return at
}

// prefixLetters returns the bytes of text that spell the one word.
func prefixLetters(text string, w index.Word) int {
	at := 0
	for _, want := range w.Text {
		r, n := utf8.DecodeRuneInString(text[at:])
		if r = unicode.ToLower(r); !w.Accented {
			r = base(r)
		}
		if r != want {
			return 0
		}
		at += n
	}
	return at
}

// ends tells whether a word surely ends where text begins.
func ends(text string) bool {
	if text == "" {
		return true
	}
	switch text[0] {
	case ' ', '\n':
		return true
	case ',', '.', ';', ':', ')', '"':
		return len(text) == 1 || text[1] == ' ' || text[1] == '\n'
	}
	return false
}

// base is a lower-case letter of Vietnamese without its marks.
func base(r rune) rune {
	if r < utf8.RuneSelf {
		return r
	}
	for _, group := range [...]string{
		"aáàảãạăắằẳẵặâấầẩẫậ", "eéèẻẽẹêếềểễệ", "iíìỉĩị", "oóòỏõọôốồổỗộơớờởỡợ", "uúùủũụưứừửữự", "yýỳỷỹỵ", "dđ",
	} {
		if strings.ContainsRune(group, r) {
			return rune(group[0])
		}
	}
	return r
}
