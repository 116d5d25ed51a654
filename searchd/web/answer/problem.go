package answer

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"bantin/indexer/index"

	"github.com/gin-gonic/gin"
)

// problem is an answer that says what is wrong with a request and what to
// change (RFC 9457). Slug names the type for good: its texts are in the
// catalogues and its documentation on the help page.
type problem struct {
	Slug      string
	Status    int
	Parameter string
	Want      string            // what would be right
	Limit     *index.LimitError // that a query passed, told in the user's language
	cause     error
}

func (p *problem) Error() string {
	s := p.Slug
	if p.Parameter != "" {
		s += " " + p.Parameter
	}
	if p.cause != nil {
		s += ": " + p.cause.Error()
	}
	return s
}

func (p *problem) Unwrap() error { return p.cause }

// ProblemStatus is the status of every type of problem.
var ProblemStatus = map[string]int{
	"unknown-parameter":  http.StatusBadRequest,
	"bad-parameter":      http.StatusBadRequest,
	"repeated-parameter": http.StatusBadRequest,
	"too-many":           http.StatusBadRequest,
	"either":             http.StatusConflict, // two parameters that are right one by one
	"empty-range":        http.StatusConflict,
	"bad-cursor":         http.StatusNotFound, // a page that is not there
	"bad-query":          http.StatusBadRequest,
	"not-found":          http.StatusNotFound,
	"follow-unknown":     http.StatusNotFound,
	"no-original":        http.StatusNotFound,
	"method-not-allowed": http.StatusMethodNotAllowed,
	"text-too-long":      http.StatusRequestEntityTooLarge,
	"address-too-long":   http.StatusRequestURITooLong,
	"key-unknown":        http.StatusUnauthorized,
	"site-missing":       http.StatusForbidden,
	"site-unknown":       http.StatusForbidden,
	"origin-refused":     http.StatusForbidden,
	"form-refused":       http.StatusForbidden,
	"hook-refused":       http.StatusConflict,
	"quota-spent":        http.StatusTooManyRequests,
	"too-many-requests":  http.StatusTooManyRequests,
	"follow-full":        http.StatusServiceUnavailable,
	"too-slow":           http.StatusServiceUnavailable,
	"not-ready":          http.StatusServiceUnavailable,
	"internal":           http.StatusInternalServerError,
}

// NewProblem returns the problem of a type, caused by an error or by none.
func NewProblem(slug string, cause error) *problem {
	return &problem{Slug: slug, Status: ProblemStatus[slug], cause: cause}
}

// BadParameter returns the problem of a type with the parameter at fault and an example of what would be right.
func BadParameter(slug, name, want string) *problem {
	return &problem{Slug: slug, Status: ProblemStatus[slug], Parameter: name, Want: want}
}

// limitProblem says which limit a query passed.
func limitProblem(limit *index.LimitError, parameter string, cause error) *problem {
	p := BadParameter("bad-query", parameter, "")
	p.Limit, p.cause = limit, cause
	return p
}

// Detail says what to change.
func (p *problem) Detail(l *Catalogue) string {
	want := p.Want
	if p.Limit != nil {
		want = l.T("limit."+p.Limit.Limit, strconv.Itoa(p.Limit.Max), p.Limit.What)
	}
	return l.T("problem."+p.Slug+".detail", p.Parameter, want)
}

// asProblem turns any error into what the user is told.
func asProblem(err error) *problem {
	var p *problem
	switch {
	case errors.As(err, &p):
		return p
	case errors.Is(err, index.ErrNotFound):
		return NewProblem("not-found", err)
	case errors.Is(err, index.ErrUnavailable):
		return NewProblem("not-ready", err)
	case errors.Is(err, context.DeadlineExceeded):
		return NewProblem("too-slow", err)
	default:
		return NewProblem("internal", err)
	}
}

// ProblemJSON is a problem on the wire.
type ProblemJSON struct {
	Type      string `json:"type"`
	Title     string `json:"title"`
	Status    int    `json:"status"`
	Detail    string `json:"detail"`
	Instance  string `json:"instance,omitempty"`
	Parameter string `json:"parameter,omitempty"`
	RequestID string `json:"request_id,omitempty"`
}

// AnswerProblem ends a request of the API with err.
func (s *Service) AnswerProblem(c *gin.Context, err error) {
	p := s.PrepareProblem(c, err)
	l := s.Language(c)
	body, err := json.Marshal(ProblemJSON{
		Type: "/help#" + p.Slug, Title: l.T("problem." + p.Slug), Status: p.Status,
		Detail:   p.Detail(l),
		Instance: c.Request.URL.Path, Parameter: p.Parameter, RequestID: c.GetString(RequestIDKey),
	})
	if err != nil {
		body = []byte(`{}`)
	}
	c.Data(p.Status, "application/problem+json; charset=utf-8", body)
	c.Abort()
}

// PrepareProblem logs what is our fault and takes back what was promised
// about caching.
func (s *Service) PrepareProblem(c *gin.Context, err error) *problem {
	p := asProblem(err)
	if p.Status >= http.StatusInternalServerError && c.Request.Context().Err() == nil {
		s.Log.Error("request not answered", "route", c.FullPath(), "request", c.GetString(RequestIDKey), "error", err)
	}
	h := c.Writer.Header()
	h.Del("ETag")
	h.Del("Content-Encoding")
	h.Set("Cache-Control", "no-store")
	if p.Status == http.StatusServiceUnavailable {
		h.Set("Retry-After", "5")
	}
	return p
}
