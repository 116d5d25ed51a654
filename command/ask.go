package command

import (
	"context"
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
	"bantin/searchd/ask"
	"bantin/searchd/web"
)

// ask puts a question to the service that runs on the data folder, or answers
// it in this process when there is none. What is no success becomes an error.
func (a *app) ask(ctx context.Context, path string, v url.Values, out io.Writer) error {
	err := a.asked(ctx, path, v, out)
	if p := new(ask.Problem); errors.As(err, &p) && p.Status == http.StatusBadRequest {
		return usageError{err}
	}
	return err
}

func (a *app) asked(ctx context.Context, path string, v url.Values, out io.Writer) error {
	address := path + "?" + v.Encode()
	if at := a.running(); at != "" {
		if err := ask.Service(ctx, at, address, out); !errors.Is(err, ask.ErrNoService) {
			return err
		}
	}
	err := a.askHere(ctx, address, out)
	if !errors.Is(err, index.ErrLocked) {
		return err
	}
	if err := ask.Service(ctx, a.listen, address, out); !errors.Is(err, ask.ErrNoService) {
		return err
	}
	return fmt.Errorf("the index is in use by another process, and no service answers at %s: give its address with --listen", a.listen)
}

func (a *app) askHere(ctx context.Context, address string, out io.Writer) error {
	ar, stuck, err := a.readable(ctx)
	if err != nil {
		return err
	}
	return withIndex(ctx, ar, a.searched, func(ix *indexer.Live) error {
		if !stuck && !a.engine.shared() {
			if _, err := indexer.CatchUp(ctx, ar, ix, nil); err != nil {
				return err
			}
		}
		handler, err := web.New(web.Config{Index: ix, Store: ar, Missing: archive.ErrNotFound})
		if err != nil {
			return err
		}
		return ask.Here(ctx, handler, address, out)
	})
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
