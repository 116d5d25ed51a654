package index

import (
	"slices"
	"strings"

	"bantin/analyzers/vi"
)

// parts are those of a conjunction.
type parts struct {
	always   And    // filters and what is excluded: part of every reading
	required And    // numbers, facts, phrases and whatever an operator or a field was typed for
	words    []Node // words, or what stands for one
}

func partsOf(root Node) parts {
	var p parts
	for _, n := range conjuncts(root) {
		switch {
		case n == nil:
		case filters(n):
			p.always = append(p.always, n)
		case plain(n):
			p.words = append(p.words, n)
		default:
			p.required = append(p.required, n)
		}
	}
	return p
}

func conjuncts(n Node) []Node {
	if all, ok := n.(And); ok {
		return all
	}
	return []Node{n}
}

// filters tells whether n only leaves out.
func filters(n Node) bool {
	switch n := n.(type) {
	case Not, Term:
		return true
	case Or:
		return len(n.Children) > 0 && !slices.ContainsFunc(n.Children, func(c Node) bool { return !filters(c) })
	}
	return false
}

// plain tells whether n is a word anywhere, or a word with its synonyms.
func plain(n Node) bool {
	switch n := n.(type) {
	case Word:
		return n.Field == AnyField
	case Or:
		return n.Best && !slices.ContainsFunc(n.Children, func(c Node) bool { return !synonym(c) })
	}
	return false
}

func synonym(n Node) bool {
	switch n := n.(type) {
	case Word:
		return n.Field == AnyField
	case Phrase:
		return n.Field == AnyField
	case And:
		return !slices.ContainsFunc(n, func(c Node) bool { return !synonym(c) })
	}
	return false
}

// textOf writes a part of a query as its first form.
func textOf(n Node) string {
	switch n := n.(type) {
	case Word:
		return n.Text
	case Prefix:
		return n.Text + "*"
	case Key:
		return n.Text
	case Term:
		return n.Value
	case Phrase:
		return textsOf(n.Words)
	case And:
		return textsOf(n)
	case Or:
		if len(n.Children) > 0 {
			return textOf(n.Children[0])
		}
	}
	return ""
}

func textsOf[N Node](nodes []N) string {
	texts := make([]string, len(nodes))
	for i, n := range nodes {
		texts[i] = textOf(n)
	}
	return strings.Join(texts, " ")
}

// Size counts what n asks for.
func Size(n Node) int {
	switch n := n.(type) {
	case nil, Not:
		return 0
	case And:
	case Or:
		if n.Best && len(n.Children) > 0 {
			return Size(n.Children[0])
		}
	case Phrase:
		return len(n.Words)
	default:
		return 1
	}
	total := 0
	for _, c := range Children(n) {
		total += Size(c)
	}
	return total
}

// unaccented lets every word of n mean any accents, and tells whether one
// meant less before. What is excluded stays excluded as it was typed.
func unaccented(n Node) (Node, bool) {
	switch n := n.(type) {
	case Word:
		return Word{Text: vi.Fold(n.Text), Field: n.Field}, n.Accented
	case Prefix:
		return Prefix{Text: vi.Fold(n.Text), Field: n.Field}, n.Accented
	case Phrase:
		out := Phrase{Field: n.Field, Words: slices.Clone(n.Words)}
		changed := false
		for i, w := range out.Words {
			changed = changed || w.Accented
			out.Words[i] = Word{Text: vi.Fold(w.Text)}
		}
		return out, changed
	case And:
		children, changed := eachUnaccented(n)
		return And(children), changed
	case Or:
		children, changed := eachUnaccented(n.Children)
		n.Children = children
		return n, changed
	}
	return n, false
}

func eachUnaccented(nodes []Node) ([]Node, bool) {
	out := make([]Node, len(nodes))
	changed := false
	for i, n := range nodes {
		var c bool
		out[i], c = unaccented(n)
		changed = changed || c
	}
	return out, changed
}
