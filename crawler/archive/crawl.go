package archive

import (
	"context"
	"database/sql"
	"errors"
)

// Sole is the right to be the only one to do something with an archive.
type Sole struct {
	db   *sql.DB
	conn *sql.Conn
	end  func() error // in place of both
}

// Crawl takes the sole right to crawl and ends every lease that an earlier
// crawler left, so that what was in flight when it died is due again at once.
// An archive in a file has one crawler: it gives ErrBusy while another process
// has the right. PostgreSQL gives every crawler a name that no living one has,
// and the leases that begin with it are ended. The right ends with Close or
// with the process.
func (a *Archive) Crawl(ctx context.Context) (*Sole, error) {
	s, err := a.store.crawl(ctx, a.write)
	if err != nil {
		return nil, err
	}
	err = a.update(ctx, func(t *tx) error { return t.exec(endLeases, len(t.w.crawler), t.w.crawler) })
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	a.groups.wake() // what an earlier process left
	return s, nil
}

// endLeases ends the leases that begin with a crawler's name.
const endLeases = "update host set lease = '', lease_until = 0, lease_request = null where lease <> '' and substr(lease, 1, $1) = $2"

func (s *Sole) take(ctx context.Context) (err error) {
	if s.conn, err = s.db.Conn(ctx); err != nil {
		return err
	}
	_, err = s.conn.ExecContext(ctx, "begin exclusive")
	if busy(err) {
		return ErrBusy
	}
	if err != nil {
		return explain(err)
	}
	return nil
}

// Close gives the right back.
func (s *Sole) Close() error {
	switch {
	case s.end != nil:
		return s.end()
	case s.conn == nil:
		return s.db.Close()
	}
	return errors.Join(s.conn.Close(), s.db.Close())
}
