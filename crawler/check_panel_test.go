package crawler

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"unicode/utf16"

	"bantin/crawler/site"
)

// panelPortal turns pages only by asynchronous posts: a whole post brings the
// first page again, as when the page index lives in the panel alone.
func panelPortal(w http.ResponseWriter, r *http.Request) {
	page := 1
	async := r.Header.Get("X-MicrosoftAjax") == "Delta=true" && r.FormValue("__ASYNCPOST") == "true"
	switch {
	case r.URL.Path == "/Xem.aspx":
		i := query(r, "id")
		_, _ = fmt.Fprintf(w, `<html><head><title>Trang tin</title></head><body><form><div><h3 class="tieude">%s</h3><div>Ngày đăng: %s 08:00</div><div class="noidung"><p>%s</p><p>%s</p></div></div></form></body></html>`, headline(i), postedOn(i), prose(i, 1), prose(i, 2))
		return
	case r.URL.Path != "/Tin.aspx":
		http.NotFound(w, r)
		return
	case r.Method == http.MethodPost && r.FormValue("__VIEWSTATE") == "":
		http.Error(w, "Invalid postback or callback argument", http.StatusInternalServerError)
		return
	case r.Method == http.MethodPost && async:
		if !strings.HasPrefix(r.FormValue("ctl00$sm"), "ctl00$pnl|") {
			http.Error(w, "no panel", http.StatusInternalServerError)
			return
		}
		_, _ = fmt.Sscanf(r.FormValue("__EVENTTARGET"), "ctl00$pg$n%d", &page)
	}
	var list strings.Builder
	for i := (page - 1) * perPage; i < min(page*perPage, unseenItems); i++ {
		fmt.Fprintf(&list, `<div class="tin"><a href="/Xem.aspx?id=%d">%s</a><span>%s</span></div>`, i, headline(i), postedOn(i))
	}
	list.WriteString(`<div class="so">`)
	for n := 1; n <= 5; n++ {
		if n == page {
			fmt.Fprintf(&list, "<span>%d</span> ", n)
		} else {
			fmt.Fprintf(&list, `<a id="n%d" href="javascript:__doPostBack('ctl00$pg$n%d','')">%d</a> `, n, n, n)
		}
	}
	list.WriteString("</div>")
	if async {
		state := fmt.Sprintf("state%d", page)
		_, _ = fmt.Fprintf(w, "%d|updatePanel|ctl00_pnl|%s|%d|hiddenField|__VIEWSTATE|%s|", len(utf16.Encode([]rune(list.String()))), list.String(), len(state), state)
		return
	}
	_, _ = fmt.Fprintf(w, `<html><head><title>Trang tin</title></head><body><form method="post" action="/Tin.aspx" id="f"><input type="hidden" name="__VIEWSTATE" value="state1"><script>Sys.WebForms.PageRequestManager._initialize('ctl00$sm','f',['tctl00$pnl',''],[],[],90,'ctl00');</script><div id="ctl00_pnl">%s</div></form></body></html>`, list.String())
}

func TestCheckFindsUpdatePanel(t *testing.T) {
	u := http.HandlerFunc(panelPortal)
	r, err := Check(t.Context(), handlerFetch(u), "http://panel.vn/Tin.aspx", "tuyen-quang")
	if err != nil {
		t.Fatal(err)
	}
	if !r.OK || len(r.Warnings) > 0 || r.Profile.Pager != site.FollowUpdatePanel {
		t.Errorf("ok %v, pager %q, warnings %q", r.OK, r.Profile.Pager, r.Warnings)
	}
	if n := walkAll(t, u, r); n != unseenItems {
		t.Errorf("the walk finds %d items, want %d", n, unseenItems)
	}
}

func TestCheckReports(t *testing.T) {
	fetch := func(status int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		}
	}
	for _, c := range []struct {
		name    string
		portal  http.Handler
		address string
		fails   string // what the error says, "" for a report with ok false
		warns   string
	}{
		{"not an address", fetch(200, ""), "mattran", "not an address", ""},
		{"server error", fetch(503, ""), "http://x.vn/tin", "503", ""},
		{"firewall", fetch(200, "<title>Request Rejected</title>Your support ID is: 1"), "http://x.vn/tin", "firewall", ""},
		{"no items", fetch(200, "<title>Trang chủ</title><a href=/a>Giới thiệu</a>"), "http://x.vn/tin", "", "no links to articles"},
	} {
		r, err := Check(t.Context(), handlerFetch(c.portal), c.address, "ha-giang")
		if c.fails != "" {
			if err == nil || !strings.Contains(err.Error(), c.fails) {
				t.Errorf("%s: %v", c.name, err)
			}
			continue
		}
		if err != nil || r.OK || !strings.Contains(strings.Join(r.Warnings, "|"), c.warns) {
			t.Errorf("%s: %v, ok %v, %q", c.name, err, r.OK, r.Warnings)
		}
		out, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		for _, key := range []string{`"ok":false`, `"family":"generic"`, `"items":[]`, `"next":null`, `"bulletins":[]`, `"warnings":["`} {
			if !strings.Contains(string(out), key) {
				t.Errorf("%s: %s lacks %s", c.name, out, key)
			}
		}
	}
}

// WordPress names its feeds; one with the listing's own items becomes a seed.
func TestCheckFeeds(t *testing.T) {
	u := unseenPortals[1]
	portal := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/tin-hoat-dong/feed/":
			_, _ = fmt.Fprintf(w, `<rss><channel><item><title>%s</title><link>http://portal-2.vn/tin-hoat-dong/bai-viet-so-1000.htm</link></item></channel></rss>`, headline(0))
		case "/sitemap.xml":
			_, _ = fmt.Fprint(w, `<sitemapindex><sitemap><loc>http://portal-2.vn/s1.xml</loc></sitemap></sitemapindex>`)
		default:
			u.menu = plainMenu + `<link rel="alternate" type="application/rss+xml" href="/tin-hoat-dong/feed/">`
			u.ServeHTTP(w, r)
		}
	})
	r, err := Check(t.Context(), handlerFetch(portal), u.listing, "tuyen-quang")
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Profile.Feeds) != 1 || !strings.HasSuffix(r.Profile.Feeds[0], "/feed/") || len(r.Feeds) != 1 || !strings.HasSuffix(r.Feeds[0], "/sitemap.xml") {
		t.Errorf("seeds %q, others %q", r.Profile.Feeds, r.Feeds)
	}
}
