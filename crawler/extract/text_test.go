package extract

import (
	"os"
	"strings"
	"testing"

	"bantin/bulletin"
	"bantin/bulletin/facts"
)

func TestTextSeeds(t *testing.T) {
	for _, c := range []struct{ file, title, published, author, first, last string }{
		{"thua-thien-hue-2020-q3", "Hội nghị giao ban công tác Quý III khối Mặt trận và các đoàn thể chính trị - xã hội", "2020-09-25T13:35:49+07:00", "", "Sáng ngày 25/9/2020, Thường trực Tỉnh ủy", "đoàn viên, hội viên..."},
		{"tuyen-quang-2020-q2", "Giao ban đánh giá kết quả công tác phối hợp với các tổ chức chính trị - xã hội tỉnh quý II/2020", "2020-07-13T07:57:00+07:00", "Nguyễn Thiết", "Ngày 10/7, Ban Thường trực", "ở khu dân cư."},
	} {
		raw, err := os.ReadFile("testdata/" + c.file + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		b, err := Text(string(raw), facts.Hint{})
		if err != nil {
			t.Fatal(err)
		}
		checkSeed(t, c.file, b, c.title, c.published, c.author, c.first, c.last)
	}
}

func checkSeed(t *testing.T, name string, b bulletin.Bulletin, title, published, author, first, last string) {
	t.Helper()
	if b.Title != title {
		t.Errorf("%s: title %q", name, b.Title)
	}
	if got := b.Published.Format("2006-01-02T15:04:05-07:00"); got != published {
		t.Errorf("%s: published %s, want %s", name, got, published)
	}
	if b.Author != author {
		t.Errorf("%s: author %q, want %q", name, b.Author, author)
	}
	if !strings.HasPrefix(b.Body, first) || !strings.HasSuffix(b.Body, last) {
		t.Errorf("%s: body %q", name, b.Body)
	}
	for _, s := range []string{"Cỡ chữ", "Bản in", "Tổng số", "Xem tin theo ngày", "phát biểu tại Hội nghị\n", "www."} {
		if strings.Contains(b.Body, s) {
			t.Errorf("%s: body has %q", name, s)
		}
	}
}

// A line that cites a dated document or tells of an event is no date line; a
// date in brackets does not make a title one; one line alone is a body.
func TestTextShort(t *testing.T) {
	for _, c := range []struct{ text, title, published, body string }{
		{"Quy định 262-QĐ/TW, ngày 08/10/2014", "", "", "Quy định 262-QĐ/TW, ngày 08/10/2014"},
		{"Giao ban\nKế hoạch số 17-KH/TU, ngày 23/4/2012", "Giao ban", "", "Kế hoạch số 17-KH/TU, ngày 23/4/2012"},
		{"Giao ban\nSáng 28/9/2017, tại Tỉnh ủy", "Giao ban", "", "Sáng 28/9/2017, tại Tỉnh ủy"},
		{"Giao ban\n20/06/2019 - 07:47\nTỉnh ủy họp.", "Giao ban", "2019-06-20 07:47", "Tỉnh ủy họp."},
		{"Hội nghị giao ban công tác (22/10/2020)\nTỉnh ủy họp.", "Hội nghị giao ban công tác", "2020-10-22 00:00", "Tỉnh ủy họp."},
		{"Cập nhật:25/09/2020 1:35:49 CH", "", "2020-09-25 13:35", "Cập nhật:25/09/2020 1:35:49 CH"},
		{"Thứ 5, 14/11/2024, 11:34[GMT+7]\nGiao ban công tác\nTỉnh ủy họp.", "Giao ban công tác", "", "Tỉnh ủy họp."},
	} {
		b, err := Text(c.text, facts.Hint{})
		published := ""
		if !b.Published.IsZero() {
			published = b.Published.Format("2006-01-02 15:04")
		}
		if err != nil || b.Title != c.title || published != c.published || b.Body != c.body {
			t.Errorf("Text(%q) = title %q, published %q, body %q, %v", c.text, b.Title, published, b.Body, err)
		}
	}
}
