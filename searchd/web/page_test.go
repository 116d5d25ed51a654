package web

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"bantin/crawler/archive"
	"bantin/searchd/web/answer"

	"github.com/google/go-cmp/cmp"
)

// changing are the parts of a page that are not the same twice.
var changing = regexp.MustCompile(`/assets/[0-9a-f]+/|(after|before)=[A-Za-z0-9_-]+`)

// TestGoldenPages: every page is what it was. UPDATE=1 accepts what it is.
func TestGoldenPages(t *testing.T) {
	s := demo(t, Config{PublicURL: "https://bantin.test"})
	id := testBulletins()[0].ID
	for name, path := range map[string]string{
		"home": "/", "home-en": "/?lang=en", "search": "/search?q=an+sinh&province=tuyen-quang&size=3", "nothing": "/search?q=zzz&province=lai-chau&quarter=2020-Q3",
		"bulletin": "/bulletins/" + id + "?q=giao+ban", "document": "/documents/35-ct-tw~2024-06-14", "document-undated": "/documents/35-ct-tw", "document-unknown": "/documents/99-nq-tw",
		"province": "/provinces/tuyen-quang", "coverage": "/coverage", "coverage-cell": "/coverage?q=giao+ban&kind=so-ket&province=tuyen-quang&quarter=2020-Q3", "trends": "/trends?q=giao+ban&q=an+sinh&by=year", "concordance": "/concordance?q=an+sinh&province=tuyen-quang", "status": "/status", "help": "/help", "compare": "/compare?a=2020-Q3&b=2020-Q4", "problem": "/search?size=x",
	} {
		t.Run(name, func(t *testing.T) {
			got := changing.ReplaceAllString(s.get(t, path).Body.String(), "…")
			file := filepath.Join("testdata", "pages", name+".html")
			if os.Getenv("UPDATE") != "" {
				if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); d != "" {
				t.Error(d)
			}
		})
	}
}

// TestEmptyArchive: the first page says how to begin, and no page fails.
func TestEmptyArchive(t *testing.T) {
	b := testBulletin(places[0], 2020, 3)
	s := newService(t, Config{}, b)
	if err := s.archive.Withdraw(t.Context(), b.ID); err != nil {
		t.Fatal(err)
	}
	s.follow(t)
	if body := s.get(t, "/").Body.String(); !strings.Contains(body, "bantin site add") || !strings.Contains(body, "up --demo") {
		t.Error("the home page does not say how to add a portal")
	}
	for _, path := range []string{"/search", "/coverage", "/status", "/help", "/compare", "/concordance", "/concordance?q=giao&order=left", "/concordance.csv?q=giao", "/api/v1/concordance?q=giao", "/trends", "/trends?q=giao", "/trends.csv?q=giao", "/api/v1/trends?q=giao", "/provinces/hue", "/documents/35-ct-tw", "/search.atom", "/search.csv", "/sitemap.xml", "/api/v1/coverage"} {
		if w := s.get(t, path); w.Code != http.StatusOK {
			t.Error(path, w.Code)
		}
	}
}

// TestSearchPageIsSmall: a page with all that it loads is at most 60 kB over
// the wire.
func TestSearchPageIsSmall(t *testing.T) {
	s := demo(t, Config{})
	total := 0
	page := s.get(t, "/search?q=giao+ban&size=10").Body.String()
	for _, path := range append(regexp.MustCompile(`/assets/[0-9a-f]+/[a-z.]+`).FindAllString(page, -1), "/search?q=giao+ban&size=10") {
		total += s.get(t, path, "Accept-Encoding", "gzip").Body.Len()
	}
	t.Logf("%d bytes", total)
	if total > 60_000 {
		t.Errorf("%d bytes", total)
	}
}

// TestAddressesKeepTheLanguage: what a page links to is in the language that
// its address asks for.
func TestAddressesKeepTheLanguage(t *testing.T) {
	s := demo(t, Config{})
	links := regexp.MustCompile(` href="(/[^"]*)"`)
	for _, path := range []string{"/?lang=en", "/search?q=an+sinh&lang=en", "/provinces/tuyen-quang?lang=en", "/documents/35-ct-tw~2024-06-14?lang=en", "/bulletins/" + testBulletins()[0].ID + "?lang=en"} {
		for _, m := range links.FindAllStringSubmatch(s.get(t, path).Body.String(), -1) {
			if !strings.Contains(m[1], "lang=") && !strings.HasPrefix(m[1], "/assets/") && !strings.HasPrefix(m[1], "/api/") {
				t.Errorf("%s links %s", path, m[1])
			}
		}
	}
}

// TestMarksOfWords: a syllable of a pair is no match where it stands alone.
func TestMarksOfWords(t *testing.T) {
	for _, tc := range []struct{ query, text, want string }{
		{"giao ban", "Ban Thường trực Ủy ban tổ chức giao ban quý", "giao ban"},
		{"giám sát nông dân", "nông dân tham gia giám sát", "nông dân|giám sát"},
		{"ban", "Ban Thường trực", "Ban"},
		{"zzz", "không có", ""},
		{"", "không có", ""},
	} {
		var got []string
		for _, s := range answer.Matches(tc.query).In(tc.text, "body") {
			got = append(got, tc.text[s.Start:s.End])
		}
		if strings.Join(got, "|") != tc.want {
			t.Errorf("%s: %q, want %q", tc.query, got, tc.want)
		}
	}
}

// TestNamelessPortal: a portal that calls itself nothing shows its host, to
// people and to programs.
func TestNamelessPortal(t *testing.T) {
	b := testBulletin(places[0], 2020, 3)
	b.Site = "mttq-tq"
	s := newService(t, Config{}, b)
	if err := s.archive.PutSite(t.Context(), archive.Site{ID: "mttq-tq", URL: "https://www.mttq.tuyenquang.example.vn/tin-tuc"}); err != nil {
		t.Fatal(err)
	}
	const host = "mttq.tuyenquang.example.vn"
	for _, address := range []string{"/search", "/bulletins/" + b.ID, "/status", "/api/v1/search", "/api/v1/sites"} {
		if text := s.get(t, address).Body.String(); !strings.Contains(text, ">"+host+"<") && !strings.Contains(text, `"`+host+`"`) {
			t.Errorf("%s does not name %s", address, host)
		}
	}
}
