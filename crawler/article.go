package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"bantin/bulletin"
	"bantin/crawler/archive"
	"bantin/crawler/extract"
	"bantin/crawler/fetch"
	"bantin/crawler/site"
)

// readArticle reads the bulletin out of a page. A page that suddenly holds
// less than it did is kept, but does not touch the bulletin.
func (j *job) readArticle(ctx context.Context, resp *fetch.Response, out *archive.Outcome) error {
	if j.ledHome(resp) {
		out.Page = nil
		return j.missing(ctx, out)
	}
	result, err := extract.ArticleListed(j.profile, listedOf(j.claim.Memo), resp.URL, resp.Text, resp.Fetched)
	switch {
	case errors.Is(err, extract.ErrGone):
		out.Page = nil
		return j.missing(ctx, out)
	case err != nil:
		j.broken(out, err)
		return nil
	}
	b := result.Bulletin
	before, err := known(ctx, j.archive, j.claim.Request, &b)
	if err != nil {
		return err
	}
	if err := damaged(before, b); err != nil {
		j.broken(out, err)
		return nil
	}
	j.news.extracted++
	if slices.Contains(result.Doubts, extract.Missed) {
		j.news.missed++
	}
	if b.Published.IsZero() {
		j.news.undated++
	}
	out.Bulletins = []bulletin.Bulletin{b}
	out.Links = append(out.Links, j.attachments(b)...)
	same := before != nil && before.Title == b.Title && before.Body == b.Body
	j.again(out, recheckAfter(j.claim, b.Published, !same, j.now()))
	return nil
}

// readItem reads an item of a list that has no page. Nothing is asked of the
// portal, and it is read again when the list shows another text.
func (j *job) readItem(ctx context.Context, item string) (*archive.Outcome, error) {
	u, err := url.Parse(j.claim.URL)
	if err != nil {
		return nil, fmt.Errorf("item %s: %w", j.claim.URL, err)
	}
	now := j.now()
	out := &archive.Outcome{
		Status: http.StatusOK,
		Page:   &bulletin.Page{URL: j.claim.URL, Fetched: now, ContentType: "application/json", Body: []byte(item)},
	}
	err = j.readArticle(ctx, &fetch.Response{Status: http.StatusOK, URL: u, Raw: []byte(item), Text: []byte(item), Fetched: now}, out)
	if out.Err == "" {
		out.Due = time.Time{}
	}
	return out, err
}

// ledHome tells whether a redirect ended at the portal's front or at a
// listing, which is how some portals say that an article is gone.
func (j *job) ledHome(resp *fetch.Response) bool {
	return len(resp.Redirects) > 0 && home(j.profile, resp.URL)
}

// home tells whether an address is a portal's front or one of its listings.
func home(p *site.Profile, to *url.URL) bool {
	return to.RequestURI() == "/" || slices.ContainsFunc(p.Listings, func(l string) bool { return sameAddress(l, to.String()) })
}

// known gives b the identity under which its address is in the archive and
// returns the bulletin that stands there, nil when there is none.
func known(ctx context.Context, a *archive.Archive, asked archive.Request, b *bulletin.Bulletin) (*bulletin.Bulletin, error) {
	for _, address := range []string{asked.URL, b.URL} {
		id, err := a.BulletinAt(ctx, asked.Site, address)
		if err == nil {
			b.ID = id
			break
		}
		if !errors.Is(err, archive.ErrNotFound) {
			return nil, err
		}
	}
	change, err := a.Bulletin(ctx, b.ID)
	if errors.Is(err, archive.ErrNotFound) {
		return nil, nil
	}
	return change.Bulletin, err
}

// Reread reads an archived article page anew and stores what differs as a new
// version. The error wraps extract.ErrNotArticle when the page gives no bulletin
// or less of one than is known; then nothing was stored.
func Reread(ctx context.Context, a *archive.Archive, p *site.Profile, page archive.Stored) (archive.Saved, error) {
	address, err := url.Parse(page.URL)
	if err != nil {
		return archive.Saved{}, fmt.Errorf("page %d: %w", page.ID, err)
	}
	result, err := extract.ArticleListed(p, listedOf(page.Request.Memo), address, fetch.Decode(page.Body, page.ContentType), page.Fetched)
	if err != nil {
		return archive.Saved{}, fmt.Errorf("%w: %w", extract.ErrNotArticle, err)
	}
	before, err := known(ctx, a, page.Request, &result.Bulletin)
	if err != nil {
		return archive.Saved{}, err
	}
	if err := damaged(before, result.Bulletin); err != nil {
		return archive.Saved{}, fmt.Errorf("article %s: %w", page.URL, err)
	}
	return a.Amend(ctx, page, result.Bulletin)
}

// damaged tells why a new reading looks like a broken layout rather than an
// edited text.
func damaged(before *bulletin.Bulletin, now bulletin.Bulletin) error {
	if before == nil {
		return nil
	}
	switch was, is := len(before.Body), len(now.Body); {
	case was >= 400 && is*4 < was:
		return fmt.Errorf("%w: %d bytes of text where there were %d", extract.ErrNotArticle, is, was)
	case !before.Published.IsZero() && now.Published.IsZero():
		return fmt.Errorf("%w: the date is no longer found", extract.ErrNotArticle)
	}
	return nil
}

// broken keeps the page for a later reading and counts against the portal,
// once a second look has shown the same: a server in trouble may answer 200.
func (j *job) broken(out *archive.Outcome, err error) {
	out.Err, out.Trouble = err.Error(), reasonOf(err)
	if j.claim.Attempts < 2 {
		out.Due, out.Priority = j.now().Add(fetch.Backoff(1, j.gap())), j.claim.Priority
		return
	}
	j.news.broken++
	j.news.final = true
	j.again(out, failedAfter(j.claim.Attempts-1))
}

// attachments are the requests for the files that a bulletin names, on the
// portal's own hosts.
func (j *job) attachments(b bulletin.Bulletin) []archive.Request {
	var requests []archive.Request
	for _, file := range b.Attachments {
		u, err := url.Parse(file.URL)
		if err != nil || !j.profile.Allows(u) {
			continue
		}
		requests = append(requests, archive.Request{Site: j.claim.Site, URL: file.URL, Kind: archive.Attachment, Priority: archive.NewArticle})
	}
	return requests
}
