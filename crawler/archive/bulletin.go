package archive

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"bantin/bulletin"
)

// draft is a bulletin ready to be stored: all that needs no database is done.
type draft struct {
	bulletin.Bulletin
	body   []byte // packed JSON
	digest []byte // of everything extracted, the address aside
	text   text   // to be compared with others
}

// change is what storing a bulletin did.
type change int

const (
	unchanged change = iota
	added
	changed
	returned // same text, but it had been gone
)

// drafts prepares bulletins; site is for those that name none.
func (a *Archive) drafts(list []bulletin.Bulletin, site string) ([]*draft, error) {
	var ds []*draft
	for _, b := range list {
		if b.Site == "" {
			b.Site = site
		}
		d, err := a.draft(b)
		if err != nil {
			return nil, err
		}
		ds = append(ds, d)
	}
	return ds, nil
}

func (a *Archive) draft(b bulletin.Bulletin) (*draft, error) {
	switch {
	case b.ID != "":
	case b.URL != "":
		b.ID = bulletin.NewID(b.Site, b.URL)
	default:
		b.ID = bulletin.NewID(b.Title, b.Body)
	}
	d := &draft{Bulletin: b}
	whole, err := b.MarshalJSON()
	if err != nil {
		return nil, fmt.Errorf("bulletin %s: %w", b.ID, err)
	}
	d.body = a.codec.plain.enc.EncodeAll(whole, nil)
	b.ID, b.URL, b.Site = "", "", ""
	if whole, err = b.MarshalJSON(); err != nil {
		return nil, fmt.Errorf("bulletin %s: %w", d.ID, err)
	}
	sum := sha256.Sum256(whole)
	d.digest = sum[:16]
	d.text = textOf(&d.Bulletin)
	return d, nil
}

// put stores a bulletin: a new version when anything extracted differs from
// the latest one. It returns the bulletin's number.
func (t *tx) put(d *draft, at time.Time, page sql.NullInt64) (num int64, c change, err error) {
	var version int
	var digest []byte
	var gone sql.NullInt64
	var withdrawn int
	err = t.Row("select num, version, digest, gone, withdrawn from bulletin where id = $1", []any{d.ID},
		&num, &version, &digest, &gone, &withdrawn)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		c = added
		num, err = t.insertBulletin(d)
	case err != nil:
	case withdrawn == withdrawnForGood:
		return num, unchanged, nil
	case withdrawn == withdrawnWithAll:
		c = added
		err = t.returnBulletin(d, num)
	case !bytes.Equal(digest, d.digest):
		c = changed
		err = t.updateBulletin(d, num)
	case gone.Valid:
		return num, returned, t.back(num)
	default:
		return num, unchanged, t.seenAt(d.Site, d.URL, num, time.Time{})
	}
	if err != nil {
		return 0, c, err
	}
	err = t.Exec("insert into version (bulletin, number, fetched, page, body, stored) values ($1, $2, $3, $4, $5, $6)",
		num, version+1, ms0(at), page, d.body, time.Now().UnixMilli())
	if err != nil {
		return 0, c, err
	}
	return num, c, t.derive(d, num, version == 0)
}

func (t *tx) insertBulletin(d *draft) (num int64, err error) {
	seq, err := t.next()
	if err != nil {
		return 0, err
	}
	if err := t.held(d.Site, 1); err != nil {
		return 0, err
	}
	return t.Insert("num", "insert into bulletin (id, site, url, version, digest, published, seq) values ($1, $2, $3, 1, $4, $5, $6)",
		d.ID, d.Site, d.URL, d.digest, ms(d.Published), seq)
}

func (t *tx) updateBulletin(d *draft, num int64) error {
	seq, err := t.next()
	return cmp.Or(err, t.Exec("update bulletin set url = $1, version = version + 1, digest = $2, published = $3, seq = $4, gone = null where num = $5",
		d.URL, d.digest, ms(d.Published), seq, num))
}

// returnBulletin lets a bulletin come back that was taken out with its portal.
func (t *tx) returnBulletin(d *draft, num int64) error {
	return cmp.Or(
		t.held(d.Site, 1),
		t.Exec("update bulletin set withdrawn = 0 where num = $1", num),
		t.updateBulletin(d, num),
	)
}

// held counts bulletins that a portal has more, or fewer, than before.
func (t *tx) held(site string, more int) error {
	return t.Exec("update site set bulletins = bulletins + $1 where id = $2", more, site)
}

// derive brings what is derived from the latest version up to date.
func (t *tx) derive(d *draft, num int64, isNew bool) error {
	return cmp.Or(
		t.seenAt(d.Site, d.URL, num, time.Time{}),
		t.putAttached(d, num, isNew),
		t.putCites(d.Cites, num, isNew),
		t.queue(num, d.text),
	)
}

// next moves the feed and returns the new position. The first move holds the
// feed to the end of the transaction, which notes how far it came.
func (t *tx) next() (seq int64, err error) {
	if err := t.beginEpoch(); err != nil {
		return 0, err
	}
	if t.last == 0 {
		err = t.Row("update feed set last = last + 1 where one = 1 returning last", nil, &t.last)
		t.noted = t.last
		return t.last, err
	}
	t.last++
	return t.last, nil
}

// touch passes a bulletin through the feed again.
func (t *tx) touch(num int64) error {
	seq, err := t.next()
	return cmp.Or(err, t.Exec("update bulletin set seq = $1 where num = $2", seq, num))
}

// seenAt notes an address of a bulletin, with the time when it was fetched
// there or zero when it is only known.
func (t *tx) seenAt(site, url string, num int64, at time.Time) error {
	if url == "" {
		return nil
	}
	if at.IsZero() {
		return t.Exec("insert into address (site, url, bulletin) values ($1, $2, $3) on conflict do nothing", site, url, num)
	}
	return t.Exec(`insert into address (site, url, bulletin, fetched) values ($1, $2, $3, $4)
		on conflict (site, url) do update set bulletin = excluded.bulletin, fetched = excluded.fetched, gone = null`,
		site, url, num, ms(at))
}

// gone notes that an address answered 404 or 410; its bulletin is gone when
// that holds for every address where it was ever fetched.
func (t *tx) gone(site, url string, at time.Time) error {
	var num int64
	err := t.Row("update address set gone = coalesce(gone, $1) where site = $2 and url = $3 returning bulletin", []any{ms(at), site, url}, &num)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	left, err := t.Count(`update bulletin set gone = $1 where num = $2 and gone is null
		and not exists (select 1 from address where bulletin = $2 and fetched is not null and gone is null)`, ms(at), num)
	if err != nil || left == 0 {
		return err
	}
	return t.touch(num)
}

// back takes the mark of a gone bulletin away.
func (t *tx) back(num int64) error {
	return cmp.Or(t.Exec("update bulletin set gone = null where num = $1", num), t.touch(num))
}

// Withdraw takes bulletins out of the feed and of every reading by content,
// for good; their pages and versions stay. Unknown ids are ErrNotFound.
func (a *Archive) Withdraw(ctx context.Context, ids ...string) error {
	return a.update(ctx, func(t *tx) error {
		for _, id := range ids {
			if err := t.withdraw(id); err != nil {
				return fmt.Errorf("withdraw %s: %w", id, missing(err))
			}
		}
		return nil
	})
}

func (t *tx) withdraw(id string) error {
	var num int64
	var site string
	var state int
	err := t.Row("select num, site, withdrawn from bulletin where id = $1", []any{id}, &num, &site, &state)
	switch {
	case err != nil || state == withdrawnForGood:
		return err
	case state == withdrawnWithAll:
		return t.Exec("update bulletin set withdrawn = $1 where num = $2", withdrawnForGood, num)
	}
	return t.takeOut(num, site, withdrawnForGood)
}

// takeOut ends what follows from a bulletin's being there.
func (t *tx) takeOut(num int64, site string, state int) error {
	return cmp.Or(
		t.Exec("update bulletin set withdrawn = $1 where num = $2", state, num),
		t.held(site, -1),
		t.putCites(nil, num, false),
		t.touch(num),
		t.queue(num, text{}),
	)
}
