package fetch

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"bantin/cache"
)

const (
	maxPace      = 60 * time.Second
	maxGates     = 10_000
	breakerAfter = 5 // failures in a row
	maxBreak     = 6 * time.Hour
	nameLifetime = 10 * time.Minute
	missLifetime = 30 * time.Second
)

// gates keep the manners of every server: one request in flight, a pause that
// follows its latency, and none at all for a while once it keeps failing.
type gates struct {
	mu    sync.Mutex
	gates map[string]*gate
	names cache.Of[string, name] // by host and port
}

// gate is one server. Its fields but turn are guarded by gates.mu.
type gate struct {
	turn  chan struct{} // holds one token while the server is free
	free  time.Time     // not to be asked before
	ended time.Time     // when the last exchange was over
	pace  time.Duration
	fails int // in a row
}

// name is a resolved host name.
type name struct {
	key     string
	expires time.Time
}

// Manners are how a server is treated.
type Manners struct {
	Next     time.Time     // not to be asked before
	Pace     time.Duration // between two requests, as adapted so far
	Failures int           // in a row
	Open     time.Time     // left alone until then after too many failures; zero when not
}

// outcome is what one exchange tells about its server.
type outcome struct {
	status           int
	err              error
	canceled         bool // by the caller: no fault of the server's
	latency, elapsed time.Duration
	retryAfter       time.Time
}

func newGates() *gates {
	return &gates{gates: map[string]*gate{}}
}

func (g *gates) gate(key string) *gate {
	g.mu.Lock()
	defer g.mu.Unlock()
	one := g.gates[key]
	if one == nil {
		g.prune()
		one = &gate{turn: make(chan struct{}, 1)}
		one.turn <- struct{}{}
		g.gates[key] = one
	}
	return one
}

// prune forgets servers that are free and unburdened when there are too many.
func (g *gates) prune() {
	if len(g.gates) < maxGates {
		return
	}
	now := time.Now()
	for key, one := range g.gates {
		if len(one.turn) == 1 && one.free.Before(now) {
			delete(g.gates, key)
		}
	}
}

// enter waits for the server's turn and its pause, at most patience in all.
// The caller must call leave once the exchange is over.
func (g *gates) enter(ctx context.Context, key string, gap, patience time.Duration) (leave func(outcome), err error) {
	one := g.gate(key)
	deadline := time.Now().Add(patience)
	select {
	case <-one.turn:
	case <-time.After(patience):
		return nil, &WaitError{Until: time.Now().Add(max(gap, time.Second)), Reason: "server busy with another request"}
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	if err := g.pause(ctx, one, gap, deadline); err != nil {
		one.turn <- struct{}{}
		return nil, err
	}
	return func(o outcome) {
		g.settle(one, gap, o)
		one.turn <- struct{}{}
	}, nil
}

func (g *gates) pause(ctx context.Context, one *gate, gap time.Duration, deadline time.Time) error {
	g.mu.Lock()
	free := one.free
	if soonest := one.ended.Add(gap); soonest.After(free) && !one.ended.IsZero() {
		free = soonest
	}
	g.mu.Unlock()
	if free.After(deadline) {
		return &WaitError{Until: free, Reason: "server asked for a pause"}
	}
	select {
	case <-time.After(time.Until(free)):
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// settle sets when the server may be asked again.
func (g *gates) settle(one *gate, gap time.Duration, o outcome) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := time.Now()
	one.ended = now
	one.pace = nextPace(one.pace, o, gap)
	one.free = now.Add(one.pace)
	switch {
	case o.canceled:
	case o.failed():
		one.fails++
	default:
		one.fails = 0
	}
	if one.fails >= breakerAfter && !o.canceled {
		one.free = now.Add(breakFor(one.fails-breakerAfter, one.pace))
	}
	if o.retryAfter.After(one.free) {
		one.free = o.retryAfter
	}
}

// nextPace follows Scrapy's AutoThrottle for one request at a time: halfway to
// the latency, never below it, and an answer other than 200 never shortens it
// (https://docs.scrapy.org/en/latest/topics/autothrottle.html).
func nextPace(old time.Duration, o outcome, gap time.Duration) time.Duration {
	old = max(old, gap)
	pace := old
	if o.err == nil {
		pace = max(o.latency, (old+o.latency)/2)
		if o.status != http.StatusOK {
			pace = max(pace, old)
		}
	}
	return max(min(pace, maxPace), gap)
}

// failed tells a server in trouble from one that merely lacks a page.
func (o outcome) failed() bool {
	if o.err != nil {
		return !Permanent(o.err)
	}
	return o.status >= 500 || o.status == http.StatusTooManyRequests || o.status == http.StatusForbidden
}

// breakFor is how long a failing server is left alone: ten minutes at the
// usual pace of two seconds, doubled with every further failure.
func breakFor(extra int, pace time.Duration) time.Duration {
	return jitter(min(300*max(pace, 10*time.Millisecond)<<min(extra, 8), maxBreak))
}

// Backoff is how long to wait before the given retry, 1 being the first: about
// 30 s, 2 min, 8 min at a gap of two seconds.
func Backoff(retry int, gap time.Duration) time.Duration {
	return jitter(15 * max(gap, 10*time.Millisecond) << (2 * min(max(retry-1, 0), 8)))
}

// jitter spreads d by a quarter either way.
func jitter(d time.Duration) time.Duration {
	return d - d/4 + rand.N(d/2+1)
}

func (g *gates) manners(key string) Manners {
	one := g.gate(key)
	g.mu.Lock()
	defer g.mu.Unlock()
	m := Manners{Next: one.free, Pace: one.pace, Failures: one.fails}
	if one.fails >= breakerAfter {
		m.Open = one.free
	}
	return m
}

// adopt gives a server that was not asked yet what an earlier run learned.
func (g *gates) adopt(key string, m Manners) {
	one := g.gate(key)
	g.mu.Lock()
	defer g.mu.Unlock()
	if one.ended.IsZero() {
		one.pace, one.fails = min(max(m.Pace, 0), maxPace), max(m.Failures, 0)
		one.free = m.Next
	}
}

// resolve returns the key of the server behind a host name: the name itself
// when it does not resolve, so that its failures are counted somewhere.
func (g *gates) resolve(ctx context.Context, host, port string, limit time.Duration) string {
	if ip, err := netip.ParseAddr(host); err == nil {
		return serverOf([]netip.Addr{ip}, port)
	}
	id := host + " " + port
	if known, ok := g.names.Get(id, 0); ok && time.Now().Before(known.expires) {
		return known.key
	}
	ctx, cancel := context.WithTimeoutCause(ctx, limit, fmt.Errorf("%w: name lookup", ErrTimeout))
	defer cancel()
	key, lifetime := host, missLifetime
	addresses, err := lookup(ctx, host)
	if errors.Is(err, context.Canceled) {
		return key
	}
	if err == nil {
		key, lifetime = serverOf(addresses, port), nameLifetime
	}
	g.names.Put(id, 0, name{key, time.Now().Add(lifetime)}, maxGates)
	return key
}

// busy tells whether err means that nothing was sent.
func busy(err error) bool {
	_, ok := errors.AsType[*WaitError](err)
	return ok
}
