package crawler

import (
	"bytes"
	"context"
	"crypto/sha1" //nolint:gosec // the digest that the format's readers expect
	"encoding/base32"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"bantin/crawler/archive"
)

// WriteWARC writes the archived pages that f selects as WARC 1.1 records
// (ISO 28500:2017), one warcinfo and then one response for every page, each
// with the status line and headers that the portal sent. Bodies are as decoded
// from their transfer encoding, so the headers that told of it are left out.
// It reads one page at a time.
func WriteWARC(ctx context.Context, w io.Writer, a *archive.Archive, f archive.PageFilter) error {
	info := "software: bantin\r\nformat: WARC File Format 1.1\r\nconformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
	if err := writeRecord(w, time.Now(), "warcinfo", "info", "", "application/warc-fields", []byte(info), nil); err != nil {
		return err
	}
	for page, err := range a.Pages(ctx, f) {
		if err != nil {
			return err
		}
		block := response(page)
		if err := writeRecord(w, page.Fetched, "response", fmt.Sprint(page.ID), page.URL, "application/http; msgtype=response", block, page.Body); err != nil {
			return fmt.Errorf("page %d: %w", page.ID, err)
		}
	}
	return nil
}

// response is a page as it came over HTTP.
func response(p archive.Stored) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "HTTP/1.1 %d %s\r\n", p.Status, http.StatusText(p.Status))
	for line := range strings.Lines(p.Header) {
		name, _, ok := strings.Cut(line, ":")
		switch strings.ToLower(name) {
		case "content-length", "content-encoding", "transfer-encoding":
			ok = false
		}
		if ok {
			b.WriteString(strings.TrimRight(line, "\r\n") + "\r\n")
		}
	}
	fmt.Fprintf(&b, "Content-Length: %d\r\n\r\n", len(p.Body))
	b.Write(p.Body)
	return b.Bytes()
}

func writeRecord(w io.Writer, at time.Time, kind, seed, uri, contentType string, block, payload []byte) error {
	var h strings.Builder
	fmt.Fprintf(&h, "WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:%s>\r\nWARC-Date: %s\r\n", kind, uuid(kind, seed, uri, at), at.UTC().Format(time.RFC3339))
	if uri != "" {
		fmt.Fprintf(&h, "WARC-Target-URI: %s\r\nWARC-Payload-Digest: sha1:%s\r\n", uri, digest(payload))
	}
	fmt.Fprintf(&h, "WARC-Block-Digest: sha1:%s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n", digest(block), contentType, len(block))
	if _, err := io.WriteString(w, h.String()); err != nil {
		return err
	}
	if _, err := w.Write(block); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\r\n\r\n")
	return err
}

func digest(b []byte) string {
	sum := sha1.Sum(b) //nolint:gosec // see above
	return base32.StdEncoding.EncodeToString(sum[:])
}

// uuid names a record the same at every export (RFC 9562, version 8).
func uuid(parts ...any) string {
	sum := sha1.Sum(fmt.Append(nil, parts...)) //nolint:gosec // an identifier
	sum[6] = sum[6]&0x0f | 0x80
	sum[8] = sum[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", sum[:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}
