// Package indexer brings an index up to the archive: batch by batch from the
// change feed, or all of it into a new index beside the old one. The archive
// is the store of record: whatever an index holds can be made again.
package indexer

import (
	"context"
	"errors"
	"fmt"

	"bantin/crawler/archive"
	"bantin/indexer/index"
)

// batchSize is how many changes are written at once: with 1,000 an index costs
// 1.4 times the CPU.
const batchSize = 4000

// CatchUp applies the changes that the index does not have yet and returns how
// many they were. Progress, when not nil, is called after each batch.
func CatchUp(ctx context.Context, a *archive.Archive, ix index.Index, progress func(Progress)) (int, error) {
	if l, ok := ix.(*Live); ok { // all batches go to one index, whatever replaces it meanwhile
		held := l.hold()
		defer held.users.Done()
		n, err := held.catchUp(ctx, a, progress)
		if errors.Is(err, index.ErrCorrupt) {
			l.suspect(held, err)
		}
		return n, err
	}
	return (&lease{Index: ix}).catchUp(ctx, a, progress)
}

func (ix *lease) catchUp(ctx context.Context, a *archive.Archive, progress func(Progress)) (int, error) {
	position, err := ix.Position(ctx)
	if err != nil {
		return 0, err
	}
	last, err := a.Last(ctx)
	if err != nil {
		return 0, err
	}
	if position > last {
		return 0, fmt.Errorf("%w: it is at change %d, the archive ends at %d", errForeign, position, last)
	}
	if ix.builds != nil {
		if err := ix.belongs(ctx, a); err != nil {
			return 0, err
		}
	}
	applied, start := 0, position
	for {
		changes, err := a.Changes(ctx, position, batchSize)
		if err != nil || len(changes) == 0 {
			return applied, err
		}
		if ix.builds != nil {
			if err := ix.follow(ctx, a); err != nil {
				return applied, err
			}
		}
		position = changes[len(changes)-1].Seq
		if err := ix.Apply(ctx, changes, position); err != nil {
			return applied, err
		}
		applied += len(changes)
		if progress != nil {
			progress(Progress{applied, position - start, max(last, position) - start})
		}
	}
}

// Progress tells how far a CatchUp is.
type Progress struct {
	Applied int   // changes so far
	Done    int64 // of the feed's positions
	All     int64 // positions there were when it began
}
