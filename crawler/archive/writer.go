package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// writer is the one connection that writes, with its prepared statements.
type writer struct {
	store store
	db    *sql.DB
	conn  *sql.Conn
	turn  chan struct{} // holds one token while nobody writes
	stmts map[string]*sql.Stmt

	crawler string // name of the crawler, with which its leases begin
}

// maxStatements bounds the prepared statements kept.
const maxStatements = 200

// newWriter opens the writing connection.
func newWriter(ctx context.Context, s store) (*writer, error) {
	db, err := s.writing(ctx)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	conn, err := connect(ctx, db)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	w := &writer{store: s, db: db, conn: conn, turn: make(chan struct{}, 1), stmts: map[string]*sql.Stmt{}}
	w.turn <- struct{}{}
	return w, nil
}

// openWriter opens the writing connection and brings the schema up to date.
func openWriter(ctx context.Context, s store) (*writer, error) {
	w, err := newWriter(ctx, s)
	if err != nil {
		return nil, err
	}
	if p, ok := s.(postgres); ok {
		unlock, err := p.lockSchema(ctx, w.conn)
		if err != nil {
			return nil, errors.Join(err, w.close())
		}
		err = errors.Join(w.migrate(ctx), unlock())
		if err != nil {
			return nil, errors.Join(err, w.close())
		}
		return w, nil
	}
	if err := w.migrate(ctx); err != nil {
		return nil, errors.Join(err, w.close())
	}
	return w, nil
}

func (w *writer) close() error {
	var errs []error
	if w.store.lost(w.conn) { // its statements ended with it
		clear(w.stmts)
	}
	for _, s := range w.stmts {
		errs = append(errs, s.Close())
	}
	return errors.Join(append(errs, w.conn.Close(), w.db.Close())...)
}

// tx is one writing transaction. Its statements heed no context: it is short,
// and ends whole or not at all.
type tx struct {
	w *writer
	a *Archive // nil while migrating

	moved  bool                // the feed moved
	epoch  bool                // an epoch began
	queued []pended            // bulletins whose groups are to be found
	known  map[string][]string // stems whose documents changed, with those known before
}

// update runs do in one transaction and tells the waiting readers when the
// feed moved. Nothing of it is kept when it gives an error.
func (a *Archive) update(ctx context.Context, do func(*tx) error) error {
	return a.share(ctx, func(t *tx) error {
		if err := a.store.alone(t); err != nil {
			return err
		}
		return do(t)
	})
}

// share is update beside other transactions: do touches nothing derived, or
// calls alone before it does. It may run more than once.
func (a *Archive) share(ctx context.Context, do func(*tx) error) error {
	if a.write == nil {
		return ErrDiskFull
	}
	t, err := a.write.update(ctx, func(t *tx) error {
		t.a = a
		if err := do(t); err != nil {
			return err
		}
		return t.citeAgain()
	})
	if err != nil {
		return explain(err)
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

// update waits for the turn to write, then runs do between begin and commit.
func (w *writer) update(ctx context.Context, do func(*tx) error) (*tx, error) {
	var t *tx
	err := w.take(ctx)
	if err != nil {
		return nil, err
	}
	defer w.give()
	for try := 1; ; try++ {
		if err = w.connected(ctx); err == nil {
			t, err = w.once(ctx, do)
		}
		lost := err != nil && w.store.lost(w.conn)
		if err == nil || try == maxTries || !lost && !w.store.clash(err) {
			return t, err
		}
		if !lost {
			continue
		}
		select { // a server that is started again takes a while
		case <-ctx.Done():
			return nil, errors.Join(ctx.Err(), err)
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
	if !w.store.lost(w.conn) {
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
	name, err := w.store.name(ctx, conn, w.crawler)
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
func (w *writer) once(ctx context.Context, do func(*tx) error) (*tx, error) {
	t := &tx{w: w, known: map[string][]string{}}
	err := w.store.begin(ctx, t)
	if err != nil {
		return nil, err
	}
	err = do(t)
	if err == nil {
		err = t.exec("commit")
	}
	if err != nil {
		// SQLite may have rolled back by itself, as on a full disk: then this
		// gives an error that says nothing new.
		_, _ = w.conn.ExecContext(context.Background(), "rollback")
		return nil, err
	}
	return t, nil
}

// stmt prepares a statement once.
func (t *tx) stmt(query string) (*sql.Stmt, error) {
	if s, ok := t.w.stmts[query]; ok {
		return s, nil
	}
	if len(t.w.stmts) >= maxStatements {
		for q, s := range t.w.stmts {
			delete(t.w.stmts, q)
			if err := s.Close(); err != nil {
				return nil, err
			}
		}
	}
	s, err := t.w.conn.PrepareContext(context.Background(), query)
	if err != nil {
		return nil, fmt.Errorf("prepare %.60s: %w", query, err)
	}
	t.w.stmts[query] = s
	return s, nil
}

func (t *tx) exec(query string, args ...any) error {
	_, err := t.count(query, args...)
	return err
}

// count runs a statement and gives the number of rows it touched.
func (t *tx) count(query string, args ...any) (int64, error) {
	s, err := t.stmt(query) //nolint:sqlclosecheck // kept for the next time
	if err != nil {
		return 0, err
	}
	res, err := s.ExecContext(context.Background(), t.w.store.values(args)...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// row reads one row into dest; sql.ErrNoRows when there is none.
func (t *tx) row(query string, args []any, dest ...any) error {
	s, err := t.stmt(query) //nolint:sqlclosecheck // kept for the next time
	if err != nil {
		return err
	}
	return s.QueryRowContext(context.Background(), t.w.store.values(args)...).Scan(dest...)
}

// rows calls each for every row; dest is filled anew before each call. No
// other statement may run until it returns.
func (t *tx) rows(query string, args []any, each func() error, dest ...any) error {
	s, err := t.stmt(query) //nolint:sqlclosecheck // kept for the next time
	if err != nil {
		return err
	}
	rs, err := s.QueryContext(context.Background(), t.w.store.values(args)...)
	if err != nil {
		return err
	}
	return scan(rs, each, dest...)
}

// scan reads rows to their end and closes them.
func scan(rs *sql.Rows, each func() error, dest ...any) error {
	defer rs.Close()
	for rs.Next() {
		if err := rs.Scan(dest...); err != nil {
			return err
		}
		if err := each(); err != nil {
			return err
		}
	}
	return rs.Err()
}
