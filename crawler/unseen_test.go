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
	name     string
	listing  string // address of the first page
	family   string // that detection should tell, "" for any
	title    string // format of the page's <title>, with %s for the article's
	menu     string
	item     func(i int) string
	pager    func(page int) string
	page     func(r *http.Request) int // 0: not the listing
	article  func(i int) string
	number   func(r *http.Request) int // of the article asked for, -1 for none
	printed  func(i int) string        // date as the article prints it
	province string
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
func walkAll(t *testing.T, u unseen, r CheckReport) int {
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
