package bleveindex

import (
	"fmt"
	"runtime/debug"
	"sync"

	"bantin/indexer/index"

	"github.com/blevesearch/bleve/v2/index/scorch"
)

// asyncErrors is the name under which scorch finds our callback: its registry
// is global and knows callbacks by name only.
const asyncErrors = "bantin"

func init() { scorch.RegistryAsyncErrorCallbacks[asyncErrors] = failures.report }

// failures keeps what went wrong in the background of each open index: after
// a panic in a merge scorch would accept no further batch and say nothing.
var failures = failureLog{errs: map[string]error{}, watchers: map[string]chan error{}}

// untorn makes an error of the panic with which a torn file is read.
func untorn(read func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true)) // past the end of a file that was cut short
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: %v", index.ErrCorrupt, r)
		}
	}()
	return read()
}

type failureLog struct {
	mu       sync.Mutex
	errs     map[string]error
	watchers map[string]chan error
}

func (l *failureLog) report(err error, path string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.errs[path] = fmt.Errorf("background work ended: %w: reopen the index, or rebuild it", err)
	if ch := l.watchers[path]; ch != nil {
		select {
		case ch <- l.errs[path]:
		default:
		}
	}
}

// Delete forgets the failures of an index that is opened anew.
func (l *failureLog) Delete(path string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.errs, path)
	delete(l.watchers, path)
}

// watch returns a channel that holds or will hold the failure of the index.
func (l *failureLog) watch(path string) <-chan error {
	l.mu.Lock()
	defer l.mu.Unlock()
	ch := make(chan error, 1)
	if err := l.errs[path]; err != nil {
		ch <- err
	}
	l.watchers[path] = ch
	return ch
}
