package vi

import (
	"strings"
	"unicode/utf8"
)

// Syllable is one written syllable taken apart. Onset and Rhyme are lower case
// without the tone: ngh and iêng, qu and yên; gi and a for già, g and i for gì.
type Syllable struct {
	Onset string
	Rhyme string
	Tone  Tone
}

// String writes the syllable in today's spelling, in lower case.
func (s Syllable) String() string {
	word := []rune(s.Onset + s.Rhyme)
	at := utf8.RuneCountInString(s.Onset) + tonePlace([]rune(s.Rhyme))
	word[at] = toned[codeOf(word[at])][s.Tone]
	return string(word)
}

// Parse takes one word apart, in any case, any order of marks and any place of
// the tone. It accepts what Vietnamese phonotactics allow, existing or not: a
// known onset and rhyme that go together, and only the rising or heavy tone
// before a final p, t, c or ch.
func Parse(word string) (Syllable, bool) {
	w, ok := spell(word)
	if !ok {
		return Syllable{}, false
	}
	form, ok := w.form()
	if !ok {
		return Syllable{}, false
	}
	var letters [maxLetters]rune
	for i := range w.n {
		letters[i] = toned[w.code(i)][Level]
	}
	cut := int(form.onset)
	return Syllable{string(letters[:cut]), string(letters[cut:w.n]), w.tone}, true
}

// Plain reports whether a word typed without accents could be some syllable:
// mat and duong could, str and wow could not.
func Plain(word string) bool {
	w, ok := spell(word)
	return ok && w.tone == Level && plainForms[w.key]
}

// isSyllable is Parse for the answer alone, and takes unmarked stops too.
func isSyllable(word string) bool {
	w, ok := spell(word)
	if !ok {
		return false
	}
	_, ok = forms.find(w.key)
	return ok
}

// maxLetters is the length of the longest syllable, nghiêng.
const maxLetters = 7

// spelling is a word as letter codes, the tone apart.
type spelling struct {
	n     int
	key   uint64 // the codes, five bits each
	tone  Tone
	at    int // letter that carries the tone
	tones int

	recast bool // some letter is not the lower-case one
}

// add appends a letter and reports whether there was room.
func (w *spelling) add(l *letter) bool {
	if w.n == maxLetters || l.code == 0 {
		return false
	}
	w.key = w.key<<5 | uint64(l.code)
	if l.tone != Level {
		w.tone, w.at = l.tone, w.n
		w.tones++
	}
	w.n++
	return true
}

// code returns the code of letter i.
func (w *spelling) code(i int) uint8 { return uint8(w.key>>(5*(w.n-1-i))) & 31 }

// form returns the form of a syllable that may have its tone.
func (w *spelling) form() (form, bool) {
	f, ok := forms.find(w.key)
	return f, ok && (!f.stopped || w.tone == Rising || w.tone == Heavy)
}

// spell reads a word that may be a syllable: Vietnamese letters only, at most
// one tone.
func spell(word string) (spelling, bool) {
	var w spelling
	if len(word) > 64 {
		return w, false
	}
	for _, r := range Clean(word) {
		if !w.add(lookup(r)) {
			return w, false
		}
	}
	return w, w.n > 0 && w.tones <= 1
}

// form is what is known of a syllable without its tone.
type form struct {
	onset   uint8 // letters
	place   uint8 // letter that carries the tone
	y       uint8 // letter y that is written i as a key, noY for none
	stopped bool  // ends in p, t, c or ch
}

const noY = 255

// fits reports that a word without capitals is spelled as its form wants it.
func (f form) fits(w *spelling) bool {
	return f.y == noY && (w.tones == 0 || w.at == int(f.place))
}

// The rhymes by the letter they begin with; y rhymes stand alone or after qu.
const (
	rhymesA = "a ai ao au ay am an ang anh ap at ac ach ăm ăn ăng ăp ăt ăc âu ây âm ân âng âp ât âc"
	rhymesE = "e eo em en eng ep et ec ê êu êm ên ênh êp êt êch"
	rhymesI = "i ia iu im in inh ip it ich iêu iêm iên iêng iêp iêt iêc"
	rhymesO = "o oi om on ong op ot oc oong ooc ô ôi ôm ôn ông ôp ôt ôc ơ ơi ơm ơn ơp ơt"
	rhymesU = "u ua ui um un ung up ut uc uôi uôm uôn uông uôt uôc " +
		"ư ưa ưi ưu ưm ưn ưng ưt ưc ươi ươu ươm ươn ương ươp ươt ươc"
	rhymesW = "oa oai oao oay oam oan oang oanh oap oat oac oach oăm oăn oăng oăt oăc oe oeo oem oen oet " +
		"uê uêu uên uênh uêch uêt uơ uy uya uyu uyn uynh uyt uych uyp uyên uyêt uân uâng uât uây"
	rhymesY  = "y yêu yêm yên yêng yêt"
	rhymesQY = "y yt yn ynh ych yên yêt yêng"
	rhymesGI = "êng êc"
)

// onsets lists which rhymes follow each onset; i/y after a consonant is the
// rhyme y of rhymesOneY.
var onsets = []struct{ onsets, rhymes string }{
	{" b ch d đ h kh l m n nh ph r s t th tr v x p", rhymesA + " " + rhymesE + " " + rhymesI + " " + rhymesO + " " + rhymesU + " " + rhymesW},
	{"b d h k l m n r s t v x", "y"},
	{"", rhymesY},
	{"c g ng", rhymesA + " " + rhymesO + " " + rhymesU + " " + rhymesW},
	{"g", rhymesI},
	{"k gh ngh", rhymesE + " " + rhymesI},
	{"qu", rhymesA + " " + rhymesE + " i ip it inh ich in o ô ôi ôc ôt ơ ơi ơn " + rhymesQY},
	{"gi", rhymesA + " " + rhymesE + " " + rhymesO + " " + rhymesU + " oa oan oang oăng oe uân uê " + rhymesGI},
}

// forms and plainForms are tables, written once here and only read afterwards.
var forms, plainForms = makeForms()

func makeForms() (*formTable, map[uint64]bool) {
	all, plain := new(formTable), make(map[uint64]bool, 4096)
	folded := func(r rune) rune { return rune(lookup(r).fold) }
	for _, row := range onsets {
		for onset := range strings.SplitSeq(row.onsets, " ") {
			for rhyme := range strings.SplitSeq(row.rhymes, " ") {
				key := keyOf(onset + rhyme)
				if _, taken := all.find(key); !taken || onset == "gi" {
					all.put(key, makeForm(onset, rhyme))
				}
				plain[keyOf(strings.Map(folded, onset+rhyme))] = true
			}
		}
	}
	return all, plain
}

// formTable finds forms by their keys: by hashing with open addressing, since
// every word of every text is looked up here.
type formTable [formSlots]struct {
	key  uint64 // 0 for a free slot
	form form
}

const formSlots = 1 << 13 // twice the forms there are

func (t *formTable) find(key uint64) (form, bool) {
	slot := t.slot(key)
	return t[slot].form, t[slot].key != 0
}

func (t *formTable) put(key uint64, f form) {
	slot := t.slot(key)
	t[slot].key, t[slot].form = key, f
}

// slot returns where key stands or would.
func (t *formTable) slot(key uint64) uint64 {
	i := key * 0x9e3779b97f4a7c15 >> 51
	for t[i].key != key && t[i].key != 0 {
		i = (i + 1) % formSlots
	}
	return i
}

func makeForm(onset, rhyme string) form {
	f := form{onset: uint8(utf8.RuneCountInString(onset)), y: noY}
	runes := []rune(rhyme)
	f.place = f.onset + uint8(tonePlace(runes))
	if yAsI(onset, rhyme) {
		f.y = f.onset
	}
	switch runes[len(runes)-1] {
	case 'p', 't', 'c':
		f.stopped = true
	case 'h':
		f.stopped = runes[len(runes)-2] == 'c'
	}
	return f
}

// keyOf packs a lower-case word without tone.
func keyOf(word string) uint64 {
	var key uint64
	for _, r := range word {
		key = key<<5 | uint64(codeOf(r))
	}
	return key
}

// Toneless takes the tone off a key.
func Toneless(key string) ([]rune, Tone) {
	out, tone := make([]rune, 0, maxLetters), Level
	for _, r := range key {
		if l := lookup(r); l.code != 0 {
			if l.tone != Level {
				tone = l.tone
			}
			r = toned[l.code][Level]
		}
		out = append(out, r)
	}
	return out, tone
}

// WithTone is the key of a syllable that has no tone yet with one, ok where there
// may be such a syllable.
func WithTone(syllable string, tone Tone) (key string, ok bool) {
	w, ok := spell(syllable)
	w.tone = tone
	f, known := w.form()
	return string(w.canonical(nil, f)), ok && known
}

// printed has the syllables that are usually printed with y alone behind their
// onset, by their keys.
var printed = func() map[string]string {
	words := map[string]string{}
	for word := range strings.FieldsSeq("hy hỷ ky kỳ ký kỷ kỹ kỵ ly lý lỷ lỹ lỵ mỹ quy quỳ quý quỷ quỹ quỵ tỷ tỵ") {
		words[Canonical(word)] = word
	}
	return words
}()

// Printed writes a key as it is usually printed.
func Printed(key string) string {
	if word, ok := printed[key]; ok {
		return word
	}
	return key
}
