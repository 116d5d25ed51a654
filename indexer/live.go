package indexer

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"

	"bantin/crawler/archive"
	"bantin/indexer/index"
)

// Live is an index.Index that can be replaced while it is in use.
type Live struct {
	builds Builds
	log    *slog.Logger

	rebuilding sync.Mutex
	mu         sync.RWMutex // write-held while the index is replaced
	now        *lease
	harmed     chan struct{} // holds a token when the present index was found harmed
}

// lease is an index with its users; it is closed when the last one leaves.
type lease struct {
	index.Index
	users  sync.WaitGroup
	builds Builds // nil for an index that is no build
	name   string
	harm   atomic.Pointer[error]
}

var _ index.Index = (*Live)(nil)

// errNone tells that nobody has built an index yet.
var errNone = errors.New("there is no index yet: run bantin index")

// Open opens the index in use, or makes an empty one. An index that cannot be
// read, or that followed another archive, is rebuilt from the archive, with a
// warning; the caller closes it. An index that the system does not let this
// process use is left as it is.
func Open(ctx context.Context, b Builds, a *archive.Archive, log *slog.Logger) (*Live, error) {
	name, err := b.Current(ctx)
	if err != nil {
		return nil, err
	}
	l := &Live{builds: b, log: log, harmed: make(chan struct{}, 1)}
	fresh := name == ""
	if fresh {
		if name, err = b.Next(ctx); err != nil {
			return nil, err
		}
	}
	ix, err := b.Open(ctx, name)
	if err == nil {
		l.now = l.lease(ix, name)
		err = l.now.belongs(ctx, a)
	}
	switch {
	case errors.Is(err, index.ErrCorrupt), errors.Is(err, errForeign):
		l.log.Warn("rebuilding the index from the archive", "index", name, "error", err)
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
		if err := b.Use(ctx, name); err != nil {
			return nil, errors.Join(err, l.Close())
		}
	}
	l.clean(ctx)
	return l, nil
}

// Attach opens the index in use for searches alone, as others write it. It
// neither makes nor rebuilds one; the caller closes it.
func Attach(ctx context.Context, b Builds, log *slog.Logger) (*Live, error) {
	name, err := b.Current(ctx)
	if err != nil {
		return nil, err
	}
	if name == "" {
		return nil, errNone
	}
	ix, err := b.Open(ctx, name)
	if err != nil {
		return nil, err
	}
	l := &Live{builds: b, log: log, harmed: make(chan struct{}, 1)}
	l.now = l.lease(ix, name)
	return l, nil
}

// lease is a newly opened build.
func (l *Live) lease(ix index.Index, name string) *lease {
	return &lease{Index: ix, builds: l.builds, name: name}
}

// Rebuild builds a new index from the whole archive while the old one goes on
// answering, then puts it in the old one's place and removes the old one. When
// it fails or is cut short the old one stays.
func (l *Live) Rebuild(ctx context.Context, a *archive.Archive, progress func(Progress)) error {
	l.rebuilding.Lock()
	defer l.rebuilding.Unlock()
	name, err := l.builds.Next(ctx)
	if err != nil {
		return err
	}
	ix, err := l.builds.Open(ctx, name)
	if err != nil {
		return err
	}
	built := l.lease(ix, name)
	_, err = built.catchUp(ctx, a, progress)
	if err == nil {
		err = ix.Compact(ctx)
	}
	if err == nil {
		err = l.builds.Use(ctx, name)
	}
	if err != nil {
		err = errors.Join(fmt.Errorf("rebuild: %w", err), ix.Close())
		if _, shared := ix.(refresher); shared && ctx.Err() != nil {
			return err // another process may be building by now: who writes cleans up
		}
		return errors.Join(err, l.forget(context.WithoutCancel(ctx)))
	}
	l.swap(built)
	l.clean(ctx)
	return nil
}

// forget removes what a rebuild that failed has made.
func (l *Live) forget(ctx context.Context) error {
	name, err := l.builds.Current(ctx)
	if err != nil {
		return err
	}
	return l.builds.Clean(ctx, name)
}

// swap puts an index in the place of the present one.
func (l *Live) swap(next *lease) {
	l.mu.Lock()
	old := l.now
	l.now = next
	l.mu.Unlock()
	if old == nil {
		return
	}
	old.users.Wait()
	if err := old.Close(); err != nil {
		l.log.Warn("closing the index that was replaced", "error", err)
	}
}

// clean removes the builds that are not in use.
func (l *Live) clean(ctx context.Context) {
	ix := l.hold()
	defer ix.users.Done()
	if err := l.builds.Clean(ctx, ix.name); err != nil {
		l.log.Warn("what an earlier build left stays for now", "error", err)
	}
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
