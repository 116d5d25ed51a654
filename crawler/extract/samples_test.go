package extract

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"bantin/crawler/site"
	"bantin/testdata/sites"
)

type wanted struct {
	Address   string   `json:"address"`
	Title     string   `json:"title"`
	Published string   `json:"published"`
	Author    string   `json:"author"`
	BodyHas   []string `json:"body_has"`
	BodyLacks []string `json:"body_lacks"`
}

// ask asks a sample portal without a network.
func ask(t testing.TB, p sites.Portal, r *site.Request) (page []byte, at *url.URL) {
	t.Helper()
	address := r.URL
	for range 3 {
		req := httptest.NewRequest(r.Method, address, strings.NewReader(r.Form.Encode()))
		if r.Form != nil {
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		rec := httptest.NewRecorder()
		p.ServeHTTP(rec, req)
		if rec.Code != http.StatusMovedPermanently {
			return rec.Body.Bytes(), req.URL
		}
		next, err := req.URL.Parse(rec.Header().Get("Location"))
		if err != nil {
			t.Fatal(err)
		}
		address, r = next.String(), &site.Request{Method: "GET"}
	}
	t.Fatalf("%s redirects for ever", r.URL)
	return nil, nil
}

func TestSamplePortals(t *testing.T) {
	portals, err := sites.Portals()
	if err != nil {
		t.Fatal(err)
	}
	fetched := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	for _, portal := range portals {
		t.Run(portal.Name, func(t *testing.T) {
			p, err := site.Parse("profile.yaml", portal.Profile)
			if err != nil {
				t.Fatal(err)
			}
			var want []wanted
			if err := json.Unmarshal(portal.Want, &want); err != nil {
				t.Fatal(err)
			}
			found := walk(t, portal, p)
			for _, w := range want {
				base, _ := url.Parse(p.Listings[0])
				u, err := base.Parse(w.Address)
				if err != nil {
					t.Fatal(err)
				}
				if key := p.Key(u); !slices.Contains(found, key) {
					t.Errorf("listing misses %s", w.Address)
				}
				page, at := ask(t, portal, &site.Request{Method: "GET", URL: u.String()})
				got, err := Article(p, at, page, fetched)
				if err != nil {
					t.Errorf("%s: %v", w.Address, err)
					continue
				}
				compare(t, w, got)
			}
			if len(found) != len(want) {
				t.Errorf("listings hold %d items, want %d", len(found), len(want))
			}
		})
	}
}

// walk follows a portal's listing to its end and returns the keys of its items.
func walk(t testing.TB, portal sites.Portal, p *site.Profile) []string {
	t.Helper()
	next := &site.Request{Method: "GET", URL: p.Listings[0]}
	var keys []string
	for pages := 0; next != nil; pages++ {
		if pages > 20 {
			t.Fatal("the listing does not end")
		}
		page, at := ask(t, portal, next)
		l, err := p.ListingAfter(next, at, page)
		if err != nil {
			t.Fatal(err)
		}
		fresh := 0
		for _, it := range l.Items {
			if !slices.Contains(keys, it.Key) {
				keys = append(keys, it.Key)
				fresh++
			}
		}
		if fresh == 0 {
			break
		}
		next = l.Next
	}
	return keys
}

func compare(t *testing.T, w wanted, got Result) {
	t.Helper()
	b := got.Bulletin
	if strings.ReplaceAll(b.Title, "uỷ", "ủy") != w.Title {
		t.Errorf("%s: title %q, want %q", w.Address, b.Title, w.Title)
	}
	if printed := b.Published.Format("2006-01-02T15:04:05"); !strings.HasPrefix(printed, w.Published) {
		t.Errorf("%s: published %s, want %s", w.Address, printed, w.Published)
	}
	if b.Author != w.Author {
		t.Errorf("%s: author %q, want %q", w.Address, b.Author, w.Author)
	}
	for _, s := range w.BodyHas {
		if !strings.Contains(b.Body, s) {
			t.Errorf("%s: body lacks %q:\n%s", w.Address, s, b.Body)
		}
	}
	for _, s := range w.BodyLacks {
		if strings.Contains(b.Body, s) {
			t.Errorf("%s: body has %q:\n%s", w.Address, s, b.Body)
		}
	}
	if !strings.HasPrefix(b.Body, b.Lead) {
		t.Errorf("%s: body does not begin with lead %q", w.Address, b.Lead)
	}
}
