package answer

import (
	"context"
	"maps"
	"slices"
	"time"

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
	StateMoved     State = "moved"     // it was no province then: another one had its land
)

// Coverage is how many of the bulletins of a question there are by province and
// quarter, and what an absence means.
type Coverage struct {
	Found     Found          // the question, counted
	Provinces []string       // slugs, those with portals or bulletins
	Quarters  []string       // without gaps, oldest first
	Totals    map[string]int // by province, of any quarter or none
	counts    map[[2]string]int
	portals   []bulletin.SiteStatus             // that the question is put to
	near      map[string][]*bulletin.SiteStatus // by province of any time whose land they are of
	asked     quarterRange
}

// Cell is one province in one quarter.
type Cell struct {
	State State
	Count int
	Moved string // of StateMoved: the province that had its land
}

// CoverageParams are the parameters of a map.
var CoverageParams = WithFacets("verbatim", "from", "to", "lang")

// Coverage counts the bulletins of a question in every province and quarter, in
// the reading that its search counts.
func (s *Service) Coverage(ctx context.Context, p Params) (*Coverage, error) {
	found, err := s.Search(ctx, p.Counting(index.Province))
	if err != nil {
		return nil, err
	}
	c := &Coverage{Found: found, Totals: CountsOf(found.Result.Facets[index.Province]), asked: quartersAsked(found.Asked)}
	if c.counts, err = s.Index.Cross(ctx, found.Reading(), index.Province, index.Quarter); err != nil {
		return nil, SearchProblem(err, "q")
	}
	sources := found.Asked.Filters[index.Source]
	for _, site := range s.SiteSet(ctx).List {
		if len(sources) == 0 || slices.Contains(sources, site.ID) {
			c.portals = append(c.portals, site)
		}
	}
	c.place()
	for _, info := range bulletin.Provinces() {
		if c.asksFor(info) && (c.Totals[info.Slug] > 0 || len(c.Portals(info.Slug, "")) > 0) {
			c.Provinces = append(c.Provinces, info.Slug)
		}
	}
	c.span()
	return c, nil
}

// asksFor tells whether the filters of the question leave a province in.
func (c *Coverage) asksFor(p bulletin.ProvinceInfo) bool {
	then, now := c.Found.Asked.Filters[index.Province], c.Found.Asked.Filters[index.ProvinceNow]
	return (len(then) == 0 || slices.Contains(then, p.Slug)) && (len(now) == 0 || slices.Contains(now, p.Now))
}

// maxQuarters bounds the width of the map.
const maxQuarters = 60

// span finds the quarters from the oldest bulletin to the last crawl, as far as
// the question asks for them.
func (c *Coverage) span() {
	lo, hi := 0, 0
	take := func(q int) {
		if lo == 0 || q < lo {
			lo = q
		}
		hi = max(hi, q)
	}
	for i := range c.portals {
		for _, t := range []time.Time{c.portals[i].First, c.portals[i].Last, c.portals[i].LastCrawl} {
			if !t.IsZero() {
				take(min(max(quarterAt(t), c.asked.from), c.asked.to))
			}
		}
	}
	found := map[int]bool{}
	for pair := range c.counts {
		if q, ok := QuarterNumber(pair[1]); ok {
			found[q] = true
			take(q)
		}
	}
	for _, v := range c.asked.only {
		if q, ok := QuarterNumber(v); ok {
			take(q)
		}
	}
	for q := max(lo, hi-maxQuarters+1); q <= hi && lo > 0; q++ {
		if found[q] || c.asked.holds(q) {
			c.Quarters = append(c.Quarters, QuarterOf(q))
		}
	}
}

// Cell returns what is known of a province in a quarter, "" meaning any.
func (c *Coverage) Cell(province, quarter string) Cell {
	n := c.counts[[2]string{province, quarter}]
	if quarter == "" {
		n = c.Totals[province]
	}
	if n > 0 {
		return Cell{State: StateFound, Count: n}
	}
	if then := provinceIn(province, quarter); then != province {
		return Cell{State: StateMoved, Moved: then}
	}
	portals := c.Portals(province, quarter)
	if slices.ContainsFunc(portals, func(s *bulletin.SiteStatus) bool { return reaches(s, quarter) }) {
		return Cell{State: StateNone}
	}
	if slices.ContainsFunc(portals, func(s *bulletin.SiteStatus) bool { return s.State == "failing" }) {
		return Cell{State: StateFailing}
	}
	return Cell{State: StateUncrawled}
}

// Portals are those in which a province's bulletins of a quarter would be: its
// own and, of the quarters in which its land was theirs, those of the provinces
// before and after it.
func (c *Coverage) Portals(province, quarter string) []*bulletin.SiteStatus {
	var out []*bulletin.SiteStatus
	for _, s := range c.near[province] {
		if s.Province == province || provinceIn(s.Province, quarter) == province {
			out = append(out, s)
		}
	}
	return out
}

// place puts the portals to the provinces that may be theirs.
func (c *Coverage) place() {
	c.near = map[string][]*bulletin.SiteStatus{}
	for i := range c.portals {
		s := &c.portals[i]
		provinces := []string{s.Province, bulletin.ProvinceNow(s.Province), provinceIn(s.Province, "1976-Q1")}
		slices.Sort(provinces)
		for _, slug := range slices.Compact(provinces) {
			c.near[slug] = append(c.near[slug], s)
		}
	}
}

// provinceIn is the province to which the land of one belonged at the end of a
// quarter; itself for "".
func provinceIn(province, quarter string) string {
	q, ok := QuarterNumber(quarter)
	if !ok {
		return province
	}
	return bulletin.ProvinceAsOf(province, quarterStart(q+1).Add(-time.Second))
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

// WithoutQuarter is how many bulletins of a province name no quarter.
func (c *Coverage) WithoutQuarter(province string) int {
	n := c.Totals[province]
	for pair, count := range c.counts {
		if pair[0] == province {
			n -= count
		}
	}
	return n
}

// Top is the largest number of bulletins in one cell.
func (c *Coverage) Top() int {
	return slices.Max(slices.Concat(slices.Collect(maps.Values(c.counts)), []int{0}))
}
