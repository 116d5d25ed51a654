package query

import (
	"strings"

	"bantin/analyzers/vi"
	"bantin/indexer/index"
)

// spelled is a word of the text whose spelling can be looked at.
type spelled struct {
	span
	index.Word
	fixed bool // a name, an abbreviation or excluded: a neighbour alone
}

// spell takes up words that begin at a place of the text.
func (p *parser) spell(words []vi.Word, at int, fixed bool) {
	for _, w := range words {
		p.out.words = append(p.out.words, spelled{span{at + w.Start, at + w.End}, word(w, index.AnyField), fixed || p.minus || p.excluded})
	}
}

// keyed makes one of the words that are keystrokes of one together: tra65n.
func keyed(text string, words []spelled) []spelled {
	var out []spelled
	for i := 0; i < len(words); i++ {
		w, n := words[i], i
		for n+1 < len(words) && words[n+1].start == words[n].end {
			n++
		}
		if run := strings.ToLower(text[w.start:words[n].end]); n > i && !w.fixed {
			if _, ok := vi.Keyed(run); ok {
				w.end, w.Word, i = words[n].end, index.Word{Text: run}, n
			}
		}
		if n := len(out); n > 0 && w.start < out[n-1].end { // TW is two words in one place
			w.fixed, out[n-1].fixed = true, true
		}
		out = append(out, w)
	}
	return out
}

// Words are the words of the text, document numbers and fields left out, as
// index.Correct takes them.
func (p Parsed) Words() []index.TypedWord {
	out := make([]index.TypedWord, len(p.words))
	for i, w := range p.words {
		out[i] = index.TypedWord{Word: w.Word, Fixed: w.fixed}
		if i > 0 {
			before := p.words[i-1].end
			out[i].After = w.start > before && strings.Trim(p.Text[before:w.start], " ") == ""
		}
	}
	return out
}

// Respelled is the text with corrections of its Words. All else stays as it is.
func (p Parsed) Respelled(all []index.Correction) string {
	var b strings.Builder
	at := 0
	for _, c := range all {
		b.WriteString(p.Text[at:p.words[c.From].start])
		b.WriteString(c.Text)
		at = p.words[c.To-1].end
	}
	return b.String() + p.Text[at:]
}
