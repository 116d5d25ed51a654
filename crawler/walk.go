package crawler

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"bantin/crawler/archive"
	"bantin/crawler/fetch"
	"bantin/crawler/site"
)

const (
	defaultMaxPages = 10_000
	maxRestarts     = 3
	// walkPatience is when a listing is begun anew although its walk never
	// reported its end.
	walkPatience = 7 * 24 * time.Hour
)

// walk is what a listing's request remembers. The first page keeps what the
// last walk came to, the further ones where the present walk stands.
type walk struct {
	// of the first page
	Done  time.Time `json:"done,omitzero"`  // when a walk last reached its end
	Since time.Time `json:"since,omitzero"` // items before this were left out
	Cap   int       `json:"cap,omitempty"`  // pages that walk was limited to
	Open  bool      `json:"open,omitempty"` // a walk is on its way

	// of all pages: where walks ended before their end
	Short   int       `json:"short,omitempty"`  // the page, 0 for none
	Shorts  int       `json:"shorts,omitempty"` // times in a row
	ShortAt time.Time `json:"shortat,omitzero"` // the first of them

	// of the further pages
	Root   string            `json:"root,omitempty"` // address of the first page
	Page   int               `json:"page,omitempty"` // 1 is the first
	Full   bool              `json:"full,omitempty"` // go on although a page brings nothing new
	Last   int               `json:"last,omitempty"` // number of the last page as printed, 0 unknown
	First  string            `json:"first,omitempty"`
	Mark   string            `json:"mark,omitempty"`
	Header map[string]string `json:"header,omitempty"`

	Detected bool   `json:"detected,omitempty"` // read without select.item
	Item     string `json:"item,omitempty"`     // what selects the items instead

	Restarts int `json:"restarts,omitempty"` // for want of a form's state
}

// readWalk reads the memo of a claim. A memo that cannot be read means that
// nothing is remembered.
func readWalk(c *archive.Claim) walk {
	w := remembered[walk](c.Memo)
	if w.Root == "" {
		w.Root, w.Page = c.URL, 1
	}
	w.Page = max(w.Page, 1)
	return w
}

// begin settles, on the first page, whether the whole listing has to be
// walked: the last walk may have been cut short by other limits than today's.
func (w *walk) begin(o Options) {
	w.Full = w.Done.IsZero() ||
		!w.Since.IsZero() && o.Since.Before(w.Since) ||
		w.Cap > 0 && (o.MaxPages == 0 || o.MaxPages > w.Cap)
}

// repeats tells whether the walk has come round. Beside the first page it
// compares with one page of the past, which moves on at every power of two
// (Brent 1980), so a cycle of any length is noticed.
func (w *walk) repeats(digest string) bool {
	if w.Page == 1 {
		w.First, w.Mark = digest, digest
		return false
	}
	again := digest == w.Mark || digest == w.First
	if w.Page == 2 {
		// the second page may be the first under its number: let it pass once
		w.Mark = ""
		return false
	}
	if w.Page&(w.Page-1) == 0 || w.Mark == "" {
		w.Mark = digest
	}
	return again
}

// digestOf identifies a set of items.
func digestOf(items []site.Item) string {
	keys := make([]string, len(items))
	for i, item := range items {
		keys[i] = cmp.Or(item.Key, item.URL)
	}
	slices.Sort(keys)
	sum := sha256.Sum256([]byte(strings.Join(slices.Compact(keys), "\n")))
	return hex.EncodeToString(sum[:8])
}

// walking tells whether this listing's walk is still on its way, so that it
// must not be begun a second time.
func (j *job) walking(ctx context.Context) (bool, error) {
	if !j.listing() || j.walk.Page != 1 {
		return false, nil
	}
	j.walk.begin(j.options)
	if !j.walk.Open {
		return false, nil
	}
	pending, err := j.archive.Pending(ctx, j.claim.Site, j.claim.Kind)
	roots := len(j.profile.Listings)
	if j.claim.Kind == archive.Feed {
		roots = len(j.profile.Feeds)
	}
	return pending > roots, err
}

// passOver is the outcome for a listing whose walk is still on its way.
func (j *job) passOver() *archive.Outcome {
	return &archive.Outcome{
		Status: j.claim.Status, ETag: j.claim.ETag, LastModified: j.claim.LastModified,
		Due: j.now().Add(walkPatience), Priority: archive.NewListing,
	}
}

// advance asks for the next page of a walk.
func (j *job) advance(out *archive.Outcome, next *site.Request) {
	w := j.walk
	further := walk{
		Root: w.Root, Page: w.Page + 1, Full: w.Full, Last: w.Last, First: w.First, Mark: w.Mark,
		Header: next.Header, Restarts: w.Restarts, Detected: w.Detected, Item: w.Item,
		Short: w.Short, Shorts: w.Shorts, ShortAt: w.ShortAt,
	}
	request := archive.Request{
		Site: j.claim.Site, Method: next.Method, URL: next.URL, Kind: j.claim.Kind,
		Priority: archive.NewListing, Due: j.now(), Memo: memoOf(further), Again: true,
	}
	if next.Method == http.MethodPost {
		request.Form = next.Form.Encode()
		// the state in the form is another at every visit
		request.FormKey = fmt.Sprintf("%d %s %s", further.Page, next.Form.Get("__EVENTTARGET"), next.Form.Get("__EVENTARGUMENT"))
	}
	out.Links = append(out.Links, request)
	if w.Page == 1 {
		w.Open, w.Root, w.Page, w.Last, w.First, w.Mark, w.Detected, w.Item = true, "", 0, 0, "", "", false, ""
		out.Memo, out.Priority = memoOf(w), archive.NewListing
		out.Due = j.now().Add(max(walkPatience, 2*j.interval()))
	}
}

// endWalk plans the next reading of the listing. Complete tells that the walk
// saw all it was meant to.
func (j *job) endWalk(out *archive.Outcome, complete bool) {
	after := walk{Short: j.walk.Short, Shorts: j.walk.Shorts, ShortAt: j.walk.ShortAt}
	if complete {
		after.Done, after.Since, after.Cap = j.now().Truncate(time.Second), j.options.Since, j.options.MaxPages
		if !j.walk.Full && j.walk.Page == 1 {
			after.Since, after.Cap = j.walk.Since, j.walk.Cap
		}
	}
	j.planRoot(out, after, j.interval())
}

// endShort ends a walk that came to no sound end. A portal in trouble is told of
// and walked again from the first page; one that ends there again and again, over
// a week, ends there.
func (j *job) endShort(out *archive.Outcome, err error) {
	w := &j.walk
	if w.Short == w.Page {
		w.Shorts++
	} else {
		w.Short, w.Shorts, w.ShortAt = w.Page, 1, j.now().Truncate(time.Second)
	}
	if w.Shorts >= goneForGood && j.now().Sub(w.ShortAt) >= goneOver {
		j.endWalk(out, true)
		return
	}
	out.Err, out.Trouble = err.Error(), reasonOf(err)
	j.news.final, j.news.trouble = true, err.Error()
	j.endWalk(out, false)
}

// planRoot plans the next reading of the listing's first page.
func (j *job) planRoot(out *archive.Outcome, w walk, in time.Duration) {
	due := j.now().Add(in)
	if j.walk.Page == 1 {
		out.Due, out.Memo, out.Priority = due, memoOf(w), archive.NewListing
		return
	}
	out.Links = append(out.Links, archive.Request{
		Site: j.claim.Site, URL: j.walk.Root, Kind: j.claim.Kind, Priority: archive.NewListing,
		Due: due, Memo: memoOf(w), Again: true,
	})
}

// interval is the time between two readings of a listing, spread a little so
// that portals do not fall into step.
func (j *job) interval() time.Duration {
	if j.options.Every > 0 {
		return j.options.Every
	}
	return revisit - rand.N(revisit/10)
}

// refusedListing plans what follows when a listing page could not be read.
func (j *job) refusedListing(out *archive.Outcome, err error) {
	j.news.first = j.walk.Page == 1
	posted := j.claim.Method == http.MethodPost
	if j.claim.Attempts <= maxRetries && !fetch.Permanent(err) && (!posted || j.claim.Attempts < 2) {
		out.Due = j.now().Add(fetch.Backoff(j.claim.Attempts, j.gap()))
		return
	}
	j.news.final, j.news.trouble = true, err.Error()
	if posted && j.walk.Restarts < maxRestarts {
		// the form's state is stale: only the first page gives a new one
		j.news.final, j.news.trouble = false, ""
		j.forget(j.claim.Site)
		j.planRoot(out, walk{Restarts: j.walk.Restarts + 1}, 0)
		return
	}
	if j.walk.Page == 1 {
		out.Due = j.now().Add(j.interval())
		return
	}
	j.endWalk(out, false)
}

// session is the cookies of a visit to a portal, kept to the end of its pass.
func (c *Crawler) session(site string) (*fetch.Session, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if s := c.sessions[site]; s != nil {
		return s, nil
	}
	s, err := fetch.NewSession()
	if err != nil {
		return nil, err
	}
	c.sessions[site] = s
	return s, nil
}

func (c *Crawler) forget(site string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.sessions, site)
}

// sameAddress compares addresses as a server would.
func sameAddress(a, b string) bool {
	left, errLeft := url.Parse(a)
	right, errRight := url.Parse(b)
	return errLeft == nil && errRight == nil && left.Host == right.Host &&
		strings.TrimSuffix(left.Path, "/") == strings.TrimSuffix(right.Path, "/") && left.RawQuery == right.RawQuery
}
