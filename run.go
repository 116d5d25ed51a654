package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"bantin/crawler"
	"bantin/crawler/archive"
	"bantin/crawler/fetch"
	"bantin/crawler/site"
	"bantin/indexer"
	"bantin/indexer/index"
	"bantin/indexer/index/bleveindex"
	"bantin/searchd"
	"bantin/searchd/web"

	"github.com/spf13/cobra"
)

// service is the flags of what is served.
type service struct {
	*app
	public  string
	origins []string
	rate    float64
	embed   string
}

func (s *service) flags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&s.listen, "listen", "127.0.0.1:8080", "address of pages and API; port 0 takes a free one")
	f.StringVar(&s.metrics, "metrics", "", "address of /metrics for Prometheus, such as 127.0.0.1:9090 (default: none)")
	f.StringVar(&s.public, "public-url", "", "address that people use, such as https://bantin.example")
	f.StringSliceVar(&s.origins, "origin", nil, "origin whose scripts may read the API, such as https://portal.example; repeat for several")
	f.StringVar(&s.embed, "embed-sites", "", "JSON file of the sites that may embed the search box (default: any)")
	f.Float64Var(&s.rate, "rate", 20, "requests a second that one client may make for long; 0 for no limit")
}

// serve answers until ctx ends.
func (s *service) serve(ctx context.Context, ix index.Index, ar *archive.Archive) error {
	var embedding web.EmbedSites
	if s.embed != "" {
		text, err := os.ReadFile(s.embed)
		if err != nil {
			return fmt.Errorf("--embed-sites: %w", err)
		}
		if embedding, err = web.ReadEmbedSites(text); err != nil {
			return fmt.Errorf("--embed-sites %s: %w", s.embed, err)
		}
	}
	return searchd.Serve(ctx, searchd.Config{
		Listen: s.listen, Metrics: s.metrics,
		Web: web.Config{
			Index: ix, Store: ar, Missing: archive.ErrNotFound, Log: s.log,
			PublicURL: s.public, Origins: s.origins, Rate: s.rate, Burst: int(4*s.rate) + 1, EmbedSites: embedding,
		},
		Started: func(addr net.Addr) { fmt.Fprintf(s.stdout, "Bantin is ready: http://%s\n", addr) },
	})
}

// openIndex opens the index in use; one that cannot be read is rebuilt.
func (a *app) openIndex(ctx context.Context, ar *archive.Archive) (*indexer.Live, error) {
	ix, err := indexer.Open(ctx, a.indexFolder(), ar, func(path string) (index.Index, error) {
		return bleveindex.Open(path, bleveindex.Options{})
	})
	if errors.Is(err, index.ErrLocked) {
		return nil, fmt.Errorf("%w, or ask it: curl 'http://127.0.0.1:8080/api/v1/search?q=…'", err)
	}
	return ix, err
}

// withIndex runs f with the archive and the index, and closes both.
func (a *app) withIndex(ctx context.Context, f func(*archive.Archive, *indexer.Live) error) error {
	ar, err := a.openArchive(ctx)
	if err != nil {
		return err
	}
	ix, err := a.openIndex(ctx, ar)
	if err != nil {
		return errors.Join(err, ar.Close())
	}
	return errors.Join(f(ar, ix), ix.Close(), ar.Close())
}

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
	s.flags(c)
	w.flags(c)
	c.Flags().DurationVar(&w.every, "every", 6*time.Hour, "how often each listing is read anew")
	c.Flags().BoolVar(&samples, "demo", false, "use the sample portals (data goes to demo in the data folder)")
	return c
}

func (a *app) up(cmd *cobra.Command, s *service, w *walk, samples bool) error {
	if samples {
		a.data = filepath.Join(a.data, "demo")
		if err := os.MkdirAll(a.data, 0o750); err != nil {
			return fmt.Errorf("data folder: %w; choose another with --data", err)
		}
		d, err := startDemo(cmd.Context(), a.data)
		if err != nil {
			return err
		}
		defer d.Close()
		w.profiles, w.fetching.Allow = d.profiles, d.allow
	} else {
		var err error
		if w.profiles, err = a.usable(nil); err != nil && len(w.profiles) == 0 {
			return err
		}
	}
	return a.withIndex(cmd.Context(), func(ar *archive.Archive, ix *indexer.Live) error {
		return together(cmd.Context(),
			func(ctx context.Context) error { return s.serve(ctx, ix, ar) },
			func(ctx context.Context) error { return indexer.Follow(ctx, ar, ix) },
			func(ctx context.Context) error { return w.stay(ctx, ar) },
		)
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

// walk is the flags of a crawl.
type walk struct {
	*app
	profiles []*site.Profile
	ids      []string
	now      bool
	maxPages int
	since    string
	every    time.Duration
	fetching fetch.Options
}

func (w *walk) flags(c *cobra.Command) {
	f := c.Flags()
	f.BoolVar(&w.fetching.AllowPrivate, "allow-private", false, "let the crawler reach loopback and private addresses")
	f.StringVar(&w.fetching.Contact, "contact", "", "your mail or web address, sent to portals with every request")
	f.IntVar(&w.maxPages, "max-pages", 0, "listing pages of each listing to read at most; 0 for all")
	f.StringVar(&w.since, "since", "", "leave out what a listing dates before this day (2020-01-01)")
}

func (w *walk) crawler(ar *archive.Archive) (*crawler.Crawler, error) {
	since, err := readDay("since", w.since)
	if err != nil {
		return nil, err
	}
	if w.maxPages < 0 {
		return nil, usageError{errors.New("--max-pages is a number of pages, 0 for all")}
	}
	o := crawler.Options{
		Sites: w.profiles, Now: w.now, MaxPages: w.maxPages, Since: since, Every: w.every, Fetch: w.fetching, Log: w.log,
	}
	p := newProgress(w.stderr, w.log)
	o.Progress = p.event
	return crawler.New(ar, o), nil
}

// stay crawls until ctx ends; without portals it just waits.
func (w *walk) stay(ctx context.Context, ar *archive.Archive) error {
	if len(w.profiles) == 0 {
		fmt.Fprintf(w.stdout, "No portals yet: bantin site add URL writes a profile to %s\n", w.sitesFolder())
		<-ctx.Done()
		return nil
	}
	c, err := w.crawler(ar)
	if err != nil {
		return err
	}
	_, err = c.Run(ctx)
	if errors.Is(err, crawler.ErrIncomplete) {
		w.log.Warn("crawl ended with failures", "error", err)
		return nil
	}
	return err
}

func (a *app) crawlCommand() *cobra.Command {
	w := walk{app: a}
	c := &cobra.Command{
		Use: "crawl", Short: "Make one pass over the listings that are due", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.crawl(cmd.Context(), &w) },
	}
	w.flags(c)
	c.Flags().DurationVar(&w.every, "every", 0, "stay, and read each listing this often")
	c.Flags().BoolVar(&w.now, "now", false, "read the listings although they are not due")
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
	c, err := w.crawler(ar)
	if err != nil {
		return errors.Join(err, ar.Close())
	}
	summary, err := c.Run(ctx)
	for _, s := range summary.Sites {
		fmt.Fprintf(a.stdout, "%s: %s, %d found, %d new, %d changed, %d gone, %d failed\n", s.ID, quantity(s.Pages, "page"), s.Found, s.New, s.Changed, s.Gone, s.Failed)
	}
	return errors.Join(err, bad, ar.Close())
}

func (a *app) indexCommand() *cobra.Command {
	var rebuild bool
	c := &cobra.Command{
		Use: "index", Short: "Bring the index up to the archive", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			return a.withIndex(ctx, func(ar *archive.Archive, ix *indexer.Live) error {
				bar := newBar(a.stderr, a.log, "indexing")
				if rebuild {
					return errors.Join(ix.Rebuild(ctx, ar, bar.indexed), bar.close())
				}
				n, err := indexer.CatchUp(ctx, ar, ix, bar.indexed)
				fmt.Fprintf(a.stdout, "%s indexed\n", quantity(n, "change"))
				if err == nil {
					err = ix.Compact(ctx)
				}
				return errors.Join(err, bar.close())
			})
		},
	}
	c.Flags().BoolVar(&rebuild, "rebuild", false, "build a new index beside the old one and swap")
	return c
}

func (a *app) serveCommand() *cobra.Command {
	s := service{app: a}
	c := &cobra.Command{
		Use: "serve", Short: "Serve the index alone, without crawling", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.withIndex(cmd.Context(), func(ar *archive.Archive, ix *indexer.Live) error {
				return together(cmd.Context(),
					func(ctx context.Context) error { return s.serve(ctx, ix, ar) },
					func(ctx context.Context) error { return indexer.Follow(ctx, ar, ix) })
			})
		},
	}
	s.flags(c)
	return c
}

func (a *app) healthcheckCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "healthcheck", Short: "Ask the service on this machine whether it is well", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, cancel := context.WithTimeout(cmd.Context(), 4*time.Second)
			defer cancel()
			host, port, err := net.SplitHostPort(a.listen)
			if err != nil {
				return usageError{fmt.Errorf("--listen %q: write host:port", a.listen)}
			}
			if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
				host = "127.0.0.1"
			}
			address := "http://" + net.JoinHostPort(host, port) + "/healthz"
			req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
			if err != nil {
				return err
			}
			resp, err := http.DefaultClient.Do(req)
			if err != nil {
				return err
			}
			defer resp.Body.Close()
			if resp.StatusCode != http.StatusOK {
				return fmt.Errorf("%s answers %s", address, resp.Status)
			}
			return nil
		},
	}
	c.Flags().StringVar(&a.listen, "listen", "127.0.0.1:8080", "address that the service listens on")
	return c
}
