package index

import (
	"context"
	"math"
	"slices"
	"unicode/utf8"

	"bantin/analyzers/vi"
)

// lattice has every way in which a question may have been meant: paths of edges
// from its beginning to its end.
type lattice struct {
	ix       Index
	words    []TypedWord
	edges    []edge
	live     int
	accented bool            // some word is
	known    map[Word]int    // bulletins that have a word
	beside   map[[2]Word]int // and two words side by side
	err      error
}

// edge is a word between two places of the question.
type edge struct {
	from, to int
	word     Word
	cost     float64
	typed    bool // as it was typed
}

// begin is the place where word i begins; the places behind are within it.
func begin(i int) int { return i << 8 }

// count looks up what the edges need: words, and pairs of them.
func (l *lattice) count(ctx context.Context) error {
	l.look(ctx, l.edges)
	var nodes []Node
	var pairs [][2]Word
	from := l.byBeginning()
	for _, a := range l.edges {
		for _, j := range from[a.to] {
			b := l.edges[j]
			pair := [2]Word{a.word, b.word}
			if _, known := l.beside[pair]; known || a.cost+b.cost > dear || !l.joined(b) || l.known[a.word] == 0 || l.known[b.word] == 0 {
				continue
			}
			l.beside[pair] = 0
			nodes, pairs = append(nodes, Phrase{Words: []Word{a.word, b.word}}), append(pairs, pair)
		}
	}
	if l.err != nil || len(nodes) == 0 {
		return l.err
	}
	counts, err := l.ix.Counts(ctx, nodes)
	for i, n := range counts {
		l.beside[pairs[i]] = n
	}
	return err
}

// byBeginning are the places in edges of those that begin at each place.
func (l *lattice) byBeginning() map[int][]int {
	out := map[int][]int{}
	for i, e := range l.edges {
		out[e.from] = append(out[e.from], i)
	}
	return out
}

// look counts the bulletins that have the words of edges, if enough may.
func (l *lattice) look(ctx context.Context, edges []edge) {
	var words []Word
	for _, e := range edges {
		if _, known := l.known[e.word]; !known {
			l.known[e.word] = 0
			words = append(words, e.word)
		}
	}
	if least := l.least(); l.err == nil && least > 1 {
		words, l.err = l.ix.Frequent(ctx, words, least)
	}
	if l.err != nil || len(words) == 0 {
		return
	}
	nodes := []Node{nil}
	for _, w := range words {
		nodes = append(nodes, w)
	}
	counts, err := l.ix.Counts(ctx, nodes)
	if l.err = err; err != nil {
		return
	}
	l.live = counts[0]
	for i, n := range counts[1:] {
		l.known[nodes[i+1].(Word)] = n
	}
}

// joined tells whether an edge follows the one before with nothing but a space
// between, or would.
func (l *lattice) joined(b edge) bool {
	i := b.from >> 8
	return b.from != begin(i) || i < len(l.words) && l.words[i].After
}

// split adds the words that word i may be when spaces are missing in it.
func (l *lattice) split(ctx context.Context, i int) {
	text := l.words[i].Text
	if n := utf8.RuneCountInString(text); n < 4 || n > mostPieces || l.known[l.words[i].Word] >= few {
		return
	}
	var pieces []edge
	for from := range text {
		for to := range text[from+1:] + " " {
			to += from + 1
			if to < len(text) && !utf8.RuneStart(text[to]) || from == 0 && to == len(text) {
				continue
			}
			piece := text[from:to]
			if len(piece) < 2 && piece != "y" && piece != "ở" || !syllable(piece) {
				continue
			}
			w := Word{Text: vi.Canonical(piece), Accented: l.words[i].Accented}
			if w.Accented && vi.Fold(w.Text) == w.Text {
				w.Accented = false
			}
			e := edge{from: begin(i) + from, to: begin(i) + to, word: w, cost: spaceSlip}
			if from > 0 {
				e.cost = nextSpace
			}
			if to == len(text) {
				e.to, e.cost = begin(i+1), 0
			}
			pieces = append(pieces, e)
		}
	}
	l.look(ctx, pieces)
	l.edges = append(l.edges, slices.DeleteFunc(pieces, func(e edge) bool { return l.known[e.word] == 0 })...)
}

// few is how many bulletins may have a word that is taken for several.
const few = 5

func syllable(s string) bool {
	_, ok := vi.Parse(s)
	return ok || vi.Plain(s)
}

// join adds the words that two typed ones are without the space between.
func (l *lattice) join(ctx context.Context, doubted []int) {
	var out []edge
	for i := 1; i < len(l.words); i++ {
		a, b := l.words[i-1], l.words[i]
		if !b.After || a.Fixed || b.Fixed || !slices.Contains(doubted, i-1) || !slices.Contains(doubted, i) {
			continue
		}
		text := vi.Canonical(a.Text + b.Text)
		if w := (Word{Text: text, Accented: a.Accented || b.Accented}); utf8.RuneCountInString(text) <= longestCorrected {
			out = append(out, edge{from: begin(i - 1), to: begin(i + 1), word: w, cost: spaceSlip})
		}
	}
	l.look(ctx, out)
	l.edges = append(l.edges, slices.DeleteFunc(out, func(e edge) bool { return l.known[e.word] == 0 })...)
}

// corrections compares the likeliest path with what was typed.
func (l *lattice) corrections(ctx context.Context) ([]Correction, error) {
	if err := l.count(ctx); err != nil {
		return nil, err
	}
	slices.SortStableFunc(l.edges, func(a, b edge) int { return a.from - b.from })
	best, top := l.best(func(edge) bool { return false })
	typed, said := l.best(func(e edge) bool { return !e.typed })
	if len(best) == 0 || len(typed) == 0 || top-said < sure {
		return nil, nil
	}
	var out []Correction
	for i := 0; i < len(best); i++ {
		e := best[i]
		if e.typed {
			continue
		}
		k, text := i, vi.Printed(e.word.Text)
		for best[k].to != begin(best[k].to>>8) {
			k++
			text += " " + vi.Printed(best[k].word.Text)
		}
		_, other := l.best(func(o edge) bool { return o == e })
		if top-other >= apart && l.evident(best, i, k) {
			out = append(out, Correction{From: e.from >> 8, To: best[k].to >> 8, Text: text})
		}
		i = k
	}
	return out, nil
}

// evident tells whether a neighbour speaks for the edges i to k of a path, where
// they have one.
func (l *lattice) evident(path []edge, i, k int) bool {
	alone := true
	for j := i; j <= k+1 && j < len(path); j++ {
		if j > 0 && l.joined(path[j]) {
			alone = false
			if l.beside[[2]Word{path[j-1].word, path[j].word}] > 0 {
				return true
			}
		}
	}
	return alone
}

// best is the likeliest path without some edges, nil where there is none, and
// the logarithm of its likelihood. Edges are in order of where they begin.
func (l *lattice) best(without func(edge) bool) ([]edge, float64) {
	score := make([]float64, len(l.edges))
	before := make([]int, len(l.edges))
	for i := range l.edges {
		score[i], before[i] = math.Inf(-1), -1
	}
	from := l.byBeginning()
	for _, i := range from[0] {
		if !without(l.edges[i]) {
			score[i] = l.likelihood(nil, l.edges[i])
		}
	}
	last, top := -1, math.Inf(-1)
	for i, a := range l.edges {
		if math.IsInf(score[i], -1) {
			continue
		}
		if a.to == begin(len(l.words)) && score[i] > top {
			last, top = i, score[i]
		}
		for _, j := range from[a.to] {
			if b := l.edges[j]; !without(b) {
				if s := score[i] + l.likelihood(&a, b); s > score[j] {
					score[j], before[j] = s, i
				}
			}
		}
	}
	var path []edge
	for i := last; i >= 0; i = before[i] {
		path = append(path, l.edges[i])
	}
	slices.Reverse(path)
	return path, top
}

// likelihood is how likely b is meant after a, nil for the beginning.
func (l *lattice) likelihood(a *edge, b edge) float64 {
	chance := max(unheard, float64(l.known[b.word])) / (perBulletin * float64(max(1, l.live)))
	if a != nil && l.joined(b) {
		has := float64(l.known[a.word])
		pair := min(float64(l.beside[[2]Word{a.word, b.word}]), has)
		chance = (pair + pairWeight*chance) / (has + pairWeight)
	}
	return math.Log(chance) - b.cost
}
