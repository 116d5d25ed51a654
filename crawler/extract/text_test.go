package extract

import (
	"os"
	"strings"
	"testing"

	"bantin/bulletin"
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
		b, err := Text(string(raw), bulletin.Hint{})
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
