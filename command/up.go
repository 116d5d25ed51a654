package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"bantin/crawler/archive"
	"bantin/crawler/profiles"
	"bantin/indexer"

	"github.com/spf13/cobra"
)

func (a *app) upCommand() *cobra.Command {
	s := service{app: a}
	w := walk{app: a}
	var samples bool
	c := &cobra.Command{
		Use: "up", Short: "Crawl, index and serve in one process: the normal way to run it on one machine",
		Long: "Crawl the portals of the profiles, index what they publish and serve it.\n\n" +
			"With --demo the portals are samples that ship in the program, served on loopback: no\n" +
			"network is needed. Everything in them is invented.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.up(cmd, &s, &w, samples) },
	}
	s.desk = a.newDesk(c)
	s.flags(c)
	w.flags(c)
	c.Flags().DurationVar(&w.every, "every", 6*time.Hour, "how often each listing is read anew")
	c.Flags().BoolVar(&samples, "demo", false, "use the sample portals (data goes to demo in the data folder)")
	return c
}

func (a *app) up(cmd *cobra.Command, s *service, w *walk, samples bool) error {
	others := func(*archive.Archive) []part { return nil }
	if samples {
		a.data = filepath.Join(a.data, "demo")
		if err := os.MkdirAll(a.data, 0o750); err != nil {
			return fmt.Errorf("data folder: %w; choose another with --data", err)
		}
		portals, err := startDemo(cmd.Context(), a.data)
		if err != nil {
			return err
		}
		defer portals.Close()
		w.profiles, w.fetching.Allow = portals.profiles, portals.allow
		s.desk.look.allow = portals.allow
		others = func(ar *archive.Archive) []part {
			return []part{{name: "samples", run: func(ctx context.Context) error { return portals.life.live(ctx, ar, a.data) }}}
		}
	} else {
		w.folder = profiles.New(a.sitesFolder(), a.log)
		if _, err := w.folder.Read(); err != nil {
			return err
		}
		w.profiles, s.desk.folder = w.folder.Profiles(), w.folder
	}
	a.allowPrivate, a.contact = w.fetching.AllowPrivate, w.fetching.Contact
	ar, err := a.openArchive(cmd.Context())
	if err != nil {
		return err
	}
	return withIndex(cmd.Context(), ar, a.served, func(ix *indexer.Live) error {
		loops, err := s.desk.loops(ar, ix, s.public)
		if err != nil {
			return err
		}
		loops = append(loops, others(ar)...)
		return s.run(cmd.Context(), ix, ar, append(loops,
			part{name: "indexer", run: func(ctx context.Context) error { return a.write(ctx, ar, ix) }},
			part{name: "crawler", run: func(ctx context.Context) error { return w.stay(ctx, ar) }})...)
	})
}

// together runs all of fs until one fails or ctx ends, and waits for all.
func together(ctx context.Context, fs ...func(context.Context) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	errs := make([]error, len(fs))
	var wg sync.WaitGroup
	for i, f := range fs {
		wg.Go(func() {
			if errs[i] = f(ctx); errs[i] != nil {
				if ctx.Err() != nil && errors.Is(errs[i], ctx.Err()) {
					errs[i] = nil
				}
				stop()
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}
