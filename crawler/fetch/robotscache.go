package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"
)

const (
	robotsLifetime = 24 * time.Hour
	robotsHops     = 5
	robotsKept     = 10_000
)

// robotsCache keeps the rules of every origin for a day.
type robotsCache struct {
	mu      sync.Mutex
	origins map[string]*origin
}

// origin is one scheme, host and port.
type origin struct {
	turn    chan struct{} // one fetch at a time
	rules   Robots
	known   bool // rules were read at least once
	expires time.Time
	retry   time.Time // after a failure; zero when there was none
	fails   int
}

func newRobotsCache() *robotsCache {
	return &robotsCache{origins: map[string]*origin{}}
}

func (r *robotsCache) origin(u *url.URL) *origin {
	key := u.Scheme + "://" + u.Host
	r.mu.Lock()
	defer r.mu.Unlock()
	one := r.origins[key]
	if one == nil {
		if len(r.origins) >= robotsKept {
			clear(r.origins)
		}
		one = &origin{turn: make(chan struct{}, 1)}
		r.origins[key] = one
	}
	return one
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
	now := time.Now()
	if now.Before(one.expires) {
		return one.rules, nil
	}
	if now.Before(one.retry) {
		return one.stale(errors.New("robots.txt unavailable"))
	}
	rules, err := c.fetchRobots(ctx, u, r)
	switch {
	case err == nil:
		one.rules, one.known, one.fails = rules, true, 0
		one.expires = now.Add(robotsLifetime)
		return rules, nil
	case busy(err) || ctx.Err() != nil || Permanent(err):
		return Robots{}, err
	}
	one.fails++
	one.retry = now.Add(Backoff(one.fails, r.Gap))
	return one.stale(err)
}

func (o *origin) stale(err error) (Robots, error) {
	if o.known {
		return o.rules, nil
	}
	return Robots{}, &WaitError{Until: o.retry, Reason: err.Error()}
}

// fetchRobots reads a robots.txt, following at most five redirects, to other
// hosts too (RFC 9309, 2.3.1.2).
func (c *Client) fetchRobots(ctx context.Context, u *url.URL, r *Request) (Robots, error) {
	at := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	for hop := range robotsHops + 1 {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), http.NoBody)
		if err != nil {
			return Robots{}, err
		}
		req.Header = c.header(&Request{Kind: Delta})
		got, err := c.exchange(ctx, req, terms{gap: r.Gap, legacy: r.LegacyTLS, robots: true})
		if hop > 0 && errors.Is(err, ErrPrivate) {
			return Robots{}, nil // leads nowhere: there is none
		}
		if err != nil {
			return Robots{}, fmt.Errorf("robots.txt: %w", err)
		}
		got.release()
		if !isRedirectStatus(got) {
			return readRobots(got)
		}
		next, err := at.Parse(got.header.Get("Location"))
		if err != nil || checkAddress(next) != nil {
			return Robots{}, nil //nolint:nilerr // as above
		}
		at = next
	}
	return Robots{}, nil // too many redirects: there is none
}

func isRedirectStatus(a *answer) bool {
	return isRedirect(&http.Response{StatusCode: a.status, Header: a.header})
}

func readRobots(a *answer) (Robots, error) {
	switch {
	case a.status >= 500 || a.status == http.StatusTooManyRequests:
		return Robots{}, fmt.Errorf("robots.txt: %d %s", a.status, http.StatusText(a.status))
	case a.status != http.StatusOK:
		return Robots{}, nil // 4xx: there is none
	}
	return ParseRobots(a.body, product), nil
}
