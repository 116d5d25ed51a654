package answer

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"bantin/indexer/index"
	"bantin/searchd/query"

	"github.com/gin-gonic/gin"
)

// facetValues bounds the values of one facet on a page, the filtered ones aside:
// a century and a half of quarters, but not every document ever Cited.
const facetValues = 200

// Found is a search with what it found.
type Found struct {
	Params Params // as asked, or with the correction that is applied
	Typed  string // the text as it was asked
	Answered

	Understood []query.Understood // what of the text was read as a fact that the index knows
}

// Compile turns what a person asked for into what the index answers. Filters
// written in the text narrow those of the address.
func Compile(p Params) (query.Parsed, index.Query) {
	read := query.Parse
	if p.Verbatim {
		read = query.Verbatim
	}
	parsed := read(p.Text)
	q := parsed.Query()
	q.Filters, q.Sort, q.Size, q.After = maps.Clone(p.Filters), p.Sort, p.Size, p.After
	narrow(&q, parsed.Filters)
	from, to := p.Days()
	if from.After(q.From) {
		q.From = from
	}
	if !to.IsZero() && (q.To.IsZero() || to.Before(q.To)) {
		q.To = to
	}
	return parsed, q
}

// narrow adds filters to q. A field that q filters already must match both,
// so there the new values become part of what the text asks for.
func narrow(q *index.Query, filters map[index.Field][]string) {
	for _, f := range slices.Sorted(maps.Keys(filters)) {
		if len(q.Filters[f]) == 0 {
			q.Filters[f] = filters[f]
			continue
		}
		either := index.Or{}
		for _, v := range filters[f] {
			either.Children = append(either.Children, index.Term{Field: f, Value: v})
		}
		q.Root = both(q.Root, either)
	}
}

func both(a, b index.Node) index.Node {
	switch a := a.(type) {
	case nil:
		return b
	case index.And:
		return append(slices.Clone(a), b)
	}
	return index.And{a, b}
}

// Counting returns the search with nothing listed and every value of some
// facets counted, none when there are none.
func (p Params) Counting(fields ...index.Field) Params {
	p = p.Clone()
	p.Size, p.Counted = 0, counted{fields: append([]index.Field{}, fields...)}
	return p
}

// Reading is what the index was asked in the reading that was counted: for
// further questions about the same bulletins.
func (a Found) Reading() index.Query {
	q := a.Asked
	q.Root, q.Size, q.After, q.Facets, q.Snippets = a.Result.Root, 0, "", nil, false
	return q
}

// Bounds of the answers that are remembered while the index answers the same.
const (
	maxSearches    = 1000
	rememberedHits = 20 // an answer of more is not kept
)

// Search answers a search, relaxing it while nothing matches. Answers are
// shared: nobody changes them.
func (s *Service) Search(ctx context.Context, p Params) (Found, error) {
	start := time.Now()
	key, generation := p.Address("")+p.Counted.String(), s.Index.Generation()
	a, known := s.answers.Get(key, generation)
	if !known {
		var err error
		if a, err = s.find(ctx, p); err != nil {
			return a, err
		}
		if len(a.Result.Hits) <= rememberedHits {
			s.answers.Put(key, generation, a.listed(), maxSearches)
		}
	}
	a.Result.Took = time.Since(start)
	s.Searched(a.Result.Took, a.Result.Total)
	return a, nil
}

// listed is the answer without the texts of its bulletins, which lists do not
// show.
func (a Found) listed() Found {
	a.Result.Hits = slices.Clone(a.Result.Hits)
	for i := range a.Result.Hits {
		h := &a.Result.Hits[i]
		h.Body, h.Lead, h.Attachments = "", "", nil
	}
	return a
}

func (s *Service) find(ctx context.Context, p Params) (Found, error) {
	id, err := s.pasted(ctx, p.Text)
	if err != nil {
		return Found{}, err
	}
	cursor := "after"
	r, err := s.Run(ctx, p, func(q *index.Query) error {
		if id != "" {
			q.Root = index.Term{Field: index.ID, Value: id}
		}
		q.Facets, q.Values, q.Snippets = p.Counted.all(), p.Counted.values, true
		if p.Before == "" {
			return nil
		}
		err := s.ending(ctx, q, p.Before)
		if err != nil {
			cursor = "before"
		}
		return err
	})
	if err != nil {
		return Found{}, SearchProblem(err, cursor)
	}
	if id != "" {
		r.Parsed.Understood = nil
	}
	typed := p.Text
	if r.Applied {
		p.Text = r.Corrected
	}
	if err := s.countNumbers(ctx, r.Asked, &r.Result); err != nil {
		return Found{}, err
	}
	understood, err := s.understood(ctx, r.Parsed)
	return Found{Params: p, Typed: typed, Answered: r, Understood: understood}, err
}

// countNumbers counts the documents chosen by their number alone, for which the
// facet has only the documents of each date. A bulletin may cite several of
// those, so their counts cannot be added up.
func (s *Service) countNumbers(ctx context.Context, q index.Query, res *index.Result) error {
	if !slices.Contains(q.Facets, index.Cites) {
		return nil
	}
	for _, v := range q.Filters[index.Cites] {
		if slices.ContainsFunc(res.Facets[index.Cites], func(n index.Count) bool { return n.Value == v }) {
			continue
		}
		one := index.Query{Root: res.Root, Filters: maps.Clone(q.Filters), From: q.From, To: q.To}
		one.Filters[index.Cites] = []string{v}
		found, err := s.Index.Search(ctx, one)
		if err != nil {
			return SearchProblem(err, "cites")
		}
		res.Facets[index.Cites] = append(res.Facets[index.Cites], index.Count{Value: v, Count: found.Total})
	}
	return nil
}

// Count returns how many bulletins a search finds as it stands.
func (s *Service) Count(ctx context.Context, p Params) (int, error) {
	p.After = ""
	_, q := Compile(p)
	q.Size = 0
	res, err := s.Index.Search(ctx, q)
	return res.Total, err
}

// Leads returns how many bulletins the page of a search shows, relaxed when
// there are none as it stands.
func (s *Service) Leads(ctx context.Context, p Params) (int, error) {
	p.After = ""
	r, err := s.Run(ctx, p, func(q *index.Query) error { q.Size = 0; return nil })
	return r.Result.Total, err
}

// ReadSearch reads the parameters of a search out of the request for a page.
func ReadSearch(c *gin.Context) (Params, error) {
	p, err := ReadParams(c.Request.URL.Query(), SearchParams, false)
	p.Counted.values = facetValues
	return p, err
}

// SearchProblem tells what the user asked wrongly from what fails in us; cursor
// is the parameter that holds one.
func SearchProblem(err error, cursor string) error {
	var limit *index.LimitError
	switch {
	case errors.Is(err, index.ErrCursor):
		problem := BadParameter("bad-cursor", cursor, "")
		problem.cause = err
		return problem
	case errors.As(err, &limit) && limit.Limit == "time":
		return NewProblem("too-slow", err)
	case errors.As(err, &limit) && limit.Limit == "depth":
		return limitProblem(limit, cursor, err)
	case errors.As(err, &limit):
		return limitProblem(limit, "q", err)
	}
	return err
}
