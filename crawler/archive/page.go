package archive

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"time"

	"bantin/bulletin"
	"bantin/crawler/archive/store"
)

// Stored is an archived page with the request that brought it. Its URL is
// where redirects ended.
type Stored struct {
	ID      int64
	Request Request
	Status  int
	Header  string    // "Name: value\r\n" lines
	Seen    time.Time // last time the portal sent the same again
	bulletin.Page
}

// PageFilter limits a walk over the pages; zero fields limit nothing.
type PageFilter struct {
	Site   string
	Kind   Kind
	Latest bool // only the newest page of every request
}

// Pages walks over the archived pages in the order in which they came, one at
// a time in memory.
func (a *Archive) Pages(ctx context.Context, f PageFilter) iter.Seq2[Stored, error] {
	return func(yield func(Stored, error) bool) {
		for id, err := range a.pageIDs(ctx, f) {
			var s Stored
			if err == nil {
				s, err = read(ctx, a, func(v *view) (Stored, error) { return v.stored(ctx, id) })
			}
			if !yield(s, err) || err != nil {
				return
			}
		}
	}
}

func (a *Archive) pageIDs(ctx context.Context, f PageFilter) iter.Seq2[int64, error] {
	return walk(func(past int64) (ids []int64, last int64, err error) {
		ids, err = store.Column[int64](a.store.Rows(ctx, `select p.id from page p join request r on r.id = p.request
			where p.id > $1 and ($2 = '' or p.site = $2) and ($3 = '' or r.kind = $3) and (cast($4 as integer) = 0 or r.page = p.id)
			order by p.id limit $5`, past, f.Site, string(f.Kind), number(f.Latest), walkBatch))
		if len(ids) > 0 {
			last = ids[len(ids)-1]
		}
		return ids, last, err
	})
}

// stored reads one page.
func (v *view) stored(ctx context.Context, id int64) (s Stored, err error) {
	s.ID = id
	r := &s.Request
	var dictionary int64
	var body []byte
	err = missing(v.Row(ctx, `select p.url, p.fetched, p.seen, p.status, p.content_type, p.header, c.dictionary, c.body,
		r.site, r.host, r.method, r.url, r.form, r.form_key, r.kind, r.priority, r.memo
		from page p join content c on c.id = p.content join request r on r.id = p.request where p.id = $1`, []any{id},
		&s.URL, when(&s.Fetched), when(&s.Seen), &s.Status, &s.ContentType, &s.Header, &dictionary, &body,
		&r.Site, &r.Host, &r.Method, &r.URL, &r.Form, &r.FormKey, &r.Kind, &r.Priority, &r.Memo))
	if err != nil {
		return s, fmt.Errorf("page %d: %w", id, err)
	}
	if s.Body, err = v.a.unpack(ctx, dictionary, body); err != nil {
		return s, fmt.Errorf("page %d: %w", id, err)
	}
	return s, nil
}

// Amend stores what was read anew out of an archived page, as versions that
// came from it where anything changed; no claim is needed.
func (a *Archive) Amend(ctx context.Context, page Stored, bulletins ...bulletin.Bulletin) (Saved, error) {
	return a.putAll(ctx, bulletins, page.Request.Site, page.Fetched, sql.NullInt64{Int64: page.ID, Valid: true})
}
