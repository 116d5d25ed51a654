package vi

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The marks that keys stand for, beside the tones.
const (
	circumflex = 0x302
	breve      = 0x306
	horn       = 0x31B
)

// keys is a syllable being typed.
type keys struct {
	letters []rune // lower case without the tone
	upper   []bool
	tone    Tone
	horned  bool // the horn fell on u and o together
}

// push adds a letter, perhaps with marks that an input method has read: ơ gives
// a u before it its horn too.
func (k *keys) push(r rune) bool {
	l := lookup(r)
	if u := len(k.letters) - 1; toned[l.code][Level] == 'ơ' && u >= 0 && k.letters[u] == 'u' {
		k.letters[u], k.horned = 'ư', true
	}
	k.letters = append(k.letters, toned[l.code][Level])
	k.upper = append(k.upper, l.upper)
	return l.code != 0 && len(k.letters) <= maxLetters && (l.tone == Level || k.setTone(l.tone))
}

// telex takes one key of Telex: aa ee oo aw ow uw w dd, and s f r x j z.
func (k *keys) telex(r rune) bool {
	low := unicode.ToLower(r)
	switch low {
	case 's', 'f', 'r', 'x', 'j', 'z':
		if k.hasVowel() {
			return k.setTone(Tone(strings.IndexRune("zsfrxj", low)))
		}
	case 'a', 'e', 'o':
		at := k.last(low)
		if at >= 0 && (low != 'o' || max(k.last('a'), k.last('e')) < at) { // ngoáo, khoeo
			return k.shape(at, circumflex)
		}
	case 'w':
		switch {
		case k.hook():
			return true
		case k.hasVowel():
			return false
		}
		return k.push('U'+r-'W') && k.shape(len(k.letters)-1, horn)
	case 'd':
		if k.bar() {
			return true
		}
	}
	return k.push(r)
}

// vni takes one key of VNI: 1-5 the tones, 6 circumflex, 7 horn, 8 breve, 9 đ.
func (k *keys) vni(r rune) bool {
	switch r {
	case '1', '2', '3', '4', '5':
		return k.hasVowel() && k.setTone(Tone(r-'0'))
	case '6':
		return k.shape(k.last('a', 'e', 'o'), circumflex)
	case '7':
		return k.horn()
	case '8':
		return k.shape(k.last('a'), breve)
	case '9':
		return k.bar()
	}
	return k.push(r)
}

func (k *keys) hasVowel() bool { return slices.ContainsFunc(k.letters, IsVowel) }

// setTone refuses a second tone: typed twice a key means itself.
func (k *keys) setTone(t Tone) bool {
	if t != Level && k.tone != Level {
		return false
	}
	k.tone = t
	return true
}

// last returns the last place of the first of the letters that is there, -1 for
// none.
func (k *keys) last(letters ...rune) int {
	for _, r := range letters {
		for i, c := range slices.Backward(k.letters) {
			if c == r {
				return i
			}
		}
	}
	return -1
}

// shape puts a mark on a letter and reports whether there is one that bears it.
func (k *keys) shape(at int, m rune) bool {
	if at < 0 {
		return false
	}
	shaped := compose(string([]rune{k.letters[at], m}))
	r, size := utf8.DecodeRuneInString(shaped)
	if codeOf(r) == 0 || size < len(shaped) {
		return false
	}
	k.letters[at] = r
	return true
}

// hook is Telex's w: a horn, or a breve where there is no u or o before the a.
func (k *keys) hook() bool {
	at := k.last('a')
	if at < 0 {
		return k.horn()
	}
	if u := k.last('u'); at > 0 && u == at-1 && k.letters[0] != 'q' {
		return k.shape(u, horn)
	}
	return k.shape(at, breve)
}

// horn puts a horn on o, on u, or on both where they are neighbours.
func (k *keys) horn() bool {
	u, o := k.last('u'), k.last('o')
	if u >= 0 && o == u+1 {
		k.horned = true
		return k.shape(u, horn) && k.shape(o, horn)
	}
	return k.shape(k.last('o', 'u'), horn)
}

// bar makes the d at the beginning đ.
func (k *keys) bar() bool {
	if len(k.letters) == 0 || k.letters[0] != 'd' {
		return false
	}
	k.letters[0] = 'đ'
	return true
}

// syllable writes what was typed, with the tone in its place.
func (k *keys) syllable() (string, bool) {
	word, ok := k.write()
	if !ok && k.horned {
		k.letters[k.last('ư')] = 'u' // thuở, quở
		word, ok = k.write()
	}
	return word, ok
}

func (k *keys) write() (string, bool) {
	w := spelling{tone: k.tone}
	for _, r := range k.letters {
		w.add(lookup(r))
	}
	f, ok := w.form()
	if !ok {
		return "", false
	}
	f.y = noY
	word := []rune(string(w.canonical(nil, f)))
	for i, upper := range k.upper {
		if upper {
			word[i] = unicode.ToUpper(word[i])
		}
	}
	return string(word), true
}
