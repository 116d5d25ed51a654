package vi

import "strings"

// cues are the words after which a Roman numeral is a number, in canonical
// form, with the folded word that must stand before them.
var cues = map[string]string{
	"quí": "", "khoá": "", "chương": "", "kì": "", "thứ": "", "hội": "dai", "kỉ": "the", "đảng": "hoi",
}

// plainCues are the same without accents; ki is both kỳ and kỷ.
var plainCues = map[string]string{
	"qui": "", "khoa": "", "chuong": "", "ki": "", "thu": "lan", "hoi": "dai", "dang": "hoi",
}

// romans finds the Roman numerals that are numbers.
func (s *scanner) romans() {
	for i := 1; i < len(s.units); i++ {
		u := &s.units[i]
		if !isRoman(s.fold[u.fold0]) || u.number || u.accented || u.letters > 7 || u.gap&gapBreak != 0 {
			continue
		}
		if !s.cued(i) && !s.listed(i) {
			continue
		}
		word := s.fold[u.fold0:u.fold1]
		if u.uppers != u.letters && len(word) > 1 && Plain(string(word)) {
			continue // vi and xi without accents are words
		}
		u.roman = int8(romanValue(word)) // at most 89
	}
}

func isRoman(c byte) bool { return c == 'i' || c == 'v' || c == 'x' || c == 'l' }

// cued reports that a cue stands before unit i.
func (s *scanner) cued(i int) bool {
	u := &s.units[i-1]
	words, text := plainCues, s.fold[u.fold0:u.fold1]
	if u.accented {
		words, text = cues, s.syl[u.syl0:u.syl1]
	}
	before, ok := words[string(text)]
	if !ok || before == "" {
		return ok
	}
	if i < 2 {
		return false
	}
	p := &s.units[i-2]
	return before == string(s.fold[p.fold0:p.fold1])
}

// listed reports that unit i goes on a list of numerals: khóa XI, XII.
func (s *scanner) listed(i int) bool {
	if s.units[i-1].roman > 0 {
		return s.units[i].gap&(gapComma|gapHyphen|gapSlash) != 0
	}
	if i < 2 || s.units[i-2].roman == 0 {
		return false
	}
	return s.is(i-1, wordAnd)
}

// RomanValue reads a Roman numeral up to 89 in any case, 0 when it is none.
func RomanValue(word string) int { return romanValue([]byte(strings.ToLower(word))) }

// RomanNumeral writes a number from 1 to 89 in capitals, any other as nothing.
func RomanNumeral(n int) string { return strings.ToUpper(romanNumeral(n)) }

// romanValue reads a numeral up to 89 in lower case, 0 when it is none.
func romanValue(word []byte) int {
	value := 0
	for i, c := range word {
		v := romanDigit(c)
		if v == 0 {
			return 0
		}
		if i+1 < len(word) && v < romanDigit(word[i+1]) {
			v = -v
		}
		value += v
	}
	if string(word) != romanNumeral(value) {
		return 0
	}
	return value
}

func romanDigit(c byte) int {
	switch c {
	case 'i':
		return 1
	case 'v':
		return 5
	case 'x':
		return 10
	case 'l':
		return 50
	}
	return 0
}

// romanNumeral writes a number from 1 to 89.
func romanNumeral(n int) string {
	if n < 1 || n > 89 {
		return ""
	}
	tens := [...]string{"", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx"}
	ones := [...]string{"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"}
	return tens[n/10] + ones[n%10]
}
