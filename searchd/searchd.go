// Package searchd starts and stops the service: its listeners, their time
// limits and their graceful end. What is answered belongs to package web.
package searchd

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"syscall"
	"time"

	"bantin/searchd/web"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Config says where the service listens and what it serves.
type Config struct {
	Listen  string // host:port of pages and API; port 0 takes a free one
	Metrics string // host:port of /metrics and the operator's reports; empty for none
	Web     web.Config
	Started func(addr net.Addr) // called once requests are answered, nil for nobody
}

// Time limits of connections. A handler that needs longer to write asks for it.
const (
	headerTime = 5 * time.Second
	readTime   = 10 * time.Second
	writeTime  = 30 * time.Second
	idleTime   = 75 * time.Second
	graceTime  = 4 * time.Second
	maxHeader  = 16 << 10
)

// Serve answers requests until ctx ends, then lets those under way finish for
// some seconds. It returns nil after such an end.
func Serve(ctx context.Context, cfg Config) error {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	if cfg.Web.Metrics == nil {
		cfg.Web.Metrics = registry
	}
	if cfg.Web.Operator == nil {
		cfg.Web.Operator = http.NewServeMux()
	}
	operator := cfg.Web.Operator
	handler, err := web.New(cfg.Web)
	if err != nil {
		return err
	}
	servers := []*http.Server{newServer(cfg, handler)}
	addresses := []string{cfg.Listen}
	if cfg.Metrics != "" {
		operator.Handle("GET /metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
		servers = append(servers, newServer(cfg, operator))
		addresses = append(addresses, cfg.Metrics)
	}
	listeners, err := listen(ctx, addresses)
	if err != nil {
		return err
	}
	return run(ctx, cfg, servers, listeners)
}

// ServeHandler answers with another handler, on a listener of its own, until
// ctx ends as in Serve.
func ServeHandler(ctx context.Context, address string, h http.Handler, started func(net.Addr)) error {
	listeners, err := listen(ctx, []string{address})
	if err != nil {
		return err
	}
	cfg := Config{Listen: address, Started: started}
	return run(ctx, cfg, []*http.Server{newServer(cfg, h)}, listeners)
}

func newServer(cfg Config, h http.Handler) *http.Server {
	s := &http.Server{
		Handler: h, ReadHeaderTimeout: headerTime, ReadTimeout: readTime, WriteTimeout: writeTime,
		IdleTimeout: idleTime, MaxHeaderBytes: maxHeader,
	}
	if cfg.Web.Log != nil {
		s.ErrorLog = slog.NewLogLogger(cfg.Web.Log.Handler(), slog.LevelDebug)
	}
	return s
}

// listen opens every address or none.
func listen(ctx context.Context, addresses []string) ([]net.Listener, error) {
	var all []net.Listener
	for _, address := range addresses {
		l, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
		if err != nil {
			for _, open := range all {
				err = errors.Join(err, open.Close())
			}
			return nil, listenError(address, err)
		}
		all = append(all, l)
	}
	return all, nil
}

// listenError says what to do about an address that cannot be had.
func listenError(address string, err error) error {
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("the address %s is taken by another program: stop that, or choose another with --listen", address)
	}
	if errors.Is(err, syscall.EACCES) {
		return fmt.Errorf("the address %s may not be used by this user: choose a port above 1023 with --listen", address)
	}
	return fmt.Errorf("listen on %s: %w", address, err)
}

// run serves until ctx ends or a listener fails, and waits for every server.
func run(ctx context.Context, cfg Config, servers []*http.Server, listeners []net.Listener) error {
	ended := make(chan error, len(servers))
	for i, s := range servers {
		go func() { ended <- s.Serve(listeners[i]) }()
	}
	if cfg.Started != nil {
		cfg.Started(listeners[0].Addr())
	}
	var failed error
	running := len(servers)
	select {
	case <-ctx.Done():
	case failed = <-ended:
		running--
	}
	stop(ctx, servers)
	for range running {
		if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
			failed = errors.Join(failed, err)
		}
	}
	return failed
}

// stop ends the servers: gracefully while there is time, then for good.
func stop(ctx context.Context, servers []*http.Server) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), graceTime)
	defer cancel()
	done := make(chan struct{})
	for _, s := range servers {
		go func() {
			defer func() { done <- struct{}{} }()
			if s.Shutdown(ctx) != nil {
				_ = s.Close() // what is left is cut off
			}
		}()
	}
	for range servers {
		<-done
	}
}
