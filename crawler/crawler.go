// Package crawler is the crawl loop: it takes what is due from the archive's
// frontier, fetches it politely, saves page, links and the bulletin read out
// of it in one transaction, and walks listings page by page. What it knows of
// portals, HTTP and storage is in the packages below it; it starts nothing
// that it does not wait for.
package crawler

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"bantin/crawler/archive"
	"bantin/crawler/fetch"
	"bantin/crawler/site"
)

// Options say what to crawl and how.
type Options struct {
	Sites []*site.Profile

	Now      bool          // read the listings, and what failed, although they are not due
	Recheck  bool          // look at the articles again too, at those published since Since
	MaxPages int           // pages of each listing; 0: as many as the profile allows
	Since    time.Time     // leave out items that a listing dates before; zero: none
	Every    time.Duration // stay, reading each listing this often; 0: one pass
	Workers  int           // portals at once; 0: 20

	Fetch    fetch.Options
	Progress func(Event)  // called for one event after another; may be nil
	Log      *slog.Logger // may be nil
}

const (
	defaultWorkers = 20
	revisit        = 6 * time.Hour   // of a listing when Every does not say
	horizon        = 2 * time.Minute // a pass waits this long for a retry
	leaseTime      = 15 * time.Minute
	graceTime      = 4 * time.Second // for saving what is in hand once stopped
)

// ErrIncomplete is wrapped when a run ended with something left to mend.
var ErrIncomplete = errors.New("some of it could not be crawled")

// Crawler crawls portals into one archive.
type Crawler struct {
	archive *archive.Archive
	options Options
	client  *fetch.Client
	log     *slog.Logger
	sites   map[string]*site.Profile // guarded by mu
	parsing chan struct{}            // one large page is parsed at a time
	began   time.Time
	now     func() time.Time
	horizon time.Duration // a pass waits this long for a retry

	mu       sync.Mutex
	wanted   map[string]string // what the operator wants of portals, see archive.Wanted
	wishes   int64             // the number of wishes that wanted knows
	passes   map[string]*pass
	sessions map[string]*fetch.Session // cookies, by site
	totals   map[string]*SiteSummary
}

// New returns a Crawler that writes to a; the caller closes a after Run.
func New(a *archive.Archive, o Options) *Crawler {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Workers <= 0 {
		o.Workers = defaultWorkers
	}
	c := &Crawler{
		archive: a, options: o, log: o.Log,
		began: time.Now(), now: time.Now, horizon: horizon, sites: map[string]*site.Profile{}, parsing: make(chan struct{}, 1),
		passes: map[string]*pass{}, sessions: map[string]*fetch.Session{}, totals: map[string]*SiteSummary{},
	}
	for _, p := range o.Sites {
		c.sites[p.ID] = p
	}
	o.Fetch.Robots = c.robotsMemory()
	c.client = fetch.New(o.Fetch)
	return c
}

// Run crawls until nothing more is due soon, or with Every until ctx ends,
// which is no error. The summary is complete in any case; an error that wraps
// ErrIncomplete says which portals had failures, others stopped the run.
func (c *Crawler) Run(ctx context.Context) (Summary, error) {
	defer c.client.Close()
	sole, err := c.archive.Crawl(ctx)
	if err != nil {
		return Summary{}, fmt.Errorf("crawl: %w", err)
	}
	defer sole.Close()
	for _, begin := range []func() error{
		func() error { return c.archive.FinishWishes(ctx) },
		func() error { return c.plan(ctx, c.options.Sites) },
		func() error { return c.hasten(ctx) },
	} {
		if err := c.patiently(ctx, begin); err != nil {
			return Summary{}, fmt.Errorf("crawl: %w", err)
		}
	}
	err = c.loop(ctx)
	if ctx.Err() == nil { // an interrupted pass stays open in the archive and is gone on with by the next run
		for _, one := range c.openPasses() {
			c.endPass(context.WithoutCancel(ctx), one)
		}
	}
	if err == nil {
		err = c.addWaiting(context.WithoutCancel(ctx))
	}
	summary := c.summary()
	if err == nil {
		err = summary.err()
	}
	return summary, err
}

// plan enters the portals and their listings.
func (c *Crawler) plan(ctx context.Context, profiles []*site.Profile) error {
	wanted, _, err := c.archive.Wanted(ctx)
	if err != nil {
		return err
	}
	for _, p := range profiles {
		if err := c.archive.PutSite(ctx, archive.Site{
			ID: p.ID, Name: p.Name, Province: p.Province, Family: p.Family,
			URL: first(p.Listings), Sample: p.Sample, Paused: p.Paused,
		}); err != nil {
			return fmt.Errorf("site %s: %w", p.ID, err)
		}
		if p.Paused || wanted[p.ID] == "removed" {
			continue
		}
		if _, err := c.archive.Enqueue(ctx, c.roots(p)...); err != nil {
			return fmt.Errorf("site %s: %w", p.ID, err)
		}
	}
	return nil
}

// hasten makes due what the operator wants to see now: failures that wait, on
// portals with an alarm also what was said to be gone, articles read before.
func (c *Crawler) hasten(ctx context.Context) error {
	active, err := c.active(ctx)
	if err != nil || !c.options.Now || len(active) == 0 {
		return err
	}
	sites, err := c.archive.Sites(ctx)
	if err != nil {
		return err
	}
	for _, s := range sites {
		if !slices.Contains(active, s.ID) {
			continue
		}
		if _, err := c.archive.Retry(ctx, c.now(), s.Alarm != "", s.ID); err != nil {
			return fmt.Errorf("site %s: %w", s.ID, err)
		}
	}
	if c.options.Recheck {
		_, err = c.archive.Revisit(ctx, c.now(), c.options.Since, active...)
	}
	return err
}

// roots are the first pages of a portal's listings and feeds.
func (c *Crawler) roots(p *site.Profile) []archive.Request {
	var all []archive.Request
	add := func(kind archive.Kind, addresses []string) {
		for _, address := range addresses {
			all = append(all, archive.Request{
				Site: p.ID, URL: address, Kind: kind, Priority: archive.NewListing,
				Due: c.now(), Again: c.options.Now,
			})
		}
	}
	add(archive.Listing, p.Listings)
	add(archive.Feed, p.Feeds)
	return all
}

// robotsMemory keeps robots.txt files in the archive.
func (c *Crawler) robotsMemory() fetch.RobotsMemory {
	return fetch.RobotsMemory{
		Load: func(ctx context.Context, origin string) ([]byte, time.Time, bool) {
			rules, err := c.archive.Robots(ctx, origin)
			return []byte(rules.Body), rules.Until, err == nil
		},
		Save: func(ctx context.Context, origin string, status int, text []byte, until time.Time) error {
			return c.archive.SetRobots(ctx, origin, archive.Rules{Status: status, Body: strings.ToValidUTF8(string(text), "\uFFFD"), Until: until})
		},
	}
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}
