// Package answer holds what every room of the service needs to answer a
// request: its parameters and its language, what the index finds for them, how
// values are called, what is known of portals, documents and gaps, and what is
// told when something is wrong. It writes no page, feed or API answer.
package answer

import (
	"log/slog"
	"net/netip"
	"time"

	"bantin/cache"
	"bantin/indexer/index"
	"bantin/searchd/alert"
)

// Config says what is asked and how people reach the service.
type Config struct {
	Index     index.Index
	Store     Store
	Absent    error        // what Store's errors wrap when it holds no such thing
	Log       *slog.Logger // never nil
	PublicURL string       // address that people use; empty takes it from each request
	Proxies   []netip.Prefix
	Searched  func(took time.Duration, total int) // told of every search
	Down      func() []string                     // names what is not well; may be nil
	Vain      *Vain                               // told of every question
	Follows   *alert.Readers                      // nil when nothing can be followed by mail
}

// Service answers questions out of one index and its archive. Its methods may
// run concurrently. New makes it.
type Service struct {
	Config
	Catalogues Catalogues

	sites     siteCache
	documents documentCache
	answers   cache.Of[string, Found]
	subjects  cache.Of[string, Subject]
	contexts  cache.Of[string, gathered] // of concordances
}

// New reads the catalogues.
func New(cfg Config) (*Service, error) {
	catalogues, err := LoadCatalogues(catalogueFiles)
	return &Service{Config: cfg, Catalogues: catalogues}, err
}
