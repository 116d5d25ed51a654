package bleveindex

import (
	"context"
	"errors"
	"slices"

	"bantin/indexer/index"
)

// Get implements index.Index.
func (ix *Index) Get(_ context.Context, id string) (index.Document, error) {
	v, err := ix.acquire()
	if err != nil {
		return index.Document{}, err
	}
	d, err := v.get(id)
	return d, errors.Join(err, v.release())
}

func (v *view) get(id string) (index.Document, error) {
	for _, s := range v.segments {
		b, err := s.snap.DocNumbers([]string{id})
		if err != nil {
			return index.Document{}, err
		}
		if !b.IsEmpty() {
			return s.document(b.Minimum())
		}
	}
	return index.Document{}, index.ErrNotFound
}

// Each implements index.Index. It keeps the order of the matches in memory,
// 32 bytes for each, and one document at a time.
func (ix *Index) Each(ctx context.Context, q index.Query, f func(index.Document) error) error {
	q.Size, q.After = 0, ""
	return ix.with(ctx, &search{query: q}, func(s *search) error {
		docs, err := s.ordered(ctx)
		if err != nil {
			return err
		}
		for _, d := range docs {
			if err := ctx.Err(); err != nil {
				return err
			}
			doc, err := d.seg.document(d.doc)
			if err != nil {
				return err
			}
			if err := f(doc); err != nil {
				return err
			}
		}
		return nil
	})
}

// ordered returns all matches in the order of the query.
func (s *search) ordered(ctx context.Context) ([]rankedDoc, error) {
	keyers, err := s.keyers(ctx)
	if err != nil {
		return nil, err
	}
	var docs []rankedDoc
	for i, sg := range s.view.segments {
		for it := s.matches[i].Iterator(); it.HasNext(); {
			if len(docs)%4096 == 0 && ctx.Err() != nil {
				return nil, ctx.Err()
			}
			doc := it.Next()
			docs = append(docs, rankedDoc{keyOf(keyers[i], doc), sg, doc})
		}
	}
	slices.SortFunc(docs, compare)
	return docs, ctx.Err()
}

// Cross implements index.Index.
func (ix *Index) Cross(ctx context.Context, q index.Query, row, column index.Field) (map[[2]string]int, error) {
	out := map[[2]string]int{}
	q.Size, q.After = 0, ""
	err := ix.with(ctx, &search{query: q}, func(s *search) error {
		if err := ix.buildFacets(s.view); err != nil {
			return err
		}
		rows, columns := ix.dicts.of(row).all(), ix.dicts.of(column).all()
		for i, sg := range s.view.segments {
			if err := ctx.Err(); err != nil {
				return err
			}
			facets, err := ix.facetsOf(sg)
			if err != nil {
				return err
			}
			a, b := facets[row], facets[column]
			if a == nil || b == nil {
				continue
			}
			for pair, n := range cross(s.matched(i), a, b) {
				out[[2]string{rows[pair[0]], columns[pair[1]]}] += n
			}
		}
		return nil
	})
	return out, err
}

// Similar implements index.Index.
func (ix *Index) Similar(ctx context.Context, id string, n int) ([]index.Hit, error) {
	return index.Alike(ctx, ix, id, n)
}

func (ix *Index) planner(v *view) *planner {
	p := &planner{ix: ix, view: v}
	shared := &expansions{limit: ix.limits.Expansion, segments: v.segments}
	for _, s := range v.segments {
		p.matchers = append(p.matchers, ix.newMatcher(v, s, shared))
	}
	return p
}
