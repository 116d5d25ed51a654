package extract

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"bantin/bulletin"
	"bantin/bulletin/facts"
	"bantin/crawler/site"
)

const (
	trapLead  = "Sáng 12/3/2019, Ban Thường trực Ủy ban Mặt trận Tổ quốc tỉnh tổ chức hội nghị giao ban quý I với các tổ chức thành viên."
	trapFirst = "Báo cáo tại hội nghị nêu rõ, trong quý, các tổ chức thành viên đã triển khai 12 nội dung phối hợp, trong đó 9 nội dung hoàn thành trước hạn."
	trapLast  = "Kết luận hội nghị, chủ trì đề nghị các đơn vị tập trung khắc phục những việc còn chậm và báo cáo kết quả trong tháng tới."
	trapTitle = "Hội nghị giao ban công tác Mặt trận quý I năm 2019"
)

// Whatever portals print around and inside an article, its text comes out the
// same.
func TestTraps(t *testing.T) {
	p := func(s string) string { return "<p>" + s + "</p>" }
	plainBody := p(trapLead) + p(trapFirst) + p(trapLast)
	want := trapLead + "\n\n" + trapFirst + "\n\n" + trapLast
	for _, c := range []struct{ name, page string }{
		{"plain", "<h1>" + trapTitle + "</h1><div class=b>" + plainBody + "</div>"},
		{"kicker above", "<div class=kicker>MẶT TRẬN - ĐOÀN THỂ</div><h1>" + trapTitle + "</h1><div class=b>" + plainBody + "</div>"},
		{"kicker inside the title", "<h1><span class=kicker>Mặt trận - Đoàn thể:</span> " + trapTitle + "</h1><div class=b>" + plainBody + "</div>"},
		{"date inside the title", "<h1>" + trapTitle + " <span class=date>(13/03/2019)</span></h1><div class=b>" + plainBody + "</div>"},
		{"title repeated", "<h1>" + trapTitle + "</h1><div class=b>" + p("<b>"+trapTitle+"</b>") + plainBody + "</div>"},
		{"lead repeated", "<h1>" + trapTitle + "</h1><div class=sapo>" + trapLead + "</div><div class=b>" + plainBody + "</div>"},
		{"lead apart", "<h1>" + trapTitle + "</h1><h2 class=sapo>" + trapLead + "</h2><div class=b>" + p(trapFirst) + p(trapLast) + "</div>"},
		{"lead apart, unnamed", "<h1>" + trapTitle + "</h1><p><b>" + trapLead + "</b></p><div class=b>" + p(trapFirst) + p(trapLast) + "</div>"},
		{"related between lead and body", "<h1>" + trapTitle + "</h1><div class=sapo>" + trapLead + "</div><ul><li><a href=/a>Ra quân làm vệ sinh môi trường ở các khu dân cư</a></li><li><a href=/b>Tập huấn nghiệp vụ cho cán bộ cơ sở năm nay</a></li></ul><div class=b>" + p(trapFirst) + p(trapLast) + "</div>"},
		{"related inside the body", "<h1>" + trapTitle + "</h1><div class=b>" + p(trapLead) + "<p><b>Tin liên quan</b></p><ul><li><a href=/a>Ra quân làm vệ sinh môi trường ở các khu dân cư</a></li></ul>" + p(trapFirst) + p(trapLast) + "</div>"},
		{"arrows", "<h1>" + trapTitle + "</h1><div class=b>" + p(trapLead) + p("&gt;&gt; Tập huấn nghiệp vụ cho cán bộ cơ sở năm nay") + p(">> <a href=/x>Một bài khác nữa của báo về hội nghị</a>") + p(trapFirst) + p(trapLast) + "</div>"},
		{"dateline", "<h1>" + trapTitle + "</h1><div class=b>" + p("<b>BHG -</b> "+trapLead) + p(trapFirst) + p(trapLast) + "</div>"},
		{"dateline in brackets", "<h1>" + trapTitle + "</h1><div class=b>" + p("(Baomau.vn) – "+trapLead) + p(trapFirst) + p(trapLast) + "</div>"},
		{"dateline of a portal", "<h1>" + trapTitle + "</h1><div class=b>" + p("CTTĐT - "+trapLead) + p(trapFirst) + p(trapLast) + "</div>"},
		{"Word residue", "<h1>" + trapTitle + "</h1><div class=b><!--[if gte mso 9]><xml>x</xml><![endif]-->" + p("Normal 0 false false false EN-US X-NONE X-NONE") + p(trapLead) + p(`Description: F:\Anh 2019\giao ban.jpg`) + "<o:p></o:p>" + p(trapFirst) + p(trapLast) + "</div>"},
		{"caption in a figure", "<h1>" + trapTitle + "</h1><div class=b>" + p(trapLead) + "<figure><img src=a.jpg><figcaption>Quang cảnh hội nghị. Ảnh: Lan Chi</figcaption></figure>" + p(trapFirst) + p(trapLast) + "</div>"},
		{"caption in a table", "<h1>" + trapTitle + "</h1><div class=b>" + p(trapLead) + "<table><tr><td><img src=a.jpg></td></tr><tr><td>Các đại biểu biểu quyết thông qua chương trình</td></tr></table>" + p(trapFirst) + p(trapLast) + "</div>"},
		{"caption twice", "<h1>" + trapTitle + "</h1><div class=b>" + p("Đồng chí chủ trì phát biểu tại hội nghị") + p("Đồng chí chủ trì phát biểu tại hội nghị") + plainBody + "</div>"},
		{"tools above", "<h1>" + trapTitle + "</h1><div>Cỡ chữ: <a href=#>A+</a> <a href=#>A-</a> | <a href=#>Bản in</a> | Lượt xem: 1.234</div><div class=b>" + plainBody + "</div>"},
		{"tools inside", "<h1>" + trapTitle + "</h1><div class=b><p>Cỡ chữ: A+ A-</p><p>[Bản in]</p><p>Lượt xem: 1.234</p>" + plainBody + "<p>Lượt xem: 1.234</p><p>Đánh giá bài viết</p><p>Tổng số điểm của bài viết là: 5 trong 1 đánh giá</p></div>"},
		{"end mark and byline", "<h1>" + trapTitle + "</h1><div class=b>" + p(trapLead) + p(trapFirst) + p(strings.TrimSuffix(trapLast, ".")+"./.") + "<p style='text-align:right'><b>LAN CHI</b></p></div>"},
		{"byline in the last line", "<h1>" + trapTitle + "</h1><div class=b>" + p(trapLead) + p(trapFirst) + p(strings.TrimSuffix(trapLast, ".")+"./. <b>Lan Chi</b>") + "</div>"},
		{"byline with a label", "<h1>" + trapTitle + "</h1><div class=b>" + plainBody + p("Tin, ảnh: Lan Chi") + "</div>"},
		{"editors", "<h1>" + trapTitle + "</h1><div class=b>" + plainBody + p("BBT") + "</div>"},
		{"source", "<h1>" + trapTitle + "</h1><div class=b>" + plainBody + p("Theo Báo Mẫu") + "</div>"},
		{"newer and older", "<h1>" + trapTitle + "</h1><div class=b>" + plainBody + "<h3>Những tin mới hơn</h3><ul><li><a href=/a>Ra quân làm vệ sinh môi trường ở các khu dân cư</a></li></ul><p>Những tin cũ hơn</p><p>Một tin cũ không có liên kết nào cả</p></div>"},
		{"footer of a listing", "<h1>" + trapTitle + "</h1><div class=b>" + plainBody + "<div>Tổng số: 257 | Trang: 1 trên tổng số 26 trang</div><div>Xem tin theo ngày: / /</div></div>"},
		{"lines by br", "<h1>" + trapTitle + "</h1><div class=b>" + trapLead + "<br><br>&nbsp;&nbsp;&nbsp;" + trapFirst + "<br/>" + trapLast + "</div>"},
		{"hard wrapped", "<h1>" + trapTitle + "</h1><pre class=b>" + wrap(trapLead) + "\n\n" + wrap(trapFirst) + "\n\n" + wrap(trapLast) + "</pre>"},
		{"cells of a table", "<h1>" + trapTitle + "</h1><table class=b><tr><td>" + trapLead + "</td></tr><tr><td>" + trapFirst + "</td></tr><tr><td>" + trapLast + "</td></tr></table>"},
		{"decomposed letters", "<h1>" + trapTitle + "</h1><div class=b>" + strings.NewReplacer("ư", "u\u031b", "ệ", "e\u0323\u0302", "á", "a\u0301", "Đ", "Ð").Replace(plainBody) + "</div>"},
		{"comments and shares", "<h1>" + trapTitle + "</h1><div class=b><div class='fb-like'>Thích 12</div>" + plainBody + "<div class=share-box>Chia sẻ Facebook</div><div id=comment-form>Ý kiến bạn đọc về bài viết này xin gửi vào ô dưới đây để ban biên tập xem xét.</div></div>"},
		{"a span a word", "<h1>" + trapTitle + "</h1><div class=b>" + p(spans(trapLead)) + p(spans(trapFirst)) + p(spans(trapLast)) + "</div>"},
		{"hidden text", "<h1>" + trapTitle + "</h1><div class=b><div style='display: none'>" + strings.Repeat("Nội dung ẩn dành cho máy tìm kiếm. ", 30) + "</div>" + plainBody + "</div>"},
	} {
		page := "<html><head><title>Mặt trận tỉnh mẫu</title></head><body><div class=top>Thứ sáu, 20/11/2026</div><div id=main>" + c.page + "</div></body></html>"
		got, err := article(t, "generic", "https://a.vn/tin/5", []byte(page))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		b := got.Bulletin
		if b.Title != trapTitle {
			t.Errorf("%s: title %q", c.name, b.Title)
		}
		if b.Body != want {
			t.Errorf("%s: body\n%s", c.name, b.Body)
		}
		if b.Lead != trapLead {
			t.Errorf("%s: lead %q", c.name, b.Lead)
		}
		byline := strings.Contains(c.name, "byline")
		if byline && b.Author != "Lan Chi" || !byline && b.Author != "" {
			t.Errorf("%s: author %q", c.name, b.Author)
		}
	}
}

// spans puts every word into an element of its own, as some editors do.
func spans(s string) string {
	return "<span>" + strings.ReplaceAll(s, " ", "</span> <span>") + "</span>"
}

// wrap breaks a text into lines of about sixty letters.
func wrap(s string) string {
	var b strings.Builder
	n := 0
	for w := range strings.FieldsSeq(s) {
		if n > 60 {
			b.WriteByte('\n')
			n = 0
		} else if n > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w)
		n += utf8.RuneCountInString(w) + 1
	}
	return b.String()
}

func TestTextForms(t *testing.T) {
	want := trapLead + "\n\n" + trapFirst + "\n\n" + trapLast
	for _, c := range []struct{ name, text, author, published string }{
		{"kicker, tools, source", "Tin hoạt động\n" + trapTitle + "\nNgày đăng: 13/03/2019 08:15\nLượt xem: 12\n\n" + trapLead + "\n\n" + trapFirst + "\n\n" + trapLast + "\n\nNguồn: Báo Mẫu", "", "2019-03-13T08:15"},
		{"no date", trapTitle + "\n\n" + trapLead + "\n" + trapFirst + "\n" + trapLast + "\n\n                                        Lan Chi\n", "Lan Chi", "0001"},
		{"hard wrapped, carriage returns", strings.ReplaceAll(trapTitle+"\n13/03/2019\n\n"+wrap(trapLead)+"\n\n"+wrap(trapFirst)+"\n\n"+wrap(trapLast), "\n", "\r\n"), "", "2019-03-13"},
		{"related below", trapTitle + "\n(13/03/2019)\n" + trapLead + "\n" + trapFirst + "\n" + trapLast + "\nCác tin khác\nRa quân làm vệ sinh môi trường ở các khu dân cư\nTập huấn nghiệp vụ", "", "2019-03-13"},
	} {
		b, err := Text(c.text, facts.Hint{})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if b.Title != trapTitle || b.Body != want || b.Author != c.author || !strings.HasPrefix(b.Published.Format("2006-01-02T15:04"), c.published) {
			t.Errorf("%s: %q %q %s\n%s", c.name, b.Title, b.Author, b.Published, b.Body)
		}
	}
}

func FuzzText(f *testing.F) {
	f.Add(trapTitle + "\nNgày đăng: 13/03/2019\n\n" + trapLead + "\n" + trapLast + "./.\n   Lan Chi")
	f.Add("a\n\x00\xff\nBản in")
	f.Add("./.\n>>\n(BHG) - x")
	f.Fuzz(func(t *testing.T, s string) {
		b, err := Text(s, facts.Hint{})
		if err != nil {
			return
		}
		checkText(t, b)
	})
}

func FuzzArticle(f *testing.F) {
	f.Add([]byte("<h1>" + trapTitle + "</h1><div>" + trapLead + "<br>" + trapLast + "</div>"))
	f.Add([]byte("<title>x</title><table><td><img><p>" + trapFirst))
	f.Add([]byte("\xff\xfe<b><i><p>"))
	f.Fuzz(func(t *testing.T, page []byte) {
		for _, family := range []string{"generic", "nukeviet"} {
			got, err := article(t, family, "https://a.vn/201903/tin-5.html", page)
			if err == nil {
				checkText(t, got.Bulletin)
			}
		}
	})
}

// checkText holds what every text must satisfy.
func checkText(t *testing.T, b bulletin.Bulletin) {
	t.Helper()
	if !utf8.ValidString(b.Title) || !utf8.ValidString(b.Body) || !utf8.ValidString(b.Author) {
		t.Errorf("invalid UTF-8: %q %q", b.Title, b.Body)
	}
	if !strings.HasPrefix(b.Body, b.Lead) {
		t.Errorf("body %q does not begin with lead %q", b.Body, b.Lead)
	}
	for para := range strings.SplitSeq(b.Body, "\n\n") {
		if para == "" || strings.ContainsAny(para, "\n\t") {
			t.Errorf("paragraph %q", para)
		}
	}
}

func TestMissedSelector(t *testing.T) {
	p := &site.Profile{ID: "x", Family: "generic", Select: site.Selectors{Title: "h1.old", Body: "#old", Date: ".old"}}
	u, err := url.Parse("https://a.vn/tin/5")
	if err != nil {
		t.Fatal(err)
	}
	got, err := Article(p, u, []byte("<h1>"+trapTitle+"</h1><div class=b>13/03/2019<p>"+trapLead+"<p>"+trapFirst+"<p>"+trapLast+"</div>"), time.Time{})
	if err != nil || got.Bulletin.Title != trapTitle || !slices.Contains(got.Doubts, Missed) {
		t.Errorf("%v %q %q", err, got.Bulletin.Title, got.Doubts)
	}
}

// A page in an old font encoding reads as any other.
func TestLegacyPage(t *testing.T) {
	page := "<html><head><meta http-equiv=Content-Type content='text/html; charset=x-user-defined'><title>x</title></head><body><h1>" +
		"Uû ban nh©n d©n tØnh tæ chøc héi nghÞ giao ban quý III</h1><div>Ngµy 13/03/2019</div><div class=b><p>" +
		strings.Repeat("Uû ban nh©n d©n tØnh tæ chøc héi nghÞ giao ban quý III, ®¸nh gi¸ kÕt qu¶ c«ng t¸c vµ triÓn khai nhiÖm vô. ", 4) + "</p></div></body></html>"
	raw, err := charmap.Windows1252.NewEncoder().Bytes([]byte(page))
	if err != nil {
		t.Fatal(err)
	}
	got, err := article(t, "generic", "https://a.vn/tin/5", raw)
	if err != nil {
		t.Fatal(err)
	}
	if got.Bulletin.Title != "Uỷ ban nhân dân tỉnh tổ chức hội nghị giao ban quý III" || !strings.Contains(got.Bulletin.Body, "đánh giá kết quả công tác và triển khai nhiệm vụ") {
		t.Errorf("%q %q", got.Bulletin.Title, got.Bulletin.Body)
	}
}
