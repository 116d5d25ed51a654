package command

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"
)

// TestPartsRestartApart: a part that fails is named, started again and taken
// off the list when it runs; another beside it never stops.
func TestPartsRestartApart(t *testing.T) {
	p := parts{log: slog.New(slog.DiscardHandler), first: time.Millisecond, most: 4 * time.Millisecond}
	ctx, stop := context.WithCancel(t.Context())
	failures, others := 0, 0
	running := make(chan bool)
	err := p.run(ctx,
		part{name: "crawler", run: func(ctx context.Context) error {
			if failures++; failures < 6 {
				return errors.New("no portal answers")
			}
			close(running)
			<-ctx.Done()
			return ctx.Err()
		}},
		part{name: "service", run: func(ctx context.Context) error {
			others++
			defer stop()
			<-running
			for ctx.Err() == nil { // until the crawler has run for a while
				if len(p.Down()) == 0 {
					return nil
				}
			}
			return ctx.Err()
		}})
	if err != nil || failures != 6 || others != 1 {
		t.Errorf("%v after %d failures; the other ran %d times", err, failures, others)
	}
}

func TestPartsNameWhatIsDown(t *testing.T) {
	p := parts{log: slog.New(slog.DiscardHandler), first: time.Hour}
	ctx, stop := context.WithCancel(t.Context())
	err := p.run(ctx,
		part{name: "indexer", run: func(context.Context) error { return errors.New("no room") }},
		part{name: "watcher", run: func(ctx context.Context) error {
			for len(p.Down()) == 0 && ctx.Err() == nil {
			}
			stop()
			return nil
		}})
	if got := strings.Join(p.Down(), "; "); err != nil || got != "indexer: no room" {
		t.Errorf("%q, %v", got, err)
	}
}

// TestPartsEnd: what starting again cannot mend ends all.
func TestPartsEnd(t *testing.T) {
	taken := errors.New("the address is taken")
	for name, failing := range map[string]part{
		"fatal": {name: "service", run: func(context.Context) error { return taken }, fatal: func(err error) bool { return errors.Is(err, taken) }},
		"usage": {name: "crawler", run: func(context.Context) error { return usageError{taken} }},
	} {
		p := parts{log: slog.New(slog.DiscardHandler), first: time.Hour}
		err := p.run(t.Context(), failing, part{name: "other", run: func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }})
		if !errors.Is(err, taken) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
