package command

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"

	"bantin/crawler"
	"bantin/crawler/archive"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// formats are the exports and the search that streams each; warc is the
// archived pages themselves, archive all there is.
var formats = map[string]string{
	"jsonl": "/search.jsonl", "csv": "/search.csv", "bibtex": "/search.bib", "ris": "/search.ris",
	"citations": "/citations.csv", "concordance": "/concordance.csv", "warc": "", "archive": "", "dataset": "",
}

func (a *app) exportCommand() *cobra.Command {
	var f filters
	var format, text, output, asOf, licence string
	c := &cobra.Command{
		Use: "export [DIR]", Short: "Write bulletins, or the archived pages, to a file or standard output",
		Long: "Write the bulletins that a search finds, all of them by default, as JSON lines (which\n" +
			"import reads), CSV, BibTeX or RIS; as tables (CSV) every citation in them with its\n" +
			"sentence, or every occurrence of the query's words; the archived pages as WARC 1.1\n" +
			"(ISO 28500); or the whole archive, as restore puts it into a file or into PostgreSQL.\n" +
			"With --format dataset DIR, all that the archive held at some moment as a data package for\n" +
			"research: tables as CSV and Parquet with a codebook, an id and checksums.",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			path, ok := formats[format]
			if !ok {
				return usageError{fmt.Errorf("--format %q: choose jsonl, csv, bibtex, ris, citations, concordance, warc, archive or dataset", format)}
			}
			if err := onlyFor(cmd, format, args); err != nil {
				return err
			}
			if format == "dataset" {
				return a.exportDataset(cmd.Context(), args[0], asOf, licence)
			}
			return a.writing(output, func(w io.Writer) error {
				switch format {
				case "warc":
					return a.exportPages(cmd.Context(), w, *f.many["source"])
				case "archive":
					return a.withArchive(cmd.Context(), func(ctx context.Context, ar *archive.Archive) error { return ar.Dump(ctx, w) })
				}
				v := f.values()
				set(v, "q", text)
				return a.ask(cmd.Context(), path, v, w)
			})
		},
	}
	f.flags(c)
	c.Flags().StringVar(&format, "format", "jsonl", "jsonl, csv, bibtex, ris, citations, concordance, warc (takes --source only), archive or dataset (all there is)")
	c.Flags().StringVar(&asOf, "as-of", "", "dataset of what the archive held at the end of this day (2020-07-01); now when absent")
	c.Flags().StringVar(&licence, "licence", "CC-BY-4.0", "dataset's terms, as an SPDX identifier; they cannot bind the texts, which are the portals'")
	c.Flags().StringVarP(&text, "query", "q", "", "only what this query finds")
	c.Flags().StringVarP(&output, "output", "o", "-", "file to write, which must not exist yet; - for standard output")
	c.Flags().StringVar(&a.listen, "listen", "127.0.0.1:8080", "service to ask when one has the index open")
	return c
}

// ofDataset are the flags that a data set takes, and nothing else does.
var ofDataset = []string{"as-of", "licence"}

// onlyFor refuses what a format would leave out silently.
func onlyFor(cmd *cobra.Command, format string, args []string) (err error) {
	if format != "dataset" {
		if len(args) > 0 {
			return usageError{fmt.Errorf("%q: only --format dataset takes a folder", args[0])}
		}
		for _, name := range ofDataset {
			if cmd.Flags().Changed(name) {
				return usageError{fmt.Errorf("--%s is for --format dataset", name)}
			}
		}
		return nil
	}
	if len(args) == 0 {
		return usageError{errors.New("--format dataset: name the folder to write, which must not exist yet")}
	}
	cmd.Flags().Visit(func(f *pflag.Flag) {
		if f.Name != "format" && f.Name != "listen" && !slices.Contains(ofDataset, f.Name) && cmd.InheritedFlags().Lookup(f.Name) == nil {
			err = usageError{fmt.Errorf("--%s: a data set has all that the archive held", f.Name)}
		}
	})
	return err
}

// writing runs f with the named file or standard output. A file gets its name
// when all of it is written: what fails leaves nothing.
func (a *app) writing(name string, f func(io.Writer) error) error {
	if name == "-" {
		return written("standard output", buffered(a.stdout, f))
	}
	if _, err := os.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(fmt.Errorf("%s is there already: name another file or move it away", name), err)
	}
	part, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+"-*.part")
	if err != nil {
		return err
	}
	err = errors.Join(buffered(part, f), part.Chmod(0o644), part.Sync(), part.Close())
	if err == nil {
		err = os.Rename(part.Name(), name)
	}
	if err != nil {
		return errors.Join(written(name, err), os.Remove(part.Name()))
	}
	return nil
}

func buffered(out io.Writer, f func(io.Writer) error) error {
	w := bufio.NewWriterSize(out, 1<<16)
	if err := f(w); err != nil {
		return err
	}
	return w.Flush()
}

// written says in one sentence why an output could not be written.
func written(name string, err error) error {
	for _, reason := range []error{syscall.EPIPE, syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG, syscall.EIO} {
		if errors.Is(err, reason) {
			return fmt.Errorf("%s is not whole: %w", name, reason)
		}
	}
	return err
}

func (a *app) exportPages(ctx context.Context, w io.Writer, sites []string) error {
	if len(sites) == 0 {
		sites = []string{""}
	}
	return a.withArchive(ctx, func(ctx context.Context, ar *archive.Archive) error {
		for _, id := range sites {
			if err := crawler.WriteWARC(ctx, w, ar, archive.PageFilter{Site: id}); err != nil {
				return err
			}
		}
		return nil
	})
}
