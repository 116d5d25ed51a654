// Package archive is the store of record: the frontier of the crawl, every
// page as its portal sent it, every version of every bulletin and the change
// feed that the indexer reads. It says in SQL what it keeps; the database below
// is package store's. It knows nothing of HTTP, of HTML or of any index.
//
// An Archive may be used by any number of goroutines, and its database by
// several processes; writing is one transaction after another.
package archive

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"log/slog"
	"sync/atomic"
	"time"

	"bantin/bulletin"
	"bantin/crawler/archive/store"
)

// Errors that callers branch on.
var (
	// ErrNotFound tells that the archive holds no such thing.
	ErrNotFound = errors.New("not in the archive")
	// ErrLeaseLost tells that an outcome came after its lease had passed to
	// another; nothing was written.
	ErrLeaseLost = errors.New("the lease of this request has passed on")
)

// Archive is an open archive.
type Archive struct {
	store *store.Store
	codec *codec
	news  *news
	log   *slog.Logger

	groups *groups
	epoch  atomic.Bool // this archive began one since it was opened

	orphans orphans // whoever writes has it
}

// Open opens the archive at an address, a file or PostgreSQL (see
// [store.Remote]), makes it when there is none and brings an older schema up to
// date. It gives store.ErrDamaged or store.ErrNewer for one that it cannot
// serve. The caller closes the archive.
func Open(ctx context.Context, address string, options ...Option) (*Archive, error) {
	s, err := store.Open(ctx, address)
	if err != nil {
		return nil, err
	}
	a, err := over(s, options...)
	if err == nil {
		a.groups.start(ctx, a)
	}
	return a, err
}

// OpenReading opens an archive that cannot be written for reading alone, as
// [store.OpenReading] says. Every method that writes gives store.ErrDiskFull.
func OpenReading(ctx context.Context, address string) (*Archive, error) {
	if store.Remote(address) { // others write there: the disk is the server's concern
		return Open(ctx, address)
	}
	s, err := store.OpenReading(ctx, address)
	if err != nil {
		return nil, err
	}
	return over(s)
}

// over is the archive that a store holds; it closes the store when it fails.
func over(s *store.Store, options ...Option) (*Archive, error) {
	codec, err := newCodec()
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	a := &Archive{store: s, codec: codec, news: newNews(), groups: newGroups(), log: slog.New(slog.DiscardHandler)}
	for _, o := range options {
		o(a)
	}
	return a, nil
}

// Option is a choice of whoever opens an archive.
type Option func(*Archive)

// Log says where an archive tells of failures in the background, which nobody
// is given; without it nowhere.
func Log(l *slog.Logger) Option { return func(a *Archive) { a.log = l } }

// Close closes the archive; no other method may run or follow.
func (a *Archive) Close() error {
	a.groups.end()
	return a.store.Close()
}

// Size is what the store takes on its disk in bytes, indexes and free pages
// included.
func (a *Archive) Size(ctx context.Context) (int64, error) { return a.store.Size(ctx) }

// Backup is [store.Store.Backup].
func (a *Archive) Backup(ctx context.Context, dir string) error { return a.store.Backup(ctx, dir) }

// Dump is [store.Store.Dump].
func (a *Archive) Dump(ctx context.Context, w io.Writer) error { return a.store.Dump(ctx, w) }

// missing makes a query without a row ErrNotFound.
func missing(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	return err
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

// stamp reads a time that ms or ms0 stored.
type stamp time.Time

// when is a place for a time that ms or ms0 stored.
func when(t *time.Time) *stamp { return (*stamp)(t) }

// Scan implements [sql.Scanner].
func (s *stamp) Scan(value any) error {
	var n sql.NullInt64
	err := n.Scan(value)
	*s = stamp(instant(n.Int64))
	return err
}

// instant is the time that ms0 stored.
func instant(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.UnixMilli(n).In(bulletin.Zone)
}

// number is a bool as it is stored.
func number(b bool) int {
	if b {
		return 1
	}
	return 0
}
