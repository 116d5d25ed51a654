package crawler

import (
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"
)

func heldPortals() []*held {
	return []*held{
		heldDotNetNuke(), heldGridView(), heldSharePoint(), heldLiferay7(), heldWebCenter(),
		heldNukeViet43(), heldNukeViet45(), heldNewspaper(), heldTrangN(), heldDCS(),
		heldWordPress(true), heldWordPress(false), heldK2(), heldDrupal(),
		heldCurrentPage(), heldPageHTM(), heldTables(), heldWindows1258(), heldTCVN3(),
		heldManyLinks(), heldDeep(), heldCalendar(), heldSessionID(), heldRefresh(),
		heldSoft404(), heldHome(), heldRelative(), heldTwins(),
	}
}

// postbacks answers form posts in ASP.NET's way: each needs the state of the
// page before it.
func postbacks(path, target string) func(r *http.Request) int {
	return func(r *http.Request) int {
		if r.URL.Path != path {
			return 0
		}
		if r.Method == http.MethodGet {
			return 1
		}
		page := atoi(strings.TrimPrefix(r.PostFormValue("__EVENTARGUMENT"), "Page$"))
		var shown int
		_, err := fmt.Sscanf(r.PostFormValue("__VIEWSTATE"), "/wEPDwUKLTg3%d==", &shown)
		if err != nil || r.PostFormValue("__EVENTTARGET") != target || page == 0 || page > shown+1 || r.PostFormValue("__EVENTVALIDATION") != fmt.Sprintf("/wEWAgL%d", shown) {
			return 0
		}
		return page
	}
}

func aspForm(action string, page int, inner string) string {
	return fmt.Sprintf(`<form method="post" action="%[1]s" id="aspnetForm" enctype="multipart/form-data">
<div class="aspNetHidden"><input type="hidden" name="__EVENTTARGET" id="__EVENTTARGET" value=""><input type="hidden" name="__EVENTARGUMENT" id="__EVENTARGUMENT" value="">
<input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="/wEPDwUKLTg3%[2]d=="></div>
<script type="text/javascript">
//<![CDATA[
var theForm = document.forms['aspnetForm'];
function __doPostBack(eventTarget, eventArgument) { theForm.submit(); }
//]]>
</script><div class="aspNetHidden"><input type="hidden" name="__VIEWSTATEGENERATOR" id="__VIEWSTATEGENERATOR" value="CA0B0334"><input type="hidden" name="__EVENTVALIDATION" id="__EVENTVALIDATION" value="/wEWAgL%[2]d"></div>%[3]s</form>`, action, page, inner)
}

func heldGUID(id int) string { return fmt.Sprintf("%08x-41a7-4565-9cc5-2a95ee%06d", id*7919, id) }

// DotNetNuke without its generator, the GUID in the middle, pages by postback.
func heldDotNetNuke() *held {
	const target, path = "dnn$ctr512$ViewNews$grdTin", "/vi-vn/hoat-dong-mat-tran"
	h := &held{name: "dotnetnuke", listing: path, family: "dotnetnuke", province: "quang-nam", n: 14, per: 5, page: postbacks(path, target)}
	link := func(s story) string {
		return path + "/newsid/" + heldGUID(s.id) + "/cid/0b1f7a90-98f2-4cc1-9d02-77e1a2c0ffee/tid/" + s.slug()
	}
	h.number = func(r *http.Request) int {
		guid := between(r.URL.Path, "/newsid/", "/")
		if len(guid) < 6 {
			return 0
		}
		return numberOf(strings.TrimLeft(guid[len(guid)-6:], "0"))
	}
	shell := func(title, state, main string) string {
		return `<!DOCTYPE html><html lang="vi-VN"><head id="Head"><meta charset="utf-8"><title>` + title + `</title><link href="/Resources/Shared/stylesheets/dnndefault/7.0.0/default.css?cdv=88" rel="stylesheet"><link href="/Portals/_default/Skins/mttq/skin.css" rel="stylesheet"></head><body id="Body">` +
			aspForm(path, atoi(state), `<div id="dnn_wrap"><div class="top-bar">Chủ nhật, 22/11/2026 09:12:44</div><ul id="dnn_menu"><li><a href="/vi-vn/trang-chu">Trang chủ</a></li><li><a href="/vi-vn/gioi-thieu/tabid/62/Default.aspx">Giới thiệu tổng quan về đơn vị</a></li><li><a href="/vi-vn/van-ban/tabid/71/Default.aspx">Văn bản chỉ đạo điều hành của tỉnh</a></li></ul><div id="dnn_contentpane" class="col-md-8"><div class="DnnModule DnnModule-512">`+main+`</div></div><div id="dnn_RightPane" class="col-md-4"><ul><li><a href="/vi-vn/thu-vien/newsid/aaaaaaaa-0000-0000-0000-000000000000">Album: Đại hội thi đua yêu nước</a></li></ul></div><div id="dnn_footer">Bản quyền thuộc UB MTTQ tỉnh. Lượt truy cập: 100.202</div></div>`) + `</body></html>`
	}
	h.list = func(page int, items []story) string {
		main := `<div class="tin-list">` + join(items, func(s story) string {
			return `<div class="row tin"><div class="col-xs-3"><a href="` + link(s) + `"><img src="/Portals/0/tin/` + heldGUID(s.id) + `.jpg" alt=""></a></div><div class="col-xs-9"><h4 class="ten-tin"><a title="" href="` + link(s) + `">` + s.title + `</a></h4><span class="time">` + s.at.Format("02-01-2006") + `</span><p>` + s.lead[:60] + `...</p></div></div>`
		}) + `</div><table class="PagingTable"><tr><td>Trang ` + fmt.Sprintf("%d / %d", page, h.pages()) + `</td><td>`
		for n := 1; n <= h.pages(); n++ {
			if n == page {
				main += fmt.Sprintf(`<span class="NormalDisabled">[%d]</span>&nbsp;`, n)
			} else {
				main += fmt.Sprintf(`<a class="CommandButton" href="javascript:__doPostBack(&#39;%s&#39;,&#39;Page$%d&#39;)">%d</a>&nbsp;`, target, n, n)
			}
		}
		return shell("Hoạt động Mặt trận", fmt.Sprint(page), main+`</td></tr></table>`)
	}
	h.article = func(s story) string {
		return shell(s.title+" > Ủy ban MTTQ Việt Nam tỉnh", "0", `<div class="view-news"><h3 class="headline">`+s.title+`</h3><p class="posted">`+vnDay(s.at)+`, ngày `+s.at.Format("02/01/2006, 15:04")+` | Lượt xem: 1288</p><div class="tools"><a href="#">Cỡ chữ: A+ A-</a> <a href="#">Bản in</a></div><div class="sapo">`+s.lead+`</div><div class="detail-body"><p><span style="font-size: 12pt">`+paragraphs(s, `<p class="MsoNormal" style="text-align: justify"><span lang="VI">`, `<o:p></o:p></span></p>`)+`</span></p><p style="text-align: right"><strong>`+s.author+`</strong></p></div><div class="dnnRelated"><h5>Các tin đã đưa</h5><ul>`+others(s, link)+`</ul></div></div>`)
	}
	return h
}

// A GridView in an UpdatePanel, twelve-hour clock, table all through.
func heldGridView() *held {
	const target, path = "ctl00$cphMain$gvTinTuc", "/TinTuc/DanhSachTin.aspx"
	h := &held{name: "gridview", listing: path + "?machuyenmuc=17", family: "webforms", province: "quang-tri", n: 13, per: 4, page: postbacks(path, target)}
	link := func(s story) string { return fmt.Sprintf("ChiTietTin.aspx?mabb=%d&amp;machuyenmuc=17", s.id) }
	h.number = func(r *http.Request) int {
		if r.URL.Path != "/TinTuc/ChiTietTin.aspx" {
			return 0
		}
		return numberOf(r.URL.Query().Get("mabb"))
	}
	grid := func(page int, items []story) string {
		s := `<table cellspacing="0" border="0" id="ctl00_cphMain_gvTinTuc" style="width:100%;border-collapse:collapse;">` + join(items, func(s story) string {
			return fmt.Sprintf(`<tr><td><table><tr><td><img id="img%d" src="../HinhAnh/%d.jpg"/></td><td><a id="ctl00_cphMain_gvTinTuc_ctl%02d_hpl" class="linkTin" href="%s">%s</a><br/><span class="ngay">(%s)</span><br/><span>%s</span></td></tr></table></td></tr>`, s.id, s.id, s.no, link(s), s.title, s.at.Format("2/1/2006"), s.lead)
		}) + `<tr class="phantrang"><td><table border="0"><tr>`
		for n := 1; n <= h.pages(); n++ {
			switch {
			case n == page:
				s += fmt.Sprintf(`<td><span>%d</span></td>`, n)
			case n <= page+1:
				s += fmt.Sprintf(`<td><a href="javascript:__doPostBack('%s','Page$%d')">%d</a></td>`, target, n, n)
			case n == page+2:
				s += fmt.Sprintf(`<td><a href="javascript:__doPostBack('%s','Page$%d')">...</a></td>`, target, n)
			}
		}
		return s + `</tr></table></td></tr></table>`
	}
	shell := func(page int, main string) string {
		return `<html xmlns="http://www.w3.org/1999/xhtml"><head><meta charset="utf-8"/><title>CỔNG THÔNG TIN MẶT TRẬN</title><script src="/ScriptResource.axd?d=x"></script></head><body>` + aspForm(path+"?machuyenmuc=17", page, `<script>
//<![CDATA[
Sys.WebForms.PageRequestManager._initialize('ctl00$ScriptManager1', 'aspnetForm', ['tctl00$cphMain$upTin','ctl00_cphMain_upTin'], [], [], 90, 'ctl00');
//]]>
</script><table width="1000" align="center"><tr><td colspan="2"><img src="banner.jpg"/><marquee>Chào mừng quý vị đến với trang thông tin</marquee></td></tr><tr><td valign="top" width="200"><a href="/Default.aspx">Trang chủ</a><br/><a href="DanhSachTin.aspx?machuyenmuc=18">Tin trong nước và quốc tế mới nhất</a><br/><a href="DanhSachTin.aspx?machuyenmuc=19">Gương điển hình tiên tiến cơ sở</a><br/><input type="text" name="ctl00$txtTim"/><input type="submit" name="ctl00$btnTim" value="Tìm"/></td><td valign="top">`+main+`</td></tr></table>`) + `</body></html>`
	}
	h.list = func(page int, items []story) string {
		return shell(page, `<div id="ctl00_cphMain_upTin">`+grid(page, items)+`</div>`)
	}
	h.before = func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path != path || r.Method != http.MethodPost {
			return false
		}
		page := h.page(r)
		if page == 0 {
			http.Error(w, "Invalid postback or callback argument. Event validation is enabled", http.StatusInternalServerError)
			return true
		}
		if r.Header.Get("X-MicrosoftAjax") != "Delta=true" {
			return false
		}
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		piece := func(kind, id, text string) {
			say(w, fmt.Sprintf("%d|%s|%s|%s|", utf8.RuneCountInString(text), kind, id, text))
		}
		piece("#", "", "4")
		piece("updatePanel", "ctl00_cphMain_upTin", grid(page, h.items(page)))
		piece("hiddenField", "__EVENTTARGET", "")
		piece("hiddenField", "__VIEWSTATE", fmt.Sprintf("/wEPDwUKLTg3%d==", page))
		piece("hiddenField", "__VIEWSTATEGENERATOR", "CA0B0334")
		piece("hiddenField", "__EVENTVALIDATION", fmt.Sprintf("/wEWAgL%d", page))
		piece("asyncPostBackControlIDs", "", "")
		piece("pageTitle", "", "CỔNG THÔNG TIN MẶT TRẬN")
		return true
	}
	h.article = func(s story) string {
		return shell(0, `<table width="100%"><tr><td class="TieuDeTin"><span id="ctl00_cphMain_lblTieuDe">`+s.title+`</span></td></tr><tr><td align="right"><span id="ctl00_cphMain_lblNgay">Ngày đăng: `+vnClock(s.at)+`</span></td></tr><tr><td><span id="ctl00_cphMain_lblTrichDan" style="font-weight:bold">`+s.lead+`</span></td></tr><tr><td><div align="justify"><span id="ctl00_cphMain_lblNoiDung">`+paragraphs(s, "<div>", "</div>")+`</span></div></td></tr><tr><td align="right"><span id="ctl00_cphMain_lblTacGia">Tác giả: `+s.author+`</span></td></tr><tr><td><b>Các tin khác:</b><ul>`+others(s, link)+`</ul></td></tr></table>`)
	}
	return h
}

// SharePoint: one view page, ItemID, categories padded with blanks.
func heldSharePoint() *held {
	const path = "/noidung/tintuc/Pages/tin-tuc-su-kien.aspx"
	pad := strings.Repeat("+", 40)
	h := &held{name: "sharepoint", listing: path + "?l=TinHoatDong" + pad + "&lv=3", family: "sharepoint", province: "yen-bai", n: 13, per: 4}
	h.page = func(r *http.Request) int {
		if r.URL.Path != path || strings.TrimSpace(r.URL.Query().Get("l")) != "TinHoatDong" {
			return 0
		}
		return max(atoi(r.URL.Query().Get("pageindex")), 1)
	}
	link := func(s story) string {
		return fmt.Sprintf("/noidung/tintuc/Pages/chi-tiet.aspx?ItemID=%d&amp;l=TinHoatDong%s&amp;lv=3", s.id, pad)
	}
	h.number = func(r *http.Request) int {
		if r.URL.Path != "/noidung/tintuc/Pages/chi-tiet.aspx" {
			return 0
		}
		return numberOf(r.URL.Query().Get("ItemID"))
	}
	shell := func(title, main string) string {
		return `<!DOCTYPE html><html dir="ltr" lang="vi-VN"><head><meta name="GENERATOR" content="Microsoft SharePoint"/><meta charset="utf-8"/><title>
	` + title + `
</title><link rel="stylesheet" href="/_layouts/15/1066/styles/corev15.css"/><script>var _spPageContextInfo={webServerRelativeUrl:"\u002fnoidung\u002ftintuc"};</script></head><body>` + aspForm(path, 0, `<div id="s4-workspace"><div id="s4-bodyContainer"><div class="ms-webpart-zone"><ul class="static"><li class="static"><a class="static menu-item" href="/Pages/trang-chu.aspx"><span>Trang chủ</span></a></li><li><a href="/noidung/tintuc/Pages/tin-tuc-su-kien.aspx?l=TinTrongNuoc`+pad+`&amp;lv=3">Tin trong nước và thế giới</a></li><li><a href="/noidung/vanban/Pages/van-ban.aspx">Hệ thống văn bản quy phạm pháp luật</a></li></ul></div><div id="DeltaPlaceHolderMain"><div class="welcome-content">`+main+`</div></div><div class="footer">Bản quyền © Cổng thông tin điện tử tỉnh</div></div></div>`) + `</body></html>`
	}
	h.list = func(page int, items []story) string {
		s := `<ul class="dfwp-list">` + join(items, func(s story) string {
			return `<li class="dfwp-item"><div class="item link-item"><a class="anh" href="` + link(s) + `"><img src="/_layouts/15/images/blank.gif"/></a><a href="` + link(s) + `" class="tieude-tin">` + s.title + `</a><div class="description">` + s.lead + `</div><div class="ngaydang">` + s.at.Format("02/01/2006 15:04") + `</div></div></li>`
		}) + `</ul><div class="phan-trang"><ul>`
		for n := 1; n <= h.pages(); n++ {
			class := ""
			if n == page {
				class = ` class="active"`
			}
			s += fmt.Sprintf(`<li%s><a href="%s?l=TinHoatDong%s&amp;lv=3&amp;pageindex=%d">%d</a></li>`, class, path, pad, n, n)
		}
		return shell("Tin tức - sự kiện", s+`</ul></div>`)
	}
	h.article = func(s story) string {
		return shell("Chi tiết tin", `<div class="chi-tiet-bai-viet"><h2 class="td">`+s.title+`</h2><div class="meta-tin"><span>`+s.at.Format("15:04 02/01/2006")+`</span><span>Xem cỡ chữ</span><span>Đọc bài viết</span></div><div class="ms-rtestate-field"><div class="ExternalClass7F00D1"><p><strong>`+s.lead+`</strong></p>`+paragraphs(s, "<p style=\"text-align:justify;\">\u200b", `</p>`)+`<p style="text-align:right;"><em>`+s.author+`</em></p></div></div><div class="binh-luan">Gửi bình luận của bạn</div><div class="tin-cung-muc"><div class="head">Tin cùng chuyên mục</div><ul>`+others(s, link)+`</ul></div></div>`)
	}
	return h
}

// Liferay 7 with addresses in words and parameters that change at each visit.
func heldLiferay7() *held {
	const path, ns = "/web/mat-tran/tin-tuc", "_com_liferay_asset_publisher_web_portlet_AssetPublisherPortlet_INSTANCE_kQ3xW8fyRtLm_"
	h := &held{name: "liferay7", listing: path, family: "liferay", province: "bac-ninh", n: 14, per: 5}
	visits := 0
	h.page = func(r *http.Request) int {
		if r.URL.Path != path {
			return 0
		}
		return max(atoi(r.URL.Query().Get(ns+"cur")), 1)
	}
	link := func(s story) string {
		visits++
		return fmt.Sprintf("%s/-/asset_publisher/kQ3xW8fyRtLm/content/%s-%d?%sassetEntryId=%d&amp;%sredirect=http%%3A%%2F%%2Fportal%%2Fweb%%3Fx%%3D%d&amp;p_p_auth=Zx%dQw&amp;inheritRedirect=true", path, s.slug(), s.id, ns, s.id+55, ns, visits, visits)
	}
	h.number = func(r *http.Request) int {
		if !strings.Contains(r.URL.Path, "/content/") {
			return 0
		}
		return numberOf(lastPart(r.URL.Path))
	}
	shell := func(title, main string) string {
		return `<!DOCTYPE html><html class="ltr" dir="ltr" lang="vi-VN"><head><title>` + title + ` - Cổng MTTQ</title><meta charset="utf-8"><link data-senna-track="temporary" href="/o/mttq-theme/css/main.css" rel="stylesheet"><script>Liferay.ThemeDisplay={getLayoutId:function(){return "12"}}</script></head><body class="controls-visible guest-site yui3-skin-sam signed-out public-page site"><nav class="sr-only" id="quick-access"><a href="#main-content">Chuyển đến nội dung</a></nav><header><a href="/c/portal/login?p_l_id=20183">Đăng nhập</a><a href="/c/portal/update_language?p_l_id=20183&amp;redirect=%2F&amp;languageId=en_US">English</a><ul class="navbar-nav"><li><a href="/web/mat-tran/home">Trang chủ</a></li><li><a href="/web/mat-tran/gioi-thieu">Giới thiệu về Ủy ban Mặt trận</a></li></ul></header><section id="content"><div class="portlet-boundary portlet-asset-publisher"><div class="portlet-body">` + main + `</div></div></section><footer>Bản quyền © 2024</footer></body></html>`
	}
	h.before = func(w http.ResponseWriter, _ *http.Request) bool {
		http.SetCookie(w, &http.Cookie{Name: "GUEST_LANGUAGE_ID", Value: "vi_VN"})
		return false
	}
	h.list = func(page int, items []story) string {
		s := join(items, func(s story) string {
			return `<div class="asset-abstract mb-5"><span class="asset-anchor lfr-asset-anchor" id="x"></span><h4 class="mb-1 component-title"><a class="asset-title d-inline" href="` + link(s) + `">` + s.title + `</a></h4><div class="asset-content mb-3"><div class="asset-summary">` + s.lead + `</div></div><div class="publish-date">` + s.at.Format("15:04 02/01/2006") + `</div></div>`
		})
		address := func(n int) string {
			return fmt.Sprintf("http://%s?p_p_id=com_liferay_asset_publisher_web_portlet_AssetPublisherPortlet_INSTANCE_kQ3xW8fyRtLm&amp;p_p_lifecycle=0&amp;p_p_state=normal&amp;p_p_mode=view&amp;%sdelta=5&amp;p_r_p_resetCur=false&amp;%scur=%d", "HOST"+path, ns, ns, n)
		}
		s += `<div class="pagination-bar"><div class="dropdown pagination-items-per-page"><a class="dropdown-item" href="` + strings.Replace(address(1), "delta=5", "delta=50", 1) + `">50 mục</a></div><p class="pagination-results">Hiển thị kết quả</p><ul class="pagination">`
		if page > 1 {
			s += `<li class="page-item"><a class="page-link" href="` + address(page-1) + `">Trang trước</a></li>`
		}
		for n := 1; n <= h.pages(); n++ {
			if n == page {
				s += fmt.Sprintf(`<li class="active page-item"><span class="page-link" aria-current="page"><span class="sr-only">Trang</span>%d</span></li>`, n)
			} else {
				s += fmt.Sprintf(`<li class="page-item"><a class="page-link" href="%s"><span class="sr-only">Trang</span>%d</a></li>`, address(n), n)
			}
		}
		if page < h.pages() {
			s += `<li class="page-item"><a class="page-link" href="` + address(page+1) + `"><span class="sr-only">Trang tiếp theo</span><svg></svg></a></li>`
		}
		return strings.ReplaceAll(shell("Tin tức", s+`</ul></div>`), "http://HOST", "")
	}
	h.article = func(s story) string {
		return shell(s.title, `<div class="asset-full-content clearfix"><div class="component-title h4">`+s.title+`</div><div class="asset-user-actions">`+vnDay(s.at)+`, `+s.at.Format("02/01/2006")+` - `+s.at.Format("15:04")+`</div><div class="asset-content mb-3"><div class="journal-content-article " data-analytics-asset-id="9"><div class="trich-yeu">`+s.lead+`</div><div class="noi-dung-tin">`+paragraphs(s, "<p>", "</p>")+`</div><div class="tac-gia">`+s.author+`</div></div></div><div class="pull-right"><div class="taglib-ratings">Đánh giá bài viết (0 Bình chọn)</div></div><div class="asset-links"><h2>Tin liên quan</h2><ul>`+others(s, link)+`</ul></div></div>`)
	}
	return h
}

// WebCenter: every address carries loops and states that change.
func heldWebCenter() *held {
	const path = "/portal/faces/portal/tintuc/pages_tinhoatdong"
	h := &held{name: "webcenter", listing: path + "?_adf.ctrl-state=1bq4_4&_afrLoop=31415926", family: "webcenter", province: "quang-nam", n: 12, per: 4, unsaid: true}
	loops := 31415926
	loop := func() string {
		loops += 77
		return fmt.Sprintf("_afrWindowMode=0&amp;_afrLoop=%d&amp;_adf.ctrl-state=%xz_9", loops, loops)
	}
	h.page = func(r *http.Request) int {
		if r.URL.Path != path || r.URL.Query().Has("dDocName") {
			return 0
		}
		return max(atoi(r.URL.Query().Get("p")), 1)
	}
	link := func(s story) string { return fmt.Sprintf("%s?%s&amp;dDocName=HUYEN%06d", path, loop(), s.id) }
	h.number = func(r *http.Request) int {
		return numberOf(strings.TrimLeft(strings.TrimPrefix(r.URL.Query().Get("dDocName"), "HUYEN"), "0"))
	}
	shell := func(main string) string {
		return `<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Cổng thông tin điện tử huyện</title><script>AdfPage.PAGE</script></head><body class="AFMaskingFrame"><form id="f1" action="` + path + `" method="POST"><div id="pt1" class="x1b"><div class="x2"><a class="xgl" href="/portal/faces/portal/home?` + loop() + `">Trang chủ</a><a class="xgl" href="/portal/faces/portal/vanban?` + loop() + `">Văn bản chỉ đạo điều hành mới</a></div><div class="x3">` + main + `</div></div><input type="hidden" name="javax.faces.ViewState" value="!99"></form></body></html>`
	}
	h.list = func(page int, items []story) string {
		s := join(items, func(s story) string {
			return `<div class="xii x19"><span class="x1u"><a class="xgl" onclick="return true" href="` + link(s) + `">` + s.title + `</a></span><span class="xe8">` + s.at.Format("02/01/2006") + `</span><div class="xsum">` + s.lead + `</div></div>`
		}) + `<div class="x-nav">`
		for n := 1; n <= h.pages(); n++ {
			if n == page {
				s += fmt.Sprintf(`<span>%d</span>`, n)
			} else {
				s += fmt.Sprintf(`<a href="%s?p=%d&amp;%s">%d</a>`, path, n, loop(), n)
			}
		}
		return shell(s + `</div>`)
	}
	h.article = func(s story) string {
		return shell(`<div class="x4"><span class="x5 tieu-de">` + s.title + `</span><div class="x6"><span>Người đăng: Quản trị</span> <span>Ngày đăng: ` + s.at.Format("02/01/2006 15:04") + `</span> <span>Lượt xem: 90</span></div><div class="x7"><p><b>` + s.lead + `</b></p>` + paragraphs(s, `<p>`, `</p>`) + `</div><div class="x8">Các tin cùng chuyên mục<ul>` + others(s, link) + `</ul></div></div>`)
	}
	return h
}
