package archive

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Rebuild is the errand to build the index anew.
const Rebuild = "rebuild"

// Errand is something that the operator asks of the process that has the
// index open.
type Errand struct {
	Asked time.Time // the last time; zero for never
	Done  time.Time // the end of the last one
	Said  string    // why that failed; empty when it did not
}

// Open tells whether somebody still has to do it.
func (e Errand) Open() bool { return e.Asked.After(e.Done) }

// Ask leaves an errand for whoever looks for it.
func (a *Archive) Ask(ctx context.Context, what string, now time.Time) error {
	return a.exec(ctx, "insert into errand (what, asked) values ($1, $2) on conflict (what) do update set asked = excluded.asked", what, now.UnixMilli())
}

// Errand returns how an errand stands.
func (a *Archive) Errand(ctx context.Context, what string) (e Errand, err error) {
	err = a.store.Row(ctx, "select asked, done, said from errand where what = $1", []any{what}, when(&e.Asked), when(&e.Done), &e.Said)
	if errors.Is(err, sql.ErrNoRows) {
		return Errand{}, nil
	}
	return e, err
}

// Did ends an errand that was asked for at a time: one asked for since stays
// open.
func (a *Archive) Did(ctx context.Context, what string, asked time.Time, failure error) error {
	said := ""
	if failure != nil {
		said = failure.Error()
	}
	return a.exec(ctx, "update errand set done = $1, said = $2 where what = $3", asked.UnixMilli(), said, what)
}
