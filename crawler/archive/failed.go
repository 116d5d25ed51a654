package archive

import (
	"cmp"
	"context"
	"time"

	"bantin/bulletin"
	"bantin/crawler/archive/store"
)

// Failed is an address that could not be read the last time.
type Failed struct {
	ID       int64
	URL      string
	Kind     Kind
	Status   int // of the answer, 0 when there was none
	Err      string
	Attempts int
	At       time.Time // of the last attempt
	Due      time.Time // of the next attempt; zero for never
	Page     int64     // the last page kept of it, 0 for none
}

// Failures are the addresses of a portal that could not be read, in the order
// of their ids, beginning after one.
func (a *Archive) Failures(ctx context.Context, site string, after int64, limit int) ([]Failed, error) {
	return store.List(a.store.Rows(ctx, `select id, url, kind, status, error, attempts, tried, due, coalesce(page, 0) from request
		where site = $1 and error <> '' and id > $2 order by id limit $3`, site, after, limit),
		func(f *Failed) []any {
			return []any{&f.ID, &f.URL, &f.Kind, &f.Status, &f.Err, &f.Attempts, when(&f.At), when(&f.Due), &f.Page}
		})
}

// TryAgain makes one failed address of a portal due now; ErrNotFound when
// there is no such.
func (a *Archive) TryAgain(ctx context.Context, site string, id int64, now time.Time) error {
	return a.update(ctx, func(t *tx) error {
		n, err := t.Count("update request set due = $1 where id = $2 and site = $3 and error <> ''", now.UnixMilli(), id, site)
		if err == nil && n == 0 {
			err = ErrNotFound
		}
		return cmp.Or(err, t.wish())
	})
}

// Answered returns the last page that a portal answered for one of its
// addresses, with the HTTP status; ErrNotFound when none was kept.
func (a *Archive) Answered(ctx context.Context, site string, id int64) (p bulletin.Page, status int, err error) {
	stored, err := read(ctx, a, func(v *view) (s Stored, err error) {
		var page int64
		err = missing(v.Row(ctx, "select id from page where request = $1 and site = $2 order by id desc limit 1", []any{id, site}, &page))
		if err == nil {
			s, err = v.stored(ctx, page)
		}
		return s, err
	})
	return stored.Page, stored.Status, err
}

// Sizes tells what the archive's pages and versions take, packed as they are.
func (a *Archive) Sizes(ctx context.Context) (pages, versions, attachments int64, err error) {
	err = a.store.Row(ctx, `select (select coalesce(sum(length(body)), 0) from content),
		(select coalesce(sum(length(body)), 0) from version), (select coalesce(sum(length(body)), 0) from attachment)`, nil, &pages, &versions, &attachments)
	return pages, versions, attachments, err
}
