package indexer

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"bantin/crawler/archive"
	"bantin/indexer/index"
)

// errForeign tells that an index holds what its archive does not.
var errForeign = errors.New("the index followed another archive, or this one before an older copy took its place")

// belongs gives errForeign when the archive is not the one that the index
// followed.
func (l *lease) belongs(ctx context.Context, a *archive.Archive) error {
	position, err := l.Position(ctx)
	if err != nil {
		return err
	}
	epoch, err := l.builds.Epoch(ctx, l.name)
	if err != nil {
		return err
	}
	holds, err := a.Holds(ctx, epoch, position)
	if err == nil && !holds {
		err = fmt.Errorf("%w: it is at change %d", errForeign, position)
	}
	return err
}

// follow keeps the archive's epoch of now. It is called after changes were
// read and before they are applied: what the index holds then is a part of
// that epoch, whichever of the two a crash leaves.
func (l *lease) follow(ctx context.Context, a *archive.Archive) error {
	now, err := a.Epoch(ctx)
	if err != nil {
		return err
	}
	if kept, err := l.builds.Epoch(ctx, l.name); err != nil || kept == now {
		return err
	}
	return l.builds.KeepEpoch(ctx, l.name, now)
}

// suspect notes a sign of damage and has the index looked through.
func (l *Live) suspect(ix *lease, err error) {
	if !ix.harm.CompareAndSwap(nil, &err) {
		return
	}
	l.log.Warn("a sign of damage in the index", "error", err)
	select {
	case l.harmed <- struct{}{}:
	default:
	}
}

// Harm is the sign of damage that the present index gave, nil when it is well.
// It is rebuilt beside while searches that can be answered go on.
func (l *Live) Harm() error {
	ix := l.hold()
	defer ix.users.Done()
	if err := ix.harm.Load(); err != nil {
		return *err
	}
	return nil
}

// verifier is an engine that can compare its files with their checksums.
type verifier interface {
	Verify(ctx context.Context) error
}

// inspect reads the whole index once and notes damage.
func (l *Live) inspect(ctx context.Context) {
	ix := l.hold()
	defer ix.users.Done()
	if v, ok := ix.Index.(verifier); ok {
		if err := v.Verify(ctx); errors.Is(err, index.ErrCorrupt) {
			l.suspect(ix, err)
		}
	}
}

// heal rebuilds the index when it is damaged. A sign that the checksums do not
// confirm came of something else: then the index is kept.
func (l *Live) heal(ctx context.Context, a *archive.Archive) error {
	ix := l.hold()
	harm := ix.harm.Load()
	var err error
	if v, ok := ix.Index.(verifier); ok && harm != nil {
		err = v.Verify(ctx)
	} else if harm != nil {
		err = *harm
	}
	ix.users.Done()
	switch {
	case harm == nil || ctx.Err() != nil:
		return ctx.Err()
	case err == nil:
		l.log.Error("the index is whole, so this is a fault of the program", "error", *harm)
		ix.harm.Store(nil)
		return nil
	}
	l.log.Warn("rebuilding the damaged index from the archive", "error", err)
	return l.Rebuild(ctx, a, nil)
}

// wait returns when the feed moved past a position or the index was found
// harmed.
func (l *Live) wait(ctx context.Context, a *archive.Archive, position int64) error {
	within, stop := context.WithCancel(ctx)
	var beside sync.WaitGroup
	beside.Go(func() {
		select {
		case <-l.harmed:
			stop()
		case <-within.Done():
		}
	})
	err := a.Wait(within, position)
	stop()
	beside.Wait()
	if ctx.Err() == nil && errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}
