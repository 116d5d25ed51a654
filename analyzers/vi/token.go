package vi

import (
	"strconv"
	"strings"
	"sync"
)

// breakGap is added to the position where a phrase ends.
const breakGap = 8

// Kind tells the first reading of a word from the others at its position.
type Kind uint8

// Kinds of tokens. A query takes, at each position, the Arabic token where
// there is one and else the First one: an index holds all of them.
const (
	First  Kind = iota
	Joined      // the parts of Covid-19 in one, TW itself, or a number as printed
	Arabic      // a Roman numeral as a number
	Part        // a word of what TW stands for: phrases meet it, by itself it is not there
)

// Token is one term with the bytes Start to End of the original text that it
// came from. Positions count words; they jump where a phrase ends, so that
// neighbours differ by one exactly within a phrase.
type Token struct {
	Text  string `json:"token"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	Pos   int    `json:"pos"`
	Kind  Kind   `json:"kind,omitempty"`
}

// Streams holds the token streams of one text, each in the order of the text.
type Streams struct {
	Syl         []Token `json:"syl"`          // canonical accented syllables
	Fold        []Token `json:"fold"`         // the same without diacritics
	FoldBigrams []Token `json:"fbi"`          // two neighbours of Fold and a space between
	Bigrams     []Token `json:"bi,omitempty"` // two neighbours of Syl; only when asked for
	Key         []Token `json:"key"`          // document numbers, dates, quarters, halves, numbers
}

// Want is the set of streams to make.
type Want uint8

// The streams; All leaves out the accented bigrams.
const (
	WantSyl Want = 1 << iota
	WantFold
	WantFoldBigrams
	WantBigrams
	WantKey

	All = WantSyl | WantFold | WantFoldBigrams | WantKey
)

// Analyze makes all streams but Bigrams. Offsets are bytes of text as given,
// whatever its normal form; invalid UTF-8 separates words.
func Analyze(text string) Streams { return AnalyzeOnly(text, All) }

// AnalyzeOnly makes the streams in want.
func AnalyzeOnly(text string, want Want) Streams {
	s := scanners.Get().(*scanner)
	defer s.release()
	s.scan(text)
	s.positions()
	s.romans()
	e := emitter{scanner: s, syls: string(s.syl)}
	if want&(WantFold|WantFoldBigrams) != 0 {
		e.folds = string(s.fold)
	}
	out := Streams{Key: s.keys(e.syls)} // which the other streams need to know
	if want&WantKey == 0 {
		out.Key = nil
	}
	if want&WantSyl != 0 {
		out.Syl = e.words(false)
	}
	if want&WantFold != 0 {
		out.Fold = e.words(true)
	}
	if want&WantFoldBigrams != 0 {
		out.FoldBigrams = e.bigrams(true)
	}
	if want&WantBigrams != 0 {
		out.Bigrams = e.bigrams(false)
	}
	return out
}

// scanners keeps buffers between calls, nothing else.
var scanners = sync.Pool{New: func() any { return new(scanner) }}

// release hands the buffers back, unless a huge text made them huge.
func (s *scanner) release() {
	const most = 1 << 16
	if cap(s.units) > most {
		return
	}
	s.text = ""
	scanners.Put(s)
}

// positions numbers the units.
func (s *scanner) positions() {
	pos := -1
	for i := range s.units {
		u := &s.units[i]
		pos++
		if u.gap&gapBreak != 0 && i > 0 {
			pos += breakGap
		}
		u.pos = pos
	}
}

// emitter turns units into tokens.
type emitter struct {
	*scanner
	syls, folds string
}

// room is a stream without tokens yet.
func (e *emitter) room() []Token { return make([]Token, 0, len(e.units)+len(e.units)/8+1) }

// arabic writes the value of a Roman numeral.
func (u *unit) arabic() string { return strconv.Itoa(int(u.roman)) }

// span returns the text from unit p to unit u.
func (e *emitter) span(p, u *unit, folded bool) string {
	if folded {
		return e.folds[p.fold0:u.fold1]
	}
	return e.syls[p.syl0:u.syl1]
}

// words makes a stream of single words.
func (e *emitter) words(folded bool) []Token {
	out := e.room()
	group := 0 // end of the last joined group
	for i := range e.units {
		u := &e.units[i]
		t := Token{e.span(u, u, folded), u.start, u.end, u.pos, First}
		if u.central > 0 {
			t.Kind = Part
		}
		out = append(out, t)
		switch {
		case u.roman > 0:
			out = append(out, Token{u.arabic(), u.start, u.end, u.pos, Arabic})
		case u.grouped:
			out = append(out, Token{e.text[u.start:u.end], u.start, u.end, u.pos, Joined})
		case u.central == 1:
			out = append(out, Token{"tw", u.start, u.end, u.pos, Joined})
		}
		if i >= group {
			group = e.group(i)
			if e.joins(i, group) {
				joined := strings.ReplaceAll(e.span(u, &e.units[group-1], folded), " ", "")
				out = append(out, Token{joined, u.start, e.units[group-1].end, u.pos, Joined})
			}
		}
	}
	return out
}

// bigrams makes a stream of neighbours.
func (e *emitter) bigrams(folded bool) []Token {
	out := e.room()
	for i := 1; i < len(e.units); i++ {
		p, u := &e.units[i-1], &e.units[i]
		if u.gap&gapBreak != 0 {
			continue
		}
		t := Token{e.span(p, u, folded), p.start, u.end, p.pos, First}
		out = append(out, t)
		if u.roman > 0 {
			t.Text, t.Kind = e.span(p, p, folded)+" "+u.arabic(), Arabic
			out = append(out, t)
		}
		if p.roman > 0 {
			t.Text, t.Kind = p.arabic()+" "+e.span(u, u, folded), Arabic
			out = append(out, t)
		}
	}
	return out
}

// group returns the end of the units that are written as one with unit i.
func (e *emitter) group(i int) int {
	end := i + 1
	for end < len(e.units) && e.glued(end) {
		end++
	}
	return end
}

// glued reports that unit i hangs on the one before it: by a hyphen, an
// apostrophe, nothing (letters and digits), or a dot after capitals.
func (e *emitter) glued(i int) bool {
	u, p := &e.units[i], &e.units[i-1]
	if u.central == 2 || u.start != p.end && u.start-p.end > 3 {
		return false
	}
	switch u.gap {
	case 0, gapHyphen, gapApostrophe:
		return true
	case gapDot:
		return p.uppers > 0 && p.uppers == p.letters && u.uppers == u.letters
	}
	return false
}

// joins reports whether the units of a group also stand as one word. Lists
// and numbers do not.
func (e *emitter) joins(i, end int) bool {
	const mostParts, mostBytes = 5, 48
	if n := end - i; n < 2 || n > mostParts || e.units[end-1].end-e.units[i].start > mostBytes {
		return false
	}
	for k := i; k < end; k++ {
		if u := &e.units[k]; u.inKey || u.central > 0 || u.decimal {
			return false
		}
	}
	return !e.units[i].number || e.units[i+1].gap == 0
}

// MarshalText writes the names of the kinds, nothing for the first.
func (k Kind) MarshalText() ([]byte, error) {
	return []byte([...]string{Joined: "joined", Arabic: "arabic", Part: "part"}[k]), nil
}
