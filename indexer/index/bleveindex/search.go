package bleveindex

import (
	"context"
	"errors"
	"time"

	"bantin/indexer/index"

	"github.com/RoaringBitmap/roaring/v2"
)

// search is one query under way over one view.
type search struct {
	ix       *Index
	view     *view
	query    index.Query
	cursor   *index.Cursor
	matchers []*matcher
	matches  []*roaring.Bitmap              // by segment, live
	words    [][]uint64                     // of the matches, by segment, once they are asked for
	parts    []parts                        // by segment
	asked    map[*segment][]*roaring.Bitmap // by place in Query.Asked, of the segments with hits
	lenient  int                            // completes: a prefix stands for so many words and no more; 0 for others
}

// parts are what the matches of one segment were met from.
type parts struct {
	base    *roaring.Bitmap // root, dates and live
	filters map[index.Field]*roaring.Bitmap
}

// Search implements index.Index.
func (ix *Index) Search(ctx context.Context, q index.Query) (index.Result, error) {
	return ix.search(ctx, q, 0)
}

func (ix *Index) search(ctx context.Context, q index.Query, lenient int) (index.Result, error) {
	start := time.Now()
	within := limited{ctx, start.Add(ix.limits.Time)}
	var res index.Result
	err := ix.with(within, &search{query: q, lenient: lenient}, func(s *search) error {
		for _, m := range s.matches {
			res.Total += int(m.GetCardinality())
		}
		if err := s.facets(within, &res); err != nil {
			return err
		}
		return s.hits(within, &res)
	})
	res.Took = time.Since(start)
	return res, ix.limits.Late(ctx, err)
}

// Counts implements index.Index.
func (ix *Index) Counts(ctx context.Context, nodes []index.Node) ([]int, error) {
	within := limited{ctx, time.Now().Add(ix.limits.Time)}
	out := make([]int, len(nodes))
	err := ix.with(within, &search{query: index.Query{Root: index.Or{}}}, func(s *search) error {
		for _, m := range s.matchers {
			for i, n := range nodes {
				b, err := m.node(within, n)
				if err != nil {
					return err
				}
				out[i] += m.alive(b)
			}
		}
		return nil
	})
	return out, ix.limits.Late(ctx, err)
}

// alive counts the documents that are not deleted.
func (m *matcher) alive(b *roaring.Bitmap) int {
	n := int(b.GetCardinality())
	if m.seg.deleted != nil {
		n -= int(b.AndCardinality(m.seg.deleted))
	}
	return n
}

// limited ends at a time of its own. It asks its parent at every look, where a
// context of the standard library waits to be told.
type limited struct {
	context.Context
	end time.Time
}

func (l limited) Err() error {
	if err := l.Context.Err(); err != nil {
		return err
	}
	if time.Now().After(l.end) {
		return context.DeadlineExceeded
	}
	return nil
}

// with matches the query of s in the current view, lets f read the matches
// and lets go of the view.
func (ix *Index) with(ctx context.Context, s *search, f func(*search) error) (err error) {
	q := s.query
	if err := ix.limits.Check(q); err != nil {
		return err
	}
	s.ix = ix
	if s.cursor, err = ix.limits.Place(q); err != nil {
		return err
	}
	if s.view, err = ix.acquire(); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.view.release()) }()
	if err := s.match(ctx); err != nil {
		return err
	}
	return f(s)
}

func (s *search) match(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	shared := &expansions{limit: s.ix.limits.Expansion, segments: s.view.segments}
	if s.lenient > 0 {
		shared.limit, shared.lenient = s.lenient, true
	}
	for _, sg := range s.view.segments {
		s.matchers = append(s.matchers, s.ix.newMatcher(s.view, sg, shared))
	}
	for _, m := range s.matchers {
		p, err := m.parts(ctx, s.query)
		if err != nil {
			return err
		}
		all := p.base
		for _, b := range p.filters {
			all = roaring.And(all, b)
		}
		s.parts = append(s.parts, p)
		s.matches = append(s.matches, all)
	}
	return nil
}

// matched are the matches in a segment as words, which are not changed.
func (s *search) matched(segment int) []uint64 {
	if s.words == nil {
		s.words = make([][]uint64, len(s.matches))
	}
	if s.words[segment] == nil {
		s.words[segment] = s.view.segments[segment].words(s.matches[segment])
	}
	return s.words[segment]
}

func (m *matcher) parts(ctx context.Context, q index.Query) (parts, error) {
	p := parts{filters: map[index.Field]*roaring.Bitmap{}}
	root, err := m.node(ctx, q.Root)
	if err != nil {
		return p, err
	}
	p.base = roaring.And(root, m.seg.live)
	if !q.From.IsZero() || !q.To.IsZero() {
		p.base.And(m.dates(q.From, q.To))
	}
	for f, values := range q.Filters {
		if len(values) == 0 {
			continue
		}
		if p.filters[f], err = m.filter(f, values); err != nil {
			return p, err
		}
	}
	return p, ctx.Err()
}

// without meets all filters but the one on f.
func (p parts) without(f index.Field) *roaring.Bitmap {
	all := p.base
	for g, b := range p.filters {
		if g != f {
			all = roaring.And(all, b)
		}
	}
	return all
}
