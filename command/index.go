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
			err := a.withIndex(ctx, a.openIndex, func(ar *archive.Archive, ix *indexer.Live) error {
				bar := newBar(a.stderr, a.log, "indexing")
				if rebuild {
					return errors.Join(ix.Rebuild(ctx, ar, bar.indexed), bar.close())
				}
				n, err := indexer.CatchUp(ctx, ar, ix, bar.indexed)
				fmt.Fprintf(a.stdout, "%s indexed\n", quantity(n, "change"))
				if err == nil {
					err = ix.Compact(ctx)
				}
				if err = errors.Join(err, bar.close()); err != nil || !stay {
					return err
				}
				return together(ctx,
					func(ctx context.Context) error { return indexer.Follow(ctx, ar, ix) },
					func(ctx context.Context) error { return (&desk{app: a}).errands(ctx, ar, ix) })
			})
			if rebuild && errors.Is(err, index.ErrLocked) {
				return a.askRebuild(ctx)
			}
			return err
		},
	}
	c.Flags().BoolVar(&stay, "follow", false, "stay and index what comes, for services that search the same cluster")
	c.Flags().BoolVar(&rebuild, "rebuild", false, "build a new index beside the old one and swap")
	return c
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
