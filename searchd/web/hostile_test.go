package web

import (
	"encoding/json"
	"encoding/xml"
	"net/http"
	"strings"
	"testing"
	"time"

	"bantin/bulletin"
	"bantin/crawler/archive"
)

const attack = `"><script>window.pwned=1;alert(1)</script><img src=x onerror="window.pwned=1"><mark onmouseover=alert(1)>`

// hostile is a bulletin with markup wherever a portal could put it.
func hostile() bulletin.Bulletin {
	body := "giao ban " + attack + "\n\nthực hiện 1" + attack + "\n\n</p></article><svg onload=alert(1)> </script> ]]> -->"
	b := bulletin.Bulletin{
		ID: "hostile", URL: "javascript:alert(document.domain)//" + attack, Site: "evil", Title: "giao ban " + attack, Author: "=cmd|' /C calc'!A0 " + attack,
		Published: time.Date(2020, 9, 25, 0, 0, 0, 0, bulletin.Zone), PublishedPrecision: bulletin.Day,
		Lead: attack, Body: body, EventDate: attack, Province: "tuyen-quang", ProvinceNow: "tuyen-quang",
		Period: bulletin.Period{Year: 2020, Quarter: 3, Basis: "x" + attack}, Kind: attack, Host: attack,
		Organizations: []string{attack, "mttq"},
		Attachments:   []bulletin.Attachment{{URL: "javascript:alert(1)", Name: attack, MediaType: attack, Flag: attack}},
	}
	b.Cites = []bulletin.Citation{
		{Key: "1-nq-tu@tuyen-quang", Label: attack, Type: attack, Issuer: attack, Province: attack, Date: attack, Text: "1", Start: strings.Index(body, "1"+attack), End: strings.Index(body, "1"+attack) + 1},
		{Key: "../../" + attack, Label: "2", Text: "?", Start: -5, End: 1 << 30},
		{Key: "3-nq-tw", Label: "3", Text: "?", Start: 9, End: 3, Field: "title"},
	}
	return b
}

var hostilePages = []string{
	"/", "/search?q=giao+ban", "/search?q=giao+ban&org=mttq&quarter=2020-Q3", "/bulletins/hostile?q=giao+ban", "/documents/1-nq-tu@tuyen-quang",
	"/provinces/tuyen-quang", "/meetings", "/coverage", "/status", "/compare?a=tuyen-quang&b=2020-Q3", "/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&province=lai-chau",
}

// TestHostileBulletin: markup from a portal is text in every form.
func TestHostileBulletin(t *testing.T) {
	s := newService(t, Config{}, hostile())
	for _, path := range append([]string{"/meetings.ics", "/meetings.atom", "/meetings.csv"}, hostilePages...) {
		w := s.get(t, path)
		body := w.Body.String()
		if w.Code != http.StatusOK {
			t.Errorf("%s: %d", path, w.Code)
		}
		for _, bad := range []string{"<script>", "<img", "<svg onload", "<mark on", `href="javascript:`, "ZgotmplZ"} {
			if strings.Contains(body, bad) {
				t.Errorf("%s holds %s", path, bad)
			}
		}
	}
	for _, path := range []string{"/search.atom", "/sitemap.xml", "/opensearch.xml"} {
		d := xml.NewDecoder(s.get(t, path).Body)
		for {
			if _, err := d.Token(); err != nil {
				if err.Error() != "EOF" {
					t.Error(path, err)
				}
				break
			}
		}
	}
	for _, path := range []string{"/search.json", "/api/v1/search?q=giao+ban", "/api/v1/bulletins/hostile", "/api/v1/documents/1-nq-tu@tuyen-quang"} {
		w := s.get(t, path)
		if !json.Valid(w.Body.Bytes()) || !strings.Contains(w.Header().Get("Content-Type"), "json") || w.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Error(path, w.Code, w.Header())
		}
	}
	got := search(t, s, "q=giao+ban")
	for _, html := range []string{got.Hits[0].TitleHTML, got.Hits[0].SnippetHTML} {
		bare := strings.NewReplacer("<mark>", "", "</mark>", "").Replace(html)
		if strings.ContainsAny(bare, "<>") {
			t.Error("markup in", html)
		}
	}
}

// TestHostileBulletinInBrowser: nothing of it runs.
func TestHostileBulletinInBrowser(t *testing.T) {
	b := newBrowser(t, newService(t, Config{}, hostile())).tab(t)
	for _, path := range hostilePages {
		b.open(t, path)
		if value[bool](t, b, `"pwned" in window`) {
			t.Error(path, "ran a bulletin's script")
		}
	}
}

// TestOriginalIsServedShutIn: the archived page goes out inert, under a policy
// of its own.
func TestOriginalIsServedShutIn(t *testing.T) {
	s := newService(t, Config{}, hostile())
	b := testBulletin(places[0], 2020, 3)
	page := bulletin.Page{URL: b.URL, Fetched: time.Now(), ContentType: "text/html; charset=utf-8", Body: []byte("<h1>Giao ban</h1><script>alert(1)</script>")}
	request := archive.Request{Site: b.Site, Host: "portal.test", URL: b.URL, Kind: archive.Article, Due: time.Now().Add(-time.Hour)}
	if _, err := s.archive.Enqueue(t.Context(), request); err != nil {
		t.Fatal(err)
	}
	claim, _, err := s.archive.Claim(t.Context(), time.Now(), time.Minute)
	if err != nil || claim == nil {
		t.Fatal(claim, err)
	}
	if _, err := s.archive.Save(t.Context(), archive.Outcome{Claim: claim, Status: http.StatusOK, Page: &page, Bulletins: []bulletin.Bulletin{b}}); err != nil {
		t.Fatal(err)
	}
	s.follow(t)
	id, err := s.archive.BulletinAt(t.Context(), b.Site, b.URL)
	if err != nil {
		t.Fatal(err)
	}
	w := s.get(t, "/api/v1/bulletins/"+id+"/original")
	csp := w.Header().Get("Content-Security-Policy")
	if w.Code != http.StatusOK || !strings.HasPrefix(csp, "sandbox;") || !strings.Contains(csp, "default-src 'none'") {
		t.Error(w.Code, csp)
	}
	if body := w.Body.String(); !strings.Contains(body, "<h1>Giao ban</h1>") || strings.Contains(body, "alert") {
		t.Error(body)
	}
}
