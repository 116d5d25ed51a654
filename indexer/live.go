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
	"sync/atomic"

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
	harmed     chan struct{} // holds a token when the present index was found harmed
}

// lease is an index with its users; it is closed when the last one leaves.
type lease struct {
	index.Index
	users sync.WaitGroup
	epoch string // file that keeps the epoch of the archive it follows
	harm  atomic.Pointer[error]
}

var _ index.Index = (*Live)(nil)

// Open opens the index in use, or makes an empty one. An index that cannot be
// read, or that followed another archive, is rebuilt from the archive, with a
// warning; the caller closes it. An index that the system does not let this
// process use is left as it is.
func Open(ctx context.Context, dir string, a *archive.Archive, open Opener) (*Live, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	name, err := current(dir)
	if err != nil {
		return nil, err
	}
	l := &Live{dir: dir, open: open, harmed: make(chan struct{}, 1)}
	fresh := name == ""
	if fresh {
		if name, err = l.fresh(); err != nil {
			return nil, err
		}
	}
	ix, err := open(filepath.Join(dir, name))
	if err == nil {
		l.now = l.lease(ix, name)
		err = l.now.belongs(ctx, a)
	}
	switch {
	case errors.Is(err, index.ErrCorrupt), errors.Is(err, errForeign):
		slog.Warn("rebuilding the index from the archive", "index", name, "error", err)
		if err := l.Rebuild(ctx, a, nil); err != nil {
			err = fmt.Errorf("rebuild: %w", err)
			if l.now != nil {
				err = errors.Join(err, l.now.Close())
			}
			return nil, err
		}
		return l, nil
	case err != nil && l.now != nil:
		return nil, errors.Join(err, l.Close())
	case err != nil:
		return nil, err
	}
	if fresh {
		if err := setCurrent(dir, name); err != nil {
			return nil, errors.Join(err, l.Close())
		}
	}
	if err := l.clean(name); err != nil {
		slog.Warn("what an earlier build left stays for now", "error", err)
	}
	return l, nil
}

// lease is a newly opened build.
func (l *Live) lease(ix index.Index, name string) *lease {
	return &lease{Index: ix, epoch: filepath.Join(l.dir, name+epochSuffix)}
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
	built := l.lease(ix, name)
	_, err = built.catchUp(ctx, a, progress)
	if err == nil {
		err = ix.Compact(ctx)
	}
	if err == nil {
		err = setCurrent(l.dir, name)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("rebuild: %w", err), ix.Close(), os.RemoveAll(path), removed(built.epoch))
	}
	l.mu.Lock()
	old := l.now
	l.now = built
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

// setCurrent names the build in use.
func setCurrent(dir, name string) error { return writeLine(filepath.Join(dir, "current"), name) }

// writeLine replaces a file in one step that survives a crash whole or not at
// all.
func writeLine(name, text string) error {
	tmp := name + ".new"
	f, err := os.Create(tmp)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text + "\n")
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, removed(tmp))
	}
	return os.Rename(tmp, name)
}

// removed removes a file that may not be there.
func removed(name string) error {
	if err := os.Remove(name); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
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
		if strings.HasPrefix(e.Name(), buildPrefix) && strings.TrimSuffix(e.Name(), epochSuffix) != keep {
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
