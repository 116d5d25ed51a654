package index

import (
	"context"
	"math"
	"slices"
)

// Steps of relaxation, strictest first: how a query that nothing matches as it
// stands is read instead.
const (
	StepAccents  = "accents"          // every word with any accents, where one is nowhere as typed
	StepSomeWord = "some-words"       // a quarter of the words by their weight
	StepAnyWord  = "any-word"         // anything that was asked for
	StepAnything = "any-word-accents" // the same with any accents
)

// Bounds of reading.
const (
	fewWords   = 4    // up to here a list has all words, and accents may be let go
	MostWords  = 64   // parts of a query that count, the rarest
	mostNodes  = 120  // that may stand for them: half of what an engine takes, for a reading may repeat some
	mostLooked = 1000 // of which their rarity is looked up
	mostRanked = 1000 // hits of a list that may lack words
	share      = 8    // one in so many words by weight must be there

	heaviest = 15 // weight of the rarest word
)

// Run answers q, whatever its length. Total and Facets are those of the strict
// reading, which asks for everything, or where that finds nothing of the next
// wider one that finds something. By relevance a question of more than four
// words is ranked over the wide reading: a quarter of its words by weight, with
// all else that it asks for; so its list may be longer than Total.
func Run(ctx context.Context, ix Index, q Query) (Result, error) {
	r := reader{ix: ix, query: q}
	if err := r.shorten(ctx); err != nil {
		return Result{}, err
	}
	r.parts = partsOf(r.query.Root)
	long := len(r.words) > fewWords && q.Sort != Newest && q.Sort != Oldest
	strict := r.query
	if long {
		strict.Size, strict.After = 0, ""
	}
	res, err := ix.Search(ctx, strict)
	res.Root, res.List = strict.Root, strict.Root
	switch {
	case err != nil:
		return res, err
	case res.Total == 0:
		return r.relax(ctx, res)
	case long:
		return r.rank(ctx, res)
	}
	return res, nil
}

// reader reads one query.
type reader struct {
	ix    Index
	query Query
	parts
}

// relax answers by the first wider reading that finds something.
func (r reader) relax(ctx context.Context, none Result) (Result, error) {
	for _, step := range r.wider() {
		root, err := step.read(ctx)
		if err != nil {
			return none, err
		}
		if root == nil {
			continue
		}
		q := r.query
		q.Root = root
		if step.name != StepAccents {
			q.Asked = r.asked()
		}
		res, err := r.ix.Search(ctx, q)
		if err != nil || res.Total > 0 {
			res.Root, res.List, res.Relaxed = root, root, step.name
			r.lacking(&res)
			return res, err
		}
	}
	return none, nil
}

// wider is a wider reading; read gives nil where it is not wider.
type wider struct {
	name string
	read func(context.Context) (Node, error)
}

func (r reader) wider() []wider {
	var out []wider
	bare, changed := unaccented(r.query.Root)
	if changed && Size(r.query.Root) <= fewWords {
		out = append(out, wider{StepAccents, func(ctx context.Context) (Node, error) { return r.otherAccents(ctx, bare) }})
	}
	out = append(out, wider{StepSomeWord, r.some})
	for _, n := range []Node{r.sure(), r.any()} {
		out = append(out, wider{StepAnyWord, func(context.Context) (Node, error) { return n, nil }})
	}
	if changed {
		plain := reader{parts: partsOf(bare)}
		out = append(out, wider{StepAnything, func(context.Context) (Node, error) { return plain.any(), nil }})
	}
	return out
}

// otherAccents is bare where some word is nowhere with the accents that it was
// typed with. Words that are all somewhere mean themselves: what holds all of
// them with other accents does so by chance.
func (r reader) otherAccents(ctx context.Context, bare Node) (Node, error) {
	counts, err := r.ix.Counts(ctx, r.words)
	if len(counts) > 0 && !slices.Contains(counts, 0) {
		return nil, err
	}
	return bare, err
}

// rank puts the list of the wide reading in place of that of the strict one.
func (r reader) rank(ctx context.Context, res Result) (Result, error) {
	wide, err := r.some(ctx)
	if err != nil || wide == nil {
		return res, err
	}
	q := r.query
	q.Root, q.Facets, q.Asked = wide, nil, r.asked()
	shown := 0
	if q.After != "" {
		c, err := ParseCursor(q.After, q.Sort)
		if err != nil {
			return res, err
		}
		shown = c.Shown
	}
	q.Size = max(0, min(q.Size, mostRanked-shown))
	list, err := r.ix.Search(ctx, q)
	res.List, res.Hits, res.Next = wide, list.Hits, list.Next
	if shown+len(list.Hits) >= mostRanked {
		res.Next = ""
	}
	res.Lacking = list.Total > res.Total
	r.lacking(&res)
	return res, err
}

// asked is what a hit may lack.
func (r reader) asked() []Node { return append(slices.Clone(r.words), r.required...) }

// lacking names what each hit lacks.
func (r reader) lacking(res *Result) {
	asked := r.asked()
	for i, h := range res.Hits {
		for _, n := range h.Lacks {
			if text := textOf(asked[n]); !slices.Contains(h.Missing, text) {
				h.Missing = append(h.Missing, text)
			}
		}
		res.Hits[i].Missing = h.Missing
	}
}

// some asks for a quarter of the words by weight and all else. Words that no
// bulletin has weigh nothing. It is nil where it would ask for nothing, or for
// what the strict reading asks.
func (r reader) some(ctx context.Context) (Node, error) {
	if len(r.words) == 0 {
		return nil, nil
	}
	counts, err := r.ix.Counts(ctx, append([]Node{nil}, r.words...))
	if err != nil {
		return nil, err
	}
	live, counts := counts[0], counts[1:]
	most := 0.0
	for _, n := range counts {
		if n > 0 {
			most = max(most, DefaultBM25.IDF(live, n))
		}
	}
	out, total := Or{}, 0
	for i, n := range counts {
		if n > 0 {
			w := max(1, int(math.Round(heaviest*DefaultBM25.IDF(live, n)/most)))
			out.Children, out.Weights = append(out.Children, r.words[i]), append(out.Weights, w)
			total += w
		}
	}
	out.Min = (total + share - 1) / share
	all := slices.Concat(r.always, r.required)
	if len(out.Children) > 0 {
		all = append(all, out)
	} else if len(r.required) == 0 {
		return nil, nil
	}
	return all, nil
}

// sure asks for numbers, facts and phrases alone; words score. It is nil where
// there is none of one or the other.
func (r reader) sure() Node {
	if len(r.required) == 0 || len(r.words) == 0 {
		return nil
	}
	sure := slices.Concat(r.always, r.required)
	more := append(slices.Clone(sure), Or{Children: r.words})
	return Or{Children: []Node{sure, more}, Best: true}
}

// any asks for anything of what was asked, phrases as their words.
func (r reader) any() Node {
	out := Or{Min: 1}
	for _, n := range r.required {
		if p, ok := n.(Phrase); ok {
			for _, w := range p.Words {
				w.Field = p.Field
				out.Children = append(out.Children, w)
			}
			continue
		}
		out.Children = append(out.Children, n)
	}
	out.Children = append(out.Children, r.words...)
	if len(out.Children) < 2 {
		return nil
	}
	if len(out.Children) > fewWords { // neighbours score
		out.Weights = slices.Repeat([]int{1}, len(out.Children))
	}
	return append(slices.Clone(r.always), out)
}
