package query

import (
	"slices"

	"bantin/analyzers/vi"
	"bantin/indexer/index"
)

// Steps of relaxation, strictest first.
const (
	StepFacts     = "facts"      // a province, quarter or document also by what is known of the bulletin
	StepAccents   = "accents"    // every word with any accents
	StepMostWords = "most-words" // most of the words, as typed and then with any accents
)

// relax returns wider readings of root for when it finds nothing.
func relax(root index.Node) []index.Relaxation {
	if root == nil {
		return nil
	}
	var out []index.Relaxation
	readings := []index.Node{root}
	if wider, changed := factual(root); changed {
		out = append(out, index.Relaxation{Step: StepFacts, Root: wider})
		readings[0] = wider
	}
	if plain, changed := unaccented(readings[0]); changed {
		out = append(out, index.Relaxation{Step: StepAccents, Root: plain})
		readings = append(readings, plain)
	}
	for _, most := range []func(index.Node) index.Node{surely, mostWords} {
		for _, n := range readings {
			if wider := most(n); wider != nil {
				out = append(out, index.Relaxation{Step: StepMostWords, Root: wider})
			}
		}
	}
	return out
}

// unaccented lets every word of n mean any accents, and tells whether one
// meant less before. What is excluded stays excluded as it was typed.
func unaccented(n index.Node) (index.Node, bool) {
	switch n := n.(type) {
	case index.Word:
		return index.Word{Text: vi.Fold(n.Text), Field: n.Field}, n.Accented
	case index.Prefix:
		return index.Prefix{Text: vi.Fold(n.Text), Field: n.Field}, n.Accented
	case index.Phrase:
		out := index.Phrase{Field: n.Field, Words: slices.Clone(n.Words)}
		changed := false
		for i, w := range out.Words {
			changed = changed || w.Accented
			out.Words[i] = index.Word{Text: vi.Fold(w.Text)}
		}
		return out, changed
	case index.And:
		children, changed := eachUnaccented(n)
		return index.And(children), changed
	case index.Or:
		children, changed := eachUnaccented(n.Children)
		return index.Or{Children: children, Min: n.Min, Best: n.Best}, changed
	}
	return n, false
}

func eachUnaccented(nodes []index.Node) ([]index.Node, bool) {
	out := make([]index.Node, len(nodes))
	changed := false
	for i, n := range nodes {
		var c bool
		out[i], c = unaccented(n)
		changed = changed || c
	}
	return out, changed
}

// surely asks for the provinces, quarters and documents of a conjunction and a
// third of its other parts: what names a fact says more than any word. It is
// nil where there is none or nothing to leave out.
func surely(root index.Node) index.Node {
	required, optional := parted(root)
	var sure index.And
	var words []index.Node
	for _, n := range optional {
		if isFact(n) {
			sure = append(sure, n)
		} else {
			words = append(words, n)
		}
	}
	if len(sure) == 0 || len(words) < 2 {
		return nil
	}
	required = append(required, sure...)
	return append(required, index.Or{Children: words, Min: max(1, len(words)/3)})
}

// mostWords asks for enough of the parts of a conjunction, phrases as their
// words; what is excluded or filtered stays required. It is nil where
// there is nothing to leave out.
func mostWords(root index.Node) index.Node {
	required, optional := parted(root)
	if len(optional) < 2 {
		return nil
	}
	return node(append(required, index.Or{Children: optional, Min: enough(len(optional))}))
}

// parted parts what stays required from what may be left out.
func parted(root index.Node) (required index.And, optional []index.Node) {
	for _, n := range conjuncts(root) {
		switch n := n.(type) {
		case index.Not, index.Term:
			required = append(required, n)
		case index.Phrase:
			for _, w := range n.Words {
				w.Field = n.Field
				optional = append(optional, w)
			}
		default:
			optional = append(optional, n)
		}
	}
	return required, optional
}

func conjuncts(n index.Node) []index.Node {
	if all, ok := n.(index.And); ok {
		return all
	}
	return []index.Node{n}
}

// enough is how many of n words must match: all but one of a few, a quarter of
// a whole question, where the ranking sees to the rest.
func enough(n int) int {
	if n <= 4 {
		return n - 1
	}
	return max(2, n/4)
}
