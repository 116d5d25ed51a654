package web

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"bantin/searchd/web/api"
)

func TestSearch(t *testing.T) {
	s := demo(t, Config{})
	for _, tc := range []struct {
		query string
		total int
	}{
		{"", 48},
		{"q=mat+tran&province=tuyen-quang", 12},
		{"province=tuyen-quang&province=ha-giang", 24},
		{"province_now=tuyen-quang", 24},
		{"quarter=2020-Q3", 2},
		{"cites=35-ct-tw~2024-06-14", 8},
		{"cites=73-nq-tu@tuyen-quang", 12},
		{"year=2020&province=quang-tri", 2},
		{"from=2020-01-01&to=2020-12-31", 8},
		{"from=2020-09-25&to=2020-09-25", 2},
		{"org=mttq&kind=so-ket", 12},
		{"source=quang-tri", 12},
		{"province=lai-chau", 0},
	} {
		t.Run(tc.query, func(t *testing.T) {
			w := s.get(t, "/api/v1/search?"+tc.query)
			var got api.SearchJSON
			if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Code != http.StatusOK {
				t.Fatal(w.Code, err, w.Body)
			}
			if got.Total != tc.total {
				t.Errorf("total %d, want %d", got.Total, tc.total)
			}
		})
	}
}

func TestPages(t *testing.T) {
	s := demo(t, Config{})
	id := testBulletins()[0].ID
	for _, address := range []string{"/", "/?lang=en", "/search?q=mặt+trận", "/search?province=lai-chau&quarter=2020-Q3", "/bulletins/" + id + "?q=giao+ban"} {
		w := s.get(t, address)
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "</html>") {
			t.Error(address, w.Code, w.Body)
		}
	}
}
