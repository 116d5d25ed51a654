// Package importer takes bulletins that others hand over into the archive.
package importer

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"bantin/bulletin"
	"bantin/bulletin/facts"
	"bantin/crawler/archive"

	"github.com/klauspost/compress/zstd"
)

// Bounds of what is taken in at a time.
const (
	Batch   = 1000     // bulletins stored in one transaction
	Longest = 16 << 20 // bytes of one line
)

// Importer counts what it takes in over all files. Archive is required.
type Importer struct {
	Archive *archive.Archive
	AsIs    bool                                       // absent facts stay absent; else they are read from the text
	Skipped func(file string, line int, because error) // told of each bad line, may be nil

	Added, Known, Bad int

	batch []bulletin.Bulletin
}

// Read takes in a file of one JSON object a line, as extract prints it, packed
// as its name says: .gz, .zst or neither. A bad line is skipped. On an error
// what was read before is taken in all the same.
func (in *Importer) Read(ctx context.Context, name string, r io.Reader) error {
	u, err := unpacked(name, r)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	defer u.Close()
	lines := lineReader{r: bufio.NewReaderSize(u, 1<<16), most: Longest}
	for ctx.Err() == nil {
		line, err := lines.next()
		if err == nil && len(line) > 0 {
			err = in.line(ctx, line)
		}
		switch {
		case err == nil:
		case errors.As(err, new(badLine)):
			in.Bad++
			if in.Skipped != nil {
				in.Skipped(name, lines.n, err)
			}
		case errors.Is(err, io.EOF):
			return in.flush(ctx)
		default:
			return errors.Join(fmt.Errorf("%s: line %d: %w", name, lines.n, err), in.flush(ctx))
		}
	}
	return ctx.Err()
}

// badLine is an error of one line, which is skipped.
type badLine struct{ error }

func (in *Importer) line(ctx context.Context, text []byte) error {
	var b bulletin.Bulletin
	if err := b.UnmarshalJSON(text); err != nil {
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
	if !in.AsIs {
		facts.ReadFacts(&b, facts.Hint{Province: b.Province})
	}
	in.batch = append(in.batch, b)
	if len(in.batch) < Batch {
		return nil
	}
	return in.flush(ctx)
}

func (in *Importer) flush(ctx context.Context) error {
	if len(in.batch) == 0 {
		return nil
	}
	saved, err := in.Archive.Import(ctx, in.batch...)
	if err != nil {
		return err
	}
	in.batch = in.batch[:0]
	in.Added += saved.New + saved.Changed
	in.Known += saved.Unchanged
	return nil
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
