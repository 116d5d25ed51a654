package index

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"bantin/analyzers/spelling"
	"bantin/analyzers/vi"
)

// TypedWord is one word of a question, for Correct.
type TypedWord struct {
	Word
	Fixed bool // it is a name, or otherwise as it should be: a neighbour alone
	After bool // it stands behind the word before it with a space between
}

// Correction spells the words From to To, the last left out, in another way.
type Correction struct {
	From, To int
	Text     string
}

// Bounds of correcting.
const (
	mostChecked   = 24 // words of a question
	mostDoubted   = 2  // of them, words for which other spellings are looked up
	mostSpellings = 16 // of each that are judged by their neighbours
	mostPieces    = 24 // letters of a word that may be several

	longestCorrected = 40 // letters
)

// What speaks for and against a spelling, in natural logarithms.
const (
	pairWeight  = 50   // how many bulletins a word must have for its neighbours to be believed
	perBulletin = 150  // different words of a bulletin
	unheard     = 0.01 // how many bulletins a word has that none has
	dear        = 6.5  // what a spelling may cost, or two side by side
	dearer      = 8.5  // the same of a long word that no bulletin has
	cheapest    = 2    // no spelling costs less
	realWord    = 0.7  // more to pay for what takes the place of a syllable that there is
	spaceSlip   = 2.5  // a space missing or too many
	nextSpace   = 0.5  // a further one missing, as whoever leaves out one leaves out all
	sure        = 1.5  // by how much another spelling must be likelier than what was typed
	apart       = 0.5  // and than any third
)

// Correct returns the words that surely should be spelled otherwise, in order.
// Spellings come from the vocabulary and are judged by how often they stand
// beside their neighbours, against what was typed (the noisy channel model:
// Kernighan, Church, Gale: A Spelling Correction Program Based on a Noisy Channel
// Model, 1990).
func Correct(ctx context.Context, ix Index, words []TypedWord) ([]Correction, error) {
	words = words[:min(len(words), mostChecked)]
	if len(words) == 0 {
		return nil, nil
	}
	l := lattice{ix: ix, words: words, known: map[Word]int{}, beside: map[[2]Word]int{}}
	l.accented = slices.ContainsFunc(words, func(w TypedWord) bool { return w.Accented })
	doubted, err := l.doubted(ctx)
	if err != nil || len(doubted) == 0 {
		return nil, err
	}
	for _, i := range doubted {
		if err := l.spellings(ctx, i); err != nil {
			return nil, err
		}
	}
	l.join(ctx, doubted)
	return l.corrections(ctx)
}

// doubted are the words that no neighbour speaks for, those first for which
// least speaks.
func (l *lattice) doubted(ctx context.Context) ([]int, error) {
	typed := make([]edge, len(l.words))
	for i, w := range l.words {
		typed[i] = edge{from: begin(i), to: begin(i + 1), word: w.Word, typed: true}
	}
	l.edges = typed
	if err := l.count(ctx); err != nil {
		return nil, err
	}
	var out []int
	for i, w := range l.words {
		if !w.Fixed && letters(w.Text) {
			out = append(out, i)
		}
	}
	support := make([]int, len(l.words))
	for i := range l.words {
		support[i] = l.support(i)
	}
	out = slices.DeleteFunc(out, func(i int) bool { return support[i] >= l.enough() })
	slices.SortStableFunc(out, func(a, b int) int {
		return cmp.Or(cmp.Compare(support[a], support[b]), cmp.Compare(l.known[l.words[a].Word], l.known[l.words[b].Word]))
	})
	return out[:min(len(out), mostDoubted)], nil
}

// support is how many bulletins have a typed word beside a neighbour; of a word
// alone, how many have it.
func (l *lattice) support(i int) int {
	out, alone := 0, true
	for _, j := range []int{i, i + 1} {
		if j > 0 && j < len(l.words) && l.words[j].After {
			out, alone = max(out, l.beside[[2]Word{l.words[j-1].Word, l.words[j].Word}]), false
		}
	}
	if alone {
		return l.known[l.words[i].Word]
	}
	return out
}

// enough is the support of a word that is not doubted.
func (l *lattice) enough() int { return int(3 * max(1, math.Sqrt(float64(l.live)/1000))) }

// letters tells whether a word is one that can be misspelt.
func letters(word string) bool {
	return !strings.ContainsAny(word, "0123456789") || strings.IndexFunc(word, isLetter) == 0
}

func isLetter(r rune) bool { return r < '0' || r > '9' }

// spellings adds the other spellings of word i.
func (l *lattice) spellings(ctx context.Context, i int) error {
	w := l.words[i]
	n := utf8.RuneCountInString(w.Text)
	if n > longestCorrected || n < 2 {
		return nil
	}
	edits, dearest := 1, dear
	if n > 4 && l.known[w.Word] == 0 {
		edits, dearest = 2, dearer
	}
	cost := map[Word]float64{}
	add := func(text string, accented bool, c float64) {
		word := Word{Text: text, Accented: accented}
		if l.known[w.Word] >= few && syllable(w.Text) {
			c += realWord
		}
		if old, ok := cost[word]; c < dearest && (!ok || c < old) {
			cost[word] = c
		}
	}
	if key, ok := vi.Keyed(w.Text); ok {
		add(key, true, spelling.KeyedSlip)
	}
	// Among accented words one without accents lacks them.
	accented := w.Accented || l.accented
	near, err := l.ix.Near(ctx, Word{Text: w.Text, Accented: accented}, edits, l.known[w.Word] > 0, l.least())
	if err != nil {
		return err
	}
	for _, text := range near {
		add(text, accented, spelling.Slip(w.Text, text))
	}
	for _, s := range spelling.Confused(w.Text, accented) {
		add(s.Text, accented, s.Slip)
	}
	delete(cost, w.Word)
	delete(cost, Word{Text: w.Text, Accented: true})
	l.edges = append(l.edges, l.likely(ctx, i, cost)...)
	l.split(ctx, i)
	return l.err
}

// least is how many bulletins must have a word that is meant by a question of one
// word that some have.
func (l *lattice) least() int {
	if len(l.words) > 1 {
		return 1
	}
	return max(1, int(float64(l.known[l.words[0].Word])*math.Exp(sure+cheapest)))
}

// likely are the spellings that speak most for themselves.
func (l *lattice) likely(ctx context.Context, i int, cost map[Word]float64) []edge {
	var out []edge
	for w, c := range cost {
		out = append(out, edge{from: begin(i), to: begin(i + 1), word: w, cost: c})
	}
	slices.SortFunc(out, func(a, b edge) int {
		return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(a.word.Text, b.word.Text))
	})
	l.look(ctx, out)
	out = slices.DeleteFunc(out, func(e edge) bool { return l.known[e.word] == 0 })
	slices.SortStableFunc(out, func(a, b edge) int { return cmp.Compare(l.alone(b), l.alone(a)) })
	most := mostSpellings
	if !l.accented { // pairs of which are slow to count
		most /= 2
	}
	return out[:min(len(out), most)]
}

// alone is what speaks for an edge without its neighbours.
func (l *lattice) alone(e edge) float64 {
	return math.Log(max(unheard, float64(l.known[e.word]))) - e.cost
}
