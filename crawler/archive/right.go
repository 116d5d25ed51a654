package archive

import (
	"context"
	"errors"

	"bantin/crawler/archive/store"
)

// ErrTaken tells that another process writes the index of this archive.
var ErrTaken = errors.New("another process keeps the index of this archive up to date")

// Index takes the sole right to write the index that several processes search. It
// gives ErrTaken while another process has the right, which ends with Close, with
// the process, or when its machine is gone.
func (a *Archive) Index(ctx context.Context) (*store.Sole, error) {
	s, err := a.store.Exclusive(ctx, "index")
	if errors.Is(err, store.ErrBusy) {
		err = ErrTaken
	}
	return s, err
}

// Crawl takes the sole right to crawl and ends every lease that an earlier
// crawler left, so that what was in flight when it died is due again at once.
// An archive in a file has one crawler: it gives store.ErrBusy while another
// process has the right. PostgreSQL gives every crawler a name that no living
// one has, and the leases that begin with it are ended. The right ends with
// Close or with the process.
func (a *Archive) Crawl(ctx context.Context) (*store.Sole, error) {
	s, err := a.store.Crawl(ctx)
	if err != nil {
		return nil, err
	}
	err = a.update(ctx, func(t *tx) error { return t.EndLeases(t.Crawler()) })
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	a.groups.wake() // what an earlier process left
	return s, nil
}
