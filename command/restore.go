package command

import (
	"os"

	"bantin/crawler/archive"

	"github.com/spf13/cobra"
)

func (a *app) restoreCommand() *cobra.Command {
	return &cobra.Command{
		Use: "restore DIR", Short: "Put a backup in the place of an archive that is not there", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := os.MkdirAll(a.data, 0o750); err != nil {
				return err
			}
			return archive.Restore(cmd.Context(), args[0], a.archiveFile())
		},
	}
}
