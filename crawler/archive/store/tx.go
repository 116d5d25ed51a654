package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Tx is one writing transaction. Its statements heed no context: it is short,
// and ends whole or not at all. Once a statement has failed, those that follow
// do nothing and give the same error, so that cmp.Or may list several.
type Tx struct {
	w   *writer
	err error // of the first statement that failed
}

// Alone waits until no other transaction is alone. It lasts to the end of the
// transaction.
func (t *Tx) Alone() error { return t.w.dialect.alone(t) }

// Pick is the query for the best of the requests, a query too, which claims its
// host against other transactions.
func (t *Tx) Pick(request string) string { return t.w.dialect.pick(request) }

// Crawler is the name of the crawler whose transaction this is, with which its
// leases begin; empty where there is one crawler at most.
func (t *Tx) Crawler() string { return t.w.crawler }

// endLeases ends the leases that begin with a crawler's name.
const endLeases = "update host set lease = '', lease_until = 0, lease_request = null where lease <> '' and substr(lease, 1, $1) = $2"

// EndLeases ends the leases that begin with a crawler's name, all for the empty one.
func (t *Tx) EndLeases(crawler string) error { return t.Exec(endLeases, len(crawler), crawler) }

// maxStatements bounds the prepared statements kept.
const maxStatements = 200

// stmt prepares a statement once.
func (t *Tx) stmt(query string) (*sql.Stmt, error) {
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

// Exec runs a statement.
func (t *Tx) Exec(query string, args ...any) error {
	_, err := t.run(query, args)
	return err
}

// Count runs a statement and gives the number of rows it touched.
func (t *Tx) Count(query string, args ...any) (n int, err error) {
	res, err := t.run(query, args)
	if err != nil {
		return 0, err
	}
	touched, err := res.RowsAffected()
	return int(touched), err
}

func (t *Tx) run(query string, args []any) (res sql.Result, err error) {
	return res, t.do(query, func(s *sql.Stmt) error {
		res, err = s.ExecContext(context.Background(), t.w.dialect.values(args)...)
		return err
	})
}

// do uses a statement, unless one before it has failed.
func (t *Tx) do(query string, use func(*sql.Stmt) error) error {
	if t.err != nil {
		return t.err
	}
	s, err := t.stmt(query)
	if err == nil {
		err = use(s)
	}
	if !errors.Is(err, sql.ErrNoRows) {
		t.err = err
	}
	return err
}

// Insert stores one row and gives the number in its column, which is the
// primary key of the table.
func (t *Tx) Insert(column, query string, args ...any) (int64, error) {
	return t.w.dialect.insert(t, query, column, args)
}

// InsertMany runs an insert of several rows.
func (t *Tx) InsertMany(query string, args ...any) error {
	return t.Exec(t.w.dialect.many(query), args...)
}

// Row reads one row into dest; sql.ErrNoRows when there is none.
func (t *Tx) Row(query string, args []any, dest ...any) error {
	return t.do(query, func(s *sql.Stmt) error {
		return s.QueryRowContext(context.Background(), t.w.dialect.values(args)...).Scan(dest...)
	})
}

// Rows are the rows of a query. No other statement may run while they are read.
func (t *Tx) Rows(query string, args ...any) Rows {
	return func(each func(), dest ...any) error {
		return t.do(query, func(s *sql.Stmt) error {
			rs, err := s.QueryContext(context.Background(), t.w.dialect.values(args)...)
			if err != nil {
				return err
			}
			return scan(rs, each, dest...)
		})
	}
}
