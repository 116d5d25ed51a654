package vi

import (
	"slices"
	"strings"
	"unicode"
)

// keys is a syllable being typed.
type keys struct {
	letters []uint8 // codes
	upper   []bool
	tone    Tone
	horned  bool // the horn fell on u and o together
}

// push adds a plain letter.
func (k *keys) push(c byte) bool {
	code := codeOf(unicode.ToLower(rune(c)))
	k.letters = append(k.letters, code)
	k.upper = append(k.upper, 'A' <= c && c <= 'Z')
	return code != 0 && len(k.letters) <= maxLetters
}

// telex takes one key of Telex: aa ee oo aw ow uw w dd, and s f r x j z.
func (k *keys) telex(c byte) bool {
	low := c | 0x20
	switch low {
	case 's', 'f', 'r', 'x', 'j', 'z':
		if !k.hasVowel() {
			break
		}
		if low == 'z' {
			k.tone = Level
			return true
		}
		return k.setTone(map[byte]Tone{'s': Rising, 'f': Falling, 'r': Asking, 'x': Tumbling, 'j': Heavy}[low])
	case 'a', 'e', 'o':
		at := k.last(rune(low))
		if at < 0 || low == 'o' && max(k.last('a'), k.last('e')) > at { // ngoáo, khoeo
			break
		}
		return k.shape(at, 0x302)
	case 'w':
		if k.hook() {
			return true
		}
		if k.hasVowel() {
			return false
		}
		return k.push('U'|c&0x20) && k.shape(len(k.letters)-1, 0x31B)
	case 'd':
		if k.bar() {
			return true
		}
	}
	return k.push(c)
}

// vni takes one key of VNI: 1-5 the tones, 6 circumflex, 7 horn, 8 breve, 9 đ.
func (k *keys) vni(c byte) bool {
	switch c {
	case '1', '2', '3', '4', '5':
		return k.hasVowel() && k.setTone([...]Tone{Rising, Falling, Asking, Tumbling, Heavy}[c-'1'])
	case '6':
		for _, r := range "aeo" {
			if at := k.last(r); at >= 0 {
				return k.shape(at, 0x302)
			}
		}
		return false
	case '7':
		return k.horn()
	case '8':
		at := k.last('a')
		return at >= 0 && k.shape(at, 0x306)
	case '9':
		return k.bar()
	case '0':
		return false
	}
	return k.push(c)
}

func (k *keys) hasVowel() bool {
	for _, code := range k.letters {
		if isVowel(toned[code][Level]) {
			return true
		}
	}
	return false
}

// setTone refuses a second tone: typed twice a key means itself.
func (k *keys) setTone(t Tone) bool {
	if k.tone != Level {
		return false
	}
	k.tone = t
	return true
}

// last returns the place of the last such letter, -1 for none.
func (k *keys) last(r rune) int {
	code := codeOf(r)
	for i, c := range slices.Backward(k.letters) {
		if c == code {
			return i
		}
	}
	return -1
}

// shape puts a mark on a letter.
func (k *keys) shape(at int, m rune) bool {
	shaped := []rune(compose(string(toned[k.letters[at]][Level]) + string(m)))
	if len(shaped) > 1 {
		return false
	}
	k.letters[at] = codeOf(shaped[0])
	return true
}

// hook is Telex's w: a horn, or a breve where there is no u or o before the a.
func (k *keys) hook() bool {
	at := k.last('a')
	if at < 0 {
		return k.horn()
	}
	if u := k.last('u'); at > 0 && u == at-1 && k.letters[0] != codeOf('q') {
		return k.shape(u, 0x31B)
	}
	return k.shape(at, 0x306)
}

// horn puts a horn on u, on o, or on both where they are neighbours.
func (k *keys) horn() bool {
	u, o := k.last('u'), k.last('o')
	switch {
	case u >= 0 && o == u+1:
		k.horned = true
		return k.shape(u, 0x31B) && k.shape(o, 0x31B)
	case o >= 0:
		return k.shape(o, 0x31B)
	case u >= 0:
		return k.shape(u, 0x31B)
	}
	return false
}

// bar makes the d at the beginning đ.
func (k *keys) bar() bool {
	if len(k.letters) == 0 || k.letters[0] != codeOf('d') {
		return false
	}
	k.letters[0] = codeOf('đ')
	return true
}

// syllable writes what was typed, with the tone in its place.
func (k *keys) syllable() (string, bool) {
	word, ok := k.write()
	if !ok && k.horned {
		k.letters[k.last('ư')] = codeOf('u') // thuở, quở
		word, ok = k.write()
	}
	return word, ok
}

func (k *keys) write() (string, bool) {
	var bare strings.Builder
	for _, code := range k.letters {
		bare.WriteRune(toned[code][Level])
	}
	f, ok := forms.find(keyOf(bare.String()))
	if !ok || f.stopped && k.tone != Rising && k.tone != Heavy {
		return "", false
	}
	var out strings.Builder
	for i, code := range k.letters {
		tone := Level
		if i == int(f.place) {
			tone = k.tone
		}
		r := toned[code][tone]
		if k.upper[i] {
			r = unicode.ToUpper(r)
		}
		out.WriteRune(r)
	}
	return out.String(), true
}
