package web

import (
	"strconv"
	"time"

	"bantin/indexer/index"
	"bantin/searchd/web/answer"

	"github.com/prometheus/client_golang/prometheus"
)

// metrics are the counts that an operator watches.
type metrics struct {
	requests  *prometheus.CounterVec
	seconds   *prometheus.HistogramVec
	searches  prometheus.Histogram
	inFlight  prometheus.Gauge
	throttled prometheus.Counter
	empty     prometheus.Counter
}

// newMetrics makes the metrics and, unless r is nil, registers them.
func newMetrics(r prometheus.Registerer, ix index.Index, store answer.Store) (*metrics, error) {
	buckets := []float64{.001, .0025, .005, .01, .02, .05, .1, .25, .5, 1, 2.5, 10}
	m := &metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "bantin_http_requests_total", Help: "Requests answered, by route, method and status.",
		}, []string{"route", "method", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "bantin_http_request_seconds", Help: "Time to answer, by route.", Buckets: buckets,
		}, []string{"route"}),
		searches: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "bantin_search_seconds", Help: "Time that the index took for a search.", Buckets: buckets,
		}),
		inFlight:  prometheus.NewGauge(prometheus.GaugeOpts{Name: "bantin_http_in_flight", Help: "Requests being answered."}),
		throttled: prometheus.NewCounter(prometheus.CounterOpts{Name: "bantin_http_throttled_total", Help: "Requests refused by the rate limit."}),
		empty:     prometheus.NewCounter(prometheus.CounterOpts{Name: "bantin_searches_empty_total", Help: "Searches that found nothing."}),
	}
	if r == nil {
		return m, nil
	}
	generation := prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "bantin_index_generation", Help: "Changes whenever a search could answer differently.",
	}, func() float64 { return float64(ix.Generation()) })
	for _, c := range []prometheus.Collector{m.requests, m.seconds, m.searches, m.inFlight, m.throttled, m.empty, generation, newPortalMetrics(store)} {
		if err := r.Register(c); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// begin counts a request in; the function returned counts it out.
func (m *metrics) begin() func(route, method string, status int, took time.Duration) {
	m.inFlight.Inc()
	return func(route, method string, status int, took time.Duration) {
		m.inFlight.Dec()
		m.requests.WithLabelValues(route, knownMethod(method), strconv.Itoa(status)).Inc()
		m.seconds.WithLabelValues(route).Observe(took.Seconds())
	}
}

func (m *metrics) searched(took time.Duration, total int) {
	m.searches.Observe(took.Seconds())
	if total == 0 {
		m.empty.Inc()
	}
}
