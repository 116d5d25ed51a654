package main

import (
	"fmt"
	"html"
	"strings"
)

const npListing = "/channel/2022/"

func npLink(e event) string {
	return fmt.Sprintf("/channel/2022/%s/%s-%d/", e.published.Format("200601"), slug(e.title), 2700000+e.id)
}

// renderNewspaper draws a newspaper: the year and month in the address, a page
// clock that looks like a publication date, a kicker, headlines between lead
// and body, ">>" lines and a dateline tag.
func renderNewspaper(p *portal, es []event) []page {
	frame := func(title, main string) string {
		return `<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"/><title>` + html.EscapeString(title) + ` | ` + p.name + `</title></head><body><div class="header"><div class="date-now">Thứ 5, 14/11/2024, 11:34[GMT+7]</div><a class="logo" href="/">` + p.name + `</a><div class="nav">` + p.menu(`<a href="%s">%s</a>`) + `</div></div><div class="wrapper"><div class="content-left">` + main +
			`</div><div class="content-right"><div class="box"><div class="box-title">Đọc nhiều</div></div></div></div><div class="footer">` + notice + `</div></body></html>`
	}
	var out []page
	chunks := pages(es, 6)
	for i, chunk := range chunks {
		var b strings.Builder
		b.WriteString(`<ul class="list-news">`)
		for _, e := range chunk {
			fmt.Fprintf(&b, `<li><a class="thumb" href="%s"><img src="/dataimages/x.jpg"/></a><h3 class="title"><a href="%s">%s</a></h3><p class="time">%s</p><p class="lead">%s</p></li>`, npLink(e), npLink(e), html.EscapeString(e.title), e.published.Format("15:04, 02/01/2006"), html.EscapeString(e.lead))
		}
		b.WriteString(`</ul><div class="paging">`)
		if i > 0 {
			fmt.Fprintf(&b, `<a class="prev" href="%s?p=%d">« Trang trước</a>`, npListing, i)
		}
		if i+1 < len(chunks) {
			fmt.Fprintf(&b, `<a class="next" href="%s?p=%d">Trang sau »</a>`, npListing, i+2)
		}
		b.WriteString(`</div>`)
		address := npListing
		if i > 0 {
			address += fmt.Sprintf("?p=%d", i+1)
		}
		out = append(out, get(address, fmt.Sprintf("listing-%d.html", i+1), frame("Chính trị", b.String())))
	}
	for i, e := range es {
		main := `<div class="breadcrumb"><a href="/">Trang chủ</a> » <a href="` + npListing + `">Chính trị</a></div><div class="article"><div class="kicker">Công tác vận động quần chúng</div><h1 class="article-title">` + html.EscapeString(e.title) + `</h1>
<div class="article-time">` + e.published.Format("15:04, 02/01/2006") + `</div><div class="article-lead"><strong>(QN) - ` + html.EscapeString(e.lead) + `</strong></div>
<div class="article-relate-inline"><ul>` + related(es, i, npLink, `<li><a href="%s">>> %s</a></li>`, 2) + `</ul></div>
<div class="article-body">` + paragraphs(`<p class="body">`, `</p>`, e.paras...) + `<p class="body">&gt;&gt; Xem thêm: các hội nghị trong tuần</p><p class="author">Tin, ảnh: <strong>` + strings.ToUpper(e.byline) + `</strong></p></div>
<div class="article-tools"><a>In bài viết</a><a>Gửi bình luận</a></div><div class="same"><div class="box-title">Tin cùng chuyên mục</div><ul>` + related(es, (i+1)%len(es), npLink, `<li><a href="%s">%s</a></li>`, 4) + `</ul></div></div>`
		out = append(out, get(npLink(e), fmt.Sprintf("article-%d.html", e.id), frame(e.title, main)))
	}
	return out
}

const dcsListing = "/hoat-dong-mat-tran-c2121.html"

func dcsLink(e event) string { return fmt.Sprintf("/post/%d/%s.aspx", e.id, slug(e.title)) }

// renderDCS draws the portals under dcs.vn: layout tables, views before the
// date, a title that is no heading.
func renderDCS(p *portal, es []event) []page {
	frame := func(title, main string) string {
		return `<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>` + html.EscapeString(title) + `</title></head><body><table width="1000" align="center"><tr><td colspan="2"><h1 class="site">` + p.name + `</h1></td></tr><tr><td colspan="2"><div id="menu">` + p.menu(`<a href="%s">%s</a> | `) + `</div></td></tr><tr><td valign="top" width="760">` + main +
			`</td><td valign="top"><div class="lienket">Liên kết website</div></td></tr><tr><td colspan="2">` + notice + `</td></tr></table></body></html>`
	}
	address := func(n int) string {
		if n == 0 {
			return dcsListing
		}
		return fmt.Sprintf("/hoat-dong-mat-tran-c2121-%d.html", n+1)
	}
	var out []page
	chunks := pages(es, 6)
	for i, chunk := range chunks {
		var b strings.Builder
		b.WriteString(`<div class="cat">HOẠT ĐỘNG MẶT TRẬN</div>`)
		for _, e := range chunk {
			fmt.Fprintf(&b, `<div class="item"><table><tr><td><img src="/thumb/%d.jpg"></td><td><a class="tit" href="%s">%s</a> <i>(%s)</i><div class="trich">%s</div></td></tr></table></div>`, e.id, dcsLink(e), html.EscapeString(e.title), e.published.Format("02/01/2006"), html.EscapeString(e.lead))
		}
		b.WriteString(`<div class="trang">Trang: `)
		for n := range chunks {
			if n == i {
				fmt.Fprintf(&b, `<b>%d</b> `, n+1)
			} else {
				fmt.Fprintf(&b, `<a href="%s">%d</a> `, address(n), n+1)
			}
		}
		b.WriteString(`</div>`)
		out = append(out, get(address(i), fmt.Sprintf("listing-%d.html", i+1), frame("Hoạt động Mặt trận", b.String())))
	}
	for i, e := range es {
		main := `<div class="chitiet"><div class="tieude">` + html.EscapeString(e.title) + `</div><div class="thongtin">Lượt xem: ` + fmt.Sprint(1000+e.id) + ` | Gửi lúc: ` + e.published.Format("02/01/2006 15:04:05") + `</div><div class="tomtat"><b>` + html.EscapeString(e.lead) + `</b></div><div class="noidung">` +
			paragraphs("", "<br><br>", e.paras...) + `<div style="text-align:right">(` + e.byline + `)</div></div><div class="khac"><b>Các bài viết khác</b>` + related(es, i, dcsLink, `<div><a href="%s">%s</a></div>`, 5) + `</div></div>`
		out = append(out, get(dcsLink(e), fmt.Sprintf("article-%d.html", e.id), frame(e.title, main)))
	}
	return out
}

func tnLink(e event) string { return fmt.Sprintf("/hoat-dong/%s-%d.html", slug(e.title), e.id) }

// renderTrangN draws the trang-N systems: weekday and zone beside the date, a
// body made of line breaks only, capitals as by-line.
func renderTrangN(p *portal, es []event) []page {
	frame := func(title, main string) string {
		return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>` + html.EscapeString(title) + `</title></head><body><div id="container"><div id="head"><a href="/">` + p.name + `</a></div><ul id="nav">` + p.menu(`<li><a href="%s">%s</a></li>`) + `</ul><div id="left">` + main + `</div><div id="right"><div class="quangcao"></div></div><div id="bottom">` + notice + `</div></div></body></html>`
	}
	address := func(n int) string {
		if n == 0 {
			return "/hoat-dong/"
		}
		return fmt.Sprintf("/hoat-dong/trang-%d.html", n+1)
	}
	var out []page
	chunks := pages(es, 5)
	for i, chunk := range chunks {
		var b strings.Builder
		for _, e := range chunk {
			fmt.Fprintf(&b, `<div class="story"><a class="story__title" href="%s">%s</a><span class="story__time">%s</span><div class="story__summary">%s</div></div>`, tnLink(e), html.EscapeString(e.title), e.published.Format("02/01/2006 15:04"), html.EscapeString(e.lead))
		}
		b.WriteString(`<div class="pagination">`)
		for n := range chunks {
			fmt.Fprintf(&b, `<a%s href="%s">%d</a>`, map[bool]string{true: ` class="active"`}[n == i], address(n), n+1)
		}
		b.WriteString(`</div>`)
		out = append(out, get(address(i), fmt.Sprintf("listing-%d.html", i+1), frame("Hoạt động", b.String())))
	}
	for i, e := range es {
		main := `<div class="detail"><h1>` + html.EscapeString(e.title) + `</h1><div class="meta">` + weekday(e) + `, ` + e.published.Format("02/01/2006, 15:04") + ` (GMT+7)</div><div class="zoom">Cỡ chữ: <a>A-</a> <a>A+</a></div><div class="body"><b>LC - ` + html.EscapeString(e.lead) + `</b><br><br>` +
			paragraphs("", "<br><br>", e.paras...) + `<p style="text-align:right"><b>` + strings.ToUpper(e.byline) + `</b></p></div><div class="more"><div class="h">Tin khác</div>` + related(es, i, tnLink, `<a href="%s">%s</a><br>`, 5) + `</div></div>`
		out = append(out, get(tnLink(e), fmt.Sprintf("article-%d.html", e.id), frame(e.title, main)))
	}
	return out
}

const jmListing = "/index.php/tin-tuc-su-kien"

func jmLink(e event) string {
	return fmt.Sprintf("/index.php/tin-tuc-su-kien/%d-%s", e.id, slug(e.title))
}

// renderJoomla draws Joomla: start=N paging and, in one article, a body typed
// in the TCVN3 font encoding.
func renderJoomla(p *portal, es []event) []page {
	frame := func(title, main string) string {
		return `<!DOCTYPE html><html lang="vi-vn" dir="ltr"><head><meta charset="utf-8" /><meta name="generator" content="Joomla! - Open Source Content Management" /><title>` + html.EscapeString(title) + `</title></head><body class="site com_content"><div class="container"><header class="header"><span class="site-title">` + p.name + `</span></header><nav class="navigation"><ul class="nav menu">` + p.menu(`<li class="item"><a href="%s">%s</a></li>`) + `</ul></nav><div class="row-fluid"><main id="content" class="span9">` + main + `</main><div id="aside" class="span3"><div class="well">Đăng nhập</div></div></div><footer>` + notice + `</footer></div></body></html>`
	}
	address := func(n int) string {
		if n == 0 {
			return jmListing
		}
		return fmt.Sprintf("%s?start=%d", jmListing, n*5)
	}
	printed := func(e event) string {
		return fmt.Sprintf("%s, %02d Tháng %d %d %s", weekday(e), e.published.Day(), e.published.Month(), e.published.Year(), e.published.Format("15:04"))
	}
	var out []page
	chunks := pages(es, 5)
	for i, chunk := range chunks {
		var b strings.Builder
		b.WriteString(`<div class="blog" itemscope itemtype="https://schema.org/Blog">`)
		for _, e := range chunk {
			fmt.Fprintf(&b, `<div class="items-row"><div class="item" itemprop="blogPost"><div class="page-header"><h2 itemprop="name"><a href="%s" itemprop="url">%s</a></h2></div><dl class="article-info"><dd class="published"><time datetime="%s">%s</time></dd></dl><p>%s</p><p class="readmore"><a class="btn" href="%s">Đọc thêm ...</a></p></div></div>`, jmLink(e), html.EscapeString(e.title), e.published.Format("2006-01-02T15:04:05-07:00"), printed(e), html.EscapeString(e.lead), jmLink(e))
		}
		b.WriteString(`<div class="pagination"><ul class="pagination-list">`)
		for n := range chunks {
			if n == i {
				fmt.Fprintf(&b, `<li class="active"><a>%d</a></li>`, n+1)
			} else {
				fmt.Fprintf(&b, `<li><a class="pagenav" href="%s">%d</a></li>`, address(n), n+1)
			}
		}
		b.WriteString(`</ul></div></div>`)
		out = append(out, get(address(i), fmt.Sprintf("listing-%d.html", i+1), frame("Tin tức - Sự kiện", b.String())))
	}
	for i, e := range es {
		texts := e.paras
		if i == 6 {
			texts = mapStrings(texts, tcvn3)
		}
		main := `<div class="item-page" itemscope itemtype="https://schema.org/Article"><div class="page-header"><h2 itemprop="headline">` + html.EscapeString(e.title) + `</h2></div><dl class="article-info muted"><dd class="published"><time datetime="` + e.published.Format("2006-01-02T15:04:05-07:00") + `" itemprop="datePublished">` + printed(e) + `</time></dd><dd class="hits">Lượt xem: ` + fmt.Sprint(e.id%800) + `</dd></dl><div itemprop="articleBody"><p><strong>` + html.EscapeString(e.lead) + `</strong></p>` +
			paragraphs("<p>", "</p>", texts...) + `<p style="text-align: right;"><em>Bài và ảnh: ` + e.byline + `</em></p></div><ul class="pager pagenav"><li class="previous"><a href="#">Trước</a></li></ul><div class="relateditems"><h3>Tin liên quan</h3><ul>` + related(es, i, jmLink, `<li><a href="%s">%s</a></li>`, 4) + `</ul></div></div>`
		out = append(out, get(jmLink(e), fmt.Sprintf("article-%d.html", e.id), frame(e.title, main)))
	}
	return out
}

// tcvn3 types s in the TCVN3 (ABC) font encoding as it shows when read as
// Latin-1; toned capitals become small letters, as that font has no others.
func tcvn3(s string) string {
	from := []rune("àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ")
	to := []rune("µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\u00adõö÷øùúûüýþ¡¢£¤¥¦§")
	table := map[rune]rune{}
	for i, r := range from {
		table[r] = to[i]
	}
	return strings.Map(func(r rune) rune {
		if t, ok := table[r]; ok {
			return t
		}
		if low := []rune(strings.ToLower(string(r))); len(low) == 1 {
			if t, ok := table[low[0]]; ok {
				return t
			}
		}
		return r
	}, s)
}
