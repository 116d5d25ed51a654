package crawler

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// pageInPath reads a page number that stands in a path.
func pageInPath(first, prefix, suffix string) func(r *http.Request) int {
	return func(r *http.Request) int {
		if r.URL.Path == first {
			return 1
		}
		rest, ok := strings.CutPrefix(r.URL.Path, prefix)
		rest, end := strings.CutSuffix(rest, suffix)
		if !ok || !end {
			return 0
		}
		return atoi(rest)
	}
}

// NukeViet 4.3: rel=next on every higher page, a redirect past the end.
func heldNukeViet43() *held {
	const path = "/vi/news/Hoat-dong-cua-Mat-tran/"
	h := &held{name: "nukeviet-4.3", listing: path, family: "nukeviet", province: "kon-tum", n: 14, per: 4, page: pageInPath(path, path+"page-", "/")}
	link := func(s story) string { return fmt.Sprintf("%s%s-%d.html", path, s.slug(), s.id) }
	h.number = func(r *http.Request) int {
		if !strings.HasSuffix(r.URL.Path, ".html") || !strings.HasPrefix(r.URL.Path, path) {
			return 0
		}
		return numberOf(strings.TrimSuffix(lastPart(r.URL.Path), ".html"))
	}
	h.before = func(w http.ResponseWriter, r *http.Request) bool {
		http.SetCookie(w, &http.Cookie{Name: "nv4c_Xy12z_ctr", Value: "1.VN"})
		if page := h.page(r); page > h.pages() {
			http.Redirect(w, r, path, http.StatusMovedPermanently)
			return true
		}
		return false
	}
	shell := func(title, head, main string) string {
		return `<!DOCTYPE html><html lang="vi" xmlns="http://www.w3.org/1999/xhtml" prefix="og: http://ogp.me/ns#"><head><title>` + title + `</title><meta name="description" content="Trang tin Mặt trận"><meta name="author" content="Trang tin Mặt trận"><meta name="generator" content="NukeViet v4.3"><meta charset="utf-8">` + head + `</head><body><div class="body-bg"><header><span class="site_name">Trang tin Mặt trận</span><span class="current-time">Chủ nhật, 22/11/2026, 08:00</span></header><nav><ul class="nav navbar-nav"><li><a href="/">Trang chủ</a></li><li><a href="/vi/about/Gioi-thieu-chung.html">Giới thiệu chung về cơ quan</a></li><li class="active"><a href="/vi/news/Hoat-dong-cua-Mat-tran/">Hoạt động của Mặt trận</a></li></ul></nav><div class="row"><div class="col-sm-16 col-md-18">` + main + `</div><div class="col-sm-8 col-md-6"><div class="panel panel-primary"><div class="panel-heading">Tin xem nhiều</div><div class="panel-body"><ul class="block_groups"><li><a class="show" href="/vi/news/Tin-khac/van-ban-so-giao-vien-moi-nhat-1200.html">Tin ở chuyên mục khác được xem nhiều trong tuần</a></li></ul></div></div></div></div><footer>Bản quyền. Máy chủ tìm kiếm: 2. Lượt truy cập</footer></div></body></html>`
	}
	h.list = func(page int, items []story) string {
		s := `<div class="page-header"><h1>Hoạt động của Mặt trận</h1></div>` + join(items, func(s story) string {
			return `<div class="panel panel-default clearfix"><div class="panel-body featured"><a href="` + link(s) + `"><img class="img-thumbnail pull-left" src="/assets/news/` + s.slug() + `.jpg"></a><h2><a href="` + link(s) + `" title="` + s.title + `">` + s.title + `</a></h2><div class="text-muted"><ul class="list-unstyled list-inline"><li><em class="fa fa-clock-o">&nbsp;</em> ` + s.at.Format("02/01/2006 03:04:00 PM") + `</li><li><em class="fa fa-eye">&nbsp;</em> Đã xem: 97</li></ul></div>` + s.lead + `</div></div>`
		}) + `<div class="text-center"><ul class="pagination"><li` + map[bool]string{true: ` class="disabled"`}[page == 1] + `><a href="` + path + `">&laquo;</a></li>`
		for n := 1; n <= h.pages(); n++ {
			switch {
			case n == page:
				s += fmt.Sprintf(`<li class="active"><a href="#">%d</a></li><li>`, n)
			case n > page:
				s += fmt.Sprintf(`<li><a rel="next" title="Trang %d" href="%spage-%d/">%d</a></li>`, n, path, n, n)
			case n == 1:
				s += fmt.Sprintf(`<li><a rel="prev" href="%s">1</a></li>`, path)
			default:
				s += fmt.Sprintf(`<li><a rel="prev" href="%spage-%d/">%d</a></li>`, path, n, n)
			}
		}
		if page < h.pages() {
			s += fmt.Sprintf(`<li><a rel="next" href="%spage-%d/">&raquo;</a></li>`, path, page+1)
		}
		return shell("Hoạt động của Mặt trận - Trang tin Mặt trận", "", s+`</ul></div>`)
	}
	h.article = func(s story) string {
		head := `<meta property="og:title" content="` + s.title + `"><meta property="og:site_name" content="Trang tin Mặt trận"><meta property="article:published_time" content="` + s.at.Format("2006-01-02") + `+0707:` + s.at.Format("04") + `:00">`
		return shell(s.title, head, `<div class="news_column panel panel-default"><div class="panel-body"><h1 class="title margin-bottom-lg">`+s.title+`</h1><div class="row margin-bottom-lg"><div class="col-md-12"><span class="h5">`+vnDay(s.at)+` - `+s.at.Format("02/01/2006 15:04")+`</span></div><div class="col-md-12"><ul class="list-inline text-right"><li><a class="dimgray" rel="nofollow" title="Gửi bài viết qua email" href="javascript:void(0);">Email</a></li><li><a title="In ra" href="/vi/news/print/`+s.slug()+`-`+fmt.Sprint(s.id)+`.html">In trang</a></li></ul></div></div><div class="clearfix"><div class="hometext m-bottom">`+s.lead+`</div></div><div class="bodytext margin-bottom-lg" id="news-bodyhtml">`+paragraphs(s, `<p style="text-align: justify;">`, `</p>`)+`</div><div class="margin-bottom-lg"><p class="h5 text-right"><strong>Tác giả bài viết: </strong>`+s.author+`</p></div></div></div><div class="panel panel-default"><div class="panel-body"><form id="form3B"><div class="h5 clearfix"><p id="stringrating">Tổng số điểm của bài viết là: 0 trong 0 đánh giá</p></div></form></div></div><div class="news_column panel panel-default"><div class="panel-body other-news"><p class="h3"><strong>Những tin cũ hơn</strong></p><ul class="related">`+others(s, link)+`</ul></div></div>`)
	}
	return h
}

// NukeViet 4.5 with another theme: cards, microdata, no number on the last link.
func heldNukeViet45() *held {
	const path = "/tin-hoat-dong/"
	h := &held{name: "nukeviet-4.5", listing: path, family: "nukeviet", province: "gia-lai", n: 13, per: 4, page: pageInPath(path, path+"page-", "/")}
	link := func(s story) string { return fmt.Sprintf("%s%s-%d.html", path, s.slug(), s.id) }
	h.number = func(r *http.Request) int {
		return numberOf(strings.TrimSuffix(lastPart(between(r.URL.Path, path, "")), ".html"))
	}
	h.before = func(w http.ResponseWriter, r *http.Request) bool {
		if h.page(r) > h.pages() || r.URL.Path == path+"page-1/" {
			http.Redirect(w, r, path, http.StatusMovedPermanently)
			return true
		}
		return false
	}
	shell := func(title, main string) string {
		return `<!DOCTYPE html><html lang="vi"><head><title>` + title + `</title><meta charset="utf-8"><meta name="generator" content="NukeViet v4.5"><link rel="canonical" href="#"><script>var nv_base_siteurl="/",nv_lang_data="vi",nv_name_variable="nv",nv_module_name="tin-hoat-dong";</script></head><body><div class="site-banner">Trang tin đoàn thể</div><div class="container"><a href="/">Trang chủ</a> <a href="/thong-bao/">Thông báo mới của cơ quan thường trực</a> <a href="/van-ban/">Danh mục văn bản đang có hiệu lực</a>` + main + `</div></body></html>`
	}
	h.list = func(page int, items []story) string {
		s := `<div class="viewcat_grid row">` + join(items, func(s story) string {
			return `<div class="col-md-6"><div class="card"><a class="card-img" href="` + link(s) + `"><img alt="` + s.title + `" src="/x.jpg"></a><div class="card-body"><h3 class="card-title"><a href="` + link(s) + `">` + s.title + `</a></h3><small class="card-date">` + s.at.Format("02/01/2006") + `</small></div></div></div>`
		}) + `</div><nav><ul class="pagination justify-content-center">`
		for n := 1; n <= h.pages(); n++ {
			switch {
			case n == page:
				s += fmt.Sprintf(`<li class="page-item active"><a class="page-link" href="#">%d</a></li><li>`, n)
			case n > page:
				s += fmt.Sprintf(`<li class="page-item"><a class="page-link" rel="next" href="%spage-%d/">%d</a></li>`, path, n, n)
			default:
				s += fmt.Sprintf(`<li class="page-item"><a class="page-link" rel="prev" href="%spage-%d/">%d</a></li>`, path, n, n)
			}
		}
		return shell("Tin hoạt động", s+`</ul></nav>`)
	}
	h.article = func(s story) string {
		return shell(s.title+" - Trang tin đoàn thể", `<article itemscope itemtype="http://schema.org/NewsArticle"><h1 itemprop="headline" class="post-title">`+s.title+`</h1><span class="hidden d-none" itemprop="author" itemscope itemtype="http://schema.org/Person"><span itemprop="name">`+s.author+`</span></span><span class="d-none" itemprop="datePublished">`+s.at.Format("02/01/2006 15:04")+`</span><div class="time">`+s.at.Format("15:04 02/01/2006")+`</div><div class="sapo" itemprop="description">`+s.lead+`</div><div class="post-body" itemprop="articleBody">`+paragraphs(s, "<p>", "</p>")+`</div><p class="text-right">Tác giả: <strong>`+s.author+`</strong></p><p>Ý kiến bạn đọc</p></article><div class="list-other"><h4>Những tin mới hơn</h4><ul>`+others(s, link)+`</ul></div>`)
	}
	return h
}

// WordPress with and without its REST interface; without it dates are words.
func heldWordPress(open bool) *held {
	h := &held{name: "wordpress-closed", listing: "/category/tin-tuc/hoat-dong/", family: "wordpress", province: "nghe-an", n: 13, per: 5, day: !open}
	if open {
		h.name, h.province = "wordpress-open", "tien-giang"
	}
	h.page = pageInPath(h.listing, h.listing+"page/", "/")
	link := func(s story) string {
		if open {
			return fmt.Sprintf("/%s/", s.slug()+fmt.Sprintf("-%d", s.id))
		}
		return fmt.Sprintf("/%s/%s-%d/", s.at.Format("2006/01"), s.slug(), s.id)
	}
	h.number = func(r *http.Request) int { return numberOf(lastPart(strings.TrimSuffix(r.URL.Path, "/"))) }
	h.before = func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.HasPrefix(r.URL.Path, "/wp-json") && !r.URL.Query().Has("rest_route") {
			return false
		}
		w.Header().Set("Content-Type", "application/json; charset=UTF-8")
		switch {
		case !open:
			w.WriteHeader(http.StatusUnauthorized)
			say(w, `{"code":"rest_cannot_access","message":"Only authenticated users can access the REST API.","data":{"status":401}}`)
		case r.URL.Path == "/wp-json/wp/v2/posts":
			h.posts(w, r, link)
		case r.URL.Path == "/wp-json/wp/v2/categories":
			say(w, `[{"id":9,"count":13,"slug":"hoat-dong","link":"http://`+r.Host+`/category/tin-tuc/hoat-dong/"}]`)
		default:
			w.WriteHeader(http.StatusNotFound)
			say(w, `{"code":"rest_no_route"}`)
		}
		return true
	}
	shell := func(class, title, main string) string {
		return `<!DOCTYPE html><html lang="vi"><head><meta charset="UTF-8"><title>` + title + ` &#8211; Hội Nông dân</title><link rel="stylesheet" href="/wp-content/themes/flatsome/style.css?ver=3.1"></head><body class="` + class + `"><div id="wrapper"><header><ul id="menu"><li><a href="/">Trang chủ</a></li><li><a href="/gioi-thieu/">Giới thiệu về tổ chức bộ máy</a></li><li><a href="/category/tin-tuc/">Tin tức tổng hợp trong tuần</a></li></ul></header><main><div class="row">` + main + `</div></main><aside><ul><li><a href="/category/van-ban/">Văn bản của Hội cấp trên</a></li><li><a href="/tag/nong-thon-moi/">nông thôn mới</a></li></ul></aside><footer>Bản quyền 2024</footer></div></body></html>`
	}
	h.list = func(page int, items []story) string {
		s := `<div id="post-list">` + join(items, func(s story) string {
			return `<div class="col post-item"><div class="col-inner"><a href="` + link(s) + `" class="plain"><div class="box box-text-bottom"><div class="box-text"><h5 class="post-title is-large">` + s.title + `</h5><p class="from_the_blog_excerpt">` + s.lead[:70] + ` [...]</p></div><div class="badge absolute"><span class="post-date-day">` + s.at.Format("02") + `</span><br><span class="post-date-month">Th` + s.at.Format("1") + `</span></div></div></a></div></div>`
		}) + `</div><ul class="page-numbers nav-pagination links text-center">`
		for n := 1; n <= h.pages(); n++ {
			if n == page {
				s += fmt.Sprintf(`<li><span aria-current="page" class="page-number current">%d</span></li>`, n)
			} else {
				s += fmt.Sprintf(`<li><a class="page-number" href="%spage/%d/">%d</a></li>`, h.listing, n, n)
			}
		}
		if page < h.pages() {
			s += fmt.Sprintf(`<li><a class="next page-number" href="%spage/%d/"><i class="icon-angle-right"></i></a></li>`, h.listing, page+1)
		}
		return shell("archive category", "Hoạt động", s+`</ul>`)
	}
	h.article = func(s story) string {
		posted := s.at.Format("15:04 02/01/2006")
		if !open {
			words := []string{"", "một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai"}
			posted = fmt.Sprintf("Tháng %s %d, %d", words[s.at.Month()], s.at.Day(), s.at.Year())
		}
		return shell("single single-post postid-"+fmt.Sprint(s.id), s.title, `<article class="post type-post"><div class="article-inner"><header class="entry-header"><h6 class="entry-category"><a href="/category/tin-tuc/">Tin tức</a></h6><h1 class="entry-title">`+s.title+`</h1><div class="entry-meta"><span class="posted-on">Posted on <a href="#"><time class="entry-date published">`+posted+`</time></a></span> <span class="byline">by <span class="meta-author vcard"><a class="url fn n" href="/author/x/">`+s.author+`</a></span></span></div></header><div class="entry-content single-page"><p><strong>`+s.lead+`</strong></p>`+paragraphs(s, "<p>", "</p>")+`<div class="social-icons share-icons"><a href="#" aria-label="Chia sẻ">Chia sẻ lên</a></div></div><footer class="entry-meta">Chuyên mục <a href="/category/tin-tuc/">Tin tức</a></footer><nav class="navigation-post"><ul>`+others(s, link)+`</ul></nav></div></article><div id="comments"><h3>Trả lời</h3><p>Email của bạn sẽ không được hiển thị công khai.</p></div>`)
	}
	return h
}

func (h *held) posts(w http.ResponseWriter, r *http.Request, link func(story) string) {
	page, per := max(atoi(r.URL.Query().Get("page")), 1), max(atoi(r.URL.Query().Get("per_page")), 10)
	w.Header().Set("X-WP-Total", fmt.Sprint(h.n))
	w.Header().Set("X-WP-TotalPages", fmt.Sprint((h.n+per-1)/per))
	posts := []any{}
	for no := (page-1)*per + 1; no <= min(page*per, h.n); no++ {
		s := newStory(no)
		posts = append(posts, map[string]any{
			"id": s.id, "date": s.at.Format("2006-01-02T15:04:05"), "date_gmt": s.at.UTC().Format("2006-01-02T15:04:05"), "link": "http://" + r.Host + link(s),
			"title": map[string]string{"rendered": s.title}, "content": map[string]any{"rendered": "<p>" + s.lead + "</p>" + paragraphs(s, "<p>", "</p>")}, "excerpt": map[string]string{"rendered": s.lead}, "author": 1,
		})
	}
	if len(posts) == 0 && page > 1 {
		w.WriteHeader(http.StatusBadRequest)
		say(w, `{"code":"rest_post_invalid_page_number"}`)
		return
	}
	_ = json.NewEncoder(w).Encode(posts)
}

// Joomla with K2: start= in steps of the page size.
func heldK2() *held {
	const path = "/index.php/tin-tuc/itemlist/category/5-hoat-dong-hoi"
	h := &held{name: "joomla-k2", listing: path, family: "joomla", province: "phu-tho", n: 14, per: 5}
	h.page = func(r *http.Request) int {
		if r.URL.Path != path {
			return 0
		}
		return atoi(r.URL.Query().Get("start"))/5 + 1
	}
	link := func(s story) string { return fmt.Sprintf("/index.php/tin-tuc/item/%d-%s", s.id, s.slug()) }
	h.number = func(r *http.Request) int {
		id, _, _ := strings.Cut(between(r.URL.Path, "/tin-tuc/item/", ""), "-")
		return numberOf(id)
	}
	shell := func(title, main string) string {
		return `<!DOCTYPE html><html lang="vi-vn"><head><base href="#"><meta charset="utf-8"><meta name="generator" content="Joomla! - Open Source Content Management"><title>` + title + `</title><link href="/components/com_k2/css/k2.css" rel="stylesheet"></head><body><div id="ja-header"><a href="/index.php">Trang chủ</a><a href="/index.php/gioi-thieu">Giới thiệu bộ máy cơ quan hội</a></div><div id="k2Container">` + main + `</div><div class="k2ItemsBlock"><ul><li><a class="moduleItemTitle" href="/index.php/thu-vien/item/99-anh">Thư viện ảnh hoạt động năm qua</a></li></ul></div></body></html>`
	}
	h.list = func(page int, items []story) string {
		s := `<div class="itemList"><div id="itemListPrimary">` + join(items, func(s story) string {
			return `<div class="itemContainer"><div class="catItemView"><div class="catItemHeader"><span class="catItemDateCreated">` + k2Date(s.at) + `</span><h3 class="catItemTitle"><a href="` + link(s) + `">` + s.title + `</a></h3></div><div class="catItemBody"><div class="catItemIntroText">` + s.lead + `</div></div><div class="catItemReadMore"><a class="k2ReadMore" href="` + link(s) + `">Đọc tiếp...</a></div></div></div>`
		}) + `</div></div><div class="k2Pagination"><ul>`
		for n := 1; n <= h.pages(); n++ {
			if n == page {
				s += fmt.Sprintf(`<li><span class="pagenav">%d</span></li>`, n)
			} else {
				s += fmt.Sprintf(`<li><a class="pagenav" title="%d" href="%s?start=%d">%d</a></li>`, n, path, (n-1)*5, n)
			}
		}
		if page < h.pages() {
			s += fmt.Sprintf(`<li class="pagination-next"><a href="%s?start=%d">Tiếp theo</a></li><li class="pagination-end"><a href="%s?start=%d">Cuối cùng</a></li>`, path, page*5, path, (h.pages()-1)*5)
		}
		return shell("Hoạt động hội", s+fmt.Sprintf(`</ul>Trang %d của %d</div>`, page, h.pages()))
	}
	h.article = func(s story) string {
		return shell(s.title, `<div class="itemView"><div class="itemHeader"><span class="itemDateCreated">`+k2Date(s.at)+`</span><h2 class="itemTitle">`+s.title+`</h2><span class="itemAuthor">Được viết bởi <a rel="author" href="/index.php/tin-tuc/itemlist/user/42">`+s.author+`</a></span></div><div class="itemToolbar"><ul><li><span class="itemTextResizerTitle">Cỡ chữ</span></li><li><a class="itemPrintLink" href="#">In</a></li><li><a class="itemEmailLink">Email</a></li></ul></div><div class="itemRatingBlock"><span>Đánh giá bài viết này</span></div><div class="itemBody"><div class="itemIntroText"><p>`+s.lead+`</p></div><div class="itemFullText">`+paragraphs(s, "<p>", "</p>")+`</div></div><div class="itemRelated"><h3>Bài viết khác</h3><ul>`+others(s, link)+`</ul></div></div>`)
	}
	return h
}

func k2Date(t time.Time) string {
	return fmt.Sprintf("%s, %d Tháng %d %s", vnDay(t), t.Day(), int(t.Month()), t.Format("2006 15:04"))
}

// Drupal: pages from 0, full-width pager, nodes by number.
func heldDrupal() *held {
	const path = "/chuyen-muc/tin-hoat-dong"
	h := &held{name: "drupal", listing: path, family: "drupal", province: "lang-son", n: 12, per: 4}
	h.page = func(r *http.Request) int {
		if r.URL.Path != path {
			return 0
		}
		return atoi(r.URL.Query().Get("page")) + 1
	}
	link := func(s story) string { return fmt.Sprintf("/node/%d", s.id) }
	h.number = func(r *http.Request) int { return numberOf(strings.TrimPrefix(r.URL.Path, "/node/")) }
	shell := func(title, main string) string {
		return `<!DOCTYPE html><html lang="vi" dir="ltr"><head><meta charset="utf-8"><meta name="Generator" content="Drupal 8 (https://www.drupal.org)"><title>` + title + ` | Tuyên truyền</title></head><body class="path-taxonomy"><a href="#main-content" class="visually-hidden">Nhảy đến nội dung</a><div class="region region-primary-menu"><ul class="menu"><li><a href="/" data-drupal-link-system-path="&lt;front&gt;">Trang chủ</a></li><li><a href="/node/12">Giới thiệu chức năng nhiệm vụ</a></li></ul></div><main><div class="region region-content">` + main + `</div></main><footer>Bản quyền</footer></body></html>`
	}
	h.list = func(page int, items []story) string {
		s := `<div class="views-element-container"><div class="view-content">` + join(items, func(s story) string {
			return `<div class="views-row"><div class="views-field views-field-title"><span class="field-content"><a href="` + link(s) + `" hreflang="vi">` + s.title + `</a></span></div><div class="views-field views-field-created"><span class="field-content"><time datetime="` + s.at.Format(time.RFC3339) + `">` + s.at.Format("02/01/2006") + `</time></span></div></div>`
		}) + `</div><nav class="pager"><ul class="pager__items js-pager__items">`
		for n := range h.pages() {
			class, current := "", ""
			if n == page-1 {
				class, current = " is-active", `title="Trang hiện tại" `
			}
			s += fmt.Sprintf(`<li class="pager__item%s"><a href="?page=%d" %s><span class="visually-hidden">Trang</span>%d</a></li>`, class, n, current, n+1)
		}
		if page < h.pages() {
			s += fmt.Sprintf(`<li class="pager__item pager__item--next"><a href="?page=%d" rel="next"><span class="visually-hidden">Next page</span><span aria-hidden="true">››</span></a></li>`, page)
		}
		return shell("Tin hoạt động", s+`</ul></nav></div>`)
	}
	h.article = func(s story) string {
		return shell(s.title, `<h1 class="page-header"><span property="schema:name" class="field field--name-title">`+s.title+`</span></h1><article about="/node/`+fmt.Sprint(s.id)+`" class="node node--type-article"><footer class="node__meta"><div class="node__submitted">Được đăng bởi <span class="field field--name-uid"><span lang="" typeof="schema:Person">`+s.author+`</span></span> vào `+vnDay(s.at)+`, `+s.at.Format("02/01/2006 - 15:04")+`</div></footer><div class="node__content"><div class="clearfix text-formatted field field--name-body field__item"><p>`+s.lead+`</p>`+paragraphs(s, "<p>", "</p>")+`</div><div class="field field--name-field-tags"><div class="field__label">Từ khóa</div><a href="/tu-khoa/x">nông thôn</a></div></div></article><div class="block-views"><h2>Tin liên quan</h2><ul>`+others(s, link)+`</ul></div>`)
	}
	return h
}
