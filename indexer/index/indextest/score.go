package indextest

import (
	"slices"

	"bantin/analyzers/vi"
	"bantin/indexer/index"
)

// scorer returns the score of a bulletin for a node by the letter of
// index.Weights, nil when the node scores nothing in any bulletin.
func (o *oracle) scorer(n index.Node) func(*analysed) float64 {
	switch n := n.(type) {
	case index.Word:
		return o.word(n)
	case index.Key:
		return o.term(func(s streams) counted { return s.key }, n.Text, n.Field, o.weights.Key)
	case index.Term:
		if n.Score > 0 {
			return func(d *analysed) float64 {
				if has(d, n.Field, n.Value) {
					return n.Score
				}
				return 0
			}
		}
	case index.Phrase:
		words := make([]index.Node, len(n.Words))
		for i, w := range n.Words {
			w.Field = n.Field
			words[i] = w
		}
		return o.all(words)
	case index.And:
		return o.all(n)
	case index.Or:
		return o.some(n)
	}
	return nil
}

func sum(parts ...func(*analysed) float64) func(*analysed) float64 {
	parts = slices.DeleteFunc(parts, func(f func(*analysed) float64) bool { return f == nil })
	if len(parts) == 0 {
		return nil
	}
	return func(d *analysed) float64 {
		total := 0.0
		for _, f := range parts {
			total += f(d)
		}
		return total
	}
}

func (o *oracle) word(w index.Word) func(*analysed) float64 {
	own := o.term(func(s streams) counted { return s.words(w.Accented) }, w.Text, w.Field, o.weights.Word)
	if !w.Accented {
		return own
	}
	return sum(own, o.term(func(s streams) counted { return s.fold }, vi.Fold(w.Text), w.Field, o.weights.Fold))
}

func (o *oracle) all(children []index.Node) func(*analysed) float64 {
	var parts []func(*analysed) float64
	for _, c := range children {
		parts = append(parts, o.scorer(c))
	}
	return sum(append(parts, o.pairs(children)...)...)
}

// pairs scores the neighbouring words.
func (o *oracle) pairs(children []index.Node) (parts []func(*analysed) float64) {
	for i, c := range children {
		a, ok := c.(index.Word)
		if !ok || i+1 == len(children) {
			continue
		}
		if b, ok := children[i+1].(index.Word); ok && a.Field == b.Field {
			stream, pair := func(s streams) counted { return s.fbi }, vi.Fold(a.Text)+" "+vi.Fold(b.Text)
			if a.Accented && b.Accented {
				stream, pair = func(s streams) counted { return s.bi }, a.Text+" "+b.Text
			}
			parts = append(parts, o.term(stream, pair, a.Field, o.weights.Bigram))
		}
	}
	return parts
}

func (o *oracle) some(n index.Or) func(*analysed) float64 {
	type child struct {
		node  index.Node
		score func(*analysed) float64
	}
	var children []child
	for _, c := range n.Children {
		if f := o.scorer(c); f != nil {
			children = append(children, child{c, f})
		}
	}
	if len(children) == 0 {
		return nil
	}
	var pairs func(*analysed) float64
	if (n.Min > 1 || n.Weights != nil) && !n.Best {
		pairs = sum(o.pairs(n.Children)...)
	}
	return func(d *analysed) float64 {
		total := 0.0
		if pairs != nil {
			total = pairs(d)
		}
		for _, c := range children {
			if !o.matches(d, c.node) {
				continue
			}
			if s := c.score(d); n.Best {
				total = max(total, s)
			} else {
				total += s
			}
		}
		return total
	}
}

// term is textbook BM25 over the fields, counted out of all bulletins.
func (o *oracle) term(stream func(streams) counted, text string, where index.TextField, weight float64) func(*analysed) float64 {
	var parts []func(*analysed) float64
	for _, f := range fieldsOf(where) {
		n, df, total := 0, 0, 0
		for _, d := range o.docs {
			c := stream(d.fields[f])
			if c.length == 0 {
				continue
			}
			n++
			total += c.length
			if c.tf[text] > 0 {
				df++
			}
		}
		if df == 0 || weight == 0 {
			continue
		}
		boost := weight
		switch f {
		case index.Title:
			boost *= o.weights.Title
		case index.Scanned:
			boost *= o.weights.Scan
		}
		if boost == 0 {
			continue
		}
		bm, average := index.DefaultBM25, float64(total)/float64(n)
		parts = append(parts, func(d *analysed) float64 {
			c := stream(d.fields[f])
			return boost * bm.IDF(n, df) * bm.TF(float64(c.tf[text]), float64(c.length), average)
		})
	}
	return sum(parts...)
}
