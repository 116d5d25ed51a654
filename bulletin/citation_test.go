package bulletin

import (
	"testing"
	"time"
)

// readCitationCase compares labels: text, want, province.
func readCitationCase(c factCase) (want, got []string) {
	for _, cite := range ReadCitations("", c["text"], CitationContext{Province: c["province"]}) {
		got = append(got, cite.Label)
	}
	return listed(c["want"]), got
}

// readCitationKeyCase compares keys: text, want, province, published.
func readCitationKeyCase(c factCase) (want, got []string) {
	published, _ := time.ParseInLocation(time.DateOnly, c["published"], Zone)
	for _, cite := range ReadCitations("", c["text"], CitationContext{Province: c["province"], Published: published}) {
		got = append(got, cite.Key)
	}
	return listed(c["want"]), got
}

func TestCitationSpans(t *testing.T) {
	title := "Sơ kết Nghị quyết 54 của Bộ Chính trị"
	body := "Theo Quy định 212-QĐ/TW, ngày 30/12/2019 của Ban Bí thư về chức năng; Quyết định 217 và 218 của Bộ Chính trị."
	want := []struct{ field, text, label string }{
		{"title", "Nghị quyết 54 của Bộ Chính trị", "54-NQ/TW"},
		{"", "Quy định 212-QĐ/TW, ngày 30/12/2019 của Ban Bí thư", "212-QĐ/TW"},
		{"", "Quyết định 217", "217-QĐ/TW"},
		{"", "218 của Bộ Chính trị", "218-QĐ/TW"},
	}
	got := ReadCitations(title, body, CitationContext{})
	if len(got) != len(want) {
		t.Fatalf("got %d citations: %+v", len(got), got)
	}
	for i, w := range want {
		if got[i].Field != w.field || got[i].Text != w.text || got[i].Label != w.label {
			t.Errorf("%d: got %q %q %q, want %+v", i, got[i].Field, got[i].Text, got[i].Label, w)
		}
	}
}
