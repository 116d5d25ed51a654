package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"bantin/crawler/archive"
	"bantin/indexer"
	"bantin/indexer/index"
	"bantin/searchd/web"
)

// ask puts a question to the service: in this process, or to the one that has
// the index open. What is no success becomes an error.
func (a *app) ask(ctx context.Context, path string, v url.Values, out io.Writer) error {
	address := path + "?" + v.Encode()
	err := a.withIndex(ctx, a.searched, func(ar *archive.Archive, ix *indexer.Live) error {
		if !a.engine.shared() {
			if _, err := indexer.CatchUp(ctx, ar, ix, nil); err != nil {
				return err
			}
		}
		handler, err := web.New(web.Config{Index: ix, Store: ar, Missing: archive.ErrNotFound})
		if err != nil {
			return err
		}
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
		if err != nil {
			return err
		}
		req.RemoteAddr = "127.0.0.1:0"
		w := &inside{header: http.Header{}, out: out}
		handler.ServeHTTP(w, req)
		return w.err()
	})
	if !errors.Is(err, index.ErrLocked) {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+a.listen+address, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("the index is in use by another process, and no service answers: %w; give its address with --listen", err)
	}
	defer resp.Body.Close()
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
	if w.status >= http.StatusBadRequest {
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
	err := errors.New(strings.TrimSuffix(strings.TrimSpace(p.Title+": "+p.Detail), ":"))
	if w.status == http.StatusBadRequest {
		return usageError{err}
	}
	return err
}
