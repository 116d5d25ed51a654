package crawler

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"bantin/crawler/archive"
	"bantin/crawler/archive/store"
)

// loop hands claims to at most Workers goroutines until nothing is left, ctx
// ends or the archive fails.
func (c *Crawler) loop(ctx context.Context) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	crew := &crew{idle: make(chan struct{}, c.options.Workers), ready: make(chan struct{}, 1)}
	defer crew.wait.Wait()
	for {
		select {
		case crew.idle <- struct{}{}:
		case <-ctx.Done():
			return failure(ctx)
		}
		var claim *archive.Claim
		var wait time.Time
		err := c.patiently(ctx, func() (err error) {
			claim, wait, err = c.claim(ctx)
			return err
		})
		if err != nil {
			<-crew.idle
			if ctx.Err() != nil {
				return failure(ctx)
			}
			return fmt.Errorf("crawl: %w", err)
		}
		if claim == nil {
			<-crew.idle
			if crew.rest() && c.finished(wait) {
				return nil
			}
			if again := c.settle(ctx, crew); !again.IsZero() && (wait.IsZero() || again.Before(wait)) {
				wait = again
			}
			crew.sleep(ctx, c.heedful(wait), c.now)
			continue
		}
		crew.wait.Go(func() {
			if err := c.work(ctx, claim); err != nil {
				stop(fmt.Errorf("crawl %s: %s: %w", claim.Site, claim.URL, err))
			}
			crew.done()
		})
	}
}

// failure is why the loop was stopped from inside; nil when it was told to.
func failure(ctx context.Context) error {
	if err := context.Cause(ctx); err != nil && err != ctx.Err() { //nolint:errorlint // identity: stopped from outside
		return err
	}
	return nil
}

// finished tells whether a single pass has nothing to wait for.
func (c *Crawler) finished(wait time.Time) bool {
	return c.options.Every == 0 && (wait.IsZero() || wait.Sub(c.now()) > c.horizon)
}

// crew is the workers of one run.
type crew struct {
	wait  sync.WaitGroup
	idle  chan struct{} // a token for each that works
	ready chan struct{} // a token when one finished since it was last looked at

	settled time.Time // when the passes were last looked through
	took    time.Duration
}

// done tells of the end before and after the worker is idle: in between, rest
// must not take the frontier for known, and afterwards sleep must not miss it.
func (w *crew) done() {
	w.wake()
	<-w.idle
	w.wake()
}

func (w *crew) wake() {
	select {
	case w.ready <- struct{}{}:
	default:
	}
}

// rest tells whether nobody works and nobody has finished since the last look:
// then the frontier is as the last claim found it.
func (w *crew) rest() bool { return len(w.idle) == 0 && len(w.ready) == 0 }

// sleep waits until a worker has finished, until the time when something may
// be claimed, or for ctx.
func (w *crew) sleep(ctx context.Context, until time.Time, now func() time.Time) {
	if until.IsZero() {
		until = now().Add(time.Minute)
	}
	select {
	case <-w.ready:
	case <-time.After(until.Sub(now())):
	case <-ctx.Done():
	}
}

// settle ends the passes of portals that have nothing left to do soon. Looking
// costs a reading of the frontier, so it is not done at every turn: when it
// was not, settle returns when it will be.
func (c *Crawler) settle(ctx context.Context, w *crew) time.Time {
	began := time.Now()
	open := c.openPasses()
	if len(open) == 0 {
		return time.Time{}
	}
	if next := w.settled.Add(max(2*time.Second, 20*w.took)); began.Before(next) {
		return next
	}
	logs, err := c.archive.Backlogs(ctx, c.now())
	if err != nil {
		return time.Time{} // the next claim meets the same error
	}
	busy := map[string]bool{}
	for _, waits := range logs {
		busy[waits.Site] = waits.Next.Before(c.now().Add(c.horizon))
	}
	for _, one := range open {
		if !busy[one.site] {
			c.endPass(ctx, one)
		}
	}
	w.settled, w.took = time.Now(), time.Since(began)
	return time.Time{}
}

// work takes one claim to its end: saved, postponed or given back.
func (c *Crawler) work(ctx context.Context, claim *archive.Claim) error {
	p := c.profile(claim.Site)
	keep, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(graceTime, cancel) })() // in time, but only once stopped
	release := func() error { return c.archive.Release(keep, claim) }
	if p == nil {
		return c.patiently(keep, release)
	}
	known := mannersOf(claim.Pace)
	if !known.Next.After(c.now()) {
		known.Next = time.Time{} // what could be claimed is free
	}
	if err := c.client.Adopt(ctx, claim.URL, known); err != nil {
		return c.patiently(keep, func() error { return c.drop(keep, claim, err) })
	}
	job := &job{Crawler: c, claim: claim, profile: p, release: func() {}}
	defer func() { job.release() }()
	outcome, err := job.run(ctx)
	switch {
	case outcome != nil:
		return c.patiently(keep, func() error { return job.save(keep, outcome) })
	case ctx.Err() != nil, errors.Is(err, store.ErrUnavailable):
		return c.patiently(keep, release)
	}
	return c.patiently(keep, func() error { return job.failed(keep, err) })
}

// How long a crawl waits for an archive that does not answer, the longer the more
// often it did not.
const (
	firstPause   = time.Second
	longestPause = 20 * time.Second
)

// patiently does f again until the archive answers or ctx ends: the server of its
// database may be started again.
func (c *Crawler) patiently(ctx context.Context, f func() error) error {
	for pause := firstPause; ; pause = min(2*pause, longestPause) {
		err := f()
		if !errors.Is(err, store.ErrUnavailable) {
			return err
		}
		c.log.Warn("waiting for the archive", "error", err)
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return errors.Join(ctx.Err(), err)
		}
	}
}

// drop puts off a request that cannot be asked as it is.
func (c *Crawler) drop(ctx context.Context, claim *archive.Claim, err error) error {
	_, saved := c.archive.Save(ctx, archive.Outcome{Claim: claim, At: c.now(), Err: err.Error(), Trouble: reasonOf(err), Due: c.now().Add(4 * week), Pace: claim.Pace})
	return saved
}
