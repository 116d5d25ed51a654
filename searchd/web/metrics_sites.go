package web

import (
	"context"
	"time"

	"bantin/searchd/web/answer"

	"github.com/prometheus/client_golang/prometheus"
)

// portalMetrics reads the state of every portal when it is asked for.
type portalMetrics struct {
	store                                               answer.Store
	bulletins, found, added, changed, failed, alarm, at *prometheus.Desc
}

func newPortalMetrics(s answer.Store) *portalMetrics {
	desc := func(name, help string) *prometheus.Desc {
		return prometheus.NewDesc("bantin_portal_"+name, help, []string{"site"}, nil)
	}
	return &portalMetrics{
		store:     s,
		bulletins: desc("bulletins", "Bulletins in the archive."),
		found:     desc("found", "Items that the last pass found."),
		added:     desc("new", "Bulletins that the last pass added."),
		changed:   desc("changed", "Bulletins that the last pass found changed."),
		failed:    desc("failed", "Pages that the last pass could not read."),
		alarm:     desc("alarm", "1 while something is wrong with the portal, such as a changed layout."),
		at:        desc("last_crawl_seconds", "When the last pass ended, in Unix time; 0 before the first."),
	}
}

// Describe implements prometheus.Collector.
func (p *portalMetrics) Describe(out chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{p.bulletins, p.found, p.added, p.changed, p.failed, p.alarm, p.at} {
		out <- d
	}
}

// Collect implements prometheus.Collector; an archive that does not answer
// gives no portals.
func (p *portalMetrics) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	sites, err := p.store.Sites(ctx)
	if err != nil {
		out <- prometheus.NewInvalidMetric(p.bulletins, err)
		return
	}
	for _, s := range sites {
		for d, v := range map[*prometheus.Desc]int{p.bulletins: s.Bulletins, p.found: s.Found, p.added: s.New, p.changed: s.Changed, p.failed: s.Failed} {
			out <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, float64(v), s.ID)
		}
		alarm, at := 0.0, 0.0
		if s.Alarm != "" {
			alarm = 1
		}
		if !s.LastCrawl.IsZero() {
			at = float64(s.LastCrawl.Unix())
		}
		out <- prometheus.MustNewConstMetric(p.alarm, prometheus.GaugeValue, alarm, s.ID)
		out <- prometheus.MustNewConstMetric(p.at, prometheus.GaugeValue, at, s.ID)
	}
}
