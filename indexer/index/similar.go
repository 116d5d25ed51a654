package index

import (
	"cmp"
	"context"
	"slices"

	"bantin/analyzers/vi"
)

// similarTerms is how many of a bulletin's words stand for it in alike.
const similarTerms = 24

// Alike is what every engine does for Similar.
func Alike(ctx context.Context, ix Index, id string, n int) ([]Hit, error) {
	d, err := ix.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	q, err := alike(ctx, ix, d)
	if err != nil || q == nil {
		return nil, err
	}
	res, err := ix.Search(ctx, Query{Root: q, Size: n})
	return res.Hits, err
}

// alike returns the query for bulletins like d, its own group and meeting left
// out: the words that tell it apart, at least a quarter of them; nil when it has
// none that others have too.
func alike(ctx context.Context, ix Index, d Document) (Node, error) {
	tfs := subject(d)
	var words []string
	asked := []Node{nil} // all live bulletins
	for w := range tfs {
		words = append(words, w)
		asked = append(asked, Word{Text: w, Accented: true, Field: Body})
	}
	dfs, err := ix.Counts(ctx, asked)
	if err != nil {
		return nil, err
	}
	live, dfs := dfs[0], dfs[1:]
	values := map[string]float64{}
	for i, w := range words {
		if dfs[i] > 1 {
			values[w] = tfs[w] * DefaultBM25.IDF(live, dfs[i])
		}
	}
	words = slices.DeleteFunc(words, func(w string) bool { return values[w] == 0 })
	slices.SortFunc(words, func(a, b string) int {
		return cmp.Or(cmp.Compare(values[b], values[a]), cmp.Compare(a, b))
	})
	var telling []Node
	for _, w := range words[:min(len(words), similarTerms)] {
		telling = append(telling, Word{Text: w, Accented: true})
	}
	if len(telling) == 0 {
		return nil, nil
	}
	like := And{
		Or{Children: telling, Min: max(1, len(telling)/4)},
		Not{Child: Term{Field: Group, Value: d.Group}},
	}
	if d.Meeting != "" {
		like = append(like, Not{Child: Term{Field: Meeting, Value: d.Meeting}})
	}
	return like, nil
}

// subject counts the words of a bulletin by how much they say what it is about:
// a title is about nothing else, the lead about little else, while the text
// goes on to details.
func subject(d Document) map[string]float64 {
	const ofTitle, ofLead, ofBody = 4, 2, 1
	out := map[string]float64{}
	for _, part := range []struct {
		text   string
		weight float64
	}{{d.Title, ofTitle}, {d.Lead, ofLead}, {d.Body, ofBody}} {
		tfs := map[string]int{}
		for _, t := range vi.AnalyzeOnly(part.text, vi.WantSyl).Syl {
			if t.Kind != vi.Part {
				tfs[t.Text]++
			}
		}
		for word, tf := range tfs {
			out[word] += part.weight * DefaultBM25.TF(float64(tf), 1, 1)
		}
	}
	return out
}
