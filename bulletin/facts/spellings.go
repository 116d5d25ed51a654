package facts

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// spellings gives, sorted, every way to write a word that must count as the
// same: the tone on either vowel of a final oa, oe, uy; y or i as the only
// vowel; each composed, decomposed, and half composed as Windows-1258 has it.
func spellings(word string) []string {
	word = norm.NFC.String(strings.ToLower(word))
	base, tone, at := splitTone(word)
	forms := []string{word}
	n := len(base)
	if tone != 0 && n >= 2 && at >= n-2 && slices.Contains([]string{"oa", "oe", "uy"}, string(base[n-2:])) {
		forms = append(forms, placeTone(base, tone, n-2), placeTone(base, tone, n-1))
	}
	if n > 0 && takesTwin(string(base[:n-1])) {
		twin := slices.Clone(base)
		switch base[n-1] {
		case 'y':
			twin[n-1] = 'i'
		case 'i':
			twin[n-1] = 'y'
		}
		forms = append(forms, placeTone(twin, tone, n-1))
	}
	var all []string
	for _, f := range forms {
		base, tone, at := splitTone(f)
		half := f
		if tone != 0 {
			half = string(base[:at+1]) + string(tone) + string(base[at+1:])
		}
		all = append(all, f, norm.NFD.String(f), half)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// takesTwin reports whether i and y are the same vowel behind an onset.
func takesTwin(onset string) bool {
	return slices.Contains([]string{"h", "k", "l", "m", "s", "t", "v", "qu"}, onset)
}

// splitTone takes the tone mark out of a composed syllable; at is the letter
// that bore it.
func splitTone(word string) (base []rune, tone rune, at int) {
	for _, r := range word {
		var rest []rune
		for _, d := range norm.NFD.String(string(r)) {
			if strings.ContainsRune("\u0300\u0301\u0303\u0309\u0323", d) {
				tone, at = d, len(base)
				continue
			}
			rest = append(rest, d)
		}
		base = append(base, []rune(norm.NFC.String(string(rest)))...)
	}
	return base, tone, at
}

func placeTone(base []rune, tone rune, at int) string {
	if tone == 0 {
		return string(base)
	}
	return norm.NFC.String(string(base[:at+1]) + string(tone) + string(base[at+1:]))
}
