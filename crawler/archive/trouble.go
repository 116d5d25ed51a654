package archive

import (
	"context"
	"time"

	"bantin/bulletin"
)

// waiting fills in what of a portal waits to be tried again, with the reason of
// the largest heap, and of how many addresses that never brought anything the
// portal says that nothing is there.
func (v *view) waiting(ctx context.Context, s *bulletin.SiteStatus) error {
	const waits = "from request where site = $1 and trouble <> '' and due is not null"
	return v.Row(ctx, `select count(*), min(nullif(due, 0)),
		coalesce((select trouble `+waits+` group by trouble order by count(*) desc, trouble limit 1), ''),
		(select count(*) from request where site = $1 and missing > 0 and due is not null and fetched is null) `+waits,
		[]any{s.ID}, &s.Waiting, when(&s.WaitingUntil), &s.Trouble, &s.Missing)
}

// Retry makes the failures that wait due now, and with missing also the
// addresses of which the portal said that nothing is there; of the sites, none
// means all. It returns how many.
func (a *Archive) Retry(ctx context.Context, now time.Time, missing bool, sites ...string) (n int, err error) {
	which := "trouble <> ''"
	if missing {
		which = "(trouble <> '' or missing > 0)"
	}
	return a.count(ctx, "update request set due = $1 where "+which+" and due > $1"+siteIs("site", 2, sites), siteArgs(sites, now.UnixMilli())...)
}

// Held tells of the hosts that are left alone beyond a time although something
// is due there: until when, by host.
func (a *Archive) Held(ctx context.Context, now, beyond time.Time) (map[string]time.Time, error) {
	held := map[string]time.Time{}
	var name string
	var next, open int64
	err := a.store.Rows(ctx, `select name, next_at, open_until from host h where (next_at > $1 or open_until > $1)
		and exists (select 1 from request r where r.host = h.name and r.due <= $2)`,
		beyond.UnixMilli(), now.UnixMilli()).Each(func() { held[name] = instant(max(next, open)) }, &name, &next, &open)
	return held, err
}

// Revisit makes the articles due now whose bulletin was published since; of
// the sites, none means all. It returns how many.
func (a *Archive) Revisit(ctx context.Context, now, since time.Time, sites ...string) (n int, err error) {
	return a.count(ctx, `update request set due = $1 where kind = 'article' and (due is null or due > $1) and exists (
		select 1 from address a join bulletin b on b.num = a.bulletin
		where a.site = request.site and a.url = request.url and (b.published >= $2 or b.published is null))`+siteIs("site", 3, sites),
		siteArgs(sites, now.UnixMilli(), since.UnixMilli())...)
}

// missingHeap is how many addresses may be missing at once, or a quarter of a
// portal's bulletins if that is more, before the portal is not believed.
const missingHeap = 3

// Well tells whether a portal can be believed when it says that something is
// gone: its listings have all been read since a moment, none of them is in
// trouble, and it does not say so of a heap of addresses.
func (a *Archive) Well(ctx context.Context, site string, since time.Time) (bool, error) {
	var known, bad, missing, bulletins int
	err := a.store.Row(ctx, `select count(*), coalesce(sum(case when trouble <> '' or fetched is null or fetched < $1 then 1 else 0 end), 0),
		(select count(*) from request where site = $2 and missing > 0 and due is not null),
		coalesce((select max(bulletins) from site where id = $2), 0)
		from request where site = $2 and kind in ('listing', 'feed') and due is not null`,
		[]any{since.UnixMilli(), site}, &known, &bad, &missing, &bulletins)
	return known > 0 && bad == 0 && missing <= max(missingHeap, bulletins/4), err
}

// Looks tells how often the articles of a portal were looked at again, and how
// many of these looks found another text.
type Looks struct{ Looks, Edits int }

// youngFor is the time since publication in which a text is likelier to be
// edited; looks at older ones are counted apart.
const youngFor = 90 * 24 * time.Hour

// countLook counts another look at an article.
func (t *tx) countLook(o *Outcome, s *Saved) error {
	c := o.Claim
	if c.Kind != Article || c.Fetched.IsZero() || o.Err != "" || o.Missing {
		return nil
	}
	age := ageAt(c.Published, o.At)
	return t.Exec("update site set looks_"+age+" = looks_"+age+" + 1, edits_"+age+" = edits_"+age+" + $1 where id = $2", min(s.Changed, 1), c.Site)
}

// ageAt names the counts that go with an article's age at a time.
func ageAt(published, at time.Time) string {
	if !published.IsZero() && at.Sub(published) >= youngFor {
		return "old"
	}
	return "young"
}

// looksAt reads the counts that go with an article's age at a time.
func (t *tx) looksAt(site string, published, now time.Time) (l Looks, err error) {
	age := ageAt(published, now)
	err = t.Row("select coalesce(max(looks_"+age+"), 0), coalesce(max(edits_"+age+"), 0) from site where id = $1", []any{site}, &l.Looks, &l.Edits)
	return l, err
}
