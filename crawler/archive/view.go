package archive

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"bantin/bulletin"
)

// view is one reading transaction: all it reads is of one moment.
type view struct {
	ctx   context.Context
	tx    *sql.Tx
	a     *Archive
	known map[string][]string // documents by stem, as read so far
}

// view runs do over one moment of the archive.
func (a *Archive) view(ctx context.Context, do func(*view) error) error {
	tx, err := a.read.BeginTx(ctx, nil)
	if err != nil {
		return explain(err)
	}
	defer tx.Rollback() //nolint:errcheck // nothing was written
	return explain(do(&view{ctx: ctx, tx: tx, a: a, known: map[string][]string{}}))
}

func (v *view) row(query string, args []any, dest ...any) error {
	return v.tx.QueryRowContext(v.ctx, query, args...).Scan(dest...)
}

func (v *view) rows(query string, args []any, each func() error, dest ...any) error {
	rs, err := v.tx.QueryContext(v.ctx, query, args...)
	if err != nil {
		return err
	}
	return scan(rs, each, dest...)
}

// state is a row of the table of bulletins, for reading.
type state struct {
	num, seq  int64
	id        string
	version   int
	gone      sql.NullInt64
	withdrawn bool
	group     string
}

const stateColumns = `num, seq, id, version, gone, withdrawn <> 0,
	coalesce((select l.id from bulletin l where l.num = bulletin.leader), id)`

func (s *state) dest() []any {
	return []any{&s.num, &s.seq, &s.id, &s.version, &s.gone, &s.withdrawn, &s.group}
}

// change is the present state of a bulletin as the feed tells it.
func (v *view) change(s state) (bulletin.Change, error) {
	c := bulletin.Change{Seq: s.seq, ID: s.id, Gone: instant(s.gone), Group: s.group}
	if s.withdrawn {
		return c, nil
	}
	b, _, err := v.version(s.num, s.version)
	if err != nil {
		return c, fmt.Errorf("bulletin %s: %w", s.id, err)
	}
	c.Bulletin = &b
	return c, nil
}

// version reads one version, its citations resolved and its attachments
// filled from what the archive knows now.
func (v *view) version(num int64, number int) (b bulletin.Bulletin, fetched time.Time, err error) {
	var at int64
	var body []byte
	err = v.row("select fetched, body from version where bulletin = $1 and number = $2", []any{num, number}, &at, &body)
	if err != nil {
		return b, fetched, missing(err)
	}
	whole, err := v.a.codec.plain.dec.DecodeAll(body, nil)
	if err != nil {
		return b, fetched, fmt.Errorf("version %d: %w", number, err)
	}
	if err := json.Unmarshal(whole, &b); err != nil {
		return b, fetched, fmt.Errorf("version %d: %w", number, err)
	}
	if err := v.fillAttachments(&b); err != nil {
		return b, fetched, err
	}
	err = v.resolve(&b)
	return b, instant0(at), err
}
