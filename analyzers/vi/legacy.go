package vi

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Encoding names how a text was spoiled before it was repaired.
type Encoding string

// The encodings; the zero value means that the text was left as it is.
const (
	TCVN3       Encoding = "tcvn3"        // ABC fonts: one Latin-1 character a letter
	VNI         Encoding = "vni-windows"  // VNI fonts: a letter and a Latin-1 mark
	Windows1258 Encoding = "windows-1258" // read as windows-1252
	Mojibake    Encoding = "utf-8-cp1252" // UTF-8 read as windows-1252, once or twice
)

// candidates are tried in this order; the first of equals wins.
var candidates = []struct {
	name   Encoding
	decode func(string) string
}{
	{Mojibake, fromMojibake},
	{TCVN3, fromTCVN3},
	{VNI, vniLetters.Replace},
	{Windows1258, from1258},
}

// Repair decodes Vietnamese text that was stored in a font encoding or read
// with the wrong one, and tells which; any other text comes back unchanged with
// the zero Encoding. It looks at the words that hold anything beyond ASCII:
// at most three fifths of them are syllables before, more than four fifths must
// be after, and they must be a fair share of all words. Bytes that are no UTF-8 are looked at
// as windows-1252. Call it before [Clean], which deletes the soft hyphen that
// TCVN3 has for ư.
func Repair(text string) (string, Encoding) {
	const looked = 1 << 16 // bytes
	if isASCII(text) {
		return text, ""
	}
	part := cutAt(text, looked)
	if !weigh(Clean(part)).suspect() { // no-break spaces and hidden characters part words
		return text, ""
	}
	raw := !utf8.ValidString(part)
	view := part
	if raw {
		view = latin1252(part)
	}
	best, found := 0.8, -1
	for i, c := range candidates {
		after := weigh(c.decode(view))
		if share := after.share(); after.enough(weigh(view)) && (share > best || share == best && found < 0) {
			best, found = share, i
		}
	}
	if found < 0 {
		return text, ""
	}
	if raw {
		text = latin1252(text)
	}
	return Clean(candidates[found].decode(text)), candidates[found].name
}

// weight counts the words of a text.
type weight struct {
	words    int // with any letter
	marked   int // of them, those with anything beyond ASCII
	good     int // of those, the syllables
	letters  int // marked words that hold a letter beyond ASCII
	doubly   int // marked words with two characters beyond ASCII
	distinct int // marked words that differ from the one before
}

// weigh counts the words of text, cut at ASCII punctuation and spaces.
func weigh(text string) (w weight) {
	last := ""
	for word := range strings.FieldsFuncSeq(text, partsWords) {
		word = strings.TrimFunc(word, isQuote)
		high, letters, ascii := 0, 0, 0
		for _, r := range word {
			switch {
			case r < utf8.RuneSelf:
				ascii++
			case unicode.IsLetter(r):
				letters, high = letters+1, high+1
			default:
				high++
			}
		}
		if ascii+letters == 0 {
			continue // a symbol alone
		}
		w.words++
		if high == 0 {
			continue
		}
		w.marked++
		if _, ok := Parse(word); ok {
			w.good++
		}
		if letters > 0 {
			w.letters++
		}
		if high > 1 {
			w.doubly++
		}
		if word != last {
			w.distinct++
		}
		last = word
	}
	return w
}

func partsWords(r rune) bool {
	return r < utf8.RuneSelf && (r|0x20 < 'a' || 'z' < r|0x20) || r == 0x3000
}

// isQuote reports what stands around a word; other punctuation may be the
// bytes of letters.
func isQuote(r rune) bool { return 0x2010 <= r && r <= 0x2027 || r == '«' || r == '»' || r == 0xA0 }

// share is the share of syllables among the marked words.
func (w weight) share() float64 { return float64(w.good) / float64(max(w.marked, 1)) }

// suspect reports that the text may be spoiled.
func (w weight) suspect() bool { return w.marked > 0 && w.share() <= 0.6 }

// enough reports that there is evidence to convert: at least two words, of
// which one is more than a unit or a sign between letters, or one word with
// two characters; and a quarter of all words.
func (w weight) enough(before weight) bool {
	if 4*w.marked < w.words || w.marked == 0 {
		return false
	}
	if before.distinct < 2 {
		return before.doubly > 0
	}
	return before.letters > 0 || before.doubly > 0
}

// latin1252 reads bytes as windows-1252.
func latin1252(text string) string {
	out, err := charmap.Windows1252.NewDecoder().String(text)
	if err != nil {
		return text
	}
	return out
}

// byte1252 returns the windows-1252 byte of a character; the five bytes
// without one are the C1 controls that browsers make of them.
func byte1252(r rune) (byte, bool) {
	if r <= unicode.MaxLatin1 {
		return byte(r), true
	}
	return charmap.Windows1252.EncodeRune(r)
}
