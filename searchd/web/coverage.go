package web

import (
	"context"
	"slices"
	"time"

	"bantin/bulletin"
	"bantin/indexer/index"
)

// cellState tells what is known of one province in one quarter.
type cellState string

// The states of a cell.
const (
	stateFound     cellState = "found"     // there are bulletins
	stateNone      cellState = "none"      // its portals were crawled and have none
	stateFailing   cellState = "failing"   // its portals could not be read
	stateUncrawled cellState = "uncrawled" // no portal of it was crawled that far
)

// coverage is how many bulletins there are by province and quarter, and what
// an absence means.
type coverage struct {
	provinces []string // slugs, those with portals or bulletins
	quarters  []string // without gaps, oldest first
	counts    map[[2]string]int
	totals    map[string]int
	sites     map[string][]*bulletin.SiteStatus // by province
}

func (s *server) coverage(ctx context.Context) (*coverage, error) {
	counts, err := s.Index.Cross(ctx, index.Query{}, index.Province, index.Quarter)
	if err != nil {
		return nil, err
	}
	c := &coverage{counts: counts, totals: map[string]int{}, sites: map[string][]*bulletin.SiteStatus{}}
	set := s.siteSet(ctx)
	for i := range set.list {
		site := &set.list[i]
		c.sites[site.Province] = append(c.sites[site.Province], site)
	}
	for pair, n := range counts {
		c.totals[pair[0]] += n
	}
	for _, p := range bulletin.Provinces() {
		if c.totals[p.Slug] > 0 || len(c.sites[p.Slug]) > 0 {
			c.provinces = append(c.provinces, p.Slug)
		}
	}
	c.span(set.list)
	return c, nil
}

// maxQuarters bounds the width of the map.
const maxQuarters = 60

// span finds the quarters from the oldest to the newest bulletin.
func (c *coverage) span(sites []bulletin.SiteStatus) {
	lo, hi := 0, 0
	take := func(q int) {
		if lo == 0 || q < lo {
			lo = q
		}
		hi = max(hi, q)
	}
	for pair := range c.counts {
		if q, ok := quarterNumber(pair[1]); ok {
			take(q)
		}
	}
	for i := range sites {
		if !sites[i].Last.IsZero() {
			take(quarterAt(sites[i].Last))
		}
	}
	if lo == 0 {
		return
	}
	for q := max(lo, hi-maxQuarters+1); q <= hi; q++ {
		c.quarters = append(c.quarters, quarterOf(q))
	}
}

// quarterAt is the number of the quarter of a time.
func quarterAt(t time.Time) int {
	t = t.In(bulletin.Zone)
	return t.Year()*4 + (int(t.Month())-1)/3
}

// cell returns the state of a province in a quarter, "" meaning any, with its
// number of bulletins.
func (c *coverage) cell(province, quarter string) (cellState, int) {
	n := c.counts[[2]string{province, quarter}]
	if quarter == "" {
		n = c.totals[province]
	}
	if n > 0 {
		return stateFound, n
	}
	sites := c.sites[province]
	if len(sites) == 0 {
		return stateUncrawled, 0
	}
	if slices.ContainsFunc(sites, func(s *bulletin.SiteStatus) bool { return reaches(s, quarter) }) {
		return stateNone, 0
	}
	if slices.ContainsFunc(sites, func(s *bulletin.SiteStatus) bool { return s.State == "failing" }) {
		return stateFailing, 0
	}
	return stateUncrawled, 0
}

// reaches tells whether a portal's archived bulletins go back beyond a quarter
// and its last good pass came after it began.
func reaches(s *bulletin.SiteStatus, quarter string) bool {
	if s.First.IsZero() || s.LastCrawl.IsZero() {
		return false
	}
	q, ok := quarterNumber(quarter)
	if !ok {
		return true
	}
	// A bulletin reports a quarter that may have ended some weeks before.
	last := s.LastCrawl
	if s.State == "failing" {
		last = s.Last
	}
	return quarterAt(s.First) <= q+1 && q <= quarterAt(last)
}
