package archive

import (
	"context"
	"fmt"
	"iter"
	"time"

	"bantin/bulletin"
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
		var last int64
		for {
			ids, err := a.pageIDs(ctx, f, last)
			for i := 0; err == nil && i < len(ids); i++ {
				var s Stored
				err = a.view(ctx, func(v *view) (err error) {
					s, err = v.stored(ctx, ids[i])
					return err
				})
				if err == nil && !yield(s, nil) {
					return
				}
				last = ids[i]
			}
			if err != nil {
				yield(Stored{}, err)
				return
			}
			if len(ids) < walkBatch {
				return
			}
		}
	}
}

func (a *Archive) pageIDs(ctx context.Context, f PageFilter, last int64) (ids []int64, err error) {
	err = a.view(ctx, func(v *view) error {
		var id int64
		return v.Rows(ctx, `select p.id from page p join request r on r.id = p.request
			where p.id > $1 and ($2 = '' or p.site = $2) and ($3 = '' or r.kind = $3) and (cast($4 as integer) = 0 or r.page = p.id)
			order by p.id limit $5`, []any{last, f.Site, string(f.Kind), number(f.Latest), walkBatch}, func() error {
			ids = append(ids, id)
			return nil
		}, &id)
	})
	return ids, err
}

// stored reads one page.
func (v *view) stored(ctx context.Context, id int64) (s Stored, err error) {
	s.ID = id
	r := &s.Request
	var fetched, seen, dictionary int64
	var body []byte
	err = missing(v.Row(ctx, `select p.url, p.fetched, p.seen, p.status, p.content_type, p.header, c.dictionary, c.body,
		r.site, r.host, r.method, r.url, r.form, r.form_key, r.kind, r.priority, r.memo
		from page p join content c on c.id = p.content join request r on r.id = p.request where p.id = $1`, []any{id},
		&s.URL, &fetched, &seen, &s.Status, &s.ContentType, &s.Header, &dictionary, &body,
		&r.Site, &r.Host, &r.Method, &r.URL, &r.Form, &r.FormKey, &r.Kind, &r.Priority, &r.Memo))
	if err != nil {
		return s, fmt.Errorf("page %d: %w", id, err)
	}
	s.Fetched, s.Seen = instant0(fetched), instant0(seen)
	if s.Body, err = v.a.unpack(ctx, dictionary, body); err != nil {
		return s, fmt.Errorf("page %d: %w", id, err)
	}
	return s, nil
}

// Amend stores what was read anew out of an archived page, as versions that
// came from it where anything changed; no claim is needed.
func (a *Archive) Amend(ctx context.Context, page Stored, bulletins ...bulletin.Bulletin) (s Saved, err error) {
	drafts, err := a.drafts(bulletins, page.Request.Site)
	if err != nil {
		return s, err
	}
	err = a.update(ctx, func(t *tx) error {
		s = Saved{}
		for _, d := range drafts {
			_, c, err := t.put(d, page.Fetched, present(page.ID))
			if err != nil {
				return err
			}
			s.add(c)
		}
		return nil
	})
	return s, err
}
