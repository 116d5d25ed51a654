package extract

import (
	"fmt"
	"strings"
	"testing"
)

// wrappers are classes and ids seen around articles' texts in themes of many
// systems; none of them costs a text.
var wrappers = strings.Fields(`field-label-hidden field--label-visually_hidden tag-giao-ban tag-binh-luan category-tin-khac elementor-widget elementor-widget-text-editor
elementor-widget-theme-post-content has-sidebar with-sidebar no-sidebar content-with-sidebar sidebar-right-layout page-with-sidebar right-sidebar left-sidebar
printArea print-area print-content printable printThis print_section divPrint toPrint widget-mode-detail widget-content widget-body comments-closed comments-open no-comments
has-comments post-comments-off share-enabled social-enabled related-off hidden-print no-print visible-print hidden-xs d-print-block menu-open has-menu menu-item-page
et_pb_widget_content td-ss-main-content td_block_wrap vc_column-inner wpb_text_column fusion-text tools-on content-tools-area tdb_single_content jeg_inner_content
node-type-article view-mode-full ds-1col group-content panel-pane pane-node-body field-name-body region-content region-sidebar-content block-system
journal-content-article portlet-body portlet-content asset-full-content widget-mode-simple-entry ModDNNHTMLC DNNModuleContent Normal article_content edn_articleContent
news-detail-share-box-wrapper tab-content tab-pane modal-open popup-content banner-below audio-player-on vote-content keyword-content others-content newsletter-open view-count-wrapper
tin-moi tin-moi-chi-tiet khac noi-dung-khac thong-bao-chi-tiet sub-menu-content lang-vi label-content clock-content pager-content paging-content main-sidebar-content sidebar-grid
toolbar-content social-content share-content rating-content breadcrumb-content`)

// fixtures are classes and ids of what is no part of a text.
var fixtures = strings.Fields(`share-box social-share post-share td-post-sharing sharedaddy addtoany_share_save_container fb-comments related related-posts jp-relatedposts box-related news_related
tin-lien-quan tinlienquan box-tin-khac tin_khac cung-chuyen-muc comments comment-list box-comment binh-luan ykien-ban-doc sidebar right-sidebar widget-area widget widget_recent_entries
breadcrumb breadcrumbs pagination pager menu main-menu sub-menu navbar banner quang-cao advertisement tags post-tags tags-links article-tags keywords tu-khoa rating danh-gia vote-box
print-button btn-print tool-bar toolbar tools post-navigation nav-links newsletter subscribe-form author-box disclaimer modal popup sr-only visually-hidden hidden d-none screen-reader-text luot-xem font-size co-chu other-news most-viewed`)

// TestWrappers: whatever the text's own wrapper is called, the text is read,
// and what is called furniture beside it is not.
func TestWrappers(t *testing.T) {
	const noise = "Đây là câu của một hộp bên cạnh bài viết, không thuộc về bài viết ấy dù có dài đến đâu đi nữa."
	body := "<p>" + trapLead + "</p><p>" + trapFirst + "</p><p>" + trapLast + "</p>"
	read := func(page string) string {
		got, err := article(t, "generic", "https://a.vn/tin/5", []byte("<html><head><title>x</title></head><body><div id=trang><div id=giua>"+page+"</div></div></body></html>"))
		if err != nil {
			return err.Error()
		}
		return got.Bulletin.Body
	}
	for _, w := range wrappers {
		for _, attr := range []string{"class", "id"} {
			for _, page := range []string{
				fmt.Sprintf(`<div %s="%s"><h1>%s</h1><div class=b>%s</div></div>`, attr, w, trapTitle, body),
				fmt.Sprintf(`<h1>%s</h1><div %s="%s">%s</div><div class=related><p>%s</p></div>`, trapTitle, attr, w, body, noise),
			} {
				if got := read(page); !strings.Contains(got, trapLead) || !strings.Contains(got, trapFirst) || !strings.Contains(got, trapLast) || strings.Contains(got, noise) {
					t.Errorf("%s=%s: %.200s", attr, w, got)
				}
			}
		}
	}
	for _, f := range fixtures {
		for _, page := range []string{
			fmt.Sprintf(`<h1>%s</h1><div class=b>%s<div class="%s"><p>%s</p></div></div>`, trapTitle, body, f, noise),
			fmt.Sprintf(`<h1>%s</h1><div class=b><div class="%s"><p>%s</p></div>%s</div>`, trapTitle, f, noise, body),
		} {
			if got := read(page); !strings.Contains(got, trapLast) || strings.Contains(got, noise) {
				t.Errorf("class=%s: %.300s", f, got)
			}
		}
	}
}
