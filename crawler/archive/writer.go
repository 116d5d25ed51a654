package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// writer is the one connection that writes, with its prepared statements.
type writer struct {
	store store
	db    *sql.DB
	conn  *sql.Conn
	turn  chan struct{} // holds one token while nobody writes
	stmts map[string]*sql.Stmt
}

// maxStatements bounds the prepared statements kept.
const maxStatements = 200

// openWriter opens the writing connection and brings the schema up to date.
func openWriter(ctx context.Context, s store) (*writer, error) {
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
	if p, ok := s.(postgres); ok {
		unlock, err := p.lockSchema(ctx, conn)
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
	for _, s := range w.stmts {
		errs = append(errs, s.Close())
	}
	return errors.Join(append(errs, w.conn.Close(), w.db.Close())...)
}

// tx is one writing transaction. Its statements do not heed a context: it is
// short, and ends whole or not at all.
type tx struct {
	ctx context.Context
	w   *writer
	a   *Archive // nil while migrating

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
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-w.turn:
	}
	defer func() { w.turn <- struct{}{} }()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	for try := 1; ; try++ {
		t, err := w.once(ctx, do)
		if err == nil || try == maxTries || !w.store.clash(err) {
			return t, err
		}
	}
}

// maxTries bounds how often a transaction that met others is done again.
const maxTries = 10

// once runs do between begin and commit.
func (w *writer) once(ctx context.Context, do func(*tx) error) (*tx, error) {
	t := &tx{ctx: context.WithoutCancel(ctx), w: w, known: map[string][]string{}}
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
		_, _ = w.conn.ExecContext(t.ctx, "rollback")
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
	s, err := t.w.conn.PrepareContext(t.ctx, query)
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
	res, err := s.ExecContext(t.ctx, args...)
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
	return s.QueryRowContext(t.ctx, args...).Scan(dest...)
}

// rows calls each for every row; dest is filled anew before each call. No
// other statement may run until it returns.
func (t *tx) rows(query string, args []any, each func() error, dest ...any) error {
	s, err := t.stmt(query) //nolint:sqlclosecheck // kept for the next time
	if err != nil {
		return err
	}
	rs, err := s.QueryContext(t.ctx, args...)
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
