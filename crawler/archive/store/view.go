package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// View is one reading transaction: all it reads is of one moment.
type View struct {
	tx      *sql.Tx
	dialect dialect
}

// View runs do over one moment of the store.
func (s *Store) View(ctx context.Context, do func(*View) error) error {
	var tx *sql.Tx
	err := s.retried(func() (err error) {
		tx, err = s.read.BeginTx(ctx, nil)
		return err
	})
	if err != nil {
		return explain(reached(s.dialect, err))
	}
	defer tx.Rollback() //nolint:errcheck // nothing was written
	return explain(do(&View{tx, s.dialect}))
}

// retried reads again when a connection had ended: each of the readers' may.
func (s *Store) retried(read func() error) (err error) {
	for range readers + 1 {
		if err = read(); err == nil || !s.dialect.dropped(err) {
			break
		}
	}
	return err
}

// Row reads one row outside a view; sql.ErrNoRows when there is none.
func (s *Store) Row(ctx context.Context, query string, args []any, dest ...any) error {
	return explain(reached(s.dialect, s.retried(func() error {
		return s.read.QueryRowContext(ctx, query, s.dialect.values(args)...).Scan(dest...)
	})))
}

// Rows are the rows of a query outside a view.
func (s *Store) Rows(ctx context.Context, query string, args ...any) Rows {
	return func(each func(), dest ...any) error {
		return s.View(ctx, func(v *View) error { return v.Rows(ctx, query, args...).Each(each, dest...) })
	}
}

// reached is err, or ErrUnavailable when the connection of a statement had ended.
func reached(d dialect, err error) error {
	if err != nil && d.dropped(err) {
		return unavailable(err)
	}
	return err
}

func unavailable(err error) error {
	if errors.Is(err, ErrUnavailable) {
		return err
	}
	return fmt.Errorf("%w (%w)", ErrUnavailable, err)
}

// Row reads one row into dest; sql.ErrNoRows when there is none.
func (v *View) Row(ctx context.Context, query string, args []any, dest ...any) error {
	return reached(v.dialect, v.tx.QueryRowContext(ctx, query, v.dialect.values(args)...).Scan(dest...))
}

// Rows are the rows of a query.
func (v *View) Rows(ctx context.Context, query string, args ...any) Rows {
	return func(each func(), dest ...any) error {
		rs, err := v.tx.QueryContext(ctx, query, v.dialect.values(args)...)
		if err != nil {
			return reached(v.dialect, err)
		}
		return scan(rs, each, dest...)
	}
}
