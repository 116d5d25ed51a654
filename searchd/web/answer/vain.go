package answer

import (
	"cmp"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"maps"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"bantin/analyzers/vi"

	"github.com/gin-gonic/gin"
)

// Limits of one site's report.
const (
	maxReported = 5000 // queries remembered
	maxTyping   = 2000 // visitors in the middle of a query
	maxQuery    = 100  // runes of a query
	typingTime  = time.Minute
	keyTime     = 24 * time.Hour
)

// Vain counts what visitors looked for in vain: on the service's own pages and
// its API, whose id is empty, and on each site that embeds the box. It holds no address and no time of anybody: visitors are told apart by
// a keyed hash, the key is random, leaves the memory after a day and takes
// everything with it that was not yet asked by enough of them.
type Vain struct {
	least int // visitors before a query is shown

	mu     sync.Mutex
	key    [32]byte
	turned time.Time
	since  time.Time
	sites  map[string]*siteReport
}

type visitor uint64

type siteReport struct {
	requests, refused int
	queries           map[string]*vainQuery
	typing            map[visitor]typed
}

// vainQuery is a query that found nothing.
type vainQuery struct {
	count    int
	visitors map[visitor]bool // nil once there were enough
}

// typed is what a visitor last looked for in vain, perhaps half a word.
type typed struct {
	text string
	at   time.Time
}

// ManyVisitors is how many must have asked a query before it is shown.
const ManyVisitors = 5

// NewVain counts for the service and for sites with the given ids; least is
// how many visitors must have asked a query before it is shown.
func NewVain(least int, now time.Time, sites ...string) *Vain {
	r := &Vain{least: least, since: now, sites: map[string]*siteReport{}}
	for _, id := range append([]string{""}, sites...) {
		r.sites[id] = &siteReport{queries: map[string]*vainQuery{}, typing: map[visitor]typed{}}
	}
	r.turn(now)
	return r
}

// turn takes a new key; what the old one told apart goes with it.
func (r *Vain) turn(now time.Time) {
	if now.Sub(r.turned) < keyTime {
		return
	}
	_, _ = rand.Read(r.key[:]) // never fails
	r.turned = now
	for _, site := range r.sites {
		clear(site.typing)
		maps.DeleteFunc(site.queries, func(_ string, q *vainQuery) bool { return q.visitors != nil })
	}
}

// Request counts a request in a site's name.
func (r *Vain) Request(site string, refused bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if s, ok := r.sites[site]; ok {
		s.requests++
		if refused {
			s.refused++
		}
	}
}

// Note takes note of a query and whether it found anything.
func (r *Vain) Note(site string, client netip.Addr, text string, found bool, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s, ok := r.sites[site]
	text = plainQuery(text)
	if !ok || text == "" {
		return
	}
	r.turn(now)
	s.hear(r.visitor(client), typed{text, now}, found, r.least)
}

// Heard takes note of a search of the service itself.
func (s *Service) Heard(c *gin.Context, a Found) {
	if a.Params.Text != "" && a.Asked.After == "" {
		s.Vain.Request("", false)
		s.Vain.Note("", s.Client(c), a.Params.Text, a.Result.Total > 0 && a.Result.Relaxed == "", time.Now())
	}
}

func (r *Vain) visitor(client netip.Addr) visitor {
	m := hmac.New(sha256.New, r.key[:])
	m.Write(client.AsSlice())
	return visitor(binary.BigEndian.Uint64(m.Sum(nil)))
}

// plainQuery is a query without the differences that nobody means.
func plainQuery(text string) string {
	text = strings.ToLower(strings.Join(strings.Fields(vi.Clean(text)), " "))
	if runes := []rune(text); len(runes) > maxQuery {
		return string(runes[:maxQuery])
	}
	return text
}

// hear waits until a visitor has typed to the end: a query that is on the way
// to the next, or back from it, is no query of its own.
func (s *siteReport) hear(v visitor, now typed, found bool, least int) {
	last, had := s.typing[v]
	longer := had && strings.HasPrefix(now.text, last.text)
	shorter := had && strings.HasPrefix(last.text, now.text)
	if had && !longer && (!shorter || found) {
		s.count(v, last.text, least)
	}
	switch {
	case found:
		delete(s.typing, v)
	case shorter && !longer:
		s.typing[v] = typed{last.text, now.at}
	default:
		if len(s.typing) >= maxTyping {
			s.settle(now.at, least)
		}
		if had || len(s.typing) < maxTyping {
			s.typing[v] = now
		}
	}
}

// settle counts what visitors have stopped typing.
func (s *siteReport) settle(now time.Time, least int) {
	for v, t := range s.typing {
		if now.Sub(t.at) >= typingTime {
			s.count(v, t.text, least)
			delete(s.typing, v)
		}
	}
}

func (s *siteReport) count(v visitor, text string, least int) {
	q, ok := s.queries[text]
	if !ok {
		if len(s.queries) >= maxReported {
			return
		}
		q = &vainQuery{visitors: map[visitor]bool{}}
		s.queries[text] = q
	}
	q.count++
	if q.visitors == nil {
		return
	}
	if q.visitors[v] = true; len(q.visitors) >= least {
		q.visitors = nil
	}
}

// VainReport is what was looked for in vain.
type VainReport struct {
	Since    string       `json:"since"`
	Visitors int          `json:"visitors"` // fewer than these hide a query
	Sites    []SiteReport `json:"sites"`
}

// SiteReport is that of a site, the most frequent query first.
type SiteReport struct {
	ID         string       `json:"id"`
	Requests   int          `json:"requests"`
	Refused    int          `json:"refused"`
	Unanswered []QueryCount `json:"unanswered"`
	Hidden     int          `json:"hidden"` // queries of too few visitors
}

// QueryCount is a query and how often it was asked.
type QueryCount struct {
	Query string `json:"query"`
	Count int    `json:"count"`
}

// read returns the report.
func (r *Vain) read(now time.Time) VainReport {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.turn(now)
	out := VainReport{Since: r.since.UTC().Format(time.RFC3339), Visitors: r.least, Sites: []SiteReport{}}
	for _, id := range slices.Sorted(maps.Keys(r.sites)) {
		s := r.sites[id]
		s.settle(now, r.least)
		site := SiteReport{ID: id, Requests: s.requests, Refused: s.refused, Unanswered: []QueryCount{}}
		for text, q := range s.queries {
			if q.visitors != nil {
				site.Hidden++
				continue
			}
			site.Unanswered = append(site.Unanswered, QueryCount{text, q.count})
		}
		slices.SortFunc(site.Unanswered, func(a, b QueryCount) int {
			return cmp.Or(b.Count-a.Count, strings.Compare(a.Query, b.Query))
		})
		out.Sites = append(out.Sites, site)
	}
	return out
}

// ServeHTTP answers the operator with the report.
func (r *Vain) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_ = json.NewEncoder(w).Encode(r.read(time.Now())) // the operator is gone
}
