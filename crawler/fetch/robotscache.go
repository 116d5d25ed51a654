package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"bantin/cache"
)

const (
	robotsLifetime = 24 * time.Hour
	robotsHops     = 5
	robotsKept     = 10_000
)

// RobotsMemory keeps robots.txt files from one run to the next. Both functions
// are given an origin such as http://host:8080.
type RobotsMemory struct {
	Load func(ctx context.Context, origin string) (text []byte, until time.Time, ok bool)
	Save func(ctx context.Context, origin string, status int, text []byte, until time.Time) error
}

// robotsCache keeps the rules of every origin for a day.
type robotsCache struct {
	memory  RobotsMemory
	origins cache.Of[string, *origin]
}

// origin is one scheme, host and port.
type origin struct {
	name    string
	turn    chan struct{} // one fetch at a time
	asked   bool          // the memory was asked
	rules   Robots
	known   bool // rules were read at least once
	expires time.Time
	retry   time.Time // after a failure; zero when there was none
	fails   int
}

func (r *robotsCache) origin(u *url.URL) *origin {
	key := u.Scheme + "://" + u.Host
	return r.origins.Or(key, robotsKept, func() *origin { return &origin{name: key, turn: make(chan struct{}, 1)} })
}

// Robots returns the rules for the origin of an address, fetching them when
// they are not known; for the sitemaps in them.
func (c *Client) Robots(ctx context.Context, r Request) (Robots, error) {
	if err := r.check(); err != nil {
		return Robots{}, err
	}
	u, err := url.Parse(r.URL)
	if err != nil {
		return Robots{}, err
	}
	return c.rules(ctx, u, &r)
}

// rules returns the rules of u's origin. A robots.txt that the server cannot
// give now means waiting (RFC 9309, 2.3.1.4), unless older rules are known.
func (c *Client) rules(ctx context.Context, u *url.URL, r *Request) (Robots, error) {
	one := c.robots.origin(u)
	select {
	case one.turn <- struct{}{}:
		defer func() { <-one.turn }()
	case <-ctx.Done():
		return Robots{}, context.Cause(ctx)
	}
	c.robots.recall(ctx, one)
	now := time.Now()
	if now.Before(one.expires) {
		return one.rules, nil
	}
	if now.Before(one.retry) {
		return one.stale(errors.New("robots.txt unavailable"))
	}
	status, text, err := c.fetchRobots(ctx, u, r)
	switch {
	case err == nil:
		one.set(text, now.Add(robotsLifetime))
		return one.rules, c.robots.remember(ctx, one, status, text)
	case busy(err) || ctx.Err() != nil || Permanent(err):
		return Robots{}, err
	}
	one.fails++
	one.retry = now.Add(min(Backoff(one.fails, r.Gap), robotsLifetime))
	return one.stale(err)
}

// recall takes what an earlier run read.
func (r *robotsCache) recall(ctx context.Context, one *origin) {
	if one.asked || r.memory.Load == nil {
		return
	}
	one.asked = true
	if text, until, ok := r.memory.Load(ctx, one.name); ok {
		one.set(text, until)
	}
}

func (r *robotsCache) remember(ctx context.Context, one *origin, status int, text []byte) error {
	if r.memory.Save == nil {
		return nil
	}
	return r.memory.Save(ctx, one.name, status, text, one.expires)
}

func (o *origin) set(text []byte, until time.Time) {
	o.rules, o.known, o.fails, o.expires = ParseRobots(text, product), true, 0, until
}

func (o *origin) stale(err error) (Robots, error) {
	if o.known {
		return o.rules, nil
	}
	return Robots{}, &WaitError{Until: o.retry, Reason: err.Error()}
}

// fetchRobots reads a robots.txt, following at most five redirects, to other
// hosts too (RFC 9309, 2.3.1.2). No text means that there are no rules.
func (c *Client) fetchRobots(ctx context.Context, u *url.URL, r *Request) (status int, text []byte, err error) {
	at := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	for hop := range robotsHops + 1 {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), http.NoBody)
		if err != nil {
			return 0, nil, err
		}
		req.Header = c.header(&Request{Kind: Delta})
		got, err := c.exchange(ctx, req, terms{gap: r.Gap, total: r.Timeout, security: r.security(), robots: true})
		if hop > 0 && errors.Is(err, ErrPrivate) {
			return 0, nil, nil // leads nowhere: there is none
		}
		if err != nil {
			return 0, nil, fmt.Errorf("robots.txt: %w", err)
		}
		got.release()
		if !isRedirect(got.status, got.header) {
			return readRobots(got)
		}
		next, err := at.Parse(got.header.Get("Location"))
		if err != nil || checkAddress(next) != nil {
			return got.status, nil, nil //nolint:nilerr // as above
		}
		at = next
	}
	return 0, nil, nil // too many redirects: there is none
}

func readRobots(a *answer) (status int, text []byte, err error) {
	switch {
	case a.status >= 500 || a.status == http.StatusTooManyRequests:
		return a.status, nil, fmt.Errorf("robots.txt: %d %s", a.status, http.StatusText(a.status))
	case a.status != http.StatusOK || markup(a.body):
		return a.status, nil, nil // 4xx or a page: there is none
	}
	return a.status, a.body, nil
}
