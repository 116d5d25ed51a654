package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"bantin/crawler/archive"
	"bantin/indexer"
	"bantin/indexer/index"
	"bantin/indexer/index/bleveindex"
)

// openIndex opens the index in use; one that cannot be read is rebuilt.
func (a *app) openIndex(ctx context.Context, ar *archive.Archive) (*indexer.Live, error) {
	ix, err := indexer.Open(ctx, a.indexFolder(), ar, func(path string) (index.Index, error) {
		return bleveindex.Open(path, bleveindex.Options{})
	})
	if errors.Is(err, index.ErrLocked) {
		return nil, fmt.Errorf("%w, or ask it: curl 'http://127.0.0.1:8080/api/v1/search?q=…'", err)
	}
	return ix, err
}

// withIndex runs f with the archive and the index, and closes both.
func (a *app) withIndex(ctx context.Context, f func(*archive.Archive, *indexer.Live) error) error {
	ar, err := a.openArchive(ctx)
	if err != nil {
		return err
	}
	ix, err := a.openIndex(ctx, ar)
	if err != nil {
		return errors.Join(err, ar.Close())
	}
	return errors.Join(f(ar, ix), ix.Close(), ar.Close())
}

// archiveFile is the archive's file.
func (a *app) archiveFile() string {
	if a.db != "" {
		return a.db
	}
	return filepath.Join(a.data, "archive.db")
}

func (a *app) indexFolder() string { return filepath.Join(a.data, "index") }

// openArchive opens the archive, making it and its folder when they are new.
func (a *app) openArchive(ctx context.Context) (*archive.Archive, error) {
	if err := os.MkdirAll(a.data, 0o750); err != nil {
		return nil, fmt.Errorf("data folder: %w; choose another with --data", err)
	}
	return archive.Open(ctx, a.archiveFile())
}
