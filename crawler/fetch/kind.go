package fetch

import (
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strings"
)

// Kind is what a request expects; it decides the content types and the size
// that are accepted.
type Kind int

// Kinds of content.
const (
	Page  Kind = iota // an HTML page
	Delta             // the answer to an ASP.NET UpdatePanel postback, or a page
	Feed              // RSS, Atom, a sitemap (gzipped too) or JSON
	File              // a document attached to a bulletin
	Any               // whatever a listing may be: a page, a feed, JSON
)

func (k Kind) accept() string {
	switch k {
	case Page:
		return "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5"
	case Feed:
		return "application/rss+xml,application/atom+xml,application/json,application/xml;q=0.9,*/*;q=0.5"
	case Delta, File, Any:
	}
	return "*/*"
}

func (k Kind) limit(l Limits) int64 {
	if k == File {
		return l.File
	}
	return l.Page
}

// generic types say nothing: servers send them for want of a better one.
var generic = []string{"", "application/octet-stream", "application/x-unknown", "binary/octet-stream", "unknown/unknown", "application/force-download"}

// admits checks an answer's declared type and its first bytes.
func (k Kind) admits(declared string, head []byte) error {
	sniffed, _, _ := strings.Cut(http.DetectContentType(head), ";")
	kind := declared
	if slices.Contains(generic, declared) {
		kind = sniffed
	}
	// a portal that calls its pages plain text is still read; a document
	// that calls itself a page is not
	page := (strings.HasPrefix(kind, "text/") && kind != "text/css" && kind != "text/csv" || strings.HasPrefix(kind, "application/xhtml")) && !binary(sniffed)
	feed := strings.HasPrefix(kind, "text/") || strings.Contains(kind, "xml") || strings.Contains(kind, "json") || strings.Contains(kind, "gzip")
	ok := false
	switch k {
	case Page, Delta:
		ok = page
	case Feed:
		ok = feed
	case Any: // scripts tell where a list comes from
		ok = page || strings.Contains(kind, "javascript") || feed && !strings.HasPrefix(kind, "image/") && (!binary(sniffed) || strings.Contains(kind, "gzip"))
	case File:
		ok = !strings.HasPrefix(kind, "text/html") && (sniffed != "text/html" || strings.HasPrefix(kind, "text/"))
	}
	if !ok {
		return fmt.Errorf("%w %q", ErrType, kind)
	}
	return nil
}

func binary(kind string) bool {
	prefixes := []string{"image/", "video/", "audio/", "font/", "application/pdf", "application/zip", "application/x-gzip", "application/x-rar"}
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(kind, p) })
}

func mediaType(header http.Header) string {
	declared := header.Get("Content-Type")
	if kind, _, err := mime.ParseMediaType(declared); err == nil {
		return kind
	}
	kind, _, _ := strings.Cut(declared, ";")
	return strings.ToLower(strings.TrimSpace(kind))
}
