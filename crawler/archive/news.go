package archive

import (
	"context"
	"sync"
	"time"
)

// news wakes those who wait for the feed to move.
type news struct {
	mu   sync.Mutex
	next chan struct{} // closed at the next move
}

func newNews() *news { return &news{next: make(chan struct{})} }

func (n *news) tell() {
	n.mu.Lock()
	defer n.mu.Unlock()
	close(n.next)
	n.next = make(chan struct{})
}

func (n *news) wait() <-chan struct{} {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.next
}

// lookAgain is how often Wait looks for changes by other processes.
const lookAgain = time.Second

// Wait returns when the feed holds a change past after: at once for a change
// made through this Archive, within about a second for one made by another
// process. It returns the context's error when that ends first.
func (a *Archive) Wait(ctx context.Context, after int64) error {
	tick := time.NewTicker(lookAgain)
	defer tick.Stop()
	for {
		moved := a.news.wait()
		last, err := a.Last(ctx)
		if err != nil || last > after {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-moved:
		case <-tick.C:
		}
	}
}

// Last is the newest position of the change feed; 0 when nothing ever changed.
func (a *Archive) Last(ctx context.Context) (last int64, err error) {
	err = a.store.Row(ctx, "select last from feed where one = 1", nil, &last)
	return last, err
}
