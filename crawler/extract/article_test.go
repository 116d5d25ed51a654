package extract

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bantin/bulletin/facts"
	"bantin/crawler/site"
)

func readFile(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func article(t testing.TB, family, address string, page []byte) (Result, error) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return Article(&site.Profile{ID: "x", Family: family}, u, page, time.Date(2026, 11, 20, 3, 0, 0, 0, time.UTC))
}

// The seeds as their portals show them read the same as their plain text,
// whether the family is known or not.
func TestSeedsAsPages(t *testing.T) {
	for _, c := range []struct{ page, text, family, at string }{
		{"seed-dotnetnuke.html", "thua-thien-hue-2020-q3.txt", "dotnetnuke", "https://hue.example.vn/vi-vn/Thong-tin/tid/Hoi-nghi-giao-ban/newsid/6E0E1B5C-1C2F-4C0F-9C0E-AB1200D6F0AA/cid/0D1F5B6A-33C2-4A52-8E77-6C1B7E1D9B01"},
		{"seed-dotnetnuke.html", "thua-thien-hue-2020-q3.txt", "generic", "https://hue.example.vn/a/1"},
		{"seed-webforms.html", "tuyen-quang-2020-q2.txt", "webforms", "http://tq.example.vn/DetailView.aspx?mabb=1201"},
		{"seed-webforms.html", "tuyen-quang-2020-q2.txt", "generic", "http://tq.example.vn/DetailView.aspx?mabb=1201"},
	} {
		got, err := article(t, c.family, c.at, readFile(t, c.page))
		if err != nil {
			t.Errorf("%s: %v %v", c.page, err, got.Doubts)
			continue
		}
		want, err := Text(string(readFile(t, c.text)), facts.Hint{})
		if err != nil {
			t.Fatal(err)
		}
		a, b := got.Bulletin, want
		for _, d := range []string{
			cmp.Diff(b.Title, a.Title), cmp.Diff(b.Author, a.Author), cmp.Diff(b.Lead, a.Lead), cmp.Diff(b.Body, a.Body),
			cmp.Diff(b.Published.Format(time.RFC3339), a.Published.Format(time.RFC3339)),
		} {
			if d != "" {
				t.Errorf("%s as %s: %s", c.page, c.family, d)
			}
		}
	}
}

func TestNoArticle(t *testing.T) {
	menu := strings.Repeat(`<li><a href="/x">Một mục trong danh mục chính</a></li>`, 40)
	for _, c := range []struct {
		name, page string
		want       error
	}{
		{"firewall", `<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. Please consult with your administrator.<br><br>Your support ID is: 123456</body></html>`, ErrNotArticle},
		{"soft 404", `<html><head><title>Báo mẫu</title></head><body><ul>` + menu + `</ul><h1>Không tìm thấy trang</h1><p>Bài viết này không tồn tại hoặc đã bị xóa.</p></body></html>`, ErrGone},
		{"404 in the title", `<html><head><title>404 Not Found</title></head><body>Trang không tồn tại</body></html>`, ErrGone},
		{"site's name as title", `<html><head><title>Cổng thông tin điện tử tỉnh</title></head><body><h1>Cổng thông tin điện tử tỉnh</h1><p>` + strings.Repeat("Một câu giới thiệu chung về tỉnh nhà. ", 20) + `</p></body></html>`, ErrNotArticle},
		{"empty", ``, ErrNotArticle},
		{"menus only", `<html><head><title>Hội nghị giao ban quý II năm 2020</title></head><body><ul>` + menu + `</ul></body></html>`, ErrNotArticle},
	} {
		_, err := article(t, "generic", "https://a.vn/tin/1", []byte(c.page))
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

func TestPublished(t *testing.T) {
	body := "<p>" + strings.Repeat("Sáng 12/3/2019, hội nghị đã nghe báo cáo kết quả công tác và thảo luận nhiều nội dung. ", 6) + "</p>"
	for _, c := range []struct{ name, family, at, page, want string }{
		{"page clock above, label below", "generic", "/tin/5", `<div>Thứ sáu, 20/11/2026, 10:00 (GMT+7)</div><div id=m><h1>Hội nghị giao ban quý I năm 2019</h1><div>Ngày đăng: 13/03/2019  11:38</div>` + body + `</div>`, "2019-03-13T11:38"},
		{"page clock only", "generic", "/tin/5", `<div>Thứ sáu, 20/11/2026, 10:00 (GMT+7)</div><div id=m><h1>Hội nghị giao ban quý I năm 2019</h1>` + body + `</div>`, "0001-01-01"},
		{"related item's date", "generic", "/tin/5", `<div id=m><h1>Hội nghị giao ban quý I năm 2019</h1>` + body + `<h3>Tin liên quan</h3><ul><li><a href=/a>Một tin khác đã đăng trước đây</a> <time datetime="2011-01-01">01/01/2011</time></li></ul></div>`, "0001-01-01"},
		{"malformed meta", "nukeviet", "/news/a-5.html", `<meta property="article:published_time" content="2019-03-13+0707:57:00"><h1 class=title>Hội nghị giao ban quý I năm 2019</h1><div id="news-bodyhtml">` + body + `</div>`, "2019-03-13T07:57"},
		{"address bounds", "newspaper", "/201903/hoi-nghi-99/", `<h1>Hội nghị giao ban quý I năm 2019</h1><div class=date>20/11/2026 08:00</div><div class=x>Cập nhật lúc: 09:51, 13/03/2019 [GMT+7]</div><div class="article-body">` + body + `</div>`, "2019-03-13T09:51"},
		{"below the body", "generic", "/tin/5", `<div id=m><h1>Hội nghị giao ban quý I năm 2019</h1><div class=b>` + body + body + `</div><div>Lượt xem: 7370 | Gửi lúc: 13/03/2019 15:42:27</div></div>`, "2019-03-13T15:42:27"},
		{"in the title", "generic", "/tin/5", `<div id=m><h1>Hội nghị giao ban quý I năm 2019 (13/03/2019)</h1>` + body + `</div>`, "2019-03-13"},
		{"microdata", "generic", "/tin/5", `<div id=m><h1>Hội nghị giao ban quý I năm 2019</h1><meta itemprop="datePublished" content="2019-03-13T08:00:00+07:00"><i>Xem: 99</i>` + body + `</div>`, "2019-03-13T08:00"},
		{"relative", "generic", "/tin/5", `<div id=m><h1>Hội nghị giao ban quý I năm 2019</h1><span class="post-date">4 giờ trước</span>` + body + `</div>`, "2026-11-20"},
	} {
		got, err := article(t, c.family, "https://a.vn"+c.at, []byte("<html><body>"+c.page+"</body></html>"))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if s := got.Bulletin.Published.Format("2006-01-02T15:04:05"); !strings.HasPrefix(s, c.want) {
			t.Errorf("%s: %s, want %s", c.name, s, c.want)
		}
		if zero := strings.HasPrefix(c.want, "0001"); zero != slices.Contains(got.Doubts, NoDate) {
			t.Errorf("%s: doubts %v", c.name, got.Doubts)
		}
	}
}

// Hostile pages end with an answer, without much memory or depth.
func TestHostile(t *testing.T) {
	prose := "<h1>Hội nghị giao ban quý I năm 2019</h1><p>" + strings.Repeat("Hội nghị đã nghe báo cáo kết quả công tác. ", 20) + "</p>"
	var links strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&links, `<a href="/tin/bai-viet-so-%d.html">Một tiêu đề bài viết khá dài số %d</a>`, i, i)
	}
	for name, page := range map[string]string{
		"deep divs":       prose + strings.Repeat("<div>", 200_000),
		"deep formatting": strings.Repeat("<b><i><font>", 50_000) + prose,
		"open links":      strings.Repeat("<a href=x>", 50_000) + prose,
		"deep tables":     strings.Repeat("<table><tr><td>", 20_000) + prose,
		"links":           "<div id=m>" + prose + links.String() + "</div>",
		"attributes":      prose + "<div " + strings.Repeat("a=b ", 200_000) + ">",
		"unclosed":        prose + "<p><span style='" + strings.Repeat("x", 1<<20),
		"brackets":        prose + strings.Repeat("<", 1<<20),
	} {
		_, err := article(t, "generic", "https://a.vn/tin/1", []byte("<html><body>"+page))
		if err != nil && !errors.Is(err, ErrNotArticle) {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := article(t, "generic", "https://a.vn/tin/1", make([]byte, 50<<20))
	if !errors.Is(err, site.ErrTooLarge) {
		t.Errorf("50 MB: %v", err)
	}
}
