package query

import (
	"strings"

	"bantin/bulletin/cite"
	"bantin/indexer/index"
)

// factScore is what a fact that was named adds to a score: more than its words
// do, so that a bulletin of Lào Cai stands before one that mentions it.
const factScore = 20

// factual lets the names of provinces, quarters and document numbers in n also
// mean bulletins of that province or quarter, or that cite that document. A
// province's words have to stand together.
func factual(n index.Node) index.Node {
	nodes := conjuncts(n)
	var out index.And
	for i := 0; i < len(nodes); {
		if slug, length := provinceAt(nodes[i:]); length > 0 {
			out = append(out, orFact(together(nodes[i:i+length]), index.Province, slug))
			i += length
			continue
		}
		out = append(out, factOf(nodes[i]))
		i++
	}
	return node(out)
}

func conjuncts(n index.Node) []index.Node {
	switch n := n.(type) {
	case nil:
		return nil
	case index.And:
		return n
	}
	return []index.Node{n}
}

// together asks for words next to each other.
func together(words []index.Node) index.Node {
	if len(words) == 1 {
		return words[0]
	}
	out := index.Phrase{}
	for _, w := range words {
		out.Words = append(out.Words, w.(index.Word))
	}
	return out
}

// factOf widens one document number or quarter.
func factOf(n index.Node) index.Node {
	switch n := n.(type) {
	case index.Key:
		c, ok := cite.ParseLabel(n.Text)
		if ok && n.Field == index.AnyField && !moment.MatchString(n.Text) {
			return orFact(n, index.Cites, c.Stem())
		}
	case index.Or:
		if value, ok := quarterOfNode(n); ok {
			return orFact(n, index.Quarter, value)
		}
	}
	return n
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
	return index.Or{Children: []index.Node{n, index.Term{Field: f, Value: value, Score: factScore}}, Min: 1, Best: true}
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
