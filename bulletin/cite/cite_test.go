package cite

import "testing"

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
		newLexicon().Seal()
	}
}
