package site

import (
	"fmt"
	"strings"
	"testing"
)

// TestListWrappers: whatever the blocks around a list, its items or its links
// are called, the items are found, and the menu beside them is not.
func TestListWrappers(t *testing.T) {
	wrappers := strings.FieldsSeq(`tag-giao-ban category-tin-khac post-7_tag-menu elementor-widget elementor-widget-archive-posts et_pb_ajax_pagination_container has-sidebar content-with-sidebar
right-sidebar-layout left-menu-layout print-area widget-content widget-body widget-mode-card portlet-body wp-block-query tags-hidden related-off no-menu menu-open lang-vi banner-below
news-list box-tin list-tin-moi tin-moi tin-tuc danh-sach blog-items views-row view-content region-content node-teaser com-content-category-blog catItemView edn_article_list_wrapper
tab-content tab-pane pagination-wrapper pager-content paging-list toolbar-list navigation-content footer-off ads-free breadcrumb-below comments-closed hot-news thong-bao-list vanban-list
right-content left-content col-left main-left content-right td-main-content-wrap item-tag news-tag-list`)
	for w := range wrappers {
		for _, form := range []string{
			`<div class="%[1]s"><ul>%[2]s</ul></div>`, `<div id="%[1]s"><ul>%[2]s</ul></div>`, `<ul class="%[1]s">%[2]s</ul>`,
		} {
			for _, item := range []string{"<li>", fmt.Sprintf(`<li class="%s">`, w)} {
				var items strings.Builder
				for i := range 6 {
					fmt.Fprintf(&items, `%s<h3><a href="/tin/hoi-nghi-giao-ban-so-%d.html">Hội nghị giao ban công tác Mặt trận lần thứ %d của tỉnh</a></h3><span>%02d/03/2024</span></li>`, item, 100+i, i, i+1)
				}
				page := `<html><body><div id=trang><div class="menu"><a href="/gioi-thieu-chung.html">Giới thiệu chung về cơ quan và bộ máy</a><a href="/lien-he-gop-y.html">Liên hệ và góp ý với ban biên tập</a></div><div id=giua>` +
					fmt.Sprintf(form, w, items.String()) + `</div></div></body></html>`
				l, err := (&Profile{Family: Generic}).Listing(mustURL(t, "https://a.vn/tin"), []byte(page))
				if err != nil || len(l.Items) != 6 {
					t.Errorf("%s in %s %s: %d items, %v", w, form, item, len(l.Items), err)
				}
			}
		}
	}
}
