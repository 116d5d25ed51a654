package crawler

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
)

// unseen is a portal that no preset was written for: a listing of 23 articles,
// five a page, and everything that surrounds them.
type unseen struct {
	name    string
	listing string // address of the first page
	family  string // that detection should tell, "" for any
	title   string // format of the page's <title>, with %s for the article's
	menu    string
	item    func(i int) string
	pager   func(page int) string
	page    func(r *http.Request) int // 0: not the listing
	article func(i int) string
	number  func(r *http.Request) int // of the article asked for, -1 for none
	printed func(i int) string        // date as the article prints it
}

const (
	unseenItems = 23
	perPage     = 5
)

func headline(i int) string {
	kinds := []string{"Hội nghị giao ban công tác Mặt trận", "Họp báo thường kỳ về kinh tế - xã hội", "Tổng kết phong trào thi đua yêu nước", "Đối thoại với đoàn viên, thanh niên", "Giám sát việc thực hiện chính sách an sinh"}
	return fmt.Sprintf("%s lần thứ %d của tỉnh", kinds[i%len(kinds)], 100-i)
}

func postedOn(i int) string { return fmt.Sprintf("%02d/%02d/2019", 28-i, 9) }

func prose(i, paragraph int) string {
	return fmt.Sprintf("Đoạn %d của bài số %d ghi lại ý kiến của đại biểu về kết quả công tác trong kỳ, những việc còn chậm và cách làm sắp tới. Có %d mô hình được nêu làm ví dụ; nhiều nơi đề nghị bổ sung nguồn lực để giữ nhịp phong trào ở cơ sở.", paragraph, i, 40+i)
}

func (u unseen) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/robots.txt" || r.URL.Path == "/sitemap.xml" || strings.HasPrefix(r.URL.Path, "/wp-json") {
		http.NotFound(w, r)
		return
	}
	if i := u.number(r); i >= 0 && i < unseenItems {
		u.write(w, headline(i), u.article(i))
		return
	}
	page := u.page(r)
	if page == 0 || (page-1)*perPage >= unseenItems {
		http.NotFound(w, r)
		return
	}
	var b strings.Builder
	for i := (page - 1) * perPage; i < min(page*perPage, unseenItems); i++ {
		b.WriteString(u.item(i))
	}
	u.write(w, "Tin hoạt động", "<div class=dsach>"+b.String()+"</div>"+u.pager(page))
}

func (u unseen) write(w http.ResponseWriter, title, main string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = fmt.Fprintf(w, `<!DOCTYPE html><html><head><meta charset="utf-8"><title>%s</title></head><body><div class="tren"><div class="ngaygio">Chủ nhật, 22/11/2026 10:15:00</div><div class="ten">Mặt trận Tổ quốc tỉnh nhà</div>%s</div><table><tr><td class="giua">%s</td><td class="phai"><div class="hop"><b>Thông báo</b><ul><li><a href="/van-ban/1">Thông báo tuyển dụng viên chức năm nay của cơ quan</a></li><li><a href="/van-ban/2">Thông báo lịch tiếp công dân của lãnh đạo cơ quan</a></li></ul></div></td></tr></table><div class="duoi">Bản quyền thuộc cơ quan thường trực. Ghi rõ nguồn khi phát hành lại thông tin từ trang này, mọi góp ý xin gửi về địa chỉ cơ quan.</div></body></html>`,
		strings.ReplaceAll(u.title, "%s", title), u.menu, main)
}

func query(r *http.Request, name string) int {
	n, err := strconv.Atoi(r.URL.Query().Get(name))
	if err != nil {
		return -1
	}
	return n
}

func links(page int, address func(page int) string) string {
	var b strings.Builder
	for n := 1; n <= (unseenItems+perPage-1)/perPage; n++ {
		if n == page {
			fmt.Fprintf(&b, "<b>%d</b> ", n)
		} else {
			fmt.Fprintf(&b, `<a href="%s">%d</a> `, address(n), n)
		}
	}
	return b.String()
}

func after(path, prefix, suffix string) int {
	rest, ok := strings.CutPrefix(path, prefix)
	rest, end := strings.CutSuffix(rest, suffix)
	if !ok || !end {
		return -1
	}
	if cut := strings.LastIndexAny(rest, "-/"); cut >= 0 {
		rest = rest[cut+1:]
	}
	n, err := strconv.Atoi(rest)
	if err != nil {
		return -1
	}
	return n - 1000
}

const plainMenu = `<ul><li><a href="/">Trang chủ</a></li><li><a href="/gioi-thieu">Giới thiệu chung về cơ quan và bộ máy</a></li><li><a href="/tin">Tin tức - Sự kiện trong và ngoài tỉnh</a></li><li><a href="/lien-he">Liên hệ và góp ý với ban biên tập</a></li><li><a href="/a">Văn bản chỉ đạo điều hành mới</a></li></ul>`

var unseenPortals = []unseen{
	{
		name: "query pager, title in a span", listing: "http://portal-1.vn/tin.php?cat=4", title: "Mặt trận Tổ quốc tỉnh nhà", menu: plainMenu,
		item: func(i int) string {
			return fmt.Sprintf(`<div class="muc"><img src="/t.jpg"><a class="td" href="/xem.php?id=%d&amp;cat=4">%s</a> <span>(%s)</span><p>%s</p><a href="/xem.php?id=%d&amp;cat=4">Chi tiết</a></div>`, 1000+i, headline(i), postedOn(i), prose(i, 1), 1000+i)
		},
		pager: func(page int) string {
			return `<div class="so">Trang: ` + links(page, func(n int) string { return fmt.Sprintf("/tin.php?cat=4&amp;currentpage=%d", n) }) + `</div>`
		},
		page: func(r *http.Request) int {
			if r.URL.Path != "/tin.php" {
				return 0
			}
			return max(query(r, "currentpage"), 1)
		},
		number: func(r *http.Request) int {
			if r.URL.Path != "/xem.php" {
				return -1
			}
			return query(r, "id") - 1000
		},
		article: func(i int) string {
			return fmt.Sprintf(`<div class="ct"><span class="lon">%s</span><br><i>Đăng ngày %s | Lượt xem: 31</i><p><b>%s</b></p><p>%s</p><p>%s./.</p><p align="right"><b>Lan Chi</b></p></div><div class="khac"><b>Tin khác</b><ul><li><a href="/xem.php?id=1003&amp;cat=4">%s</a></li></ul></div>`, headline(i), postedOn(i), prose(i, 1), prose(i, 2), prose(i, 3), headline(3))
		},
	},
	{
		name: "path pager, unnamed markup", listing: "http://portal-2.vn/tin-hoat-dong/", title: "%s | Mặt trận Tổ quốc tỉnh nhà", menu: plainMenu,
		item: func(i int) string {
			return fmt.Sprintf(`<table><tr><td><a href="/tin-hoat-dong/bai-viet-so-%d.htm"><img src="/t.jpg"></a></td><td><a href="/tin-hoat-dong/bai-viet-so-%d.htm"><strong>%s</strong></a><br>%s<br>%s</td></tr></table>`, 1000+i, 1000+i, headline(i), postedOn(i), prose(i, 1))
		},
		pager: func(page int) string {
			return links(page, func(n int) string { return fmt.Sprintf("/tin-hoat-dong/page-%d.htm", n) })
		},
		page: func(r *http.Request) int {
			if r.URL.Path == "/tin-hoat-dong/" {
				return 1
			}
			return max(after(r.URL.Path, "/tin-hoat-dong/page-", ".htm")+1000, 0)
		},
		number: func(r *http.Request) int { return after(r.URL.Path, "/tin-hoat-dong/bai-viet-so-", ".htm") },
		article: func(i int) string {
			return fmt.Sprintf(`<table><tr><td><font size="4" color="red"><b>%s</b></font></td></tr><tr><td>Cập nhật lúc: 09:51, %s [GMT+7]</td></tr><tr><td>%s<br><br>%s<br><br>%s</td></tr></table>`, headline(i), postedOn(i), prose(i, 1), prose(i, 2), prose(i, 3))
		},
	},
	{
		name: "zero-based pager, arrows only", listing: "http://portal-3.vn/tin-tuc", title: "Mặt trận Tổ quốc tỉnh nhà - %s", menu: plainMenu,
		item: func(i int) string {
			return fmt.Sprintf(`<article><h4><a href="/bai/%d/hoi-nghi-va-cac-hoat-dong">%s</a></h4><time datetime="2019-09-%02dT08:00:00+07:00">%d ngày trước</time></article>`, 1000+i, headline(i), 28-i, i+2)
		},
		pager: func(page int) string {
			s := `<p class="dieuhuong">`
			if page > 1 {
				s += fmt.Sprintf(`<a href="/tin-tuc?trang=%d">Trang trước</a> `, page-2)
			}
			if page*perPage < unseenItems {
				s += fmt.Sprintf(`<a href="/tin-tuc?trang=%d">Trang sau</a>`, page)
			}
			return s + `</p>`
		},
		page: func(r *http.Request) int {
			if r.URL.Path != "/tin-tuc" {
				return 0
			}
			return max(query(r, "trang"), 0) + 1
		},
		number: func(r *http.Request) int {
			return after(strings.TrimSuffix(r.URL.Path, "/hoi-nghi-va-cac-hoat-dong"), "/bai/", "")
		},
		article: func(i int) string {
			return fmt.Sprintf(`<article><header><h1>%s</h1><p>Thứ bảy, %s</p></header><section><p>%s</p><p>%s</p></section><footer>Từ khóa: giao ban</footer></article>`, headline(i), "28/09/2019", prose(i, 1), prose(i, 2))
		},
		printed: func(int) string { return "28/09/2019" },
	},
	{
		name: "dDocName and loops", listing: "http://portal-4.vn/webcenter/portal/huyen/pages_tin-tuc?_afrLoop=1", family: "webcenter", title: "Mặt trận Tổ quốc tỉnh nhà", menu: plainMenu,
		item: func(i int) string {
			return fmt.Sprintf(`<div id="T:pg%d" class="x1a xdw"><a class="xgl" href="/webcenter/portal/huyen/pages_tin-tuc/chitiet?dDocName=PORTAL%d&amp;_afrLoop=%d00&amp;_adf.ctrl-state=x%d">%s</a><span>%s 07:%02d</span></div>`, i, 1000+i, i, i, headline(i), postedOn(i), i)
		},
		pager: func(page int) string {
			return `<div class="pt">` + links(page, func(n int) string {
				return fmt.Sprintf("/webcenter/portal/huyen/pages_tin-tuc?page=%d&amp;_afrLoop=%d77", n, n)
			}) + `<a href="/webcenter/portal/huyen/pages_tin-tuc?page=5&amp;_afrLoop=9">Cuối</a></div>`
		},
		page: func(r *http.Request) int {
			if r.URL.Path != "/webcenter/portal/huyen/pages_tin-tuc" {
				return 0
			}
			return max(query(r, "page"), 1)
		},
		number: func(r *http.Request) int { return after(r.URL.Query().Get("dDocName"), "PORTAL", "") },
		article: func(i int) string {
			return fmt.Sprintf(`<div class="x1b"><div class="tieude">%s</div><div class="ngaydang">Người đăng: Thu Trang .Ngày đăng: %s 07:00 .Lượt xem: 15 lượt.</div><div class="noidung"><p>%s</p><p>%s</p><p>%s</p></div></div>`, headline(i), postedOn(i), prose(i, 1), prose(i, 2), prose(i, 3))
		},
	},
	{
		name: "cards, a featured item, a side column of the same addresses", listing: "http://portal-5.vn/chuyen-muc/mat-tran", title: "%s - Mặt trận Tổ quốc tỉnh nhà", menu: plainMenu,
		item: func(i int) string {
			if i%perPage == 0 {
				return fmt.Sprintf(`<div class="noibat"><a href="/tin/bai-%d.html"><img src="/l.jpg" alt=""></a><h2><a href="/tin/bai-%d.html">%s</a></h2><span class="luc">%s 08:00</span><p>%s</p></div>`, 1000+i, 1000+i, headline(i), postedOn(i), prose(i, 1))
			}
			return fmt.Sprintf(`<a class="the" href="/tin/bai-%d.html"><div class="anh"></div><div class="chu"><h3>%s</h3><p>%s</p><small>%s 08:00</small></div></a>`, 1000+i, headline(i), prose(i, 1), postedOn(i))
		},
		pager: func(page int) string {
			return `<nav><ul class="pagination"><li><a href="/chuyen-muc/mat-tran?p=1" aria-label="First">&laquo;</a></li>` + links(page, func(n int) string { return fmt.Sprintf("/chuyen-muc/mat-tran?p=%d", n) }) +
				`<li><a href="/chuyen-muc/mat-tran?p=5" aria-label="Last">&raquo;</a></li></ul></nav><div class="tin-doc-nhieu"><h4>Đọc nhiều</h4><ul><li><a href="/tin/bai-901.html">Một bài rất cũ nhưng được nhiều người đọc lại</a></li><li><a href="/tin/bai-902.html">Thêm một bài cũ được nhiều người đọc lại nữa</a></li><li><a href="/tin/bai-903.html">Lại một bài cũ được nhiều người đọc trong tuần</a></li></ul></div>`
		},
		page: func(r *http.Request) int {
			if r.URL.Path != "/chuyen-muc/mat-tran" {
				return 0
			}
			return max(query(r, "p"), 1)
		},
		number: func(r *http.Request) int { return after(r.URL.Path, "/tin/bai-", ".html") },
		article: func(i int) string {
			return fmt.Sprintf(`<div class="chitiet"><h1>%s</h1><div class="gio">%s 08:00</div><h2>%s</h2><ul class="lq"><li><a href="/tin/bai-1007.html">%s</a></li><li><a href="/tin/bai-1008.html">%s</a></li></ul><div class="noi"><p>%s</p><div class="pic"><img src="a.jpg"><p>Quang cảnh hội nghị</p></div><p>%s</p></div></div>`, headline(i), postedOn(i), prose(i, 1), headline(7), headline(8), prose(i, 2), prose(i, 3))
		},
	},
	{
		name: "Drupal with an own theme", listing: "http://portal-6.vn/tin-hoat-dong", family: "drupal", title: "%s | Ban Tuyên giáo tỉnh nhà", menu: plainMenu + `<link rel="stylesheet" href="/sites/default/files/css/a.css"><script type="application/json" data-drupal-selector="drupal-settings-json">{}</script>`,
		item: func(i int) string {
			return fmt.Sprintf(`<div class="views-row"><article role="article"><a href="/node/%d" rel="bookmark"><span>%s</span></a><div>%s</div></article></div>`, 1000+i, headline(i), prose(i, 1))
		},
		pager: func(page int) string {
			s := `<nav class="pager" role="navigation"><ul class="pager__items">`
			for n := 1; n <= 5; n++ {
				class := ""
				if n == page {
					class = " is-active"
				}
				s += fmt.Sprintf(`<li class="pager__item%s"><a href="?page=%d" title="Page %d"><span class="visually-hidden">Page</span>%d</a></li>`, class, n-1, n, n)
			}
			if page < 5 {
				s += fmt.Sprintf(`<li class="pager__item--next"><a href="?page=%d" rel="next"><span class="visually-hidden">Next page</span><span>››</span></a></li>`, page)
			}
			return s + `<li><a href="?page=4"><span class="visually-hidden">Last page</span><span>Last »</span></a></li></ul></nav>`
		},
		page: func(r *http.Request) int {
			if r.URL.Path != "/tin-hoat-dong" {
				return 0
			}
			return max(query(r, "page"), 0) + 1
		},
		number: func(r *http.Request) int { return after(r.URL.Path, "/node/", "") },
		article: func(i int) string {
			return fmt.Sprintf(`<h1 class="title"><span>%s</span></h1><article class="node"><footer class="node__meta"><span>Submitted by Ban biên tập on %d September 2019</span></footer><div class="node__content"><div class="field field--name-body"><p>%s</p><p>%s</p><p>%s</p></div></div></article>`, headline(i), 28-i, prose(i, 1), prose(i, 2), prose(i, 3))
		},
	},
	{
		name: "NukeViet without rewriting", listing: "http://portal-7.vn/index.php?language=vi&nv=news&op=hoat-dong", family: "nukeviet", title: "%s - Tỉnh ủy mẫu", menu: plainMenu + `<script>var nv_base_siteurl="/",nv_lang_data="vi",nv_name_variable="nv";</script>`,
		item: func(i int) string {
			return fmt.Sprintf(`<div class="news_column panel"><h3><a href="/index.php?language=vi&amp;nv=news&amp;op=hoat-dong/giao-ban-%d">%s</a></h3><p>%s</p></div>`, 1000+i, headline(i), prose(i, 1))
		},
		pager: func(page int) string {
			return `<div class="generate_page">` + links(page, func(n int) string {
				return fmt.Sprintf("/index.php?language=vi&amp;nv=news&amp;op=hoat-dong/page-%d", n)
			}) + `</div>`
		},
		page: func(r *http.Request) int {
			op := r.URL.Query().Get("op")
			if op == "hoat-dong" {
				return 1
			}
			return max(after(op, "hoat-dong/page-", "")+1000, 0)
		},
		number: func(r *http.Request) int { return after(r.URL.Query().Get("op"), "hoat-dong/giao-ban-", "") },
		article: func(i int) string {
			return fmt.Sprintf(`<div class="news_column"><h1>%s</h1><span class="time">Thứ %s, %s 07:57</span><div id="hometext">%s</div><div class="bodytext"><p>%s</p><p>%s</p></div><div class="other"><h4>Những tin cũ hơn</h4><ul><li><a href="/index.php?language=vi&amp;nv=news&amp;op=hoat-dong/giao-ban-1009">%s</a></li></ul></div></div>`, headline(i), []string{"bảy", "sáu", "năm", "tư", "ba"}[i%5], postedOn(i), prose(i, 1), prose(i, 2), prose(i, 3), headline(9))
		},
	},
	{
		name: "ASP.NET by GET, picture arrows", listing: "http://portal-8.vn/Default.aspx?Act=10&d=4", family: "webforms", title: "CỔNG THÔNG TIN ĐIỆN TỬ", menu: plainMenu + `<input type="hidden" name="__VIEWSTATE" value="/wEP"><script src="/WebResource.axd?d=x"></script>`,
		item: func(i int) string {
			return fmt.Sprintf(`<tr><td><img src="i.gif"></td><td><a class="link" href="Default.aspx?Act=11&amp;NewsID=%d">%s</a> <font color="gray">(%s 3:%02d:00 CH)</font></td></tr>`, 1000+i, headline(i), postedOn(i), 10+i)
		},
		pager: func(page int) string {
			s := `<table><tr><td>`
			if page > 1 {
				s += fmt.Sprintf(`<a href="Default.aspx?Act=10&amp;p=%d&amp;d=4"><img src="prev.gif" alt="Trang trước"></a>`, page-1)
			}
			if page < 5 {
				s += fmt.Sprintf(`<a href="Default.aspx?Act=10&amp;p=%d&amp;d=4"><img src="next.gif" alt="Trang sau"></a>`, page+1)
			}
			return s + `</td></tr></table>`
		},
		page: func(r *http.Request) int {
			if r.URL.Query().Get("Act") != "10" {
				return 0
			}
			return max(query(r, "p"), 1)
		},
		number: func(r *http.Request) int {
			if r.URL.Query().Get("Act") != "11" {
				return -1
			}
			return query(r, "NewsID") - 1000
		},
		article: func(i int) string {
			return fmt.Sprintf(`<table><tr><td class="t1">%s</td></tr><tr><td class="t2">Ngày đưa:  %s 02:42:15 PM</td></tr><tr><td class="t3"><b>%s</b></td></tr><tr><td class="t4"><div>%s</div><div>&nbsp;</div><div>%s</div></td></tr></table>`, headline(i), postedOn(i), prose(i, 1), prose(i, 2), prose(i, 3))
		},
	},
}

func TestCheckUnseenPortals(t *testing.T) {
	for _, u := range unseenPortals {
		t.Run(u.name, func(t *testing.T) {
			r, err := Check(t.Context(), handlerFetch(u), u.listing, "tuyen-quang")
			if err != nil {
				t.Fatal(err)
			}
			if !r.OK || len(r.Warnings) > 0 {
				t.Errorf("ok %v, warnings %q", r.OK, r.Warnings)
			}
			if u.family != "" && r.Family != u.family {
				t.Errorf("family %s, want %s", r.Family, u.family)
			}
			if len(r.Listing.Items) != perPage || r.Listing.Next == nil {
				t.Fatalf("%d items, next %v: %+v", len(r.Listing.Items), r.Listing.Next, r.Listing.Items)
			}
			for i, it := range r.Listing.Items {
				if it.Title != headline(i) {
					t.Errorf("item %d: title %q", i, it.Title)
				}
			}
			for i, b := range r.Bulletins {
				want := postedOn(i)
				if u.printed != nil {
					want = u.printed(i)
				}
				if b.Title != headline(i) || b.Published.Format("02/01/2006") != want {
					t.Errorf("bulletin %d: %q of %s", i, b.Title, b.Published)
				}
				if !strings.HasPrefix(b.Body, "Đoạn 1 của bài số "+strconv.Itoa(i)) || !strings.HasSuffix(b.Body, "ở cơ sở.") {
					t.Errorf("bulletin %d: %q", i, b.Body)
				}
			}
			if n := walkAll(t, u, r); n != unseenItems {
				t.Errorf("the walk finds %d items, want %d", n, unseenItems)
			}
		})
	}
}

// walkAll follows the checked profile to the listing's end.
func walkAll(t *testing.T, u http.Handler, r CheckReport) int {
	t.Helper()
	fetch, seen := handlerFetch(u), map[string]bool{}
	for _, it := range r.Listing.Items {
		seen[it.Key] = true
	}
	next := r.Listing.Next
	for pages := 0; next != nil && pages < 20; pages++ {
		page, err := fetch(t.Context(), *next)
		if err != nil {
			t.Fatal(err)
		}
		l, err := r.Profile.ListingAfter(next, page.URL, page.Body)
		if err != nil {
			t.Fatal(err)
		}
		for _, it := range l.Items {
			seen[it.Key] = true
		}
		next = l.Next
	}
	return len(seen)
}
