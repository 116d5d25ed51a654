package crawler

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"bantin/bulletin"
	"bantin/crawler/archive"
)

// pass is one round over a portal as this run sees it; guarded by Crawler.mu.
type pass struct {
	site  string
	id    int64
	began time.Time

	extracted, broken, undated int
	listed                     bool   // a listing's first page was asked for
	trouble                    string // what was wrong with one
	why                        string // last reason of a broken article
}

// openPass returns the pass of a portal, begun with its first claim.
func (c *Crawler) openPass(ctx context.Context, site string) (*pass, error) {
	c.mu.Lock()
	one := c.passes[site]
	c.mu.Unlock()
	if one != nil {
		return one, nil
	}
	id, err := c.archive.BeginPass(ctx, site, time.Now())
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.passes[site] == nil {
		c.passes[site] = &pass{site: site, id: id, began: time.Now()}
	}
	return c.passes[site], nil
}

func (c *Crawler) openPasses() []*pass {
	c.mu.Lock()
	defer c.mu.Unlock()
	var open []*pass
	for _, one := range c.passes {
		open = append(open, one)
	}
	return open
}

// endPasses ends what is open at the end of a run. An interrupted pass stays
// open in the archive and is gone on with by the next run.
func (c *Crawler) endPasses(ctx context.Context, interrupted bool) {
	for _, one := range c.openPasses() {
		if !interrupted {
			c.endPass(ctx, one)
		}
	}
}

// endPass closes a pass and judges the portal's health by it.
func (c *Crawler) endPass(ctx context.Context, one *pass) {
	c.mu.Lock()
	delete(c.passes, one.site)
	seen := *one
	c.mu.Unlock()
	status, err := c.status(ctx, one.site)
	alarm := ""
	if err == nil {
		alarm = seen.alarm(status, time.Now())
		err = c.archive.EndPass(ctx, seen.id, time.Now(), alarm)
	}
	if err != nil {
		c.log.Error("pass not closed", "site", one.site, "error", err)
	}
	if alarm != "" {
		c.log.Warn("portal needs attention", "site", one.site, "alarm", alarm)
	}
	c.mu.Lock()
	c.total(one.site).Alarm = alarm
	c.mu.Unlock()
	c.tell(one.site, func(e *Event) { e.Done, e.Alarm = true, alarm })
}

func (c *Crawler) status(ctx context.Context, id string) (bulletin.SiteStatus, error) {
	sites, err := c.archive.Sites(ctx)
	if err != nil {
		return bulletin.SiteStatus{}, err
	}
	at := slices.IndexFunc(sites, func(s bulletin.SiteStatus) bool { return s.ID == id })
	if at < 0 {
		return bulletin.SiteStatus{}, fmt.Errorf("site %s: %w", id, archive.ErrNotFound)
	}
	return sites[at], nil
}

// alarm says what is wrong with a portal; empty when nothing is.
func (p *pass) alarm(status bulletin.SiteStatus, now time.Time) string {
	read := p.extracted + p.broken
	switch {
	case p.trouble != "":
		return "listing: " + p.trouble
	case p.broken >= 3 && p.broken*2 >= read:
		return fmt.Sprintf("no bulletin in %d of %d pages: %s", p.broken, read, p.why)
	case p.undated >= 5 && p.undated*2 >= p.extracted:
		return fmt.Sprintf("no date in %d of %d bulletins", p.undated, p.extracted)
	case !p.listed:
		return status.Alarm // nothing was asked that could end it
	}
	return silence(status.Yield, now)
}

// silent begins the alarm of a portal that brings nothing new any more.
const silent = "nothing new since "

// Silent tells whether an alarm is of a portal that can be read and has
// stopped to bring something new.
func Silent(alarm string) bool { return strings.HasPrefix(alarm, silent) }

// silence tells that a portal which used to bring something new has stopped: a
// listing whose layout changed looks like one without news.
func silence(yield []bulletin.YieldSample, now time.Time) string {
	var news []time.Time
	for i, sample := range yield {
		if sample.New > 0 && i > 0 { // the first pass is the harvest
			news = append(news, sample.At)
		}
	}
	if len(news) < 3 {
		return ""
	}
	var gaps []time.Duration
	for i := 1; i < len(news); i++ {
		gaps = append(gaps, news[i].Sub(news[i-1]))
	}
	slices.Sort(gaps)
	last := news[len(news)-1]
	if quiet := now.Sub(last); quiet > max(8*gaps[len(gaps)/2], 14*day) {
		return silent + last.In(bulletin.Zone).Format(time.DateOnly)
	}
	return ""
}
