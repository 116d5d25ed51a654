package cite

import (
	"strings"
	"testing"

	"bantin/analyzers/vi"
)

func TestCitationSpans(t *testing.T) {
	title := "Sơ kết Nghị quyết 54 của Bộ Chính trị"
	body := "Theo Quy định 212-QĐ/TW, ngày 30/12/2019 của Ban Bí thư về chức năng; Quyết định 217 và 218 của Bộ Chính trị."
	want := []struct{ field, text, label string }{
		{"title", "Nghị quyết 54 của Bộ Chính trị", "54-NQ/TW"},
		{"", "Quy định 212-QĐ/TW, ngày 30/12/2019 của Ban Bí thư", "212-QĐ/TW"},
		{"", "Quyết định 217", "217-QĐ/TW"},
		{"", "218 của Bộ Chính trị", "218-QĐ/TW"},
	}
	got := Read(title, body, Context{})
	if len(got) != len(want) {
		t.Fatalf("got %d citations: %+v", len(got), got)
	}
	for i, w := range want {
		if got[i].Field != w.field || got[i].Text != w.text || got[i].Label != w.label {
			t.Errorf("%d: got %q %q %q, want %+v", i, got[i].Field, got[i].Text, got[i].Label, w)
		}
	}
}

func BenchmarkCompile(b *testing.B) {
	for b.Loop() {
		newLexicon(nil).Seal()
	}
}

// TestSubject: the "về …" behind a mention, as printed, up to its clause's end.
func TestSubject(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá phát triển khoa học, công nghệ.", "đột phá phát triển khoa học, công nghệ"},
		{"Nghị quyết 71 về đột phá phát triển giáo dục của Bộ Chính trị", "đột phá phát triển giáo dục"},
		{"Chỉ thị số 35-CT/TW, về đại hội đảng bộ các cấp; Kết luận 118-KL/TW", "đại hội đảng bộ các cấp"},
		{"Quyết định 217-QĐ/TW về giám sát và Quyết định 218-QĐ/TW", "giám sát"},
		{"Kế hoạch số 12-KH/TU (về công tác  dân vận) được ban hành", "công tác dân vận"},
		{"Nghị quyết số 68-NQ/TW được quán triệt", ""},
		{"Nghị quyết số 68-NQ/TW. Về dự có lãnh đạo tỉnh", ""},
	} {
		got := Read("", c.text, Context{})
		if len(got) == 0 || got[0].Subject != c.want {
			t.Errorf("%q: got %+v, want %q", c.text, got, c.want)
		}
	}
	long := Read("", "Chỉ thị số 35-CT/TW về "+strings.Repeat("công tác ", 40), Context{})
	if n := len(strings.Fields(long[0].Subject)); n != subjectWords {
		t.Errorf("a long subject has %d words", n)
	}
}

// TestIssuers: where the text names who issued a document.
func TestIssuers(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Ngày 28/3/2025, Bộ Chính trị đã ban hành Kết luận số 137-KL/TW", "Bộ Chính trị"},
		{"Nghị quyết số 71-NQ/TW về đột phá giáo dục của Bộ Chính trị được phổ biến", "Bộ Chính trị"},
		{"Nghị quyết số 57-NQ/TW được Bộ Chính trị ban hành", "Bộ Chính trị"},
		{"các nghị quyết của Bộ Chính trị, nhất là Nghị quyết 57", "Bộ Chính trị"},
		{"UBND tỉnh ban hành Kế hoạch thực hiện Nghị quyết số 57-NQ/TW", ""},
	} {
		cites, issuers := ReadScans(vi.NewScan(""), vi.NewScan(c.text), Context{})
		if len(cites) != 1 {
			t.Fatalf("%q: %+v", c.text, cites)
		}
		if got := c.text[issuers[0].Start:issuers[0].End]; got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}
