package bleveindex

import (
	"math/rand/v2"

	"bantin/analyzers/vi"
	"bantin/indexer/index"
	"bantin/indexer/index/indextest"
)

// asked makes random queries of each class out of the bulletins' own words.
type asked struct {
	g *indextest.Generator
	n int
	*rand.Rand
}

// run returns n neighbouring words of some bulletin within one phrase.
func (a asked) run(n int, accented bool) []index.Word {
	for {
		b := a.g.Bulletin(a.IntN(a.n))
		s := vi.Analyze(b.Body)
		tokens := s.Fold
		if accented {
			tokens = s.Syl
		}
		at := a.IntN(max(1, len(tokens)-n))
		var out []index.Word
		for _, t := range tokens[at:min(len(tokens), at+n)] {
			if t.Kind == vi.First && t.Pos == tokens[at].Pos+len(out) {
				out = append(out, index.Word{Text: t.Text, Accented: accented})
			}
		}
		if len(out) == n {
			return out
		}
	}
}

func (a asked) and(n int, accented bool) index.And {
	var all index.And
	for _, w := range a.run(n, accented) {
		all = append(all, w)
	}
	return all
}

// classes are the kinds of query that are measured.
func (a asked) classes() []class {
	official := index.Phrase{}
	for _, t := range vi.Analyze("Mặt trận Tổ quốc Việt Nam").Syl {
		official.Words = append(official.Words, index.Word{Text: t.Text, Accented: true})
	}
	return []class{
		{"everything", func() index.Query { return index.Query{} }},
		{"word", func() index.Query { return index.Query{Root: a.and(1, true)} }},
		{"word-folded", func() index.Query { return index.Query{Root: a.and(1, false)} }},
		{"words-2", func() index.Query { return index.Query{Root: a.and(2, true)} }},
		{"words-3", func() index.Query { return index.Query{Root: a.and(3, true)} }},
		{"words-3-folded", func() index.Query { return index.Query{Root: a.and(3, false)} }},
		{"words-6", func() index.Query { return index.Query{Root: a.and(6, true)} }},
		{"common-2", func() index.Query {
			return index.Query{Root: index.And{index.Word{Text: "hoi"}, index.Word{Text: "nghi"}}}
		}},
		{"or-4", func() index.Query {
			return index.Query{Root: index.Or{Children: a.and(4, true)}}
		}},
		{"most-of-6", func() index.Query {
			return index.Query{Root: index.Or{Children: a.and(6, false), Min: 4}}
		}},
		{"not", func() index.Query {
			return index.Query{Root: append(a.and(2, true), index.Not{Child: a.and(1, true)[0]})}
		}},
		{"phrase-2", func() index.Query { return index.Query{Root: index.Phrase{Words: a.run(2, true)}} }},
		{"phrase-4", func() index.Query { return index.Query{Root: index.Phrase{Words: a.run(4, true)}} }},
		{"phrase-4-folded", func() index.Query { return index.Query{Root: index.Phrase{Words: a.run(4, false)}} }},
		{"phrase-official", func() index.Query { return index.Query{Root: official} }},
		{"prefix", func() index.Query {
			w := a.run(1, false)[0]
			return index.Query{Root: index.And{index.Prefix{Text: w.Text[:min(len(w.Text), 3)]}, a.and(1, true)[0]}}
		}},
		{"filtered", func() index.Query {
			return index.Query{Root: a.and(2, true), Filters: map[index.Field][]string{
				index.Province: {"tuyen-quang", "ha-noi"}, index.Year: {"2020", "2021"},
			}}
		}},
		{"newest", func() index.Query { return index.Query{Root: a.and(2, true), Sort: index.Newest} }},
	}
}

type class struct {
	name string
	ask  func() index.Query
}
