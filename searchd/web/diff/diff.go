// Package diff compares two texts by paragraph and word.
package diff

import (
	"regexp"
	"strings"
)

// Piece is a stretch of text that two versions share, or that only one has.
type Piece struct {
	Op   byte // '=', '+' or '-'
	Text string
}

var wordForm = regexp.MustCompile(`\s+|[^\s]+`)

// Texts compares two texts: by paragraph, and by word where paragraphs differ.
// Its time and memory are bounded by the length of the texts and maxSteps.
func Texts(was, is string) []Piece {
	a, b := strings.SplitAfter(was, "\n\n"), strings.SplitAfter(is, "\n\n")
	var out pieces
	each(a, b, func(same, gone, added []string) {
		out.shared(strings.Join(same, ""))
		out.words(strings.Join(gone, ""), strings.Join(added, ""))
	})
	return out.done()
}

// each calls f with every stretch that a and b share and the change after it.
func each(a, b []string, f func(same, gone, added []string)) {
	numbers := map[string]int32{}
	l := align(numbered(numbers, a), numbered(numbers, b))
	for i, j := 0, 0; i < len(a) || j < len(b); {
		from := i
		for i < len(a) && j < len(b) && !l.gone[i] && !l.added[j] {
			i++
			j++
		}
		same, goneFrom, addedFrom := a[from:i], i, j
		for i < len(a) && l.gone[i] {
			i++
		}
		for j < len(b) && l.added[j] {
			j++
		}
		f(same, a[goneFrom:i], b[addedFrom:j])
	}
}

// numbered writes texts as numbers, equal ones as the same.
func numbered(numbers map[string]int32, texts []string) []int32 {
	out := make([]int32, len(texts))
	for i, s := range texts {
		n, ok := numbers[s]
		if !ok {
			n = int32(len(numbers))
			numbers[s] = n
		}
		out[i] = n
	}
	return out
}

// pieces collects a comparison: what both texts have, and behind it what only
// one does. Changes with nothing but space between them are one.
type pieces struct {
	out         []Piece
	space       string // shared, behind a change
	gone, added strings.Builder
}

func (p *pieces) words(was, is string) {
	if was == "" || is == "" {
		p.change(was, is)
		return
	}
	each(wordForm.FindAllString(was, -1), wordForm.FindAllString(is, -1), func(same, gone, added []string) {
		p.shared(strings.Join(same, ""))
		p.change(strings.Join(gone, ""), strings.Join(added, ""))
	})
}

func (p *pieces) change(gone, added string) {
	if gone == "" && added == "" {
		return
	}
	p.gone.WriteString(p.space + gone)
	p.added.WriteString(p.space + added)
	p.space = ""
}

// shared takes up text that both have.
func (p *pieces) shared(text string) {
	if p.gone.Len()+p.added.Len() > 0 {
		if p.space += text; strings.TrimSpace(p.space) == "" {
			return
		}
		text = p.space
		p.flush()
	}
	if n := len(p.out); n > 0 && p.out[n-1].Op == '=' {
		p.out[n-1].Text += text
	} else if text != "" {
		p.out = append(p.out, Piece{'=', text})
	}
}

// flush writes the change that is under way.
func (p *pieces) flush() {
	gone, added := p.gone.String(), p.added.String()
	p.space = ""
	p.gone.Reset()
	p.added.Reset()
	if gone != "" {
		p.out = append(p.out, Piece{'-', gone})
	}
	if added != "" {
		p.out = append(p.out, Piece{'+', added})
	}
}

func (p *pieces) done() []Piece {
	space := p.space
	p.flush()
	p.shared(space)
	return p.out
}

// Contextual shortens the shared stretches of a comparison to the words that a
// reader needs to find the place.
func Contextual(pieces []Piece) []Piece {
	const keep = 120
	for i, p := range pieces {
		if p.Op != '=' || len([]rune(p.Text)) <= 2*keep {
			continue
		}
		runes := []rune(p.Text)
		head, tail := string(runes[:keep]), string(runes[len(runes)-keep:])
		if at := strings.LastIndexByte(head, ' '); at > 0 {
			head = head[:at]
		}
		if _, whole, ok := strings.Cut(tail, " "); ok {
			tail = whole
		}
		switch i {
		case 0:
			pieces[i].Text = "… " + tail
		case len(pieces) - 1:
			pieces[i].Text = head + " …"
		default:
			pieces[i].Text = head + " … " + tail
		}
	}
	return pieces
}
