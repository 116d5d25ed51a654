package indexer

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"bantin/bulletin"
	"bantin/indexer/index"
)

// What follows hands each call to the index of the moment.

// use runs f on the index of the moment. A panic in it, mostly a segment that
// is not what it was, is an error, and any sign of damage has the index looked
// through.
func (l *Live) use(f func(index.Index) error) (err error) {
	ix := l.hold()
	defer ix.users.Done()
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true)) // a file that was cut short
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: %v", index.ErrCorrupt, r)
		}
		if errors.Is(err, index.ErrCorrupt) {
			l.suspect(ix, err)
		}
	}()
	return f(ix.Index)
}

// Apply implements index.Index. During a Rebuild the new index reads the same
// changes from the archive by itself.
func (l *Live) Apply(ctx context.Context, changes []bulletin.Change, position int64) error {
	return l.use(func(ix index.Index) error { return ix.Apply(ctx, changes, position) })
}

// Compact implements index.Index.
func (l *Live) Compact(ctx context.Context) error {
	return l.use(func(ix index.Index) error { return ix.Compact(ctx) })
}

// Position implements index.Index.
func (l *Live) Position(ctx context.Context) (p int64, err error) {
	err = l.use(func(ix index.Index) error { p, err = ix.Position(ctx); return err })
	return p, err
}

// Generation implements index.Index.
func (l *Live) Generation() uint64 {
	ix := l.hold()
	defer ix.users.Done()
	return ix.Generation()
}

// Search implements index.Index.
func (l *Live) Search(ctx context.Context, q index.Query) (r index.Result, err error) {
	err = l.use(func(ix index.Index) error { r, err = ix.Search(ctx, q); return err })
	return r, err
}

// Get implements index.Index.
func (l *Live) Get(ctx context.Context, id string) (d index.Document, err error) {
	err = l.use(func(ix index.Index) error { d, err = ix.Get(ctx, id); return err })
	return d, err
}

// Each implements index.Index.
func (l *Live) Each(ctx context.Context, q index.Query, f func(index.Document) error) error {
	return l.use(func(ix index.Index) error { return ix.Each(ctx, q, f) })
}

// Cross implements index.Index.
func (l *Live) Cross(ctx context.Context, q index.Query, row, column index.Field) (counts map[[2]string]int, err error) {
	err = l.use(func(ix index.Index) error { counts, err = ix.Cross(ctx, q, row, column); return err })
	return counts, err
}

// Similar implements index.Index.
func (l *Live) Similar(ctx context.Context, id string, n int) (hits []index.Hit, err error) {
	err = l.use(func(ix index.Index) error { hits, err = ix.Similar(ctx, id, n); return err })
	return hits, err
}

// Suggest implements index.Index.
func (l *Live) Suggest(ctx context.Context, typed string, n int) (all []index.Suggestion, err error) {
	err = l.use(func(ix index.Index) error { all, err = ix.Suggest(ctx, typed, n); return err })
	return all, err
}

// Counts implements index.Index.
func (l *Live) Counts(ctx context.Context, nodes []index.Node) (counts []int, err error) {
	err = l.use(func(ix index.Index) error { counts, err = ix.Counts(ctx, nodes); return err })
	return counts, err
}

// Near implements index.Index.
func (l *Live) Near(ctx context.Context, word index.Word, edits int, first bool, least int) (words []string, err error) {
	err = l.use(func(ix index.Index) error { words, err = ix.Near(ctx, word, edits, first, least); return err })
	return words, err
}

// Frequent implements index.Index.
func (l *Live) Frequent(ctx context.Context, words []index.Word, least int) (frequent []index.Word, err error) {
	err = l.use(func(ix index.Index) error { frequent, err = ix.Frequent(ctx, words, least); return err })
	return frequent, err
}
