package main

import (
	"fmt"
	"html"
	"strings"
)

// menu is the clutter that stands on every page of a portal.
func (p *portal) menu(item string) string {
	words := []string{
		"Trang chủ", "Giới thiệu", "Cơ cấu tổ chức", "Chức năng, nhiệm vụ", "Tin hoạt động", "Tin trong tỉnh", "Giám sát - Phản biện xã hội", "Dân chủ - Pháp luật",
		"Dân tộc - Tôn giáo", "Phong trào thi đua", "Văn bản chỉ đạo", "Công khai ngân sách", "Lịch công tác", "Hỏi đáp", "Thư viện ảnh", "Video", "Sơ đồ cổng", "Liên hệ",
	}
	var b strings.Builder
	for i, w := range words {
		fmt.Fprintf(&b, item, fmt.Sprintf("/muc-%d", i+1), html.EscapeString(w))
	}
	return b.String()
}

// related are headlines of other bulletins that a page shows around its own.
func related(es []event, self int, link func(event) string, item string, n int) string {
	var b strings.Builder
	for i := 1; i <= n && i < len(es); i++ {
		o := es[(self+i*3)%len(es)]
		if o.id != es[self].id {
			fmt.Fprintf(&b, item, html.EscapeString(link(o)), html.EscapeString(o.title))
		}
	}
	return b.String()
}

// paragraphs puts each text between the two strings.
func paragraphs(open, closing string, texts ...string) string {
	var b strings.Builder
	for _, t := range texts {
		b.WriteString(open + html.EscapeString(t) + closing + "\n")
	}
	return b.String()
}

// notice stands in the foot of every sample page.
const notice = "Trang mẫu dùng để trình diễn: các cuộc họp, số liệu và tên gọi trong bài đều là hư cấu."

func get(path, file, body string) page {
	return page{key: "GET " + path, file: file, body: body, ctype: "text/html; charset=utf-8"}
}

// clock12 prints the time as .NET does in Vietnamese: SA and CH.
func clock12(e event) string {
	t := e.published
	half := "SA"
	if t.Hour() >= 12 {
		half = "CH"
	}
	h := t.Hour() % 12
	if h == 0 {
		h = 12
	}
	return fmt.Sprintf("%s %d:%02d:%02d %s", t.Format("02/01/2006"), h, t.Minute(), t.Second(), half)
}

var weekdays = []string{"Chủ nhật", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy"}

func weekday(e event) string { return weekdays[e.published.Weekday()] }
