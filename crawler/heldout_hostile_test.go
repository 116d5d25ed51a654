package crawler

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// A hundred thousand links beside the list.
func heldManyLinks() *held {
	h := plain("100,000 links", "long-an")
	var b strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&b, `<a href="/lk/%d.html">Liên kết %d</a>`, i, i)
	}
	side := `<div class="lk">` + b.String() + `</div>`
	h.list = func(page int, items []story) string { return h.plainList(page, items, side, plainLink) }
	return h
}

// Article and listing thousands of elements deep.
func heldDeep() *held {
	h := plain("deep nesting", "ca-mau")
	in, out := strings.Repeat("<div>", 3000), strings.Repeat("</div>", 3000)
	h.list = func(page int, items []story) string {
		return strings.Replace(h.plainList(page, items, in, plainLink), "<aside>", out+"<aside>", 1)
	}
	h.article = func(s story) string { return h.plainArticle(s, in, out, plainLink) }
	return h
}

// A calendar that goes on for ever, each day with a listing of its own.
func heldCalendar() *held {
	h := plain("calendar", "tra-vinh")
	calendar := func(day time.Time) string {
		s := `<table class="lich"><tr><td><a href="/tin-tuc.html?thang=` + day.AddDate(0, -1, 0).Format("01-2006") + `">&laquo;</a></td><td>` + day.Format("01/2006") + `</td><td><a href="/tin-tuc.html?thang=` + day.AddDate(0, 1, 0).Format("01-2006") + `">&raquo;</a></td></tr><tr>`
		for n := 1; n <= 28; n++ {
			s += fmt.Sprintf(`<td><a href="/tin-tuc.html?ngay=%02d%s">%d</a></td>`, n, day.Format("-01-2006"), n)
		}
		return s + `</tr></table>`
	}
	list := func(page int, items []story, day time.Time) string {
		return h.plainList(page, items, calendar(day), plainLink)
	}
	h.before = func(w http.ResponseWriter, r *http.Request) bool {
		q := r.URL.Query()
		if !q.Has("thang") && !q.Has("ngay") {
			return false
		}
		day, err := time.Parse("01-2006", q.Get("thang"))
		if err != nil {
			day = time.Now()
		}
		h.say(w, list(1, h.items(1), day))
		return true
	}
	h.list = func(page int, items []story) string { return list(page, items, time.Now()) }
	return h
}

// Sessions in every address, another at each visit.
func heldSessionID() *held {
	h := plain("session ids", "soc-trang")
	visits := 0
	link := func(s story) string {
		visits++
		return fmt.Sprintf("/doc/%s-%d.html;jsessionid=%032X?PHPSESSID=%x&amp;sid=%d", s.slug(), s.id, visits*7919, visits*104729, visits)
	}
	number, page := h.number, h.page
	cut := func(r *http.Request) *http.Request {
		clone := r.Clone(r.Context())
		clone.URL.Path, _, _ = strings.Cut(r.URL.Path, ";")
		return clone
	}
	h.number = func(r *http.Request) int { return number(cut(r)) }
	h.page = func(r *http.Request) int { return page(cut(r)) }
	h.list = func(page int, items []story) string {
		visits++
		return strings.ReplaceAll(h.plainList(page, items, "", link), "/tin-tuc.html?page", fmt.Sprintf("/tin-tuc.html;jsessionid=%032X?PHPSESSID=%x&amp;page", visits, visits))
	}
	h.article = func(s story) string { return h.plainArticle(s, "", "", link) }
	return h
}

// The address that people know is a page that sends on.
func heldRefresh() *held {
	h := plain("meta refresh", "hau-giang")
	h.listing = "/"
	h.before = func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != "/" {
			return false
		}
		h.say(w, `<html><head><meta http-equiv="refresh" content="0; URL='/tin-tuc.html'"></head><body></body></html>`)
		return true
	}
	return h
}

// Two of the listed articles are not there, which the server does not say.
func heldSoft404() *held {
	h := plain("soft 404", "bac-lieu")
	h.missing = []int{2, 7}
	h.before = func(w http.ResponseWriter, r *http.Request) bool {
		if no := h.number(r); no != 2 && no != 7 {
			return false
		}
		h.say(w, pressShell("Thông báo", `<div class="chitiet"><h3>Không tìm thấy bài viết</h3><p>Bài viết bạn yêu cầu không tồn tại hoặc đã bị xóa khỏi hệ thống. Vui lòng quay lại trang chủ hoặc dùng ô tìm kiếm để tìm các bài viết khác của chúng tôi.</p></div>`))
		return true
	}
	return h
}

// Articles that were taken away lead to the home page.
func heldHome() *held {
	h := plain("articles lead home", "vinh-long")
	h.missing = []int{3, 6}
	h.before = func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == "/" {
			h.say(w, pressShell("Trang chủ", `<div class="home"><h2>Tin mới</h2>`+h.plainList(1, h.items(2), "", plainLink)+`</div>`))
			return true
		}
		if no := h.number(r); no != 3 && no != 6 {
			return false
		}
		http.Redirect(w, r, "/", http.StatusFound)
		return true
	}
	return h
}

// Dates that tell how long ago.
func heldRelative() *held {
	h := plain("relative dates", "kien-giang")
	h.loose = true
	ago := func(s story) string {
		hours := int(time.Since(s.at).Hours())
		switch {
		case hours < 24:
			return fmt.Sprintf("%d giờ trước", hours)
		default:
			return fmt.Sprintf("%d ngày trước", hours/24)
		}
	}
	h.list = func(page int, items []story) string {
		return h.plainList(page, items, "", plainLink)
	}
	h.article = func(s story) string {
		return strings.Replace(h.plainArticle(s, "", "", plainLink), `Ngày đăng: `+s.at.Format("02/01/2006 15:04"), ago(s), 1)
	}
	return h
}

// Two articles with one title, and one that is pinned to every page's top.
func heldTwins() *held {
	h := plain("twins and a pinned one", "dong-nai")
	h.pinned = 9
	h.twins = []int{2, 5}
	return h
}
