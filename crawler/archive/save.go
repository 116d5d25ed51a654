package archive

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"time"

	"bantin/bulletin"
)

// Outcome is what came of one claim.
type Outcome struct {
	Claim  *Claim
	At     time.Time // end of the exchange, zero for now
	Status int       // HTTP status, 0 when there was none
	Err    string    // why it failed; empty for a success, also for 304, 404 and 410

	// Trouble says in a few words, equal for equal failures, why the request
	// has to be tried again; it may be set without Err.
	Trouble string

	// Page is what the portal sent, nil when there is nothing to keep. Its
	// URL is where redirects ended, its Fetched may be zero for At.
	Page         *bulletin.Page
	Header       string // of the answer, "Name: value\r\n" lines, for export
	ETag         string
	LastModified string

	Bulletins  []bulletin.Bulletin  // read out of Page
	Attachment *bulletin.Attachment // read out of Page, with its text or flag; URL as the bulletins name it
	Missing    bool                 // the portal says that there is nothing at the address
	Gone       bool                 // and its bulletins are to be marked so

	Links    []Request // found on the page or to be asked next
	Due      time.Time // when the request is due again; zero for never
	Priority Priority  // of that next time
	Memo     string    // for that next time; empty keeps the one claimed

	Pace  Pace  // of the host from now on
	Pass  int64 // pass that it counts for, 0 for none
	Found int   // items on a listing page
}

// Saved tells what an outcome brought.
type Saved struct {
	New       int // bulletins
	Changed   int // bulletins with a new version
	Unchanged int // bulletins that were the same
	Links     int // requests that were new or became due again
}

// Save writes an outcome in one transaction: page, bulletins, links, the state
// of the request and of its host, the count of the pass. Once it returns nil,
// all of it survives a crash; otherwise none of it was written. It gives
// ErrLeaseLost, and writes nothing, when the lease has passed to another or
// the outcome is already saved.
func (a *Archive) Save(ctx context.Context, o Outcome) (Saved, error) {
	var s Saved
	if o.At.IsZero() {
		o.At = time.Now()
	}
	drafts, err := a.drafts(o.Bulletins, o.Claim.Site)
	if err != nil {
		return s, err
	}
	var body *packed
	if o.Page != nil {
		if err := a.learn(ctx, o.Claim.Site); err != nil {
			return s, err
		}
		if body, err = a.pack(ctx, o.Claim.Site, o.Page.Body); err != nil {
			return s, err
		}
	}
	err = a.share(ctx, func(t *tx) error {
		s = Saved{}
		return t.save(&o, drafts, body, &s)
	})
	if err != nil {
		return Saved{}, err
	}
	return s, nil
}

func (t *tx) save(o *Outcome, drafts []*draft, body *packed, s *Saved) error {
	c := o.Claim
	held, err := t.Count(`update host set lease = '', lease_until = 0, lease_request = null,
		next_at = $1, delay = $2, failures = $3, open_until = $4 where name = $5 and lease = $6`,
		ms0(notBefore(o.Pace.Next)), o.Pace.Delay.Milliseconds(), o.Pace.Failures, ms0(notBefore(o.Pace.OpenUntil)), c.Host, c.Token)
	if err != nil {
		return err
	}
	if held == 0 {
		return ErrLeaseLost
	}
	var page sql.NullInt64
	if o.Page != nil {
		if page, err = t.putPage(o, body); err != nil {
			return err
		}
	}
	if len(drafts)+len(o.Links) > 0 || o.Gone || o.Attachment != nil || o.Pass != 0 {
		err = t.Alone()
	}
	err = cmp.Or(err, t.saveBulletins(o, drafts, page, s))
	links, unasked := t.enqueue(o.Links)
	s.Links = links
	return cmp.Or(err, unasked, t.saveRequest(o, page, s), t.countPass(o, s))
}

// notBefore is the first millisecond that is not before a time.
func notBefore(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.Add(time.Millisecond - 1)
}

// saveBulletins writes what was read out of the page, and whether the address
// is gone.
func (t *tx) saveBulletins(o *Outcome, drafts []*draft, page sql.NullInt64, s *Saved) error {
	var err error
	if o.Gone {
		err = t.gone(o.Claim.Site, o.Claim.URL, o.At)
	}
	if o.Attachment != nil {
		err = cmp.Or(err, t.putAttachment(o.Attachment, page))
	}
	return cmp.Or(err, each(drafts, func(d *draft) error {
		num, change, err := t.put(d, o.At, page)
		s.add(change)
		if o.Page != nil {
			err = cmp.Or(err, t.seenAt(d.Site, o.Claim.URL, num, o.At), t.seenAt(d.Site, o.Page.URL, num, o.At))
		}
		return err
	}))
}

func (s *Saved) add(c change) {
	switch c {
	case added:
		s.New++
	case changed:
		s.Changed++
	case unchanged:
		s.Unchanged++
	}
}

// saveRequest writes the state of the request.
func (t *tx) saveRequest(o *Outcome, page sql.NullInt64, s *Saved) error {
	due := ms(o.Due)
	if o.Err != "" {
		return t.Exec("update request set status = $1, error = $2, trouble = $3, due = $4, priority = $5, memo = coalesce(nullif($6, ''), memo), tried = $7 where id = $8",
			o.Status, o.Err, o.Trouble, due, o.Priority, o.Memo, ms(o.At), o.Claim.ID)
	}
	if o.Missing {
		return t.Exec(`update request set status = $1, error = '', trouble = $2, due = $3, priority = $4, attempts = 0,
			missing = missing + 1, missing_since = coalesce(missing_since, $5) where id = $6`,
			o.Status, o.Trouble, due, o.Priority, ms(o.At), o.Claim.ID)
	}
	return cmp.Or(t.countLook(o, s), t.Exec(`update request set status = $1, error = '', trouble = '', missing = 0, missing_since = null, due = $2, priority = $3, memo = coalesce(nullif($4, ''), memo), attempts = 0,
		etag = case when $5 = 304 then etag else $6 end,
		last_modified = case when $5 = 304 then last_modified else $7 end,
		fetched = $8, changed = case when $9 = 1 then $8 else changed end,
		unchanged = case when $9 = 1 then 0 else unchanged + 1 end,
		page = coalesce($10, page) where id = $11`,
		o.Status, due, o.Priority, o.Memo, o.Status, o.ETag, o.LastModified, ms(o.At), number(s.New+s.Changed > 0), page, o.Claim.ID))
}

// putPage keeps a page, or notes that the portal sent the same as last time.
func (t *tx) putPage(o *Outcome, body *packed) (sql.NullInt64, error) {
	content, err := t.putContent(body)
	if err != nil {
		return sql.NullInt64{}, err
	}
	at := o.Page.Fetched
	if at.IsZero() {
		at = o.At
	}
	page := sql.NullInt64{Valid: true}
	var last int64
	err = t.Row("select id, content from page where request = $1 order by id desc limit 1", []any{o.Claim.ID}, &page.Int64, &last)
	if err == nil && last == content {
		return page, t.Exec("update page set seen = $1 where id = $2", ms0(at), page.Int64)
	}
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return page, err
	}
	page.Int64, err = t.Insert("id", `insert into page (request, site, url, fetched, seen, status, content_type, header, content)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		o.Claim.ID, o.Claim.Site, o.Page.URL, ms0(at), ms0(at), o.Status, o.Page.ContentType, o.Header, content)
	return page, err
}
