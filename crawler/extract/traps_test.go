package extract

import (
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"bantin/bulletin"
	"bantin/bulletin/facts"
	"bantin/crawler/fetch"
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
	want := strings.Join([]string{trapLead, trapFirst, trapLast}, "\n\n")
	files, err := filepath.Glob("testdata/traps/*.html")
	if err != nil || len(files) == 0 {
		t.Fatalf("no traps: %v", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".html")
		page, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		got, err := article(t, "generic", "https://a.vn/tin/5", page)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		b := got.Bulletin
		if b.Title != trapTitle {
			t.Errorf("%s: title %q", name, b.Title)
		}
		if b.Body != want {
			t.Errorf("%s: body\n%s", name, b.Body)
		}
		if b.Lead != trapLead {
			t.Errorf("%s: lead %q", name, b.Lead)
		}
		byline := strings.Contains(name, "byline")
		if byline && b.Author != "Lan Chi" || !byline && b.Author != "" {
			t.Errorf("%s: author %q", name, b.Author)
		}
	}
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
	got, err := article(t, "generic", "https://a.vn/tin/5", fetch.Decode(raw, ""))
	if err != nil {
		t.Fatal(err)
	}
	if got.Bulletin.Title != "Uỷ ban nhân dân tỉnh tổ chức hội nghị giao ban quý III" || !strings.Contains(got.Bulletin.Body, "đánh giá kết quả công tác và triển khai nhiệm vụ") {
		t.Errorf("%q %q", got.Bulletin.Title, got.Bulletin.Body)
	}
}
