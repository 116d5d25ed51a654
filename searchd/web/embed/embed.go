// Package embed serves the search box for other people's pages: its script,
// its answers, the page that configures it, and who may ask.
package embed

import (
	"bytes"
	"crypto/sha256"
	"crypto/sha512"
	"embed"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"slices"
	"strings"

	"bantin/cache"
	"bantin/searchd/web/answer"
	"bantin/searchd/web/page"

	"github.com/gin-gonic/gin"
	"github.com/klauspost/compress/gzip"
)

// Addresses that pages of others load or ask.
const (
	Script = "/embed.js"
	Types  = "/embed.d.ts"
	API    = "/api/v1/embed"
	Frame  = "/embed/frame"
	Loader = "/embed/loader.js" // for systems that strip type="module"
)

// loaderIntegrity is the loader's for ever.
const loaderIntegrity = "sha384-1/q3ELhaXIgMoFRoEUN/+SM6e8gpwfpbe66YKsmGrT19xMgAJYCEA5eYCaP3uFA3"

//go:embed embed.js embed.d.ts loader.js released/*.js
var scripts embed.FS

// file is the search box for other people's pages.
type file struct {
	script    []byte // without comments and indentation
	types     []byte
	loader    []byte
	released  map[string][]byte // by address: every version that a page may name
	versioned string            // address that changes with the script
	integrity string            // as the attribute of that name says it
	gzipped   int               // bytes on the wire
}

func loadFile() (file, error) {
	source, err := scripts.ReadFile("embed.js")
	if err != nil {
		return file{}, err
	}
	types, err := scripts.ReadFile("embed.d.ts")
	if err != nil {
		return file{}, err
	}
	loader, err := scripts.ReadFile("loader.js")
	if err != nil {
		return file{}, err
	}
	f := file{script: bare(source), types: types, loader: bare(loader), released: map[string][]byte{}}
	if err := f.addReleased(); err != nil {
		return file{}, err
	}
	f.versioned = versioned(f.script)
	f.released[f.versioned] = f.script
	f.integrity = integrity(f.script)
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write(f.script); err != nil {
		return file{}, err
	}
	if err := w.Close(); err != nil {
		return file{}, err
	}
	f.gzipped = packed.Len()
	return f, nil
}

// addReleased takes up the scripts of earlier releases: pages name them by what
// they hold, with an integrity attribute that refuses anything else.
func (f *file) addReleased() error {
	entries, err := scripts.ReadDir("released")
	if err != nil {
		return err
	}
	for _, e := range entries {
		script, err := scripts.ReadFile("released/" + e.Name())
		if err != nil {
			return err
		}
		f.released[versioned(script)] = script
	}
	return nil
}

// integrity is the attribute of that name for a script.
func integrity(script []byte) string {
	sum := sha512.Sum384(script)
	return "sha384-" + base64.StdEncoding.EncodeToString(sum[:])
}

// versioned is the address of a script, which says what it holds.
func versioned(script []byte) string {
	sum := sha256.Sum256(script)
	return "/embed/" + hex.EncodeToString(sum[:8]) + ".js"
}

// Box answers pages of others. New makes it.
type Box struct {
	*page.Pages
	file   file
	gate   *gate
	scopes cache.Of[string, scopeCounts]
	brief  cache.Of[string, AnswerJSON]
}

// New makes ready what serves the box to sites.
func New(p *page.Pages, sites Sites) (*Box, error) {
	b := &Box{Pages: p}
	var err error
	if b.file, err = loadFile(); err != nil {
		return nil, err
	}
	b.gate, err = newGate(sites)
	return b, err
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

// Version serves a released script for ever under the address of its content:
// the API that it asks changes by additions only.
func (s *Box) Version(c *gin.Context) error {
	script, ok := s.file.released[c.Request.URL.Path]
	if !ok {
		return answer.NewProblem("not-found", nil)
	}
	s.asset(c, "public, max-age=31536000, immutable", "text/javascript; charset=utf-8", script)
	return nil
}

// LoaderScript serves the classic script that fetches the module.
func (s *Box) LoaderScript(c *gin.Context) error {
	s.asset(c, "public, max-age=31536000", "text/javascript; charset=utf-8", s.file.loader)
	return nil
}

// Latest serves the script under the address that never changes.
func (s *Box) Latest(c *gin.Context) error {
	s.asset(c, "public, max-age=300", "text/javascript; charset=utf-8", s.file.script)
	return nil
}

// Declarations serves the types of the script for TypeScript.
func (s *Box) Declarations(c *gin.Context) error {
	s.asset(c, "public, max-age=300", "text/plain; charset=utf-8", s.file.types)
	return nil
}

func (s *Box) asset(c *gin.Context, cache, kind string, data []byte) {
	sum := sha256.Sum256(data)
	tag := `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
	c.Header("Cache-Control", cache)
	c.Header("ETag", "W/"+tag)
	if slices.Contains(answer.EntityTags(c.GetHeader("If-None-Match")), tag) {
		c.Status(http.StatusNotModified)
		return
	}
	c.Data(http.StatusOK, kind, data)
}

// CORS lets any page load the script and read the answers of its API,
// and tells whether the address is such a one. Which pages are answered is
// decided by their origin and not by the browser's reading of this header, so
// that a page which is refused can read why.
func CORS(c *gin.Context) bool {
	p := c.Request.URL.Path
	if p != API && p != Script && p != Types && (!strings.HasPrefix(p, "/embed/") || !strings.HasSuffix(p, ".js")) {
		return false
	}
	h := c.Writer.Header()
	h.Add("Vary", "Origin")
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Expose-Headers", "ETag, Retry-After, X-Request-Id")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	return true
}
