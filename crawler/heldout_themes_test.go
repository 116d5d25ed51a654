package crawler

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// A third set, in the markup of stock themes, written before the readers of
// furniture were changed.
func themePortals() []*held {
	return []*held{
		heldBartik(), heldOlivero(), heldBlockTheme(), heldBlockThemeBelow(), heldTwentyTwentyOne(), heldDivi(),
		heldCassiopeia(), heldAssetPublisher(), heldEasyDNN(), heldPrintWrapper(), heldMicrodata(),
	}
}

// theme is a portal whose pages all wear one shell.
type theme struct {
	shell   func(title, body string) string
	item    func(s story) string
	items   [2]string // around the items
	pager   func(page int) string
	article func(s story) string
	heading func(s story) string // of the head's title
}

func (h *held) wear(t theme) *held {
	h.list = func(page int, items []story) string {
		return t.shell("Tin hoạt động", t.items[0]+join(items, t.item)+t.items[1]+t.pager(page))
	}
	h.article = func(s story) string { return t.shell(t.heading(s), t.article(s)) }
	return h
}

func bySuffix(suffix string) func(r *http.Request) int {
	return func(r *http.Request) int {
		return numberOf(strings.TrimSuffix(lastPart(strings.TrimSuffix(r.URL.Path, "/")), suffix))
	}
}

func iso(t time.Time) string { return t.Format("2006-01-02T15:04:05-07:00") }

// Drupal 7 with Bartik: label-hidden fields, RDFa around the line of the author.
func heldBartik() *held {
	const path = "/tin-hoat-dong"
	h := &held{name: "drupal-7-bartik", listing: path, family: "drupal", province: "lang-son", n: 13, per: 5, number: bySuffix("")}
	h.page = func(r *http.Request) int {
		if r.URL.Path != path {
			return 0
		}
		return atoi(r.URL.Query().Get("page")) + 1
	}
	link := func(s story) string { return fmt.Sprintf("/noi-dung/%s-%d", s.slug(), s.id) }
	field := func(s string) string {
		return `<div class="content clearfix"><div class="field field-name-body field-type-text-with-summary field-label-hidden"><div class="field-items"><div class="field-item even" property="content:encoded">` + s + `</div></div></div><div class="field field-name-field-tags field-type-taxonomy-term-reference field-label-above clearfix"><h3 class="field-label">Tags: </h3><ul class="links"><li class="taxonomy-term-reference-0"><a href="/tags/mat-tran">mặt trận tổ quốc</a></li></ul></div></div>`
	}
	return h.wear(theme{
		heading: func(s story) string { return s.title + " | Tuyên truyền tỉnh" },
		shell: func(title, body string) string {
			return `<!DOCTYPE html><html lang="vi" dir="ltr"><head profile="http://www.w3.org/1999/xhtml/vocab"><meta charset="utf-8"><meta name="Generator" content="Drupal 7 (http://drupal.org)"><title>` + title + `</title><script>jQuery.extend(Drupal.settings, {"basePath":"\/"});</script></head><body class="html not-front not-logged-in one-sidebar sidebar-first page-node node-type-article"><div id="skip-link"><a href="#main-content" class="element-invisible element-focusable">Nhảy đến nội dung</a></div><div id="page-wrapper"><div id="page"><div id="header" class="without-secondary-menu"><div class="section clearfix"><a href="/">Trang chủ</a></div></div><div id="main-wrapper" class="clearfix"><div id="main" class="clearfix"><div id="content" class="column"><div class="section"><a id="main-content"></a>` + body + `</div></div><div id="sidebar-first" class="column sidebar"><div class="section"><div class="region region-sidebar-first"><div class="block block-menu"><h2>Thông báo</h2><ul class="menu"><li class="first leaf"><a href="/thong-bao-tuyen-dung">Thông báo tuyển dụng viên chức năm nay</a></li></ul></div></div></div></div></div></div></div></div></body></html>`
		},
		items: [2]string{`<h1 class="title" id="page-title">Tin hoạt động</h1><div class="region region-content"><div id="block-system-main" class="block block-system"><div class="content"><div class="view view-tin view-id-tin view-display-id-page"><div class="view-content">`, `</div></div></div></div></div>`},
		item: func(s story) string {
			return `<div class="views-row views-row-1 views-row-odd"><div class="node node-article node-promoted node-teaser clearfix" about="` + link(s) + `"><h2 property="dc:title"><a href="` + link(s) + `">` + s.title + `</a></h2><div class="meta submitted"><span>` + s.at.Format("02/01/2006 - 15:04") + `</span></div><div class="content clearfix"><div class="field field-name-body field-label-hidden"><p>` + s.lead + `</p></div></div></div></div>`
		},
		pager: func(page int) string {
			return `<div class="item-list"><ul class="pager">` + h.numbers(page, func(n int) string { return fmt.Sprintf("%s?page=%d", path, n-1) }) + `</ul></div>`
		},
		article: func(s story) string {
			return `<h1 class="title" id="page-title">` + s.title + `</h1><div class="tabs"></div><div class="region region-content"><div id="block-system-main" class="block block-system"><div class="content"><div id="node-9" class="node node-article node-promoted node-full clearfix" about="` + link(s) + `" typeof="sioc:Item foaf:Document"><span property="dc:title" content="` + s.title + `" class="rdf-meta element-hidden"></span><span property="sioc:num_replies" content="0" datatype="xsd:integer" class="rdf-meta element-hidden"></span><div class="meta submitted"><span property="dc:date dc:created" content="` + iso(s.at) + `" datatype="xsd:dateTime" rel="sioc:has_creator">Được đăng bởi <span class="username" xml:lang="" typeof="sioc:UserAccount" property="foaf:name">` + s.author + `</span> vào ` + vnDay(s.at) + `, ` + s.at.Format("02/01/2006 - 15:04") + `</span></div>` + field("<p>"+s.lead+"</p>"+paragraphs(s, "<p>", "</p>")) + `<div class="link-wrapper"><ul class="links inline"><li class="comment_forbidden first last"><span><a href="/user/login">Đăng nhập</a> để gửi ý kiến</span></li></ul></div></div></div></div></div>`
		},
	})
}

// Drupal 10 with Olivero: label hidden, tags visually hidden, a sidebar in the class of main.
func heldOlivero() *held {
	const path = "/tin-tuc"
	h := &held{name: "drupal-10-olivero", listing: path, family: "drupal", province: "cao-bang", n: 12, per: 5, number: bySuffix("")}
	h.page = func(r *http.Request) int {
		if r.URL.Path != path {
			return 0
		}
		return atoi(r.URL.Query().Get("page")) + 1
	}
	link := func(s story) string { return fmt.Sprintf("/tin-tuc/%s-%d", s.slug(), s.id) }
	return h.wear(theme{
		heading: func(s story) string { return s.title + " | Cổng tin tỉnh nhà" },
		shell: func(title, body string) string {
			return `<!DOCTYPE html><html lang="vi" dir="ltr"><head><meta charset="utf-8"><meta name="Generator" content="Drupal 10 (https://www.drupal.org)"><title>` + title + `</title></head><body class="page-node-type-article path-node sidebar-second"><a href="#main-content" class="visually-hidden focusable skip-link">Nhảy đến nội dung</a><div class="dialog-off-canvas-main-canvas" data-off-canvas-main-canvas><div id="page-wrapper" class="page-wrapper"><div id="page"><header id="header" class="site-header"><nav class="primary-nav"><ul><li><a href="/">Trang chủ</a></li></ul></nav></header><div id="main-wrapper" class="layout-main-wrapper layout-container"><div id="main" class="layout-main"><div class="main-content"><a id="main-content" tabindex="-1"></a><div class="main-content__container container"><main role="main"><div class="sidebar-grid grid-full"><div class="region region--content grid-full layout--pass--content-medium">` + body + `</div><div class="region region--sidebar"><div class="block"><h2 class="block__title">Văn bản</h2><div class="block__content"><p>Danh mục văn bản đang có hiệu lực do cơ quan thường trực ban hành được đăng ở đây.</p></div></div></div></div></main></div></div></div></div></div></div></div><script type="application/json" data-drupal-selector="drupal-settings-json">{"path":{}}</script></body></html>`
		},
		items: [2]string{`<div class="views-element-container block block-views"><div class="view view-tin view-id-tin js-view-dom-id-1"><div class="view-content">`, `</div></div></div>`},
		item: func(s story) string {
			return `<div class="views-row"><article class="node node--type-article node--view-mode-teaser"><header><h2 class="node__title"><a href="` + link(s) + `" rel="bookmark"><span class="field field--name-title field--type-string field--label-hidden">` + s.title + `</span></a></h2></header><div class="node__content"><div class="field field--name-body field--type-text-with-summary field--label-hidden field__item"><p>` + s.lead + `</p></div></div></article></div>`
		},
		pager: func(page int) string {
			return `<nav class="pager" role="navigation" aria-labelledby="pager-heading"><h4 id="pager-heading" class="visually-hidden">Phân trang</h4><ul class="pager__items js-pager__items">` + h.numbers(page, func(n int) string { return fmt.Sprintf("?page=%d", n-1) }) + `</ul></nav>`
		},
		article: func(s story) string {
			return `<div class="block block-system block-page-title-block"><h1 class="title page-title"><span class="field field--name-title field--type-string field--label-hidden">` + s.title + `</span></h1></div><article data-history-node-id="9" class="node node--type-article node--promoted node--view-mode-full"><header><div class="node__meta"><span class="author-meta">Bởi <span class="field field--name-uid field--label-hidden"><span>` + s.author + `</span></span>, <span class="field field--name-created field--label-hidden"><time datetime="` + iso(s.at) + `" title="x">` + s.at.Format("2 January, 2006") + `</time></span></span></div></header><div class="node__content grid-full layout--content-narrow"><div class="text-content clearfix field field--name-body field--type-text-with-summary field--label-hidden field__item"><p>` + s.lead + `</p>` + paragraphs(s, "<p>", "</p>") + `</div><div class="field field--name-field-tags field--type-entity-reference field--label-visually_hidden tags-container"><div class="field__label visually-hidden">Tags</div><ul class="field__items tags"><li class="field__item"><a href="/tags/mat-tran" hreflang="vi">mặt trận</a></li></ul></div></div><section class="comments-closed"></section></article>`
		},
	})
}

func blockShell(title, body string) string {
	return `<!DOCTYPE html><html lang="vi"><head><meta charset="UTF-8"><title>` + title + `</title><meta name="generator" content="WordPress 6.7"><link rel="https://api.w.org/" href="/wp-json-off/"></head><body class="post-template-default single single-post wp-embed-responsive has-sidebar widgets-active"><div class="wp-site-blocks"><header class="wp-block-template-part"><nav class="is-responsive wp-block-navigation"><ul><li class="wp-block-navigation-item"><a href="/">Trang chủ</a></li></ul></nav></header><main class="wp-block-group is-layout-flow" id="wp--skip-link--target">` + body + `</main><footer class="wp-block-template-part"><p>Được thiết kế với WordPress</p></footer></div></body></html>`
}

func heldBlock(name, province string) (h *held, link, item func(s story) string) {
	const path = "/category/hoat-dong/"
	h = &held{name: name, listing: path, family: "wordpress", province: province, n: 12, per: 5, number: bySuffix(""), page: pageInPath(path, path+"page/", "/")}
	link = func(s story) string { return fmt.Sprintf("/2024/%s-%d/", s.slug(), s.id) }
	item = func(s story) string {
		return fmt.Sprintf(`<li class="wp-block-post post-%d post type-post status-publish format-standard hentry category-hoat-dong tag-sidebar tag-hop-bao tag-print"><div class="wp-block-group"><h2 class="wp-block-post-title has-x-large-font-size"><a href="%s" target="_self">%s</a></h2><div class="wp-block-post-date"><time datetime="%s"><a href="%s">%s</a></time></div><div class="wp-block-post-excerpt"><p class="wp-block-post-excerpt__excerpt">%s</p></div></div></li>`, s.id, link(s), s.title, iso(s.at), link(s), s.at.Format("02/01/2006"), s.lead)
	}
	return h, link, item
}

func blockPager(h *held) func(page int) string {
	return func(page int) string {
		return `<nav class="wp-block-query-pagination is-layout-flex" aria-label="Phân trang"><div class="wp-block-query-pagination-numbers">` + h.numbers(page, func(n int) string {
			if n == 1 {
				return h.listing
			}
			return fmt.Sprintf("%spage/%d/", h.listing, n)
		}) + `</div></nav>`
	}
}

// WordPress 2024: everything is a block; the meta row stands above the text.
func heldBlockTheme() *held {
	h, link, item := heldBlock("wordpress-2024", "hau-giang")
	return h.wear(theme{
		heading: func(s story) string { return s.title + " – Mặt trận tỉnh" }, shell: blockShell, item: item, pager: blockPager(h),
		items: [2]string{`<h1 class="wp-block-query-title">Chuyên mục: Hoạt động</h1><div class="wp-block-query is-layout-flow"><ul class="columns-1 wp-block-post-template is-layout-flow">`, `</ul></div>`},
		article: func(s story) string {
			return `<div class="wp-block-group alignwide"><h1 class="wp-block-post-title has-x-large-font-size">` + s.title + `</h1><div class="wp-block-template-part"><div class="wp-block-group is-layout-flex"><div class="wp-block-post-date"><time datetime="` + iso(s.at) + `"><a href="` + link(s) + `">` + s.at.Format("02/01/2006") + `</a></time></div><p class="has-contrast-2-color">—</p><p class="has-small-font-size">bởi</p><div class="wp-block-post-author-name"><a href="/author/x" class="wp-block-post-author-name__link">` + s.author + `</a></div><div class="taxonomy-category wp-block-post-terms"><span class="wp-block-post-terms__prefix">trong </span><a href="/category/hoat-dong/" rel="tag">Hoạt động</a></div></div></div></div><div class="entry-content alignfull wp-block-post-content has-global-padding is-layout-constrained"><p>` + s.lead + `</p>` + paragraphs(s, "<p>", "</p>") + `</div><div class="taxonomy-post_tag wp-block-post-terms"><a href="/tag/giao-ban/" rel="tag">giao ban quý</a></div><div class="wp-block-comments"><h2 class="wp-block-heading">Bình luận</h2></div><nav class="wp-block-group" aria-label="Bài viết"><div class="post-navigation-link-previous wp-block-post-navigation-link"><a href="` + link(newStory(s.no%12+1)) + `" rel="prev">` + newStory(s.no%12+1).title + `</a></div></nav>`
		},
	})
}

// WordPress 2025: date and author follow the text, tags name furniture.
func heldBlockThemeBelow() *held {
	h, link, item := heldBlock("wordpress-2025-below", "bac-lieu")
	return h.wear(theme{
		heading: func(s story) string { return s.title + " – Mặt trận tỉnh" }, shell: blockShell, item: item, pager: blockPager(h),
		items: [2]string{`<div class="wp-block-query alignfull is-layout-constrained"><ul class="alignfull wp-block-post-template">`, `</ul></div>`},
		article: func(s story) string {
			return `<div class="wp-block-group alignfull has-global-padding"><h1 class="wp-block-post-title">` + s.title + `</h1><div class="entry-content wp-block-post-content"><p>` + s.lead + `</p>` + paragraphs(s, "<p>", "</p>") + `</div><div class="wp-block-group post-meta"><div class="wp-block-post-author"><div class="wp-block-post-author__content"><p class="wp-block-post-author__byline">Viết bởi</p><p class="wp-block-post-author__name">` + s.author + `</p></div></div><div class="wp-block-post-date"><time datetime="` + iso(s.at) + `">` + s.at.Format("02/01/2006") + `</time></div></div><div class="wp-block-query more-posts"><h2>Bài viết khác</h2><ul class="wp-block-post-template">` + join([]story{newStory(s.no%12 + 1), newStory((s.no+3)%12 + 1)}, func(o story) string {
				return `<li class="wp-block-post"><h2 class="wp-block-post-title"><a href="` + link(o) + `">` + o.title + `</a></h2><div class="wp-block-post-date"><time datetime="` + iso(o.at) + `">` + o.at.Format("02/01/2006") + `</time></div></li>`
			}) + `</ul></div></div>`
		},
	})
}

// Twenty Twenty-One: post_class on the article, the facts in its footer.
func heldTwentyTwentyOne() *held {
	h, link, _ := heldBlock("wordpress-2021", "ca-mau")
	class := "hentry category-hoat-dong tag-tin-moi tag-comments tag-menu entry"
	return h.wear(theme{
		heading: func(s story) string { return s.title + " – Mặt trận tỉnh" },
		shell: func(title, body string) string {
			return `<!doctype html><html lang="vi"><head><meta charset="UTF-8"><title>` + title + `</title><meta name="generator" content="WordPress 6.4"></head><body class="post-template-default single has-main-navigation no-widgets"><div id="page" class="site"><header id="masthead" class="site-header has-title-and-tagline has-menu"><p class="site-title">Mặt trận tỉnh</p></header><div id="content" class="site-content"><div id="primary" class="content-area"><main id="main" class="site-main">` + body + `</main></div></div><aside class="widget-area"><section id="block-3" class="widget widget_block"><h2>Bài gần đây</h2></section></aside></div></body></html>`
		},
		items: [2]string{`<header class="page-header alignwide"><h1 class="page-title">Hoạt động</h1></header>`, ``},
		item: func(s story) string {
			return fmt.Sprintf(`<article id="post-%d" class="post-%d post type-post status-publish %s"><header class="entry-header"><h2 class="entry-title default-max-width"><a href="%s" rel="bookmark">%s</a></h2></header><div class="entry-content"><p>%s</p></div><footer class="entry-footer default-max-width"><span class="posted-on">Đã đăng vào <time class="entry-date published updated" datetime="%s">%s</time></span></footer></article>`, s.id, s.id, class, link(s), s.title, s.lead, iso(s.at), s.at.Format("02/01/2006"))
		},
		pager: func(page int) string {
			return `<nav class="navigation pagination" aria-label="Phân trang bài viết"><h2 class="screen-reader-text">Phân trang bài viết</h2><div class="nav-links">` + h.numbers(page, func(n int) string { return fmt.Sprintf("%spage/%d/", h.listing, n) }) + `</div></nav>`
		},
		article: func(s story) string {
			return fmt.Sprintf(`<article id="post-%d" class="post-%d post type-post status-publish %s"><header class="entry-header alignwide"><h1 class="entry-title">%s</h1></header><div class="entry-content"><p>%s</p>%s</div><footer class="entry-footer default-max-width"><div class="posted-by"><span class="posted-on">Đã đăng vào <time class="entry-date published updated" datetime="%s">%s</time></span><span class="byline">Bởi <a href="/author/x/" rel="author">%s</a></span></div><div class="post-taxonomies"><span class="tags-links">Thẻ: <a href="/tag/giao-ban/" rel="tag">giao ban</a></span></div></footer></article><nav class="navigation post-navigation"><div class="nav-links"><div class="nav-previous"><a href="%s" rel="prev"><p class="post-title">%s</p></a></div></div></nav>`, s.id, s.id, class, s.title, s.lead, paragraphs(s, "<p>", "</p>"), iso(s.at), s.at.Format("02/01/2006"), s.author, link(newStory(s.no%12+1)), newStory(s.no%12+1).title)
		},
	})
}

// Divi: modules and a widget area beside them.
func heldDivi() *held {
	h, link, _ := heldBlock("wordpress-divi", "dak-nong")
	h.day = true
	return h.wear(theme{
		heading: func(s story) string { return s.title + " | Mặt trận tỉnh" },
		shell: func(title, body string) string {
			return `<!DOCTYPE html><html lang="vi"><head><meta charset="UTF-8"><title>` + title + `</title><link rel="stylesheet" href="/wp-content/themes/Divi/style.css"></head><body class="et_pb_button_helper_class et_right_sidebar et_divi_theme"><div id="page-container"><div id="et-main-area"><div id="main-content"><div class="et_pb_section"><div class="et_pb_row"><div class="et_pb_column et_pb_column_3_4">` + body + `</div><div class="et_pb_column et_pb_column_1_4"><div class="et_pb_module et_pb_sidebar_0 et_pb_widget_area"><div class="et_pb_widget"><h4 class="widgettitle">Liên kết</h4><p>Mời bạn đọc tham khảo thêm các trang thông tin của đơn vị thành viên trong tỉnh.</p></div></div></div></div></div></div></div></div></body></html>`
		},
		items: [2]string{`<div class="et_pb_module et_pb_blog_0 et_pb_posts"><div class="et_pb_ajax_pagination_container">`, ``},
		item: func(s story) string {
			return fmt.Sprintf(`<article id="post-%d" class="et_pb_post clearfix post-%d post type-post hentry tag-binh-luan"><h2 class="entry-title"><a href="%s">%s</a></h2><p class="post-meta"><span class="published">%s</span></p><div class="post-content"><p>%s</p></div></article>`, s.id, s.id, link(s), s.title, s.at.Format("02/01/2006"), s.lead)
		},
		pager: func(page int) string {
			return `<div class="pagination clearfix"><div class="alignleft">` + h.numbers(page, func(n int) string { return fmt.Sprintf("%spage/%d/", h.listing, n) }) + `</div></div></div></div>`
		},
		article: func(s story) string {
			return `<div class="et_pb_module et_pb_post_title et_pb_post_title_0_tb_body"><div class="et_pb_title_container"><h1 class="entry-title">` + s.title + `</h1><p class="et_pb_title_meta_container">bởi <span class="author vcard"><a href="/author/x" rel="author">` + s.author + `</a></span> | <span class="published">` + s.at.Format("02/01/2006") + `</span> | <a href="/category/hoat-dong/" rel="category tag">Hoạt động</a></p></div></div><div class="et_pb_module et_pb_post_content et_pb_post_content_0_tb_body comments-hidden"><div class="et_pb_text_inner"><p>` + s.lead + `</p>` + paragraphs(s, "<p>", "</p>") + `</div></div><div class="et_pb_module et_social_inline et_pb_social_media_follow">Theo dõi Chia sẻ bài viết này</div>`
		},
	})
}

// Joomla 5 with Cassiopeia.
func heldCassiopeia() *held {
	const path = "/tin-tuc/mat-tran"
	h := &held{name: "joomla-5-cassiopeia", listing: path, family: "joomla", province: "tay-ninh", n: 12, per: 4}
	h.page = func(r *http.Request) int {
		if r.URL.Path != path {
			return 0
		}
		return atoi(r.URL.Query().Get("start"))/4 + 1
	}
	h.number = func(r *http.Request) int {
		id, _, _ := strings.Cut(between(r.URL.Path, path+"/", ""), "-")
		return numberOf(id)
	}
	link := func(s story) string { return fmt.Sprintf("%s/%d-%s", path, s.id, s.slug()) }
	return h.wear(theme{
		heading: func(s story) string { return s.title },
		shell: func(title, body string) string {
			return `<!DOCTYPE html><html lang="vi-vn" dir="ltr"><head><meta charset="utf-8"><meta name="generator" content="Joomla! - Open Source Content Management"><title>` + title + `</title></head><body class="site com_content wrapper-static view-article no-layout no-task itemid-101 has-sidebar-right"><header class="header container-header full-width"><nav class="navbar"><a href="/">Trang chủ</a></nav></header><div class="site-grid"><div class="grid-child container-component"><nav class="mod-breadcrumbs__wrapper"><ol class="mod-breadcrumbs breadcrumb px-3 py-2"><li>Bạn đang ở đây</li></ol></nav><div id="system-message-container" aria-live="polite"></div><main>` + body + `</main></div><div class="grid-child container-sidebar-right"><div class="sidebar-right card _menu"><h3 class="card-header">Chuyên mục</h3><ul class="mod-menu mod-list nav"><li class="nav-item"><a href="/tin-tuc/thong-bao-tuyen-dung-vien-chuc">Thông báo tuyển dụng viên chức</a></li></ul></div></div></div></body></html>`
		},
		items: [2]string{`<div class="com-content-category-blog blog" itemscope itemtype="https://schema.org/Blog"><div class="com-content-category-blog__items blog-items">`, `</div>`},
		item: func(s story) string {
			return `<div class="com-content-category-blog__item blog-item" itemprop="blogPost"><div class="item-content"><div class="page-header"><h2 itemprop="name"><a href="` + link(s) + `" itemprop="url">` + s.title + `</a></h2></div><dl class="article-info text-muted"><dd class="published"><time datetime="` + iso(s.at) + `">` + s.at.Format("02/01/2006") + `</time></dd></dl><ul class="tags list-inline"><li class="list-inline-item tag-2 tag-list0"><a href="/component/tags/tag/mat-tran" class="btn btn-sm btn-info">mặt trận tổ quốc tỉnh nhà</a></li></ul><p>` + s.lead + `</p></div></div>`
		},
		pager: func(page int) string {
			return `<div class="com-content-category-blog__navigation w-100"><p class="com-content-category-blog__counter counter float-end">Trang ` + fmt.Sprintf("%d / %d", page, h.pages()) + `</p><div class="com-content-category-blog__pagination"><nav class="pagination__wrapper"><ul class="pagination ms-0 mb-4">` + h.numbers(page, func(n int) string { return fmt.Sprintf("%s?start=%d", path, (n-1)*4) }) + `</ul></nav></div></div></div>`
		},
		article: func(s story) string {
			return `<div class="com-content-article item-page" itemscope itemtype="https://schema.org/Article"><meta itemprop="inLanguage" content="vi-VN"><div class="page-header"><h1 itemprop="headline">` + s.title + `</h1></div><dl class="article-info text-muted"><dt class="article-info-term">Chi tiết</dt><dd class="createdby" itemprop="author" itemscope itemtype="https://schema.org/Person"><span class="icon-user icon-fw" aria-hidden="true"></span>Được viết bởi: <span itemprop="name">` + s.author + `</span></dd><dd class="published"><span class="icon-calendar icon-fw" aria-hidden="true"></span><time datetime="` + iso(s.at) + `" itemprop="datePublished">Đăng: ` + s.at.Format("02/01/2006") + `</time></dd><dd class="hits"><meta itemprop="interactionCount" content="UserPageVisits:12">Lượt xem: 12</dd></dl><ul class="tags list-inline"><li class="list-inline-item tag-2 tag-list0" itemprop="keywords"><a href="/component/tags/tag/mat-tran" class="btn btn-sm btn-info">mặt trận tổ quốc tỉnh nhà</a></li></ul><div itemprop="articleBody" class="com-content-article__body"><p>` + s.lead + `</p>` + paragraphs(s, "<p>", "</p>") + `</div><nav class="pagenavigation" aria-label="Điều hướng"><span class="pagination ms-0"><a class="btn btn-sm btn-secondary previous" href="` + link(newStory(s.no%12+1)) + `" rel="prev"><span class="visually-hidden">Bài trước: ` + newStory(s.no%12+1).title + `</span><span aria-hidden="true">Trước</span></a></span></nav></div>`
		},
	})
}

// Liferay 7.4: an asset publisher in full-content view, widget classes all around.
func heldAssetPublisher() *held {
	const path = "/web/mat-tran/tin-tuc"
	h := &held{name: "liferay-7.4", listing: path, family: "liferay", province: "phu-yen", n: 12, per: 4}
	h.page = func(r *http.Request) int {
		if r.URL.Path != path {
			return 0
		}
		return max(atoi(r.URL.Query().Get("_com_liferay_asset_publisher_web_portlet_AssetPublisherPortlet_INSTANCE_ab12_cur")), 1)
	}
	h.number = func(r *http.Request) int {
		return numberOf(lastPart(between(r.URL.Path, path+"/-/asset_publisher/ab12/content/", "")))
	}
	link := func(s story) string {
		return fmt.Sprintf("%s/-/asset_publisher/ab12/content/%s-%d", path, s.slug(), s.id)
	}
	portlet := func(s string) string {
		return `<div class="portlet-boundary portlet-boundary_com_liferay_asset_publisher_web_portlet_AssetPublisherPortlet_ portlet-static portlet-static-end portlet-decorate portlet-asset-publisher " id="p_p_id_com_liferay_asset_publisher_web_portlet_AssetPublisherPortlet_INSTANCE_ab12_"><section class="portlet" id="portlet_ab12"><div class="portlet-content"><div class="autofit-float autofit-row portlet-header"></div><div class=" portlet-content-container"><div class="portlet-body widget-mode-detail">` + s + `</div></div></div></section></div>`
	}
	return h.wear(theme{
		heading: func(s story) string { return s.title + " - Tin tức - Mặt trận" },
		shell: func(title, body string) string {
			return `<!DOCTYPE html><html class="ltr" dir="ltr" lang="vi-VN"><head><title>` + title + `</title><meta charset="utf-8"><script>var Liferay = Liferay || {}; Liferay.ThemeDisplay = {};</script></head><body class="controls-visible yui3-skin-sam signed-out public-page site has-sidebar"><div class="d-flex flex-column min-vh-100"><div class="d-flex flex-column flex-fill position-relative" id="wrapper"><header id="banner"><div class="navbar navbar-classic"><a href="/web/mat-tran">Trang chủ</a></div></header><section class="flex-fill" id="content"><div class="columns-2" id="main-content" role="main"><div class="portlet-layout row"><div class="col-md-8 portlet-column portlet-column-first" id="column-1"><div class="portlet-dropzone portlet-column-content">` + portlet(body) + `</div></div></div></div></section></div></div></body></html>`
		},
		items: [2]string{`<ul class="list-group widget-mode-card">`, `</ul>`},
		item: func(s story) string {
			return `<li class="list-group-item list-group-item-flex"><div class="autofit-col autofit-col-expand"><h4 class="list-group-title"><a class="text-default" href="` + link(s) + `?inheritRedirect=false&amp;redirect=%2Fweb%2Fmat-tran">` + s.title + `</a></h4><p class="list-group-subtext">` + s.at.Format("02/01/2006") + `</p></div></li>`
		},
		pager: func(page int) string {
			return `<div class="pagination-bar"><ul class="pagination">` + h.numbers(page, func(n int) string {
				return fmt.Sprintf("%s?p_p_id=com_liferay_asset_publisher_web_portlet_AssetPublisherPortlet_INSTANCE_ab12&amp;p_p_lifecycle=0&amp;_com_liferay_asset_publisher_web_portlet_AssetPublisherPortlet_INSTANCE_ab12_delta=4&amp;_com_liferay_asset_publisher_web_portlet_AssetPublisherPortlet_INSTANCE_ab12_cur=%d", path, n)
			}) + `</ul></div>`
		},
		article: func(s story) string {
			return `<div class="asset-full-content clearfix mb-5 default-asset-publisher show-asset-title"><div class="align-items-center d-flex mb-2"><p class="component-title h4"><span class="asset-title d-inline">` + s.title + `</span></p></div><div class="widget-mode-detail-header"><div class="autofit-row"><span class="text-truncate">` + s.author + `</span> <span class="asset-user-info">` + s.at.Format("15:04 02/01/2006") + `</span></div></div><div class="asset-content mb-3"><div class="journal-content-article " data-analytics-asset-title="x"><p>` + s.lead + `</p>` + paragraphs(s, "<p>", "</p>") + `<p style="text-align: right;"><strong>` + s.author + `</strong></p></div></div><div class="autofit-row widget-metadata"><div class="taglib-ratings stars" id="zz">Đánh giá</div></div></div>`
		},
	})
}

// DNN 9 with a news module: names of parts in the classes of wrappers.
func heldEasyDNN() *held {
	const path = "/tin-tuc"
	h := &held{name: "dnn-9", listing: path, family: "dotnetnuke", province: "binh-phuoc", n: 12, per: 4, page: pageInPath(path, path+"/PgrID/1320/PageID/", ""), number: bySuffix("")}
	link := func(s story) string { return fmt.Sprintf("/tin-tuc/ArticleId/%d/%s-%d", s.id, s.slug(), s.id) }
	return h.wear(theme{
		heading: func(s story) string { return s.title },
		shell: func(title, body string) string {
			return `<!DOCTYPE html><html lang="vi-VN"><head id="Head"><meta content="text/html; charset=UTF-8" http-equiv="Content-Type"><meta id="MetaGenerator" name="GENERATOR" content="DotNetNuke "><title>` + title + `</title></head><body id="Body"><form method="post" action="` + path + `" id="Form"><div class="aspNetHidden"><input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="x"></div><div id="siteWrapper" class="has-menu"><div id="dnn_HeaderPane"><div id="dnnMenu" class="navbar">Trang chủ</div></div><div id="dnn_ContentPane" class="contentPane print-area"><div class="DnnModule DnnModule-EasyDNNnews DnnModule-1320"><div class="DNNContainer_noTitle eds_containers_widget"><div id="dnn_ctr1320_ContentPane"><div id="dnn_ctr1320_ModuleContent" class="DNNModuleContent ModEasyDNNnewsC">` + body + `</div></div></div></div></div><div id="dnn_RightPane" class="sidebar"><div class="DnnModule DnnModule-DNN_HTML"><div class="Normal"><p>Đường dây nóng tiếp nhận phản ánh của nhân dân làm việc cả ngày nghỉ trong tuần.</p></div></div></div></div></form></body></html>`
		},
		items: [2]string{`<div class="edn_1320_article_list_wrapper edn_articleList related-widget-off">`, `</div>`},
		item: func(s story) string {
			return `<div class="edn_mainWrapper"><article class="edn_article edn_clearFix"><h2 class="edn_articleTitle"><a href="` + link(s) + `" target="_self">` + s.title + `</a></h2><time class="edn_date">` + s.at.Format("02/01/2006") + `</time><div class="edn_articleSummary">` + s.lead + `</div></article></div>`
		},
		pager: func(page int) string {
			return `<div class="article_pager">` + h.numbers(page, func(n int) string { return fmt.Sprintf("%s/PgrID/1320/PageID/%d", path, n) }) + `</div>`
		},
		article: func(s story) string {
			return `<div class="edn_mainWrapper edn_socialOn"><article class="edn_article edn_articleDetails edn_clearFix"><h1 class="edn_articleTitle">` + s.title + `</h1><div class="edn_metaDetails comments-off"><span class="edn_date">` + s.at.Format("02/01/2006 15:04") + `</span> <span class="edn_author">Tác giả: ` + s.author + `</span></div><div class="edn_articleSummary"></div><div class="article_content widget-content" id="printable"><p>` + s.lead + `</p>` + paragraphs(s, "<p>", "</p>") + `</div><div class="edn_social_plugins"><span>Chia sẻ</span></div></article></div>`
		},
	})
}

// A portal of its own: the part to print is the article, real tools stand inside.
func heldPrintWrapper() *held {
	const path = "/chuyen-muc/giao-ban"
	h := &held{name: "print-wrapper", listing: path, province: "quang-binh", n: 12, per: 4, number: bySuffix(".html"), page: queryPage(path, "p")}
	link := func(s story) string { return fmt.Sprintf("/bai-viet/%s-%d.html", s.slug(), s.id) }
	return h.wear(theme{
		heading: func(s story) string { return "Mặt trận tỉnh nhà" },
		shell: func(title, body string) string {
			return `<html><head><meta charset="utf-8"><title>` + title + `</title></head><body><div class="container"><div class="menu-top"><a href="/">Trang chủ</a> <a href="/gt">Giới thiệu</a></div><div class="row right-sidebar-layout"><div class="col-8 content-with-sidebar"><div class="widget-box"><div class="widget-content">` + body + `</div></div></div><div class="col-4 sidebar"><div class="widget"><div class="widget-title">Tin mới</div><p>Lịch trực của thường trực cơ quan trong tuần này được niêm yết tại trụ sở chính.</p></div></div></div></div></body></html>`
		},
		items: [2]string{`<div class="related-off list-news tags-hidden">`, `</div>`},
		item: func(s story) string {
			return `<div class="news tag-item"><a class="tag-link" href="` + link(s) + `"><h3>` + s.title + `</h3></a><span class="label label-date">` + s.at.Format("02/01/2006 15:04") + `</span></div>`
		},
		pager: func(page int) string {
			return `<div class="page-nav">` + h.numbers(page, func(n int) string { return fmt.Sprintf("%s?p=%d", path, n) }) + `</div>`
		},
		article: func(s story) string {
			return `<div id="divPrint" class="print-wrapper no-comments"><div class="tools"><a class="print" href="#">In bài này ra giấy để đọc sau</a> <a class="share" href="#">Chia sẻ</a></div><h2 class="headline">` + s.title + `</h2><div class="labels-date">` + vnDay(s.at) + `, ` + s.at.Format("02/01/2006 15:04") + `</div><div class="print-body tag-content"><p class="sapo">` + s.lead + `</p>` + paragraphs(s, "<p>", "</p>") + `</div></div><p class="nguoi-viet">Tin, ảnh: ` + s.author + `</p><div class="related"><h4>Tin liên quan</h4><ul>` + others(s, link) + `</ul></div><div class="comments"><p>Ý kiến bạn đọc gửi về sẽ được ban biên tập xem xét trước khi hiển thị trên trang này.</p></div>`
		},
	})
}

// Microdata and RDFa alone tell when and who; the text names another day first.
func heldMicrodata() *held {
	const path = "/tin"
	h := &held{name: "microdata-only", listing: path, province: "soc-trang", n: 12, per: 4, number: bySuffix(".htm"), page: queryPage(path, "trang")}
	link := func(s story) string { return fmt.Sprintf("/tin/%s-%d.htm", s.slug(), s.id) }
	return h.wear(theme{
		heading: func(s story) string { return s.title },
		shell: func(title, body string) string {
			return `<html><head><meta charset="utf-8"><title>` + title + `</title></head><body><div><a href="/">Trang chủ</a></div><div class="c">` + body + `</div></body></html>`
		},
		items: [2]string{`<ul class="ds">`, `</ul>`},
		item:  func(s story) string { return `<li><a href="` + link(s) + `">` + s.title + `</a></li>` },
		pager: func(page int) string {
			return `<div class="trang">` + h.numbers(page, func(n int) string { return fmt.Sprintf("%s?trang=%d", path, n) }) + `</div>`
		},
		article: func(s story) string {
			if s.no%2 == 0 {
				return `<div vocab="http://schema.org/" typeof="NewsArticle"><h1 property="headline">` + s.title + `</h1><meta property="schema:datePublished" content="` + iso(s.at) + `"><div class="than"><p>` + s.lead + `</p>` + paragraphs(s, "<p>", "</p>") + `</div><div property="author" typeof="Person"><span property="name">` + s.author + `</span></div></div>`
			}
			return `<div itemscope itemtype="http://schema.org/NewsArticle"><h1 itemprop="name">` + s.title + `</h1><meta itemprop="dateCreated" content="` + iso(s.at) + `"><div class="than"><p>` + s.lead + `</p>` + paragraphs(s, "<p>", "</p>") + `</div><div itemprop="author">` + s.author + `</div></div>`
		},
	})
}
