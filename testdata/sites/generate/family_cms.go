package main

import (
	"encoding/json"
	"fmt"
	"html"
	"strings"

	"golang.org/x/text/unicode/norm"
)

const lrListing = "/web/mat-tran/tin-hoat-dong"

func lrLink(e event) string {
	return fmt.Sprintf("/web/mat-tran/tin-hoat-dong/-/asset_publisher/aBcD12Ef/content/id/%d", e.id)
}

// renderLiferay draws Liferay: portlet namespaces in the pager, an
// authentication token on links, a language switch that must not be followed.
func renderLiferay(p *portal, es []event) []page {
	const ns = "_101_INSTANCE_aBcD12Ef_"
	frame := func(title, main string) string {
		return `<!DOCTYPE html><html class="ltr" dir="ltr" lang="vi-VN"><head><title>` + html.EscapeString(title) + ` - ` + p.name + `</title><meta content="text/html; charset=UTF-8" http-equiv="content-type" />
<link href="/html/themes/control_panel/images/favicon.ico" rel="Shortcut Icon" /><script>var Liferay = Liferay || {}; var themeDisplay = {};</script></head>
<body class="yui3-skin-sam controls-visible guest-site signed-out public-page site"><div class="container-fluid" id="wrapper"><header id="banner"><a class="logo" href="/web/mat-tran"><span class="site-name">` + p.name + `</span></a>
<a href="/c/portal/update_language?p_l_id=10180&amp;languageId=en_US">English</a><nav id="navigation"><ul>` + p.menu(`<li class="lfr-nav-item"><a href="%s"><span>%s</span></a></li>`) + `</ul></nav></header>
<div class="columns-2" id="main-content" role="main"><div class="portlet-layout row-fluid"><div class="portlet-column span8" id="column-1"><div class="portlet-dropzone"><section class="portlet" id="portlet_101_INSTANCE_aBcD12Ef"><div class="portlet-content"><div class="portlet-body">` +
			main + `</div></div></section></div></div><div class="portlet-column span4"><div class="journal-content-article">Đường dây nóng: 0277.385.1234</div></div></div></div><footer>` + notice + `</footer></div></body></html>`
	}
	var out []page
	chunks := pages(es, 4)
	for i, chunk := range chunks {
		var b strings.Builder
		for _, e := range chunk {
			fmt.Fprintf(&b, `<div class="asset-abstract"><h3 class="asset-title"><a href="%s?p_p_auth=x7Yk2Q&amp;p_p_id=101_INSTANCE_aBcD12Ef&amp;p_p_col_id=column-1&amp;p_p_col_count=1">%s</a></h3><div class="asset-content"><div class="asset-summary">%s</div><div class="asset-more"><a href="%s">Đọc tiếp »</a></div></div><div class="asset-metadata"><span class="metadata-entry metadata-publish-date">%s</span></div></div><div class="separator"></div>`,
				lrLink(e), html.EscapeString(e.title), html.EscapeString(e.lead), lrLink(e), e.published.Format("02/01/06"))
		}
		cur := func(n int) string {
			if n == 0 {
				return lrListing
			}
			return fmt.Sprintf("%s?p_p_id=101_INSTANCE_aBcD12Ef&p_p_lifecycle=0&p_p_state=normal&%sdelta=4&%scur=%d", lrListing, ns, ns, n+1)
		}
		b.WriteString(`<div class="taglib-page-iterator"><div class="lfr-pagination"><small class="search-results">Hiển thị kết quả</small><ul class="lfr-pagination-buttons pager">`)
		if i > 0 {
			fmt.Fprintf(&b, `<li><a href="%s">← Đầu tiên</a></li><li><a href="%s">Trước</a></li>`, html.EscapeString(cur(0)), html.EscapeString(cur(i-1)))
		}
		if i+1 < len(chunks) {
			fmt.Fprintf(&b, `<li><a href="%s">Tiếp theo</a></li><li><a href="%s">Cuối cùng →</a></li>`, html.EscapeString(cur(i+1)), html.EscapeString(cur(len(chunks)-1)))
		}
		b.WriteString(`</ul></div></div>`)
		out = append(out, get(cur(i), fmt.Sprintf("listing-%d.html", i+1), frame("Tin hoạt động", b.String())))
	}
	for i, e := range es {
		main := `<div class="asset-full-content"><div class="asset-content"><div class="journal-content-article"><h1 class="header-title"><span>` + html.EscapeString(e.title) + `</span></h1>
<div class="update-date">Cập nhật lúc: ` + e.published.Format("15:04 |02/01/2006") + `</div><div class="summary-detail"><strong>` + html.EscapeString(e.lead) + `</strong></div>
<div class="content-detail">` + paragraphs(`<p style="text-align: justify;"><span style="font-size:14px;">`, `</span></p>`, e.paras...) + `<p style="text-align: right;"><strong><em>Tin, ảnh: ` + e.byline + `</em></strong></p></div></div></div>
<div class="taglib-social-bookmarks"><a href="#">Chia sẻ</a></div><div class="asset-links"><h4>Tin liên quan</h4><ul>` + related(es, i, lrLink, `<li><a href="%s">%s</a></li>`, 4) + `</ul></div></div>`
		out = append(out, get(lrLink(e), fmt.Sprintf("article-%d.html", e.id), frame(e.title, main)))
	}
	return out
}

const nvListing = "/vi/news/hoat-dong-mat-tran/"

func nvLink(e event) string {
	return fmt.Sprintf("/vi/news/hoat-dong-mat-tran/%s-%d.html", slug(e.title), e.id)
}

// renderNukeViet draws NukeViet 4: malformed meta time, right microdata, rel
// next on every higher page, newer and older items under the text.
func renderNukeViet(p *portal, es []event) []page {
	frame := func(title, head, main string) string {
		return `<!DOCTYPE html><html lang="vi" xmlns="http://www.w3.org/1999/xhtml" prefix="og: http://ogp.me/ns#"><head><title>` + html.EscapeString(title) + `</title><meta charset="utf-8">
<meta name="author" content="` + p.name + `"><meta name="generator" content="NukeViet v4.5"><meta property="og:site_name" content="` + p.name + `">` + head + `
<link rel="alternate" href="/vi/news/rss/" type="application/rss+xml" title="RSS"></head><body><div class="body-bg"><div class="wraper"><header><div class="container"><div id="header"><div class="logo"><a href="/">` + p.name + `</a></div></div></div></header>
<nav class="second-nav" id="menusite"><div class="container"><ul class="nav navbar-nav">` + p.menu(`<li role="presentation"><a class="dropdown-toggle" href="%s" role="button">%s</a></li>`) + `</ul><span class="pull-right" id="current-time">Chủ nhật, 22/11/2026, 09:15</span></div></nav>
<section><div class="container" id="body"><div class="row"><div class="col-sm-16 col-md-18">` + main + `</div><div class="col-sm-8 col-md-6"><div class="panel panel-default"><div class="panel-heading">Thống kê</div><div class="panel-body"><ul class="counter list-none"><li>Đang truy cập<span>12</span></li></ul></div></div></div></div></div></section><footer id="footer">` + notice + `</footer></div></div></body></html>`
	}
	var out []page
	chunks := pages(es, 5)
	address := func(n int) string {
		if n == 0 {
			return nvListing
		}
		return fmt.Sprintf("%spage-%d/", nvListing, n+1)
	}
	for i, chunk := range chunks {
		var b strings.Builder
		b.WriteString(`<div class="news_column">`)
		for j, e := range chunk {
			tag := "h3"
			if j == 0 {
				tag = "h2"
			}
			fmt.Fprintf(&b, `<div class="panel panel-default clearfix"><div class="panel-body"><a href="%s" title="%s"><img alt="" src="/assets/images/no_image.gif" class="img-thumbnail pull-left imghome"></a><%s><a href="%s" title="%s">%s</a></%s><div class="text-muted"><ul class="list-unstyled list-inline"><li><em class="fa fa-clock-o">&nbsp;</em> %s</li><li><em class="fa fa-eye">&nbsp;</em> Đã xem: %d</li></ul></div><div class="hometext">%s</div></div></div>`,
				nvLink(e), html.EscapeString(e.title), tag, nvLink(e), html.EscapeString(e.title), html.EscapeString(e.title), tag, e.published.Format("02/01/2006 15:04:00"), e.id%500, html.EscapeString(e.lead))
		}
		b.WriteString(`</div><div class="text-center"><ul class="pagination">`)
		for n := range chunks {
			switch {
			case n == i:
				fmt.Fprintf(&b, `<li class="active"><a href="#">%d</a></li><li></li>`, n+1)
			case n > i:
				fmt.Fprintf(&b, `<li><a rel="next" title="Trang %d" href="%s">%d</a></li>`, n+1, address(n), n+1)
			default:
				fmt.Fprintf(&b, `<li><a rel="prev" title="Trang %d" href="%s">%d</a></li>`, n+1, address(n), n+1)
			}
		}
		if i+1 < len(chunks) {
			fmt.Fprintf(&b, `<li><a rel="next" title="Trang sau" href="%s">&raquo;</a></li>`, address(i+1))
		}
		b.WriteString(`</ul></div>`)
		out = append(out, get(address(i), fmt.Sprintf("listing-%d.html", i+1), frame("Hoạt động Mặt trận", "", b.String())))
	}
	past := get(address(len(chunks)), "", "")
	past.moved, past.status = nvListing, 301
	out = append(out, past)
	for i, e := range es {
		print := strings.Replace(nvLink(e), "/vi/news/", "/vi/news/print/", 1)
		head := `<meta property="article:published_time" content="` + e.published.Format("2006-01-02") + `+07` + e.published.Format("07:04:05") + `"><link rel="canonical" href="` + nvLink(e) + `">`
		main := `<div class="news_column panel panel-default" itemtype="http://schema.org/NewsArticle" itemscope><div class="panel-body"><h1 class="title margin-bottom-lg" itemprop="headline">` + html.EscapeString(e.title) + `</h1>
<div class="hidden hide d-none" itemprop="author" itemtype="http://schema.org/Person" itemscope><span itemprop="name">` + e.byline + `</span></div><span class="hidden hide d-none" itemprop="datePublished">` + e.published.Format("2006-01-02T15:04:05-07:00") + `</span>
<div class="row margin-bottom-lg"><div class="col-md-12"><span class="h5">` + weekday(e) + ` - ` + e.published.Format("02/01/2006 15:04") + `</span></div><div class="col-md-12"><ul class="list-inline text-right"><li><a class="dimgray" rel="nofollow" title="In ra" href="` + print + `">Bản in</a></li></ul></div></div>
<div class="clearfix"><div class="hometext m-bottom" itemprop="description">` + html.EscapeString(e.lead) + `</div></div>
<div id="news-bodyhtml" class="bodytext margin-bottom-lg"><div style="text-align:justify">` + html.EscapeString(e.lead) + `</div>` + paragraphs(`<div style="text-align:justify">`, `<br />&nbsp;</div>`, e.paras...) + `</div>
<div class="margin-bottom-lg"><p class="h5 text-right"><strong>Tác giả bài viết: </strong>` + e.byline + `</p></div></div></div>
<div class="news_column panel panel-default"><div class="panel-body"><div class="h5"><em class="fa fa-star">&nbsp;</em>Tổng số điểm của bài viết là: 5 trong 1 đánh giá</div><div>Click để đánh giá bài viết</div></div></div>
<div class="news_column panel panel-default"><div class="panel-body other-news"><p class="h3"><strong>Những tin mới hơn</strong></p><ul class="related list-inline">` + related(es, i, nvLink, `<li><a class="list-inline-item h4" href="%s">%s</a></li>`, 3) + `</ul><p class="h3"><strong>Những tin cũ hơn</strong></p><ul class="related">` + related(es, (i+1)%len(es), nvLink, `<li><a href="%s">%s</a></li>`, 3) + `</ul></div></div>`
		body := frame(e.title, head, main)
		out = append(out, get(nvLink(e), fmt.Sprintf("article-%d.html", e.id), body))
	}
	return out
}

func wpLink(e event) string { return "/" + slug(e.title) + "/" }

// renderWordPress draws WordPress: JSON-LD, month words, a closed REST
// interface; some articles are stored decomposed (NFD).
func renderWordPress(p *portal, es []event) []page {
	frame := func(title, head, main string) string {
		return `<!DOCTYPE html><html lang="vi"><head><meta charset="UTF-8"><meta name="generator" content="WordPress 6.4.2" /><title>` + html.EscapeString(title) + ` - ` + p.name + `</title>` + head +
			`<link rel="alternate" type="application/rss+xml" href="/feed/" /></head><body class="archive category"><a class="skip-link screen-reader-text" href="#primary">Bỏ qua</a><div id="page" class="site"><header id="masthead"><p class="site-title"><a href="/">` + p.name + `</a></p><nav><ul id="menu-main" class="menu">` + p.menu(`<li class="menu-item"><a href="%s">%s</a></li>`) +
			`</ul></nav></header><div id="content" class="site-content"><main id="primary" class="site-main">` + main + `</main><aside id="secondary" class="widget-area"><section class="widget widget_search"><form role="search" action="/"><input name="s"></form></section></aside></div><footer class="site-footer">` + notice + `</footer></div></body></html>`
	}
	month := []string{"", "Một", "Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười", "Mười Một", "Mười Hai"}
	words := func(e event) string {
		return fmt.Sprintf("Tháng %s %d, %d", month[e.published.Month()], e.published.Day(), e.published.Year())
	}
	var out []page
	chunks := pages(es, 5)
	for i, chunk := range chunks {
		var b strings.Builder
		b.WriteString(`<header class="page-header"><h1 class="page-title">Chuyên mục: Tin tức</h1></header>`)
		for _, e := range chunk {
			fmt.Fprintf(&b, `<article id="post-%d" class="post type-post status-publish hentry"><header class="entry-header"><h2 class="entry-title"><a href="%s" rel="bookmark">%s</a></h2><div class="entry-meta"><span class="posted-on"><time class="entry-date published" datetime="%s">%s</time></span></div></header><div class="entry-summary"><p>%s [&hellip;]</p></div></article>`,
				e.id, wpLink(e), html.EscapeString(e.title), e.published.Format("2006-01-02T15:04:05-07:00"), words(e), html.EscapeString(e.lead))
		}
		b.WriteString(`<nav class="navigation pagination"><div class="nav-links">`)
		for n := range chunks {
			switch n {
			case i:
				fmt.Fprintf(&b, `<span aria-current="page" class="page-numbers current">%d</span>`, n+1)
			case 0:
				b.WriteString(`<a class="page-numbers" href="/tin-tuc/">1</a>`)
			default:
				fmt.Fprintf(&b, `<a class="page-numbers" href="/tin-tuc/page/%d/">%d</a>`, n+1, n+1)
			}
		}
		address := "/tin-tuc/"
		if i > 0 {
			address = fmt.Sprintf("/tin-tuc/page/%d/", i+1)
		}
		if i+1 < len(chunks) {
			fmt.Fprintf(&b, `<a class="next page-numbers" href="/tin-tuc/page/%d/">Trang sau</a>`, i+2)
		}
		b.WriteString(`</div></nav>`)
		out = append(out, get(address, fmt.Sprintf("listing-%d.html", i+1), frame("Tin tức", "", b.String())))
	}
	for i, e := range es {
		ld, _ := json.Marshal(map[string]any{
			"@context": "https://schema.org", "@type": "NewsArticle", "headline": e.title, "datePublished": e.published.Format("2006-01-02T15:04:05-07:00"),
			"author": map[string]string{"@type": "Person", "name": e.byline}, "publisher": map[string]string{"@type": "Organization", "name": p.name},
		})
		main := fmt.Sprintf(`<article id="post-%d" class="post type-post status-publish hentry"><header class="entry-header"><h1 class="entry-title">%s</h1><div class="entry-meta"><span class="posted-on">Đăng ngày <time class="entry-date published" datetime="%s">%s</time></span> <span class="byline">bởi <span class="author vcard"><a href="/author/bbt/">admin</a></span></span></div></header>`,
			e.id, html.EscapeString(e.title), e.published.Format("2006-01-02T15:04:05-07:00"), words(e)) +
			`<div class="entry-content">` + paragraphs("<p>", "</p>", append([]string{e.lead}, e.paras...)...) + `<p style="text-align: right;"><strong>` + strings.ToUpper(e.byline) + `</strong></p>
<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Chia sẻ:</h3></div><div id="jp-relatedposts" class="jp-relatedposts"><h3>Có liên quan</h3><ul>` + related(es, i, wpLink, `<li><a href="%s">%s</a></li>`, 3) + `</ul></div></div><footer class="entry-footer">Chuyên mục: <a href="/tin-tuc/" rel="category tag">Tin tức</a></footer></article>`
		body := frame(e.title, `<link rel="canonical" href="`+wpLink(e)+`" /><script type="application/ld+json">`+string(ld)+`</script>`, main)
		if i%5 == 2 {
			body = norm.NFD.String(body)
		}
		out = append(out, get(wpLink(e), fmt.Sprintf("article-%d.html", e.id), body))
	}
	closed := page{key: "GET /wp-json/wp/v2/posts", file: "wp-json.json", body: `{"code":"rest_forbidden","message":"REST API đã tắt","data":{"status":401}}`, status: 401, ctype: "application/json; charset=utf-8"}
	return append(out, closed)
}
