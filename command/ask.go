package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"bantin/crawler/archive"
	"bantin/indexer"
	"bantin/indexer/index"
	"bantin/searchd/web"
)

// ask puts a question to the service that runs on the data folder, or answers
// it in this process when there is none. What is no success becomes an error.
func (a *app) ask(ctx context.Context, path string, v url.Values, out io.Writer) error {
	address := path + "?" + v.Encode()
	if at := a.running(); at != "" {
		if err := askService(ctx, at, address, out); !errors.Is(err, errNoService) {
			return err
		}
	}
	err := a.askHere(ctx, address, out)
	if !errors.Is(err, index.ErrLocked) {
		return err
	}
	if err := askService(ctx, a.listen, address, out); !errors.Is(err, errNoService) {
		return err
	}
	return fmt.Errorf("the index is in use by another process, and no service answers at %s: give its address with --listen", a.listen)
}

func (a *app) askHere(ctx context.Context, address string, out io.Writer) error {
	return a.withIndex(ctx, a.searched, func(ar *archive.Archive, ix *indexer.Live) error {
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
		return serveHere(handler, &inside{header: http.Header{}, out: out}, req)
	})
}

// serveHere answers a request in this process. A handler whose answer cannot
// be written aborts, as it does for a connection.
func serveHere(h http.Handler, w *inside, req *http.Request) (err error) {
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
	return w.err()
}

// errNoService tells that no Bantin answers at an address.
var errNoService = errors.New("no service answers")

func askService(ctx context.Context, at, address string, out io.Writer) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+at+address, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil && ctx.Err() == nil {
		return errNoService
	}
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusNotFound {
		return errNoService // another program took the address
	}
	w := &inside{header: resp.Header, out: out}
	w.WriteHeader(resp.StatusCode)
	if _, err := io.Copy(w, resp.Body); err != nil {
		return err
	}
	return w.err()
}

// serviceFile keeps the address of the service that runs on the data folder.
func (a *app) serviceFile() string { return filepath.Join(a.data, "service") }

// running is where the service on the data folder listens, empty when none
// said so; one that was killed has left its address.
func (a *app) running() string {
	text, err := os.ReadFile(a.serviceFile())
	if err != nil {
		return ""
	}
	at, err := netip.ParseAddrPort(strings.TrimSpace(string(text)))
	if err != nil {
		return ""
	}
	if at.Addr().IsUnspecified() {
		return net.JoinHostPort("127.0.0.1", strconv.Itoa(int(at.Port())))
	}
	return at.String()
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
