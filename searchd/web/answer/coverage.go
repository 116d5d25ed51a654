package answer

import (
	"context"
	"slices"

	"bantin/bulletin"
	"bantin/indexer/index"
)

// State tells what is known of one province in one quarter.
type State string

// The states of a cell.
const (
	StateFound     State = "found"     // there are bulletins
	StateNone      State = "none"      // its portals were crawled and have none
	StateFailing   State = "failing"   // its portals could not be read
	StateUncrawled State = "uncrawled" // no portal of it was crawled that far
)

// Coverage is how many bulletins there are by province and quarter, and what
// an absence means.
type Coverage struct {
	Provinces []string // slugs, those with portals or bulletins
	Quarters  []string // without gaps, oldest first
	counts    map[[2]string]int
	Totals    map[string]int
	Sites     map[string][]*bulletin.SiteStatus // by province
}

// Coverage counts the bulletins of every province and quarter.
func (s *Service) Coverage(ctx context.Context) (*Coverage, error) {
	counts, err := s.Index.Cross(ctx, index.Query{}, index.Province, index.Quarter)
	if err != nil {
		return nil, err
	}
	c := &Coverage{counts: counts, Totals: map[string]int{}, Sites: map[string][]*bulletin.SiteStatus{}}
	set := s.SiteSet(ctx)
	for i := range set.List {
		site := &set.List[i]
		c.Sites[site.Province] = append(c.Sites[site.Province], site)
	}
	for pair, n := range counts {
		c.Totals[pair[0]] += n
	}
	for _, p := range bulletin.Provinces() {
		if c.Totals[p.Slug] > 0 || len(c.Sites[p.Slug]) > 0 {
			c.Provinces = append(c.Provinces, p.Slug)
		}
	}
	c.span(set.List)
	return c, nil
}

// maxQuarters bounds the width of the map.
const maxQuarters = 60

// span finds the quarters from the oldest to the newest bulletin.
func (c *Coverage) span(sites []bulletin.SiteStatus) {
	lo, hi := 0, 0
	take := func(q int) {
		if lo == 0 || q < lo {
			lo = q
		}
		hi = max(hi, q)
	}
	for pair := range c.counts {
		if q, ok := QuarterNumber(pair[1]); ok {
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
		c.Quarters = append(c.Quarters, QuarterOf(q))
	}
}

// Cell returns the state of a province in a quarter, "" meaning any, with its
// number of bulletins.
func (c *Coverage) Cell(province, quarter string) (State, int) {
	n := c.counts[[2]string{province, quarter}]
	if quarter == "" {
		n = c.Totals[province]
	}
	if n > 0 {
		return StateFound, n
	}
	sites := c.Sites[province]
	if len(sites) == 0 {
		return StateUncrawled, 0
	}
	if slices.ContainsFunc(sites, func(s *bulletin.SiteStatus) bool { return reaches(s, quarter) }) {
		return StateNone, 0
	}
	if slices.ContainsFunc(sites, func(s *bulletin.SiteStatus) bool { return s.State == "failing" }) {
		return StateFailing, 0
	}
	return StateUncrawled, 0
}

// reaches tells whether a portal's archived bulletins go back beyond a quarter
// and its last good pass came after it began.
func reaches(s *bulletin.SiteStatus, quarter string) bool {
	if s.First.IsZero() || s.LastCrawl.IsZero() {
		return false
	}
	q, ok := QuarterNumber(quarter)
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

// Top is the largest number of bulletins in one cell.
func (c *Coverage) Top() int {
	n := 0
	for _, count := range c.counts {
		n = max(n, count)
	}
	return n
}
