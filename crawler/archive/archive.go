// Package archive is the store of record: the frontier of the crawl, every
// page as its portal sent it, every version of every bulletin and the change
// feed that the indexer reads. It keeps them in one SQLite file and knows
// nothing of HTTP, of HTML or of any index.
//
// An Archive may be used by any number of goroutines, and its file by several
// processes; writing is one transaction after another.
package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"bantin/bulletin"

	"modernc.org/sqlite" // registers the driver
	sqlite3 "modernc.org/sqlite/lib"
)

// Errors that callers branch on.
var (
	// ErrNotFound tells that the archive holds no such thing.
	ErrNotFound = errors.New("not in the archive")
	// ErrLeaseLost tells that an outcome came after its lease had passed to
	// another; nothing was written.
	ErrLeaseLost = errors.New("the lease of this request has passed on")
	// ErrDiskFull tells that a write found no room; nothing of it was kept and
	// everything acknowledged before is safe.
	ErrDiskFull = errors.New("the disk is full: free some space and start again, nothing acknowledged is lost")
	// ErrDamaged tells that the file cannot be read as an archive.
	ErrDamaged = errors.New("the archive's file is damaged: move it away and restore the last backup (bantin restore DIR)")
	// ErrUnusable tells that the system refuses to read or write the file.
	ErrUnusable = errors.New("the archive's file cannot be used: see that it is a file on a sound disk and that this user may write to it and its directory")
	// ErrNewer tells that a newer program wrote the archive.
	ErrNewer = errors.New("the archive was written by a newer bantin: use that version or restore an older backup")
	// ErrBusy tells that another crawler works on this archive.
	ErrBusy = errors.New("another crawler works on this archive: stop it first")
)

const readers = 4

// Archive is an open archive.
type Archive struct {
	path  string
	read  *sql.DB
	write *writer // nil when it is open for reading alone
	codec *codec
	news  *news

	groups *groups
	epoch  atomic.Bool // this archive began one since it was opened
}

// Open opens the archive at path, makes it when there is none and brings an
// older schema up to date. It gives ErrDamaged or ErrNewer for a file that it
// cannot serve. The caller closes the archive.
func Open(ctx context.Context, path string) (*Archive, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return nil, fmt.Errorf("open archive: %w", err)
	}
	w, err := openWriter(ctx, path)
	if err != nil {
		return nil, fmt.Errorf("open archive %s: %w", path, explain(err))
	}
	read, err := sql.Open("sqlite", dsn(path, "query_only(1)", "cache_size(-4000)"))
	if err != nil {
		return nil, errors.Join(err, w.close())
	}
	read.SetMaxOpenConns(readers)
	read.SetMaxIdleConns(readers)
	codec, err := newCodec()
	if err != nil {
		return nil, errors.Join(err, read.Close(), w.close())
	}
	a := &Archive{path: path, read: read, write: w, codec: codec, news: newNews(), groups: newGroups()}
	if err := a.check(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open archive %s: %w", path, explain(err)), a.Close())
	}
	a.groups.start(ctx, a)
	return a, nil
}

// Close closes the archive; no other method may run or follow.
func (a *Archive) Close() error {
	a.groups.end()
	if a.write == nil {
		return a.read.Close()
	}
	return errors.Join(a.read.Close(), a.write.close())
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
func (a *Archive) check(ctx context.Context) error {
	info, err := os.Stat(a.path)
	if err != nil {
		return err
	}
	if info.Size() <= checkWhole {
		return wholeCheck(ctx, a.read)
	}
	for _, table := range []string{"site", "pass", "host", "robots", "request", "dictionary", "content", "page", "bulletin", "version", "address", "attachment", "cite", "document", "feed"} {
		var n int
		if err := a.read.QueryRowContext(ctx, "select count(*) from (select 1 from "+table+" limit 1) as first").Scan(&n); err != nil {
			return fmt.Errorf("table %s: %w", table, err)
		}
	}
	return nil
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
func explain(err error) error {
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

// missing makes a query without a row ErrNotFound.
func missing(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	return explain(err)
}

// ms is a time as it is stored: milliseconds of Unix time, null when zero.
func ms(t time.Time) sql.NullInt64 {
	return sql.NullInt64{Int64: t.UnixMilli(), Valid: !t.IsZero()}
}

// ms0 is ms with 0 for the zero time.
func ms0(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// instant is the time that ms or ms0 stored.
func instant(v sql.NullInt64) time.Time {
	if !v.Valid || v.Int64 == 0 {
		return time.Time{}
	}
	return time.UnixMilli(v.Int64).In(bulletin.Zone)
}

func instant0(v int64) time.Time { return instant(present(v)) }

// present is a number that is not null.
func present(n int64) sql.NullInt64 { return sql.NullInt64{Int64: n, Valid: true} }
