// Package archive is the store of record: the frontier of the crawl, every
// page as its portal sent it, every version of every bulletin and the change
// feed that the indexer reads. It keeps them in one SQLite file or one
// schema of PostgreSQL and knows
// nothing of HTTP, of HTML or of any index.
//
// An Archive may be used by any number of goroutines, and what it stands on by several
// processes; writing is one transaction after another.
package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"sync/atomic"
	"time"

	"bantin/bulletin"
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
	store store
	read  *sql.DB
	write *writer // nil when it is open for reading alone
	codec *codec
	news  *news
	log   *slog.Logger

	groups *groups
	epoch  atomic.Bool // this archive began one since it was opened
}

// Open opens the archive at path, a file or the address of a PostgreSQL
// database (see [Remote]), makes it when there is none and brings an
// older schema up to date. It gives ErrDamaged or ErrNewer for a file that it
// cannot serve. The caller closes the archive.
func Open(ctx context.Context, path string, options ...Option) (*Archive, error) {
	s := storeAt(path)
	w, err := openWriter(ctx, s)
	if err != nil {
		return nil, fmt.Errorf("open archive %s: %w", Shown(path), explain(err))
	}
	read, err := s.reading()
	if err != nil {
		return nil, errors.Join(err, w.close())
	}
	read.SetMaxOpenConns(readers)
	read.SetMaxIdleConns(readers)
	codec, err := newCodec()
	if err != nil {
		return nil, errors.Join(err, read.Close(), w.close())
	}
	a := &Archive{
		path: path, store: s, read: read, write: w, codec: codec, news: newNews(), groups: newGroups(),
		log: slog.New(slog.DiscardHandler),
	}
	for _, o := range options {
		o(a)
	}
	if err := s.check(ctx, read); err != nil {
		return nil, errors.Join(fmt.Errorf("open archive %s: %w", Shown(path), explain(err)), a.Close())
	}
	a.groups.start(ctx, a)
	return a, nil
}

// Option is a choice of whoever opens an archive.
type Option func(*Archive)

// Log says where an archive tells of failures in the background, which nobody
// is given; without it nowhere.
func Log(l *slog.Logger) Option { return func(a *Archive) { a.log = l } }

// Shown is the address of an archive without its password.
func Shown(address string) string {
	if !Remote(address) {
		return address
	}
	u, err := url.Parse(address)
	if err != nil {
		return "postgres://…"
	}
	return u.Redacted()
}

// Close closes the archive; no other method may run or follow.
func (a *Archive) Close() error {
	a.groups.end()
	if a.write == nil {
		return a.read.Close()
	}
	return errors.Join(a.read.Close(), a.write.close())
}

// firstRows reads the first row of every table.
func firstRows(ctx context.Context, read *sql.DB) error {
	for _, table := range []string{"site", "pass", "host", "robots", "request", "dictionary", "content", "page", "bulletin", "version", "address", "attachment", "cite", "document", "feed"} {
		var n int
		if err := read.QueryRowContext(ctx, "select count(*) from (select 1 from "+table+" limit 1) as first").Scan(&n); err != nil {
			return fmt.Errorf("table %s: %w", table, err)
		}
	}
	return nil
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
