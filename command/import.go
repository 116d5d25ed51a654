package command

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
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
			if err == nil {
				err = ar.Settle(cmd.Context())
			}
			return in.finish(errors.Join(err, ar.Close()))
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
	lines := lineReader{r: bufio.NewReaderSize(u, 1<<16), most: importLine}
	for ctx.Err() == nil {
		line, err := lines.next()
		if err == nil && len(line) > 0 {
			err = in.line(ctx, line)
		}
		switch {
		case err == nil:
		case errors.As(err, new(badLine)):
			in.bad++
			fmt.Fprintf(in.stderr, "%s: line %d skipped: %v\n", name, lines.n, err)
		case errors.Is(err, io.EOF):
			return in.flush(ctx)
		default: // what was read before is taken all the same
			return errors.Join(fmt.Errorf("%s: line %d: %w", name, lines.n, err), in.flush(ctx))
		}
	}
	return ctx.Err()
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
	if err := webAddresses(&b); err != nil {
		return badLine{err}
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

// finish says what was done, and fails when err is one or a line was bad.
func (in *importer) finish(err error) error {
	fmt.Fprintf(in.stdout, "%d taken in, %d known already, %d skipped\n", in.added, in.same, in.bad)
	if err == nil && in.bad > 0 {
		return errSilent
	}
	return err
}

// webAddresses refuses addresses that are no web addresses: answers carry them
// as links.
func webAddresses(b *bulletin.Bulletin) error {
	all := []string{b.URL}
	for _, at := range b.Attachments {
		all = append(all, at.URL)
	}
	for _, address := range all {
		if address == "" {
			continue
		}
		u, err := url.Parse(address)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			return fmt.Errorf("the address %.60q is none of the web: it begins with http:// or https://", address)
		}
	}
	return nil
}

// lineReader reads lines of bounded length.
type lineReader struct {
	r    *bufio.Reader
	most int // bytes
	n    int // number of the line read last
	line []byte
}

var byteOrderMark = []byte("\xef\xbb\xbf")

// next is the next line without its end, valid until the next call; a longer
// one is passed over and a badLine. The last line may come without an end, but
// not before an error of reading, which tore it.
func (l *lineReader) next() ([]byte, error) {
	l.n++
	l.line = l.line[:0]
	long := false
	for {
		part, err := l.r.ReadSlice('\n')
		if long = long || len(l.line)+len(part) > l.most; !long {
			l.line = append(l.line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && len(l.line) > 0 || err == nil:
		case long:
			return nil, badLine{fmt.Errorf("it ends in the middle, past %d MB: %w", l.most>>20, err)}
		default:
			return nil, err
		}
		if long {
			return nil, badLine{fmt.Errorf("longer than %d MB", l.most>>20)}
		}
		if l.n == 1 {
			l.line = bytes.TrimPrefix(l.line, byteOrderMark)
		}
		return bytes.TrimSpace(l.line), nil
	}
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
