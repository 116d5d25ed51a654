package extract

import (
	"encoding/json"
	"net/url"
	"testing"
	"time"

	"bantin/crawler/site"
	"bantin/testdata/sites"
)

// BenchmarkArticle reads one article of each sample portal in turn; the goal
// is at least 200 pages/s on one core.
func BenchmarkArticle(b *testing.B) {
	type job struct {
		p    *site.Profile
		at   *url.URL
		page []byte
	}
	portals, err := sites.Portals()
	if err != nil {
		b.Fatal(err)
	}
	var jobs []job
	for _, portal := range portals {
		p, err := site.Parse("profile.yaml", portal.Profile)
		if err != nil {
			b.Fatal(err)
		}
		var want []wanted
		if err := json.Unmarshal(portal.Want, &want); err != nil {
			b.Fatal(err)
		}
		base, _ := url.Parse(p.Listings[0])
		u, err := base.Parse(want[0].Address)
		if err != nil {
			b.Fatal(err)
		}
		page, at := ask(b, portal, &site.Request{Method: "GET", URL: u.String()})
		jobs = append(jobs, job{p, at, page})
	}
	fetched := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	for i := 0; b.Loop(); i++ {
		j := jobs[i%len(jobs)]
		if _, err := Article(j.p, j.at, j.page, fetched); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pages/s")
}
