package command

import (
	"context"
	"errors"
	"fmt"
	"time"

	"bantin/crawler/archive"
	"bantin/indexer"
	"bantin/indexer/index"

	"github.com/spf13/cobra"
)

func (a *app) indexCommand() *cobra.Command {
	var rebuild, stay bool
	c := &cobra.Command{
		Use: "index", Short: "Bring the index up to the archive", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			err := a.withArchive(ctx, func(ctx context.Context, ar *archive.Archive) error {
				once := func(ctx context.Context) error { return a.index(ctx, ar, rebuild, stay) }
				switch {
				case !a.engine.shared():
					return once(ctx)
				case stay && !rebuild:
					return a.lead(ctx, ar, func(context.Context) error { return nil }, once)
				}
				right, err := ar.Index(ctx)
				if err != nil {
					return err
				}
				err = right.While(ctx, once)
				return errors.Join(err, right.Close())
			})
			if rebuild && (errors.Is(err, index.ErrLocked) || errors.Is(err, archive.ErrTaken)) {
				return a.askRebuild(ctx)
			}
			return err
		},
	}
	c.Flags().BoolVar(&stay, "follow", false, "stay and index what comes, for services that search the same cluster; of several processes one does, the others stand by")
	c.Flags().BoolVar(&rebuild, "rebuild", false, "build a new index beside the old one and swap")
	return c
}

// index brings the index up to the archive, or builds it anew, and may stay.
func (a *app) index(ctx context.Context, ar *archive.Archive, rebuild, stay bool) error {
	ix, err := a.openIndex(ctx, ar)
	if err != nil {
		return err
	}
	bar := newBar(a.stderr, a.log, "indexing")
	if rebuild {
		return errors.Join(ix.Rebuild(ctx, ar, bar.indexed), bar.close(), ix.Close())
	}
	n, err := indexer.CatchUp(ctx, ar, ix, bar.indexed)
	fmt.Fprintf(a.stdout, "%s indexed\n", quantity(n, "change"))
	if err == nil {
		err = ix.Compact(ctx)
	}
	err = errors.Join(err, bar.close())
	if err == nil && stay {
		err = a.followed(ctx, ar, ix)
	}
	return errors.Join(err, ix.Close())
}

// askRebuild leaves the rebuild to the process that has the index open.
func (a *app) askRebuild(ctx context.Context) error {
	return a.withArchive(ctx, func(ctx context.Context, ar *archive.Archive) error {
		if err := ar.Ask(ctx, archive.Rebuild, time.Now()); err != nil {
			return err
		}
		_, err := fmt.Fprintln(a.stdout, "the index is in use: the process that has it builds a new one now, and searches go on meanwhile")
		return err
	})
}
