package crawler

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"bantin/crawler/fetch"
	"bantin/crawler/site"
	"bantin/testdata/sites"
)

// handlerFetch asks a handler without a network and follows its redirects.
func handlerFetch(h http.Handler) site.Fetch {
	return func(ctx context.Context, r site.Request) (site.Page, error) {
		method, address, body := r.Method, r.URL, r.Form.Encode()
		for range 5 {
			req := httptest.NewRequestWithContext(ctx, method, address, strings.NewReader(body))
			if body != "" {
				req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			}
			for k, v := range r.Header {
				req.Header.Set(k, v)
			}
			rec := httptest.NewRecorder()
			h.ServeHTTP(rec, req)
			switch rec.Code {
			case http.StatusOK:
				page := site.Page{URL: req.URL, Body: fetch.Decode(rec.Body.Bytes(), rec.Header().Get("Content-Type"))}
				for _, c := range rec.Result().Cookies() {
					page.Cookies = append(page.Cookies, c.Name)
				}
				return page, nil
			case http.StatusMovedPermanently, http.StatusFound:
				next, err := req.URL.Parse(rec.Header().Get("Location"))
				if err != nil {
					return site.Page{}, err
				}
				method, address, body = http.MethodGet, next.String(), ""
			default:
				return site.Page{}, fmt.Errorf("%s: %d", address, rec.Code)
			}
		}
		return site.Page{}, fmt.Errorf("%s: too many redirects", address)
	}
}

// Only the listing's address is given: family, items, pager and articles must
// come out as the written profiles have them.
func TestCheckSamplePortals(t *testing.T) {
	portals, err := sites.Portals()
	if err != nil {
		t.Fatal(err)
	}
	for _, portal := range portals {
		t.Run(portal.Name, func(t *testing.T) {
			profile, err := site.Parse("profile.yaml", portal.Profile)
			if err != nil {
				t.Fatal(err)
			}
			var want []struct{ Address, Title, Published string }
			if err := json.Unmarshal(portal.Want, &want); err != nil {
				t.Fatal(err)
			}
			r, err := Check(t.Context(), handlerFetch(portal), profile.Listings[0], profile.Province)
			if err != nil {
				t.Fatal(err)
			}
			if !r.OK || r.Family != profile.Family || r.Province != profile.Province || r.Listing.Next == nil {
				t.Errorf("ok %v, family %s, province %s, next %v", r.OK, r.Family, r.Province, r.Listing.Next)
			}
			if len(r.Warnings) > 0 {
				t.Errorf("warnings: %q", r.Warnings)
			}
			if len(r.Bulletins) < min(5, len(r.Listing.Items)) {
				t.Fatalf("%d bulletins of %d items", len(r.Bulletins), len(r.Listing.Items))
			}
			for _, b := range r.Bulletins {
				i := slices.IndexFunc(want, func(w struct{ Address, Title, Published string }) bool {
					return w.Title == strings.ReplaceAll(b.Title, "uỷ", "ủy") && strings.HasPrefix(b.Published.Format("2006-01-02T15:04:05"), w.Published)
				})
				if i < 0 {
					t.Errorf("not wanted: %s %q", b.Published, b.Title)
				}
			}
			if err := r.Profile.Validate(); err != nil {
				t.Error(err)
			}
		})
	}
}
