package cite

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// docToken is a run of letters, a run of digits or one mark of a text.
type docToken struct {
	start, end int32
	word       docWord  // which word or mark; 0 for numbers and words of no interest
	kind       docShape // letters, digits or mark
	flags      docFlags // what stands before it and how it is capitalised
}

type (
	docShape uint8
	docFlags uint8
)

const (
	docLetters docShape = iota
	docDigits
	docMark
)

const (
	docSpaced  docFlags = 1 << iota // white space before it
	docParted                       // a blank line before it
	docCapital                      // begins with a capital
	docCaps                         // has no small letter
)

func (t docToken) is(f docFlags) bool { return t.flags&f != 0 }

// docLexer cuts a text into tokens; its buffers are used again.
type docLexer struct {
	text string
	toks []docToken
	low  [docWordMax]byte
}

// docWordMax bounds the bytes of a word that are compared; longer words are of
// no interest.
const docWordMax = 32

// lex returns the tokens of text[from:to]; they are valid until the next call.
func (l *docLexer) lex(text string, from, to int) []docToken {
	l.text, l.toks = text, l.toks[:0]
	var flags docFlags
	lines := 0
	for i := from; i < to; {
		c := text[i]
		switch {
		case c == '\n':
			if lines++; lines > 1 {
				flags |= docParted
			}
			flags |= docSpaced
			i++
			continue
		case c == ' ' || c == '\t' || c == '\r':
			flags |= docSpaced
			i++
			continue
		case '0' <= c && c <= '9':
			j := i + 1
			for j < to && '0' <= text[j] && text[j] <= '9' {
				j++
			}
			l.push(i, j, 0, docDigits, flags)
			i = j
		case c < utf8.RuneSelf && !asciiLetter(c):
			l.push(i, i+1, docWord(c), docMark, flags)
			i++
		default:
			j, skipped := l.wordOrMark(i, to, flags)
			if i = j; skipped {
				flags |= docSpaced
				continue
			}
		}
		flags, lines = 0, 0
	}
	return l.toks
}

func asciiLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func (l *docLexer) push(start, end int, word docWord, kind docShape, flags docFlags) {
	l.toks = append(l.toks, docToken{int32(start), int32(end), word, kind, flags})
}

// wordOrMark reads what begins at i and is no ASCII mark: a word, or a mark
// such as a dash. A rune that counts as white space is skipped.
func (l *docLexer) wordOrMark(i, to int, flags docFlags) (end int, space bool) {
	if c := l.text[i]; c >= utf8.RuneSelf {
		if r, size := utf8.DecodeRuneInString(l.text[i:to]); !docLetter(r) {
			mark := docMarkOf(r)
			if mark == ' ' {
				return i + size, true
			}
			l.push(i, i+size, mark, docMark, flags)
			return i + size, false
		}
	}
	return l.word(i, to, flags), false
}

// word reads the word at i and looks it up.
func (l *docLexer) word(i, to int, flags docFlags) (end int) {
	end, n, caps, marks := l.lower(i, to)
	if caps {
		flags |= docCaps
	}
	if r, _ := utf8.DecodeRuneInString(l.text[i:to]); docLower(r) != r {
		flags |= docCapital
	}
	var word docWord
	switch {
	case n > docWordMax:
	case marks:
		word = docLexicon.find([]byte(strings.ToLower(norm.NFC.String(l.text[i:end]))))
	default:
		word = docLexicon.find(l.low[:n])
	}
	switch {
	case end == i+1 && l.text[i] == 'T':
		end, word = l.dottedCentre(end, to, word)
	case word == wTu && caps && !l.tuIsWord():
		word = wTW
	}
	l.push(i, end, word, docLetters, flags)
	return end
}

// lower writes the word at i in small letters into l.low, n bytes of it, more
// than docWordMax when it is too long. caps: it has no small letter; marks: it
// has combining marks.
func (l *docLexer) lower(i, to int) (end, n int, caps, marks bool) {
	caps = true
	for end = i; end < to; {
		c := l.text[end]
		if c < utf8.RuneSelf {
			if !asciiLetter(c) {
				break
			}
			caps = caps && c < 'a'
			if n < docWordMax {
				l.low[n] = c | 0x20
			}
			n++
			end++
			continue
		}
		r, size := utf8.DecodeRuneInString(l.text[end:to])
		if !docLetter(r) {
			break
		}
		low := docLower(r)
		if r >= 0x300 && r <= 0x36f {
			marks = true
		} else {
			caps = caps && low != r
		}
		if n+utf8.UTFMax <= docWordMax {
			n += utf8.EncodeRune(l.low[n:], low)
		} else {
			n = docWordMax + 1
		}
		end += size
	}
	return end, n, caps, marks
}

// dottedCentre reads on after a lone T: "T.Ư" and "T.W" are one word, TW.
func (l *docLexer) dottedCentre(j, to int, word docWord) (int, docWord) {
	for _, rest := range [...]string{".Ư", ".W", ".ư"} {
		if strings.HasPrefix(l.text[j:to], rest) {
			return j + len(rest), wTW
		}
	}
	return j, word
}

// tuIsWord tells whether a TƯ in capitals is the word, not the abbreviation of
// Trung ương: THÔNG TƯ, LẦN THỨ TƯ.
func (l *docLexer) tuIsWord() bool {
	if len(l.toks) == 0 {
		return false
	}
	w := l.toks[len(l.toks)-1].word
	return w == wThong || w == wThu
}

// docLetter tells whether r may stand in a word, invisible joiners included.
func docLetter(r rune) bool {
	switch {
	case r >= 0xc0 && r <= 0x24f:
		return r != 0xd7 && r != 0xf7
	case r >= 0x1e00 && r <= 0x1eff, r >= 0x300 && r <= 0x36f:
		return true
	}
	return r > 0x36f && unicode.IsLetter(r)
}

// docLower is the small letter of r as far as Vietnamese goes; the Icelandic
// eth, which stands for Đ in old texts, becomes đ.
func docLower(r rune) rune {
	switch {
	case r == 0xd0 || r == 0xf0 || r == 0x189:
		return 'đ'
	case r >= 0xc0 && r <= 0xde:
		return r + 0x20
	case r >= 0x1e00 && r <= 0x1eff:
		return r | 1
	case r < 0x80:
		if 'A' <= r && r <= 'Z' {
			return r + 0x20
		}
		return r
	case r < 0x100 || r >= 0x300 && r <= 0x36f:
		return r
	}
	return unicode.ToLower(r)
}

// docMarkOf maps a mark outside ASCII to the ASCII one that it stands for, '~'
// when there is none.
func docMarkOf(r rune) docWord {
	switch r {
	case 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2212:
		return '-'
	case '“', '”', '‘', '’', '«', '»':
		return '"'
	case '…':
		return '.'
	case 0xa0, 0x202f, 0x3000, 0x2009, 0xad, 0x200b, 0x200c, 0x200d, 0x2060, 0xfeff:
		return ' '
	}
	return '~'
}
