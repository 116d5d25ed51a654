package command

import (
	"context"
	"errors"
	"fmt"
	"os"

	"bantin/crawler/importer"

	"github.com/spf13/cobra"
)

func (a *app) importCommand() *cobra.Command {
	var asIs bool
	c := &cobra.Command{
		Use: "import FILE.jsonl[.gz|.zst]...", Short: "Take bulletins into the archive, one JSON object a line",
		Long: "Take bulletins into the archive, one a line, in the JSON that extract prints; - reads\n" +
			"standard input. Absent facts are read from the text; a bad line is reported with its\n" +
			"number and skipped.",
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ar, err := a.openArchive(cmd.Context())
			if err != nil {
				return err
			}
			in := importer.Importer{Archive: ar, AsIs: asIs, Skipped: func(file string, line int, because error) {
				fmt.Fprintf(a.stderr, "%s: line %d skipped: %v\n", file, line, because)
			}}
			for _, name := range args {
				if err = a.importFile(cmd.Context(), &in, name); err != nil {
					break
				}
			}
			if err == nil {
				err = ar.Settle(cmd.Context())
			}
			err = errors.Join(err, ar.Close())
			fmt.Fprintf(a.stdout, "%d taken in, %d known already, %d skipped\n", in.Added, in.Known, in.Bad)
			if err == nil && in.Bad > 0 {
				return errSilent
			}
			return err
		},
	}
	c.Flags().BoolVar(&asIs, "as-is", false, "leave absent facts absent instead of reading them from the text")
	return c
}

func (a *app) importFile(ctx context.Context, in *importer.Importer, name string) error {
	if name == "-" {
		return in.Read(ctx, name, a.stdin)
	}
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return in.Read(ctx, name, f)
}
