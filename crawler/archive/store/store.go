// Package store is the database of an archive, one SQLite file or one schema of
// PostgreSQL: its schema and migrations, transactions that are tried again,
// rights that end with the process, dumps and backups. What the rows mean, it
// leaves to package archive.
//
// A Store may be used by any number of goroutines, and its database by several
// processes; writing is one transaction after another.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
)

// Errors that callers branch on.
var (
	// ErrDiskFull tells that a write found no room; nothing of it was kept and
	// everything acknowledged before is safe.
	ErrDiskFull = errors.New("the disk is full: free some space and start again, nothing acknowledged is lost")
	// ErrDamaged tells that the file cannot be read as an archive.
	ErrDamaged = errors.New("the archive's file is damaged: move it away and restore the last backup (bantin restore DIR)")
	// ErrUnusable tells that the system refuses to read or write the file.
	ErrUnusable = errors.New("the archive's file cannot be used: see that it is a file on a sound disk and that this user may write to it and its directory")
	// ErrNewer tells that a newer program wrote the archive.
	ErrNewer = errors.New("the archive was written by a newer bantin: use that version or restore an older backup")
	// ErrUnavailable tells that the server of the database does not answer at the
	// moment, or ended the connection; it may be started again.
	ErrUnavailable = errors.New("the archive's database does not answer: see that PostgreSQL runs and that this machine may reach it")
	// ErrBusy tells that another process has the right asked for.
	ErrBusy = errors.New("another crawler works on this archive: stop it first")
)

const readers = 4

// Store is an open database.
type Store struct {
	address string
	dialect dialect
	read    *sql.DB
	write   *writer // nil when it is open for reading alone
}

// Open opens the database at an address, a file or PostgreSQL (see [Remote]),
// makes it when there is none and brings an older schema up to date. It gives
// ErrDamaged or ErrNewer for one that it cannot serve. The caller closes it.
func Open(ctx context.Context, address string) (*Store, error) {
	d := dialectOf(address)
	w, err := openWriter(ctx, d)
	if err != nil {
		return nil, fmt.Errorf("open archive %s: %w", Shown(address), explain(err))
	}
	read, err := d.reading()
	if err != nil {
		return nil, errors.Join(err, w.close())
	}
	s := &Store{address: address, dialect: d, read: limited(read), write: w}
	if err := d.check(ctx, read); err != nil {
		return nil, errors.Join(fmt.Errorf("open archive %s: %w", Shown(address), explain(err)), s.Close())
	}
	return s, nil
}

// OpenReading opens a file that cannot be written, because its disk is full or
// read-only, for reading alone: nothing is written, not even beside the file.
// On a full disk no other process can use it meanwhile. The caller closes it.
func OpenReading(ctx context.Context, path string) (*Store, error) {
	// The connections of this process share in memory what otherwise takes a
	// file beside the database.
	shared := "?vfs=unix-excl&mode=rw&_pragma=query_only(1)&_pragma=busy_timeout(5000)"
	if f, err := os.OpenFile(path, os.O_RDWR, 0); err != nil {
		if info, err := os.Stat(path + "-wal"); err == nil && info.Size() > 0 {
			return nil, fmt.Errorf("open archive %s for reading: %w: the last changes stand in %s-wal, which takes a disk that can be written", path, ErrUnusable, path)
		}
		shared = "?mode=ro&immutable=1"
	} else if err := f.Close(); err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", fileURL(path)+shared)
	if err != nil {
		return nil, err
	}
	if err = knownSchema(ctx, limited(db)); err != nil {
		return nil, errors.Join(fmt.Errorf("open archive %s for reading: %w", path, explain(err)), db.Close())
	}
	return &Store{address: path, dialect: sqliteFile{path}, read: db}, nil
}

// limited bounds the connections of a pool of readers.
func limited(read *sql.DB) *sql.DB {
	read.SetMaxOpenConns(readers)
	read.SetMaxIdleConns(readers)
	return read
}

// Close closes the store; no other method may run or follow.
func (s *Store) Close() error {
	if s.write == nil {
		return s.read.Close()
	}
	return errors.Join(s.read.Close(), s.write.close())
}

// Writes tells whether the store is open for more than reading.
func (s *Store) Writes() bool { return s.write != nil }

// Update runs do in one transaction, again when that met another one or lost
// its connection. Nothing of it is kept when it gives an error.
func (s *Store) Update(ctx context.Context, do func(*Tx) error) error {
	if s.write == nil {
		return ErrDiskFull
	}
	return explain(s.write.update(ctx, do))
}

// Exclusive takes a right of a name, which ends with Close, with the process,
// or when its machine is gone; ErrBusy while another has it.
func (s *Store) Exclusive(ctx context.Context, name string) (*Sole, error) {
	return s.dialect.exclusive(ctx, name)
}

// Crawl takes the right to crawl, in a file the only one (ErrBusy while another
// process has it), in PostgreSQL one of many: its transactions then have a
// [Tx.Crawler] of their own.
func (s *Store) Crawl(ctx context.Context) (*Sole, error) { return s.dialect.crawl(ctx, s.write) }

// Size is what the store takes on its disk in bytes, indexes and free pages
// included.
func (s *Store) Size(ctx context.Context) (int64, error) {
	n, err := s.dialect.size(ctx, s.read)
	return n, explain(err)
}

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

// firstRows reads the first row of every table.
func firstRows(ctx context.Context, read *sql.DB) error {
	for _, table := range tablesOf(len(scripts)) {
		var n int
		if err := read.QueryRowContext(ctx, "select count(*) from (select 1 from "+table.name+" limit 1) as first").Scan(&n); err != nil {
			return fmt.Errorf("table %s: %w", table.name, err)
		}
	}
	return nil
}
