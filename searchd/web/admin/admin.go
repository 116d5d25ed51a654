// Package admin is the operator's desk in the browser and its API: portals,
// alarms, room, index and backups, behind a token and on a listener of its
// own. What it shows and does it asks of a Desk.
package admin

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	_ "embed"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"bantin/searchd/web/answer"
)

// Config says who may use the desk. Desk and Token are required.
type Config struct {
	Desk  Desk
	Token string // what the operator shows to be let in
	Style []byte // the style sheet of the service's pages
	Log   *slog.Logger
}

// leastToken is how many letters a token must have: 128 bits in base64.
const leastToken = 22

type server struct {
	Config
	digest    [sha256.Size]byte // of the token
	words     answer.Catalogues
	templates answer.Templates
	sessions  sessions
	tries     answer.Throttle // of tokens
	acts      answer.Throttle // everything that changes something
	style     string
}

// New returns the handler of the desk.
func New(cfg Config) (http.Handler, error) {
	if len(cfg.Token) < leastToken {
		return nil, fmt.Errorf("the operator's token has %d letters, %d are the least: openssl rand -base64 24 makes one", len(cfg.Token), leastToken)
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	s := &server{
		Config: cfg, digest: sha256.Sum256([]byte(cfg.Token)), style: "/style-" + rand.Text()[:8] + ".css",
		tries: answer.Throttle{PerSecond: 1. / 12, Burst: 5}, acts: answer.Throttle{PerSecond: 5, Burst: 20},
	}
	var err error
	if s.words, err = answer.LoadCatalogues(files); err != nil {
		return nil, err
	}
	if s.templates, err = answer.LoadTemplates(files, nil, "templates/layout.html"); err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	s.pages(mux)
	s.api(mux)
	// Requests that another site's page sends are refused before anything
	// looks at them; forms carry the session's own mark besides.
	return s.secure(http.NewCrossOriginProtection().Handler(mux)), nil
}

//go:embed admin.css
var ownStyle []byte

const (
	maxBody    = 256 << 10
	answerTime = 20 * time.Second
	checkTime  = 4 * time.Minute // a dry run asks a slow portal for eleven pages
)

// secure sets the headers that keep the desk to itself, bounds every request
// and logs it without its address.
func (s *server) secure(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", answer.Policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		h.Set("X-Robots-Tag", "noindex")
		limit := answerTime
		if r.Method == http.MethodPost && (r.URL.Path == "/check" || r.URL.Path == "/api/v1/check") {
			limit = checkTime
		}
		ctx, cancel := context.WithTimeout(r.Context(), limit)
		defer cancel()
		// Fails only where there is no connection, as in tests.
		_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(limit + 5*time.Second))
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		defer func() {
			if p := recover(); p != nil {
				s.Log.Error("panic at the desk", "value", fmt.Sprint(p))
				http.Error(w, "internal error", http.StatusInternalServerError)
			}
		}()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// statusOf is the HTTP status of a Desk's error.
func statusOf(err error) int {
	switch {
	case errors.Is(err, ErrUnknown):
		return http.StatusNotFound
	case errors.Is(err, ErrWrong):
		return http.StatusUnprocessableEntity
	case errors.Is(err, context.DeadlineExceeded):
		return http.StatusGatewayTimeout
	}
	return http.StatusInternalServerError
}
