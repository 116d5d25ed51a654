package command

import (
	"context"
	"fmt"
	"io"

	"bantin/crawler/archive"
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
			in := importer.Importer{AsIs: asIs, Skipped: func(file string, line int, because error) {
				fmt.Fprintf(a.stderr, "%s: line %d skipped: %v\n", file, line, because)
			}}
			err := a.withArchive(cmd.Context(), func(ctx context.Context, ar *archive.Archive) error {
				in.Archive = ar
				for _, name := range args {
					if err := a.reading(name, func(r io.Reader) error { return in.Read(ctx, name, r) }); err != nil {
						return err
					}
				}
				return ar.Settle(ctx)
			})
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
