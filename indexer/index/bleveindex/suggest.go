package bleveindex

import (
	"context"
	"errors"
	"slices"
	"strings"

	"bantin/indexer/index"

	seg "github.com/blevesearch/scorch_segment_api/v2"
)

// Suggest implements index.Index.
func (ix *Index) Suggest(ctx context.Context, typed string, n int) ([]index.Suggestion, error) {
	return index.Complete(ctx, completer{ix}, typed, n)
}

type completer struct{ *Index }

// mostBegun is how many words one that is only begun stands for in titles.
const mostBegun = 100

// Titles implements index.Completer.
func (c completer) Titles(ctx context.Context, q index.Query) ([]index.Hit, error) {
	q.Size = min(q.Size, c.limits.Page)
	res, err := c.search(ctx, q, mostBegun)
	return res.Hits, err
}

// Cited implements index.Completer.
func (c completer) Cited(_ context.Context, prefix string) ([]index.CitedName, error) {
	v, err := c.acquire()
	if err != nil {
		return nil, err
	}
	out, err := v.citedBy(prefix)
	return out, errors.Join(err, v.release())
}

// citedDocuments returns the names of a segment's cited documents in order of
// slug.
func citedDocuments(sg seg.Segment) ([]index.CitedName, error) {
	var out []index.CitedName
	err := eachTerm(sg, docField, func(t []byte, _ docs) error {
		if parts := strings.SplitN(string(t), "\x00", 3); len(parts) == 3 {
			out = append(out, index.CitedNames(parts[0], parts[1], parts[2])...)
		}
		return nil
	})
	slices.SortFunc(out, func(a, b index.CitedName) int { return strings.Compare(a.Slug, b.Slug) })
	return out, err
}

// citedBy returns the documents whose name begins with the prefix, each once.
func (v *view) citedBy(prefix string) ([]index.CitedName, error) {
	var out []index.CitedName
	seen := map[string]bool{}
	for _, s := range v.segments {
		s.cited.Do(func() { s.documents, s.failed = citedDocuments(s.snap.Segment()) })
		if s.failed != nil {
			return nil, s.failed
		}
		all := s.documents
		at, _ := slices.BinarySearchFunc(all, prefix, func(d index.CitedName, p string) int { return strings.Compare(d.Slug, p) })
		for ; at < len(all) && strings.HasPrefix(all[at].Slug, prefix) && len(out) < index.MostCited; at++ {
			if d := all[at]; !seen[d.Key] {
				seen[d.Key] = true
				out = append(out, d)
			}
		}
	}
	return out, nil
}
