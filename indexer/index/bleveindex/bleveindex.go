// Package bleveindex is the embedded engine: an index.Index kept by bleve's
// scorch, one process per directory. It owns how bulletins become postings and
// how postings become results: matching on bitmaps, textbook scoring with
// early termination, facets from columns in memory. bleve keeps dictionaries,
// postings, deletions, merges and crash safety; none of its searchers,
// collectors or analyzers are used.
package bleveindex

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"bantin/bulletin"
	"bantin/indexer/index"

	"github.com/blevesearch/bleve/v2/index/scorch"
	bleve "github.com/blevesearch/bleve_index_api"
	bolt "go.etcd.io/bbolt/errors"
)

// Options are the choices of an index; the zero value means the defaults.
type Options struct {
	Weights *index.Weights // nil means index.DefaultWeights
	Limits  index.Limits
	Memory  int // bytes of decoded postings kept for the next query, 512 MiB when zero
}

// Index is an index.Index on bleve's scorch.
type Index struct {
	scorch  *scorch.Scorch
	queue   *bleve.AnalysisQueue
	path    string
	weights index.Weights
	limits  index.Limits

	closing    func() error  // once
	writer     chan struct{} // holds one token: whoever has it may write
	generation atomic.Uint64

	dicts dictionaries
	lists *cache

	mu       sync.Mutex // guards what follows
	view     *view      // nil when closed
	pending  sync.WaitGroup
	readOnly bool // its disk is
	renewal  bool // a renewal of the view after a merge is under way
}

var _ index.Index = (*Index)(nil)

// layout names the format of the directory and the facets in it: an index of
// another layout is rebuilt.
var layout = fmt.Sprint("bantin-11 ", index.Fields())

// Open opens the index in the directory, or makes one. The directory may be
// open in one process only: another gets index.ErrLocked. Only what was read
// and is no index is index.ErrCorrupt; what the system refuses to open (rights,
// descriptors) is its own error. On a read-only disk the index answers and
// takes no changes.
func Open(path string, o Options) (*Index, error) {
	if path == "" {
		return nil, errors.New("an index on disk needs a directory: name one")
	}
	fresh, err := inspect(path)
	if err != nil {
		return nil, err
	}
	err = usable(path, os.O_RDWR)
	readOnly := errors.Is(err, syscall.EROFS)
	if readOnly {
		err = usable(path, os.O_RDONLY)
	}
	if err != nil {
		return nil, fmt.Errorf("index %s cannot be used: %w", path, err)
	}
	ix, err := open(path, o, readOnly)
	if err != nil {
		return nil, fmt.Errorf("index %s: %w", path, err)
	}
	if fresh {
		err = os.WriteFile(filepath.Join(path, "layout"), []byte(layout), 0o600)
	}
	if err != nil {
		return nil, errors.Join(err, ix.Close())
	}
	return ix, nil
}

// OpenMemory opens an empty index in memory.
func OpenMemory(o Options) (*Index, error) { return open("", o, false) }

// inspect tells whether there is no index yet at path.
func inspect(path string) (fresh bool, err error) {
	got, err := os.ReadFile(filepath.Join(path, "layout"))
	switch {
	case err == nil && string(got) == layout:
		return false, nil
	case err == nil:
		return false, fmt.Errorf("index %s: %w: its layout is %q, not %q", path, index.ErrCorrupt, got, layout)
	case !errors.Is(err, fs.ErrNotExist):
		return false, fmt.Errorf("index %s cannot be used: %w", path, err)
	}
	if _, err := os.Stat(filepath.Join(path, "root.bolt")); err == nil {
		return false, fmt.Errorf("index %s: %w: it has no layout file", path, index.ErrCorrupt)
	}
	return true, nil
}

func open(path string, o Options, readOnly bool) (*Index, error) {
	queue := bleve.NewAnalysisQueue(runtime.GOMAXPROCS(0))
	raw, err := scorch.NewScorch(scorch.Name, map[string]any{
		"path": path, "bolt_timeout": "2s", "asyncErrorCallbackName": asyncErrors,
		"read_only": readOnly,
	}, queue)
	if err != nil {
		queue.Close()
		return nil, err
	}
	failures.Delete(path)
	if err := untorn(raw.Open); err != nil {
		queue.Close()
		return nil, openError(err)
	}
	ix := &Index{
		scorch: raw.(*scorch.Scorch), queue: queue, path: path,
		weights: index.DefaultWeights, limits: o.Limits.Filled(), writer: make(chan struct{}, 1),
		lists: newCache(o.Memory), readOnly: readOnly,
	}
	ix.closing = sync.OnceValue(ix.close)
	if o.Weights != nil {
		ix.weights = *o.Weights
	}
	ix.generation.Store(uint64(time.Now().UnixNano()))
	if err := ix.renew(); err != nil {
		return nil, fmt.Errorf("%w: %w", index.ErrCorrupt, errors.Join(err, ix.Close()))
	}
	if err := ix.warm(); err != nil {
		return nil, errors.Join(err, ix.Close())
	}
	return ix, nil
}

// warm builds the columns of facets and ids in the background: the first search
// waits for what is missing, and reports what cannot be read.
func (ix *Index) warm() error {
	v, err := ix.acquire()
	if err != nil {
		return err
	}
	ix.pending.Go(func() {
		_ = ix.prepare(v)
		_ = v.release()
	})
	return nil
}

func openError(err error) error {
	switch {
	case errors.Is(err, bolt.ErrTimeout):
		return index.ErrLocked
	case errors.As(err, new(syscall.Errno)) && !errors.Is(err, fs.ErrNotExist):
		return err
	}
	return fmt.Errorf("%w: %w", index.ErrCorrupt, err)
}

// Close ends the index; a second call returns what the first did. Searches
// under way must have returned.
func (ix *Index) Close() error { return ix.closing() }

func (ix *Index) close() error {
	ix.writer <- struct{}{}
	ix.pending.Wait()
	ix.mu.Lock()
	v := ix.view
	ix.view = nil
	ix.mu.Unlock()
	var err error
	if v != nil {
		err = v.release()
	}
	ix.queue.Close()
	return errors.Join(err, ix.scorch.Close())
}

var positionKey = []byte("position")

// Position implements index.Index.
func (ix *Index) Position(context.Context) (int64, error) {
	v, err := ix.acquire()
	if err != nil {
		return 0, err
	}
	p := v.position()
	return p, v.release()
}

func (v *view) position() int64 {
	if b := v.snapshot.Internal()[string(positionKey)]; len(b) == 8 {
		return int64(binary.BigEndian.Uint64(b))
	}
	return 0
}

// Generation implements index.Index.
func (ix *Index) Generation() uint64 { return ix.generation.Load() }

// Apply implements index.Index. When ctx or the process ends first the changes
// may be written, all or some; Position tells, and applying them again does no
// harm.
func (ix *Index) Apply(ctx context.Context, changes []bulletin.Change, position int64) error {
	if ix.readOnly {
		return fmt.Errorf("index %s: %w", ix.path, syscall.EROFS)
	}
	batches, err := ix.batches(ctx, changes)
	if err != nil {
		return err
	}
	select {
	case ix.writer <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	failed := failures.watch(ix.path)
	done := make(chan error, 1)
	go func() {
		err := ix.write(batches, position)
		if err == nil {
			err = ix.renew()
		}
		ix.generation.Add(1)
		<-ix.writer
		done <- err
	}()
	select {
	case err = <-done:
	case err = <-failed:
	case <-ctx.Done():
		err = ctx.Err()
	}
	if err != nil {
		return fmt.Errorf("index %s: %w", ix.path, err)
	}
	return nil
}

// write writes the batches at once, one a processor, and the position with the
// last: when there are several, after them.
func (ix *Index) write(batches []*bleve.Batch, position int64) error {
	last := batches[0]
	if len(batches) > 1 {
		last = bleve.NewBatch()
		errs := make([]error, len(batches))
		var wg sync.WaitGroup
		for i, b := range batches {
			wg.Go(func() { errs[i] = ix.scorch.Batch(b) })
		}
		wg.Wait()
		if err := errors.Join(errs...); err != nil {
			return err
		}
	}
	last.SetInternal(positionKey, binary.BigEndian.AppendUint64(nil, uint64(position)))
	return ix.scorch.Batch(last)
}

// A batch is parted between the processors when each gets so many bulletins:
// every part becomes a segment, and small ones cost more than they save.
const parted = 1000

func (ix *Index) batches(ctx context.Context, changes []bulletin.Change) ([]*bleve.Batch, error) {
	latest, err := index.Latest(changes)
	if err != nil {
		return nil, err
	}
	last := map[string]bulletin.Change{}
	for _, c := range latest {
		last[c.ID] = c
	}
	entries, err := makeEntries(ctx, last)
	if err != nil {
		return nil, err
	}
	out := make([]*bleve.Batch, max(1, min(runtime.GOMAXPROCS(0), len(entries)/parted)))
	for i := range out {
		out[i] = bleve.NewBatch()
	}
	i := 0
	for id, e := range entries {
		if b := out[i%len(out)]; e == nil {
			b.Delete(id)
		} else {
			b.Update(e)
		}
		i++
	}
	return out, nil
}
