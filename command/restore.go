package command

import (
	"context"
	"io"
	"os"

	"bantin/crawler/archive/store"

	"github.com/spf13/cobra"
)

func (a *app) restoreCommand() *cobra.Command {
	return &cobra.Command{
		Use: "restore DIR|FILE", Short: "Put a backup in the place of an archive that is not there", Args: cobra.ExactArgs(1),
		Long: "Put the backup in a folder, or what export --format archive wrote, in the place of an\n" +
			"archive that is not there; - reads standard input. A folder restores an archive in a file,\n" +
			"an export one in a file or, with --db, in PostgreSQL. It is restored whole or not at all.",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := os.MkdirAll(a.data, 0o750); err != nil {
				return err
			}
			if info, err := os.Stat(args[0]); err == nil && info.IsDir() {
				return store.Restore(cmd.Context(), args[0], a.archiveFile())
			}
			return a.reading(args[0], func(r io.Reader) error { return store.Load(cmd.Context(), a.archiveFile(), r) })
		},
	}
}

// reading runs f with a file, or standard input for -.
func (a *app) reading(name string, f func(io.Reader) error) error {
	if name == "-" {
		return f(a.stdin)
	}
	r, err := os.Open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	return f(r)
}

// verify tells whether a backup, a folder or an export, can be restored.
func (a *app) verify(ctx context.Context, name string) error {
	if info, err := os.Stat(name); err == nil && !info.IsDir() || name == "-" {
		return a.reading(name, func(r io.Reader) error { return store.VerifyDump(ctx, r) })
	}
	return store.Verify(ctx, name)
}
