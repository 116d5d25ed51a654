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
		u.roman = int8(numerals[string(word)]) // at most 89
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
func RomanValue(word string) int { return numerals[strings.ToLower(word)] }

// RomanNumeral writes a number from 1 to 89 in capitals, any other as nothing.
func RomanNumeral(n int) string {
	for numeral, value := range numerals {
		if value == n {
			return strings.ToUpper(numeral)
		}
	}
	return ""
}

// numerals has the values of the Roman numerals in small letters.
var numerals = func() map[string]int {
	values := map[string]int{}
	for tens, ten := range []string{"", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx"} {
		for ones, one := range []string{"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"} {
			values[ten+one] = 10*tens + ones
		}
	}
	return values
}()
