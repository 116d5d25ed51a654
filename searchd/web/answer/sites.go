package answer

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"strings"
	"sync"
	"time"

	"bantin/bulletin"
)

// sitesAge is for how long the portals' states are taken as they were.
const sitesAge = 3 * time.Second

// SiteSet is the state of every portal at one moment; one that calls itself
// nothing is named after its host.
type SiteSet struct {
	List     []bulletin.SiteStatus
	byID     map[string]*bulletin.SiteStatus
	Revision string // changes with the states
	read     time.Time
}

// siteCache spares the archive a question with every request.
type siteCache struct {
	mu  sync.Mutex
	set SiteSet
}

// SiteSet returns the portals as they are or, when the archive cannot say, as
// they were.
func (s *Service) SiteSet(ctx context.Context) SiteSet {
	s.sites.mu.Lock()
	defer s.sites.mu.Unlock()
	if time.Since(s.sites.set.read) < sitesAge {
		return s.sites.set
	}
	list, err := s.Store.Sites(Lasting(ctx))
	if err != nil {
		s.Log.Warn("portals unknown", "error", err)
		return s.sites.set
	}
	s.sites.set = newSiteSet(list)
	return s.sites.set
}

func newSiteSet(list []bulletin.SiteStatus) SiteSet {
	set := SiteSet{List: list, byID: map[string]*bulletin.SiteStatus{}, read: time.Now()}
	for i := range list {
		one := &list[i]
		if u, err := url.Parse(one.URL); one.Name == "" && err == nil {
			one.Name = strings.TrimPrefix(u.Hostname(), "www.")
		}
		one.Name = cmp.Or(one.Name, one.ID)
		set.byID[one.ID] = one
	}
	if data, err := json.Marshal(list); err == nil {
		sum := sha256.Sum256(data)
		set.Revision = hex.EncodeToString(sum[:8])
	}
	return set
}

// Name returns what a portal calls itself, else its host.
func (set SiteSet) Name(id string) string {
	if site, ok := set.byID[id]; ok {
		return site.Name
	}
	return id
}

// Sample tells whether a portal is part of the demonstration.
func (set SiteSet) Sample(id string) bool {
	site, ok := set.byID[id]
	return ok && site.Sample
}

// Samples tells whether "all", "some" or none ("") of the portals are part of
// the demonstration.
func (set SiteSet) Samples() string {
	n := 0
	for i := range set.List {
		if set.List[i].Sample {
			n++
		}
	}
	switch n {
	case 0:
		return ""
	case len(set.List):
		return "all"
	}
	return "some"
}
