package web

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"path"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"bantin/searchd/web/answer"
	"bantin/searchd/web/embed"
	"bantin/searchd/web/page"

	"github.com/gin-gonic/gin"
)

// Limits of one request.
const (
	maxAddress = 32 << 10
	maxBody    = 400 << 10 // 64 kB of text, escaped as JSON
	answerTime = 10 * time.Second
	streamTime = 10 * time.Minute
)

// identify gives every request an id, the caller's own when it is a sane one.
func (s *server) identify(c *gin.Context) {
	id := c.GetHeader("X-Request-Id")
	if !saneID.MatchString(id) {
		id = rand.Text()
	}
	c.Set(answer.RequestIDKey, id)
	c.Header("X-Request-Id", id)
}

var saneID = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// observe logs and counts every request: its route and never its address,
// client or words.
func (s *server) observe(c *gin.Context) {
	start := time.Now()
	done := s.metrics.begin()
	defer func() {
		took, status, name := time.Since(start), c.Writer.Status(), cmp.Or(c.FullPath(), "none") // the pattern that matched: names are few
		done(name, c.Request.Method, status, took)
		s.Log.Info("request", "method", knownMethod(c.Request.Method), "route", name, "status", status,
			"bytes", max(c.Writer.Size(), 0), "took_ms", float64(took.Microseconds())/1000, "request", c.GetString(answer.RequestIDKey))
	}()
	c.Next()
}

// knownMethod keeps invented methods out of logs and metrics.
func knownMethod(m string) string {
	switch m {
	case http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodPost, http.MethodPut, http.MethodDelete:
		return m
	}
	return "other"
}

// recover answers a panic with a plain problem and logs its stack. An aborted
// stream is aborted, so that nobody takes half of it for the whole.
func (s *server) recover(c *gin.Context) {
	defer func() {
		p := recover()
		if p == nil {
			return
		}
		s.logPanic(c, p)
		if c.Writer.Written() {
			panic(http.ErrAbortHandler)
		}
		s.fail(c, answer.NewProblem("internal", fmt.Errorf("panic: %v", p)))
	}()
	c.Next()
}

func (s *server) logPanic(c *gin.Context, p any) {
	if err, ok := p.(error); ok && err == http.ErrAbortHandler { //nolint:errorlint // net/http compares it so too
		return
	}
	s.Log.Error("panic", "route", c.FullPath(), "value", fmt.Sprint(p), "stack", string(debug.Stack()))
}

// secure sets the headers that keep a page to itself.
func (s *server) secure(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("Content-Security-Policy", answer.Policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
	if strings.HasPrefix(s.PublicURL, "https://") {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// limit refuses requests that are larger than any of ours.
func (s *server) limit(c *gin.Context) {
	if len(c.Request.RequestURI) > maxAddress {
		s.fail(c, answer.NewProblem("address-too-long", nil))
		c.Abort()
		return
	}
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, maxBody)
}

// deadline bounds the work and the writing of one answer.
func (s *server) deadline(rt route) gin.HandlerFunc {
	return func(c *gin.Context) {
		d := answerTime
		if rt.streams {
			d = streamTime
		}
		ctx, cancel := context.WithTimeout(c.Request.Context(), d)
		defer cancel()
		c.Request = c.Request.WithContext(ctx)
		// Fails only where there is no connection, as in tests.
		_ = http.NewResponseController(c.Writer).SetWriteDeadline(time.Now().Add(d + 5*time.Second))
		c.Next()
	}
}

// cors lets the scripts of other origins read the API: of any, since nothing in
// it is anybody's own and no cookie is looked at, or of those listed.
func (s *server) cors(c *gin.Context) {
	if embed.CORS(c) || !forPrograms(c.Request.URL.Path) {
		return
	}
	h := c.Writer.Header()
	allowed := "*"
	if len(s.config.Origins) > 0 && !slices.Contains(s.config.Origins, "*") {
		h.Add("Vary", "Origin")
		if allowed = c.GetHeader("Origin"); !slices.Contains(s.config.Origins, allowed) {
			return
		}
	}
	h.Set("Access-Control-Allow-Origin", allowed)
	h.Set("Access-Control-Expose-Headers", "ETag, Retry-After, X-Request-Id")
}

// preflight answers what a browser asks before a request of another origin, at
// an address that takes some methods.
func (s *server) preflight(methods string) gin.HandlerFunc {
	return func(c *gin.Context) {
		if c.Writer.Header().Get("Access-Control-Allow-Origin") != "" {
			c.Header("Access-Control-Allow-Methods", methods)
			c.Header("Access-Control-Allow-Headers", "Accept-Language, Authorization, Content-Type, If-None-Match, X-Request-Id")
			c.Header("Access-Control-Max-Age", "86400")
		}
		c.Header("Allow", methods)
		c.Status(http.StatusNoContent)
	}
}

// forPrograms tells the addresses that answer programs, with problems in JSON
// and CORS, from the pages.
func forPrograms(p string) bool {
	return strings.HasPrefix(p, "/api/") || p == "/openapi.json" || p == "/mcp" || path.Ext(p) != "" && (strings.HasPrefix(p, "/search.") || strings.HasPrefix(p, "/meetings."))
}

// revalidate answers 304 while the index, the portals' states and the address
// are those that the client has seen.
func (s *server) revalidate(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("Cache-Control", "public, no-cache")
	h.Add("Vary", "Accept-Language")
	tag := s.entityTag(c)
	h.Set("ETag", tag)
	known := answer.EntityTags(c.GetHeader("If-None-Match"))
	if slices.Contains(known, strings.TrimPrefix(tag, "W/")) || slices.Contains(known, "*") {
		c.AbortWithStatus(http.StatusNotModified)
	}
}

// entityTag names all that an answer depends on. It is weak: the time that a
// search took differs between equals.
func (s *server) entityTag(c *gin.Context) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%t\n%d\n%s\n%s\n%s\n%s", s.boot, page.WantsPage(c), s.Index.Generation(),
		s.SiteSet(c).Revision, s.Language(c).Lang, s.Base(c), c.Request.RequestURI))
	return `W/"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
}
