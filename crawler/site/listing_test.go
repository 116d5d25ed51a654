package site

import (
	"net/url"
	"os"
	"path/filepath"
	"testing"
)

func mustURL(t *testing.T, s string) *url.URL {
	t.Helper()
	u, err := url.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func readPage(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestListing(t *testing.T) {
	for _, c := range []struct {
		file, family, at string
		items            int
		first, title     string
		published, next  string
	}{
		{"nukeviet", "nukeviet", "https://a.vn/news/hoat-dong/page-2/", 3, "https://a.vn/news/hoat-dong/hoi-nghi-giao-ban-quy-ii-812.html", "Hội nghị giao ban quý II với các tổ chức thành viên", "13/07/2020 07:57:00", "GET https://a.vn/news/hoat-dong/page-3/"},
		{"nukeviet", "generic", "https://a.vn/news/hoat-dong/page-2/", 3, "https://a.vn/news/hoat-dong/hoi-nghi-giao-ban-quy-ii-812.html", "Hội nghị giao ban quý II với các tổ chức thành viên", "13/07/2020 07:57:00", "GET https://a.vn/news/hoat-dong/page-3/"},
		{"webforms-postback", "webforms", "http://b.vn/TinTuc.aspx?cat=12", 3, "http://b.vn/ChiTiet.aspx?mabb=1201", "Giao ban đánh giá kết quả công tác phối hợp quý II/2020", "13/07/2020", "POST http://b.vn/TinTuc.aspx?cat=12 Page$2"},
		{"webforms-postback", "generic", "http://b.vn/TinTuc.aspx?cat=12", 3, "http://b.vn/ChiTiet.aspx?mabb=1201", "Giao ban đánh giá kết quả công tác phối hợp quý II/2020", "13/07/2020", "POST http://b.vn/TinTuc.aspx?cat=12 Page$2"},
		{"webforms-group", "webforms", "http://b.vn/TinTuc.aspx?cat=12", 3, "http://b.vn/ChiTiet.aspx?mabb=1201", "Giao ban đánh giá kết quả công tác phối hợp quý II/2020", "13/07/2020", "POST http://b.vn/TinTuc.aspx?cat=12 Page$11"},
		{"sharepoint", "sharepoint", "https://c.vn/Pages/danh-muc.aspx?l=Tin++++++++++++&lv=4&page=57", 3, "https://c.vn/Pages/chi-tiet-tin-tuc.aspx?ItemID=3301&l=Tin&lv=4", "Hội nghị giao ban công tác Mặt trận quý III năm 2019", "04/10/2019 08:15", "GET https://c.vn/Pages/danh-muc.aspx?l=Tin++++++++++++&lv=4&page=58"},
		{"liferay", "liferay", "https://portal.example.vn/web/tin-tuc?p_p_id=101_INSTANCE_aBcD&_101_INSTANCE_aBcD_cur=17", 3, "https://portal.example.vn/web/tin-tuc/-/asset_publisher/aBcD/content/id/52011", "Giao ban công tác khối đoàn thể quý I năm 2018", "12/04/2018", "GET https://portal.example.vn/web/tin-tuc?p_p_id=101_INSTANCE_aBcD&_101_INSTANCE_aBcD_cur=18&_101_INSTANCE_aBcD_delta=4"},
		{"drupal", "drupal", "https://d.vn/tin-tuc", 3, "https://d.vn/node/1973", "Hội nghị báo cáo viên tháng Tám của Tỉnh ủy", "20/08/2021", "GET https://d.vn/tin-tuc?page=1"},
		{"joomla-last", "joomla", "https://e.vn/index.php/tin-tuc?start=20", 2, "https://e.vn/index.php/tin-tuc/item/501-giao-ban-quy-mot", "Giao ban quý một với các hội đặc thù", "18 Tháng 8 2015 16:06", ""},
		{"custom", "generic", "http://f.vn/tin-chung/page-4.htm", 3, "http://f.vn/tin-chung/hoi-nghi-truc-bao-quy-iii-nam-2016-c4521.htm", "Hội nghị trực báo quý III năm 2016 với các huyện", "08/10/2016", "GET http://f.vn/tin-chung/page-5.htm"},
	} {
		t.Run(c.file+"/"+c.family, func(t *testing.T) {
			p := &Profile{ID: "x", Family: c.family, Listings: []string{c.at}}
			l, err := p.Listing(mustURL(t, c.at), readPage(t, "listing/"+c.file+".html"))
			if err != nil {
				t.Fatal(err)
			}
			next := ""
			if l.Next != nil {
				next = l.Next.Method + " " + l.Next.URL
				if l.Next.Form != nil {
					next += " " + l.Next.Form.Get("__EVENTARGUMENT")
				}
			}
			if next != c.next {
				t.Errorf("next = %q, want %q (page %d of %d)", next, c.next, l.Page, l.Last)
			}
			if len(l.Items) != c.items {
				t.Fatalf("%d items, want %d: %+v", len(l.Items), c.items, l.Items)
			}
			if it := l.Items[0]; it.URL != c.first || it.Title != c.title || it.Published != c.published {
				t.Errorf("first = %+v", it)
			}
		})
	}
}

func TestPostbackForm(t *testing.T) {
	p := &Profile{ID: "x", Family: "webforms"}
	l, err := p.Listing(mustURL(t, "http://b.vn/TinTuc.aspx?cat=12"), readPage(t, "listing/webforms-postback.html"))
	if err != nil || l.Next == nil {
		t.Fatal(l.Next, err)
	}
	want := map[string]string{"__VIEWSTATE": "/wEPDwUKLTI2+abc==", "__EVENTVALIDATION": "/wEWDgL+xyz=", "__VIEWSTATEGENERATOR": "C2EE9ABB", "__EVENTTARGET": "ctl00$Main$grv", "__EVENTARGUMENT": "Page$2", "ctl00$btnSearch": ""}
	for name, v := range want {
		if got := l.Next.Form.Get(name); got != v {
			t.Errorf("%s = %q, want %q", name, got, v)
		}
	}
	if _, sent := l.Next.Form["ctl00$btnSearch"]; sent {
		t.Error("the submit button is sent")
	}
	if l.Page != 1 || l.Last != 26 {
		t.Errorf("page %d of %d, want 1 of 26", l.Page, l.Last)
	}
}
