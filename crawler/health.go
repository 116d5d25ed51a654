package crawler

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/url"
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

	tally
	misread  string // what of the profile does not fit a listing
	matched  bool   // it fits another
	streak   int    // equal failures in a row
	streakOf string // their reason
	listed   bool   // a listing's first page was asked for
	trouble  string // what was wrong with one
	why      string // last reason of a broken article
}

// openPass returns the pass of a portal, begun with its first claim.
func (c *Crawler) openPass(ctx context.Context, site string) (*pass, error) {
	c.mu.Lock()
	one := c.passes[site]
	c.mu.Unlock()
	if one != nil {
		return one, nil
	}
	id, err := c.archive.BeginPass(ctx, site, c.now())
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.passes[site] == nil {
		c.passes[site] = &pass{site: site, id: id, began: c.now()}
	}
	return c.passes[site], nil
}

func (c *Crawler) openPasses() []*pass {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Collect(maps.Values(c.passes))
}

// endPass closes a pass and judges the portal's health by it.
func (c *Crawler) endPass(ctx context.Context, one *pass) {
	c.mu.Lock()
	delete(c.passes, one.site)
	delete(c.sessions, one.site)
	seen := *one
	c.mu.Unlock()
	sites, err := c.archive.Sites(ctx)
	alarm := ""
	if at := slices.IndexFunc(sites, func(s bulletin.SiteStatus) bool { return s.ID == one.site }); at >= 0 { // it may have been removed meanwhile
		alarm = seen.alarm(sites[at], c.now())
	}
	if err == nil {
		err = c.archive.EndPass(ctx, seen.id, c.now(), alarm)
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
	case p.misread != "" && !p.matched:
		return p.misread
	case p.missed >= 3 && p.missed*2 > p.extracted:
		return fmt.Sprintf("a selector of the profile finds nothing in %d of %d bulletins, which were read without it: bantin site check proposes one that fits", p.missed, p.extracted)
	case status.Waiting >= heap:
		return waits(status)
	case p.gone >= heap && p.gone > p.extracted:
		return fmt.Sprintf("the portal says of %d of %d pages that nothing is there", p.gone, p.gone+read)
	case status.Missing >= heap && status.Missing >= status.Bulletins:
		return fmt.Sprintf("the portal says of %d addresses that nothing is there", status.Missing)
	case !p.listed && p.extracted == 0:
		return status.Alarm // nothing was asked that could end it
	}
	return silence(status.Yield, now)
}

// silent begins the alarm of a portal that brings nothing new any more.
const silent = "nothing new since "

// Silent tells whether an alarm is of a portal that can be read and has
// stopped to bring something new.
func Silent(alarm string) bool { return strings.HasPrefix(alarm, silent) }

// heap is how many failures that wait make an alarm.
const heap = 3

// waits says what of a portal waits and until when.
func waits(s bulletin.SiteStatus) string {
	return fmt.Sprintf("%d to be tried again, the next at %s: %s", s.Waiting, s.WaitingUntil.In(bulletin.Zone).Format("2006-01-02 15:04"), s.Trouble)
}

// addWaiting adds to the summary what waits in the archive, whether or not this
// run met it: a pass in which nothing was due must not look like a good one.
func (c *Crawler) addWaiting(ctx context.Context) error {
	sites, err := c.archive.Sites(ctx)
	if err != nil {
		return err
	}
	held, err := c.archive.Held(ctx, c.now(), c.now().Add(c.horizon))
	if err != nil {
		return err
	}
	for _, s := range sites {
		p := c.profile(s.ID)
		if p == nil || p.Paused {
			continue
		}
		c.mu.Lock()
		if s.Alarm != "" && !Silent(s.Alarm) {
			c.total(s.ID)
		}
		if s.Waiting > 0 {
			c.total(s.ID).Waiting = waits(s)
		}
		for host, until := range held {
			if p.Allows(&url.URL{Scheme: "http", Host: host}) && c.total(s.ID).waiting == "" {
				c.total(s.ID).waiting = "the server is left alone until " + until.In(bulletin.Zone).Format("2006-01-02 15:04")
			}
		}
		if t := c.totals[s.ID]; t != nil {
			t.Alarm = cmp.Or(t.Alarm, s.Alarm)
			if t.Waiting != "" {
				c.log.Warn("failures wait", "site", s.ID, "what", t.Waiting)
			}
		}
		c.mu.Unlock()
	}
	return nil
}

// streak counts the equal failures in a row of the job's portal.
func (j *job) streak(out *archive.Outcome) int {
	p := j.pass
	if p == nil || j.listing() || j.news.skipped || out.Err != "" && !j.news.final {
		return 0
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	switch {
	case out.Err == "":
		p.streak = 0
	case out.Trouble == p.streakOf:
		p.streak++
	default:
		p.streak, p.streakOf = 1, out.Trouble
	}
	return p.streak
}

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
