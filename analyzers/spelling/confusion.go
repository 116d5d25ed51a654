// Package spelling tells what a word may have been meant to be: which spellings
// of Vietnamese are written for each other, and what slips of pen and hand cost.
package spelling

import (
	_ "embed" // for the table
	"strconv"
	"strings"
	"unicode/utf8"

	"bantin/analyzers/vi"
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

// confusionsTSV has a row for each two spellings that are written for each
// other, as they sound alike in some region of Vietnam or as a mark is left
// out: where they stand in a word, both, and what that costs.
//
//go:embed tables/confusions.tsv
var confusionsTSV string

// confusion is a spelling that is written for another.
type confusion struct {
	a, b string
	cost float64
}

// confusions lists those of an onset, a final and a letter, each both ways.
var confusions = makeConfusions()

func makeConfusions() map[string][]confusion {
	all := map[string][]confusion{}
	_, rows, _ := strings.Cut(strings.TrimSpace(confusionsTSV), "\n")
	for row := range strings.Lines(rows) {
		f := strings.Split(strings.TrimRight(row, "\n"), "\t")
		cost, err := strconv.ParseFloat(f[3], 64)
		if err != nil {
			panic(err) // the table is part of the program
		}
		all[f[0]] = append(all[f[0]], confusion{f[1], f[2], slipped + cost}, confusion{f[2], f[1], slipped + cost})
	}
	return all
}

// glides are what is left out after a letter, and what is heard there.
var glides = map[rune]rune{'i': 'ê', 'y': 'ê', 'u': 'ô', 'ư': 'ơ'}

// Spelling is a word that may have been meant, a key, with what that costs.
type Spelling struct {
	Text string
	Slip float64
}

// Confused returns the syllables that a word may have been confused with, at
// most two confusions away: with all tones for an accented word, without marks for
// one that is not. Text is a key, see [vi.Canonical]; a syllable may come twice.
func Confused(word string, accented bool) (out []Spelling) {
	letters, tone := vi.Toneless(word)
	typed := Spelling{Text: string(letters)}
	add := func(s Spelling, to vi.Tone) {
		if !accented && vi.Plain(s.Text) {
			out = append(out, s)
		}
		if key, ok := vi.WithTone(s.Text, to); accented && ok {
			out = append(out, Spelling{key, slips(s.Slip, toneSlip(tone, to))})
		}
	}
	once := respelled(typed, accented)
	for _, s := range append([]Spelling{typed}, once...) {
		for to := vi.Level; to <= vi.Heavy && (accented || to == vi.Level); to++ {
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

// slips is what two slips cost.
func slips(a, b float64) float64 {
	if a > 0 && b > 0 {
		return a + (b - cheaper)
	}
	return a + b
}

// cutOnset takes an onset off a word.
func cutOnset(word, onset string) (string, bool) {
	rest, ok := strings.CutPrefix(word, onset)
	first, _ := utf8.DecodeRuneInString(rest)
	return rest, ok && vi.IsVowel(first)
}

// respelled returns the word with one of its parts confused, which adds to what
// it costs.
func respelled(word Spelling, accented bool) []Spelling {
	var out []Spelling
	add := func(text string, cost float64) {
		if !accented {
			text = vi.Fold(text)
		}
		if text != word.Text {
			out = append(out, Spelling{text, slips(word.Slip, cost)})
		}
	}
	for _, c := range confusions["onset"] {
		if rest, ok := cutOnset(word.Text, c.a); ok {
			add(c.b+rest, c.cost)
		}
	}
	for _, c := range confusions["final"] {
		if rest, ok := strings.CutSuffix(word.Text, c.a); ok {
			add(rest+c.b, c.cost)
		}
	}
	for i, r := range word.Text {
		before, at, after := word.Text[:i], string(r), word.Text[i+utf8.RuneLen(r):]
		for _, c := range confusions["letter"] {
			if at == c.a {
				add(before+c.b+after, c.cost)
			}
		}
		if g, ok := glides[r]; ok {
			rest, heard := strings.CutPrefix(after, string(g))
			if !heard {
				rest = string(g) + after
			}
			add(before+at+rest, slipGlide)
		}
	}
	return out
}

// KeyedSlip is what it costs to take keystrokes for the word they stand for.
const KeyedSlip = slipKeyed
