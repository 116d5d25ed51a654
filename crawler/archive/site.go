package archive

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"bantin/bulletin"
	"bantin/crawler/archive/store"
)

// Site is what the archive keeps of a portal's profile.
type Site struct {
	ID       string
	Name     string
	Province string // slug
	Family   string
	URL      string // first listing
	Sample   bool   // part of the demonstration
	Paused   bool   // not crawled at present
}

// PutSite enters a portal or brings what is known of it up to date.
func (a *Archive) PutSite(ctx context.Context, s Site) error {
	return a.exec(ctx, `insert into site (id, name, province, family, url, sample, paused, bulletins)
		values ($1, $2, $3, $4, $5, $6, $7, (select count(*) from bulletin where site = $1 and withdrawn = 0))
		on conflict (id) do update set name = excluded.name, province = excluded.province, family = excluded.family,
		url = excluded.url, sample = excluded.sample, paused = excluded.paused`,
		s.ID, s.Name, s.Province, s.Family, s.URL, number(s.Sample), number(s.Paused))
}

// keepPasses is how many passes of a portal are remembered.
const keepPasses = 30

// BeginPass opens a pass over a portal and returns its number; a pass that a
// crash left open is gone on with.
func (a *Archive) BeginPass(ctx context.Context, site string, now time.Time) (pass int64, err error) {
	err = a.update(ctx, func(t *tx) error {
		err := t.Row("select id from pass where site = $1 and ended is null order by id desc limit 1", []any{site}, &pass)
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		pass, err = t.Insert("id", "insert into pass (site, started) values ($1, $2)", site, now.UnixMilli())
		return err
	})
	return pass, err
}

// countPass adds an outcome to the pass it belongs to.
func (t *tx) countPass(o *Outcome, s *Saved) error {
	if o.Pass == 0 {
		return nil
	}
	return t.Exec("update pass set pages = pages + $1, found = found + $2, added = added + $3, changed = changed + $4, failed = failed + $5 where id = $6",
		number(o.Page != nil), o.Found, s.New, s.Changed, number(o.Err != ""), o.Pass)
}

// EndPass closes a pass and sets the alarm of its portal, empty for none.
func (a *Archive) EndPass(ctx context.Context, pass int64, now time.Time, alarm string) error {
	return a.update(ctx, func(t *tx) error {
		var site string
		err := t.Row("update pass set ended = $1 where id = $2 returning site", []any{now.UnixMilli(), pass}, &site)
		if err != nil {
			return fmt.Errorf("end pass %d: %w", pass, missing(err))
		}
		return cmp.Or(
			t.Exec("update site set alarm = $1 where id = $2", alarm, site),
			t.Exec("delete from pass where site = $1 and id not in (select id from pass where site = $1 order by id desc limit $2)", site, keepPasses),
		)
	})
}

// Sites returns the state of every portal entered and not removed, by id.
func (a *Archive) Sites(ctx context.Context) ([]bulletin.SiteStatus, error) {
	return read(ctx, a, func(v *view) ([]bulletin.SiteStatus, error) {
		sites, err := store.List(v.Rows(ctx, `select id, name, province, family, url, sample,
			case when paused <> 0 or wanted = 'paused' then 'paused' else 'ok' end, alarm, bulletins from site
			where wanted <> 'removed' order by id`),
			func(s *bulletin.SiteStatus) []any {
				return []any{&s.ID, &s.Name, &s.Province, &s.Family, &s.URL, &s.Sample, &s.State, &s.Alarm, &s.Bulletins}
			})
		for i := range sites {
			if err := v.siteHistory(ctx, &sites[i], time.Now()); err != nil {
				return nil, fmt.Errorf("site %s: %w", sites[i].ID, err)
			}
		}
		return sites, err
	})
}

// leftAlone is how long a host may be at rest before that is told: the usual
// pause between two requests is no wait.
const leftAlone = time.Minute

// siteHistory fills in what follows from the passes, the frontier and the
// bulletins of a portal.
func (v *view) siteHistory(ctx context.Context, s *bulletin.SiteStatus, now time.Time) error {
	if err := v.yield(ctx, s); err != nil {
		return err
	}
	var open time.Time
	// One aggregate a query: each is then a look at one end of an index.
	err := v.Row(ctx, `select (select min(published) from bulletin where site = $1 and withdrawn = 0),
		(select max(published) from bulletin where site = $1 and withdrawn = 0),
		(select min(due) from request where site = $1 and kind = $2 and due is not null),
		(select case when h.open_until > h.next_at then h.open_until else h.next_at end from request r join host h on h.name = r.host
			where r.site = $1 and r.kind = $2 and r.due is not null order by r.due limit 1)`,
		[]any{s.ID, string(Listing)}, when(&s.First), when(&s.Last), when(&s.NextCrawl), when(&open))
	if err != nil {
		return err
	}
	if err := v.waiting(ctx, s); err != nil {
		return err
	}
	held := open.After(now.Add(leftAlone))
	if held && s.WaitingUntil.IsZero() {
		s.WaitingUntil = open
	}
	switch {
	case s.State == "paused":
	case s.Alarm != "":
		s.State = "failing"
	case held:
		s.State = "waiting"
	case len(s.Yield) == 0:
		s.State = "new"
	}
	return nil
}

// yield reads the passes of a portal; the last one that ended gives the
// figures, or the one that runs when none has ended.
func (v *view) yield(ctx context.Context, s *bulletin.SiteStatus) error {
	var y bulletin.YieldSample
	var found int
	var ended time.Time
	s.Yield = []bulletin.YieldSample{}
	return v.Rows(ctx, "select started, ended, pages, found, added, changed, failed from pass where site = $1 order by id", s.ID).Each(func() {
		if !ended.IsZero() || s.LastCrawl.IsZero() {
			if s.LastCrawl = y.At; ended.After(y.At) {
				s.LastCrawl = ended
			}
			s.Found, s.New, s.Changed, s.Failed = found, y.New, y.Changed, y.Failed
		}
		if !ended.IsZero() {
			s.Yield = append(s.Yield, y)
		}
	}, when(&y.At), when(&ended), &y.Pages, &found, &y.New, &y.Changed, &y.Failed)
}
