package web

import (
	"encoding/xml"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"bantin/bulletin"
)

// places of a site map or of its index.
type sitemapDoc struct {
	XMLName xml.Name
	Parts   []sitemapEntry `xml:"sitemap"`
	URLs    []sitemapEntry `xml:"url"`
}

type sitemapEntry struct {
	Loc     string `xml:"loc"`
	Lastmod string `xml:"lastmod"`
}

func readSitemap(t *testing.T, s *service, address string) sitemapDoc {
	t.Helper()
	w := s.get(t, address)
	var d sitemapDoc
	if err := xml.Unmarshal(w.Body.Bytes(), &d); err != nil || w.Code != http.StatusOK || d.XMLName.Space != "http://www.sitemaps.org/schemas/sitemap/0.9" {
		t.Fatal(address, w.Code, err, d.XMLName)
	}
	for _, e := range append(d.Parts, d.URLs...) {
		if _, err := time.Parse(time.DateOnly[:max(len("2006"), len(e.Lastmod))], e.Lastmod); e.Lastmod != "" && err != nil {
			t.Error(e)
		}
	}
	return d
}

// TestSitemap: the index leads to every page once, and every page is there.
func TestSitemap(t *testing.T) {
	s := demo(t, Config{PublicURL: "https://bantin.test"})
	bare := testBulletin(places[0], 2025, 1)
	bare.ID, bare.Published = "bare&", time.Time{}
	s.add(t, bare)
	var found []string
	for _, part := range readSitemap(t, s, "/sitemap.xml").Parts {
		path := strings.TrimPrefix(part.Loc, "https://bantin.test")
		for _, e := range readSitemap(t, s, path).URLs {
			found = append(found, strings.TrimPrefix(e.Loc, "https://bantin.test"))
		}
		if w := s.get(t, path, "If-None-Match", s.get(t, path).Header().Get("ETag")); w.Code != http.StatusNotModified {
			t.Error(path, w.Code)
		}
	}
	slices.Sort(found)
	if n := len(slices.Compact(slices.Clone(found))); n != len(found) {
		t.Errorf("%d of %d are there twice", len(found)-n, len(found))
	}
	want := []string{"/", "/meetings", "/coverage", "/trends", "/concordance", "/compare", "/status", "/help", "/embed", "/documents/35-ct-tw~2024-06-14", "/documents/73-nq-tu@quang-tri", "/bulletins/bare&"}
	for _, b := range testBulletins() {
		want = append(want, "/bulletins/"+b.ID)
	}
	for _, p := range bulletin.Provinces() {
		want = append(want, "/provinces/"+p.Slug)
	}
	for _, path := range want {
		if !slices.Contains(found, path) {
			t.Errorf("no %s", path)
		}
	}
	for _, path := range found {
		if w := s.get(t, path); w.Code != http.StatusOK {
			t.Error(path, w.Code)
		}
	}
	for _, path := range []string{"/sitemap-bulletins-2020-2.xml", "/sitemap-bulletins-1990-1.xml", "/sitemap-documents-2.xml", "/sitemap-x", "/sitemap-"} {
		if w := s.get(t, path); w.Code != http.StatusNotFound {
			t.Error(path, w.Code)
		}
	}
}
