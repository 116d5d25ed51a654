package embed

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"bantin/searchd/web/answer"

	"github.com/gin-gonic/gin"
)

// Sites says whose pages may search through the box of /embed.js. The
// zero value lets every page, within the general limit of each client.
type Sites struct {
	// Open lets pages search that name no site, beside those that do.
	Open bool `json:"open"`
	// Visitors is how many people must have asked a query in vain before a
	// report shows it; 0 is 5.
	Visitors int    `json:"visitors"`
	Sites    []Site `json:"sites"`
}

// Site is one customer: its public id, where its pages are and how much
// they may ask.
type Site struct {
	ID      string   `json:"id"`      // attribute site of the element
	Origins []string `json:"origins"` // as https://portal.example
	Rate    float64  `json:"rate"`    // requests a second for long, of all its visitors; 0 is no limit
	Burst   int      `json:"burst"`   // requests at once; 0 is four times the rate
	Daily   int      `json:"daily"`   // requests of one day in Vietnam; 0 is no limit
}

// leastVisitors is the least number of visitors that may make a query shown.
const leastVisitors = 2

// IDs are those of all sites.
func (e Sites) IDs() []string {
	return answer.Each(e.Sites, func(s Site) string { return s.ID })
}

// ReadSites reads the configuration of the embedding sites, a JSON
// object, and refuses what it does not know.
func ReadSites(data []byte) (Sites, error) {
	var e Sites
	if err := answer.ReadJSON(data, &e); err != nil {
		return e, fmt.Errorf("embedding sites: %w", err)
	}
	return e, e.check()
}

// check refuses a configuration that cannot be meant.
func (e Sites) check() error {
	if e.Visitors != 0 && e.Visitors < leastVisitors {
		return fmt.Errorf("embedding sites: visitors is %d: give at least %d, so that no one person's words are shown", e.Visitors, leastVisitors)
	}
	seen := map[string]bool{}
	for _, site := range e.Sites {
		switch {
		case !answer.NameForm.MatchString(site.ID):
			return fmt.Errorf("embedding sites: id %q: use a-z, 0-9, '.', '_' and '-'", site.ID)
		case seen[site.ID]:
			return fmt.Errorf("embedding sites: id %q is there twice", site.ID)
		case len(site.Origins) == 0:
			return fmt.Errorf("embedding site %s: origins are missing", site.ID)
		case site.Rate < 0 || site.Burst < 0 || site.Daily < 0:
			return fmt.Errorf("embedding site %s: a limit is below 0", site.ID)
		}
		seen[site.ID] = true
		for _, o := range site.Origins {
			if !isOrigin(o) {
				return fmt.Errorf("embedding site %s: origin %q: write it as https://portal.example, without a path", site.ID, o)
			}
		}
	}
	return nil
}

// isOrigin tells an origin as browsers send it.
func isOrigin(o string) bool {
	u, err := url.Parse(o)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && o == u.Scheme+"://"+strings.ToLower(u.Host)
}

// gate lets requests of embedded boxes pass, or not.
type gate struct {
	open    bool
	origins []string // of all sites
	sites   map[string]*quota
}

// quota is one site with what it has used up.
type quota struct {
	Site
	*answer.Quota
}

func newGate(e Sites) (*gate, error) {
	if err := e.check(); err != nil {
		return nil, err
	}
	g := &gate{open: e.Open || len(e.Sites) == 0, sites: map[string]*quota{}}
	for _, site := range e.Sites {
		g.sites[site.ID] = &quota{site, answer.NewQuota(site.Rate, site.Burst, site.Daily)}
		g.origins = append(g.origins, site.Origins...)
	}
	return g, nil
}

// admit decides about one request of the page at origin, "" for a page of
// ours, in the name of site id. It returns how long to wait when a quota is
// used up.
func (g *gate) admit(id, origin string, now time.Time) (wait time.Duration, problem error) {
	site, ok := g.sites[id]
	switch {
	case id == "" && !g.open && origin != "":
		return 0, answer.NewProblem("site-missing", nil)
	case id == "" || len(g.sites) == 0: // where nobody keeps a list an id means nothing
		return 0, nil
	case !ok:
		return 0, answer.BadParameter("site-unknown", "site", "")
	case origin != "" && !slices.Contains(site.Origins, origin):
		return 0, answer.NewProblem("origin-refused", nil)
	}
	if wait = site.Take(now); wait > 0 {
		return wait, answer.NewProblem("quota-spent", nil)
	}
	return 0, nil
}

// admit lets a request of an embedded box pass, or says why not.
func (s *Box) admit(c *gin.Context) error {
	id := c.Query("site")
	wait, err := s.gate.admit(id, c.GetHeader("Origin"), time.Now())
	if wait > 0 {
		c.Header("Retry-After", answer.RetryAfter(wait))
	}
	s.Vain.Request(id, err != nil)
	return err
}

// frameAncestors are the pages that may show the box in a frame.
func (g *gate) frameAncestors() string {
	if g.open {
		return "*"
	}
	return strings.Join(append([]string{"'self'"}, g.origins...), " ")
}
