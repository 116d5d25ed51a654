package web

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// trended is the answer of /api/v1/trends as the tests read it.
type trended struct {
	By        string
	Questions []struct {
		Query        string
		Total, Apart int
		Points       []struct {
			Value, Label     string
			Count, Bulletins int
			PerThousand      *float64 `json:"per_thousand"`
			Search           string
		}
	}
}

func trends(t *testing.T, s *service, query string) trended {
	t.Helper()
	w := s.get(t, "/api/v1/trends?"+query)
	var got trended
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Code != http.StatusOK {
		t.Fatal(query, w.Code, err, w.Body)
	}
	return got
}

// TestTrends: every point counts what its search finds, over every axis and
// under the common filters, and is told per thousand of all bulletins there.
func TestTrends(t *testing.T) {
	s := demo(t, Config{})
	for _, query := range []string{
		"q=giao+ban&q=s%C6%A1+k%E1%BA%BFt", "q=%22giao+ban%22&by=year", "q=lo%E1%BA%A1i:so-ket&q=an+sinh&by=province_now", "q=35-CT%2FTW&by=province",
		"q=giao+ban&province=tuyen-quang", "q=giao+ban&quarter=2020-Q3&quarter=2021-Q1", "q=giao+ban&by=year&year=2020&year=2021", "q=an+sinh&from=2020-05-01&to=2021-07-01", "q=zzzz&by=year",
	} {
		got := trends(t, s, query)
		if len(got.Questions) == 0 {
			t.Fatal(query, "has no question")
		}
		for _, q := range got.Questions {
			sum := 0
			for i, p := range q.Points {
				sum += p.Count
				_, find, _ := strings.Cut(p.Search, "?")
				if p.Count > 0 || i%5 == 0 {
					if total := search(t, s, find).Total; total != p.Count {
						t.Errorf("%s: %s of %q counts %d, its search finds %d", query, p.Value, q.Query, p.Count, total)
					}
				}
				if (p.PerThousand == nil) != (p.Bulletins == 0) || p.Bulletins > 0 && fmt.Sprintf("%.2f", *p.PerThousand) != fmt.Sprintf("%.2f", float64(p.Count)*1000/float64(p.Bulletins)) {
					t.Errorf("%s: %s: %d of %d are %v per thousand", query, p.Value, p.Count, p.Bulletins, p.PerThousand)
				}
				if i > 0 && got.By != "province" && got.By != "province_now" && p.Value <= q.Points[i-1].Value {
					t.Errorf("%s: %s after %s", query, p.Value, q.Points[i-1].Value)
				}
			}
			if sum+q.Apart != q.Total {
				t.Errorf("%s: %q: %d at points and %d apart of %d", query, q.Query, sum, q.Apart, q.Total)
			}
		}
	}
	if got := trends(t, s, "q=giao+ban&q=giao+ban&q="); len(got.Questions) != 1 {
		t.Errorf("one question asked twice is %d lines", len(got.Questions))
	}
	for query, parameter := range map[string]string{"q=a&q=b&q=c&q=d&q=e&q=f": "q", "by=month": "by", "by=year&by=year": "by", "q=%ff": "q", "size=5": "size"} {
		if w := s.get(t, "/api/v1/trends?"+query); w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), `"`+parameter+`"`) {
			t.Errorf("%s: %d %s", query, w.Code, w.Body)
		}
	}
}

// TestTrendsTable: the table has the points of the answer to programs.
func TestTrendsTable(t *testing.T) {
	s := demo(t, Config{})
	query := "q=giao+ban&q=" + url.QueryEscape("=1+1") + "&by=year"
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(s.get(t, "/trends.csv?"+query).Body.String(), "\uFEFF"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := 1
	for _, q := range trends(t, s, query).Questions {
		for _, p := range q.Points {
			if got := rows[want]; strings.TrimPrefix(got[0], "'") != q.Query || got[1] != p.Value || got[3] != fmt.Sprint(p.Count) || got[4] != fmt.Sprint(p.Bulletins) || got[5] != fmt.Sprintf("%.2f", *p.PerThousand) {
				t.Errorf("row %d is %q, the point is %+v", want, got, p)
			}
			want++
		}
	}
	if len(rows) != want || want < 10 {
		t.Errorf("%d rows, want %d", len(rows), want)
	}
	if rows[len(rows)-1][0] != "'=1+1" {
		t.Errorf("a formula is not inert: %q", rows[len(rows)-1][0])
	}
}

// TestTrendsPage: each point of the drawing is a link with a name that says its
// count, and leads to as many bulletins.
func TestTrendsPage(t *testing.T) {
	s := demo(t, Config{})
	page := html.UnescapeString(s.get(t, "/trends?q=giao+ban&q=an+sinh&per=1000&lang=vi").Body.String())
	points := regexp.MustCompile(`<a href="(/search[^"]*)" aria-label="[^"]*: ([\d.]+) bản tin`).FindAllStringSubmatch(page, -1)
	if want := 2 * len(trends(t, s, "q=giao+ban").Questions[0].Points); len(points) != want {
		t.Errorf("%d points, want %d", len(points), want)
	}
	for _, m := range points[:4] {
		_, find, _ := strings.Cut(m[1], "?")
		if total := search(t, s, find).Total; fmt.Sprint(total) != m[2] {
			t.Errorf("%s finds %d, the point says %s", m[1], total, m[2])
		}
	}
	if page := s.get(t, "/trends?q=giao+ban&by=province_now").Body.String(); strings.Count(page, `<li class="found`) != 3 || strings.Contains(page, "<circle class=\"hit\"") {
		t.Error("provinces are not shown as tiles")
	}
}
