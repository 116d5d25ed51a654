package crawler

import (
	"context"
	"fmt"
	"slices"
	"time"

	"bantin/crawler/archive"
	"bantin/crawler/site"
)

// heedEvery is how often a crawl that stays looks for wishes of the operator
// and for other profiles while it has nothing to do.
const heedEvery = time.Second

// heedful is the time to sleep until, early enough to see a wish.
func (c *Crawler) heedful(until time.Time) time.Time {
	next := c.now().Add(heedEvery)
	if c.options.Every == 0 || !until.IsZero() && until.Before(next) {
		return until
	}
	return next
}

// claim takes the next request of the portals that are crawled at this moment.
func (c *Crawler) claim(ctx context.Context) (*archive.Claim, time.Time, error) {
	sites, err := c.active(ctx)
	if err != nil || len(sites) == 0 {
		return nil, time.Time{}, err
	}
	return c.archive.Claim(ctx, c.now(), leaseTime, sites...)
}

// active are the ids of the portals to claim from: those with a profile that
// neither it nor the operator has paused.
func (c *Crawler) active(ctx context.Context) ([]string, error) {
	if err := c.heed(ctx); err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	var ids []string
	for id, p := range c.sites {
		if !p.Paused && c.wanted[id] == "" {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids, nil
}

// heed takes notice of the operator's wishes, when there are new ones.
func (c *Crawler) heed(ctx context.Context) error {
	number, err := c.archive.Wishes(ctx)
	if err != nil || c.wanted != nil && c.wishes == number { // only the loop's goroutine writes them
		return err
	}
	wanted, number, err := c.archive.Wanted(ctx)
	if err != nil {
		return err
	}
	// A portal may have been removed, forgotten and taken back since the last
	// look, which what was wanted then does not tell.
	idle, err := c.archive.Idle(ctx)
	if err != nil {
		return err
	}
	var back []*site.Profile
	c.mu.Lock()
	for id, p := range c.sites {
		if wanted[id] == "" && (c.wanted[id] == "removed" || slices.Contains(idle, id)) {
			back = append(back, p)
		}
	}
	c.mu.Unlock()
	if err := c.plan(ctx, back); err != nil {
		return err
	}
	c.mu.Lock()
	c.wanted, c.wishes = wanted, number
	c.mu.Unlock()
	return nil
}

// profile is a portal's profile; nil once it was taken away.
func (c *Crawler) profile(id string) *site.Profile {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.sites[id]
}

// SetSites gives a running crawl other profiles: those that are new or have
// changed take effect with the next claim, and a portal without one is left
// alone. It may be called at any time.
func (c *Crawler) SetSites(ctx context.Context, profiles []*site.Profile) error {
	sites := map[string]*site.Profile{}
	for _, p := range profiles {
		sites[p.ID] = p
	}
	// Known before they are planned: a wish that is granted in between finds them.
	c.mu.Lock()
	before := c.sites
	c.sites = sites
	c.mu.Unlock()
	if err := c.plan(ctx, profiles); err != nil {
		return fmt.Errorf("profiles: %w", err)
	}
	for id, p := range before {
		if sites[id] != nil {
			continue
		}
		left := *p
		left.Paused = true // nobody crawls it any more
		if err := c.plan(ctx, []*site.Profile{&left}); err != nil {
			return fmt.Errorf("profiles: %w", err)
		}
	}
	return nil
}
