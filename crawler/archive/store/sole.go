package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// ErrLost tells that a sole right was lost, as after a restart of the server that
// gave it. Another process may have it by then.
var ErrLost = errors.New("the right to go on alone is lost")

// How often the holder of a right looks whether it has it still, and how long the
// answer may take: less than the server needs to give away what a lost machine had.
const (
	heldEvery = time.Second
	heldTime  = 5 * time.Second
)

// Sole is the right to be the only one to do something with a store.
type Sole struct {
	db   *sql.DB
	conn *sql.Conn
	end  func() error // in place of both
}

// While runs f, whose context ends when the right is lost; then it returns ErrLost,
// else what f does.
func (s *Sole) While(ctx context.Context, f func(context.Context) error) error {
	within, stop := context.WithCancelCause(ctx)
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		stop(s.watch(within))
	}()
	err := f(within)
	if lost := context.Cause(within); errors.Is(lost, ErrLost) {
		err = lost
	}
	stop(nil)
	<-watched
	return err
}

// watch returns when the right is lost or ctx ends.
func (s *Sole) watch(ctx context.Context) error {
	look := time.NewTicker(heldEvery)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-look.C:
		}
		ask, stop := context.WithTimeout(ctx, heldTime)
		err := s.conn.PingContext(ask)
		stop()
		if err != nil && ctx.Err() == nil {
			return fmt.Errorf("%w: %w", ErrLost, err)
		}
	}
}

// sole takes a right that lasts as long as a connection of its own.
func sole(ctx context.Context, db *sql.DB, take func(*sql.Conn) error) (*Sole, error) {
	db.SetMaxOpenConns(1)
	conn, err := db.Conn(ctx)
	s := &Sole{db: db, conn: conn}
	if err == nil {
		err = take(conn)
	}
	if err != nil {
		return nil, errors.Join(explain(err), s.Close())
	}
	return s, nil
}

// Close gives the right back; one whose connection has ended is given back already.
func (s *Sole) Close() error {
	switch {
	case s.end != nil:
		return s.end()
	case s.conn == nil:
		return s.db.Close()
	}
	err := s.conn.Close()
	if errors.Is(err, sql.ErrConnDone) { // a look at it was cut short, which the driver answers by closing it
		err = nil
	}
	return errors.Join(err, s.db.Close())
}
