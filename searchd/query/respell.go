package query

import "strings"

// Respell returns the text with each plain word that better gives another
// spelling for in its place, and whether there was any. better is given a word
// and those that stand after it with only spaces between, and tells how many
// of them the spelling replaces, none for 0. Fields, operators and document
// numbers stay as they are.
func (p Parsed) Respell(better func(words []string) (string, int)) (string, bool) {
	var b strings.Builder
	at := 0
	for i, w := range p.words {
		if w.start < at {
			continue
		}
		spelled, n := better(p.neighbours(i))
		if n == 0 {
			continue
		}
		b.WriteString(p.Text[at:w.start])
		b.WriteString(spelled)
		at = p.words[i+n-1].end
	}
	b.WriteString(p.Text[at:])
	return b.String(), at > 0
}

// neighbours are word i and the one after it where only spaces part them.
func (p Parsed) neighbours(i int) []string {
	w := p.words[i]
	out := []string{p.Text[w.start:w.end]}
	if i+1 < len(p.words) {
		next := p.words[i+1]
		if next.start > w.end && strings.Trim(p.Text[w.end:next.start], " ") == "" {
			out = append(out, p.Text[next.start:next.end])
		}
	}
	return out
}
