package command

import (
	"context"
	"fmt"

	"bantin/crawler/archive"

	"github.com/spf13/cobra"
)

func (a *app) backupCommand() *cobra.Command {
	var verify bool
	c := &cobra.Command{
		Use: "backup DIR", Short: "Copy the archive, also while it is in use", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if verify {
				err := a.verify(cmd.Context(), args[0])
				if err == nil {
					fmt.Fprintf(a.stdout, "%s is whole and can be restored\n", args[0])
				}
				return err
			}
			return a.withArchive(cmd.Context(), func(ctx context.Context, ar *archive.Archive) error { return ar.Backup(ctx, args[0]) })
		},
	}
	c.Flags().BoolVar(&verify, "verify", false, "read the backup in DIR, or the file of an export, instead, and say whether it is whole")
	return c
}
