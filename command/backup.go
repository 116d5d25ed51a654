package command

import (
	"errors"

	"github.com/spf13/cobra"
)

func (a *app) backupCommand() *cobra.Command {
	return &cobra.Command{
		Use: "backup DIR", Short: "Copy the archive, also while it is in use", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ar, err := a.openArchive(cmd.Context())
			if err != nil {
				return err
			}
			return errors.Join(ar.Backup(cmd.Context(), args[0]), ar.Close())
		},
	}
}
