package crawler

import (
	"fmt"
	"net/http"
	"strings"
)

// A second set, made once the first was mended.
func secondPortals() []*held { return []*held{heldPathP(), heldOffset(), heldBase()} }

// /p/2 under the listing, articles by bare number, dates with a bar.
func heldPathP() *held {
	const path = "/chuyen-muc/hoat-dong"
	h := &held{name: "p in the path", listing: path, province: "an-giang", n: 13, per: 4, page: pageInPath(path, path+"/p/", "")}
	link := func(s story) string { return fmt.Sprintf("/bai-viet/%d", s.id) }
	h.number = func(r *http.Request) int { return numberOf(strings.TrimPrefix(r.URL.Path, "/bai-viet/")) }
	h.list = func(page int, items []story) string {
		return pressShell("Hoạt động", `<section>`+join(items, func(s story) string {
			return `<div><em>` + s.at.Format("15:04 | 02/01/2006") + `</em> <a href="` + link(s) + `">` + s.title + `</a></div>`
		})+`<footer>`+h.numbers(page, func(n int) string { return fmt.Sprintf("%s/p/%d", path, n) })+`</footer></section>`)
	}
	h.article = func(s story) string {
		return pressShell(s.title, `<section><div class="title">`+s.title+`</div><div class="bar">`+s.at.Format("15:04 | 02/01/2006")+`</div><blockquote>`+s.lead+`</blockquote>`+paragraphs(s, `<div>&nbsp;&nbsp;`, `</div>`)+`<div style="text-align:right"><b>`+strings.ToUpper(s.author)+`</b></div><h4>Tin liên quan</h4><ul>`+others(s, link)+`</ul></section>`)
	}
	return h
}

// offset= in steps of the page size, the date in a column of its own.
func heldOffset() *held {
	const path = "/news.php"
	h := &held{name: "offset", listing: path + "?cid=8", province: "dak-lak", n: 14, per: 5}
	h.page = func(r *http.Request) int {
		if r.URL.Path != path || r.URL.Query().Get("cid") != "8" || r.URL.Query().Has("nid") {
			return 0
		}
		return atoi(r.URL.Query().Get("offset"))/5 + 1
	}
	link := func(s story) string { return fmt.Sprintf("/news.php?cid=8&amp;nid=%d", s.id) }
	h.number = func(r *http.Request) int { return numberOf(r.URL.Query().Get("nid")) }
	h.list = func(page int, items []story) string {
		return pressShell("Tin", `<table class="grid"><tr><th>Ngày</th><th>Tiêu đề</th></tr>`+join(items, func(s story) string {
			return `<tr><td>` + s.at.Format("02/01/2006") + `</td><td><a href="` + link(s) + `">` + s.title + `</a></td></tr>`
		})+`</table><p>Trang `+h.numbers(page, func(n int) string { return fmt.Sprintf("/news.php?cid=8&amp;offset=%d", (n-1)*5) })+`</p>`)
	}
	h.article = func(s story) string {
		return pressShell("Tin", `<table><tr><td><h2>`+s.title+`</h2></td></tr><tr><td>Đăng lúc `+s.at.Format("15:04")+` ngày `+s.at.Format("02/01/2006")+` bởi `+s.author+`</td></tr><tr><td><p><i>`+s.lead+`</i></p>`+paragraphs(s, "<p>", "</p>")+`</td></tr><tr><td>Tin khác:<br>`+others(s, link)+`</td></tr></table>`)
	}
	return h
}

// Everything relative to a base, the headline a h3 among h3s.
func heldBase() *held {
	const path = "/dang-bo/tin-tuc/danh-sach.html"
	h := &held{name: "base", listing: path, province: "ninh-thuan", n: 12, per: 4, page: queryPage(path, "trang")}
	link := func(s story) string { return fmt.Sprintf("tin-tuc/%s.%d.html", s.slug(), s.id) }
	h.number = func(r *http.Request) int {
		parts := strings.Split(r.URL.Path, ".")
		if len(parts) < 3 {
			return 0
		}
		return numberOf(parts[len(parts)-2])
	}
	shell := func(title, main string) string {
		return strings.Replace(pressShell(title, main), "<head>", `<head><base href="/dang-bo/">`, 1)
	}
	h.list = func(page int, items []story) string {
		return shell("Tin tức", `<div class="l">`+join(items, func(s story) string {
			return `<div class="i"><h3><a href="` + link(s) + `">` + s.title + `</a></h3><div>` + s.lead + `</div><div class="d">` + vnDay(s.at) + `, ` + s.at.Format("02/01/2006") + `</div></div>`
		})+`<div class="p">`+h.numbers(page, func(n int) string { return fmt.Sprintf("tin-tuc/danh-sach.html?trang=%d", n) })+`</div></div>`)
	}
	h.article = func(s story) string {
		return shell(s.title, `<div class="a"><h3>`+s.title+`</h3><div class="d">`+vnDay(s.at)+`, `+s.at.Format("02/01/2006 15:04")+`</div><div class="c"><p>`+s.lead+`</p>`+paragraphs(s, "<p>", "</p>")+`<p><b>Tin, ảnh: `+s.author+`</b></p></div><h3>Tin liên quan</h3><ul>`+others(s, link)+`</ul></div>`)
	}
	return h
}
