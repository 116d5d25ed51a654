package archive

import (
	"context"
	"time"
)

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

// Pending tells how many requests of a kind wait for a site, at any time.
func (a *Archive) Pending(ctx context.Context, site string, kind Kind) (n int, err error) {
	err = a.store.Row(ctx, "select count(*) from request where site = $1 and kind = $2 and due is not null", []any{site, string(kind)}, &n)
	return n, err
}
