package command

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"bantin/bulletin"
	"bantin/bulletin/facts"
	"bantin/crawler/archive"

	"github.com/klauspost/compress/zstd"
	"github.com/spf13/cobra"
)

const (
	importBatch = 1000
	importLine  = 16 << 20 // bytes of one line
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
			in := importer{app: a, archive: ar, asIs: asIs}
			for _, name := range args {
				if err = in.file(cmd.Context(), name); err != nil {
					break
				}
			}
			return errors.Join(err, ar.Close(), in.finish())
		},
	}
	c.Flags().BoolVar(&asIs, "as-is", false, "leave absent facts absent instead of reading them from the text")
	return c
}

// importer counts what it takes in over all files.
type importer struct {
	*app
	archive          *archive.Archive
	asIs             bool
	batch            []bulletin.Bulletin
	added, same, bad int
}

func (in *importer) file(ctx context.Context, name string) error {
	r := in.stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		r = f
	}
	u, err := unpacked(name, r)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	defer u.Close()
	lines := bufio.NewScanner(u)
	lines.Buffer(make([]byte, 0, 1<<16), importLine)
	n := 0
	for lines.Scan() {
		n++
		if len(lines.Bytes()) == 0 {
			continue
		}
		if err := in.line(ctx, lines.Bytes()); err != nil {
			if ctx.Err() != nil || !errors.As(err, new(badLine)) {
				return fmt.Errorf("%s: line %d: %w", name, n, err)
			}
			in.bad++
			fmt.Fprintf(in.stderr, "%s: line %d skipped: %v\n", name, n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("%s: line %d: %w", name, n+1, err)
	}
	return in.flush(ctx)
}

// badLine is an error of one line, which is skipped.
type badLine struct{ error }

func (in *importer) line(ctx context.Context, text []byte) error {
	var b bulletin.Bulletin
	if err := json.Unmarshal(text, &b); err != nil {
		return badLine{err}
	}
	if b.Title == "" && b.Body == "" {
		return badLine{errors.New("neither title nor body: nothing to search")}
	}
	if b.ID == "" {
		b.ID = bulletin.NewID(b.Site, b.URL)
		if b.URL == "" {
			b.ID = bulletin.NewID(b.Title, b.Body)
		}
	}
	if !in.asIs {
		facts.ReadFacts(&b, facts.Hint{Province: b.Province})
	}
	in.batch = append(in.batch, b)
	if len(in.batch) < importBatch {
		return nil
	}
	return in.flush(ctx)
}

func (in *importer) flush(ctx context.Context) error {
	if len(in.batch) == 0 {
		return nil
	}
	saved, err := in.archive.Import(ctx, in.batch...)
	if err != nil {
		return err
	}
	in.batch = in.batch[:0]
	in.added += saved.New + saved.Changed
	in.same += saved.Unchanged
	return nil
}

func (in *importer) finish() error {
	fmt.Fprintf(in.stdout, "%d taken in, %d known already, %d skipped\n", in.added, in.same, in.bad)
	if in.bad > 0 {
		return errSilent
	}
	return nil
}

// unpacked reads a plain, gzip or zstd file by its name.
func unpacked(name string, r io.Reader) (io.ReadCloser, error) {
	switch {
	case strings.HasSuffix(name, ".gz"):
		return gzip.NewReader(r)
	case strings.HasSuffix(name, ".zst"):
		d, err := zstd.NewReader(r, zstd.WithDecoderMaxMemory(256<<20))
		if err != nil {
			return nil, err
		}
		return d.IOReadCloser(), nil
	}
	return io.NopCloser(r), nil
}
