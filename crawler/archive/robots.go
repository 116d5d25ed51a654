package archive

import (
	"context"
	"time"
)

// Rules are the robots rules of one origin as they were fetched.
type Rules struct {
	Status int       // HTTP status of the answer, 0 when there was none
	Body   string    // as sent, empty when the origin has no rules
	Until  time.Time // when they are to be fetched again
}

// Robots returns the rules kept for an origin such as http://host:8080, also
// those out of date; ErrNotFound when they were never fetched.
func (a *Archive) Robots(ctx context.Context, origin string) (Rules, error) {
	var r Rules
	err := a.store.Row(ctx, "select status, body, until from robots where origin = $1", []any{origin}, &r.Status, &r.Body, when(&r.Until))
	return r, missing(err)
}

// SetRobots keeps the rules of an origin in place of older ones.
func (a *Archive) SetRobots(ctx context.Context, origin string, r Rules) error {
	return a.exec(ctx, `insert into robots (origin, status, body, until) values ($1, $2, $3, $4)
		on conflict (origin) do update set status = excluded.status, body = excluded.body, until = excluded.until`,
		origin, r.Status, r.Body, ms0(r.Until))
}
