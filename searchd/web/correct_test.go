package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// TestCorrected offers only spellings that find something.
func TestCorrected(t *testing.T) {
	s := demo(t, Config{})
	for _, c := range []struct{ typed, want string }{
		{"giám sát", ""},
		{"nghị quyêt", "nghị quyết"},
		{"giám sắt", "giám sát"},
		{"mặttrận", "mặt trận"},
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
