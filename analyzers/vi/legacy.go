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
	{VNI, fromVNI},
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
	part := head(text, looked)
	before := weigh(part)
	if !before.suspect() {
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

// head returns the beginning of text in whole characters.
func head(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
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
	if r < 0x80 || 0xA0 <= r && r <= 0xFF {
		return byte(r), true
	}
	if 0x80 <= r && r < 0xA0 {
		return byte(r), true
	}
	return charmap.Windows1252.EncodeRune(r)
}

// from1258 reads the characters again as windows-1258.
func from1258(text string) string {
	var out strings.Builder
	for _, r := range text {
		if b, ok := byte1252(r); ok && r >= 0x80 {
			r = charmap.Windows1258.DecodeByte(b)
		}
		out.WriteRune(r)
	}
	return Clean(out.String())
}

// fromMojibake turns the characters back into bytes and reads those as UTF-8,
// again when that was done twice.
func fromMojibake(text string) string {
	once := unread(text)
	if strings.Contains(once, "áº") || strings.Contains(once, "á»") || strings.Contains(once, "Ã") {
		return unread(once)
	}
	return once
}

// unread undoes one reading of UTF-8 as windows-1252. Where the last byte of a
// letter was a no-break space or a soft hyphen that has since become a space
// or nothing, it is put back.
func unread(text string) string {
	b := make([]byte, 0, len(text))
	var out strings.Builder
	flush := func() {
		out.Write(mend(b))
		b = b[:0]
	}
	for _, r := range text {
		if c, ok := byte1252(r); ok {
			b = append(b, c)
			continue
		}
		flush()
		out.WriteRune(r)
	}
	flush()
	return out.String()
}

// mend makes valid UTF-8 of bytes.
func mend(b []byte) []byte {
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); {
		if r, size := utf8.DecodeRune(b[i:]); r != utf8.RuneError || size > 1 {
			out = append(out, b[i:i+size]...)
			i += size
			continue
		}
		lead, size := broken(b[i:])
		if size == 0 {
			out = utf8.AppendRune(out, charmap.Windows1252.DecodeByte(b[i]))
			i++
			continue
		}
		out = append(out, lead...)
		i += size
	}
	return out
}

// broken returns a letter whose last byte was lost, with the bytes it takes.
func broken(b []byte) (letter []byte, size int) {
	switch {
	case len(b) > 1 && b[0] == 0xC3 && b[1] == ' ':
		return []byte("à"), 2
	case len(b) > 2 && b[0] == 0xE1 && (b[1] == 0xBA || b[1] == 0xBB) && b[2] == ' ':
		return []byte{b[0], b[1], 0xA0}, 3
	case len(b) > 1 && b[0] == 0xE1 && (b[1] == 0xBA || b[1] == 0xBB):
		return []byte{b[0], b[1], 0xAD}, 2
	case len(b) > 1 && b[0] == 0xC3 && b[1] < utf8.RuneSelf:
		return []byte("í"), 1
	}
	return nil, 0
}

// tcvn3 lists the letters of the bytes A1 to FE, a dot where there is none.
const tcvn3 = "ĂÂÊÔƠƯĐăâêôơưđ......àảãáạ.ằẳẵắ.......ặầẩẫấậè.ẻẽéẹềểễếệìỉ...ĩíịò.ỏõóọồổỗốộờởỡớợù.ủũúụừửữứựỳỷỹýỵ"

// tcvn3Letters maps Latin-1 characters to letters; read only.
var tcvn3Letters = func() map[rune]rune {
	m := make(map[rune]rune)
	at := rune(0xA1)
	for _, r := range tcvn3 {
		if r != '.' {
			m[at] = r
		}
		at++
	}
	return m
}()

// fromTCVN3 decodes ABC fonts. Their capital fonts keep the small letters'
// bytes: a word whose other letters are capitals becomes all capitals, a word
// with one capital if a neighbour does.
func fromTCVN3(text string) string {
	var out strings.Builder
	before := false // the last word was in capitals
	for len(text) > 0 {
		end := strings.IndexFunc(text, partsWords)
		if end < 0 {
			end = len(text)
		}
		_, size := utf8.DecodeRuneInString(text[end:])
		word, rest := text[:end], text[end+size:]
		converted := tcvn3Word(word)
		upper, small := asciiCase(word)
		if small == 0 && (upper > 1 || upper == 1 && (before || startsCapital(rest))) {
			converted = strings.ToUpper(converted)
		}
		before = before && word == "" || small == 0 && upper > 1
		out.WriteString(converted)
		out.WriteString(text[end : end+size])
		text = rest
	}
	return out.String()
}

// startsCapital reports that the next word is in capitals.
func startsCapital(rest string) bool {
	end := strings.IndexFunc(rest[:min(len(rest), 32)], partsWords)
	if end < 0 {
		end = min(len(rest), 32)
	}
	upper, small := asciiCase(rest[:end])
	return upper > 1 && small == 0
}

func asciiCase(word string) (upper, small int) {
	for i := range len(word) {
		switch c := word[i]; {
		case 'A' <= c && c <= 'Z':
			upper++
		case 'a' <= c && c <= 'z':
			small++
		}
	}
	return upper, small
}

// tcvn3Word decodes one word; a sign alone stays a sign.
func tcvn3Word(word string) string {
	if utf8.RuneCountInString(word) == 1 && !isLetterWord(word) {
		return word
	}
	return strings.Map(func(r rune) rune {
		if to, ok := tcvn3Letters[r]; ok {
			return to
		}
		return r
	}, word)
}

func isLetterWord(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsLetter(r)
}

// vniMarks lists, for each base, the marks of VNI fonts and the letters that
// they make of it.
var vniMarks = map[rune][2]string{
	'a': {"ùøûõïâáàåãäêéèúüë", "áàảãạâấầẩẫậăắằẳẵặ"},
	'e': {"ùøûõïâáàåãä", "éèẻẽẹêếềểễệ"},
	'o': {"ùøûõïâáàåãä", "óòỏõọôốồổỗộ"},
	'ô': {"ùøûõï", "ớờởỡợ"},
	'u': {"ùøûõï", "úùủũụ"},
	'ö': {"ùøûõï", "ứừửữự"},
	'y': {"ùøûõ", "ýỳỷỹ"},
}

// vniLetters are the letters of VNI fonts without a mark.
var vniLetters = map[rune]rune{
	'í': 'í', 'ì': 'ì', 'æ': 'ỉ', 'ó': 'ĩ', 'ò': 'ị', 'ô': 'ơ', 'ö': 'ư', 'î': 'ỵ', 'ñ': 'đ',
}

// fromVNI decodes VNI fonts.
func fromVNI(text string) string {
	var out strings.Builder
	runes := []rune(text)
	for i := 0; i < len(runes); i++ {
		r := runes[i]
		low := unicode.ToLower(r)
		to, ok := vniLetters[low]
		if i+1 < len(runes) {
			marks := vniMarks[low]
			if at := runeIndex(marks[0], unicode.ToLower(runes[i+1])); at >= 0 {
				to, ok = []rune(marks[1])[at], true
				i++
			}
		}
		if !ok {
			to = r
		} else if r != low {
			to = unicode.ToUpper(to)
		}
		out.WriteRune(to)
	}
	return out.String()
}

// runeIndex counts runes where strings.IndexRune counts bytes.
func runeIndex(s string, r rune) int {
	at := strings.IndexRune(s, r)
	if at < 0 {
		return at
	}
	return utf8.RuneCountInString(s[:at])
}
