package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"bantin/crawler/archive"
	"bantin/crawler/archive/store"
	"bantin/indexer"
	"bantin/indexer/index"
)

// openIndex opens the index in use; one that cannot be read is rebuilt.
func (a *app) openIndex(ctx context.Context, ar *archive.Archive) (*indexer.Live, error) {
	b, err := a.engine.builds(a.indexFolder())
	if err != nil {
		return nil, err
	}
	ix, err := indexer.Open(ctx, b, ar, a.log)
	if errors.Is(err, index.ErrLocked) {
		return nil, fmt.Errorf("%w, or ask it: curl 'http://127.0.0.1:8080/api/v1/search?q=…'", err)
	}
	return ix, err
}

// searched opens the index for searches: one in a cluster as another process
// writes it, the embedded one as openIndex does.
func (a *app) searched(ctx context.Context, ar *archive.Archive) (*indexer.Live, error) {
	if !a.engine.shared() {
		return a.openIndex(ctx, ar)
	}
	b, err := a.engine.builds("")
	if err != nil {
		return nil, err
	}
	return indexer.Attach(ctx, b, a.log)
}

// follow keeps an index that searched opened up to date until ctx ends.
func (a *app) follow(ctx context.Context, ar *archive.Archive, ix *indexer.Live) error {
	if a.engine.shared() {
		return ix.Watch(ctx)
	}
	return indexer.Follow(ctx, ar, ix)
}

// served opens the index for up, which may come to write it: one in a cluster as
// another process writes it, if there is one.
func (a *app) served(ctx context.Context, ar *archive.Archive) (*indexer.Live, error) {
	if !a.engine.shared() {
		return a.openIndex(ctx, ar)
	}
	right, err := ar.Index(ctx)
	if errors.Is(err, archive.ErrTaken) {
		return a.searched(ctx, ar)
	}
	if err != nil {
		return nil, err
	}
	ix, err := a.openIndex(ctx, ar)
	return ix, errors.Join(err, right.Close())
}

type opener func(context.Context, *archive.Archive) (*indexer.Live, error)

// withIndex runs f with the index of an archive, and closes both.
func withIndex(ctx context.Context, ar *archive.Archive, open opener, f func(*indexer.Live) error) error {
	ix, err := open(ctx, ar)
	if err != nil {
		return errors.Join(err, ar.Close())
	}
	return errors.Join(f(ix), ix.Close(), ar.Close())
}

// archiveFile is the archive's file, or its postgres:// address.
func (a *app) archiveFile() string {
	if a.db != "" {
		return a.db
	}
	return filepath.Join(a.data, "archive.db")
}

func (a *app) indexFolder() string { return filepath.Join(a.data, "index") }

// readable opens the archive, for reading alone when it cannot be written now,
// which stuck tells.
func (a *app) readable(ctx context.Context) (ar *archive.Archive, stuck bool, err error) {
	ar, err = a.openArchive(ctx)
	if stuck = errors.Is(err, store.ErrDiskFull) || errors.Is(err, store.ErrUnusable); stuck {
		a.log.Warn("searching what is there", "error", err)
		ar, err = archive.OpenReading(ctx, a.archiveFile())
	}
	return ar, stuck, err
}

// openArchive opens the archive, making it and its folder when they are new.
func (a *app) openArchive(ctx context.Context) (*archive.Archive, error) {
	if err := os.MkdirAll(a.data, 0o750); err != nil {
		return nil, fmt.Errorf("data folder: %w; choose another with --data", err)
	}
	return archive.Open(ctx, a.archiveFile(), archive.Log(a.log))
}
