package facts

import (
	"math/bits"
	"sync"
	"unicode"
	"unicode/utf8"

	"bantin/bulletin"
)

// token is one word, number or mark of a text. Words carry their number in
// the grammar's vocabulary, 0 when no rule knows them, so that every reader
// compares numbers instead of spellings.
type token struct {
	start, end int32
	num        int32 // value of a number, -1 when it has more than nine digits
	word       uint16
	kind       byte // 'w' word, 'n' number, otherwise the mark itself, dashes as '-'
	flags      byte
}

// Flags of a token.
const (
	gap     = 1 << iota // white space before it
	newLine             // a line break before it
	newPara             // an empty line before it, or the text begins
	capital             // first letter upper case
	upper               // no letter lower case
)

func (t token) is(kind byte) bool   { return t.kind == kind }
func (t token) has(flags byte) bool { return t.flags&flags != 0 }
func (t token) digits() int         { return int(t.end - t.start) }

// span gives the bytes from token i up to and with token j.
func (s *scan) span(i, j int) bulletin.Span {
	return bulletin.Span{Start: int(s.toks[i].start), End: int(s.toks[j].end)}
}

// Classes of runes below len(runes.class).
const (
	other = iota
	letter
	digit
	space
	nothing // invisible: part of the word around it
)

// runeTable folds case and classes of the runes that Vietnamese texts use;
// eth (U+00D0, U+00F0) counts as đ.
type runeTable struct {
	class [0x2000]uint8
	lower [0x2000]uint16
}

var runes = sync.OnceValue(func() *runeTable {
	t := new(runeTable)
	for r := range rune(len(t.class)) {
		t.lower[r] = uint16(unicode.ToLower(r))
		switch {
		case unicode.IsLetter(r), unicode.Is(unicode.Mn, r):
			t.class[r] = letter
		case r >= '0' && r <= '9':
			t.class[r] = digit
		case unicode.IsSpace(r):
			t.class[r] = space
		}
	}
	t.class[0xAD] = nothing
	for _, r := range []rune{0xD0, 0xF0, 0x189} {
		t.lower[r] = 'đ'
	}
	return t
})

// classOf is the slow path for runes beyond the table: full width forms as
// ASCII, dashes as '-', spaces and invisible marks by their kind.
func classOf(r rune) (rune, uint8) {
	switch {
	case r >= 0x2010 && r <= 0x2015, r == 0x2212:
		return '-', other
	case r >= 0x200B && r <= 0x200D, r == 0xFEFF, r == 0x2060:
		return r, nothing
	case r >= 0xFF10 && r <= 0xFF19:
		return r - 0xFEE0, digit
	case r >= 0xFF21 && r <= 0xFF3A, r >= 0xFF41 && r <= 0xFF5A:
		return unicode.ToLower(r - 0xFEE0), letter
	case r >= 0xFF01 && r <= 0xFF5E:
		return r - 0xFEE0, other
	case unicode.IsSpace(r):
		return r, space
	case unicode.IsLetter(r):
		return unicode.ToLower(r), letter
	}
	return r, other
}

const hashSeed = 0x9E3779B97F4A7C15

func hashRune(h uint64, r rune) uint64 {
	return (bits.RotateLeft64(h, 5) ^ uint64(r)) * 0x517CC1B727220A95
}

// tokenize appends the tokens of text to toks, at most maxText bytes of it.
func tokenize(g *grammar, text string, toks []token) []token {
	const maxText = 1 << 30
	text = text[:min(len(text), maxText)]
	rt := runes()
	flags, lines := byte(newPara|newLine|gap), 0
	for i := 0; i < len(text); {
		r, class, size := runeAt(rt, text, i)
		switch class {
		case space:
			flags |= gap
			if r == '\n' || r == 0x2029 {
				lines++
				flags |= newLine
				if lines > 1 || r == 0x2029 {
					flags |= newPara
				}
			}
			i += size
			continue
		case nothing:
			i += size
			continue
		}
		t := token{start: int32(i), flags: flags}
		switch class {
		case letter:
			i = readWord(g, rt, text, i, &t)
		case digit:
			i = readNumber(rt, text, i, &t)
		default:
			i += size
			t.kind, t.word = mark(r)
		}
		t.end = int32(i)
		toks = append(toks, t)
		flags, lines = 0, 0
	}
	return toks
}

// runeAt decodes the rune at i; two- and three-byte forms, which Vietnamese
// needs, without a call.
func runeAt(rt *runeTable, text string, i int) (r rune, class uint8, size int) {
	c := text[i]
	if c < utf8.RuneSelf {
		return rune(c), rt.class[c], 1
	}
	switch {
	case c >= 0xC2 && c < 0xE0 && i+1 < len(text) && text[i+1]&0xC0 == 0x80:
		r, size = rune(c&0x1F)<<6|rune(text[i+1]&0x3F), 2
	case c == 0xE1 && i+2 < len(text) && text[i+1]&0xC0 == 0x80 && text[i+2]&0xC0 == 0x80:
		r, size = 0x1000|rune(text[i+1]&0x3F)<<6|rune(text[i+2]&0x3F), 3
	default:
		return slowRuneAt(rt, text, i)
	}
	return r, rt.class[r], size
}

func slowRuneAt(rt *runeTable, text string, i int) (r rune, class uint8, size int) {
	r, size = utf8.DecodeRuneInString(text[i:])
	if int(r) < len(rt.class) {
		return r, rt.class[r], size
	}
	r, class = classOf(r)
	return r, class, size
}

func readWord(g *grammar, rt *runeTable, text string, i int, t *token) int {
	h, start := uint64(hashSeed), i
	isUpper := true
	for i < len(text) {
		var low rune
		size := 1
		if c := text[i]; c < utf8.RuneSelf {
			low = rune(c | 0x20)
			if low < 'a' || low > 'z' {
				break
			}
			if low == rune(c) {
				isUpper = false
			} else if i == start {
				t.flags |= capital
			}
		} else {
			r, class, n := runeAt(rt, text, i)
			if class != letter && class != nothing {
				break
			}
			i, size = i+n, 0
			if class == nothing {
				continue
			}
			low = r
			if int(r) < len(rt.lower) {
				low = rune(rt.lower[r])
			}
			if low != r {
				if i == start+n {
					t.flags |= capital
				}
			} else if r < 0x300 || r >= 0x370 {
				isUpper = false
			}
		}
		h = hashRune(h, low)
		i += size
	}
	if isUpper {
		t.flags |= upper
	}
	t.kind, t.word = 'w', g.lookup(h)
	return i
}

func readNumber(rt *runeTable, text string, i int, t *token) int {
	t.kind = 'n'
	for n := 0; i < len(text); n++ {
		r, class, size := runeAt(rt, text, i)
		if class != digit {
			break
		}
		i += size
		if n >= 9 {
			t.num = -1
		} else {
			t.num = t.num*10 + r - '0'
		}
	}
	return i
}

// mark gives the kind of a mark and, for those that rules name, its word.
func mark(r rune) (byte, uint16) {
	switch r {
	case ',':
		return ',', wordComma
	case '/':
		return '/', wordSlash
	case '&':
		return '&', wordVa
	}
	if r < utf8.RuneSelf && r != 'w' && r != 'n' {
		return byte(r), 0
	}
	if r == '…' {
		return '.', 0
	}
	return '*', 0
}
