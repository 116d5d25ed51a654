package crawler

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"bantin/bulletin"
	"bantin/crawler/archive"
	"bantin/crawler/fetch"
	"bantin/crawler/site"
)

const (
	defaultPace = 3 * time.Second
	maxRetries  = 3
	largePage   = 256 << 10 // parsed one at a time
	maxTags     = 250_000   // a parsed element takes some 200 bytes
)

// job is one claim on its way.
type job struct {
	*Crawler
	claim   *archive.Claim
	profile *site.Profile
	pass    *pass
	walk    walk // of a listing or feed
	news    news
	release func() // gives the page's memory back once it is saved
}

// news is what a job tells the pass.
type news struct {
	tally
	skipped bool
	final   bool   // a failure that is not tried again soon
	first   bool   // the first page of a listing was asked for
	trouble string // what is wrong with that page
	misread string // what of the profile does not fit it
}

// tally counts articles.
type tally struct {
	extracted, broken, undated int // read, without a text, without a date
	gone                       int // the portal says that nothing is there
	missed                     int // a selector of the profile found nothing
}

func (t *tally) add(more tally) {
	t.extracted += more.extracted
	t.broken += more.broken
	t.undated += more.undated
	t.gone += more.gone
	t.missed += more.missed
}

// run performs the exchange and reads the answer. No outcome means that there
// was no answer to read; the error says why.
func (j *job) run(ctx context.Context) (*archive.Outcome, error) {
	j.walk = readWalk(j.claim)
	if j.listing() && j.walk.Page == 1 && !slices.Contains(slices.Concat(j.profile.Listings, j.profile.Feeds), j.claim.URL) {
		return &archive.Outcome{}, nil // no longer in the profile
	}
	var err error
	if j.pass, err = j.openPass(ctx, j.claim.Site); err != nil {
		return nil, err
	}
	if item := listedOf(j.claim.Memo).Item; item != "" && j.claim.Kind == archive.Article {
		return j.readItem(ctx, item)
	}
	skip, err := j.walking(ctx)
	if err != nil {
		return nil, err
	}
	if skip {
		return j.passOver(), nil
	}
	request, err := j.request()
	if err != nil {
		return nil, err
	}
	resp, err := visit(ctx, j.client, request, j.profile.Allows)
	if err != nil {
		return nil, err
	}
	j.release = resp.Release
	return j.read(ctx, resp)
}

func (j *job) listing() bool {
	return j.claim.Kind == archive.Listing || j.claim.Kind == archive.Feed
}

// contents are what requests expect, others than a page.
var contents = map[archive.Kind]fetch.Kind{
	archive.Attachment: fetch.File, archive.Feed: fetch.Feed, archive.Sitemap: fetch.Feed, archive.Listing: fetch.Any,
}

// request is the exchange that a claim asks for.
func (j *job) request() (fetch.Request, error) {
	p := j.profile
	r := fetch.Request{
		Method: j.claim.Method, URL: j.claim.URL, Header: http.Header{}, Kind: contents[j.claim.Kind], Hosts: p.OwnHosts(),
		Gap: j.gap(), Timeout: p.Timeout,
		LegacyTLS: p.LegacyTLS, FetchChain: p.FetchChain, SkipRobots: p.SkipRobots,
	}
	if j.claim.Form != "" {
		form, err := url.ParseQuery(j.claim.Form)
		if err != nil {
			return r, fmt.Errorf("form of %s: %w", j.claim.URL, err)
		}
		r.Form = fields(form)
	}
	for name, value := range j.walk.Header {
		r.Header.Set(name, value)
	}
	session, err := j.session(j.claim.Site)
	if err != nil {
		return r, err
	}
	r.Session = session
	if j.conditional() {
		if j.claim.ETag != "" {
			r.Header.Set("If-None-Match", j.claim.ETag)
		}
		if j.claim.LastModified != "" {
			r.Header.Set("If-Modified-Since", j.claim.LastModified)
		}
	}
	return r, nil
}

// conditional tells whether to ask only for what changed. Servers exist whose
// validators never change, so every fourth visit asks for all.
func (j *job) conditional() bool {
	if j.listing() && (j.walk.Page > 1 || j.walk.Full) || j.options.Recheck {
		return false
	}
	return j.claim.Method == http.MethodGet && !j.claim.Fetched.IsZero() && j.claim.Unchanged%4 != 3
}

// read turns an answer into an outcome.
func (j *job) read(ctx context.Context, resp *fetch.Response) (*archive.Outcome, error) {
	out := &archive.Outcome{
		Status: resp.Status, Header: headerLines(resp.Header),
		ETag: resp.Header.Get("ETag"), LastModified: resp.Header.Get("Last-Modified"),
	}
	switch resp.Status {
	case http.StatusOK:
		out.Page = &bulletin.Page{URL: resp.URL.String(), Fetched: resp.Fetched, ContentType: resp.Header.Get("Content-Type"), Body: resp.Raw}
		if err := j.readPage(ctx, resp, out); err != nil {
			return nil, err
		}
	case http.StatusNotModified:
		j.unmodified(out)
	case http.StatusNotFound, http.StatusGone:
		if err := j.missing(ctx, out); err != nil {
			return nil, err
		}
	default:
		j.refused(out, fmt.Errorf("%d %s", resp.Status, http.StatusText(resp.Status)))
	}
	return out, nil
}

// readPage parses a page, a large one only while no other large one is parsed.
func (j *job) readPage(ctx context.Context, resp *fetch.Response, out *archive.Outcome) error {
	if tags := bytes.Count(resp.Text, []byte("<")); tags > maxTags && j.claim.Kind != archive.Attachment && !site.IsFeed(resp.Text) {
		out.Page = nil
		j.refused(out, fmt.Errorf("page of %d tags: %w of %d", tags, fetch.ErrTooLarge, maxTags))
		return nil
	}
	if len(resp.Text) > largePage {
		select {
		case j.parsing <- struct{}{}:
			defer func() { <-j.parsing }()
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	switch j.claim.Kind {
	case archive.Listing, archive.Feed, archive.Sitemap:
		return j.readListing(ctx, resp, out)
	case archive.Attachment:
		return j.readAttachment(ctx, resp, out)
	default:
		return j.readArticle(ctx, resp, out)
	}
}

// unmodified is the answer to a conditional request.
func (j *job) unmodified(out *archive.Outcome) {
	if j.listing() {
		j.news.first = true
		j.endWalk(out, true)
		return
	}
	j.again(out, recheckAfter(j.claim, j.claim.Published, false, j.now()))
}

// again plans the next visit of an article.
func (j *job) again(out *archive.Outcome, after time.Duration) {
	if after > 0 {
		out.Due = j.now().Add(after)
	}
	out.Priority = archive.Recheck
}

// save writes an outcome with what it tells about host and pass.
func (j *job) save(ctx context.Context, out *archive.Outcome) error {
	manners, err := j.client.Manners(ctx, j.claim.URL)
	if err != nil {
		manners = mannersOf(j.claim.Pace)
	}
	out.Claim, out.At = j.claim, j.now()
	out.Pace = archive.Pace{Next: manners.Next, Delay: manners.Pace, Failures: manners.Failures, OpenUntil: manners.Open}
	if streak := j.streak(out); streak >= streakLimit {
		out.Pace.OpenUntil = j.now().Add(leaveAlone(streak, j.gap()))
	}
	if j.pass != nil && !j.news.skipped && (out.Err == "" || j.news.final) {
		out.Pass = j.pass.id // a failure counts once it is final
	}
	saved, err := j.archive.Save(ctx, *out)
	if errors.Is(err, archive.ErrLeaseLost) {
		j.log.Warn("lease lost", "site", j.claim.Site, "url", j.claim.URL)
		return nil
	}
	if err != nil {
		return err
	}
	j.report(out, saved)
	return nil
}

func mannersOf(p archive.Pace) fetch.Manners {
	next := p.Next
	if p.OpenUntil.After(next) {
		next = p.OpenUntil
	}
	return fetch.Manners{Next: next, Pace: p.Delay, Failures: p.Failures, Open: p.OpenUntil}
}

// fields puts a form in the order of its names, repeated ones kept.
func fields(form url.Values) []fetch.Field {
	var all []fetch.Field
	for _, name := range slices.Sorted(maps.Keys(form)) {
		for _, value := range form[name] {
			all = append(all, fetch.Field{Name: name, Value: value})
		}
	}
	return all
}

func headerLines(header http.Header) string {
	var b strings.Builder
	_ = header.Write(&b) // which takes everything
	return b.String()
}
