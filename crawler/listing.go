package crawler

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"bantin/bulletin"
	"bantin/bulletin/facts"
	"bantin/crawler/archive"
	"bantin/crawler/extract"
	"bantin/crawler/fetch"
	"bantin/crawler/site"
)

// readListing takes the items of a listing page into the frontier and decides
// whether its walk goes on.
func (j *job) readListing(ctx context.Context, resp *fetch.Response, out *archive.Outcome) error {
	j.news.first = j.walk.Page == 1
	profile := j.profile
	if j.walk.Item != "" {
		own := *profile
		own.Select.Item, profile = j.walk.Item, &own
	}
	listing, err := profile.ListingAfter(j.asked(), resp.URL, listingText(resp))
	if listing.Detected != nil && (j.walk.Page == 1 || j.walk.Detected) && !j.sentHome(resp) {
		listing = j.readPlainly(listing)
	}
	if err == nil && len(listing.Items)+len(listing.Parts) == 0 && j.walk.Page == 1 && j.claim.Kind == archive.Listing {
		err = errors.New("the listing holds no items")
	}
	if err != nil {
		j.refused(out, err)
		return nil
	}
	short := j.cutShort(listing, resp)
	if short != nil && j.claim.Attempts < 2 {
		j.refused(out, short)
		return nil
	}
	out.Found = len(listing.Items)
	items, allOld := j.wanted(listing.Items, resp.Fetched)
	fresh, edited, err := j.fresh(ctx, items)
	if err != nil {
		return err
	}
	out.Links = slices.Concat(out.Links, fresh, edited)
	out.Links = append(out.Links, j.sitemaps(listing.Parts)...)
	if listing.Left > 0 {
		j.news.misread = fmt.Sprintf("%d entries of %s are left out: it has too many", listing.Left, j.claim.URL)
	}
	if j.claim.Kind == archive.Sitemap {
		j.again(out, recheckAfter(j.claim, time.Time{}, len(fresh) > 0, j.now()))
		return nil
	}
	if short != nil && !allOld {
		j.endShort(out, short)
		return nil
	}
	if allOld || j.ends(listing, resp, len(fresh)) {
		j.endWalk(out, true)
		return nil
	}
	j.advance(out, listing.Next)
	return nil
}

// cutShort tells why a further page that seems to be the last deserves a
// second look: portals in trouble send empty pages, half ones and the first.
func (j *job) cutShort(listing site.Listing, resp *fetch.Response) error {
	w := &j.walk
	w.Last = max(w.Last, listing.Last)
	switch {
	case w.Page > 1 && len(resp.Redirects) > 0 && sameAddress(resp.URL.String(), w.Root) &&
		(w.Page < w.Last || listing.Next != nil && sameAddress(listing.Next.URL, j.claim.URL)): // to which the first leads on
		return fmt.Errorf("page %d leads back to the first", w.Page)
	case w.Page == 1 || listing.Next != nil || listing.End:
		return nil
	case len(listing.Items) == 0:
		return errors.New("a further page without items")
	case w.Page < w.Last:
		return fmt.Errorf("no way on at page %d of %d", w.Page, w.Last)
	}
	return nil
}

// listingText is a page as package site reads it: a feed names its own encoding.
func listingText(resp *fetch.Response) []byte {
	if bytes.HasPrefix(bytes.TrimLeft(resp.Raw, " \r\n\t"), []byte("<?xml")) && site.IsFeed(resp.Raw) {
		return resp.Raw
	}
	return resp.Text
}

// sentHome tells whether a listing's address led to the portal's front: its
// links are not the listing's.
func (j *job) sentHome(resp *fetch.Response) bool {
	return len(resp.Redirects) > 0 && resp.URL.RequestURI() == "/"
}

// readPlainly takes what detection found where select.item finds nothing or
// far less, and notes what to tell of it.
func (j *job) readPlainly(l site.Listing) site.Listing {
	j.walk.Detected, j.walk.Item = true, l.Detected.Proposed
	said := fmt.Sprintf("%d links that look like bulletins, %d matched select.item %q", len(l.Detected.Items), len(l.Items), j.profile.Select.Item)
	if len(l.Items) == 0 {
		said = fmt.Sprintf("%d links that look like bulletins, none matched select.item %q", len(l.Detected.Items), j.profile.Select.Item)
	}
	if l.Detected.Proposed != "" {
		said += fmt.Sprintf("; %q would match them", l.Detected.Proposed)
	}
	j.news.misread = said + ": the page was read without it"
	j.log.Warn("a selector does not fit", "site", j.claim.Site, "url", j.claim.URL, "what", j.news.misread)
	return *l.Detected
}

// sitemaps are the requests for the parts of a sitemap that are new enough.
func (j *job) sitemaps(parts []site.Item) []archive.Request {
	var requests []archive.Request
	for _, part := range parts {
		if u, err := url.Parse(part.URL); err == nil && j.profile.Allows(u) && !j.tooOld(part, j.now()) {
			requests = append(requests, archive.Request{Site: j.claim.Site, URL: part.URL, Kind: archive.Sitemap, Priority: archive.NewListing})
		}
	}
	return requests
}

// asked is the request behind a page, as package site knows it.
func (j *job) asked() *site.Request {
	form, err := url.ParseQuery(j.claim.Form)
	if err != nil {
		form = nil
	}
	return &site.Request{Method: cmp.Or(j.claim.Method, http.MethodGet), URL: j.claim.URL, Form: form, Header: j.walk.Header}
}

// ends tells whether a walk is over: at the last page, where it comes round,
// at the limit, and in later passes where a page brings nothing new.
func (j *job) ends(listing site.Listing, resp *fetch.Response, fresh int) bool {
	limit := cmp.Or(j.profile.MaxPages, defaultMaxPages)
	if j.options.MaxPages > 0 {
		limit = min(limit, j.options.MaxPages)
	}
	repeated := j.walk.repeats(digestOf(listing.Items))
	next := listing.Next
	switch {
	case next == nil, len(listing.Items) == 0, repeated, j.walk.Page >= limit:
		return true
	case fresh == 0 && !j.walk.Full:
		return true
	case j.walk.Page > 1 && len(resp.Redirects) > 0 && sameAddress(resp.URL.String(), j.walk.Root):
		return true // past the end some portals lead back to the first page
	}
	return next.Method != http.MethodPost && sameAddress(next.URL, j.claim.URL)
}

// wanted are the requests for a page's items. It tells whether all of them are
// older than the crawl is asked to go.
func (j *job) wanted(items []site.Item, now time.Time) (requests []archive.Request, allOld bool) {
	old := 0
	for _, item := range items {
		if j.tooOld(item, now) {
			old++
			continue
		}
		u, err := url.Parse(item.URL)
		if err != nil || !j.profile.Allows(u) {
			continue
		}
		requests = append(requests, archive.Request{
			Site: j.claim.Site, URL: item.URL, Kind: archive.Article, Priority: archive.NewArticle, Memo: memoOf(extract.ReadListed(item, now)),
		})
	}
	return requests, old > 0 && old == len(items)
}

// believeAgain is how long a listing that told of changes in vain, times how
// often, is not believed: some date their items anew at every reader.
const believeAgain = 6 * time.Hour

// fresh parts the requests that the frontier lacks from those to be made due
// again: what a sitemap, a feed or an item of its own says was changed since.
func (j *job) fresh(ctx context.Context, requests []archive.Request) (unseen, edited []archive.Request, err error) {
	known, err := j.archive.Lookup(ctx, requests)
	if err != nil {
		return nil, nil, err
	}
	for i, r := range requests {
		switch k := known[i]; {
		case !k.Known:
			unseen = append(unseen, r)
		case !k.Fetched.IsZero() && j.now().Sub(k.Fetched) >= time.Duration(k.Same)*believeAgain && changedSince(listedOf(r.Memo), listedOf(k.Memo), k.Fetched):
			r.Again, r.Due, r.Priority = true, j.now(), archive.Recheck
			edited = append(edited, r)
		}
	}
	return unseen, edited, nil
}

// changedSince tells whether a listing says that an item is another than at the
// last look: a change that is told by the day may have come later that day,
// but is told once.
func changedSince(now, before extract.Listed, looked time.Time) bool {
	if now.Item != "" {
		return now.Item != before.Item
	}
	if now.Modified == "" || now.Modified == before.Modified {
		return false
	}
	at, precision, ok := facts.ReadTimestamp(now.Modified, looked)
	if precision == bulletin.Day && before.Modified != "" {
		at = at.Add(day - time.Second)
	}
	return ok && at.After(looked)
}

func (j *job) tooOld(item site.Item, now time.Time) bool {
	dated := cmp.Or(item.Published, item.Modified)
	if j.options.Since.IsZero() || dated == "" {
		return false
	}
	if day, err := time.ParseInLocation(time.DateOnly, dated, bulletin.Zone); err == nil { // of whatever century
		return day.Before(j.options.Since)
	}
	at, _, ok := facts.ReadTimestamp(dated, now)
	return ok && at.Before(j.options.Since)
}

// memoOf keeps something with a request.
func memoOf(what any) string {
	text, err := json.Marshal(what)
	if err != nil {
		return ""
	}
	return string(text)
}

// remembered reads it; a memo that cannot be read tells nothing.
func remembered[T any](memo string) T {
	var what, nothing T
	if err := json.Unmarshal([]byte(memo), &what); err != nil {
		return nothing
	}
	return what
}

func listedOf(memo string) extract.Listed { return remembered[extract.Listed](memo) }

// gap is the least pause between two requests to the portal.
func (j *job) gap() time.Duration { return cmp.Or(j.profile.Pace, defaultPace) }

// describe names a listing page in errors.
func (j *job) describe() string {
	if j.listing() {
		return fmt.Sprintf("listing page %d", j.walk.Page)
	}
	return string(j.claim.Kind)
}
