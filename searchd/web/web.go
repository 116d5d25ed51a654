// Package web answers people and programs over HTTP: the pages, the JSON API,
// feeds, exports and metrics of one index and its archive. It keeps nothing
// but small caches; starting and stopping belongs to package searchd.
package web

import (
	"crypto/rand"
	"errors"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"

	"bantin/indexer/index"

	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"
)

// Config says what is served and to whom. Index and Store are required.
type Config struct {
	Index   index.Index
	Store   Store
	Missing error                 // what Store's errors wrap when it holds no such thing
	Log     *slog.Logger          // nil discards
	Metrics prometheus.Registerer // nil counts nothing

	PublicURL string   // address that people use, as https://bantin.example; empty takes it from each request
	Origins   []string // origins whose scripts may read the API; "*" is any

	Proxies []netip.Prefix // peers whose X-Forwarded headers are believed
	Rate    float64        // requests a second that one client may make for long; 0 is no limit
	Burst   int            // requests that a client may make at once

	EmbedSites EmbedSites     // whose pages may search through /embed.js
	Operator   *http.ServeMux // takes the addresses for the operator alone, nil for nobody
}

// server is what the handlers share.
type server struct {
	Config
	boot       string // tells this process's entity tags from another's
	catalogues map[string]*catalogue
	pages      pages
	assets     assets
	sites      siteCache
	documents  documentCache
	clients    throttler
	encodings  []encoding
	metrics    *metrics

	embed   embedFile
	gate    *embedGate
	report  *embedReport
	scopes  remembered[scopeCounts]
	answers remembered[answer]
	brief   remembered[embedJSON]
}

// New returns the handler of the whole service. It fails on a broken
// configuration only.
func New(cfg Config) (http.Handler, error) {
	if cfg.Index == nil || cfg.Store == nil {
		return nil, errors.New("web: an index and a store are needed")
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	s := &server{Config: cfg, boot: rand.Text(), encodings: newEncodings()}
	var err error
	if s.catalogues, err = loadCatalogues(); err != nil {
		return nil, err
	}
	if s.assets, err = loadAssets(); err != nil {
		return nil, err
	}
	if s.pages, err = loadPages(s.assets); err != nil {
		return nil, err
	}
	if s.metrics, err = newMetrics(cfg.Metrics, cfg.Index, cfg.Store); err != nil {
		return nil, err
	}
	if err := s.startEmbed(); err != nil {
		return nil, err
	}
	return s.router(), nil
}

// router lays out every route behind the middleware.
func (s *server) router() *gin.Engine {
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	r.HandleMethodNotAllowed = true
	r.RedirectTrailingSlash = true
	r.UseRawPath = true
	r.ContextWithFallback = true
	r.Use(s.identify, s.observe, s.recover, s.secure, s.cors, s.limit, s.throttle, s.compress)
	for _, rt := range s.routes() {
		handlers := gin.HandlersChain{s.deadline(rt)}
		if rt.cache == byGeneration {
			handlers = append(handlers, s.revalidate)
		}
		handlers = append(handlers, rt.handler)
		r.GET(rt.path, handlers...)
		r.HEAD(rt.path, handlers...)
	}
	r.OPTIONS("/api/v1/*path", s.preflight)
	for _, rt := range s.routes() {
		if forPrograms(rt.path) && !strings.HasPrefix(rt.path, "/api/") {
			r.OPTIONS(rt.path, s.preflight)
		}
	}
	r.NoRoute(func(c *gin.Context) { s.fail(c, newProblem("not-found", nil)) })
	r.NoMethod(s.noMethod)
	return r
}

// noMethod tells a wrong method from a wrong address, at which only preflights
// are answered.
func (s *server) noMethod(c *gin.Context) {
	h := c.Writer.Header()
	if !strings.Contains(h.Get("Allow"), http.MethodGet) {
		h.Del("Allow")
		s.fail(c, newProblem("not-found", nil))
		return
	}
	s.fail(c, newProblem("method-not-allowed", nil))
}

// caching tells how an answer may be kept by clients.
type caching int

const (
	uncached     caching = iota
	byGeneration         // for as long as the index answers the same
)

// route is one address of the service.
type route struct {
	path    string
	handler gin.HandlerFunc
	cache   caching
	streams bool // may take long: whole results
}

func (s *server) routes() []route {
	return []route{
		{path: "/healthz", handler: s.healthz},
		{path: "/readyz", handler: s.readyz},
		{path: "/assets/:version/:name", handler: s.asset},
		{path: "/api/v1/search", handler: s.api(s.apiSearch), cache: byGeneration},
		{path: "/api/v1/suggest", handler: s.api(s.apiSuggest), cache: byGeneration},
		{path: "/api/v1/bulletins/:id", handler: s.api(s.apiBulletin), cache: byGeneration},
		{path: "/api/v1/bulletins/:id/versions", handler: s.api(s.apiVersions), cache: byGeneration},
		{path: "/api/v1/bulletins/:id/original", handler: s.api(s.apiOriginal)},
		{path: "/api/v1/documents", handler: s.api(s.apiDocuments), cache: byGeneration},
		{path: "/api/v1/documents/:key", handler: s.api(s.apiDocument), cache: byGeneration},
		{path: "/api/v1/coverage", handler: s.api(s.apiCoverage), cache: byGeneration},
		{path: "/api/v1/sites", handler: s.api(s.apiSites), cache: byGeneration},
		{path: "/openapi.json", handler: s.api(s.apiDescription), cache: byGeneration},
		{path: "/search.atom", handler: s.api(s.whole(atom)), cache: byGeneration, streams: true},
		{path: "/search.json", handler: s.api(s.whole(jsonFeed)), cache: byGeneration, streams: true},
		{path: "/search.csv", handler: s.api(s.whole(csvTable)), cache: byGeneration, streams: true},
		{path: "/search.jsonl", handler: s.api(s.whole(jsonLines)), cache: byGeneration, streams: true},
		{path: "/search.bib", handler: s.api(s.whole(bibTeX)), cache: byGeneration, streams: true},
		{path: "/search.ris", handler: s.api(s.whole(risRecords)), cache: byGeneration, streams: true},
		{path: "/opensearch.xml", handler: s.page(s.openSearch), cache: byGeneration},
		{path: "/sitemap.xml", handler: s.page(s.sitemap), cache: byGeneration},
		{path: "/sitemap-:name", handler: s.page(s.sitemapPart), cache: byGeneration, streams: true},
		{path: "/robots.txt", handler: s.page(s.robots), cache: byGeneration},
		{path: "/", handler: s.page(s.homePage), cache: byGeneration},
		{path: "/search", handler: s.page(s.searchPage), cache: byGeneration},
		{path: "/bulletins/:id", handler: s.page(s.bulletinPage), cache: byGeneration},
		{path: "/documents/:key", handler: s.page(s.documentPage), cache: byGeneration},
		{path: "/provinces/:slug", handler: s.page(s.provincePage), cache: byGeneration},
		{path: "/coverage", handler: s.page(s.coveragePage), cache: byGeneration},
		{path: "/compare", handler: s.page(s.comparePage), cache: byGeneration},
		{path: "/status", handler: s.page(s.statusPage), cache: byGeneration},
		{path: "/help", handler: s.page(s.helpPage), cache: byGeneration},
		{path: embedAPI, handler: s.api(s.apiEmbed)},
		{path: embedScript, handler: s.page(s.embedLatest)},
		{path: embedTypes, handler: s.page(s.embedDeclarations)},
		// These pages have policies of their own, which a 304 would not carry.
		{path: "/embed", handler: s.page(s.embedPage)},
		{path: "/embed/:version", handler: s.page(s.embedVersion)},
		{path: embedFrame, handler: s.page(s.embedFramePage)},
		{path: embedPreview, handler: s.page(s.embedPreviewPage)},
	}
}

// api makes a handler of a function that may fail with a problem.
func (s *server) api(f func(*gin.Context) error) gin.HandlerFunc {
	return func(c *gin.Context) {
		err := wellFormed(c.Request.URL.RawQuery)
		if err == nil {
			err = f(c)
		}
		if err != nil {
			s.answerProblem(c, err)
		}
	}
}

// page does the same for people: what went wrong is a page.
func (s *server) page(f func(*gin.Context) error) gin.HandlerFunc {
	return func(c *gin.Context) {
		if err := f(c); err != nil {
			s.problemPage(c, err)
		}
	}
}

// fail ends a request with err in the form that its address promises.
func (s *server) fail(c *gin.Context, err error) {
	if forPrograms(c.Request.URL.Path) {
		s.answerProblem(c, err)
		return
	}
	s.problemPage(c, err)
}
