package crawler

import (
	"cmp"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"bantin/bulletin"
	"bantin/crawler/fetch"
	"bantin/crawler/site"
)

// shape is a portal whose listing or articles come in a form of their own.
type shape struct {
	name    string
	listing string // address of the first page
	further string // of another listing, empty for none
	list    func(r *http.Request, base string) (contentType, body string)
	article func(no int) string // empty: shapeArticle
	stub    func(to string) string
	files   bool // every bulletin has an attachment
	n       int  // bulletins, 0 for shapeItems
}

const shapeItems, shapePer = 12, 4

func shapeAt(no int) time.Time {
	return time.Date(2024, 11, 28, 16, 42, 0, 0, bulletin.Zone).AddDate(0, 0, -3*no)
}

func shapeTitle(no int) string {
	return fmt.Sprintf("Hội nghị giao ban công tác Mặt trận lần thứ %d ở các xã vùng cao", 100-no)
}

func shapeLink(no int) string { return fmt.Sprintf("/bai-viet/hoi-nghi-giao-ban-%d.html", 700+no) }

func shapeText(no int) string {
	return fmt.Sprintf("<p>Báo cáo cho biết %d xã đã làm xong phần việc được giao trong kỳ, những nơi còn lại vướng về vốn đối ứng và thiếu người theo dõi.</p><p>Kết luận, chủ tọa đề nghị các đơn vị bám cơ sở, chọn việc khó để tháo gỡ trước và báo cáo kết quả trước ngày 20 hằng tháng.</p>", no+7)
}

func shapeArticle(no int) string {
	return fmt.Sprintf(`<html><head><title>%[1]s</title></head><body><div class="menu"><a href="/">Trang chủ</a></div><div class="ct"><h1>%[1]s</h1><div class="noidung">%[2]s</div></div></body></html>`, shapeTitle(no), shapeText(no))
}

// jsonRows formats the items of a page, counted from 1, parted by commas.
func jsonRows(page int, format func(no int) string) string {
	var rows []string
	for no := (page-1)*shapePer + 1; no <= min(page*shapePer, shapeItems); no++ {
		rows = append(rows, format(no))
	}
	return strings.Join(rows, ",")
}

func argument(r *http.Request, name string) int {
	n, err := strconv.Atoi(r.URL.Query().Get(name))
	if err != nil {
		return 0
	}
	return n
}

func htmlList(items string) string {
	return `<html><head><title>Tin hoạt động</title></head><body><div class="menu"><a href="/">Trang chủ</a> <a href="/gt">Giới thiệu</a></div>` + items + `</body></html>`
}

func htmlItems(page int, format string) string {
	var b strings.Builder
	for no := (page-1)*shapePer + 1; no <= min(page*shapePer, shapeItems); no++ {
		b.WriteString(strings.NewReplacer("{link}", shapeLink(no), "{title}", shapeTitle(no), "{day}", shapeAt(no).Format("02/01/2006 15:04")).Replace(format))
	}
	return b.String()
}

const plainItem = `<div class="tin"><h3><a href="{link}">{title}</a></h3><span class="ngay">{day}</span></div>`

func listed(format string) func(r *http.Request, base string) (string, string) {
	return func(r *http.Request, _ string) (string, string) {
		page := max(argument(r, "page"), 1)
		next := ""
		if page*shapePer < shapeItems {
			next = fmt.Sprintf(`<p class="trang"><a href="%s?page=%d">Trang sau</a></p>`, r.URL.Path, page+1)
		}
		return "text/html; charset=utf-8", htmlList(`<div class="ds">` + htmlItems(page, format) + "</div>" + next)
	}
}

var shapes = []shape{
	{name: "JSON of a portal's own names, nested, numbered", listing: "/api/tin-bai?pageIndex=1&pageSize=4", list: func(r *http.Request, _ string) (string, string) {
		return "application/json", `{"success":true,"data":{"tongSo":12,"danhSach":[` + jsonRows(argument(r, "pageIndex"), func(no int) string {
			return fmt.Sprintf(`{"id":%d,"tieuDe":%q,"anhDaiDien":"/anh/%d.jpg","chuyenMuc":{"ten":"Hoạt động của Mặt trận","duongDan":"/hoat-dong"},"duongDan":%q,"ngayDang":%q}`, no, shapeTitle(no), no, shapeLink(no), shapeAt(no).Format("02/01/2006 15:04"))
		}) + `]}}`
	}},
	{name: "JSON with a cursor", listing: "/api/v1/feed", list: func(r *http.Request, _ string) (string, string) {
		page := 1
		if c := r.URL.Query().Get("cursor"); c != "" {
			page, _ = strconv.Atoi(strings.TrimPrefix(c, "c"))
		}
		next := "null"
		if page*shapePer < shapeItems {
			next = fmt.Sprintf(`"c%d"`, page+1)
		}
		return "application/json; charset=utf-8", `{"results":[` + jsonRows(page, func(no int) string {
			return fmt.Sprintf(`{"headline":%q,"permalink":%q,"published_at":%d}`, shapeTitle(no), shapeLink(no), shapeAt(no).UnixMilli())
		}) + `],"next_cursor":` + next + `}`
	}},
	{name: "JSON by offset", listing: "/tin/danh-sach.json?limit=4&offset=0", list: func(r *http.Request, _ string) (string, string) {
		return "text/json", `{"total":12,"rows":[` + jsonRows(argument(r, "offset")/shapePer+1, func(no int) string {
			return fmt.Sprintf(`{"name":%q,"content":%q,"url":%q,"created":%q}`, shapeTitle(no), shapeText(no), shapeLink(no), shapeAt(no).Format(time.RFC3339))
		}) + `]}`
	}},
	{name: "JSON:API", listing: "/jsonapi/node/article", list: func(r *http.Request, base string) (string, string) {
		page := argument(r, "page[offset]")/shapePer + 1
		links := fmt.Sprintf(`"self":{"href":"%s/jsonapi/node/article"}`, base)
		if page*shapePer < shapeItems {
			links += fmt.Sprintf(`,"next":{"href":"%s/jsonapi/node/article?page%%5Boffset%%5D=%d"}`, base, page*shapePer)
		}
		return "application/vnd.api+json", `{"jsonapi":{"version":"1.0"},"data":[` + jsonRows(page, func(no int) string {
			return fmt.Sprintf(`{"type":"node--article","id":"a-%d","links":{"self":{"href":"%s/jsonapi/node/article/%d"}},"attributes":{"title":%q,"created":%q,"changed":"2025-01-01T00:00:00+00:00","path":{"alias":%q}}}`, no, base, no, shapeTitle(no), shapeAt(no).Format(time.RFC3339), shapeLink(no))
		}) + `],"links":{` + links + `}}`
	}},
	{name: "an array alone with page numbers", listing: "/ajax/tin.php?trang=1", list: func(r *http.Request, _ string) (string, string) {
		return "text/html; charset=utf-8", `[` + jsonRows(argument(r, "trang"), func(no int) string {
			return fmt.Sprintf(`{"tieu_de":%q,"link":%q,"ngay_dang":"/Date(%d)/"}`, shapeTitle(no), shapeLink(no), shapeAt(no).UnixMilli())
		}) + `]`
	}},
	{name: "an index of sitemaps that names itself", listing: "/sitemap_index.xml", list: func(r *http.Request, base string) (string, string) {
		if r.URL.Path == "/sitemap_index.xml" {
			return "application/xml", `<?xml version="1.0"?><sitemapindex><sitemap><loc>` + base + `/sitemap_index.xml</loc></sitemap><sitemap><loc>` + base + `/tin-1.xml</loc><lastmod>2024-11-28</lastmod></sitemap><sitemap><loc>` + base + `/tin-2.xml</loc></sitemap></sitemapindex>`
		}
		var b strings.Builder
		for no := 1; no <= shapeItems; no++ {
			if (no <= 6) == (r.URL.Path == "/tin-1.xml") {
				fmt.Fprintf(&b, "<url><loc>%s%s</loc><lastmod>%s</lastmod></url>", base, shapeLink(no), shapeAt(no).Format(time.DateOnly))
			}
		}
		return "text/xml", `<?xml version="1.0"?><urlset>` + b.String() + `</urlset>`
	}, article: dated},
	{name: "RSS under listings, dates in it alone", listing: "/rss/hoat-dong", list: func(_ *http.Request, base string) (string, string) {
		var b strings.Builder
		for no := 1; no <= shapeItems; no++ {
			fmt.Fprintf(&b, "<item><title>%s</title><link>%s%s</link><pubDate>%s</pubDate></item>", shapeTitle(no), base, shapeLink(no), shapeAt(no).Format(time.RFC1123Z))
		}
		return "application/rss+xml", `<?xml version="1.0"?><rss version="2.0"><channel>` + b.String() + `</channel></rss>`
	}},
	{name: "a frame around every article", listing: "/tin", list: listed(plainItem), stub: func(to string) string {
		return `<html><head><title>Cổng</title></head><frameset rows="80,*"><frame name="banner" src="/dau.html"><frame name="main" src="` + to + `"></frameset></html>`
	}},
	{name: "a script that sends on", listing: "/tin", list: listed(plainItem), stub: func(to string) string {
		return `<html><head><script>window.location.href = "` + to + `";</script></head><body></body></html>`
	}},
	{name: "a button for more", listing: "/tin", list: func(r *http.Request, _ string) (string, string) {
		page := max(argument(r, "page"), 1)
		more := ""
		if page*shapePer < shapeItems {
			more = fmt.Sprintf(`<div class="them"><button class="btn" data-url="/tin?page=%d">Xem thêm tin</button></div>`, page+1)
		}
		return "text/html; charset=utf-8", htmlList(`<div class="ds">` + htmlItems(page, plainItem+`<a href="{link}">Xem thêm</a>`) + "</div>" + more)
	}},
	{name: "two listings with a view each", listing: "/tin-van", further: "/tin-hinh", list: func(r *http.Request, _ string) (string, string) {
		page := max(argument(r, "page"), 1)
		format := `<div class="viewcat-list-item"><h3><a href="{link}">{title}</a></h3><p>{day}</p></div>`
		if r.URL.Path == "/tin-hinh" {
			page += 2
			format = `<div class="col-grid"><div class="thumbnail"><a href="{link}" title="{title}"><img src="/x.jpg"></a><div class="caption text-center"><h4><a href="{link}">{title}</a></h4><span>{day}</span></div></div></div>`
		}
		next := ""
		if page != 2 && page*shapePer < shapeItems {
			next = fmt.Sprintf(`<p class="trang"><a href="%s?page=%d">Trang sau</a></p>`, r.URL.Path, page+1)
		}
		return "text/html; charset=utf-8", htmlList(`<div class="ds">` + htmlItems(page, format) + "</div>" + next)
	}},
	{name: "a file in a viewer", listing: "/tin", files: true, list: listed(plainItem), article: func(no int) string {
		src := []string{
			fmt.Sprintf("https://docs.google.com/gview?url=http%%3A%%2F%%2Fexample.vn%%2Ftep%%2F%d.pdf&embedded=true", no),
			fmt.Sprintf("/pdfjs/web/viewer.html?file=%%2Ftep%%2F%d.pdf#page=1", no),
			fmt.Sprintf("/tep/%d.pdf?v=2#toolbar=0", no),
		}[no%3]
		return fmt.Sprintf(`<html><head><title>%[1]s</title></head><body><div class="ct"><h1>%[1]s</h1><div class="noidung"><iframe src=%[2]q></iframe></div></div></body></html>`, shapeTitle(no), src)
	}},
}

// dated is an article that prints its own date.
func dated(no int) string {
	return strings.Replace(shapeArticle(no), "</h1>", "</h1><div class=ngay>"+shapeAt(no).Format("02/01/2006 15:04")+"</div>", 1)
}

func (s shape) serve(t *testing.T) *httptest.Server {
	var server *httptest.Server
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for no := 1; no <= shapeItems; no++ {
			article := s.article
			if article == nil {
				article = shapeArticle
			}
			switch {
			case r.URL.Path == shapeLink(no) && s.stub != nil:
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				say(w, s.stub("/that"+shapeLink(no)))
				return
			case r.URL.Path == shapeLink(no), r.URL.Path == "/that"+shapeLink(no):
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				say(w, article(no))
				return
			}
		}
		first, _, _ := strings.Cut(s.listing, "?")
		if r.URL.Path != first && (s.further == "" || r.URL.Path != s.further) && !strings.HasPrefix(r.URL.Path, "/tin-") {
			http.NotFound(w, r)
			return
		}
		kind, body := s.list(r, server.URL)
		w.Header().Set("Content-Type", kind)
		say(w, body)
	}))
	t.Cleanup(server.Close)
	return server
}

// TestShapes: a listing's address is enough for a check and a crawl to the
// end, and the second pass asks for the first pages alone.
func TestShapes(t *testing.T) {
	for _, s := range shapes {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			server := s.serve(t)
			client := fetch.New(fetch.Options{AllowPrivate: true})
			defer client.Close()
			ask, err := Visit(client, time.Millisecond, false)
			if err != nil {
				t.Fatal(err)
			}
			r, err := Check(t.Context(), ask, server.URL+s.listing, "lao-cai")
			if err != nil || !r.OK {
				t.Fatalf("check: %v, %q, %d items", err, r.Warnings, len(r.Listing.Items))
			}
			p := r.Profile
			p.Pace = time.Millisecond
			if s.further != "" {
				p.Listings = append(p.Listings, server.URL+s.further)
			}
			a := openArchive(t)
			o := Options{Sites: []*site.Profile{p}, Now: true, Fetch: fetch.Options{AllowPrivate: true}}
			sum, err := New(a, o).Run(t.Context())
			if err != nil && !s.files { // the files themselves are not there
				t.Errorf("crawl: %v", err)
			}
			found := 0
			for _, c := range current(t, a) {
				found++
				s.judge(t, *c.Bulletin)
			}
			if found != cmp.Or(s.n, shapeItems) {
				t.Errorf("%d of %d bulletins; %+v; profile %+v", found, shapeItems, sum, *p)
			}
		})
	}
}

func (s shape) judge(t *testing.T, b bulletin.Bulletin) {
	t.Helper()
	var no int
	if _, err := fmt.Sscanf(b.URL[strings.LastIndex(b.URL, "-")+1:], "%d", &no); err != nil {
		t.Fatalf("%s: %v", b.URL, err)
	}
	no -= 700
	if b.Title != shapeTitle(no) {
		t.Errorf("%s: title %q", b.URL, b.Title)
	}
	if got, want := b.Published.Format("2006-01-02T15:04"), shapeAt(no).Format("2006-01-02T15:04"); got != want {
		t.Errorf("%s: published %s, want %s", b.URL, got, want)
	}
	if s.files {
		if len(b.Attachments) != 1 || !strings.Contains(b.Attachments[0].URL, fmt.Sprintf("/tep/%d.pdf", no)) {
			t.Errorf("%s: attachments %+v", b.URL, b.Attachments)
		}
	} else if !strings.Contains(b.Body, fmt.Sprintf("%d xã đã làm xong", no+7)) {
		t.Errorf("%s: body %q", b.URL, b.Body)
	}
}

// TestScriptedList: a page whose list a script makes says so, names the address
// that the script asks, and would not do as a listing.
func TestScriptedList(t *testing.T) {
	for name, page := range map[string]string{
		"fetch":        `<div id=app></div><script>let n=1;fetch("/api/tin-bai?pageSize=4&pageIndex=" + n).then(r=>r.json())</script>`,
		"template":     "<div id=app></div><script>const load = n => fetch(`/api/tin-bai?pageSize=4&pageIndex=${n}`)</script>",
		"jquery":       `<div id=app></div><script>$.ajax({ type: 'GET', url: '/api/tin-bai?pageSize=4&pageIndex=1', success: ve })</script>`,
		"attribute":    `<div data-url="/api/tin-bai?pageSize=4&amp;pageIndex=1" class="lazy-list"></div>`,
		"another file": `<div id=app></div><script src="/js/jquery.min.js"></script><script src="/js/trang.js"></script>`,
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch r.URL.Path {
			case "/api/tin-bai":
				kind, body := shapes[0].list(r, "")
				w.Header().Set("Content-Type", kind)
				say(w, body)
			case "/js/trang.js":
				w.Header().Set("Content-Type", "application/javascript")
				say(w, `function tai(n){return axios.get('/api/tin-bai?pageSize=4&pageIndex=' + n)}`)
			case "/tin":
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				say(w, htmlList(page))
			default:
				http.NotFound(w, r)
			}
		}))
		client := fetch.New(fetch.Options{AllowPrivate: true})
		ask, err := Visit(client, time.Millisecond, false)
		if err != nil {
			t.Fatal(err)
		}
		r, err := Check(t.Context(), ask, server.URL+"/tin", "lao-cai")
		if said := strings.Join(r.Warnings, "\n"); err != nil || r.OK || !strings.Contains(said, "/api/tin-bai?pageSize=4&pageIndex=1") {
			t.Errorf("%s: %v, ok %v, %q", name, err, r.OK, said)
		}
		client.Close()
		server.Close()
	}
}
