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
}

// exclusive takes a right that stands in a file of its own: the system ends
// it with the process, however that dies. It gives ErrBusy while another has
// the right.
func exclusive(ctx context.Context, file string) (*Sole, error) {
	db, err := sql.Open("sqlite", fileURL(file)+"?_pragma=busy_timeout(0)")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	s := &Sole{db: db}
	if err := s.take(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Crawl takes the sole right to crawl and ends every lease that an earlier
// crawler left, so that what was in flight when it died is due again at once.
// It gives ErrBusy while another process has the right; the right ends with
// Close or with the process.
func (a *Archive) Crawl(ctx context.Context) (*Sole, error) {
	s, err := exclusive(ctx, a.path+"-crawl")
	if err != nil {
		return nil, err
	}
	err = a.update(ctx, func(t *tx) error {
		return t.exec("update host set lease = '', lease_until = 0, lease_request = null where lease <> ''")
	})
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	a.groups.wake() // what an earlier process left
	return s, nil
}

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
	if s.conn == nil {
		return s.db.Close()
	}
	return errors.Join(s.conn.Close(), s.db.Close())
}
