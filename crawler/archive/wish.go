package archive

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"bantin/crawler/archive/store"
)

// Wish is what an operator may ask for a portal at any time. Who crawls sees
// it before its next claim; the index, with the change feed.
type Wish string

// The wishes.
const (
	Pause  Wish = "pause"   // fetch nothing until Resume
	Resume Wish = "resume"  // take back Pause or Remove
	Remove Wish = "remove"  // fetch nothing, and take the bulletins out of every reading by content
	Fetch  Wish = "crawl"   // read the listings now, and what failed
	Reread Wish = "recheck" // look at every article again
)

// Of bulletin.withdrawn.
const (
	withdrawnForGood = 1
	withdrawnWithAll = 2 // by Remove of its portal: comes back with Resume, or when it is read again
)

// wishBatch is how many bulletins one transaction takes out or brings back.
const wishBatch = 200

// Grant carries a wish out as far as it is the archive's to do. It gives
// ErrNotFound for a portal that was never entered. Interrupted, it may be
// asked for again, or FinishWishes ends it.
func (a *Archive) Grant(ctx context.Context, site string, w Wish, now time.Time) error {
	err := a.update(ctx, func(t *tx) error { return t.grant(site, w, now) })
	if err == nil && (w == Remove || w == Resume) {
		err = a.settleSite(ctx, site)
	}
	if err != nil {
		return fmt.Errorf("%s %s: %w", w, site, err)
	}
	return nil
}

func (t *tx) grant(site string, w Wish, now time.Time) error {
	var wanted string
	if err := t.Row("select wanted from site where id = $1", []any{site}, &wanted); err != nil {
		return missing(err)
	}
	if err := t.wish(); err != nil {
		return err
	}
	switch w {
	case Pause:
		if wanted == "removed" {
			return nil
		}
		return t.Exec("update site set wanted = 'paused' where id = $1", site)
	case Resume:
		return t.Exec("update site set wanted = '' where id = $1", site)
	case Remove:
		// What is in flight loses its lease, so that it cannot bring anything back.
		return cmp.Or(
			t.Exec(`update host set lease = '', lease_until = 0, lease_request = null
				where lease_request in (select id from request where site = $1)`, site),
			t.Exec("update site set wanted = 'removed', alarm = '' where id = $1", site),
		)
	case Fetch:
		return cmp.Or(
			t.Exec("update host set open_until = 0 where name in (select host from request where site = $1)", site),
			t.Exec(`update request set due = $1 where site = $2 and due > $1
				and (kind in ('listing', 'feed', 'sitemap') or trouble <> '')`, now.UnixMilli(), site),
		)
	case Reread:
		return t.Exec("update request set due = $1 where site = $2 and kind = 'article' and (due is null or due > $1)", now.UnixMilli(), site)
	}
	return fmt.Errorf("there is no wish %q", w)
}

// wish counts a wish.
func (t *tx) wish() error { return t.Exec("update wish set last = last + 1 where one = 1") }

// FinishWishes ends removals, and their undoing, that were cut short.
func (a *Archive) FinishWishes(ctx context.Context) error {
	wanted, _, err := a.Wanted(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for site := range wanted {
		errs = append(errs, a.settleSite(ctx, site))
	}
	return errors.Join(errs...)
}

// settleSite takes the bulletins of a portal out, or brings them back, until
// they are as is wanted.
func (a *Archive) settleSite(ctx context.Context, site string) error {
	return a.steps(ctx, func(t *tx) (int, error) { return t.settleSome(site) })
}

func (t *tx) settleSome(site string) (n int, err error) {
	var wanted string
	if err := t.Row("select wanted from site where id = $1", []any{site}, &wanted); err != nil {
		return 0, missing(err)
	}
	state, turn := withdrawnWithAll, t.restore
	if wanted == "removed" {
		state, turn = 0, func(num int64) error { return t.takeOut(num, site, withdrawnWithAll) }
	}
	nums, err := store.Column[int64](t.Rows("select num from bulletin where site = $1 and withdrawn = $2 and version > 0 order by num limit $3", site, state, wishBatch))
	return len(nums), cmp.Or(err, each(nums, turn))
}

// restore brings a bulletin back that was taken out with its portal.
func (t *tx) restore(num int64) error {
	var site string
	var body []byte
	err := t.Row(`select b.site, v.body from bulletin b join version v on v.bulletin = b.num and v.number = b.version
		where b.num = $1`, []any{num}, &site, &body)
	if err != nil {
		return missing(err)
	}
	b, err := t.a.codec.bulletin(body)
	if err != nil {
		return err
	}
	return cmp.Or(
		t.Exec("update bulletin set withdrawn = 0 where num = $1", num),
		t.held(site, 1),
		t.putCites(b.Cites, num, false),
		t.queue(num, textOf(&b)),
		t.touch(num),
	)
}

// Wanted returns what the operator wants of the portals: "paused" or "removed"
// by id, empty for most. The number grows with every wish.
func (a *Archive) Wanted(ctx context.Context) (wanted map[string]string, number int64, err error) {
	wanted = map[string]string{}
	err = a.view(ctx, func(v *view) error {
		var id, what string
		err := v.Rows(ctx, "select id, wanted from site").Each(func() { wanted[id] = what }, &id, &what)
		return cmp.Or(err, v.Row(ctx, "select last from wish where one = 1", nil, &number))
	})
	return wanted, number, err
}

// Idle are the portals of which no address will ever be asked for: new ones,
// and those forgotten by Purge.
func (a *Archive) Idle(ctx context.Context) ([]string, error) {
	return store.Column[string](a.store.Rows(ctx, "select id from site where not exists (select 1 from request where request.site = site.id and due is not null)"))
}

// Wishes is the number of wishes so far.
func (a *Archive) Wishes(ctx context.Context) (number int64, err error) {
	err = a.store.Row(ctx, "select last from wish where one = 1", nil, &number)
	return number, err
}
