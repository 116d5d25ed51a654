package indexer

import (
	"context"
	"time"

	"bantin/indexer/index"
)

// refresher is an engine whose index other processes may write.
type refresher interface {
	index.Index
	// Refresh looks for what they wrote.
	Refresh(ctx context.Context) error
}

// watchEvery is how often Watch looks.
const watchEvery = time.Second

// Watch follows what other processes do to the index, until ctx ends: it shows
// what they wrote and takes up the build that they put in use. It returns at once
// for an engine whose index no other process can have.
func (l *Live) Watch(ctx context.Context) error {
	if !l.shared() {
		return nil
	}
	look := time.NewTicker(watchEvery)
	defer look.Stop()
	failing := false
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-look.C:
		}
		err := l.Look(ctx)
		if err != nil && ctx.Err() == nil && !failing {
			l.log.Warn("the index cannot be watched", "error", err)
		}
		failing = err != nil
	}
}

func (l *Live) shared() bool {
	ix := l.hold()
	defer ix.users.Done()
	_, ok := ix.Index.(refresher)
	return ok
}

// Look shows what other processes wrote, or takes up the build that they put in
// use. The index is one that they can have.
func (l *Live) Look(ctx context.Context) error {
	name, err := l.builds.Current(ctx)
	if err != nil {
		return err
	}
	ix := l.hold()
	if same := name == "" || name == ix.name; same {
		defer ix.users.Done()
		return ix.Index.(refresher).Refresh(ctx)
	}
	ix.users.Done()
	return l.take(ctx, name)
}

// take puts the build that another process put in use in the place of the
// present one, unless this process is at that.
func (l *Live) take(ctx context.Context, name string) error {
	if !l.rebuilding.TryLock() {
		return nil
	}
	defer l.rebuilding.Unlock()
	next, err := l.builds.Open(ctx, name)
	if err != nil {
		return err
	}
	l.log.Info("another index is in use", "index", name)
	l.swap(l.lease(next, name))
	return nil
}
