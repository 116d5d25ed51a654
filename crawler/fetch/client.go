// Package fetch performs one polite HTTP exchange for the crawler: robots
// rules, pace, one request in flight per server, caps and time limits, guarded
// addresses, odd TLS, character sets. It decides nothing about what to fetch
// next and keeps nothing on disk; long waits are errors for the frontier.
package fetch

import (
	"cmp"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gocolly/colly/v2"
)

// product is the token that robots.txt files know the crawler by.
const product = "bantin"

// maxHops bounds the redirects of one request.
const maxHops = 10

// Options set a Client up; the zero value is strict and polite.
type Options struct {
	Contact string // mail or web address of the operator, sent in the User-Agent

	AllowPrivate bool     // reach loopback and private addresses too
	Allow        []string // exact ip:port reachable although private

	// Proxy names the proxy for a request, such as http.ProxyFromEnvironment;
	// nil: the environment is not heeded.
	Proxy func(*http.Request) (*url.URL, error)

	Limits  Limits
	Robots  RobotsMemory   // zero: robots rules are kept in memory only
	Roots   *x509.CertPool // nil: the system's
	MaxWait time.Duration  // longest wait inside Do for a server to be free; zero: 15 s
}

// Client performs exchanges. It is safe for concurrent use.
type Client struct {
	options Options
	agent   string
	routes  map[security]*http.Transport
	gates   *gates
	robots  *robotsCache
	memory  *memory
}

// New returns a Client; Close frees its connections.
func New(o Options) *Client {
	o.Limits, o.MaxWait = o.Limits.withDefaults(), cmp.Or(o.MaxWait, 15*time.Second)
	c := &Client{
		options: o,
		agent:   userAgent(o.Contact),
		gates:   newGates(),
		robots:  &robotsCache{memory: o.Robots},
		memory:  &memory{make(chan struct{}, largeSlots), make(chan struct{}, hugeSlots)},
		routes:  map[security]*http.Transport{},
	}
	for _, s := range []security{{}, {legacy: true}, {chain: true}, {legacy: true, chain: true}} {
		c.routes[s] = newTransport(o, s)
	}
	return c
}

// Close closes idle connections.
func (c *Client) Close() {
	for _, transport := range c.routes {
		transport.CloseIdleConnections()
	}
}

// Do performs r and follows its redirects; every hop obeys robots rules, pace,
// address guard and r.Hosts. Any final status is a Response; an error means
// that there is no trustworthy answer. A *WaitError says when to come back.
// The caller must call Response.Release.
func (c *Client) Do(ctx context.Context, r Request) (*Response, error) {
	if err := r.check(); err != nil {
		return nil, err
	}
	h := &hops{client: c, request: &r, ctx: ctx}
	err := c.collect(ctx, &r, h)
	if err == nil && h.last == nil {
		err = errors.New("no answer")
	}
	if err != nil {
		h.release()
		return nil, fmt.Errorf("fetch %s: %w", r.URL, unwrapURL(err))
	}
	return h.response(), nil
}

// Manners tells how the server behind an address is treated at present.
func (c *Client) Manners(ctx context.Context, address string) (Manners, error) {
	key, err := c.keyOf(ctx, address)
	if err != nil {
		return Manners{}, err
	}
	return c.gates.manners(key), nil
}

// Adopt restores what an earlier run learned of the server behind an address;
// once the server has been asked it changes nothing.
func (c *Client) Adopt(ctx context.Context, address string, m Manners) error {
	key, err := c.keyOf(ctx, address)
	if err != nil {
		return err
	}
	c.gates.adopt(key, m)
	return nil
}

func (c *Client) keyOf(ctx context.Context, address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil {
		return "", err
	}
	return c.serverKey(ctx, u)
}

// collect runs one exchange through a collector of its own: nothing of one
// request may leak into the next.
func (c *Client) collect(ctx context.Context, r *Request, h *hops) error {
	col := colly.NewCollector()
	col.Context = ctx
	col.AllowURLRevisit = true
	col.IgnoreRobotsTxt = true // ours are stricter and checked on every hop
	col.MaxBodySize = 0        // ours is an error, not a truncation
	col.ParseHTTPErrorResponse = true
	col.Async, col.CacheDir, col.DetectCharset, col.CheckHead = false, "", false, false
	col.MaxDepth, col.MaxRequests = 0, 0
	col.AllowedDomains, col.DisallowedDomains = nil, nil
	col.SetRequestTimeout(0) // it would count the wait for the server's turn
	col.DisableCookies()
	if r.Session != nil {
		col.SetCookieJar(r.Session.jar)
	}
	col.WithTransport(h)
	col.SetRedirectHandler(h.redirect)
	return col.Request(r.method(), r.URL, strings.NewReader(encodeForm(r.Form)), nil, c.header(r))
}

func (c *Client) header(r *Request) http.Header {
	header := http.Header{}
	header.Set("User-Agent", c.agent)
	header.Set("Accept", r.Kind.accept())
	header.Set("Accept-Language", "vi-VN,vi;q=0.9,en;q=0.3")
	header.Set("Accept-Encoding", "gzip")
	if len(r.Form) > 0 {
		header.Set("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
	}
	for name, values := range r.Header {
		header[http.CanonicalHeaderKey(name)] = values
	}
	return header
}

// userAgent names the crawler and how to reach who runs it.
func userAgent(contact string) string {
	contact = strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || r == '(' || r == ')' {
			return -1
		}
		return r
	}, contact)
	if contact == "" {
		return "Bantin/1.0 (compatible; bulletin archive)"
	}
	return "Bantin/1.0 (compatible; bulletin archive; +" + contact + ")"
}

// unwrapURL drops the method and address that net/http puts before an error:
// the caller names the address already.
func unwrapURL(err error) error {
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		return wrapped.Err
	}
	return err
}
