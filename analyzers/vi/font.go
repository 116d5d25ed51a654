package vi

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// tcvn3 lists the letters of the bytes A1 to FE, a dot where there is none.
const tcvn3 = "ĂÂÊÔƠƯĐăâêôơưđ......àảãáạ.ằẳẵắ.......ặầẩẫấậè.ẻẽéẹềểễếệìỉ...ĩíịò.ỏõóọồổỗốộờởỡớợù.ủũúụừửữứựỳỷỹýỵ"

// tcvn3Letters replaces the Latin-1 characters of ABC fonts by letters.
var tcvn3Letters = func() *strings.Replacer {
	var pairs []string
	for i, r := range []rune(tcvn3) {
		if r != '.' {
			pairs = append(pairs, string(rune(0xA1+i)), string(r))
		}
	}
	return strings.NewReplacer(pairs...)
}()

// fromTCVN3 decodes ABC fonts. Their capital fonts keep the small letters'
// bytes: a word whose other letters are capitals becomes all capitals, a word
// with one capital if a neighbour does.
func fromTCVN3(text string) string {
	var out strings.Builder
	words := strings.FieldsFunc(text, partsWords)
	for i, word := range words {
		at := strings.Index(text, word)
		out.WriteString(text[:at])
		text = text[at+len(word):]
		n := capitals(word)
		if n == 1 && (i > 0 && capitals(words[i-1]) > 1 || text != "" && capitals(firstWord(text[1:])) > 1) {
			n = 2
		}
		if r, size := utf8.DecodeRuneInString(word); size < len(word) || unicode.IsLetter(r) { // a sign alone stays a sign
			word = tcvn3Letters.Replace(word)
		}
		if n > 1 {
			word = strings.ToUpper(word)
		}
		out.WriteString(word)
	}
	return out.String() + text
}

// firstWord returns the word that text begins with.
func firstWord(text string) string {
	if end := strings.IndexFunc(text, partsWords); end >= 0 {
		return text[:end]
	}
	return text
}

// capitals counts the ASCII capitals of a word without ASCII small letters.
func capitals(word string) (n int) {
	for i := range len(word) {
		switch c := word[i]; {
		case 'A' <= c && c <= 'Z':
			n++
		case 'a' <= c && c <= 'z':
			return 0
		}
	}
	return n
}

// vniMarks lists bases, the marks of VNI fonts and the letters that they make of
// each.
var vniMarks = [...][3]string{
	{"a", "ùøûõïâáàåãäêéèúüë", "áàảãạâấầẩẫậăắằẳẵặ"},
	{"e", "ùøûõïâáàåãä", "éèẻẽẹêếềểễệ"},
	{"o", "ùøûõïâáàåãä", "óòỏõọôốồổỗộ"},
	{"ô", "ùøûõï", "ớờởỡợ"},
	{"u", "ùøûõï", "úùủũụ"},
	{"ö", "ùøûõï", "ứừửữự"},
	{"y", "ùøûõ", "ýỳỷỹ"},
	{"", "æóòôöîñ", "ỉĩịơưỵđ"}, // letters without a mark
}

// vniLetters replaces the letters of VNI fonts, where the case is the base's.
var vniLetters = func() *strings.Replacer {
	var pairs []string
	for _, row := range vniMarks {
		base, letters := row[0], []rune(row[2])
		for i, m := range []rune(row[1]) {
			mark, letter := string(m), string(letters[i])
			pairs = append(pairs, base+mark, letter, strings.ToUpper(base+mark), strings.ToUpper(letter))
			if base != "" {
				pairs = append(pairs, base+strings.ToUpper(mark), letter, strings.ToUpper(base)+mark, strings.ToUpper(letter))
			}
		}
	}
	return strings.NewReplacer(pairs...)
}()
