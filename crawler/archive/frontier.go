package archive

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"
	"time"

	"bantin/crawler/archive/store"
)

// Kind tells what a request asks for.
type Kind string

// Kinds of request.
const (
	Listing    Kind = "listing"
	Article    Kind = "article"
	Attachment Kind = "attachment"
	Robots     Kind = "robots"
	Feed       Kind = "feed"
	Sitemap    Kind = "sitemap"
)

// Priority orders the due requests of one host, lowest first.
type Priority int

// Priorities.
const (
	NewListing Priority = iota // a listing page not seen in this pass
	NewArticle                 // an article or attachment never fetched
	Recheck                    // anything fetched before
	priorities                 // how many there are
)

// Request is one thing to ask a portal for. Site, Method, URL and FormKey
// together are its identity.
type Request struct {
	Site   string
	Host   string // requests of one Host are never in flight together; empty stands for the host of URL
	Method string // empty for GET
	URL    string // canonical
	Form   string // body to send, empty for none
	// FormKey is what of the form tells one request from another, without
	// tokens that change at each visit; empty stands for all of Form.
	FormKey  string
	Kind     Kind
	Priority Priority
	Due      time.Time // zero for at once
	Memo     string    // whatever the crawl wants back with the claim
	// Again makes a request that is already known due (no later than Due)
	// with the form, memo (empty keeps the old one) and priority given here;
	// without it a known request stays as it is.
	Again bool
}

// Pace is how a host is treated.
type Pace struct {
	Next      time.Time     // not before
	Delay     time.Duration // between two requests, as adapted so far
	Failures  int           // in a row
	OpenUntil time.Time     // the circuit breaker is open until then; zero when closed
}

// Enqueue adds requests that the frontier lacks and returns how many were new
// or, by Again, became due.
func (a *Archive) Enqueue(ctx context.Context, requests ...Request) (n int, err error) {
	err = a.update(ctx, func(t *tx) error {
		n, err = t.enqueue(requests)
		return err
	})
	return n, err
}

// enqueue adds requests within a transaction.
func (t *tx) enqueue(requests []Request) (n int, err error) {
	for _, r := range requests {
		r = r.normal()
		known := t.Exec("insert into host (name) values ($1) on conflict do nothing", r.Host)
		query := "insert into request (site, host, method, url, form, form_key, kind, priority, due, memo) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict "
		if r.Again {
			query += `(site, url, method, form_key) do update set form = excluded.form, memo = coalesce(nullif(excluded.memo, ''), request.memo), priority = excluded.priority, due = excluded.due
			where request.due is null or request.due > excluded.due`
		} else {
			query += "do nothing"
		}
		added, err := t.Count(query, r.Site, r.Host, r.Method, r.URL, r.Form, r.FormKey, r.Kind, r.Priority, ms0(r.Due), r.Memo)
		if err := cmp.Or(known, err); err != nil {
			return n, err
		}
		n += added
	}
	return n, nil
}

// normal fills in what empty fields stand for.
func (r Request) normal() Request {
	if r.Method == "" {
		r.Method = http.MethodGet
	}
	if r.Host == "" {
		if u, err := url.Parse(r.URL); err == nil {
			r.Host = u.Host
		}
	}
	if r.FormKey == "" {
		r.FormKey = r.Form
	}
	if len(r.FormKey) > 100 {
		sum := sha256.Sum256([]byte(r.FormKey))
		r.FormKey = hex.EncodeToString(sum[:])
	}
	r.Priority = min(max(r.Priority, NewListing), Recheck)
	return r
}

// Standing is what the frontier knows of a request.
type Standing struct {
	Known   bool      // the request is there, or its address is another one of a known bulletin
	Fetched time.Time // last success, zero for none and for other addresses
	Same    int       // successes since the last change
	Memo    string
}

// Lookup returns what the frontier knows of each of the requests.
func (a *Archive) Lookup(ctx context.Context, requests []Request) ([]Standing, error) {
	out := make([]Standing, len(requests))
	for i, r := range requests {
		n := r.normal()
		err := a.store.Row(ctx, `select fetched, unchanged, memo from request where site = $1 and url = $2 and method = $3 and form_key = $4
			union all select null, 0, '' from address where site = $1 and url = $2 and fetched is not null limit 1`,
			[]any{n.Site, n.URL, n.Method, n.FormKey}, when(&out[i].Fetched), &out[i].Same, &out[i].Memo)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out[i].Known = true
	}
	return out, nil
}

// Hasten makes the requests of a kind due now that would be later, also those
// that were done; of the sites, none means all. It returns how many.
func (a *Archive) Hasten(ctx context.Context, now time.Time, kind Kind, sites ...string) (n int, err error) {
	return a.count(ctx, "update request set due = $1 where kind = $2 and (due is null or due > $1)"+siteIs("site", 3, sites),
		siteArgs(sites, now.UnixMilli(), string(kind))...)
}

// Backlog is what waits in the frontier for one site.
type Backlog struct {
	Site string
	Due  int       // requests whose time has come, the one in flight included
	Next time.Time // earliest due time, also in the past; zero when nothing is planned
}

// Backlogs tells what waits for each site that has anything planned.
func (a *Archive) Backlogs(ctx context.Context, now time.Time) ([]Backlog, error) {
	return store.List(a.store.Rows(ctx, `select site, sum(case when due <= $1 then 1 else 0 end), case min(due) when 0 then $1 else min(due) end
		from request where due is not null group by site order by site`, now.UnixMilli()),
		func(b *Backlog) []any { return []any{&b.Site, &b.Due, when(&b.Next)} })
}

// Pending tells how many requests of a kind wait for a site, at any time.
func (a *Archive) Pending(ctx context.Context, site string, kind Kind) (n int, err error) {
	err = a.store.Row(ctx, "select count(*) from request where site = $1 and kind = $2 and due is not null", []any{site, string(kind)}, &n)
	return n, err
}
