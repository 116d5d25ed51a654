package crawler

import (
	"fmt"
	"net/http"
	"strings"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// numbers is a row of page numbers.
func (h *held) numbers(page int, address func(n int) string) string {
	var b strings.Builder
	for n := 1; n <= h.pages(); n++ {
		if n == page {
			fmt.Fprintf(&b, `<span class="cur">%d</span> `, n)
		} else {
			fmt.Fprintf(&b, `<a href="%s">%d</a> `, address(n), n)
		}
	}
	return b.String()
}

// queryPage reads a page number that stands in a query.
func queryPage(path, name string) func(r *http.Request) int {
	return func(r *http.Request) int {
		if r.URL.Path != path {
			return 0
		}
		return max(atoi(r.URL.Query().Get(name)), 1)
	}
}

func pressShell(title, main string) string {
	return `<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>` + title + ` - Báo điện tử tỉnh nhà</title><meta property="og:site_name" content="Báo điện tử tỉnh nhà"></head><body><div class="topbar"><span id="clock">Thứ Hai, 23/11/2026, 09:15 [GMT+7]</span><a href="/">Trang chủ</a><a href="/rss">RSS</a></div><nav><a href="/chinh-tri/">Chính trị</a><a href="/kinh-te/">Kinh tế</a><a href="/van-hoa-xa-hoi/">Văn hóa - Xã hội</a></nav>` + main + `<aside><h4>Đọc nhiều</h4><a href="/quang-cao/lien-he-dang-tin.html">Liên hệ đăng tin và quảng cáo trên báo</a></aside><footer>Cơ quan của Đảng bộ tỉnh. Giấy phép số 12/GP-BTTTT ngày 3/5/2019. Bản quyền thuộc về báo.</footer></body></html>`
}

// A newspaper with the year and month in every address and a clock on top.
func heldNewspaper() *held {
	const path = "/thoi-su/"
	h := &held{name: "newspaper", listing: path, province: "quang-ngai", n: 15, per: 5, page: queryPage(path, "p")}
	link := func(s story) string { return fmt.Sprintf("/thoi-su/%s/%s-%d/", s.at.Format("200601"), s.slug(), s.id) }
	h.number = func(r *http.Request) int { return numberOf(lastPart(strings.TrimSuffix(r.URL.Path, "/"))) }
	h.list = func(page int, items []story) string {
		return pressShell("Thời sự", `<div class="cate-list">`+join(items, func(s story) string {
			return `<div class="story"><a class="thumb" href="` + link(s) + `"><img src="/i.jpg"></a><h2 class="story__title"><a href="` + link(s) + `">` + s.title + `</a></h2><time>` + s.at.Format("15:04 02/01/2006") + `</time><div class="story__sapo">(BQN)- ` + s.lead + `</div></div>`
		})+`</div><div class="paging">`+h.numbers(page, func(n int) string { return fmt.Sprintf("?p=%d", n) })+`<a href="?p=`+fmt.Sprint(min(page+1, h.pages()))+`">Sau</a></div>`)
	}
	h.article = func(s story) string {
		return pressShell(s.title, `<div class="detail"><div class="breadcrumb"><a href="/thoi-su/">Thời sự</a></div><div class="kicker">NHỊP SỐNG CƠ SỞ</div><h1 class="detail__title">`+s.title+`</h1><div class="detail__meta"><time>`+s.at.Format("15:04, 02/01/2006")+` (GMT+7)</time> <span>Cỡ chữ A A</span></div><div class="detail__sapo">(BQN)- `+s.lead+`</div><div class="detail__content"><table class="picture"><tr><td class="pic"><img src="/1.jpg" alt=""></td></tr><tr><td class="caption">Quang cảnh buổi làm việc. Ảnh: PV</td></tr></table>`+paragraphs(s, "<p>", "</p>")+`<p style="text-align:right"><strong>Bài, ảnh: `+strings.ToUpper(s.author)+`</strong></p></div><div class="detail__tags">Từ khóa: <a href="/tu-khoa/x">giao ban</a></div><div class="box-related"><h3>Tin liên quan</h3><ul>`+others(s, link)+`</ul></div></div>`)
	}
	return h
}

// trang-N under a section, twelve-digit ids.
func heldTrangN() *held {
	const path = "/xay-dung-dang/"
	h := &held{name: "trang-n", listing: path, province: "son-la", n: 13, per: 4, page: pageInPath(path, path+"trang-", ".html")}
	link := func(s story) string { return fmt.Sprintf("/xay-dung-dang/%s-%d.html", s.slug(), s.id) }
	h.number = func(r *http.Request) int { return numberOf(strings.TrimSuffix(lastPart(r.URL.Path), ".html")) }
	h.list = func(page int, items []story) string {
		return pressShell("Xây dựng Đảng", `<section class="ds">`+join(items, func(s story) string {
			return `<article class="tin"><figure><a href="` + link(s) + `"><img></a></figure><h3><a href="` + link(s) + `">` + s.title + `</a></h3><span>` + s.at.Format("02.01.2006") + `</span><p>` + s.lead + `</p></article>`
		})+`</section><ul class="phantrang">`+h.numbers(page, func(n int) string { return fmt.Sprintf("%strang-%d.html", path, n) })+fmt.Sprintf(`<a href="%strang-%d.html">&gt;&gt;</a></ul>`, path, h.pages()))
	}
	h.article = func(s story) string {
		return pressShell(s.title, `<div class="noidung"><h1>`+s.title+`</h1><div class="thongtin"><span class="ngay">`+vnDay(s.at)+`, ngày `+s.at.Format("02/01/2006 - 15:04")+`</span><a href="#">Bản in</a></div><div class="sapo"><strong>`+s.lead+`</strong></div><div id="noidungtin">`+paragraphs(s, `<p><span style="font-family:Arial">`, `</span></p>`)+`</div><div class="tacgia">`+s.author+`</div><div class="chiase">Chia sẻ:</div><div class="khac"><h4>Bài viết khác</h4><ul>`+others(s, link)+`</ul></div></div>`)
	}
	return h
}

// A portal of the party's system: numbers in the listing's own name.
func heldDCS() *held {
	h := &held{name: "dcs", listing: "/cac-hoat-dong-c2121.html", family: "dcs", province: "binh-thuan", n: 12, per: 4, page: pageInPath("/cac-hoat-dong-c2121.html", "/cac-hoat-dong-c2121-", ".html")}
	link := func(s story) string { return fmt.Sprintf("/post/%d/%s.aspx", s.id, s.slug()) }
	h.number = func(r *http.Request) int { return numberOf(between(r.URL.Path, "/post/", "/")) }
	shell := func(main string) string {
		return `<html><head><meta charset="utf-8"><title>Trang thông tin điện tử Đảng bộ</title></head><body><div id="wrap"><div id="menu"><a href="/trang-chu.html">Trang chủ</a><a href="/tin-tuc-c2120.html">Tin tức chung toàn Đảng bộ</a><a href="/van-kien-c2133.html">Văn kiện Đại hội Đảng bộ các cấp</a></div><div id="main">` + main + `</div><div id="ft">Bản quyền</div></div></body></html>`
	}
	h.list = func(page int, items []story) string {
		return shell(`<h2 class="chuyenmuc">Các hoạt động</h2>` + join(items, func(s story) string {
			return `<div class="post-item"><a href="` + link(s) + `"><b>` + s.title + `</b></a> <i>` + s.at.Format("(02/01/2006 15:04)") + `</i><div>` + s.lead + `</div><div class="clear"></div></div>`
		}) + `<div class="page">Trang: ` + h.numbers(page, func(n int) string {
			if n == 1 {
				return h.listing
			}
			return fmt.Sprintf("/cac-hoat-dong-c2121-%d.html", n)
		}) + `</div>`)
	}
	h.article = func(s story) string {
		return shell(`<div class="post"><div class="post-title">` + s.title + `</div><div class="post-info">` + s.at.Format("02/01/2006 15:04") + ` | Lượt xem: 45</div><div class="post-sum">` + s.lead + `</div><div class="post-content">` + paragraphs(s, "<p>", "</p>") + `<p align="right"><b>` + s.author + `</b></p></div><div class="post-other"><b>Các tin khác</b><ul>` + others(s, link) + `</ul></div></div>`)
	}
	return h
}

// One script that does everything, by query alone.
func heldCurrentPage() *held {
	h := &held{name: "currentpage", listing: "/index.php?module=tintuc&act=list&cat=3", province: "thai-binh", n: 13, per: 5}
	h.page = func(r *http.Request) int {
		q := r.URL.Query()
		if r.URL.Path != "/index.php" || q.Get("act") != "list" || q.Get("cat") != "3" {
			return 0
		}
		return max(atoi(q.Get("currentpage")), 1)
	}
	link := func(s story) string {
		return fmt.Sprintf("index.php?module=tintuc&amp;act=view&amp;cat=3&amp;id=%d", s.id)
	}
	h.number = func(r *http.Request) int {
		if r.URL.Query().Get("act") != "view" {
			return 0
		}
		return numberOf(r.URL.Query().Get("id"))
	}
	shell := func(main string) string {
		return `<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>..:: TRANG TIN ĐIỆN TỬ MẶT TRẬN TỔ QUỐC ::..</title></head><body><center><div class="khung"><div class="menu"><a href="index.php">Trang chủ</a><a href="index.php?module=gioithieu&amp;id=1">Giới thiệu cơ cấu tổ chức</a><a href="index.php?module=tintuc&amp;act=list&amp;cat=4">Tin trong tỉnh và trong nước</a><a href="index.php?module=lienhe">Liên hệ với ban biên tập</a></div>` + main + `<div class="duoi">Đang online: 5 | Lượt truy cập: 551.201</div></div></center></body></html>`
	}
	h.list = func(page int, items []story) string {
		return shell(`<div class="giua"><div class="td_cm">Hoạt động Mặt trận</div>` + join(items, func(s story) string {
			return `<div class="mot_tin"><a href="` + link(s) + `"><img src="hinh/` + fmt.Sprint(s.id) + `.jpg"></a><a class="tieude" href="` + link(s) + `">` + s.title + `</a><div class="tomtat">` + s.lead + `</div><div class="xt"><a href="` + link(s) + `">Xem tiếp</a></div></div>`
		}) + `<div class="pt">` + h.numbers(page, func(n int) string {
			return fmt.Sprintf("index.php?module=tintuc&amp;act=list&amp;cat=3&amp;currentpage=%d", n)
		}) + `</div></div>`)
	}
	h.article = func(s story) string {
		return shell(`<div class="giua"><div class="ct_tieude">` + s.title + `</div><div class="ct_ngay">Cập nhật ngày: ` + s.at.Format("02-01-2006 15:04") + ` (Lượt xem: 12)</div><div class="ct_tomtat">` + s.lead + `</div><div class="ct_noidung">` + paragraphs(s, "<div style=\"text-align:justify\">", "</div>") + `</div><div class="ct_tacgia">Người viết: ` + s.author + `</div><div class="in"><a href="#">Bản in</a> | <a href="#">Gửi email</a> | <a href="#">Về trang trước</a></div><div class="khac"><div class="tdk">CÁC TIN KHÁC:</div><ul>` + others(s, link) + `</ul></div></div>`)
	}
	return h
}

// page-4.htm beneath the section; articles are beside them.
func heldPageHTM() *held {
	const path = "/tin-trong-tinh"
	h := &held{name: "page-htm", listing: path + ".htm", province: "tay-ninh", n: 14, per: 5, page: pageInPath(path+".htm", path+"/page-", ".htm")}
	link := func(s story) string { return fmt.Sprintf("%s/%s-a%d.htm", path, s.slug(), s.id) }
	h.number = func(r *http.Request) int {
		return numberOf(strings.TrimSuffix(strings.TrimPrefix(lastPart(r.URL.Path), "a"), ".htm"))
	}
	h.list = func(page int, items []story) string {
		return pressShell("Tin trong tỉnh", `<div class="danh-muc">`+join(items, func(s story) string {
			return `<dl><dt><a href="` + link(s) + `">` + s.title + `</a></dt><dd class="d">Ngày ` + s.at.Format("02/01/2006") + `</dd><dd>` + s.lead + `</dd></dl>`
		})+`<p class="trang"><a href="`+path+`.htm">Đầu</a> `+h.numbers(page, func(n int) string { return fmt.Sprintf("%s/page-%d.htm", path, n) })+fmt.Sprintf(`<a href="%s/page-%d.htm">Cuối</a></p></div>`, path, h.pages()))
	}
	h.article = func(s story) string {
		return pressShell("Tin trong tỉnh", `<div class="bai"><h2>`+s.title+`</h2><p class="luc">Cập nhật lúc `+s.at.Format("15h04")+`, `+vnDay(s.at)+` ngày `+s.at.Format("02/01/2006")+`</p><h4>`+s.lead+`</h4>`+paragraphs(s, "<p>", "</p>")+`<p><em>Theo: `+s.author+`</em></p><div class="tl">Các tin liên quan<ul>`+others(s, link)+`</ul></div></div>`)
	}
	h.unsaid = true
	return h
}

// Tables in tables, fonts, and a body that is lines parted by <br>.
func heldTables() *held {
	h := &held{name: "tables", listing: "/default.aspx?sid=1211&d=&p=1", province: "ben-tre", n: 12, per: 4}
	h.page = func(r *http.Request) int {
		q := r.URL.Query()
		if !strings.EqualFold(r.URL.Path, "/default.aspx") || q.Get("sid") != "1211" || q.Has("id") {
			return 0
		}
		return max(atoi(q.Get("p")), 1)
	}
	link := func(s story) string { return fmt.Sprintf("Default.aspx?sid=1211&amp;pageid=32&amp;id=%d", s.id) }
	h.number = func(r *http.Request) int { return numberOf(r.URL.Query().Get("id")) }
	shell := func(main string) string {
		return `<HTML><HEAD><META http-equiv=Content-Type content="text/html; charset=utf-8"><TITLE>Mặt trận Tổ quốc tỉnh</TITLE></HEAD><BODY bgcolor=#ffffff><TABLE width=980 align=center><TR><TD colSpan=3><IMG src=banner.gif></TD></TR><TR><TD width=180 vAlign=top><TABLE><TR><TD><A href="default.aspx?sid=1">Trang chủ</A></TD></TR><TR><TD><A href="default.aspx?sid=1212">Hoạt động của các tổ chức thành viên</A></TD></TR><TR><TD><A href="default.aspx?sid=1213">Tôn giáo - Dân tộc - Kiều bào</A></TD></TR></TABLE></TD><TD vAlign=top>` + main + `</TD><TD width=150><B>Liên kết</B></TD></TR><TR><TD colSpan=3>Số lượt truy cập: 10000</TD></TR></TABLE></BODY></HTML>`
	}
	h.list = func(page int, items []story) string {
		return shell(`<TABLE width="100%">` + join(items, func(s story) string {
			return `<TR><TD vAlign=top><A href="` + link(s) + `"><FONT face=Arial size=2><B>` + s.title + `</B></FONT></A> <FONT size=1><I>(` + s.at.Format("2/1/2006") + `)</I></FONT><BR>` + s.lead + `<HR></TD></TR>`
		}) + `</TABLE><TABLE align=right><TR><TD>Trang ` + h.numbers(page, func(n int) string { return fmt.Sprintf("default.aspx?sid=1211&amp;d=&amp;p=%d", n) }) + `</TD></TR></TABLE>`)
	}
	h.article = func(s story) string {
		return shell(`<TABLE width="100%"><TR><TD><FONT color=#cc0000 size=4><B>` + s.title + `</B></FONT></TD></TR><TR><TD align=right><I>(Cập nhật: ` + s.at.Format("02/01/2006 15:04:00") + `)</I></TD></TR><TR><TD><P align=justify><B>` + s.lead + `</B><BR><BR>` + strings.Join(s.paras, "<BR>&nbsp;<BR>\n") + `<BR></P><DIV align=right><B>` + s.author + `</B></DIV></TD></TR><TR><TD><A href="javascript:window.print()">In trang</A> | <A href="javascript:history.back()">Về trang trước</A></TD></TR><TR><TD><B>Các tin mới nhất</B><UL>` + others(s, link) + `</UL></TD></TR></TABLE>`)
	}
	return h
}

// plain is a small portal of its own making that other tests spoil.
func plain(name, province string) *held {
	const path = "/tin-tuc.html"
	h := &held{name: name, listing: path, province: province, n: 12, per: 4, page: queryPage(path, "page")}
	h.number = func(r *http.Request) int {
		return numberOf(strings.TrimSuffix(lastPart(strings.TrimPrefix(r.URL.Path, "/doc/")), ".html"))
	}
	h.list = func(page int, items []story) string { return h.plainList(page, items, "", plainLink) }
	h.article = func(s story) string { return h.plainArticle(s, "", "", plainLink) }
	return h
}

func plainLink(s story) string { return fmt.Sprintf("/doc/%s-%d.html", s.slug(), s.id) }

func (h *held) plainList(page int, items []story, extra string, link func(story) string) string {
	return pressShell("Tin tức", extra+`<div class="ds-tin">`+join(items, func(s story) string {
		return `<div class="o-tin"><h3><a href="` + link(s) + `">` + s.title + `</a></h3><span class="ngay">` + s.at.Format("02/01/2006") + `</span><p>` + s.lead + `</p></div>`
	})+`</div><div class="pages">`+h.numbers(page, func(n int) string { return fmt.Sprintf("/tin-tuc.html?page=%d", n) })+`</div>`)
}

func (h *held) plainArticle(s story, before, after string, link func(story) string) string {
	return pressShell(s.title, before+`<div class="chitiet"><h1>`+s.title+`</h1><div class="ngay">Ngày đăng: `+s.at.Format("02/01/2006 15:04")+`</div><div class="nd"><p><strong>`+s.lead+`</strong></p>`+paragraphs(s, "<p>", "</p>")+`<p style="text-align:right"><b>`+s.author+`</b></p></div><div class="lq"><h4>Tin liên quan</h4><ul>`+others(s, link)+`</ul></div></div>`+after)
}

// windows1258 spells tones with combining marks, as that charset must.
func windows1258(s string) []byte {
	var b strings.Builder
	for _, r := range norm.NFC.String(s) {
		var base, tone []rune
		for _, p := range norm.NFD.String(string(r)) {
			if strings.ContainsRune("\u0300\u0301\u0303\u0309\u0323", p) {
				tone = append(tone, p)
			} else {
				base = append(base, p)
			}
		}
		b.WriteString(norm.NFC.String(string(base)) + string(tone))
	}
	out, err := charmap.Windows1258.NewEncoder().String(b.String())
	if err != nil {
		panic(err)
	}
	return []byte(out)
}

func heldWindows1258() *held {
	h := plain("windows-1258", "hai-duong")
	meta := func(s string) string { return strings.Replace(s, `charset="utf-8"`, `charset="windows-1258"`, 1) }
	h.encode = func(s string) []byte { return windows1258(meta(s)) }
	return h
}

// tcvn3 is what pages typed with the fonts of TCVN 5712 hold.
var tcvn3 = strings.NewReplacer(strings.Fields(
	"à µ ả ¶ ã · á ¸ ạ ¹ ă ¨ ằ » ẳ ¼ ẵ ½ ắ ¾ ặ Æ â © ầ Ç ẩ È ẫ É ấ Ê ậ Ë đ ® è Ì ẻ Î ẽ Ï é Ð ẹ Ñ ê ª ề Ò ể Ó ễ Ô ế Õ ệ Ö ì × ỉ Ø ĩ Ü í Ý ị Þ ò ß ỏ á õ â ó ã ọ ä ô « ồ å ổ æ ỗ ç ố è ộ é ơ ¬ ờ ê ở ë ỡ ì ớ í ợ î ù ï ủ ñ ũ ò ú ó ụ ô ư \u00ad ừ õ ử ö ữ ÷ ứ ø ự ù ỳ ú ỷ û ỹ ü ý ý ỵ þ Ă ¡ Â ¢ Ê £ Ô ¤ Ơ ¥ Ư ¦ Đ § Ủ ñ Ứ ø Á ¸ À µ Ả ¶ Ấ Ê Ế Õ Ộ é Ố è Ổ æ Ị Þ Ệ Ö Ạ ¹ Ậ Ë Ý ý")...)

func heldTCVN3() *held {
	h := plain("tcvn3", "ha-nam")
	h.smallU = true
	h.encode = func(s string) []byte { return []byte(tcvn3.Replace(s)) }
	return h
}
