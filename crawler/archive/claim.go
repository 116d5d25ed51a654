package archive

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"bantin/crawler/archive/store"
)

// Claim is a request taken from the frontier, with what is known of it.
type Claim struct {
	Request
	ID    int64
	Token string    // of the lease
	Until time.Time // end of the lease

	Attempts     int       // claims since the last success, this one included
	Status       int       // HTTP status of the last exchange, 0 for none
	ETag         string    // of the last page
	LastModified string    // of the last page
	Fetched      time.Time // last success
	Changed      time.Time // last success that brought a new or changed bulletin
	Unchanged    int       // successes since then
	Missing      int       // times in a row that the portal said that nothing is there
	MissingSince time.Time // first of these times
	Published    time.Time // of the bulletin at the address, zero when it has none or no date
	Looks        Looks     // at articles of this age, of the whole site
	Pace         Pace      // of the host
}

// Claim takes the best due request of a host that has nothing in flight and
// whose time has come, and leases it; longest-waiting hosts come first, within
// a host the priorities. Sites limit the choice, none means all. When nothing
// can be claimed it returns nil and the time when something may be, the zero
// time when nothing is planned at all; new requests may make that sooner.
func (a *Archive) Claim(ctx context.Context, now time.Time, lease time.Duration, sites ...string) (*Claim, time.Time, error) {
	var c *Claim
	var wait time.Time
	err := a.share(ctx, func(t *tx) (err error) {
		c, wait, err = t.claim(now, lease, sites)
		return err
	})
	if err != nil {
		return nil, time.Time{}, err
	}
	return c, wait, nil
}

func (t *tx) claim(now time.Time, lease time.Duration, sites []string) (*Claim, time.Time, error) {
	for {
		id, err := t.best(now, sites)
		again := false
		switch {
		case err == nil:
			again, err = t.taken(id, now)
		case errors.Is(err, sql.ErrNoRows):
			if again, err = t.free(now); err == nil && !again {
				wait, err := t.nextReady(sites)
				return nil, wait, err
			}
		}
		if err != nil {
			return nil, time.Time{}, err
		}
		if again {
			continue
		}
		c, err := t.lease(id, now.Add(lease))
		if err != nil {
			return nil, time.Time{}, err
		}
		c.Looks, err = t.looksAt(c.Site, c.Published, now)
		return c, time.Time{}, err
	}
}

// How often who finds nothing to claim looks for leases that dead crawlers left, and
// for how long their names must be nobody's: a living crawler that lost its
// connection connects anew within that time.
const (
	lookForDead = 5 * time.Second
	deadAfter   = 30 * time.Second
)

// orphans are the names of crawlers that have ended, since when that was seen.
type orphans struct {
	looked time.Time
	since  map[string]time.Time
}

// free ends the leases of crawlers that died, and tells whether there were any.
func (t *tx) free(now time.Time) (freed bool, err error) {
	if now.Sub(t.a.orphans.looked) < lookForDead {
		return false, nil
	}
	names, err := t.Orphans()
	if err != nil {
		return false, err
	}
	seen := orphans{now, map[string]time.Time{}}
	for _, name := range names {
		first, known := t.a.orphans.since[name]
		if !known {
			first = now
		}
		if seen.since[name] = first; now.Sub(first) < deadAfter {
			continue
		}
		if err := t.EndLeases(name); err != nil {
			return false, err
		}
		delete(seen.since, name)
		freed = true
	}
	t.a.orphans = seen
	return freed, nil
}

// taken counts a claim of a request, or tells that another crawler has done it,
// and given the host back, between the look at the requests and the claim of the
// host.
func (t *tx) taken(id int64, now time.Time) (bool, error) {
	n, err := t.Count("update request set attempts = attempts + 1 where id = $1 and due <= $2", id, now.UnixMilli())
	return n == 0, err
}

// best picks the request to claim.
func (t *tx) best(now time.Time, sites []string) (id int64, err error) {
	var each []string
	for p := range priorities {
		each = append(each, "(select r.id from request r where r.host = h.name and r.priority = "+strconv.Itoa(int(p))+
			" and r.due <= $1"+siteIs("r.site", 2, sites)+" order by r.due, r.id limit 1)")
	}
	query := t.Pick("coalesce(" + strings.Join(each, ", ") + ")")
	err = t.Row(query, siteArgs(sites, now.UnixMilli()), &id)
	return id, err
}

// nextReady is the earliest time at which a host may be asked for what it has.
func (t *tx) nextReady(sites []string) (time.Time, error) {
	var each []string
	due := make([]sql.NullInt64, priorities)
	var next, open, leased int64
	dest := []any{&next, &open, &leased}
	for p := range priorities {
		each = append(each, "(select min(r.due) from request r where r.host = h.name and r.priority = "+strconv.Itoa(int(p))+
			" and r.due is not null"+siteIs("r.site", 1, sites)+")")
		dest = append(dest, &due[p])
	}
	var first int64
	err := t.Rows("select h.next_at, h.open_until, h.lease_until, "+strings.Join(each, ", ")+" from host h", siteArgs(sites)...).Each(func() {
		for _, d := range due {
			if at := max(next, open, leased, d.Int64, 1); d.Valid && (first == 0 || at < first) {
				first = at
			}
		}
	}, dest...)
	return instant(first), err
}

// siteIs is a condition that limits a column to the sites, numbered from the
// given parameter.
func siteIs(column string, from int, sites []string) string {
	if len(sites) == 0 {
		return ""
	}
	return " and " + column + " in (" + store.Marks(from, len(sites)) + ")"
}

// siteArgs are the arguments for siteIs, after those that come first.
func siteArgs(sites []string, first ...any) []any {
	args := slices.Clone(first)
	for _, s := range sites {
		args = append(args, s)
	}
	return args
}

// lease marks a request and its host as taken.
func (t *tx) lease(id int64, until time.Time) (*Claim, error) {
	c := &Claim{ID: id, Token: t.Crawler() + rand.Text(), Until: until}
	var delay int64
	err := t.Row(`select r.site, r.host, r.method, r.url, r.form, r.form_key, r.kind, r.priority, r.due, r.memo,
		r.attempts, r.status, r.etag, r.last_modified, r.fetched, r.changed, r.unchanged, r.missing, r.missing_since,
		(select b.published from address a join bulletin b on b.num = a.bulletin where a.site = r.site and a.url = r.url),
		h.next_at, h.delay, h.failures, h.open_until
		from request r join host h on h.name = r.host where r.id = $1`, []any{id},
		&c.Site, &c.Host, &c.Method, &c.URL, &c.Form, &c.FormKey, &c.Kind, &c.Priority, when(&c.Due), &c.Memo,
		&c.Attempts, &c.Status, &c.ETag, &c.LastModified, when(&c.Fetched), when(&c.Changed), &c.Unchanged,
		&c.Missing, when(&c.MissingSince), when(&c.Published),
		when(&c.Pace.Next), &delay, &c.Pace.Failures, when(&c.Pace.OpenUntil))
	if err != nil {
		return nil, err
	}
	c.Pace.Delay = time.Duration(delay) * time.Millisecond
	return c, t.Exec("update host set lease = $1, lease_until = $2, lease_request = $3 where name = $4",
		c.Token, until.UnixMilli(), id, c.Host)
}

// Release gives a claim back as if it had never been taken; a lost lease is no
// error.
func (a *Archive) Release(ctx context.Context, c *Claim) error {
	return a.Postpone(ctx, c, time.Time{})
}

// Postpone gives a claim back like Release and leaves its host alone until
// then: nothing was sent, so nothing is counted. A lost lease is no error.
func (a *Archive) Postpone(ctx context.Context, c *Claim, until time.Time) error {
	return a.share(ctx, func(t *tx) error {
		held, err := t.Count(`update host set lease = '', lease_until = 0, lease_request = null, next_at = case when next_at < $1 then $1 else next_at end
			where name = $2 and lease = $3`, ms0(until), c.Host, c.Token)
		if err != nil || held == 0 {
			return err
		}
		return t.Exec("update request set attempts = attempts - 1 where id = $1", c.ID)
	})
}
