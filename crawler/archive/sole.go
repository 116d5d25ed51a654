package archive

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// ErrTaken tells that another process writes the index of this archive.
var ErrTaken = errors.New("another process keeps the index of this archive up to date")

// ErrLost tells that a sole right was lost, as after a restart of the server that
// gave it. Another process may have it by then.
var ErrLost = errors.New("the right to go on alone is lost")

// How often the holder of a right looks whether it has it still, and how long the
// answer may take: less than the server needs to give away what a lost machine had.
const (
	heldEvery = time.Second
	heldTime  = 5 * time.Second
)

// Index takes the sole right to write the index that several processes search. It
// gives ErrTaken while another process has the right, which ends with Close, with
// the process, or when its machine is gone.
func (a *Archive) Index(ctx context.Context) (*Sole, error) {
	s, err := a.store.exclusive(ctx, "index")
	if errors.Is(err, ErrBusy) {
		err = ErrTaken
	}
	return s, err
}

// While runs f, whose context ends when the right is lost; then it returns ErrLost,
// else what f does.
func (s *Sole) While(ctx context.Context, f func(context.Context) error) error {
	within, stop := context.WithCancelCause(ctx)
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		stop(s.watch(within))
	}()
	err := f(within)
	if lost := context.Cause(within); errors.Is(lost, ErrLost) {
		err = lost
	}
	stop(nil)
	<-watched
	return err
}

// watch returns when the right is lost or ctx ends.
func (s *Sole) watch(ctx context.Context) error {
	look := time.NewTicker(heldEvery)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-look.C:
		}
		ask, stop := context.WithTimeout(ctx, heldTime)
		err := s.conn.PingContext(ask)
		stop()
		if err != nil && ctx.Err() == nil {
			return fmt.Errorf("%w: %w", ErrLost, err)
		}
	}
}
