package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"modernc.org/sqlite" // registers the driver
	sqlite3 "modernc.org/sqlite/lib"
)

// sqliteFile is an archive in one SQLite file.
type sqliteFile struct{ path string }

func (f sqliteFile) writing(context.Context) (*sql.DB, error) {
	if err := os.MkdirAll(filepath.Dir(f.path), 0o750); err != nil {
		return nil, err
	}
	return sql.Open("sqlite", dsn(f.path, "journal_mode(wal)", "synchronous(full)",
		"foreign_keys(1)", "cache_size(-24000)", "journal_size_limit(67108864)"))
}

func (f sqliteFile) reading() (*sql.DB, error) {
	return sql.Open("sqlite", dsn(f.path, "query_only(1)", "cache_size(-4000)"))
}

// begin takes the right to write, waiting as long as it takes for another
// process that has it.
func (sqliteFile) begin(ctx context.Context, t *Tx) error {
	for {
		if _, err := t.w.conn.ExecContext(context.WithoutCancel(ctx), "begin immediate"); !busy(err) || ctx.Err() != nil {
			return err
		}
	}
}

// alone has nothing to do: a writing transaction is alone from its begin.
func (sqliteFile) alone(*Tx) error { return nil }

func (sqliteFile) pick(request string) string {
	return "select id from (select h.name, h.next_at, " + request + ` as id
		from host h where h.next_at <= $1 and h.open_until <= $1 and h.lease_until <= $1) as ready
		where id is not null order by next_at, name limit 1`
}

func (sqliteFile) clash(error) bool { return false }

func (sqliteFile) lost(*sql.Conn) bool { return false }

func (sqliteFile) dropped(error) bool { return false }

func (sqliteFile) insert(t *Tx, query, _ string, args []any) (int64, error) {
	res, err := t.run(query, args)
	if err != nil {
		return 0, err
	}
	return res.LastInsertId() // "returning" would make SQLite copy every page that it changes
}

// many spares SQLite a copy of every page that it changes.
func (sqliteFile) many(insert string) string {
	return strings.Replace(insert, "insert into", "insert or fail into", 1)
}

func (sqliteFile) values(args []any) []any { return args }

func (sqliteFile) script(sqlite string) string { return sqlite }

// countOn has nothing to do: a number is one more than the greatest.
func (sqliteFile) countOn(*Tx, string, string) error { return nil }

// sqlitePart is a file that is thrown away unless it is written to its end.
type sqlitePart struct{ sqliteFile }

func (f sqlitePart) writing(context.Context) (*sql.DB, error) {
	if err := os.MkdirAll(filepath.Dir(f.path), 0o750); err != nil {
		return nil, err
	}
	return sql.Open("sqlite", dsn(f.path, "journal_mode(off)", "synchronous(off)", "cache_size(-64000)"))
}

// exclusive takes a right that stands in a file of its own: the system ends
// it with the process, however that dies.
func (f sqliteFile) exclusive(ctx context.Context, name string) (*Sole, error) {
	db, err := sql.Open("sqlite", fileURL(f.path+"-"+name)+"?_pragma=busy_timeout(0)")
	if err != nil {
		return nil, err
	}
	return sole(ctx, db, func(conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, "begin exclusive")
		if busy(err) {
			return ErrBusy
		}
		return err
	})
}

// crawl is for one crawler alone: every lease that it finds is nobody's.
func (f sqliteFile) crawl(ctx context.Context, _ *writer) (*Sole, error) {
	return f.exclusive(ctx, "crawl")
}

func (sqliteFile) name(context.Context, *sql.Conn, string) (string, error) { return "", nil }

// lockSchema has nothing to do: a migration is a writing transaction.
func (sqliteFile) lockSchema(context.Context, *sql.Conn) (unlock func() error, err error) {
	return func() error { return nil }, nil
}

// dsn names the database file with its pragmas.
func dsn(path string, pragmas ...string) string {
	v := url.Values{"_pragma": append([]string{"busy_timeout(5000)"}, pragmas...)}
	return fileURL(path) + "?" + v.Encode()
}

// fileURL names a file so that SQLite takes any character in it for itself.
func fileURL(path string) string {
	return "file:" + (&url.URL{Path: path}).EscapedPath()
}

// checkWhole is the size up to which opening reads the whole file.
const checkWhole = 16 << 20

// check reads enough of the file to find it damaged: all of a small one, the
// first row of every table of a large one.
func (f sqliteFile) check(ctx context.Context, read *sql.DB) error {
	info, err := os.Stat(f.path)
	if err != nil {
		return err
	}
	if info.Size() <= checkWhole {
		return wholeCheck(ctx, read)
	}
	return firstRows(ctx, read)
}

func (f sqliteFile) size(context.Context, *sql.DB) (sum int64, err error) {
	for _, name := range []string{"", "-wal"} {
		info, err := os.Stat(f.path + name)
		switch {
		case err == nil:
			sum += info.Size()
		case !errors.Is(err, fs.ErrNotExist):
			return 0, err
		}
	}
	return sum, nil
}

// wholeCheck walks every page of the database and compares tables with their
// indexes, which quick_check does not.
func wholeCheck(ctx context.Context, db *sql.DB) error {
	var found string
	if err := db.QueryRowContext(ctx, "pragma integrity_check(1)").Scan(&found); err != nil {
		return err
	}
	if found != "ok" {
		return fmt.Errorf("%w (%s)", ErrDamaged, found)
	}
	return nil
}

// explain gives the errors of the driver that a person can act on their
// sentence.
func (sqliteFile) explain(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	meaning := ErrUnusable
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_FULL:
		meaning = ErrDiskFull
	case sqlite3.SQLITE_IOERR:
		if e.Code() == sqlite3.SQLITE_IOERR_SHMSIZE { // no room for what readers share
			meaning = ErrDiskFull
		}
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		meaning = ErrDamaged
	case sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM:
	default:
		return err
	}
	if errors.Is(err, meaning) {
		return err
	}
	return fmt.Errorf("%w (%w)", meaning, err)
}

// connect opens the connection. SQLite does not wait by itself while another
// process turns a new file to WAL, so this does, until ctx ends.
func connect(ctx context.Context, db *sql.DB) (*sql.Conn, error) {
	for {
		conn, err := db.Conn(ctx)
		if !busy(err) {
			return conn, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// busy tells that another process holds the lock.
func busy(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == sqlite3.SQLITE_BUSY
}
