package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"bantin/searchd/web/answer"
	"bantin/searchd/web/embed"
)

// TestQueryLimits asks for too much in every way that a request can: the answer
// names the parameter and the limit, in both languages.
func TestQueryLimits(t *testing.T) {
	s := demo(t, Config{})
	row := func(s string, n int) string { return url.QueryEscape(strings.TrimSpace(strings.Repeat(s, n))) }
	for _, c := range []struct {
		name, query, parameter, slug string
		en, vi                       string
	}{
		{"size", "size=101", "size", "bad-parameter", "0–100", "0–100"},
		{"values", "year=1900" + manyYears(), "year", "too-many", "at most 60 values", "tối đa 60 giá trị"},
		{"cursor", "after=" + row("A", 3000), "after", "bad-cursor", "", ""},
	} {
		for lang, want := range map[string]string{"en": c.en, "vi": c.vi} {
			w := s.get(t, "/api/v1/search?lang="+lang+"&"+c.query)
			var p answer.ProblemJSON
			if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
				t.Fatal(c.name, err, w.Body)
			}
			if w.Code != answer.ProblemStatus[c.slug] || p.Parameter != c.parameter || p.Type != "/help#"+c.slug || !strings.Contains(p.Detail, want) {
				t.Errorf("%s in %s: %d %+v", c.name, lang, w.Code, p)
			}
			if page := s.get(t, "/search?lang="+lang+"&"+c.query); page.Code != answer.ProblemStatus[c.slug] || !strings.Contains(page.Body.String(), want) {
				t.Errorf("%s in %s: the page answers %d without %q", c.name, lang, page.Code, want)
			}
		}
	}
}

// TestLongQuestions: none is refused, its rarest words count and that is told,
// and page, feed and table agree.
func TestLongQuestions(t *testing.T) {
	s := demo(t, Config{})
	pasted := strings.Repeat("Hội nghị giao ban công tác Mặt trận về an sinh xã hội của các xã ", 12)
	for _, q := range []string{pasted, `"` + pasted + `"`, strings.Repeat("ẩ", 400), strings.Repeat("a OR ", 300), "https://example.vn/" + strings.Repeat("tin-tuc-", 99) + "1.html"} {
		at := "q=" + url.QueryEscape(q)
		page := s.get(t, "/search?"+at)
		if page.Code != http.StatusOK || !strings.Contains(page.Body.String(), `name="q" value="`) {
			t.Errorf("%.20s: %d", q, page.Code)
		}
		found := search(t, s, at)
		if feed := s.get(t, "/search.atom?"+at); feed.Code != http.StatusOK || strings.Contains(feed.Body.String(), "<entry>") != (found.Total > 0) {
			t.Errorf("%.20s: %d found, feed %d", q, found.Total, feed.Code)
		}
	}
	got := search(t, s, "q="+url.QueryEscape(strings.Repeat("xyz ", 60)+"hội nghị giao ban công tác mặt trận an sinh"))
	if len(got.Hits) == 0 || len(got.Query.Repairs) != 1 || got.Query.Repairs[0].Kind != "long" {
		t.Errorf("%d hits, repairs %v", len(got.Hits), got.Query.Repairs)
	}
}

// TestLacking: the list of a long question goes beyond what has all its words,
// page by page and back, and says so.
func TestLacking(t *testing.T) {
	s := demo(t, Config{})
	at := "q=" + url.QueryEscape("hội nghị sơ kết 6 tháng đầu năm của Mặt trận") + "&size=5"
	first := search(t, s, at)
	if !first.Query.Lacking || first.Next == nil {
		t.Fatalf("lacking %v, %d of %d", first.Query.Lacking, len(first.Hits), first.Total)
	}
	second := search(t, s, at+"&after="+*first.Next)
	if len(second.Hits) == 0 || second.Hits[0].ID == first.Hits[0].ID || second.Total != first.Total {
		t.Errorf("the second page: %d hits", len(second.Hits))
	}
	back := search(t, s, at+"&before="+*first.Next)
	if len(back.Hits) != 5 || back.Hits[4].ID != first.Hits[4].ID {
		t.Errorf("the page before: %d hits", len(back.Hits))
	}
}

// TestMostFilters: as many values of every filter as a request may carry are
// within what the index takes.
func TestMostFilters(t *testing.T) {
	s := demo(t, Config{})
	values := url.Values{}
	for i := range answer.MaxValues {
		values.Add("year", fmt.Sprint(1900+i))
		values.Add("quarter", fmt.Sprintf("%d-Q1", 1900+i))
		for _, f := range []string{"org", "source"} {
			values.Add(f, fmt.Sprint("v", i))
		}
		values.Add("cites", fmt.Sprintf("%d-nq-tu", i))
	}
	if w := s.get(t, "/api/v1/search?"+values.Encode()); w.Code != http.StatusOK {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// TestHostileQueries types every broken text at the search, its suffixes, the
// completion and the search box: none of them fails on our side.
func TestHostileQueries(t *testing.T) {
	s := demo(t, Config{})
	row := strings.Repeat
	for _, q := range []string{
		row("(", 400), row(")", 400), row(`"`, 301), row("-(a OR ", 60), row("a|", 60), row("an* ", 60), "a*", "*", row("UBND ", 60),
		row("\u0301", 300), row("\u202e", 300), row("😀", 200), row("a\u200b", 60), "tỉnh:", "title:", row("tỉnh: ", 60), row("73-NQ/TU ", 20),
		`"` + row("hội nghị ", 16) + `"`, row("hoi ", 60), `-a -b -c`, "NOT", row("NOT ", 100), "OR", row("quý III/2020 ", 16),
	} {
		for _, path := range []string{"/search?q=", "/api/v1/search?q=", "/search.csv?q=", "/search.atom?q=", "/api/v1/suggest?q=", embed.API + "?q="} {
			w := s.get(t, path+url.QueryEscape(q))
			if !slices.Contains([]int{http.StatusOK, http.StatusBadRequest, http.StatusNotFound}, w.Code) {
				t.Errorf("%s%.30q: %d %.200s", path, q, w.Code, w.Body)
			}
		}
	}
}
