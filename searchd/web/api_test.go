package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/searchd/web/answer"
	"bantin/searchd/web/api"

	"github.com/google/go-cmp/cmp"
)

// TestParametersAreNamed: an unknown or malformed parameter is a 400 that
// names it.
func TestParametersAreNamed(t *testing.T) {
	s := demo(t, Config{})
	for _, tc := range []struct{ query, parameter, slug string }{
		{"zzz=1", "zzz", "unknown-parameter"},
		{"size=1000", "size", "bad-parameter"},
		{"size=-1", "size", "bad-parameter"},
		{"size=x", "size", "bad-parameter"},
		{"sort=best", "sort", "bad-parameter"},
		{"quarter=2020-Q5", "quarter", "bad-parameter"},
		{"quarter=Q3", "quarter", "bad-parameter"},
		{"year=20", "year", "bad-parameter"},
		{"province=atlantis", "province", "bad-parameter"},
		{"province_now=ha-giang", "province_now", "bad-parameter"},
		{"kind=party", "kind", "bad-parameter"},
		{"cites=35%2FCT", "cites", "bad-parameter"},
		{"facets=province,color", "facets", "bad-parameter"},
		{"values=-1", "values", "bad-parameter"},
		{"org=%3Cscript%3E", "org", "bad-parameter"},
		{"from=yesterday", "from", "bad-parameter"},
		{"to=2020-13-45", "to", "bad-parameter"},
		{"from=2021-01-01&to=2020-01-01", "to", "empty-range"},
		{"q=a&q=b", "q", "repeated-parameter"},
		{"lang=fr", "lang", "bad-parameter"},
		{"q=%FF%FE", "q", "bad-parameter"},
		{"after=nonsense", "after", "bad-cursor"},
		{"year=1900" + manyYears(), "year", "too-many"},
	} {
		t.Run(tc.query[:min(30, len(tc.query))], func(t *testing.T) {
			w := s.get(t, "/api/v1/search?"+tc.query)
			var p answer.ProblemJSON
			if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
				t.Fatal(err, w.Body)
			}
			if w.Code != answer.ProblemStatus[tc.slug] || p.Status != w.Code || p.Parameter != tc.parameter || p.Type != "/help#"+tc.slug {
				t.Errorf("%d %+v", w.Code, p)
			}
			if !strings.HasPrefix(w.Header().Get("Content-Type"), "application/problem+json") || !strings.Contains(p.Detail, tc.parameter) {
				t.Errorf("%s %q", w.Header().Get("Content-Type"), p.Detail)
			}
			if w.Header().Get("ETag") != "" {
				t.Error("a problem must not be kept")
			}
		})
	}
}

func manyYears() string {
	var b strings.Builder
	for y := 1901; y <= 1900+answer.MaxValues; y++ {
		fmt.Fprintf(&b, "&year=%d", y)
	}
	return b.String()
}

// TestForgivingParameters: what people and forms send, and what it means.
func TestForgivingParameters(t *testing.T) {
	for _, tc := range []struct{ query, want string }{
		{"q=+giao+ban+&sort=relevance&size=10&after=", "/search?q=giao+ban"},
		{"from=25/9/2020&to=9/2020", "/search?from=2020-09-25&to=2020-09-30"},
		{"from=2020&to=2020", "/search?from=2020-01-01&to=2020-12-31"},
		{"from=&to=&lang=&sort=&size=", "/search"},
		{"province=hue&province=hue&province=", "/search?province=hue"},
		{"year=2020&quarter=2020-Q3&q=a", "/search?q=a&quarter=2020-Q3&year=2020"},
		{"lang=en&sort=newest&size=20", "/search?sort=newest&size=20&lang=en"},
	} {
		values, err := url.ParseQuery(tc.query)
		if err != nil {
			t.Fatal(err)
		}
		p, err := answer.ReadParams(values, answer.SearchParams, true)
		if err != nil {
			t.Fatal(tc.query, err)
		}
		if got := p.Address("/search"); got != tc.want {
			t.Errorf("%s: %s, want %s", tc.query, got, tc.want)
		}
	}
}

// TestFacetsAreDisjunctive: a group's counts ignore its own selection, and a
// selected value is listed though it finds nothing.
func TestFacetsAreDisjunctive(t *testing.T) {
	s := demo(t, Config{})
	got := search(t, s, "province=tuyen-quang&year=2020&kind=hop-bao")
	if got.Total != 0 || len(got.Facets["kind"]) == 0 {
		t.Fatalf("%+v", got)
	}
	i := slices.IndexFunc(got.Facets["kind"], func(f answer.FacetJSON) bool { return f.Value == "hop-bao" })
	if i < 0 || !got.Facets["kind"][i].Selected || got.Facets["kind"][i].Count != 0 {
		t.Errorf("%+v", got.Facets["kind"])
	}
	got = search(t, s, "province=tuyen-quang")
	if n := len(got.Facets["province"]); n != 4 {
		t.Errorf("%d provinces beside the selected one", n)
	}
	for _, f := range index.Shown() {
		if _, ok := got.Facets[string(f)]; !ok {
			t.Errorf("no facet %s", f)
		}
	}
}

// TestChosenFacets: a program says which facets it wants and how many values.
func TestChosenFacets(t *testing.T) {
	s := demo(t, Config{})
	for _, tc := range []struct {
		query string
		want  map[string]int // values by facet
	}{
		{"facets=", map[string]int{}},
		{"facets=province", map[string]int{"province": 4}},
		{"facets=kind,province_now&values=1", map[string]int{"kind": 1, "province_now": 1}},
		{"facets=province&facets=kind&values=3", map[string]int{"province": 3, "kind": 2}},
		{"facets=quarter", map[string]int{"quarter": 20}},
		{"facets=quarter&values=0", map[string]int{"quarter": 24}},
		{"facets=quarter&values=1&quarter=2023-Q1", map[string]int{"quarter": 2}},
	} {
		got := map[string]int{}
		for f, values := range search(t, s, tc.query).Facets {
			got[f] = len(values)
		}
		if d := cmp.Diff(tc.want, got); d != "" {
			t.Errorf("%s: %s", tc.query, d)
		}
	}
}

// TestNumbersAreCounted: a document chosen by its number alone counts the
// bulletins that cite it, of whatever date and issuer, like any other value.
func TestNumbersAreCounted(t *testing.T) {
	s := demo(t, Config{})
	both := testBulletin(places[0], 2025, 1)
	both.Cites = append(both.Cites, bulletin.Citation{Key: "35-ct-tw~2019-05-30", Label: "35-CT/TW"}, bulletin.Citation{Key: "35-ct-tw~2024-06-14", Label: "35-CT/TW"})
	s.add(t, both)
	for _, tc := range []struct{ query, want string }{
		{"cites=35-ct-tw", "35-ct-tw=49 35-CT/TW"},
		{"cites=35-ct-tw&cites=73-nq-tu", "35-ct-tw=49 35-CT/TW|73-nq-tu=49 73-NQ/TU"},
		{"cites=35-ct-tw&cites=99-nq-tw&province=ha-giang", "35-ct-tw=12 35-CT/TW|99-nq-tw=0 99-NQ/TW"},
		{"cites=73-nq-tu&cites=35-ct-tw~2024-06-14&province=quang-tri&year=2024", "35-ct-tw~2024-06-14=2 35-CT/TW (14/6/2024)|73-nq-tu=2 73-NQ/TU"},
		{"q=tr%C3%ADch:35-CT/TW+zzz+an+sinh&province=ha-giang", "35-ct-tw=12 35-CT/TW"},
	} {
		var got []string
		for _, f := range search(t, s, tc.query).Facets["cites"] {
			if f.Selected {
				got = append(got, fmt.Sprintf("%s=%d %s", f.Value, f.Count, f.Label))
			}
		}
		if strings.Join(got, "|") != tc.want {
			t.Errorf("%s: %s, want %s", tc.query, strings.Join(got, "|"), tc.want)
		}
	}
}

// TestPaging walks a result by its cursors: every bulletin once.
func TestPaging(t *testing.T) {
	s := demo(t, Config{})
	seen := map[string]bool{}
	query := "sort=newest&size=7"
	for range 50 {
		page := search(t, s, query)
		for _, h := range page.Hits {
			if seen[h.ID] {
				t.Fatal("twice", h.ID)
			}
			seen[h.ID] = true
		}
		if page.Next == nil {
			return
		}
		query = "sort=newest&size=7&after=" + url.QueryEscape(*page.Next)
	}
	t.Fatal("no end")
}

func search(t *testing.T, s *service, query string) api.SearchJSON {
	t.Helper()
	w := s.get(t, "/api/v1/search?"+query)
	var got api.SearchJSON
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Code != http.StatusOK {
		t.Fatal(w.Code, err, w.Body)
	}
	return got
}

func TestLabelsFollowLanguage(t *testing.T) {
	s := demo(t, Config{})
	for _, tc := range []struct{ query, header, quarter, kind string }{
		{"", "", "Quý III/2020", "Giao ban"},
		{"lang=en", "", "Q3 2020", "Briefing meeting"},
		{"", "en-US,en;q=0.9", "Q3 2020", "Briefing meeting"},
		{"", "fr,de;q=0.5", "Quý III/2020", "Giao ban"},
		{"lang=vi", "en", "Quý III/2020", "Giao ban"},
		{"", strings.Repeat("a,", 5000), "Quý III/2020", "Giao ban"},
	} {
		w := s.get(t, "/api/v1/search?quarter=2020-Q3&"+tc.query, "Accept-Language", tc.header)
		for _, want := range []string{tc.quarter, tc.kind} {
			if !strings.Contains(w.Body.String(), `"label":"`+want+`"`) {
				t.Errorf("%s %.20s: no %s", tc.query, tc.header, want)
			}
		}
	}
}

func TestBulletinAPI(t *testing.T) {
	s := demo(t, Config{})
	b := testBulletins()[0]
	w := s.get(t, "/api/v1/bulletins/"+b.ID)
	var got struct {
		bulletinExtra
		ID, Title, Body string
		Period          bulletin.Period
	}
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatal(err, w.Body)
	}
	if got.ID != b.ID || got.Body != b.Body || !got.Sample || !strings.HasSuffix(got.Page, "/bulletins/"+b.ID) {
		t.Errorf("%+v", got)
	}
	changed := b
	changed.Body += "\n\nĐính chính: hội nghị diễn ra buổi chiều."
	s.add(t, changed)
	w = s.get(t, "/api/v1/bulletins/"+b.ID+"/versions")
	var versions api.VersionsJSON
	if err := json.Unmarshal(w.Body.Bytes(), &versions); err != nil || len(versions.Versions) != 2 || versions.Versions[1].Bulletin.Body != changed.Body {
		t.Fatal(err, w.Body)
	}
	if body := s.get(t, "/bulletins/"+b.ID).Body.String(); !strings.Contains(body, "<ins>") || !strings.Contains(body, "Đính chính") {
		t.Error("the page shows no difference")
	}
	for _, path := range []string{"", "/versions", "/original"} {
		if w := s.get(t, "/api/v1/bulletins/nowhere"+path); w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "/help#") {
			t.Error(path, w.Code, w.Body)
		}
	}
}

type bulletinExtra struct {
	Group, Page string
	Sample      bool
}

func TestDocumentAPI(t *testing.T) {
	s := demo(t, Config{})
	var list api.DocumentsJSON
	if err := json.Unmarshal(s.get(t, "/api/v1/documents?q=35-CT/TW").Body.Bytes(), &list); err != nil || list.Total != 2 {
		t.Fatal(err, list)
	}
	var d api.DocumentPageJSON
	if err := json.Unmarshal(s.get(t, "/api/v1/documents/35-ct-tw~2024-06-14").Body.Bytes(), &d); err != nil {
		t.Fatal(err)
	}
	if d.Total != 8 || d.Document.Label != "35-CT/TW" || len(d.Namesakes) != 1 || d.Namesakes[0].Key != "35-ct-tw~2019-05-30" {
		t.Errorf("%+v", d)
	}
	var next api.DocumentsJSON
	if err := json.Unmarshal(s.get(t, "/api/v1/documents?size=2").Body.Bytes(), &next); err != nil || next.Next == nil || len(next.Documents) != 2 {
		t.Errorf("%v %+v", err, next)
	}
}

func TestHealth(t *testing.T) {
	s := demo(t, Config{})
	for _, path := range []string{"/healthz", "/readyz"} {
		if w := s.get(t, path); w.Code != http.StatusOK {
			t.Error(path, w.Code, w.Body)
		}
	}
	s.archive.Close()
	if w := s.get(t, "/readyz"); w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" {
		t.Error(w.Code, w.Body)
	}
	if w := s.get(t, "/bulletins/"+testBulletins()[0].ID); w.Code < 500 || !strings.Contains(w.Body.String(), "</html>") {
		t.Error(w.Code)
	}
}
