package indexer

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"bantin/bulletin"
	"bantin/crawler/archive"
	"bantin/indexer/index"
)

// Opener opens one engine's index in a directory of its own.
type Opener func(path string) (index.Index, error)

// Live is an index.Index that can be replaced while it is in use. Its
// directory holds one subdirectory for each build and the file "current" with
// the name of the one in use.
type Live struct {
	dir  string
	open Opener

	rebuilding sync.Mutex
	mu         sync.RWMutex // write-held while the index is replaced
	now        *lease
}

// lease is an index with its users; it is closed when the last one leaves.
type lease struct {
	index.Index
	users sync.WaitGroup
}

var _ index.Index = (*Live)(nil)

// Open opens the index in use, or makes an empty one. An index that cannot be
// read is rebuilt from the archive, with a warning; the caller closes it.
func Open(ctx context.Context, dir string, a *archive.Archive, open Opener) (*Live, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	name, err := current(dir)
	if err != nil {
		return nil, err
	}
	l := &Live{dir: dir, open: open}
	if name == "" {
		name, err = l.fresh()
		if err != nil {
			return nil, err
		}
	}
	ix, err := open(filepath.Join(dir, name))
	switch {
	case errors.Is(err, index.ErrCorrupt):
		slog.Warn("the index cannot be read: rebuilding it from the archive", "index", name, "error", err)
		if err := l.Rebuild(ctx, a, nil); err != nil {
			return nil, fmt.Errorf("rebuild after %w: %w", index.ErrCorrupt, err)
		}
		return l, nil
	case err != nil:
		return nil, err
	}
	l.now = &lease{Index: ix}
	if err := setCurrent(dir, name); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	if err := l.clean(name); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// Rebuild builds a new index from the whole archive while the old one goes on
// answering, then puts it in the old one's place and removes the old one. When
// it fails or is cut short the old one stays.
func (l *Live) Rebuild(ctx context.Context, a *archive.Archive, progress func(Progress)) error {
	l.rebuilding.Lock()
	defer l.rebuilding.Unlock()
	name, err := l.fresh()
	if err != nil {
		return err
	}
	path := filepath.Join(l.dir, name)
	ix, err := l.open(path)
	if err != nil {
		return err
	}
	_, err = CatchUp(ctx, a, ix, progress)
	if err == nil {
		err = ix.Compact(ctx)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("rebuild: %w", err), ix.Close(), os.RemoveAll(path))
	}
	if err := setCurrent(l.dir, name); err != nil {
		return errors.Join(err, ix.Close(), os.RemoveAll(path))
	}
	l.mu.Lock()
	old := l.now
	l.now = &lease{Index: ix}
	l.mu.Unlock()
	if old != nil {
		old.users.Wait()
		if err := old.Close(); err != nil {
			slog.Warn("closing the index that was replaced", "error", err)
		}
	}
	return l.clean(name)
}

// current returns the name of the build in use, empty when there is none.
func current(dir string) (string, error) {
	b, err := os.ReadFile(filepath.Join(dir, "current"))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	name := strings.TrimSpace(string(b))
	if err == nil && (name == "" || name != filepath.Base(name)) {
		return "", nil // torn: a new build replaces it
	}
	return name, err
}

// setCurrent names the build in use, in one step that survives a crash whole
// or not at all.
func setCurrent(dir, name string) error {
	tmp := filepath.Join(dir, "current.new")
	f, err := os.Create(tmp)
	if err != nil {
		return err
	}
	_, err = f.WriteString(name + "\n")
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(tmp, filepath.Join(dir, "current"))
}

const buildPrefix = "build-"

// fresh returns the name of a build that does not exist yet.
func (l *Live) fresh() (string, error) {
	entries, err := os.ReadDir(l.dir)
	if err != nil {
		return "", err
	}
	last := 0
	for _, e := range entries {
		if n, err := strconv.Atoi(strings.TrimPrefix(e.Name(), buildPrefix)); err == nil {
			last = max(last, n)
		}
	}
	return fmt.Sprintf("%s%04d", buildPrefix, last+1), nil
}

// clean removes every build but the one in use: what a crash or a replaced
// index left behind.
func (l *Live) clean(keep string) error {
	entries, err := os.ReadDir(l.dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), buildPrefix) && e.Name() != keep {
			err = errors.Join(err, os.RemoveAll(filepath.Join(l.dir, e.Name())))
		}
	}
	return err
}

// hold returns the present index; the caller calls Done on its users.
func (l *Live) hold() *lease {
	l.mu.RLock()
	defer l.mu.RUnlock()
	l.now.users.Add(1)
	return l.now
}

// Close closes the index in use.
func (l *Live) Close() error {
	l.rebuilding.Lock()
	defer l.rebuilding.Unlock()
	l.now.users.Wait()
	return l.now.Close()
}

// The rest hands each call to the index of the moment.

// Apply implements index.Index. During a Rebuild the new index reads the same
// changes from the archive by itself.
func (l *Live) Apply(ctx context.Context, changes []bulletin.Change, position int64) error {
	ix := l.hold()
	defer ix.users.Done()
	return ix.Apply(ctx, changes, position)
}

// Compact implements index.Index.
func (l *Live) Compact(ctx context.Context) error {
	ix := l.hold()
	defer ix.users.Done()
	return ix.Compact(ctx)
}

// Position implements index.Index.
func (l *Live) Position(ctx context.Context) (int64, error) {
	ix := l.hold()
	defer ix.users.Done()
	return ix.Position(ctx)
}

// Generation implements index.Index.
func (l *Live) Generation() uint64 {
	ix := l.hold()
	defer ix.users.Done()
	return ix.Generation()
}

// Search implements index.Index.
func (l *Live) Search(ctx context.Context, q index.Query) (index.Result, error) {
	ix := l.hold()
	defer ix.users.Done()
	return ix.Search(ctx, q)
}

// Get implements index.Index.
func (l *Live) Get(ctx context.Context, id string) (index.Document, error) {
	ix := l.hold()
	defer ix.users.Done()
	return ix.Get(ctx, id)
}

// Each implements index.Index.
func (l *Live) Each(ctx context.Context, q index.Query, f func(index.Document) error) error {
	ix := l.hold()
	defer ix.users.Done()
	return ix.Each(ctx, q, f)
}

// Cross implements index.Index.
func (l *Live) Cross(ctx context.Context, q index.Query, row, column index.Field) (map[[2]string]int, error) {
	ix := l.hold()
	defer ix.users.Done()
	return ix.Cross(ctx, q, row, column)
}

// Similar implements index.Index.
func (l *Live) Similar(ctx context.Context, id string, n int) ([]index.Hit, error) {
	ix := l.hold()
	defer ix.users.Done()
	return ix.Similar(ctx, id, n)
}

// Suggest implements index.Index.
func (l *Live) Suggest(ctx context.Context, typed string, n int) ([]index.Suggestion, error) {
	ix := l.hold()
	defer ix.users.Done()
	return ix.Suggest(ctx, typed, n)
}

// Correct implements index.Index.
func (l *Live) Correct(ctx context.Context, word string, n int) ([]string, error) {
	ix := l.hold()
	defer ix.users.Done()
	return ix.Correct(ctx, word, n)
}
