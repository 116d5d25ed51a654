package index

import "bantin/analyzers/vi"

// Stream names one of the token streams of a text, see vi.Streams.
type Stream string

// The streams that are scored.
const (
	Syl         Stream = "syl"
	Fold        Stream = "fold"
	Bigrams     Stream = "bi"  // two neighbours of Syl and a space between
	FoldBigrams Stream = "fbi" // two neighbours of Fold and a space between
	Keys        Stream = "key"
)

// Scoring is how the matches of a query are scored, by the letter of Weights:
// a node with a Term scores that, any other adds Constant and the scores of its
// children, or of these the best alone.
type Scoring struct {
	Term     *ScoredTerm
	Constant float64
	Children []*Scoring
	Best     bool
	Guard    Node // it scores only where this matches; nil for everywhere
}

// ScoredTerm scores Weight · BM25 of one token in one field.
type ScoredTerm struct {
	Stream Stream
	Field  TextField // not AnyField
	Text   string
	Weight float64 // more than 0, with the boost of the field
}

// Scoring returns how the matches of n are scored, nil when n scores nothing.
func (w Weights) Scoring(n Node) *Scoring {
	switch n := n.(type) {
	case Word:
		return w.word(n)
	case Key:
		return sum(w.terms(Keys, n.Text, n.Field, w.Key))
	case Term:
		if n.Score > 0 {
			return &Scoring{Constant: n.Score, Guard: n}
		}
	case Phrase:
		words := make([]Node, len(n.Words))
		for i, word := range n.Words {
			word.Field = n.Field
			words[i] = word
		}
		return w.and(words)
	case And:
		return w.and(n)
	case Or:
		return w.or(n)
	}
	return nil
}

// sum adds up what is not nil.
func sum(children []*Scoring) *Scoring {
	var kept []*Scoring
	for _, c := range children {
		if c != nil {
			kept = append(kept, c)
		}
	}
	switch len(kept) {
	case 0:
		return nil
	case 1:
		return kept[0]
	}
	return &Scoring{Children: kept}
}

func (w Weights) word(n Word) *Scoring {
	own := Fold
	if n.Accented {
		own = Syl
	}
	all := w.terms(own, n.Text, n.Field, w.Word)
	if n.Accented {
		all = append(all, w.terms(Fold, vi.Fold(n.Text), n.Field, w.Fold)...)
	}
	return sum(all)
}

// and adds up the children and the bigrams of neighbouring words.
func (w Weights) and(children []Node) *Scoring {
	var all []*Scoring
	for _, c := range children {
		all = append(all, w.Scoring(c))
	}
	return sum(append(all, w.pairs(children)...))
}

// pairs scores the bigrams of neighbouring words.
func (w Weights) pairs(children []Node) []*Scoring {
	var all []*Scoring
	for i := 0; i+1 < len(children); i++ {
		a, ok := children[i].(Word)
		if !ok {
			continue
		}
		b, ok := children[i+1].(Word)
		if !ok || a.Field != b.Field {
			continue
		}
		in, text := FoldBigrams, folded(a)+" "+folded(b)
		if a.Accented && b.Accented {
			in, text = Bigrams, a.Text+" "+b.Text
		}
		all = append(all, w.terms(in, text, a.Field, w.Bigram)...)
	}
	return all
}

func folded(w Word) string {
	if w.Accented {
		return vi.Fold(w.Text)
	}
	return w.Text
}

func (w Weights) or(n Or) *Scoring {
	out := &Scoring{Best: n.Best}
	for _, c := range n.Children {
		s := w.Scoring(c)
		if s == nil {
			continue
		}
		if !w.plain(c) {
			s = &Scoring{Children: []*Scoring{s}, Guard: c}
		}
		out.Children = append(out.Children, s)
	}
	if len(out.Children) == 0 {
		return nil
	}
	if (n.Min > 1 || n.Weights != nil) && !n.Best {
		out.Children = append(out.Children, w.pairs(n.Children)...)
	}
	return out
}

// plain tells whether a child scores only where it matches as it is: where it
// does not match there is no frequency.
func (w Weights) plain(n Node) bool {
	switch n := n.(type) {
	case Key, Term:
		return true
	case Word:
		return !n.Accented || w.Fold == 0
	}
	return false
}

// terms returns the token in each field that where names.
func (w Weights) terms(s Stream, text string, where TextField, weight float64) []*Scoring {
	var out []*Scoring
	for _, f := range TextFields {
		boosted := weight
		switch f {
		case Title:
			boosted *= w.Title
		case Scanned:
			boosted *= w.Scan
		}
		if boosted != 0 && where.In(f) {
			out = append(out, &Scoring{Term: &ScoredTerm{s, f, text, boosted}})
		}
	}
	return out
}

// Constants are those of a term's score as a function of its frequency tf and
// the length of the field: Weight · tf / (tf + K + PerLength·length).
type Constants struct{ Weight, K, PerLength float64 }

// Constants returns what a term of some weight scores by when df of n documents
// that have the field hold it and the field has an average length.
func (p BM25) Constants(weight float64, n, df int, average float64) Constants {
	return Constants{weight * p.IDF(n, df) * (p.K1 + 1), p.K1 * (1 - p.B), p.K1 * p.B / average}
}
