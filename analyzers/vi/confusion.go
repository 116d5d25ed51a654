package vi

import (
	"strings"
	"unicode/utf8"
)

// What a slip of the pen or of the hand costs: about minus the natural logarithm
// of how often it is made where it can be. The costs of several add up. Those of
// tables are on top of slipped.
const (
	slipped = 2.0

	slipDoubled    = 3.0 // a letter twice, or once in place of twice
	slipGlide      = 3.0 // iu for iêu, ui for uôi, ưi for ươi
	slipTransposed = 3.5
	slipLetter     = 4.0 // a letter missing or too many
	slipKey        = 4.0 // the key beside it
	slipOther      = 5.5 // any other letter

	slipHook    = 2.5 // hỏi for ngã
	slipNoTone  = 3.0 // no tone typed where there is one
	slipAnyTone = 3.5
	slipKeyed   = 2.5 // keystrokes that no input method read

	cheaper = 1.0 // every slip but the first, as whoever makes one makes more

	slipLongest  = 40 // letters
	longestOnset = 3
	longestFinal = 2
)

// confusion is a pair of spellings that are written for each other.
type confusion struct {
	a, b string
	cost float64
}

// Onsets, finals and single letters that are written for each other: as they
// sound alike in some region of Vietnam, or as a mark is left out.
var (
	confusedOnsets = []confusion{
		{"s", "x", 0.5},
		{"ch", "tr", 0.5},
		{"l", "n", 0.5},
		{"d", "gi", 0.5},
		{"d", "r", 1},
		{"gi", "r", 1},
		{"v", "d", 1},
		{"v", "gi", 1},
		{"đ", "d", 0.5},
		{"ng", "ngh", 0.2},
		{"g", "gh", 0.2},
		{"c", "k", 0.2},
		{"k", "kh", 1.5},
		{"f", "ph", 0.2},
		{"j", "gi", 0.5},
		{"z", "d", 0.5},
		{"z", "gi", 0.5},
		{"w", "qu", 0.5},
		{"p", "b", 1},
		{"ph", "p", 1},
		{"h", "qu", 1.5},
		{"ng", "n", 1.5},
		{"nh", "n", 1.5},
		{"t", "th", 1.5},
		{"c", "ch", 1.5},
		{"t", "tr", 1.5},
	}
	confusedFinals = []confusion{
		{"n", "ng", 0.5},
		{"t", "c", 0.5},
		{"n", "nh", 1},
		{"ng", "nh", 1},
		{"t", "ch", 1},
		{"c", "ch", 1},
		{"o", "u", 1},
		{"i", "y", 0.5},
		{"m", "n", 1.5},
		{"p", "t", 1.5},
	}
	confusedLetters = []confusion{
		{"a", "ă", 0.8},
		{"a", "â", 0.8},
		{"ă", "â", 0.8},
		{"e", "ê", 0.8},
		{"o", "ô", 0.8},
		{"o", "ơ", 0.8},
		{"ô", "ơ", 0.8},
		{"u", "ư", 0.8},
		{"d", "đ", 0.5},
		{"i", "y", 0.3},
		{"â", "ơ", 1},
		{"o", "u", 1.2},
		{"i", "ê", 1.2},
		{"e", "i", 1.5},
		{"ê", "â", 1.5},
	}
)

// glides are what is left out after a letter, and what is heard there.
var glides = map[rune]rune{'i': 'ê', 'y': 'ê', 'u': 'ô', 'ư': 'ơ'}

// Spelling is a word that may have been meant, a key, with what that costs.
type Spelling struct {
	Text string
	Slip float64
}

// Confused returns the syllables that a word may have been confused with, at
// most two confusions away: with all tones for an accented word, without marks for
// one that is not. Text is a key; a syllable may come twice.
func Confused(word string, accented bool) []Spelling {
	letters, tone := bare(word)
	once := respelled(Spelling{Text: string(letters)}, accented)
	var out []Spelling
	add := func(level Spelling, to Tone) {
		if !accented {
			if Plain(level.Text) {
				out = append(out, level)
			}
			return
		}
		if key, ok := keyWith(level.Text, to); ok {
			slip := toneSlip(tone, to)
			if slip > 0 && level.Slip > 0 {
				slip -= cheaper
			}
			out = append(out, Spelling{key, level.Slip + slip})
		}
	}
	for _, s := range append([]Spelling{{Text: string(letters)}}, once...) {
		for to := Level; to <= Heavy && (accented || to == Level); to++ {
			add(s, to)
		}
	}
	for _, s := range once {
		for _, twice := range respelled(s, accented) {
			add(twice, tone)
		}
	}
	return out
}

// cutOnset takes an onset off a word.
func cutOnset(word, onset string) (string, bool) {
	rest, ok := strings.CutPrefix(word, onset)
	first, _ := utf8.DecodeRuneInString(rest)
	return rest, ok && isVowel(first)
}

// keyWith is the key of a syllable without its tone and a tone.
func keyWith(level string, tone Tone) (string, bool) {
	w, ok := spell(level)
	if !ok {
		return "", false
	}
	f, ok := forms.find(w.key)
	if !ok || f.stopped && tone != Rising && tone != Heavy {
		return "", false
	}
	w.tone = tone
	return string(w.canonical(nil, f)), true
}

// respelled returns the word with one of its parts confused, which adds to what
// it costs.
func respelled(word Spelling, accented bool) []Spelling {
	var out []Spelling
	add := func(text string, cost float64) {
		if !accented {
			text = Fold(text)
		}
		if text != word.Text {
			if word.Slip > 0 {
				cost -= cheaper
			}
			out = append(out, Spelling{text, word.Slip + cost})
		}
	}
	for _, c := range confusedOnsets {
		if rest, ok := cutOnset(word.Text, c.a); ok {
			add(c.b+rest, slipped+c.cost)
		}
		if rest, ok := cutOnset(word.Text, c.b); ok {
			add(c.a+rest, slipped+c.cost)
		}
	}
	for _, c := range confusedFinals {
		if rest, ok := strings.CutSuffix(word.Text, c.a); ok {
			add(rest+c.b, slipped+c.cost)
		}
		if rest, ok := strings.CutSuffix(word.Text, c.b); ok {
			add(rest+c.a, slipped+c.cost)
		}
	}
	for i, r := range word.Text {
		before, at, after := word.Text[:i], string(r), word.Text[i+utf8.RuneLen(r):]
		for _, c := range confusedLetters {
			switch at {
			case c.a:
				add(before+c.b+after, slipped+c.cost)
			case c.b:
				add(before+c.a+after, slipped+c.cost)
			}
		}
		if g, ok := glides[r]; ok {
			if rest, ok := strings.CutPrefix(after, string(g)); ok {
				add(before+at+rest, slipGlide)
			} else {
				add(before+at+string(g)+after, slipGlide)
			}
		}
	}
	return out
}

// Keyed reads one word that was typed in keystrokes, all or the last of them
// missed by the input method: thuws, thư1, thưs. It tells whether it is one.
func Keyed(word string) (string, bool) {
	var telex, vni strings.Builder
	for _, r := range word {
		l := lookup(r)
		if l.code == 0 {
			telex.WriteRune(r)
			vni.WriteRune(r)
			continue
		}
		base := toned[l.code][Level]
		keys, ok := keysOfShape[base]
		if !ok {
			keys = [2]string{string(base), string(base)}
		}
		telex.WriteString(keys[0] + keysOfTone[l.tone][0])
		vni.WriteString(keys[1] + keysOfTone[l.tone][1])
	}
	keys := telex.String()
	if strings.ContainsAny(word, "123456789") {
		keys = vni.String()
	}
	if keys == "" || !isASCII(keys) || Plain(word) {
		return "", false
	}
	if _, ok := Parse(word); ok {
		return "", false
	}
	r, ok := readKeys(keys)
	return Canonical(r.word), ok
}

// keysOfShape and keysOfTone are the keys of a letter and a tone in Telex and VNI.
var (
	keysOfShape = map[rune][2]string{
		'ă': {"aw", "a8"}, 'â': {"aa", "a6"}, 'ê': {"ee", "e6"}, 'ô': {"oo", "o6"},
		'ơ': {"ow", "o7"}, 'ư': {"uw", "u7"}, 'đ': {"dd", "d9"},
	}
	keysOfTone = map[Tone][2]string{Rising: {"s", "1"}, Falling: {"f", "2"}, Asking: {"r", "3"}, Tumbling: {"x", "4"}, Heavy: {"j", "5"}}
)

// KeyedSlip is what it costs to take keystrokes for the word they stand for.
const KeyedSlip = slipKeyed

// Printed writes a key as it is usually printed: with y alone after k, l, qu
// and where that is the rule for its tone after h, m and t.
func Printed(key string) string {
	s, ok := Parse(key)
	if !ok || s.Rhyme != "i" {
		return key
	}
	switch s.Onset {
	case "k", "qu":
		s.Rhyme = "y"
	case "l":
		if s.Tone != Falling {
			s.Rhyme = "y"
		}
	case "h":
		if s.Tone == Level || s.Tone == Asking {
			s.Rhyme = "y"
		}
	case "m":
		if s.Tone == Tumbling {
			s.Rhyme = "y"
		}
	case "t":
		if s.Tone == Asking || s.Tone == Heavy {
			s.Rhyme = "y"
		}
	}
	return s.String()
}
