package command

import (
	"cmp"
	"context"
	"errors"
	"time"

	"bantin/crawler/archive"
	"bantin/crawler/archive/store"
	"bantin/indexer"
	"bantin/indexer/index"
)

// One process at a time writes an index in a cluster; the others stand by. The
// right to do so is a lock of the archive, which ends with its holder.
const leadEvery = time.Second // how often who stands by tries

// lead runs f while this process has the right to write the index, again whenever
// it gets it back. While another has it, idle runs every second.
func (a *app) lead(ctx context.Context, ar *archive.Archive, idle, f func(context.Context) error) error {
	said := ""
	for {
		right, err := ar.Index(ctx)
		if err == nil {
			a.log.Info("this process writes the index")
			said = ""
			err = right.While(ctx, f)
			closing := right.Close()
			if !errors.Is(err, store.ErrLost) && !errors.Is(err, store.ErrUnavailable) && !errors.Is(err, index.ErrUnavailable) {
				return cmp.Or(err, closing)
			}
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if says := err.Error(); says != said {
			a.log.Warn("standing by", "reason", err)
			said = says
		}
		if err := idle(ctx); err != nil && ctx.Err() == nil {
			a.log.Debug("the index cannot be looked at", "error", err)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(leadEvery):
		}
	}
}

// write keeps the index up to date until ctx ends and does the errands of who has
// it open: in a cluster while no other process does.
func (a *app) write(ctx context.Context, ar *archive.Archive, ix *indexer.Live) error {
	if !a.engine.shared() {
		return indexer.Follow(ctx, ar, ix)
	}
	return a.lead(ctx, ar, ix.Look, func(ctx context.Context) error {
		// Who wrote before may have put another build in use since the last look.
		if err := ix.Look(ctx); err != nil {
			return err
		}
		return a.followed(ctx, ar, ix)
	})
}

// followed follows the archive and does errands.
func (a *app) followed(ctx context.Context, ar *archive.Archive, ix *indexer.Live) error {
	return together(ctx,
		func(ctx context.Context) error { return indexer.Follow(ctx, ar, ix) },
		func(ctx context.Context) error { return (&desk{app: a}).errands(ctx, ar, ix) })
}
