// Package ask puts a question to a service, which answers in this process or
// at an address.
package ask

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
)

// Problem is an answer that is no success, in the service's own words.
type Problem struct {
	Status int // of HTTP
	text   string
}

func (p *Problem) Error() string { return p.text }

// Here has a handler answer in this process, at another address of it where it
// leads to one. What is no success is a *Problem. A handler whose answer cannot be written aborts, as it does for a connection.
func Here(ctx context.Context, h http.Handler, address string, out io.Writer) (err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	req.RemoteAddr = "127.0.0.1:0"
	w := &inside{header: http.Header{}, out: out}
	defer func() {
		switch p := recover(); {
		case p == nil:
		case p != http.ErrAbortHandler: //nolint:errorlint // a panic value, compared as net/http does
			panic(p)
		case w.failed != nil:
			err = w.failed
		default:
			err = errors.New("the answer ended in the middle")
		}
	}()
	h.ServeHTTP(w, req)
	if to := w.header.Get("Location"); w.status == http.StatusFound && to != address {
		return Here(ctx, h, to, out)
	}
	return w.err()
}

// ErrNoService tells that no Bantin answers at an address.
var ErrNoService = errors.New("no service answers")

// Service asks the service that listens at host:port. It gives ErrNoService
// when none does, and a *Problem for what is no success.
func Service(ctx context.Context, at, address string, out io.Writer) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+at+address, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil && ctx.Err() == nil {
		return ErrNoService
	}
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusNotFound {
		return ErrNoService // another program took the address
	}
	w := &inside{header: resp.Header, out: out}
	w.WriteHeader(resp.StatusCode)
	if _, err := io.Copy(w, resp.Body); err != nil {
		return err
	}
	return w.err()
}

// inside is the answer to a request made in this process: a success is passed
// on as it comes, a problem is kept.
type inside struct {
	header  http.Header
	out     io.Writer
	status  int
	problem strings.Builder
	failed  error
}

func (w *inside) Header() http.Header { return w.header }

func (w *inside) WriteHeader(status int) { w.status = status }

func (w *inside) Write(p []byte) (int, error) {
	if w.status >= http.StatusMultipleChoices {
		return w.problem.Write(p[:min(len(p), 1<<16)])
	}
	n, err := w.out.Write(p)
	if err != nil {
		w.failed = err
	}
	return n, err
}

// Flush does nothing: the answer is passed on as it comes.
func (w *inside) Flush() {}

// err is the problem that the service told.
func (w *inside) err() error {
	if w.status < http.StatusBadRequest {
		return w.failed
	}
	var p struct{ Title, Detail string }
	if json.Unmarshal([]byte(w.problem.String()), &p) != nil || p.Title == "" {
		p.Title = http.StatusText(w.status)
	}
	return &Problem{w.status, strings.TrimSuffix(strings.TrimSpace(p.Title+": "+p.Detail), ":")}
}
