package bleveindex

import (
	"sync"
	"unicode/utf8"

	"bantin/analyzers/vi"

	seg "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum/levenshtein"
)

// Stream fold is not written: a folded word stands for all accented words of
// the dictionary that fold to it. They are found by running an automaton over
// the folded word against the dictionary, each letter folded as it comes.

// folding is an automaton over accented words made from one over folded ones.
// A state is that of the inner automaton above the bytes, at most three, of a
// letter that is not complete.
type folding struct{ inner seg.Automaton }

const partBits = 24

func (f folding) Start() int               { return f.inner.Start() << partBits }
func (f folding) IsMatch(s int) bool       { return s&(1<<partBits-1) == 0 && f.inner.IsMatch(s>>partBits) }
func (f folding) CanMatch(s int) bool      { return f.inner.CanMatch(s >> partBits) }
func (f folding) WillAlwaysMatch(int) bool { return false }

func (f folding) Accept(s int, b byte) int {
	state, part := s>>partBits, s&(1<<partBits-1)
	if part == 0 && b < utf8.RuneSelf {
		return f.inner.Accept(state, b) << partBits
	}
	r := rune(-1)
	switch lead := part; {
	case part == 0: // the first of several bytes
	case part < 1<<8 && lead < 0xe0:
		r = rune(lead&0x1f)<<6 | rune(b&0x3f)
	case part >= 1<<8 && part>>8 < 0xf0:
		r = rune(part>>8&0xf)<<12 | rune(part&0x3f)<<6 | rune(b&0x3f)
	case part >= 1<<16:
		r = rune(part>>16&7)<<18 | rune(part>>8&0x3f)<<12 | rune(part&0x3f)<<6 | rune(b&0x3f)
	}
	if r < 0 {
		return state<<partBits | part<<8 | int(b)
	}
	if t := latin(); int(r) < len(t) {
		for i := range len(t[r]) {
			state = f.inner.Accept(state, t[r][i])
		}
		return state << partBits
	}
	for _, c := range utf8.AppendRune(nil, r) {
		state = f.inner.Accept(state, c)
	}
	return state << partBits
}

// latin are the folded forms of the letters up to the end of the extended
// Greek ones; later scripts have no marks that are composed with a letter.
var latin = sync.OnceValue(func() []string {
	t := make([]string, 0x2000)
	for r := range t {
		t[r] = vi.Fold(string(rune(r)))
	}
	return t
})

// exactly accepts one word, beginning with all words that begin with one.
type (
	exactly   string
	beginning string
)

func (w exactly) Start() int               { return 0 }
func (w exactly) IsMatch(s int) bool       { return s == len(w) }
func (w exactly) CanMatch(s int) bool      { return s >= 0 }
func (w exactly) WillAlwaysMatch(int) bool { return false }

func (w exactly) Accept(s int, b byte) int {
	if s < 0 || s >= len(w) || w[s] != b {
		return -1
	}
	return s + 1
}

func (w beginning) Start() int               { return 0 }
func (w beginning) IsMatch(s int) bool       { return s == len(w) }
func (w beginning) CanMatch(s int) bool      { return s >= 0 }
func (w beginning) WillAlwaysMatch(int) bool { return false }

func (w beginning) Accept(s int, b byte) int {
	if s == len(w) {
		return s
	}
	return exactly(w).Accept(s, b)
}

// nearly accepts the words within a number of edits.
func nearly(word string, edits int) (seg.Automaton, error) {
	builders, err := editors()
	if err != nil {
		return nil, err
	}
	return builders[edits-1].BuildDfa(word, uint8(edits))
}

// editors makes the tables for one and two edits, which takes milliseconds.
var editors = sync.OnceValues(func() ([]*levenshtein.LevenshteinAutomatonBuilder, error) {
	one, err := levenshtein.NewLevenshteinAutomatonBuilder(1, true)
	if err != nil {
		return nil, err
	}
	two, err := levenshtein.NewLevenshteinAutomatonBuilder(2, true)
	return []*levenshtein.LevenshteinAutomatonBuilder{one, two}, err
})
