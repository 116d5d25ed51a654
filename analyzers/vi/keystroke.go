package vi

import (
	"slices"
	"strings"
	"unicode"
)

// FromKeystrokes rewrites a query typed in Telex or VNI keystrokes without an
// input method, such as mawtj traanj or ma85t tra65n, and reports whether it
// changed anything. Only words that are no syllable as they stand and are one
// afterwards change; ordinary Latin words, abbreviations, numbers and what
// hangs on them by / or - do not. A query with any diacritics was typed with an
// input method and stays.
func FromKeystrokes(query string) (string, bool) {
	const most = 4096
	if len(query) > most || !isASCII(query) {
		return query, false
	}
	runs := trusted(keyRuns(query))
	if len(runs) == 0 {
		return query, false
	}
	var out strings.Builder
	done := 0
	for _, r := range runs {
		out.WriteString(query[done:r.start])
		out.WriteString(r.word)
		done = r.end
	}
	out.WriteString(query[done:])
	return out.String(), true
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// keyRun is a word of a query that keystrokes explain.
type keyRun struct {
	start, end int
	word       string
	weak       bool // one tone at the end as a digit, as in quan1
	ordinary   bool // a Latin word too, or a syllable such as xoong
}

// trusted returns the runs to believe: all of them when most can be nothing
// else or when with them the whole query is syllables, or else those that can
// be nothing else. A word with a number at its end needs another keystroke word
// beside it.
func trusted(runs []keyRun, whole bool) (sure []keyRun) {
	for _, r := range runs {
		if !r.ordinary {
			sure = append(sure, r)
		}
	}
	switch {
	case len(sure) == 0, len(sure) == 1 && sure[0].weak:
		return nil
	case 2*len(sure) > len(runs) && len(sure) > 1 || whole:
		return runs
	}
	return sure
}

// keyRuns finds the words that keystrokes explain, and tells whether all others
// are syllables or numbers.
func keyRuns(query string) (runs []keyRun, whole bool) {
	whole = true
	for i := 0; i < len(query); {
		end := i
		for end < len(query) && isAlnum(query[end]) {
			end++
		}
		if end == i {
			i++
			continue
		}
		if !tied(query, i, end) {
			if r, ok := readKeys(query[i:end]); ok {
				r.start, r.end = i, end
				runs = append(runs, r)
			} else if !isDigit(query[i]) && !Plain(query[i:end]) {
				whole = false
			}
		}
		i = end
	}
	return runs, whole
}

func isAlnum(c byte) bool { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'z' }

// tied reports that the run belongs to a number, a document or an address.
func tied(query string, start, end int) bool {
	if start > 0 && strings.IndexByte("/@_.", query[start-1]) >= 0 {
		return true
	}
	if start > 1 && query[start-1] == '-' && isDigit(query[start-2]) {
		return true
	}
	if end+1 < len(query) && isAlnum(query[end+1]) {
		return strings.IndexByte("/@_.", query[end]) >= 0
	}
	return false
}

// readKeys explains one word.
func readKeys(run string) (keyRun, bool) {
	const longest = 14 // keys for one syllable
	plain, low := Plain(run), strings.ToLower(run)
	if len(run) < 2 || len(run) > longest || isDigit(run[0]) || plain && !strings.Contains(low, "oo") || isAbbreviation(run) {
		return keyRun{}, false
	}
	digits := strings.IndexFunc(run, unicode.IsDigit)
	var k keys
	for i := range len(run) {
		ok := false
		if digits >= 0 {
			ok = k.vni(run[i])
		} else {
			ok = k.telex(run[i])
		}
		if !ok {
			return keyRun{}, false
		}
	}
	word, ok := k.syllable()
	weak := digits == len(run)-1 && run[digits] < '6'
	return keyRun{word: word, weak: weak, ordinary: plain || latinWords[low]}, ok && word != run
}

// isAbbreviation reports what must never be read as keys.
func isAbbreviation(run string) bool {
	low := strings.ToLower(run)
	if run == "OR" || low == "www" || len(low) < 3 && strings.Contains(low, "w") {
		return true
	}
	_, document := documents.folded[low]
	return document || documents.codes[low] != "" || len(abbreviations[low]) > 0
}

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
	l := letter{code: k.letters[at]}
	if !l.add(m) {
		return false
	}
	k.letters[at] = l.code
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
