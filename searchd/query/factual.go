package query

import (
	"strings"

	"bantin/bulletin/cite"
	"bantin/indexer/index"
)

// factual lets the names of provinces, quarters and document numbers in n also
// mean bulletins of that province or quarter, or that cite that document,
// and tells whether there were any.
func factual(n index.Node) (index.Node, bool) {
	nodes := conjuncts(n)
	var out index.And
	changed := false
	for i := 0; i < len(nodes); {
		if slug, length := provinceAt(nodes[i:]); length > 0 {
			words := node(append(index.And{}, nodes[i:i+length]...))
			out = append(out, orFact(words, index.Province, slug))
			changed, i = true, i+length
			continue
		}
		wider, c := factOf(nodes[i])
		out = append(out, wider)
		changed, i = changed || c, i+1
	}
	return node(out), changed
}

// factOf widens one document number or quarter.
func factOf(n index.Node) (index.Node, bool) {
	switch n := n.(type) {
	case index.Key:
		c, ok := cite.ParseLabel(n.Text)
		if !ok || n.Field != index.AnyField || moment.MatchString(n.Text) {
			return n, false
		}
		return orFact(n, index.Cites, c.Stem()), true
	case index.Or:
		if value, ok := quarterOfNode(n); ok {
			return orFact(n, index.Quarter, value), true
		}
	}
	return n, false
}

// quarterOfNode is the facet's value of a quarter as reader.keyed reads it.
func quarterOfNode(n index.Or) (string, bool) {
	if !n.Best || len(n.Children) == 0 {
		return "", false
	}
	k, ok := n.Children[0].(index.Key)
	if !ok || k.Field != index.AnyField || !strings.HasPrefix(k.Text, "q") || !moment.MatchString(k.Text) {
		return "", false
	}
	return k.Text[1:5] + "-Q" + k.Text[6:], true
}

func orFact(n index.Node, f index.Field, value string) index.Node {
	return index.Or{Children: []index.Node{n, index.Term{Field: f, Value: value}}, Min: 1, Best: true}
}

// isFact tells whether n names a document, or is widened by a fact.
func isFact(n index.Node) bool {
	switch n := n.(type) {
	case index.Key:
		return true
	case index.Or:
		if len(n.Children) == 0 {
			return false
		}
		_, ok := n.Children[len(n.Children)-1].(index.Term)
		return ok && n.Best
	}
	return false
}

// provinceAt returns the province that nodes begin to name, the longest name
// first, and how many of them do. A name of one word counts only with its
// accents.
func provinceAt(nodes []index.Node) (slug string, length int) {
	for _, name := range provinceNames {
		if len(name.words) <= length || len(name.words) > len(nodes) {
			continue
		}
		all := true
		for i, w := range name.words {
			typed, ok := nodes[i].(index.Word)
			want := w.Fold
			if typed.Accented {
				want = w.Syl
			}
			if !ok || typed.Field != index.AnyField || typed.Text != want || len(name.words) == 1 && !typed.Accented {
				all = false
				break
			}
		}
		if all {
			slug, length = name.slug, len(name.words)
		}
	}
	return slug, length
}
