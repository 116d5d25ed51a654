package web

import (
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/gin-gonic/gin"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// minCompressed is the size under which an answer is sent as it is.
const minCompressed = 1024

// encoder is a compressing writer that can be used again.
type encoder interface {
	io.WriteCloser
	Flush() error
	Reset(w io.Writer)
}

// encoding is a coding offered, with a pool of its writers: a zstd window
// costs more than the page that goes through it.
type encoding struct {
	name string
	pool *sync.Pool
}

// newEncodings returns the codings, the preferred first.
func newEncodings() []encoding {
	return []encoding{
		{"zstd", &sync.Pool{New: func() any {
			// Browsers refuse windows over 8 MB (RFC 9659); ours are far smaller.
			w, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(256<<10))
			if err != nil {
				panic(err) // the options are constant
			}
			return w
		}}},
		{"gzip", &sync.Pool{New: func() any { return gzip.NewWriter(nil) }}},
	}
}

// compress encodes answers as the client accepts.
func (s *server) compress(c *gin.Context) {
	c.Writer.Header().Add("Vary", "Accept-Encoding")
	e := accepted(s.encodings, c.GetHeader("Accept-Encoding"))
	if e == nil || c.Request.Method == http.MethodHead {
		return
	}
	w := &compressed{ResponseWriter: c.Writer, encoding: e}
	c.Writer = w
	defer func() { c.Writer = w.ResponseWriter }()
	c.Next()
	w.close()
}

// accepted returns the best coding that the header allows, or nil.
func accepted(offered []encoding, header string) *encoding {
	best, bestQ := len(offered), 0.0
	for part := range strings.SplitSeq(header, ",") {
		name, q := quality(part)
		for i, e := range offered {
			if (name == e.name || name == "*") && (q > bestQ || (q == bestQ && q > 0 && i < best)) {
				best, bestQ = i, q
			}
		}
	}
	if best == len(offered) {
		return nil
	}
	return &offered[best]
}

// quality splits "gzip;q=0.5" into its name and weight.
func quality(part string) (string, float64) {
	name, arg, _ := strings.Cut(part, ";")
	q := 1.0
	if v, ok := strings.CutPrefix(strings.TrimSpace(arg), "q="); ok {
		f, err := strconv.ParseFloat(v, 64)
		if err != nil {
			return "", 0
		}
		q = f
	}
	return strings.ToLower(strings.TrimSpace(name)), q
}

// compressed holds an answer's beginning back until it is known to be worth
// encoding.
type compressed struct {
	gin.ResponseWriter
	encoding *encoding
	held     []byte
	enc      encoder
	plain    bool
}

// Write takes bytes of the body.
func (w *compressed) Write(p []byte) (int, error) {
	if w.enc == nil && !w.plain {
		if !w.compressible() {
			w.plain = true
		} else if len(w.held)+len(p) < minCompressed {
			w.held = append(w.held, p...)
			return len(p), nil
		} else if err := w.begin(); err != nil {
			return 0, err
		}
	}
	if w.enc != nil {
		return w.enc.Write(p)
	}
	return w.ResponseWriter.Write(p)
}

// WriteString is Write for a string.
func (w *compressed) WriteString(s string) (int, error) { return w.Write([]byte(s)) }

// Flush sends what was written so far.
func (w *compressed) Flush() {
	if w.enc == nil && !w.plain && w.compressible() && w.begin() != nil {
		return
	}
	if w.enc != nil && w.enc.Flush() != nil {
		return
	}
	w.ResponseWriter.Flush()
}

// Written tells whether the answer has begun, held back or not.
func (w *compressed) Written() bool { return len(w.held) > 0 || w.ResponseWriter.Written() }

// Unwrap serves http.ResponseController.
func (w *compressed) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// compressible tells text that is not encoded yet.
func (w *compressed) compressible() bool {
	h := w.Header()
	kind := h.Get("Content-Type")
	text := strings.HasPrefix(kind, "text/") || strings.Contains(kind, "json") || strings.Contains(kind, "xml") ||
		strings.Contains(kind, "javascript") || strings.Contains(kind, "x-bibtex") || strings.Contains(kind, "research-info")
	return text && h.Get("Content-Encoding") == "" && w.Status() != http.StatusNotModified && w.Status() != http.StatusNoContent
}

// begin switches to the encoder and gives it what was held.
func (w *compressed) begin() error {
	h := w.Header()
	h.Set("Content-Encoding", w.encoding.name)
	h.Del("Content-Length")
	w.enc, _ = w.encoding.pool.Get().(encoder)
	w.enc.Reset(w.ResponseWriter)
	_, err := w.enc.Write(w.held)
	w.held = nil
	return err
}

// close sends the rest and gives the encoder back.
func (w *compressed) close() {
	if w.enc == nil {
		if len(w.held) > 0 {
			_, _ = w.ResponseWriter.Write(w.held) // the client is gone
		}
		return
	}
	_ = w.enc.Close() // the client is gone
	w.enc.Reset(nil)
	w.encoding.pool.Put(w.enc)
	w.enc = nil
}
