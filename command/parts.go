package command

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"
)

// part is one of the things that a process does for as long as it runs.
type part struct {
	name  string
	run   func(context.Context) error
	fatal func(error) bool // errors that end the process, nil for none
}

// parts runs parts beside each other. One that fails is started again, after a
// pause that doubles from first to most while it goes on failing; the others
// do not notice.
type parts struct {
	log         *slog.Logger
	first, most time.Duration // zero: a second and a minute

	mu   sync.Mutex
	down map[string]error
}

// run runs all until ctx ends or one fails fatally, and waits for all. A part
// that returns nil is done.
func (p *parts) run(ctx context.Context, all ...part) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	errs := make([]error, len(all))
	var wg sync.WaitGroup
	for i, one := range all {
		wg.Go(func() {
			if errs[i] = p.keep(ctx, one); errs[i] != nil {
				stop()
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

// keep runs one part, again after it failed.
func (p *parts) keep(ctx context.Context, one part) error {
	least, most := cmp.Or(p.first, time.Second), cmp.Or(p.most, time.Minute)
	pause := least
	for {
		began := time.Now()
		up := time.AfterFunc(least, func() { p.set(one.name, nil) }) // it has run for a while
		err := one.run(ctx)
		up.Stop()
		switch {
		case ctx.Err() != nil && (err == nil || errors.Is(err, ctx.Err())):
			return nil
		case err == nil:
			p.set(one.name, nil)
			return nil
		case ctx.Err() != nil, one.fatal != nil && one.fatal(err), errors.As(err, new(usageError)):
			return err
		}
		if time.Since(began) > most {
			pause = least
		}
		p.set(one.name, err)
		p.log.Error(one.name+" failed and is started again", "error", err, "pause", pause)
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(pause):
		}
		pause = min(2*pause, most)
	}
}

func (p *parts) set(name string, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.down == nil {
		p.down = map[string]error{}
	}
	if delete(p.down, name); err != nil {
		p.down[name] = err
	}
}

// Down names the parts that failed and have not run well since, with the
// reason of each.
func (p *parts) Down() (all []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for name, err := range p.down {
		all = append(all, fmt.Sprintf("%s: %v", name, err))
	}
	slices.Sort(all)
	return all
}
