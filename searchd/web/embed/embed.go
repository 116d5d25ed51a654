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
	"errors"
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

// box is the search box for other people's pages.
type box struct {
	files     map[string]file // by address: the latest, and every version that a page may name
	versioned string          // address that changes with the script
	integrity string          // as the attribute of that name says it
	gzipped   int             // bytes of the script on the wire
}

// file is what pages of others load.
type file struct {
	cache, kind string
	data        []byte
}

// Kinds of files, and for how long they are kept.
const (
	javaScript = "text/javascript; charset=utf-8"
	plainText  = "text/plain; charset=utf-8"
	forMinutes = "public, max-age=300"
	forAYear   = "public, max-age=31536000"
	forEver    = forAYear + ", immutable"
)

func loadBox() (b box, err error) {
	read := func(name string) []byte {
		data, failed := scripts.ReadFile(name)
		err = errors.Join(err, failed)
		return data
	}
	script := bare(read("embed.js"))
	b = box{versioned: versioned(script), integrity: integrity(script)}
	b.files = map[string]file{
		Script:      {forMinutes, javaScript, script},
		Types:       {forMinutes, plainText, read("embed.d.ts")},
		Loader:      {forAYear, javaScript, bare(read("loader.js"))},
		b.versioned: {forEver, javaScript, script},
	}
	// Pages name the scripts of earlier releases by what they hold, with an
	// integrity attribute that refuses anything else.
	released, failed := scripts.ReadDir("released")
	for _, e := range released {
		data := read("released/" + e.Name())
		b.files[versioned(data)] = file{forEver, javaScript, data}
	}
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, writing := w.Write(script)
	err = errors.Join(err, failed, writing, w.Close())
	b.gzipped = packed.Len()
	return b, err
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
	box    box
	gate   *gate
	scopes cache.Of[string, scopeCounts]
	brief  cache.Of[string, AnswerJSON]
}

// New makes ready what serves the box to sites.
func New(p *page.Pages, sites Sites) (*Box, error) {
	b := &Box{Pages: p}
	var err error
	if b.box, err = loadBox(); err != nil {
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

// File serves one of the files that pages of others load: a released script for
// ever, since the API that it asks changes by additions only.
func (s *Box) File(c *gin.Context) error {
	f, ok := s.box.files[c.Request.URL.Path]
	if !ok {
		return answer.NewProblem("not-found", nil)
	}
	sum := sha256.Sum256(f.data)
	tag := `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
	c.Header("Cache-Control", f.cache)
	c.Header("ETag", "W/"+tag)
	if slices.Contains(answer.EntityTags(c.GetHeader("If-None-Match")), tag) {
		c.Status(http.StatusNotModified)
		return nil
	}
	c.Data(http.StatusOK, f.kind, f.data)
	return nil
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
