// Package web answers people and programs over HTTP: the pages, the JSON API,
// feeds, exports and metrics of one index and its archive. It keeps nothing
// but small caches; starting and stopping belongs to package searchd.
package web

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"bantin/indexer/index"
	"bantin/searchd/alert"
	"bantin/searchd/ask"
	"bantin/searchd/web/answer"
	"bantin/searchd/web/api"
	"bantin/searchd/web/embed"
	"bantin/searchd/web/export"
	"bantin/searchd/web/mcp"
	"bantin/searchd/web/page"

	"github.com/gin-gonic/gin"
	"github.com/klauspost/compress/gzhttp"
	"github.com/prometheus/client_golang/prometheus"
)

// Config says what is served and to whom. Index and Store are required.
type Config struct {
	Index   index.Index
	Store   answer.Store
	Missing error                 // what Store's errors wrap when it holds no such thing
	Log     *slog.Logger          // nil discards
	Metrics prometheus.Registerer // nil counts nothing

	Down func() []string // names what is not well, "crawler: why"; nil when nobody knows

	PublicURL string   // address that people use, as https://bantin.example; empty takes it from each request
	Origins   []string // origins whose scripts may read the API; none or "*" is any
	Keys      []Key    // programs that may ask more than a visitor

	Proxies []netip.Prefix // peers whose X-Forwarded headers are believed
	Rate    float64        // requests a second that one client may make for long; 0 is no limit
	Burst   int            // requests that a client may make at once

	EmbedSites embed.Sites    // whose pages may search through /embed.js
	Follows    *alert.Readers // tells readers by mail; nil lets nobody follow so
	Operator   *http.ServeMux // takes the addresses for the operator alone, nil for nobody
}

// server is the routing with its middleware, before the rooms that answer.
type server struct {
	config Config
	*answer.Service
	api     *api.API
	pages   *page.Pages
	exports *export.Exports
	box     *embed.Box

	boot    string // tells this process's entity tags from another's
	clients answer.Throttle
	askers  answer.Throttle // of those who want to follow something
	metrics *metrics
	quotas  map[[sha256.Size]byte]*answer.Quota // by the hash of a key
}

// Unanswered is where the operator reads what was looked for in vain.
const Unanswered = "/unanswered"

// New returns the handler of the whole service. It fails on a broken
// configuration only.
func New(cfg Config) (http.Handler, error) {
	if cfg.Index == nil || cfg.Store == nil {
		return nil, errors.New("web: an index and a store are needed")
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	s := &server{
		config: cfg, boot: rand.Text(),
		clients: answer.Throttle{PerSecond: cfg.Rate, Burst: max(cfg.Burst, 1)}, askers: answer.Throttle{PerSecond: 1. / 60, Burst: askBurst},
	}
	var err error
	if s.metrics, err = newMetrics(cfg.Metrics, cfg.Index, cfg.Store); err != nil {
		return nil, err
	}
	vain := answer.NewVain(cmp.Or(cfg.EmbedSites.Visitors, answer.ManyVisitors), time.Now(), cfg.EmbedSites.IDs()...)
	if s.Service, err = answer.New(answer.Config{
		Index: cfg.Index, Store: cfg.Store, Absent: cfg.Missing, Log: cfg.Log,
		PublicURL: cfg.PublicURL, Proxies: cfg.Proxies, Down: cfg.Down, Follows: cfg.Follows, Searched: s.metrics.searched, Vain: vain,
	}); err != nil {
		return nil, err
	}
	if s.pages, err = page.New(s.Service); err != nil {
		return nil, err
	}
	if s.box, err = embed.New(s.pages, cfg.EmbedSites); err != nil {
		return nil, err
	}
	if s.quotas, err = newQuotas(cfg.Keys); err != nil {
		return nil, err
	}
	s.exports = &export.Exports{Service: s.Service}
	s.api = &api.API{Service: s.Service, Exports: s.exports, Box: s.box}
	if cfg.Operator != nil {
		cfg.Operator.Handle("GET "+Unanswered, vain)
	}
	return compressed(s.router())
}

// minCompressed is the size under which an answer is sent as it is.
const minCompressed = 1024

// compressed encodes the answers of h, those that are text, as the client
// accepts.
func compressed(h http.Handler) (http.Handler, error) {
	wrap, err := gzhttp.NewWrapper(gzhttp.MinSize(minCompressed), gzhttp.ContentTypeFilter(func(kind string) bool {
		return strings.HasPrefix(kind, "text/") || strings.Contains(kind, "json") || strings.Contains(kind, "xml") ||
			strings.Contains(kind, "javascript") || strings.Contains(kind, "x-bibtex") || strings.Contains(kind, "research-info")
	}))
	if err != nil {
		return nil, err
	}
	return wrap(h), nil
}

// router lays out every route behind the middleware.
func (s *server) router() *gin.Engine {
	r := s.engine(s.identify, s.observe, s.recover, s.secure, s.cors, s.limit, s.throttle)
	inner := s.engine(s.recover)
	assistants := mcp.Handler(mcp.New(func(ctx context.Context, path string, v url.Values, out io.Writer) error {
		// What called for it has been counted already: past the limits of clients.
		return ask.Here(ctx, inner, path+"?"+v.Encode(), out)
	}, "1"))
	r.POST("/mcp", s.deadline(route{}), gin.WrapH(assistants))
	r.OPTIONS("/mcp", s.preflight("OPTIONS, POST"))
	for _, rt := range s.routes() {
		switch {
		case rt.posts && forPrograms(rt.path):
			r.OPTIONS(rt.path, s.preflight("OPTIONS, POST"))
		case forPrograms(rt.path):
			r.OPTIONS(rt.path, s.preflight("GET, HEAD, OPTIONS"))
		}
	}
	return r
}

// engine answers every address of the service behind some middleware.
func (s *server) engine(middleware ...gin.HandlerFunc) *gin.Engine {
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	r.HandleMethodNotAllowed = true
	r.RedirectTrailingSlash = true
	r.UseRawPath = true
	r.ContextWithFallback = true
	r.Use(middleware...)
	for _, rt := range s.routes() {
		handlers := gin.HandlersChain{s.deadline(rt)}
		if rt.cache == byGeneration {
			handlers = append(handlers, s.revalidate)
		}
		handlers = append(handlers, rt.handler)
		if rt.posts {
			r.POST(rt.path, handlers...)
			continue
		}
		r.GET(rt.path, handlers...)
		r.HEAD(rt.path, handlers...)
	}
	r.NoRoute(func(c *gin.Context) { s.fail(c, answer.NewProblem("not-found", nil)) })
	r.NoMethod(s.noMethod)
	return r
}

// noMethod tells a wrong method from a wrong address, at which only preflights
// are answered.
func (s *server) noMethod(c *gin.Context) {
	h := c.Writer.Header()
	if allow := h.Get("Allow"); !strings.Contains(allow, http.MethodGet) && !strings.Contains(allow, http.MethodPost) {
		h.Del("Allow")
		s.fail(c, answer.NewProblem("not-found", nil))
		return
	}
	s.fail(c, answer.NewProblem("method-not-allowed", nil))
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
	posts   bool // takes what is asked as the body of a POST
}

func (s *server) routes() []route {
	all := []route{
		{path: "/healthz", handler: s.api.ServeHealthz},
		{path: "/readyz", handler: s.api.ServeReadyz},
		{path: "/assets/:version/:name", handler: s.pages.Asset},
		{path: "/opensearch.xml", handler: s.people(s.exports.OpenSearch), cache: byGeneration},
		{path: "/sitemap.xml", handler: s.people(s.exports.Sitemap), cache: byGeneration},
		{path: "/sitemap-:name", handler: s.people(s.exports.SitemapPart), cache: byGeneration, streams: true},
		{path: "/robots.txt", handler: s.people(s.exports.Robots), cache: byGeneration},
		{path: "/", handler: s.people(s.pages.HomePage), cache: byGeneration},
		{path: "/search", handler: s.people(s.pages.SearchPage), cache: byGeneration},
		{path: "/bulletins/:id", handler: s.people(reading(s.pages.BulletinPage, "q", "lang")), cache: byGeneration},
		{path: "/documents/:key", handler: s.people(reading(s.pages.DocumentPage, "after", "lang")), cache: byGeneration},
		{path: "/provinces/:slug", handler: s.people(s.pages.ProvincePage), cache: byGeneration},
		{path: "/meetings", handler: s.people(reading(s.pages.MeetingsPage, answer.SeriesParams...)), cache: byGeneration},
		{path: "/meetings/:meeting", handler: s.people(reading(s.pages.MeetingPage, "lang"))}, // tells the day on which it is read
		{path: "/coverage", handler: s.people(reading(s.pages.CoveragePage, answer.CoverageParams...)), cache: byGeneration},
		{path: "/trends", handler: s.people(s.pages.TrendsPage), cache: byGeneration},
		{path: "/concordance", handler: s.people(reading(s.pages.ConcordancePage, answer.ConcordanceParams...)), cache: byGeneration},
		{path: "/compare", handler: s.people(reading(s.pages.ComparePage, "q", "lang")), cache: byGeneration},
		{path: "/status", handler: s.people(s.pages.StatusPage), cache: byGeneration},
		{path: "/help", handler: s.people(s.pages.HelpPage), cache: byGeneration},
		{path: embed.Script, handler: s.people(s.box.File)},
		{path: embed.Types, handler: s.people(s.box.File)},
		// These pages have policies of their own, which a 304 would not carry.
		{path: "/embed", handler: s.people(s.box.Page)},
		{path: embed.Loader, handler: s.people(s.box.File)},
		{path: "/embed/:version", handler: s.people(s.box.File)},
		{path: embed.Frame, handler: s.people(s.box.FramePage)},
		{path: embed.Preview, handler: s.people(s.box.PreviewPage)},
	}
	for _, op := range s.api.Operations() {
		if serve := op.Serve(); serve != nil && (!op.Follows || s.config.Follows != nil) {
			all = append(all, s.operation(op, serve))
		}
	}
	if s.config.Follows == nil {
		return all
	}
	return append(all,
		route{path: page.Follow, handler: s.people(s.pages.FollowPage)},
		route{path: page.Follow, handler: s.asked(s.people(s.pages.FollowAsk)), posts: true},
		route{path: page.FollowConfirm, handler: s.people(s.pages.ConfirmPage)},
		route{path: page.FollowConfirm, handler: s.people(s.pages.ConfirmDone), posts: true},
		route{path: page.FollowLeave, handler: s.people(s.pages.LeavePage)},
		route{path: page.FollowLeave, handler: s.people(s.pages.LeaveDone), posts: true},
	)
}

// operation is the route of an operation of the API.
func (s *server) operation(op api.Operation, serve func(*gin.Context) error) route {
	r := route{path: op.Path, handler: s.programs(serve), streams: op.Streams, posts: op.Takes != nil}
	if !op.Fresh && !r.posts {
		r.cache = byGeneration
	}
	switch {
	case op.Follows:
		r.handler = s.asked(r.handler)
	case op.Feed:
		r.handler = s.feed(r.handler)
	}
	return r
}

// programs makes a handler of a function that may fail with a problem.
func (s *server) programs(f func(*gin.Context) error) gin.HandlerFunc {
	return func(c *gin.Context) {
		err := answer.WellFormed(c.Request.URL.RawQuery)
		if err == nil {
			err = f(c)
		}
		if err != nil {
			s.AnswerProblem(c, err)
		}
	}
}

// feed answers programs with a feed, and a person who opens it with a page.
func (s *server) feed(program gin.HandlerFunc) gin.HandlerFunc {
	person := s.people(s.pages.FeedPage)
	return func(c *gin.Context) {
		c.Writer.Header().Add("Vary", "Accept")
		if page.WantsPage(c) {
			person(c)
			return
		}
		program(c)
	}
}

// reading reads the parameters that a page takes.
func reading(f func(*gin.Context, answer.Params) error, names ...string) func(*gin.Context) error {
	return func(c *gin.Context) error {
		p, err := answer.ReadParams(c.Request.URL.Query(), names, false)
		if err != nil {
			return err
		}
		return f(c, p)
	}
}

// people does the same for people: what went wrong is a page.
func (s *server) people(f func(*gin.Context) error) gin.HandlerFunc {
	return func(c *gin.Context) {
		if err := f(c); err != nil {
			s.pages.ProblemPage(c, err)
		}
	}
}

// fail ends a request with err in the form that its address promises.
func (s *server) fail(c *gin.Context, err error) {
	if forPrograms(c.Request.URL.Path) {
		s.AnswerProblem(c, err)
		return
	}
	s.pages.ProblemPage(c, err)
}
