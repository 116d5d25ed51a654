package store

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// writer is the one connection that writes, with its prepared statements.
type writer struct {
	dialect dialect
	db      *sql.DB
	conn    *sql.Conn
	turn    chan struct{} // holds one token while nobody writes
	stmts   map[string]*sql.Stmt

	crawler string // name of the crawler, with which its leases begin
}

// newWriter opens the writing connection.
func newWriter(ctx context.Context, d dialect) (*writer, error) {
	db, err := d.writing(ctx)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	conn, err := connect(ctx, db)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	w := &writer{dialect: d, db: db, conn: conn, turn: make(chan struct{}, 1), stmts: map[string]*sql.Stmt{}}
	w.turn <- struct{}{}
	return w, nil
}

// openWriter opens the writing connection and brings the schema up to date.
func openWriter(ctx context.Context, d dialect) (*writer, error) {
	w, err := newWriter(ctx, d)
	if err != nil {
		return nil, err
	}
	unlock, err := d.lockSchema(ctx, w.conn)
	if err == nil {
		err = errors.Join(w.migrate(ctx), unlock())
	}
	if err != nil {
		return nil, errors.Join(err, w.close())
	}
	return w, nil
}

func (w *writer) close() error {
	var errs []error
	if w.dialect.lost(w.conn) { // its statements ended with it
		_ = w.conn.Close()
		return w.db.Close()
	}
	for _, s := range w.stmts {
		errs = append(errs, s.Close())
	}
	return errors.Join(append(errs, w.conn.Close(), w.db.Close())...)
}

// update waits for the turn to write, then runs do between begin and commit.
func (w *writer) update(ctx context.Context, do func(*Tx) error) error {
	err := w.take(ctx)
	if err != nil {
		return err
	}
	defer w.give()
	for try := 1; ; try++ {
		if err = w.connected(ctx); err == nil {
			err = w.once(ctx, do)
		}
		lost := err != nil && w.dialect.lost(w.conn)
		if err == nil || try == maxTries || !lost && !w.dialect.clash(err) {
			if lost {
				err = unavailable(err)
			}
			return err
		}
		if !lost {
			continue
		}
		select { // a server that is started again takes a while
		case <-ctx.Done():
			return errors.Join(ctx.Err(), err)
		case <-time.After(min(longestPause, 50*time.Millisecond<<try)):
		}
	}
}

const (
	maxTries     = 10 // of a transaction that met others or lost its connection
	longestPause = 2 * time.Second
)

// with runs f when it is its turn to write.
func (w *writer) with(ctx context.Context, f func() error) error {
	err := w.take(ctx)
	if err != nil {
		return err
	}
	defer w.give()
	if err := w.connected(ctx); err != nil {
		return err
	}
	return f()
}

// take waits for the turn to write, which give ends.
func (w *writer) take(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-w.turn:
	}
	if err := ctx.Err(); err != nil {
		w.give()
		return err
	}
	return nil
}

func (w *writer) give() { w.turn <- struct{}{} }

// connected connects anew when the connection is lost. With it a crawler's name
// was lost: it is taken again, or another one when somebody has it by now.
func (w *writer) connected(ctx context.Context) error {
	if !w.dialect.lost(w.conn) {
		return nil
	}
	for _, s := range w.stmts {
		_ = s.Close() // of a connection that is gone
	}
	clear(w.stmts)
	_ = w.conn.Close() // it is gone
	conn, err := connect(ctx, w.db)
	if err != nil {
		return err
	}
	w.conn = conn
	if w.crawler == "" {
		return nil
	}
	name, err := w.dialect.name(ctx, conn, w.crawler)
	if err == nil && name != w.crawler {
		_, err = conn.ExecContext(ctx, endLeases, len(name), name)
	}
	if err != nil {
		return errors.Join(err, conn.Close())
	}
	w.crawler = name
	return nil
}

// once runs do between begin and commit. When the connection is lost at the
// commit nobody knows whether it was done; doing it again does no harm, since
// what was saved has ended its lease and what is imported is known.
func (w *writer) once(ctx context.Context, do func(*Tx) error) error {
	t := &Tx{w: w}
	err := w.dialect.begin(ctx, t)
	if err != nil {
		return err
	}
	err = do(t)
	if err == nil {
		err = t.Exec("commit")
	}
	if err != nil {
		// SQLite may have rolled back by itself, as on a full disk: then this
		// gives an error that says nothing new.
		_, _ = w.conn.ExecContext(context.Background(), "rollback")
	}
	return err
}
