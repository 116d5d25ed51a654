package query

import "strings"

// Respell returns the text with each plain word that better gives another
// spelling for in its place, and whether there was any. Fields, operators and
// document numbers stay as they are.
func (p Parsed) Respell(better func(word string) (string, bool)) (string, bool) {
	var b strings.Builder
	at, changed := 0, false
	for _, w := range p.words {
		if w.start < at {
			continue
		}
		spelled, ok := better(p.Text[w.start:w.end])
		if !ok {
			continue
		}
		b.WriteString(p.Text[at:w.start])
		b.WriteString(spelled)
		at, changed = w.end, true
	}
	b.WriteString(p.Text[at:])
	return b.String(), changed
}
