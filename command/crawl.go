package command

import (
	"context"
	"errors"
	"fmt"
	"time"

	"bantin/crawler"
	"bantin/crawler/archive"
	"bantin/crawler/archive/store"
	"bantin/crawler/fetch"
	"bantin/crawler/profiles"
	"bantin/crawler/site"

	"github.com/spf13/cobra"
)

// walk is the flags of a crawl.
type walk struct {
	*app
	profiles []*site.Profile
	folder   *profiles.Folder // of the profiles, when it is watched
	ids      []string
	now      bool
	recheck  bool
	maxPages int
	since    string
	every    time.Duration
	fetching fetch.Options
}

func (w *walk) crawler(ar *archive.Archive) (*crawler.Crawler, error) {
	since, err := readDay("since", w.since)
	if err != nil {
		return nil, err
	}
	if w.maxPages < 0 {
		return nil, usageError{errors.New("--max-pages is a number of pages, 0 for all")}
	}
	if w.recheck && !w.now {
		return nil, usageError{errors.New("--recheck looks at articles again at once: write it with --now")}
	}
	o := crawler.Options{
		Sites: w.profiles, Now: w.now, Recheck: w.recheck, MaxPages: w.maxPages, Since: since, Every: w.every, Fetch: w.fetching, Log: w.log,
	}
	p := progress{out: w.stderr, log: w.log, draw: terminal(w.stderr), sites: map[string]crawler.Event{}}
	o.Progress = p.event
	return crawler.New(ar, o), nil
}

// stay crawls until ctx ends; profiles of the folder, when there is one, are
// taken over as they change.
func (w *walk) stay(ctx context.Context, ar *archive.Archive) error {
	if w.folder != nil {
		w.profiles = w.folder.Profiles()
	}
	if len(w.profiles) == 0 {
		fmt.Fprintf(w.stdout, "No portals yet: bantin site add URL writes a profile to %s\n", w.sitesFolder())
	}
	c, err := w.crawler(ar)
	if err != nil {
		return err
	}
	return together(ctx,
		func(ctx context.Context) error {
			_, err := c.Run(ctx)
			if errors.Is(err, crawler.ErrIncomplete) {
				w.log.Warn("crawl ended with failures", "error", err)
				return nil
			}
			return err
		},
		func(ctx context.Context) error {
			if w.folder == nil {
				return nil
			}
			return w.folder.Watch(ctx, func(all []*site.Profile) error { return c.SetSites(ctx, all) })
		})
}

func (a *app) crawlCommand() *cobra.Command {
	w := walk{app: a}
	c := &cobra.Command{
		Use: "crawl", Short: "Make one pass over the listings that are due", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.crawl(cmd.Context(), &w) },
	}
	w.flags(c)
	c.Flags().DurationVar(&w.every, "every", 0, "stay, and read each listing this often")
	c.Flags().BoolVar(&w.now, "now", false, "read the listings, and try what failed, although they are not due")
	c.Flags().BoolVar(&w.recheck, "recheck", false, "with --now: look again at the articles too, with --since at those published since")
	c.Flags().StringSliceVar(&w.ids, "site", nil, "id of a site to crawl; repeat for several (default: all)")
	return c
}

func (a *app) crawl(ctx context.Context, w *walk) error {
	var bad, err error
	if w.profiles, bad = a.usable(w.ids); len(w.profiles) == 0 && bad != nil {
		return bad
	}
	if len(w.profiles) == 0 {
		return fmt.Errorf("there is no site profile in %s: bantin site add URL writes one", a.sitesFolder())
	}
	ar, err := a.openArchive(ctx)
	if err != nil {
		return err
	}
	summary, err := w.run(ctx, ar)
	if ctx.Err() == nil {
		err = errors.Join(err, ar.Settle(ctx))
	}
	for _, s := range summary.Sites {
		fmt.Fprintf(a.stdout, "%s: %s, %d found, %d new, %d changed, %d gone, %d failed\n", s.ID, quantity(s.Pages, "page"), s.Found, s.New, s.Changed, s.Gone, s.Failed)
		if s.Waiting != "" {
			fmt.Fprintf(a.stdout, "%s: %s\n", s.ID, s.Waiting)
		}
	}
	return errors.Join(err, bad, ar.Close())
}

// run makes one pass, or with --every stays: then a full disk makes it pause
// until there is room.
func (w *walk) run(ctx context.Context, ar *archive.Archive) (summary crawler.Summary, err error) {
	once := func(ctx context.Context) error {
		c, err := w.crawler(ar)
		if err != nil {
			return err
		}
		summary, err = c.Run(ctx)
		return err
	}
	if w.every == 0 {
		err = once(ctx)
		return summary, err
	}
	p := parts{log: w.log}
	err = p.run(ctx, part{name: "crawler", run: once, fatal: func(err error) bool {
		return !errors.Is(err, store.ErrDiskFull) && !errors.Is(err, store.ErrUnavailable)
	}})
	return summary, err
}

func (w *walk) flags(c *cobra.Command) {
	f := c.Flags()
	f.BoolVar(&w.fetching.AllowPrivate, "allow-private", false, "let the crawler reach loopback and private addresses")
	f.StringVar(&w.fetching.Contact, "contact", "", "your mail or web address, sent to portals with every request")
	f.IntVar(&w.maxPages, "max-pages", 0, "listing pages of each listing to read at most; 0 for all")
	f.StringVar(&w.since, "since", "", "leave out what a listing dates before this day (2020-01-01)")
}
