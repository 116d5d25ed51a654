package cite

import (
	"strings"
	"testing"
	"unicode/utf8"

	"bantin/bulletin"
)

func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"Nghị quyết số 18-NQ/TW, ngày 25/10/2017 của Ban Chấp hành Trung ương Đảng (khóa XII)",
		"Quyết định 217, 218 – QĐ/TW và số 19/2008/NQLT/CP-UBTUMTTQVN", "Nghị quyết Trung ương 6, 7 (khóa XI, XII)",
		"Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XX và Luật Đất đai năm 2024", "số 1-", "Nghị định 30/2020 ngày 5 tháng", "(Bộ Chính trị",
		"Luật sửa đổi, bổ sung một số điều của Luật", "T.Ư", "số 18, 19, 20-NQ/TW", "Hiến pháp năm", "Nghị quyết Đại hội Đảng Cộng sản",
	} {
		f.Add(seed, seed)
	}
	f.Fuzz(func(t *testing.T, title, body string) {
		cites := Read(title, body, Context{Province: "hue"})
		last := bulletin.Citation{Field: "title"}
		for _, c := range cites {
			text := body
			if c.Field == "title" {
				text = title
			}
			if c.Start < 0 || c.End > len(text) || c.Start >= c.End || text[c.Start:c.End] != c.Text {
				t.Fatalf("span %d:%d of %q is not %q", c.Start, c.End, text, c.Text)
			}
			if c.Label == "" || c.Key == "" || strings.Contains(c.Label, provinceHole) {
				t.Fatalf("no label or key: %+v", c)
			}
			if utf8.ValidString(text) && !utf8.ValidString(c.Text) {
				t.Fatalf("span cuts a character: %+v", c)
			}
			if c.Field == last.Field && c.Start < last.Start {
				t.Fatalf("out of order: %+v after %+v", c, last)
			}
			last = c
		}
	})
}

// BenchmarkRead reads bulletins, and 5 MB texts that repeat what
// begins a citation.
func BenchmarkRead(b *testing.B) {
	texts := map[string]string{
		"bulletin": "Tại hội nghị, Ban Thường trực Ủy ban Mặt trận Tổ quốc tỉnh đã đánh giá kết quả thực hiện Nghị quyết số 18-NQ/TW, ngày 25/10/2017 của Ban Chấp hành Trung ương Đảng khóa XII; tỷ lệ huy động đạt 11.706/36.738, tăng 223 so với cùng kỳ năm 2019, với 268 đại biểu tham dự và 86 lượt ý kiến. ",
		"so":       "số 1-", "nq": "Nghị quyết ", "quy": "quý ", "list": "Nghị quyết 1, ", "numbers": "1, ", "so-list": "số 1, ",
		"of": "Nghị quyết 1 của ", "full": "Nghị quyết số 18-NQ/TW ", "bare": "Nghị quyết 5. ", "law": "Luật Đất ", "about": "Nghị quyết 5 về ",
		"congress": "Nghị quyết Đại hội đại biểu ", "committee": "Ban Chấp hành ", "letters": "a", "caps": "/QĐ-UBND", "amend": "Luật sửa đổi ",
	}
	for name, unit := range texts {
		text := strings.Repeat(unit, 5<<20/len(unit))
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Read("", text, Context{Province: "hue"})
			}
		})
	}
}
