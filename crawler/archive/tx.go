package archive

import (
	"context"

	"bantin/crawler/archive/store"
)

// tx is one writing transaction with what is to be done about it afterwards.
type tx struct {
	*store.Tx
	a *Archive

	moved  bool                // the feed moved
	epoch  bool                // an epoch began
	queued []pended            // bulletins whose groups are to be found
	known  map[string][]string // stems whose documents changed, with those known before
}

// update runs do in one transaction and tells the waiting readers when the
// feed moved. Nothing of it is kept when it gives an error.
func (a *Archive) update(ctx context.Context, do func(*tx) error) error {
	return a.share(ctx, func(t *tx) error {
		if err := t.Alone(); err != nil {
			return err
		}
		return do(t)
	})
}

// share is update beside other transactions: do touches nothing derived, or
// calls Alone before it does. It may run more than once.
func (a *Archive) share(ctx context.Context, do func(*tx) error) error {
	var t *tx
	err := a.store.Update(ctx, func(in *store.Tx) error {
		t = &tx{Tx: in, a: a, known: map[string][]string{}}
		if err := do(t); err != nil {
			return err
		}
		return t.citeAgain()
	})
	if err != nil {
		return err
	}
	if t.epoch {
		a.epoch.Store(true)
	}
	if t.moved {
		a.news.tell()
	}
	if len(t.queued) > 0 {
		a.groups.remember(t.queued)
		a.groups.wake()
	}
	return nil
}
