package archive

import (
	"context"
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
	return a.update(ctx, func(t *tx) error {
		return t.Exec("insert into errand (what, asked) values ($1, $2) on conflict (what) do update set asked = excluded.asked", what, now.UnixMilli())
	})
}

// Errand returns how an errand stands.
func (a *Archive) Errand(ctx context.Context, what string) (e Errand, err error) {
	err = a.view(ctx, func(v *view) error {
		var asked, done int64
		return v.Rows(ctx, "select asked, done, said from errand where what = $1", []any{what}, func() error {
			e.Asked, e.Done = instant0(asked), instant0(done)
			return nil
		}, &asked, &done, &e.Said)
	})
	return e, err
}

// Did ends an errand that was asked for at a time: one asked for since stays
// open.
func (a *Archive) Did(ctx context.Context, what string, asked time.Time, failure error) error {
	said := ""
	if failure != nil {
		said = failure.Error()
	}
	return a.update(ctx, func(t *tx) error {
		return t.Exec("update errand set done = $1, said = $2 where what = $3", asked.UnixMilli(), said, what)
	})
}
