package fetch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"sync"
	"time"
)

// Limits bound every exchange; zero fields take their defaults.
type Limits struct {
	Page int64 // bytes of a page, on the wire and unpacked: 8 MiB
	File int64 // bytes of an attached document: 32 MiB
	Feed int64 // bytes of a feed or sitemap: 50 MiB, as sitemaps.org allows

	Dial   time.Duration // name lookup and connection: 15 s
	TLS    time.Duration // handshake: 15 s
	Header time.Duration // until the answer begins: 60 s
	Idle   time.Duration // between two reads of the body: 20 s
	Total  time.Duration // one whole hop: 60 s
}

func (l Limits) withDefaults() Limits {
	return Limits{
		Page: cmp.Or(l.Page, 8<<20), File: cmp.Or(l.File, 32<<20), Feed: cmp.Or(l.Feed, 50<<20),
		Dial: cmp.Or(l.Dial, 15*time.Second), TLS: cmp.Or(l.TLS, 15*time.Second), Header: cmp.Or(l.Header, 60*time.Second),
		Idle: cmp.Or(l.Idle, 20*time.Second), Total: cmp.Or(l.Total, 60*time.Second),
	}
}

// terms are what one hop must obey.
type terms struct {
	gap      time.Duration
	total    time.Duration // zero: the client's limit
	security security
	kind     Kind
	further  bool // not the first hop
	robots   bool // a robots.txt: any type, cut at its limit instead of refused
	gunzip   bool // the body is a gzip file
}

// answer is what one hop brought.
type answer struct {
	status           int
	url              *url.URL
	header           http.Header
	body             []byte
	latency, elapsed time.Duration
	at               time.Time
	gate             string
	release          func()
}

// exchange waits for the server's turn, then performs one hop under the time
// limits. The wait does not count against them.
func (c *Client) exchange(ctx context.Context, req *http.Request, t terms) (*answer, error) {
	key, err := c.serverKey(ctx, req.URL)
	if err != nil {
		return nil, err
	}
	patience := c.options.MaxWait
	if t.further {
		patience = max(patience, 2*maxCrawlDelay) // given up here, a redirect would never be followed
	}
	leave, err := c.gates.enter(ctx, key, t.gap, patience)
	if err != nil {
		return nil, err
	}
	began := time.Now()
	got, err := c.send(ctx, req, t)
	if err == nil && !t.robots {
		if sign := rejection(got); sign != "" {
			got.release()
			err = fmt.Errorf("%w: %q", ErrRejected, sign)
		}
	}
	o := outcome{err: err, elapsed: time.Since(began), canceled: ctx.Err() != nil}
	if got != nil {
		got.gate, got.at, got.elapsed = key, began, o.elapsed
		o.status, o.latency = got.status, got.latency
		o.retryAfter = retryAfter(got.header, got.status, time.Now())
	}
	leave(o)
	if err != nil {
		return nil, err
	}
	return got, nil
}

func (c *Client) send(ctx context.Context, req *http.Request, t terms) (*answer, error) {
	limit := cmp.Or(t.total, c.options.Limits.Total)
	ctx, stop := context.WithTimeoutCause(ctx, limit, fmt.Errorf("%w: no complete answer in %s", ErrTimeout, limit))
	defer stop()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	patience := max(c.options.Limits.Header, t.total)
	header := time.AfterFunc(patience, func() {
		cancel(fmt.Errorf("%w: no answer began in %s", ErrTimeout, patience))
	})

	began := time.Now()
	resp, err := c.routes[t.security].RoundTrip(req.WithContext(ctx))
	header.Stop()
	if err != nil {
		return nil, cause(ctx, err)
	}
	defer resp.Body.Close()
	got := &answer{status: resp.StatusCode, url: req.URL, header: resp.Header, latency: time.Since(began), release: func() {}}
	if isRedirect(resp.StatusCode, resp.Header) {
		return got, nil
	}
	slot := &slot{memory: c.memory}
	body, err := c.read(ctx, resp, t, slot, cancel)
	if err != nil {
		slot.free()
		return nil, cause(ctx, err)
	}
	got.body, got.release = body, slot.free
	return got, nil
}

func isRedirect(status int, header http.Header) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return header.Get("Location") != ""
	}
	return false
}

// cause prefers why a context ended to the bare "context canceled", and names
// a time limit of the network's as one.
func cause(ctx context.Context, err error) error {
	if why := context.Cause(ctx); why != nil && ctx.Err() != nil {
		return why
	}
	if timeout, ok := errors.AsType[net.Error](err); ok && timeout.Timeout() && !errors.Is(err, ErrTimeout) {
		return fmt.Errorf("%w: %w", ErrTimeout, err)
	}
	return err
}

// serverKey names the server behind u. Names that share a public address are
// one server; private servers are told apart by their port.
func (c *Client) serverKey(ctx context.Context, u *url.URL) (string, error) {
	host, port := u.Hostname(), u.Port()
	if port == "" {
		port = u.Scheme
	}
	if c.options.Proxy != nil {
		return host, c.guardProxied(ctx, host)
	}
	return c.gates.resolve(ctx, host, port, c.options.Limits.Dial), nil
}

// guardProxied refuses private targets: the proxy connects to them, so the
// dialer's guard never sees their address. A name that only the proxy can
// resolve is left to it.
func (c *Client) guardProxied(ctx context.Context, host string) error {
	if c.options.AllowPrivate {
		return nil
	}
	addresses, err := lookup(ctx, host)
	if err != nil {
		return nil //nolint:nilerr // for the proxy to resolve
	}
	if slices.ContainsFunc(addresses, func(ip netip.Addr) bool { return !public(ip) }) {
		return fmt.Errorf("%w: %s", ErrPrivate, host)
	}
	return nil
}

// slot is the right to hold one large body in memory.
type slot struct {
	memory *memory
	held   []chan struct{}
	once   sync.Once
}

// memory bounds how many large bodies are held at once, and how many huge ones
// among them.
type memory struct{ large, huge chan struct{} }

// take waits for the right to hold a body that outgrew size.
func (s *slot) take(ctx context.Context, size int) error {
	if size >= largeBody {
		if err := s.acquire(ctx, s.memory.large); err != nil {
			return err
		}
	}
	if size >= hugeBody {
		return s.acquire(ctx, s.memory.huge)
	}
	return nil
}

func (s *slot) acquire(ctx context.Context, slots chan struct{}) error {
	if slices.Contains(s.held, slots) {
		return nil
	}
	select {
	case slots <- struct{}{}:
		s.held = append(s.held, slots)
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func (s *slot) free() {
	s.once.Do(func() {
		for _, slots := range s.held {
			<-slots
		}
	})
}
