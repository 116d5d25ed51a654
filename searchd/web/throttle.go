package web

import (
	"strings"
	"time"

	"bantin/searchd/web/answer"

	"github.com/gin-gonic/gin"
)

// throttle refuses the requests of a client that makes too many, and says when
// to come back. A key has its own measure.
func (s *server) throttle(c *gin.Context) {
	quota, err := s.quotaOf(c)
	if err != nil {
		c.Header("WWW-Authenticate", "Bearer")
		s.fail(c, err)
		c.Abort()
		return
	}
	var wait time.Duration
	switch {
	case quota != nil:
		wait = quota.Take(time.Now())
	case s.config.Rate > 0 && !unlimited(c.Request.URL.Path):
		wait = s.clients.Take(s.Client(c), time.Now())
	}
	if wait > 0 {
		s.refuse(c, wait)
	}
}

// refuse tells a client when to come back.
func (s *server) refuse(c *gin.Context, wait time.Duration) {
	problem := answer.NewProblem("too-many-requests", nil)
	problem.Want = answer.RetryAfter(wait)
	c.Header("Retry-After", problem.Want)
	s.metrics.throttled.Inc()
	s.fail(c, problem)
	c.Abort()
}

// askBurst is how many wishes to follow one client may have at once, and then one
// a minute: each sends a letter.
const askBurst = 5

// asked refuses a client that wants to follow too much.
func (s *server) asked(f gin.HandlerFunc) gin.HandlerFunc {
	return func(c *gin.Context) {
		if wait := s.askers.Take(s.Client(c), time.Now()); wait > 0 {
			s.refuse(c, wait)
			return
		}
		f(c)
	}
}

// unlimited paths are those that a page or a monitor needs beside its answer.
func unlimited(path string) bool {
	return strings.HasPrefix(path, "/assets/") || path == "/healthz" || path == "/readyz"
}
