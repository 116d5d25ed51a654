package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"

	"bantin/searchd/web/answer"
)

// askInside puts a question of ours to the API, past the limits of clients: what
// called for it has been counted already.
func askInside(inner http.Handler) func(ctx context.Context, path string, v url.Values) (json.RawMessage, error) {
	return func(ctx context.Context, path string, v url.Values) (json.RawMessage, error) {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, path+"?"+v.Encode(), nil)
		if err != nil {
			return nil, err
		}
		w := &kept{header: http.Header{}}
		inner.ServeHTTP(w, r)
		if moved := w.header.Get("Location"); w.status == http.StatusFound && moved != path { // a meeting that has another id now
			return askInside(inner)(ctx, moved, v)
		}
		if w.status < http.StatusBadRequest {
			return bytes.TrimSpace(w.body.Bytes()), nil
		}
		var problem answer.ProblemJSON
		if err := json.Unmarshal(w.body.Bytes(), &problem); err != nil {
			return nil, err
		}
		return nil, errors.New(problem.Title + ": " + problem.Detail)
	}
}

// kept is an answer that stays in the process.
type kept struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// Header implements http.ResponseWriter.
func (w *kept) Header() http.Header { return w.header }

// WriteHeader implements http.ResponseWriter.
func (w *kept) WriteHeader(status int) { w.status = status }

// Write implements http.ResponseWriter.
func (w *kept) Write(p []byte) (int, error) { return w.body.Write(p) }
