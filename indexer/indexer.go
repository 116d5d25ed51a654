// Package indexer brings an index up to the archive: batch by batch from the
// change feed, or all of it into a new index beside the old one. The archive
// is the store of record: whatever an index holds can be made again.
package indexer

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

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

// compactAfter is how many changes an index takes between two compactions:
// until then its segments are few or small.
const compactAfter = 3 * batchSize

// cleanEvery is how often builds are removed that nobody searches any more.
const cleanEvery = time.Minute

// Follow catches up whenever the archive has something new, until ctx ends or
// something fails. A Live index is read through once meanwhile, and rebuilt
// beside when it is damaged or follows another archive; it is watched too.
func Follow(ctx context.Context, a *archive.Archive, ix index.Index) error {
	l, live := ix.(*Live)
	if live {
		var beside sync.WaitGroup
		ctx, stop := context.WithCancel(ctx)
		defer beside.Wait()
		defer stop()
		beside.Go(func() { l.inspect(ctx) })
		beside.Go(func() { _ = l.Watch(ctx) }) // which ends with ctx alone
	}
	cleaned := time.Now()
	for since := 0; ; {
		n, err := CatchUp(ctx, a, ix, nil)
		switch {
		case live && errors.Is(err, errForeign):
			slog.Warn("rebuilding the index from the archive", "error", err)
			err = l.Rebuild(ctx, a, nil)
		case live && (err == nil || errors.Is(err, index.ErrCorrupt)):
			err = l.heal(ctx, a)
		}
		if err != nil {
			return err
		}
		if live && time.Since(cleaned) > cleanEvery {
			l.clean(ctx)
			cleaned = time.Now()
		}
		if since += n; since >= compactAfter {
			if err := ix.Compact(ctx); err != nil {
				return err
			}
			since = 0
		}
		position, err := ix.Position(ctx)
		if err != nil {
			return err
		}
		wait := a.Wait
		if live {
			wait = func(ctx context.Context, position int64) error { return l.wait(ctx, a, position) }
		}
		if err := wait(ctx, position); err != nil {
			return err
		}
	}
}
