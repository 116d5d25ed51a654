package archive

import (
	"context"

	"bantin/crawler/archive/store"
)

// tx is one writing transaction with what is to be done about it afterwards.
type tx struct {
	*store.Tx
	a *Archive

	last   int64               // position of the feed, 0 while it was not moved
	noted  int64               // as the feed has it
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
		if err := t.citeAgain(); err != nil || t.last == t.noted {
			return err
		}
		return t.Exec("update feed set last = $1 where one = 1", t.last)
	})
	if err != nil {
		return err
	}
	if t.epoch {
		a.epoch.Store(true)
	}
	if t.last != 0 {
		a.news.tell()
	}
	for _, p := range t.queued {
		a.groups.texts.Put(p.num, 0, p, maxSketches)
	}
	if len(t.queued) > 0 {
		a.groups.wake()
	}
	return nil
}

// count runs one statement in a transaction and gives the number of rows it touched.
func (a *Archive) count(ctx context.Context, query string, args ...any) (n int, err error) {
	err = a.update(ctx, func(t *tx) (err error) {
		n, err = t.Count(query, args...)
		return err
	})
	return n, err
}

// exec runs one statement in a transaction.
func (a *Archive) exec(ctx context.Context, query string, args ...any) error {
	_, err := a.count(ctx, query, args...)
	return err
}

// steps runs transactions until one has nothing left to do.
func (a *Archive) steps(ctx context.Context, do func(*tx) (int, error)) error {
	for {
		var n int
		err := a.update(ctx, func(t *tx) (err error) {
			n, err = do(t)
			return err
		})
		if err != nil || n == 0 {
			return err
		}
	}
}

// each calls f for one after another, up to the first error.
func each[T any](all []T, f func(T) error) error {
	for _, one := range all {
		if err := f(one); err != nil {
			return err
		}
	}
	return nil
}
