package fetch

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/andybalholm/brotli"
)

const (
	largeBody, largeSlots = 512 << 10, 2 // bodies past this size held at once
	hugeBody, hugeSlots   = 8 << 20, 1
)

// read reads a whole body; too many bytes, on the wire or unpacked, are an
// error and not a shorter body.
func (c *Client) read(ctx context.Context, resp *http.Response, t terms, slot *slot, cancel context.CancelCauseFunc) ([]byte, error) {
	limit := t.kind.limit(c.options.Limits)
	if (t.kind == Feed || t.kind == Any) && (t.gunzip || strings.Contains(mediaType(resp.Header), "xml")) {
		limit = c.options.Limits.Feed
	}
	if t.robots {
		limit = robotsLimit
	}
	if resp.ContentLength > limit && !t.robots {
		return nil, fmt.Errorf("%w: %d bytes, at most %d", ErrTooLarge, resp.ContentLength, limit)
	}
	idle := newIdle(resp.Body, c.options.Limits.Idle, cancel)
	defer idle.stop()
	unpacked, err := decoded(&capped{source: idle, left: limit, cut: t.robots}, resp.Header.Values("Content-Encoding"))
	if err != nil {
		return nil, err
	}
	if t.gunzip {
		unpacked = gunzipped(unpacked)
	}
	body := bufio.NewReaderSize(&capped{source: unpacked, left: limit, cut: t.robots}, 4096)
	if err := admit(resp, body, t); err != nil {
		return nil, err
	}
	return readAll(ctx, body, slot)
}

// admit checks the content type of a good answer; the text of an error page is
// of no use but as a hint.
func admit(resp *http.Response, body *bufio.Reader, t terms) error {
	if t.robots || resp.StatusCode != http.StatusOK {
		return nil
	}
	head, err := body.Peek(512)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	return t.kind.admits(mediaType(resp.Header), head)
}

// readAll reads to the end, taking a slot once the body turns out large.
func readAll(ctx context.Context, source io.Reader, slot *slot) ([]byte, error) {
	body := make([]byte, 0, 16<<10)
	for {
		if len(body) == cap(body) {
			if err := slot.take(ctx, len(body)); err != nil {
				return nil, err
			}
			body = slices.Grow(body, max(len(body)/2, 16<<10))
		}
		n, err := source.Read(body[len(body):cap(body)])
		body = body[:len(body)+n]
		if errors.Is(err, io.EOF) {
			return body, nil
		}
		if err != nil {
			return nil, fmt.Errorf("body after %d bytes: %w", len(body), err)
		}
	}
}

// decoded undoes the content encodings, last applied first.
func decoded(source io.Reader, headers []string) (io.Reader, error) {
	names := strings.Split(strings.ToLower(strings.Join(headers, ",")), ",")
	for _, name := range slices.Backward(names) {
		switch strings.TrimSpace(name) {
		case "", "identity", "none", "utf-8": // the last two are seen on portals
		case "gzip", "x-gzip":
			source = gunzipped(source)
		case "deflate":
			source = inflated(source)
		case "br":
			source = brotli.NewReader(source)
		default:
			return nil, fmt.Errorf("%w: content encoding %q", ErrType, name)
		}
	}
	return source, nil
}

// gunzipped unpacks a gzip stream; what does not begin as one passes as it is,
// for servers announce gzip and send plain text.
func gunzipped(source io.Reader) io.Reader {
	buffered := bufio.NewReader(source)
	return &lazy{open: func() (io.Reader, error) {
		magic, err := buffered.Peek(2)
		if err != nil || magic[0] != 0x1f || magic[1] != 0x8b {
			return buffered, nil //nolint:nilerr // too short to be gzip: plain
		}
		return gzip.NewReader(buffered)
	}}
}

// inflated unpacks "deflate", which servers send with and without zlib's
// header.
func inflated(source io.Reader) io.Reader {
	buffered := bufio.NewReader(source)
	return &lazy{open: func() (io.Reader, error) {
		head, err := buffered.Peek(2)
		if err == nil && head[0]&0x0f == 8 && (uint(head[0])<<8|uint(head[1]))%31 == 0 {
			return zlib.NewReader(buffered)
		}
		return flate.NewReader(buffered), nil
	}}
}

// lazy opens its reader at the first read.
type lazy struct {
	open   func() (io.Reader, error)
	reader io.Reader
}

func (l *lazy) Read(p []byte) (int, error) {
	if l.reader == nil {
		reader, err := l.open()
		if err != nil {
			return 0, fmt.Errorf("unpack: %w", err)
		}
		l.reader = reader
	}
	return l.reader.Read(p)
}

// capped fails, or with cut ends, once more than left bytes came.
type capped struct {
	source io.Reader
	left   int64
	cut    bool
}

func (c *capped) Read(p []byte) (int, error) {
	if c.cut && c.left <= 0 {
		return 0, io.EOF
	}
	if int64(len(p)) > c.left+1 {
		p = p[:c.left+1]
	}
	n, err := c.source.Read(p)
	c.left -= int64(n)
	if c.left >= 0 {
		return n, err
	}
	if c.cut {
		return n - 1, io.EOF
	}
	return 0, ErrTooLarge
}

// idleReader ends the exchange when no byte comes for a while.
type idleReader struct {
	source io.Reader
	limit  time.Duration
	timer  *time.Timer
}

func newIdle(source io.Reader, limit time.Duration, cancel context.CancelCauseFunc) *idleReader {
	timer := time.AfterFunc(limit, func() {
		cancel(fmt.Errorf("%w: nothing received for %s", ErrTimeout, limit))
	})
	return &idleReader{source: source, limit: limit, timer: timer}
}

func (r *idleReader) Read(p []byte) (int, error) {
	r.timer.Reset(r.limit)
	n, err := r.source.Read(p)
	r.timer.Stop()
	return n, err
}

func (r *idleReader) stop() { r.timer.Stop() }
