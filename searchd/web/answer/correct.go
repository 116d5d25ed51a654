package answer

import (
	"context"

	"bantin/indexer/index"
	"bantin/searchd/query"
)

// Answered is what a search was read as, with what that finds.
type Answered struct {
	Parsed    query.Parsed
	Asked     index.Query
	Result    index.Result
	Corrected string // the text with what is surely misspelt as the index spells it, or empty
	Applied   bool   // nothing has what was typed: Parsed, Asked and Result are of Corrected
}

// Run answers p with the query that shape makes of it. Where no bulletin has
// all of what was typed and some have what is surely meant by it, these answer.
func (s *Service) Run(ctx context.Context, p Params, shape func(*index.Query) error) (Answered, error) {
	r, err := s.read(ctx, p, shape)
	if err != nil || p.Verbatim {
		return r, err
	}
	better, err := index.Correct(ctx, s.Index, r.Parsed.Words())
	if err != nil || len(better) == 0 {
		return r, err
	}
	p.Text = r.Parsed.Respelled(better)
	if r.found() {
		n, err := s.Count(ctx, p)
		if n > 0 {
			r.Corrected = p.Text
		}
		return r, err
	}
	other, err := s.read(ctx, p, shape)
	if err == nil && other.found() {
		other.Corrected, other.Applied = p.Text, true
		return other, nil
	}
	if other.Result.Total > 0 {
		r.Corrected = p.Text
	}
	return r, err
}

func (s *Service) read(ctx context.Context, p Params, shape func(*index.Query) error) (Answered, error) {
	var r Answered
	r.Parsed, r.Asked = Compile(p)
	err := shape(&r.Asked)
	if err == nil {
		r.Result, err = index.Run(ctx, s.Index, r.Asked)
	}
	return r, err
}

// found tells whether bulletins have all that was asked for.
func (r Answered) found() bool { return r.Result.Total > 0 && r.Result.Relaxed == "" }
