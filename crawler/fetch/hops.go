package fetch

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// hops is the transport of one request: every redirect comes through it, so
// nothing that a plain request must obey can be escaped by redirecting.
type hops struct {
	client  *Client
	request *Request
	ctx     context.Context //nolint:containedctx // lives as long as one Do
	last    *answer
	chain   []Redirect
}

// RoundTrip performs one hop and keeps its body aside: colly gets none, for it
// would copy it and guess its character set anew.
func (h *hops) RoundTrip(req *http.Request) (*http.Response, error) {
	delay, err := h.admit(req.URL)
	if err != nil {
		return nil, err
	}
	h.release()
	got, err := h.client.exchange(req.Context(), req, h.terms(req.URL, delay))
	if err != nil {
		return nil, err
	}
	h.last = got
	return &http.Response{
		Status:     strconv.Itoa(got.status) + " " + http.StatusText(got.status),
		StatusCode: got.status,
		Proto:      "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: got.header.Clone(), Body: http.NoBody, Request: req, Uncompressed: true,
	}, nil
}

// admit checks one hop before anything is sent, and returns the Crawl-delay of
// its host.
func (h *hops) admit(u *url.URL) (time.Duration, error) {
	if err := checkAddress(u); err != nil {
		return 0, err
	}
	if !h.request.reaches(u) {
		return 0, fmt.Errorf("%w: %s", ErrOffSite, u.Host)
	}
	if h.request.SkipRobots {
		return 0, nil
	}
	rules, err := h.client.rules(h.ctx, u, h.request)
	if err != nil {
		return 0, err
	}
	if !rules.Allowed(u) {
		return 0, fmt.Errorf("%w: %s", ErrDisallowed, u.Path)
	}
	return rules.Delay, nil
}

// redirect decides whether a chain goes on. The same address may come twice,
// for portals that set a cookie and send the reader back.
func (h *hops) redirect(req *http.Request, via []*http.Request) error {
	from := via[len(via)-1]
	h.chain = append(h.chain, Redirect{h.last.status, from.URL.String(), req.URL.String()})
	if len(via) >= maxHops {
		return fmt.Errorf("%w: more than %d hops", ErrRedirects, maxHops)
	}
	seen := 0
	for _, earlier := range via {
		if earlier.Method == req.Method && earlier.URL.String() == req.URL.String() {
			seen++
		}
	}
	if seen > 1 || seen == 1 && h.request.Session == nil {
		return fmt.Errorf("%w: back at %s", ErrRedirects, req.URL.Path)
	}
	return nil
}

func (h *hops) release() {
	if h.last != nil {
		h.last.release()
	}
}

func (h *hops) response() *Response {
	got := h.last
	resp := &Response{
		Status: got.status, URL: got.url, Redirects: h.chain, Header: got.header,
		Raw: got.body, Latency: got.latency, Elapsed: got.elapsed, Fetched: got.at,
		release: got.release,
	}
	if h.request.Kind == File {
		resp.Text = got.body
		return resp
	}
	resp.Text, resp.Charset = decodeText(got.body, got.header.Get("Content-Type"))
	return resp
}

// terms are what a hop to u must obey.
func (h *hops) terms(u *url.URL, delay time.Duration) terms {
	r := h.request
	t := terms{gap: max(r.Gap, delay), total: r.Timeout, security: r.security(), kind: r.Kind, further: len(h.chain) > 0}
	if strings.HasSuffix(strings.ToLower(u.Path), ".gz") && (r.Kind == Feed || r.Kind == Any) {
		t.gunzip = true
	}
	return t
}

func (r *Request) security() security {
	return security{legacy: r.LegacyTLS, chain: r.FetchChain}
}
