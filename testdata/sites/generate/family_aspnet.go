package main

import (
	"fmt"
	"html"
	"strings"
)

const dnnCategory = "B6D2A1F0-4C1E-4E57-9B0D-2F6C7A9E0131"

const dnnListing = "/Thong-tin-hoat-dong/cid/" + dnnCategory

func dnnLink(e event) string {
	return fmt.Sprintf("/Thong-tin-hoat-dong/tid/%s/newsid/%s/cid/%s", slug(e.title), guid(e.id), dnnCategory)
}

// renderDNN draws DotNetNuke: nested panes, GUID addresses, page index in the
// query, the .NET clock, Ð (U+00D0) typed for Đ.
func renderDNN(p *portal, es []event) []page {
	frame := func(title, pane string) string {
		return `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" lang="vi-VN"><head id="Head"><meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
<meta name="GENERATOR" content="DotNetNuke " /><title>` + html.EscapeString(title) + `</title>
<link id="_Portals__default_" rel="stylesheet" type="text/css" href="/Portals/_default/default.css" /></head>
<body id="Body"><form name="Form" method="post" action="` + dnnListing + `" id="Form">
<div><input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="/wEPDwUKMTY1NDU2MTA1MmRk" /></div>
<table cellpadding="0" cellspacing="0" width="100%"><tr><td colspan="3" id="dnn_TopPane"><table><tr><td class="banner"><span class="SkinObject">` + p.name + `</span></td>
<td><ul class="menu">` + p.menu(`<li><a href="%s"><span>%s</span></a></li>`) + `</ul></td></tr></table></td></tr>
<tr valign="top"><td id="dnn_LeftPane" class="leftpane DNNEmptyPane"></td><td id="dnn_ContentPane" class="contentpane">` + pane + `</td>
<td id="dnn_RightPane" class="rightpane"><div class="Normal">Thời tiết: 27&deg;C<br />Lượt truy cập: 1.204.551</div></td></tr>
<tr><td colspan="3" class="footer">` + notice + `</td></tr></table></form></body></html>`
	}
	var out []page
	chunks := pages(es, 6)
	for i, chunk := range chunks {
		var b strings.Builder
		b.WriteString(`<div class="DnnModule DnnModule-NewsList"><a name="478"></a><div class="Head">Thông tin hoạt động</div><table class="tblList">`)
		for _, e := range chunk {
			fmt.Fprintf(&b, `<tr><td class="thumb"><a href="%s"><img src="/Portals/0/no-image.gif" alt="" /></a></td><td><a class="NewsTitle" href="%s">%s</a> <span class="NewsDate">(%s)</span><div class="Normal Summary">%s</div></td></tr>`,
				dnnLink(e), dnnLink(e), html.EscapeString(e.title), e.published.Format("02/01/2006"), html.EscapeString(e.lead))
		}
		b.WriteString(`</table><div class="pager">`)
		for n := range chunks {
			if n == i {
				fmt.Fprintf(&b, `<span class="current">%d</span> `, n+1)
			} else {
				fmt.Fprintf(&b, `<a href="%s?pageindex=%d">%d</a> `, dnnListing, n+1, n+1)
			}
		}
		b.WriteString(`</div></div>`)
		address := dnnListing
		if i > 0 {
			address += fmt.Sprintf("?pageindex=%d", i+1)
		}
		out = append(out, get(address, fmt.Sprintf("listing-%d.html", i+1), frame("Thông tin hoạt động - "+p.name, b.String())))
	}
	for i, e := range es {
		title, lead := e.title, e.lead
		if i%3 == 0 { // typed on a keyboard that gives the Icelandic letter
			title, lead = strings.ReplaceAll(title, "Đ", "Ð"), strings.ReplaceAll(lead, "Đ", "Ð")
		}
		caption := "Quang cảnh hội nghị"
		pane := `<div class="DnnModule DnnModule-NewsView"><div class="c_article"><h1 class="title">` + html.EscapeString(title) + `</h1>
<div class="info"><span class="date">Cập nhật:` + clock12(e) + `</span> <a href="javascript:window.print()">Bản in</a> <span>Lượt xem: ` + fmt.Sprint(e.id%700) + `</span></div>
<div id="content" class="Normal"><table class="img" align="center"><tr><td><img src="/Portals/0/` + fmt.Sprint(e.id) + `.jpg" alt="` + caption + `" /></td></tr><tr><td class="caption">` + caption + `</td></tr></table>
<div class="caption">` + caption + `</div>` + paragraphs(`<p style="text-align:justify">`, `</p>`, append([]string{lead}, e.paras...)...) + `
<p align="right"><strong>` + e.byline + `</strong></p></div>
<div class="other"><div class="Head">Các tin khác</div><ul>` + related(es, i, dnnLink, `<li><a href="%s">%s</a></li>`, 5) + `</ul></div></div></div>`
		out = append(out, get(dnnLink(e), fmt.Sprintf("article-%d.html", e.id), frame(title, pane)))
	}
	return out
}

const wfListing = "/DetailView/TinTuc.aspx?cat=12"

func wfLink(e event) string { return fmt.Sprintf("/tin-tuc/chi-tiet.aspx?postid=%d", e.id) }

// renderWebForms draws an ASP.NET news module: a grid paged by postback, a
// page clock, font-size links, Word residue, hard-wrapped lines.
func renderWebForms(p *portal, es []event) []page {
	frame := func(title, state, main string) string {
		return `<!DOCTYPE html>
<html><head><meta charset="utf-8" /><title>` + html.EscapeString(title) + `</title><script src="/WebResource.axd?d=abc"></script></head><body>
<form method="post" action="/DetailView/TinTuc.aspx?cat=12" id="form1">
<div class="aspNetHidden"><input type="hidden" name="__EVENTTARGET" id="__EVENTTARGET" value="" /><input type="hidden" name="__EVENTARGUMENT" id="__EVENTARGUMENT" value="" />
<input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="` + state + `" /></div>
<div class="aspNetHidden"><input type="hidden" name="__VIEWSTATEGENERATOR" value="CA0B0334" /><input type="hidden" name="__EVENTVALIDATION" value="ev-` + state + `" /></div>
<div id="top"><div class="clock">Chủ nhật, 22/11/2026</div><div id="banner">` + p.name + `</div><table id="mnu"><tr>` + p.menu(`<td><a href="%s">%s</a></td>`) + `</tr></table></div>
<div id="wrap"><div id="main">` + main + `</div></div>
<input type="submit" name="ctl00$btnTim" value="Tìm kiếm" /><div id="foot">` + notice + `</div></form></body></html>`
	}
	var out []page
	chunks := pages(es, 10)
	for i, chunk := range chunks {
		var b strings.Builder
		b.WriteString(`<table id="ctl00_main_grdTin" cellspacing="0" border="0">`)
		for _, e := range chunk {
			fmt.Fprintf(&b, `<tr><td><div class="tin"><a class="tieude" href="%s">%s</a><br /><span class="ngay">%s</span><p>%s</p></div></td></tr>`,
				wfLink(e), html.EscapeString(e.title), e.published.Format("02/01/2006"), html.EscapeString(e.lead))
		}
		b.WriteString(`<tr class="pgr"><td><table><tr>`)
		for n := range chunks {
			if n == i {
				fmt.Fprintf(&b, `<td><span>%d</span></td>`, n+1)
			} else {
				fmt.Fprintf(&b, `<td><a href="javascript:__doPostBack('ctl00$main$grdTin','Page$%d')">%d</a></td>`, n+1, n+1)
			}
		}
		fmt.Fprintf(&b, `</tr></table></td></tr></table><div class="tong">Tổng số: %d | Trang: %d trên tổng số %d trang</div><div class="xem">Xem tin theo ngày: <select><option>1</option></select> / <select><option>1</option></select></div>`,
			len(es), i+1, len(chunks))
		pg := get(wfListing, fmt.Sprintf("listing-%d.html", i+1), frame("Tin tức - "+p.name, fmt.Sprintf("state%d", i+1), b.String()))
		if i > 0 {
			pg.key = fmt.Sprintf("POST %s Page$%d", wfListing, i+1)
		}
		out = append(out, pg)
	}
	for i, e := range es {
		texts := append([]string{}, e.paras...)
		if i%4 == 3 { // hard-wrapped in the editor
			texts[0] = wrap(texts[0], 80)
		}
		main := `<div class="chitiet"><a class="in" href="#">[Bản in]</a><h2 class="tieude">` + html.EscapeString(e.title) + `</h2><div class="ngay">` +
			fmt.Sprintf("%s, ngày %d tháng %d năm %d - %s", weekday(e), e.published.Day(), e.published.Month(), e.published.Year(), e.published.Format("15:04")) +
			`</div><div class="co">Cỡ chữ: <a href="#">A+</a> <a href="#">A-</a></div><div class="noidung"><strong>` + html.EscapeString(e.lead) + `</strong><br /><br />
<div align="center"><img src="/Images/` + fmt.Sprint(e.id) + `.jpg" /><br /><i>Các đại biểu dự họp</i></div>
<!--[if gte mso 9]><xml>Description: F:\Anh\hop.jpg</xml><![endif]--><p class="MsoNormal">Description: F:\Anh 2020\hop giao ban.jpg</p>` +
			paragraphs("&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; ", "<br /><br />", texts[:len(texts)-1]...) + "&nbsp;&nbsp;&nbsp;&nbsp; " + html.EscapeString(texts[len(texts)-1]) +
			`/.<br /><br />` + strings.Repeat("&nbsp;", 60) + e.byline + `</div><div class="tong">Tổng số: ` + fmt.Sprint(len(es)) + ` | Trang: 1 trên tổng số ` + fmt.Sprint(len(chunks)) +
			` trang</div><div class="xem">Xem tin theo ngày: <select><option>1</option></select> / <select><option>1</option></select></div>
<div class="cungmuc"><b>Tin cùng mục</b><ul>` + related(es, i, wfLink, `<li><a href="%s">%s</a></li>`, 4) + `</ul></div></div>`
		out = append(out, get(wfLink(e), fmt.Sprintf("article-%d.html", e.id), frame(p.name+" - "+e.title, "x", main)))
	}
	return out
}

// wrap breaks s into lines of about n letters.
func wrap(s string, n int) string {
	var b strings.Builder
	width := 0
	for w := range strings.FieldsSeq(s) {
		if width > n {
			b.WriteString("\n")
			width = 0
		} else if width > 0 {
			b.WriteString(" ")
		}
		b.WriteString(w)
		width += len([]rune(w)) + 1
	}
	return b.String()
}

const spPath = "/noidung/tintuc/Pages/danh-sach-tin-tuc.aspx?l=Tinhoatdong+++++++++++++++++++++&lv=4"

const spListing = spPath

func spLink(e event) string {
	return fmt.Sprintf("/noidung/tintuc/Pages/chi-tiet-tin-tuc.aspx?ItemID=%d&l=Tinhoatdong+++++++++++++++++++++&lv=4", e.id)
}

// renderSharePoint draws SharePoint: padded parameters, web parts in zones,
// English AM/PM, the older uỷ and hoá.
func renderSharePoint(p *portal, es []event) []page {
	old := strings.NewReplacer("Ủy", "Uỷ", "ủy", "uỷ", "hóa", "hoá", "hòa", "hoà")
	frame := func(title, main string) string {
		return `<!DOCTYPE html><html dir="ltr" lang="vi-VN"><head><meta name="GENERATOR" content="Microsoft SharePoint" /><meta http-equiv="Content-type" content="text/html; charset=utf-8" />
<title>
	` + html.EscapeString(title) + `
</title></head><body><form method="post" action="./chi-tiet-tin-tuc.aspx" id="aspnetForm"><input type="hidden" name="MSOWebPartPage_PostbackSource" value="" />
<div id="s4-workspace"><div id="s4-bodyContainer"><div id="s4-titlerow"><h1 class="ms-siteicon"><a href="/">` + p.name + `</a></h1><ul class="dynamic">` + p.menu(`<li class="dynamic"><a class="dynamic menu-item" href="%s"><span class="menu-item-text">%s</span></a></li>`) + `</ul></div>
<div class="ms-webpart-zone ms-fullWidth"><div class="s4-wpcell-plain ms-webpartzone-cell"><div class="ms-webpart-chrome"><div class="ms-WPBody"><div id="ctl00_m_g_news">` + main + `</div></div></div></div></div>
<div class="ms-webpart-zone right"><div class="thongke">Đang online: 25<br/>Lượt truy cập: 3456789</div></div></div></div><div class="footer">` + notice + `</div></form></body></html>`
	}
	var out []page
	chunks := pages(es, 5)
	for i, chunk := range chunks {
		var b strings.Builder
		b.WriteString(`<div class="list-news-view">`)
		for _, e := range chunk {
			fmt.Fprintf(&b, `<div class="news-item"><div class="title"><a href="%s">%s</a></div><div class="date">%s</div><div class="desc">%s</div></div>`,
				html.EscapeString(spLink(e)), html.EscapeString(old.Replace(e.title)), e.published.Format("02/01/2006 03:04:05 PM"), html.EscapeString(old.Replace(e.lead)))
		}
		b.WriteString(`</div><div class="phantrang"><ul>`)
		for n := range chunks {
			if n == i {
				fmt.Fprintf(&b, `<li class="active"><a>%d</a></li>`, n+1)
			} else {
				fmt.Fprintf(&b, `<li><a href="%s">%d</a></li>`, html.EscapeString(fmt.Sprintf("%s&page=%d", spPath, n+1)), n+1)
			}
		}
		b.WriteString(`</ul></div>`)
		address := spPath
		if i > 0 {
			address += fmt.Sprintf("&page=%d", i+1)
		}
		out = append(out, get(address, fmt.Sprintf("listing-%d.html", i+1), frame("Danh sách tin tức", b.String())))
	}
	for i, e := range es {
		main := `<div class="detail-news"><div class="chuyenmuc">Tin hoạt động</div><h2 class="title-news">` + html.EscapeString(old.Replace(e.title)) + `</h2>
<div class="news-date">Ngày đăng:  ` + e.published.Format("02/01/2006 03:04:05 PM") + ` | Lượt xem: ` + fmt.Sprint(e.id%900) + `</div>
<div class="sapo"><b>` + html.EscapeString(old.Replace(e.lead)) + `</b></div><div class="ms-rtestate-field" style="display:inline">` +
			paragraphs(`<div><span style="font-family:&quot;times new roman&quot;,serif;font-size:14pt">`+"\u200b", `</span></div><div><br/></div>`, mapStrings(e.paras, old.Replace)...) +
			`<div style="text-align:right"><b>Tác giả: ` + e.byline + `</b></div></div><div class="tools"><a href="#">Bản in</a> | <a href="#">Gửi email</a> | Đánh giá bài viết: <span class="star">5/5</span></div>
<div class="tinlienquan"><h3>Tin liên quan</h3><ul>` + related(es, i, spLink, `<li><a href="%s">%s</a></li>`, 5) + `</ul></div></div>`
		out = append(out, get(spLink(e), fmt.Sprintf("article-%d.html", e.id), frame(old.Replace(e.title), main)))
	}
	return out
}

func mapStrings(in []string, f func(string) string) []string {
	out := make([]string, len(in))
	for i, s := range in {
		out[i] = f(s)
	}
	return out
}
