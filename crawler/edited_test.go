package crawler

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"bantin/crawler/archive"
	"bantin/crawler/fetch"
	"bantin/crawler/site"
)

// TestLastmodHastensALook: an address that a sitemap or a feed says was changed
// is looked at in the next pass, once; the others are not.
func TestLastmodHastensALook(t *testing.T) {
	t.Parallel()
	var lastmod atomic.Value
	lastmod.Store("")
	server := newLogged(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		old := time.Now().AddDate(0, -2, 0).Format(time.DateOnly)
		switch {
		case r.URL.Path == "/sitemap.xml":
			w.Header().Set("Content-Type", "application/xml")
			var b strings.Builder
			for no := 1; no <= 6; no++ {
				mod := old
				if s := lastmod.Load().(string); no == 4 && s != "" {
					mod = s
				}
				fmt.Fprintf(&b, "<url><loc>http://%s/bai/ban-tin-giao-ban-so-%03d.html</loc><lastmod>%s</lastmod></url>", r.Host, no, mod)
			}
			say(w, `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`+b.String()+`</urlset>`)
		case strings.HasPrefix(r.URL.Path, "/bai/"):
			text := "Số liệu đã được rà soát."
			if lastmod.Load() != "" {
				text = "Số liệu đã được đính chính."
			}
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			say(w, "<html><body><h1>Bản tin giao ban của Mặt trận tỉnh "+r.URL.Path+"</h1><p>Ngày đăng: 02/10/2023</p><div>"+shapeText(3)+"<p>"+text+"</p></div></body></html>")
		default:
			http.NotFound(w, r)
		}
	}))
	p := &site.Profile{ID: "p", Family: site.Generic, Listings: []string{server.URL + "/sitemap.xml"}, Pace: time.Millisecond}
	a := openArchive(t)
	pass := func() map[string]int {
		server.reset()
		if _, err := New(a, Options{Sites: []*site.Profile{p}, Now: true, Fetch: fetch.Options{AllowPrivate: true}}).Run(t.Context()); err != nil {
			t.Error(err)
		}
		return server.counts()
	}
	if got := pass(); len(got) < 7 {
		t.Fatalf("first pass asked for %v", got)
	}
	lastmod.Store(time.Now().Add(time.Minute).Format(time.RFC3339))
	if got := pass(); len(got) != 2 || got["GET /bai/ban-tin-giao-ban-so-004.html "] != 1 {
		t.Errorf("after the change it asked for %v", got)
	}
	id, err := a.BulletinAt(t.Context(), "p", server.URL+"/bai/ban-tin-giao-ban-so-004.html")
	if err != nil {
		t.Fatal(err)
	}
	if versions, err := a.Versions(t.Context(), id); err != nil || len(versions) != 2 {
		t.Errorf("%d versions, %v", len(versions), err)
	}
	if got := pass(); len(got) != 1 {
		t.Errorf("once it was looked at, it asked for %v", got)
	}
}

// TestItemsWithoutPages: the items of a JSON list that hold their texts become
// bulletins without a request for each; an edited one gets a version, one that
// slides to the next page stays itself, and they are read anew offline.
func TestItemsWithoutPages(t *testing.T) {
	t.Parallel()
	var shift, edited atomic.Int32
	server := newLogged(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/api/tin" {
			http.NotFound(w, r)
			return
		}
		page := max(atoi(r.URL.Query().Get("page")), 1)
		var items []string
		for i := (page-1)*3 + 1; i <= page*3; i++ {
			no := i - int(shift.Load())
			if no > 5 || no < -1 {
				continue
			}
			extra := ""
			if no == 2 && edited.Load() > 0 {
				extra = "<p>Đính chính: con số đúng là 4.567 triệu đồng.</p>"
			}
			items = append(items, fmt.Sprintf(`{"id":%d,"title":"Hội nghị giao ban khối đoàn thể số %d","published_at":"2024-05-%02dT08:30:00+07:00","author":"Lò Thị Ban","content":%q}`, 500+no, no, 20-no, shapeText(no+3)+extra))
		}
		w.Header().Set("Content-Type", "application/json")
		say(w, `{"items":[`+strings.Join(items, ",")+`]}`)
	}))
	profile, r := checkedProfile(t, server.URL+"/api/tin?page=1")
	if !r.OK || len(r.Bulletins) != 3 || r.Bulletins[0].Author != "Lò Thị Ban" || len(r.Warnings) > 0 {
		t.Fatalf("check: %v, %d bulletins, %q", r.OK, len(r.Bulletins), r.Warnings)
	}
	a := openArchive(t)
	pass := func() {
		if _, err := New(a, Options{Sites: []*site.Profile{profile}, Now: true, Fetch: fetch.Options{AllowPrivate: true}}).Run(t.Context()); err != nil {
			t.Error(err)
		}
	}
	pass()
	edited.Store(1)
	shift.Store(1)
	server.reset()
	pass()
	for request := range server.counts() {
		if !strings.HasPrefix(request, "GET /api/tin?") {
			t.Errorf("asked for %s", request)
		}
	}
	all := current(t, a)
	if len(all) != 6 { // five and a new one
		t.Errorf("%d bulletins", len(all))
	}
	for id, c := range all {
		want := 1
		if strings.HasSuffix(c.Bulletin.URL, "/api/tin#502") {
			want = 2
		}
		if versions, err := a.Versions(t.Context(), id); err != nil || len(versions) != want {
			t.Errorf("%s: %d versions, want %d, %v", c.Bulletin.URL, len(versions), want, err)
		}
		if c.Bulletin.Published.Year() != 2024 || !strings.Contains(c.Bulletin.Body, "xã đã làm xong") {
			t.Errorf("%+v", c.Bulletin)
		}
	}
	read := 0
	for page, err := range a.Pages(t.Context(), archive.PageFilter{Site: profile.ID, Kind: archive.Article, Latest: true}) {
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Reread(t.Context(), a, profile, page); err != nil {
			t.Error(err)
		}
		read++
	}
	if read != 6 {
		t.Errorf("%d pages were read anew", read)
	}
}
