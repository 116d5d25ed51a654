package indexer

import (
	"context"
	"errors"
	"sync"
	"time"

	"bantin/crawler/archive"
	"bantin/indexer/index"
)

// compactAfter is how many changes an index takes between two compactions:
// until then its segments are few or small.
const compactAfter = 3 * batchSize

const (
	cleanEvery = time.Minute     // builds are removed that nobody searches any more
	retryAfter = 5 * time.Second // a cluster did not take changes
)

// Follow catches up whenever the archive has something new, until ctx ends or
// something fails. A Live index is read through once meanwhile, and rebuilt
// beside when it is damaged or follows another archive. One in a cluster is
// watched too, and what fails is tried again: machines come back.
func Follow(ctx context.Context, a *archive.Archive, ix index.Index) error {
	f := follower{archive: a, index: ix, cleaned: time.Now()}
	f.live, _ = ix.(*Live)
	if l := f.live; l != nil {
		var beside sync.WaitGroup
		ctx, stop := context.WithCancel(ctx)
		defer beside.Wait()
		defer stop()
		beside.Go(func() { l.inspect(ctx) })
		beside.Go(func() { _ = l.Watch(ctx) }) // which ends with ctx alone
	}
	for {
		err := f.step(ctx)
		if err == nil {
			continue
		}
		if ctx.Err() != nil || f.live == nil || !f.live.shared() {
			return err
		}
		f.live.log.Warn("the index is not up to date, trying again", "error", err)
		select {
		case <-time.After(retryAfter):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// follower is one Follow.
type follower struct {
	archive *archive.Archive
	index   index.Index
	live    *Live     // the index, when it is one
	since   int       // changes since the last compaction
	cleaned time.Time // when builds were removed last
}

// step catches up and waits for something new.
func (f *follower) step(ctx context.Context) error {
	n, err := CatchUp(ctx, f.archive, f.index, nil)
	switch {
	case f.live != nil && errors.Is(err, errForeign):
		f.live.log.Warn("rebuilding the index from the archive", "error", err)
		err = f.live.Rebuild(ctx, f.archive, nil)
	case f.live != nil && (err == nil || errors.Is(err, index.ErrCorrupt)):
		err = f.live.heal(ctx, f.archive)
	}
	if err != nil {
		return err
	}
	if f.live != nil && time.Since(f.cleaned) > cleanEvery {
		f.live.clean(ctx)
		f.cleaned = time.Now()
	}
	if f.since += n; f.since >= compactAfter {
		if err := f.index.Compact(ctx); err != nil {
			return err
		}
		f.since = 0
	}
	position, err := f.index.Position(ctx)
	if err != nil {
		return err
	}
	if f.live != nil {
		return f.live.wait(ctx, f.archive, position)
	}
	return f.archive.Wait(ctx, position)
}
