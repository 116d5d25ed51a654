package web

import (
	"net/netip"
	"strings"
	"time"

	"bantin/searchd/web/answer"

	"github.com/gin-gonic/gin"
	"golang.org/x/time/rate"
)

// maxClients bounds the clients that are remembered; the whole memory is
// dropped when it is full, which errs towards letting people in.
const maxClients = 20_000

// throttler counts the requests of each client. The zero value is ready.
type throttler struct {
	clients answer.Cache[netip.Addr, *rate.Limiter]
}

// wait returns how long client has to wait, 0 for a request that may pass.
func (t *throttler) wait(client netip.Addr, r rate.Limit, burst int, now time.Time) time.Duration {
	l, ok := t.clients.Get(client, 0)
	if !ok {
		l = rate.NewLimiter(r, burst)
		t.clients.Put(client, 0, l, maxClients)
	}
	if l.AllowN(now, 1) {
		return 0
	}
	return time.Duration((1 - l.TokensAt(now)) / float64(r) * float64(time.Second))
}

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
		wait = s.clients.wait(s.Client(c), rate.Limit(s.config.Rate), max(s.config.Burst, 1), time.Now())
	}
	if wait <= 0 {
		return
	}
	s.refuse(c, wait)
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

// Wishes to follow that one client may have: each sends a letter.
const (
	askEvery = time.Minute
	askBurst = 5
)

// asked refuses a client that wants to follow too much.
func (s *server) asked(f gin.HandlerFunc) gin.HandlerFunc {
	return func(c *gin.Context) {
		if wait := s.askers.wait(s.Client(c), rate.Every(askEvery), askBurst, time.Now()); wait > 0 {
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
