package web

import (
	"bytes"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/klauspost/compress/gzip"
)

// Addresses that pages of others load or ask.
const (
	embedScript = "/embed.js"
	embedTypes  = "/embed.d.ts"
	embedAPI    = "/api/v1/embed"
	embedFrame  = "/embed/frame"

	embedUnanswered = "/embed/unanswered" // for the operator
)

// embedFile is the search box for other people's pages.
type embedFile struct {
	script    []byte // without comments and indentation
	types     []byte
	versioned string // address that changes with the script
	integrity string // as the attribute of that name says it
	gzipped   int    // bytes on the wire
}

func loadEmbed() (embedFile, error) {
	source, err := assetFiles.ReadFile("assets/embed/embed.js")
	if err != nil {
		return embedFile{}, err
	}
	types, err := assetFiles.ReadFile("assets/embed/embed.d.ts")
	if err != nil {
		return embedFile{}, err
	}
	f := embedFile{script: bare(source), types: types}
	short, long := sha256.Sum256(f.script), sha512.Sum384(f.script)
	f.versioned = "/embed/" + hex.EncodeToString(short[:8]) + ".js"
	f.integrity = "sha384-" + base64.StdEncoding.EncodeToString(long[:])
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write(f.script); err != nil {
		return embedFile{}, err
	}
	if err := w.Close(); err != nil {
		return embedFile{}, err
	}
	f.gzipped = packed.Len()
	return f, nil
}

// startEmbed makes ready what serves the search box.
func (s *server) startEmbed() error {
	var err error
	if s.embed, err = loadEmbed(); err != nil {
		return err
	}
	if s.gate, err = newEmbedGate(s.EmbedSites); err != nil {
		return err
	}
	s.report = newEmbedReport(s.EmbedSites, time.Now())
	if s.Operator != nil {
		s.Operator.Handle("GET "+embedUnanswered, s.report)
	}
	return nil
}

// bare leaves out of a script its indentation, its empty lines and the lines
// that are comments.
func bare(source []byte) []byte {
	var b strings.Builder
	for line := range strings.Lines(string(source)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "//") {
			b.WriteString(line)
			b.WriteByte('\n')
		}
	}
	return []byte(b.String())
}

// embedVersion serves the script for ever under the address of its present
// content. Another version is gone, and the pages that name it keep the plain
// form: their integrity attribute would refuse anything else.
func (s *server) embedVersion(c *gin.Context) error {
	if c.Request.URL.Path != s.embed.versioned {
		return newProblem("not-found", nil)
	}
	s.embedAsset(c, "public, max-age=31536000, immutable", "text/javascript; charset=utf-8", s.embed.script)
	return nil
}

// embedLatest serves the script under the address that never changes.
func (s *server) embedLatest(c *gin.Context) error {
	s.embedAsset(c, "public, max-age=300", "text/javascript; charset=utf-8", s.embed.script)
	return nil
}

func (s *server) embedDeclarations(c *gin.Context) error {
	s.embedAsset(c, "public, max-age=300", "text/plain; charset=utf-8", s.embed.types)
	return nil
}

func (s *server) embedAsset(c *gin.Context, cache, kind string, data []byte) {
	sum := sha256.Sum256(data)
	tag := `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
	c.Header("Cache-Control", cache)
	c.Header("ETag", "W/"+tag)
	if slices.Contains(entityTags(c.GetHeader("If-None-Match")), tag) {
		c.Status(http.StatusNotModified)
		return
	}
	c.Data(http.StatusOK, kind, data)
}

// embedCORS lets any page load the script and read the answers of its API,
// and tells whether the address is such a one. Which pages are answered is
// decided by their origin and not by the browser's reading of this header, so
// that a page which is refused can read why.
func embedCORS(c *gin.Context) bool {
	p := c.Request.URL.Path
	if p != embedAPI && p != embedScript && p != embedTypes && (!strings.HasPrefix(p, "/embed/") || !strings.HasSuffix(p, ".js")) {
		return false
	}
	h := c.Writer.Header()
	h.Add("Vary", "Origin")
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Expose-Headers", "ETag, Retry-After, X-Request-Id")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	return true
}
