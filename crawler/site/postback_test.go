package site

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"
)

// panelPage is a listing inside an UpdatePanel, first as a whole page.
const panelPage = `<html><body><form method="post" action="/Tin.aspx" id="form1"><input type="hidden" name="__VIEWSTATE" value="vs1"><input type="hidden" name="__EVENTVALIDATION" value="ev1"><input type="hidden" name="ctl00$mode" value="list">
<select name="ctl00$size"><option value="10">10</option><option value="5" selected>5</option></select><input type="submit" name="ctl00$go" value="Tìm">
<script>Sys.WebForms.PageRequestManager._initialize('ctl00$sm', 'form1', ['tctl00$pnlMenu','','tctl00$pnlList',''], [], [], 90, 'ctl00');</script>
<div id="ctl00_pnlMenu"></div><div id="ctl00_pnlList">%s</div></form></body></html>`

func panel(page int) string {
	var b strings.Builder
	for i := range 5 {
		fmt.Fprintf(&b, `<div class="tin"><a href="/Xem.aspx?id=%d">Hội nghị giao ban công tác Mặt trận số %d</a><i>12/07/2020</i></div>`, page*10+i, page*10+i)
	}
	b.WriteString(`<div class="pager">`)
	for n := 1; n <= 3; n++ {
		if n == page {
			fmt.Fprintf(&b, "<span>%d</span>", n)
		} else {
			fmt.Fprintf(&b, `<a href="javascript:__doPostBack('ctl00$pg$ctl0%d','')">%d</a>`, n, n)
		}
	}
	return b.String() + "</div>"
}

func record(kind, id, content string) string {
	return fmt.Sprintf("%d|%s|%s|%s|", len(utf16.Encode([]rune(content))), kind, id, content)
}

func TestUpdatePanel(t *testing.T) {
	p := &Profile{Family: "webforms", Pager: FollowUpdatePanel}
	at := mustURL(t, "https://a.vn/Tin.aspx")
	l, err := p.Listing(at, fmt.Appendf(nil, panelPage, panel(1)))
	if err != nil || l.Next == nil {
		t.Fatal(l.Next, err)
	}
	form := l.Next.Form
	for name, want := range map[string]string{"ctl00$sm": "ctl00$pnlList|ctl00$pg$ctl02", "__ASYNCPOST": "true", "__VIEWSTATE": "vs1", "ctl00$mode": "list", "ctl00$size": "5", "__EVENTTARGET": "ctl00$pg$ctl02"} {
		if form.Get(name) != want {
			t.Errorf("%s = %q, want %q", name, form.Get(name), want)
		}
	}
	if l.Next.Header["X-MicrosoftAjax"] != "Delta=true" || form.Has("ctl00$go") {
		t.Errorf("request %+v", l.Next)
	}
	answer := record("updatePanel", "ctl00_pnlList", panel(2)+"😀 ngoài mặt phẳng cơ bản") + record("hiddenField", "__VIEWSTATE", "vs2") + record("hiddenField", "__EVENTVALIDATION", "ev2") + record("hiddenField", "__EVENTTARGET", "") + record("asyncPostBackControlIDs", "", "")
	l2, err := p.ListingAfter(l.Next, at, []byte(answer))
	if err != nil || l2.Next == nil {
		t.Fatal(l2.Next, err)
	}
	if len(l2.Items) != 5 || l2.Items[0].URL != "https://a.vn/Xem.aspx?id=20" || l2.Page != 2 {
		t.Errorf("page %d: %+v", l2.Page, l2.Items)
	}
	for name, want := range map[string]string{"ctl00$sm": "ctl00$pnlList|ctl00$pg$ctl03", "__VIEWSTATE": "vs2", "__EVENTVALIDATION": "ev2", "ctl00$mode": "list", "ctl00$size": "5", "__EVENTTARGET": "ctl00$pg$ctl03"} {
		if got := l2.Next.Form.Get(name); got != want {
			t.Errorf("second page: %s = %q, want %q", name, got, want)
		}
	}
	if form.Get("__VIEWSTATE") != "vs1" {
		t.Error("the request that was sent is changed")
	}
}

func TestDeltaRefused(t *testing.T) {
	p := &Profile{Family: "webforms"}
	for _, body := range []string{
		record("pageRedirect", "", "/DangNhap.aspx"),
		record("error", "500", "Invalid postback or callback argument. Event validation is enabled"),
	} {
		if _, err := p.Listing(mustURL(t, "https://a.vn/Tin.aspx"), []byte(body)); !errors.Is(err, ErrNotListing) {
			t.Errorf("%s: %v", body, err)
		}
	}
}

func FuzzListing(f *testing.F) {
	f.Add([]byte(fmt.Sprintf(panelPage, panel(1))))
	f.Add([]byte(record("updatePanel", "x", panel(2))))
	f.Add([]byte("5|updatePanel|x|ab|"))
	f.Add([]byte(`[{"link":1}]`))
	f.Add([]byte(`<rss><item><link>/x</link></item>`))
	f.Add([]byte("<a href='?page=2' rel=next>2<a href=x>...<b>1"))
	f.Fuzz(func(t *testing.T, page []byte) {
		for _, family := range []string{"generic", "webforms", "nukeviet"} {
			p := &Profile{Family: family}
			l, err := p.Listing(mustURL(t, "https://a.vn/tin?page=1"), page)
			if err != nil {
				continue
			}
			for _, it := range l.Items {
				if it.URL == "" || it.Key == "" {
					t.Errorf("item without an address: %+v", it)
				}
			}
		}
	})
}
