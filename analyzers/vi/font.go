package vi

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

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
