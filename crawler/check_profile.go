package crawler

import (
	"context"
	"fmt"
	"net/http"

	"bantin/bulletin"
	"bantin/crawler/site"
)

// CheckProfile reads the first listing of a profile and its first bulletins
// just as a crawl would, storing nothing: what Check does once somebody has
// corrected what it found. An error means that the listing could not be read.
func CheckProfile(ctx context.Context, fetch site.Fetch, p site.Profile) (CheckReport, error) {
	if err := p.Validate(); err != nil {
		return CheckReport{}, err
	}
	page, err := fetch(ctx, site.Request{Method: http.MethodGet, URL: first(p.Listings)})
	if err != nil {
		return CheckReport{}, err
	}
	listing, err := p.Listing(page.URL, page.Body)
	if err != nil {
		return CheckReport{}, fmt.Errorf("listing: %w", err)
	}
	c := check{given: true, report: CheckReport{
		Family: p.Family, Province: p.Province, Listing: listing,
		Bulletins: []bulletin.Bulletin{}, Feeds: []string{}, Warnings: []string{}, Profile: &p,
	}}
	if len(listing.Items) == 0 {
		c.warn("the listing shows no item: correct select.item")
	}
	c.articles(ctx, fetch)
	if err := ctx.Err(); err != nil {
		return c.report, fmt.Errorf("check %s: %w", p.ID, err)
	}
	return c.report, nil
}
