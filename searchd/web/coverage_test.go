package web

import (
	"cmp"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"bantin/bulletin"
)

// mapped is the answer of /api/v1/coverage as the tests read it.
type mapped struct {
	Total     int
	Quarters  []string
	Provinces []struct {
		ID             string
		Total          int
		WithoutQuarter int `json:"without_quarter"`
		Cells          []struct {
			Quarter, State string
			Count          int
			MovedTo        string `json:"moved_to"`
		}
	}
}

func coverage(t *testing.T, s *service, query string) mapped {
	t.Helper()
	w := s.get(t, "/api/v1/coverage?"+query)
	if w.Code != http.StatusOK {
		t.Fatal(query, w.Code, w.Body)
	}
	var got mapped
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	return got
}

// cell writes a cell as "state count moved".
func (c mapped) cell(t *testing.T, province, quarter string) string {
	t.Helper()
	for _, p := range c.Provinces {
		for _, cell := range p.Cells {
			if p.ID == province && cell.Quarter == quarter {
				return strings.TrimSpace(fmt.Sprintf("%s %d %s", cell.State, cell.Count, cell.MovedTo))
			}
		}
	}
	return ""
}

// TestCoverageOfAQuestion: the map counts what the question finds, its filters
// narrow rows and columns, and each cell finds in the search what it counts.
func TestCoverageOfAQuestion(t *testing.T) {
	s := demo(t, Config{})
	all := coverage(t, s, "")
	for _, tc := range []struct {
		query, rows string
		columns     int    // 0 for as many as without a question
		cell        string // of Tuyên Quang in 2020-Q3
	}{
		{"q=giao+ban", "ha-giang tuyen-quang quang-tri thua-thien-hue", 0, "found 1"},
		{"kind=so-ket", "ha-giang tuyen-quang quang-tri thua-thien-hue", 0, "uncrawled 0"},
		{"q=an+sinh&province=tuyen-quang", "tuyen-quang", 0, "found 1"},
		{"province_now=tuyen-quang", "ha-giang tuyen-quang", 0, "found 1"},
		{"source=quang-tri", "quang-tri", 0, ""},
		{"quarter=2020-Q3&quarter=2020-Q1", "ha-giang tuyen-quang quang-tri thua-thien-hue", 2, "found 1"},
		{"from=2021-01-01&to=2021-12-31", "ha-giang tuyen-quang quang-tri thua-thien-hue", 5, ""},
		{"year=2022", "ha-giang tuyen-quang quang-tri thua-thien-hue", 5, ""},
		{"q=" + url.QueryEscape("tỉnh:tuyên-quang giao ban"), "tuyen-quang", 0, "found 1"},
	} {
		got := coverage(t, s, tc.query)
		var rows []string
		for _, p := range got.Provinces {
			rows = append(rows, p.ID)
			sum := p.WithoutQuarter
			for _, cell := range p.Cells {
				sum += cell.Count
			}
			if sum != p.Total {
				t.Errorf("%s: the cells of %s make %d of %d", tc.query, p.ID, sum, p.Total)
			}
		}
		if strings.Join(rows, " ") != tc.rows {
			t.Errorf("%s: rows %v, want %s", tc.query, rows, tc.rows)
		}
		if want := cmp.Or(tc.columns, len(all.Quarters)); len(got.Quarters) != want {
			t.Errorf("%s: columns %v, want %d", tc.query, got.Quarters, want)
		}
		if cell := got.cell(t, "tuyen-quang", "2020-Q3"); cell != tc.cell {
			t.Errorf("%s: cell %q, want %q", tc.query, cell, tc.cell)
		}
		if total := search(t, s, tc.query).Total; got.Total != total {
			t.Errorf("%s: %d in all, the search finds %d", tc.query, got.Total, total)
		}
	}
	for _, bad := range []string{"size=5", "quarter=2020", "zzz=1"} {
		if w := s.get(t, "/api/v1/coverage?"+bad); w.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", bad, w.Code)
		}
	}
}

// TestCoverageTellsWhy: the four states and where an ended province went.
func TestCoverageTellsWhy(t *testing.T) {
	s := demo(t, Config{})
	crawled(t, s, "mttq-tuyen-quang", "mttq-ha-giang")
	got := coverage(t, s, "q=giao+ban")
	now := quarterOf(time.Now())
	if last := got.Quarters[len(got.Quarters)-1]; last != now {
		t.Errorf("the map ends with %s, the last crawl was in %s", last, now)
	}
	for _, tc := range []struct{ province, quarter, want string }{
		{"tuyen-quang", "2020-Q1", "found 1"},
		{"tuyen-quang", "2020-Q2", "none 0"},
		{"tuyen-quang", now, "none 0"},
		{"ha-giang", now, "moved 0 tuyen-quang"},
		{"ha-giang", "2025-Q2", "none 0"},
		{"thua-thien-hue", "2025-Q1", "moved 0 hue"},
		{"quang-tri", "2025-Q1", "uncrawled 0"},
	} {
		if got := got.cell(t, tc.province, tc.quarter); got != tc.want {
			t.Errorf("%s %s: %q, want %q", tc.province, tc.quarter, got, tc.want)
		}
	}
	page := html.UnescapeString(s.get(t, "/coverage?q=giao+ban&lang=vi").Body.String())
	for _, want := range []string{"→ Tuyên Quang", "khi đó thuộc Tuyên Quang", "/coverage?q=giao+ban&quarter=" + now + "&province=tuyen-quang"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	cell := html.UnescapeString(s.get(t, "/coverage?q=giao+ban&province=tuyen-quang&quarter="+now+"&lang=vi").Body.String())
	for _, want := range []string{"Theo dõi ô này", "/search.atom?q=giao+ban&quarter=" + now + "&province=tuyen-quang", "đã thu thập, không có bản tin", "Ủy ban MTTQ tỉnh Tuyên Quang"} {
		if !strings.Contains(cell, want) {
			t.Errorf("the cell has no %s", want)
		}
	}
}

// crawled lets portals have had a good pass just now.
func crawled(t *testing.T, s *service, sites ...string) {
	t.Helper()
	for _, id := range sites {
		pass, err := s.archive.BeginPass(t.Context(), id, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		if err := s.archive.EndPass(t.Context(), pass, time.Now(), ""); err != nil {
			t.Fatal(err)
		}
	}
}

func quarterOf(at time.Time) string {
	at = at.In(bulletin.Zone)
	return fmt.Sprintf("%d-Q%d", at.Year(), (int(at.Month())+2)/3)
}
