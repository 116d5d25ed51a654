package crawler

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"bantin/crawler/fetch"
	"bantin/crawler/site"
)

// maxForwards bounds the pages that only send on, one after another.
const maxForwards = 3

// visit performs an exchange and follows pages that only send their readers
// on, within the hosts that allowed lets through, as it follows redirects.
func visit(ctx context.Context, client *fetch.Client, r fetch.Request, allowed func(*url.URL) bool) (*fetch.Response, error) {
	var way []fetch.Redirect
	for {
		resp, err := client.Do(ctx, r)
		if err != nil {
			return nil, err
		}
		way = append(way, resp.Redirects...)
		next := sentOn(r, resp)
		if next == nil || !allowed(next) && next.Host != resp.URL.Host {
			resp.Redirects = way
			return resp, nil
		}
		way = append(way, fetch.Redirect{Status: resp.Status, From: resp.URL.String(), To: next.String()})
		resp.Release()
		if len(way) > maxForwards+len(resp.Redirects) {
			return nil, fmt.Errorf("fetch %s: %w: pages that send on without end", r.URL, fetch.ErrRedirects)
		}
		r.URL, r.Method = next.String(), http.MethodGet
	}
}

// sentOn is where a page sends its readers, nil for other answers.
func sentOn(r fetch.Request, resp *fetch.Response) *url.URL {
	if resp.Status != http.StatusOK || r.Kind == fetch.File || len(r.Form) > 0 {
		return nil
	}
	to := site.SentOn(resp.URL, resp.Text)
	next, err := url.Parse(to)
	if to == "" || err != nil {
		return nil
	}
	return next
}

// Visit returns what package site asks a portal with before there is a profile
// of it: the exchanges of a crawl, with one set of cookies for all of them.
func Visit(client *fetch.Client, gap time.Duration, legacyTLS bool) (site.Fetch, error) {
	session, err := fetch.NewSession()
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, r site.Request) (site.Page, error) {
		req := fetch.Request{
			Method: cmp.Or(r.Method, http.MethodGet), URL: r.URL, Form: fields(r.Form), Header: http.Header{}, Kind: fetch.Any,
			Session: session, Gap: gap, LegacyTLS: legacyTLS, FetchChain: true,
		}
		for name, value := range r.Header {
			req.Header.Set(name, value)
		}
		got, err := visit(ctx, client, req, func(*url.URL) bool { return false })
		if err != nil {
			return site.Page{}, err
		}
		defer got.Release()
		if got.Status != http.StatusOK {
			return site.Page{}, fmt.Errorf("%s: %d %s", r.URL, got.Status, http.StatusText(got.Status))
		}
		page := site.Page{URL: got.URL, Body: bytes.Clone(listingText(got))}
		for _, c := range (&http.Response{Header: got.Header}).Cookies() {
			page.Cookies = append(page.Cookies, c.Name)
		}
		return page, nil
	}, nil
}
