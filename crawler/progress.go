package crawler

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"bantin/crawler/archive"
)

// Event is the state of one portal's crawl after something happened there.
type Event struct {
	Site      string
	URL       string // last address asked for
	Pages     int    // fetched in this run
	Bulletins int    // new in this run
	Changed   int
	Failed    int
	Rate      float64   // pages a minute
	Waiting   time.Time // the portal asked to be left alone until then; zero when not
	Err       string    // of the last exchange
	Done      bool      // nothing more to do for now
	Alarm     string    // with Done: what is wrong with the portal
}

// SiteSummary is what a run brought from one portal.
type SiteSummary struct {
	ID        string
	Pages     int // fetched
	Found     int // items on listing pages
	New       int
	Changed   int
	Unchanged int
	Gone      int
	Skipped   int    // disallowed by robots.txt
	Failed    int    // given up for now
	Pending   int    // failed and to be tried again soon
	Waiting   string // what is to be tried again and when, of this run or earlier ones
	Alarm     string
	LastError string

	waiting string // why the portal could not be asked; empty when it could
}

// Summary is what a run brought, by portal id.
type Summary struct{ Sites []SiteSummary }

// err says which portals had failures.
func (s Summary) err() error {
	var bad []string
	for _, one := range s.Sites {
		switch {
		case one.Alarm != "":
			bad = append(bad, one.ID+" ("+one.Alarm+")")
		case one.Failed > 0:
			bad = append(bad, fmt.Sprintf("%s (%d failed, last: %s)", one.ID, one.Failed, one.LastError))
		case one.Pending > 0:
			bad = append(bad, fmt.Sprintf("%s (%d to be tried again, last: %s)", one.ID, one.Pending, one.LastError))
		case one.Waiting != "":
			bad = append(bad, one.ID+" ("+one.Waiting+")")
		case one.waiting != "":
			bad = append(bad, one.ID+" ("+one.waiting+")")
		}
	}
	if len(bad) == 0 {
		return nil
	}
	return fmt.Errorf("%w: %s", ErrIncomplete, strings.Join(bad, "; "))
}

func (c *Crawler) summary() Summary {
	c.mu.Lock()
	defer c.mu.Unlock()
	var s Summary
	for _, one := range c.totals {
		s.Sites = append(s.Sites, *one)
	}
	slices.SortFunc(s.Sites, func(a, b SiteSummary) int { return strings.Compare(a.ID, b.ID) })
	return s
}

// total returns the sums of a portal; Crawler.mu is held.
func (c *Crawler) total(id string) *SiteSummary {
	if c.totals[id] == nil {
		c.totals[id] = &SiteSummary{ID: id}
	}
	return c.totals[id]
}

// report counts a saved outcome and tells who watches.
func (j *job) report(out *archive.Outcome, saved archive.Saved) {
	j.count(out, saved)
	switch {
	case j.news.skipped:
		j.log.Info("not allowed", "site", j.claim.Site, "url", j.claim.URL, "reason", out.Err)
	case out.Err != "":
		j.log.Warn("fetch", "site", j.claim.Site, "url", j.claim.URL, "what", j.describe(), "attempt", j.claim.Attempts, "error", out.Err)
	default:
		j.log.Debug("fetched", "site", j.claim.Site, "url", j.claim.URL, "status", out.Status, "new", saved.New, "changed", saved.Changed, "links", saved.Links)
	}
	j.progress(func(e *Event) {
		e.Err = out.Err
		if out.Pace.OpenUntil.After(j.now()) {
			e.Waiting = out.Pace.OpenUntil
		}
	})
}

func (j *job) count(out *archive.Outcome, saved archive.Saved) {
	j.mu.Lock()
	defer j.mu.Unlock()
	t := j.total(j.claim.Site)
	if out.Status != 0 {
		t.Pages++
	}
	t.Found += out.Found
	t.New += saved.New
	t.Changed += saved.Changed
	t.Unchanged += saved.Unchanged
	t.Gone += j.news.gone
	switch {
	case j.news.skipped:
		t.Skipped++
	case out.Err != "":
		t.LastError = out.Err
	}
	retried := j.claim.Attempts > 1
	switch {
	case j.news.final && !j.news.skipped:
		t.Failed++
		fallthrough
	case out.Err == "":
		if retried && t.Pending > 0 {
			t.Pending--
		}
	case !retried && !j.news.skipped:
		t.Pending++
	}
	t.waiting = ""
	if p := j.pass; p != nil {
		p.add(j.news.tally)
		p.listed = p.listed || j.news.first
		p.matched = p.matched || j.news.first && j.news.misread == "" && out.Err == ""
		p.misread = cmp.Or(p.misread, j.news.misread)
		p.trouble = cmp.Or(j.news.trouble, p.trouble)
		if j.news.broken > 0 {
			p.why = out.Err
		}
	}
}

// progress tells an event of the job's portal.
func (j *job) progress(fill func(*Event)) {
	j.tell(j.claim.Site, func(e *Event) {
		e.URL = j.claim.URL
		fill(e)
	})
}

// tell hands one event to who watches; events come one after another.
func (c *Crawler) tell(site string, fill func(*Event)) {
	if c.options.Progress == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	t := c.total(site)
	e := Event{Site: site, Pages: t.Pages, Bulletins: t.New, Changed: t.Changed, Failed: t.Failed}
	e.Rate = float64(t.Pages) / max(time.Since(c.began), time.Second).Minutes()
	fill(&e)
	c.options.Progress(e)
}
