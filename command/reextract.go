package command

import (
	"context"
	"errors"
	"fmt"

	"bantin/crawler"
	"bantin/crawler/archive"
	"bantin/crawler/extract"

	"github.com/spf13/cobra"
)

func (a *app) reextractCommand() *cobra.Command {
	var ids []string
	c := &cobra.Command{
		Use: "reextract", Short: "Read every bulletin anew out of the archived pages, without fetching",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.withArchive(cmd.Context(), func(ctx context.Context, ar *archive.Archive) error {
				return errors.Join(a.reextract(ctx, ar, ids), ar.Settle(ctx))
			})
		},
	}
	c.Flags().StringSliceVar(&ids, "site", nil, "id of a site; repeat for several (default: all)")
	return c
}

func (a *app) reextract(ctx context.Context, ar *archive.Archive, ids []string) error {
	profiles, bad := a.usable(ids)
	for _, p := range profiles {
		var read, changed, failed int
		for page, err := range ar.Pages(ctx, archive.PageFilter{Site: p.ID, Kind: archive.Article, Latest: true}) {
			if err != nil {
				return err
			}
			saved, err := crawler.Reread(ctx, ar, p, page)
			if errors.Is(err, extract.ErrNotArticle) {
				failed++
				a.log.Debug("not read", "url", page.URL, "error", err)
				continue
			}
			if err != nil {
				return err
			}
			read++
			changed += saved.Changed + saved.New
		}
		fmt.Fprintf(a.stdout, "%s: %s read, %d changed, %d not read\n", p.ID, quantity(read, "page"), changed, failed)
	}
	return bad
}
