package answer

import (
	"context"
	"slices"

	"bantin/indexer/index"
)

// maxSkip is how many entries one search passes over on the way to a page.
const maxSkip = 1000

// ending moves q to the page that ends where the cursor stands, so that no
// entry is lost or repeated between it and the page after the cursor. The
// first page may be shorter for that.
func (s *Service) ending(ctx context.Context, q *index.Query, at string) error {
	c, err := index.ParseCursor(at, q.Sort)
	if err != nil {
		return err
	}
	all := *q
	all.Size, all.Facets, all.Snippets, all.After = 0, nil, false, ""
	read, err := index.Run(ctx, s.Index, all)
	if err != nil {
		return err
	}
	all.Root = read.List
	w := walker{index: s.Index, query: all, passed: []index.Cursor{{Sort: q.Sort}}}
	rank, err := w.rank(ctx, c, q.Size)
	if err != nil || rank == 0 { // all that stood before it is gone: the first page
		return err
	}
	q.Size = min(q.Size, rank)
	q.After, err = w.at(ctx, rank-q.Size)
	return err
}

// walker passes over a list, which can be read forwards only.
type walker struct {
	index  index.Index
	query  index.Query
	passed []index.Cursor // places on the way, the start first
}

// step goes n entries on. It is false when that is past the end or past the
// cursor, where there is one.
func (w *walker) step(ctx context.Context, n int, until *index.Cursor) (bool, error) {
	from := w.last()
	w.query.After, w.query.Size = written(from), n
	res, err := w.index.Search(ctx, w.query)
	if err != nil {
		return false, err
	}
	to := index.Cursor{Sort: from.Sort, Shown: from.Shown + len(res.Hits)}
	if res.Next == "" {
		if until == nil || len(res.Hits) == 0 || res.Hits[len(res.Hits)-1].ID != until.ID {
			return false, nil
		}
		to.Key, to.ID = until.Key, until.ID
	} else if to, err = index.ParseCursor(res.Next, from.Sort); err != nil {
		return false, err
	}
	if until != nil && follows(to, *until) {
		return false, nil
	}
	w.passed = append(w.passed, to)
	return true, nil
}

func (w *walker) last() index.Cursor { return w.passed[len(w.passed)-1] }

// rank returns how many entries stand up to the cursor. It goes to where the
// cursor says that it stands, by way of the page before, and looks around there
// when the index has changed since.
func (w *walker) rank(ctx context.Context, c index.Cursor, size int) (int, error) {
	n, room, overshot := 0, 0, false // room is for how many more entries at most
	for {
		at := w.last()
		if at.ID == c.ID && at.Key == c.Key || overshot && room == 0 {
			return at.Shown, nil
		}
		switch {
		case overshot:
			n = (room + 1) / 2
		case at.Shown < c.Shown-size:
			n = min(c.Shown-size-at.Shown, maxSkip)
		case at.Shown < c.Shown:
			n = min(c.Shown-at.Shown, maxSkip)
		default:
			n = min(max(32, n)*2, maxSkip)
		}
		ok, err := w.step(ctx, n, &c)
		switch {
		case err != nil:
			return 0, err
		case !ok:
			overshot, room = true, n-1
		default:
			room -= n
		}
	}
}

// at returns the cursor after n entries, empty for none.
func (w *walker) at(ctx context.Context, n int) (string, error) {
	w.passed = slices.DeleteFunc(w.passed, func(c index.Cursor) bool { return c.Shown > n })
	for w.last().Shown < n {
		ok, err := w.step(ctx, min(n-w.last().Shown, maxSkip), nil)
		if err != nil || !ok { // the index has just shrunk: the first page
			return "", err
		}
	}
	return written(w.last()), nil
}

// follows tells whether a stands after b in their order.
func follows(a, b index.Cursor) bool {
	if a.Key != b.Key {
		return a.Key < b.Key
	}
	return a.ID > b.ID
}

// written is a cursor's text; the start has none.
func written(c index.Cursor) string {
	if c.Shown == 0 {
		return ""
	}
	return c.String()
}
