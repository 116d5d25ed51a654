package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// TestCorrectionApplied: what nothing has as typed is answered by what is surely
// meant, alike by the API, the page, the feed and the export; the way back is the
// text as it was typed.
func TestCorrectionApplied(t *testing.T) {
	s := demo(t, Config{})
	type answered struct {
		Total int
		Query struct {
			Text              string
			Corrected         *string
			Corrected_applied bool
		}
	}
	ask := func(q string) (a answered) {
		if err := json.Unmarshal(s.get(t, "/api/v1/search?size=1&q="+q).Body.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		return a
	}
	typed, meant := url.QueryEscape("giám sắt kinh phíí"), url.QueryEscape("giám sát kinh phí")
	got, want := ask(typed), ask(meant)
	if !got.Query.Corrected_applied || got.Query.Corrected == nil || *got.Query.Corrected != "giám sát kinh phí" || got.Query.Text != "giám sắt kinh phíí" {
		t.Fatalf("applied: %+v", got.Query)
	}
	if got.Total == 0 || got.Total != want.Total || want.Query.Corrected != nil {
		t.Errorf("%d bulletins as typed, %d as meant: %+v", got.Total, want.Total, want.Query)
	}
	for _, path := range []string{"/search.jsonl?q=", "/search.csv?q="} {
		if a, b := s.get(t, path+typed).Body.String(), s.get(t, path+meant).Body.String(); a != b {
			t.Errorf("%s: not the same", path)
		}
	}
	if n := strings.Count(s.get(t, "/search.atom?q="+typed).Body.String(), "<entry>"); n != want.Total {
		t.Errorf("%d in the feed, %d bulletins", n, want.Total)
	}
	page := s.get(t, "/search?q="+typed).Body.String()
	if !strings.Contains(page, "Tìm đúng như đã gõ") || !strings.Contains(page, "verbatim=1") {
		t.Error("no way back on the page")
	}
	if back := ask(typed + "&verbatim=1"); back.Query.Corrected != nil || back.Query.Corrected_applied {
		t.Errorf("verbatim: %+v", back.Query)
	}
}

// TestCorrected offers only spellings that find something.
func TestCorrected(t *testing.T) {
	s := demo(t, Config{})
	for _, c := range []struct{ typed, want string }{
		{"giám sát", ""},
		{"nghị quyêt", "nghị quyết"},
		{"giám sắt", "giám sát"},
		{"giámsát", "giám sát"},
		{"g iám sát", "giám sát"},
		{"kinh phíí", "kinh phí"},
		{"nghi quyett", "nghi quyet"},
		{"tỉnh:tuyen-quang nghị quyêt", "tỉnh:tuyen-quang nghị quyết"},
		{`"nghị quyêt"`, `"nghị quyết"`},
		{"73-NQ/TU kinh phíí", "73-NQ/TU kinh phí"},
		{"zzzzzzzz", ""},
		{"qqqq wwww zzzz kkkk jjjj ffff", ""},
		{"-nghị", ""},
		{strings.Repeat("ă", 400), ""},
		{strings.Repeat("x1 ", 60), ""},
		{strings.Repeat(`"`, 400), ""},
		{"nghị" + strings.Repeat("\u0301", 300), ""},
		{"\x00\xff nghịx \u202e", ""},
	} {
		r := s.get(t, "/api/v1/search?q="+url.QueryEscape(c.typed))
		if r.Code != http.StatusOK && r.Code != http.StatusBadRequest {
			t.Errorf("%.40q: status %d", c.typed, r.Code)
			continue
		}
		var got struct{ Query struct{ Corrected *string } }
		if err := json.Unmarshal(r.Body.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		corrected := ""
		if got.Query.Corrected != nil {
			corrected = *got.Query.Corrected
		}
		if c.want != "" && corrected != c.want {
			t.Errorf("%.40q: corrected %q, want %q", c.typed, corrected, c.want)
		}
		if corrected == "" {
			continue
		}
		var again struct{ Total int }
		if err := json.Unmarshal(s.get(t, "/api/v1/search?q="+url.QueryEscape(corrected)).Body.Bytes(), &again); err != nil || again.Total == 0 {
			t.Errorf("%.40q: corrected %q finds %d, %v", c.typed, corrected, again.Total, err)
		}
	}
}
