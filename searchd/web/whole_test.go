package web

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"bantin/bulletin"
	"bantin/searchd/web/export"
)

type atomFeed struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Links   []struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	} `xml:"link"`
	Entries []struct {
		ID      string `xml:"id"`
		Title   string `xml:"title"`
		Updated string `xml:"updated"`
		Author  string `xml:"author>name"`
		Summary string `xml:"summary"`
		Links   []struct {
			Href string `xml:"href,attr"`
		} `xml:"link"`
	} `xml:"entry"`
}

func TestAtom(t *testing.T) {
	s := demo(t, Config{})
	for _, tc := range []struct {
		query   string
		entries int
	}{
		{"q=giao+ban&province=tuyen-quang", 12},
		{"", 48},
		{"cites=99-nq-tw~2026-01-01", 0}, // followed before anything cites it
	} {
		w := s.get(t, "http://bantin.test/search.atom?"+tc.query)
		var f atomFeed
		if err := xml.Unmarshal(w.Body.Bytes(), &f); err != nil {
			t.Fatal(err, w.Body)
		}
		if len(f.Entries) != tc.entries || f.ID == "" || f.Title == "" || w.Header().Get("ETag") == "" {
			t.Errorf("%s: %d entries, %+v", tc.query, len(f.Entries), f.ID)
		}
		if _, err := time.Parse(time.RFC3339, f.Updated); err != nil {
			t.Error(err)
		}
		self := "http://bantin.test/search.atom"
		if tc.query != "" {
			self += "?" + tc.query
		}
		if f.Links[0].Rel != "self" || f.Links[0].Href != self {
			t.Errorf("self is %+v", f.Links)
		}
		last := "9"
		for _, e := range f.Entries {
			if e.ID == "" || e.Title == "" || e.Author == "" || e.Updated > last || !strings.HasPrefix(e.Links[0].Href, "http://bantin.test/bulletins/") {
				t.Errorf("%+v", e)
			}
			last = e.Updated
		}
		if again := s.get(t, "http://bantin.test/search.atom?"+tc.query, "If-None-Match", w.Header().Get("ETag")); again.Code != http.StatusNotModified || again.Body.Len() > 0 {
			t.Error("asked again:", again.Code)
		}
	}
}

func TestJSONFeed(t *testing.T) {
	s := demo(t, Config{})
	var f struct {
		Version string
		FeedURL string `json:"feed_url"`
		Items   []export.JSONFeedItem
	}
	if err := json.Unmarshal(s.get(t, "/search.json?province=ha-giang").Body.Bytes(), &f); err != nil {
		t.Fatal(err)
	}
	if f.Version != "https://jsonfeed.org/version/1.1" || len(f.Items) != 12 || f.Items[0].ContentText == "" || f.Items[0].Published == "" {
		t.Errorf("%+v", f)
	}
}

func TestCSV(t *testing.T) {
	trap := testBulletin(places[3], 2025, 1)
	trap.Title, trap.Author, trap.ID = "=HYPERLINK(\"http://x\")", " @SUM(A1)", "trap"
	s := demo(t, Config{})
	s.add(t, trap)
	w := s.get(t, "/search.csv?province=quang-tri")
	data, marked := bytes.CutPrefix(w.Body.Bytes(), []byte("\xEF\xBB\xBF"))
	if !marked || !strings.Contains(w.Header().Get("Content-Disposition"), "bantin.csv") {
		t.Error("no byte order mark or file name", w.Header())
	}
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil || len(rows) != 14 {
		t.Fatal(len(rows), err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsAny(strings.TrimSpace(cell)[:1], "=+-@") {
				t.Errorf("%q could be a formula", cell)
			}
		}
	}
	if !bytes.Contains(data, []byte("'=HYPERLINK")) || !bytes.Contains(data, []byte("\r\n")) {
		t.Error("the formula was lost or lines end otherwise")
	}
}

func TestJSONLinesAreImportable(t *testing.T) {
	s := demo(t, Config{})
	lines := bufio.NewScanner(s.get(t, "/search.jsonl?year=2020&sort=oldest").Body)
	lines.Buffer(nil, 1<<20)
	n := 0
	for ; lines.Scan(); n++ {
		var b bulletin.Bulletin
		if err := json.Unmarshal(lines.Bytes(), &b); err != nil || b.Body == "" || b.Published.Year() != 2020 {
			t.Fatal(err, b)
		}
	}
	if n != 8 {
		t.Error(n)
	}
}

func TestReferences(t *testing.T) {
	s := demo(t, Config{})
	if n := strings.Count(s.get(t, "/search.bib?year=2020").Body.String(), "@misc{bantin-"); n != 8 {
		t.Error("bib", n)
	}
	if n := strings.Count(s.get(t, "/search.ris?year=2020").Body.String(), "TY  - NEWS\r\n"); n != 8 {
		t.Error("ris", n)
	}
	r := export.Reference{Source: "Báo A & B", Page: "http://b/1"}
	r.Document.ID, r.Document.Title, r.Document.URL = "x}y", "100% {đúng}\nER  - \\end", "javascript:alert(1)"
	r.Document.Published, r.Document.PublishedPrecision = time.Date(2020, 7, 13, 0, 0, 0, 0, bulletin.Zone), bulletin.Day
	for _, tc := range []struct{ got, want string }{
		{r.APA(), "Báo A & B. (2020, July 13). 100% {đúng} ER - \\end. http://b/1"},
		{r.Chicago(), "Báo A & B. “100% {đúng} ER - \\end.” July 13, 2020. http://b/1."},
		{r.BibTeX(), "@misc{bantin-x-y,\n  author       = {{Báo A \\& B}},\n  title        = {{100\\% \\{đúng\\} ER - \\textbackslash{}end}},\n  howpublished = {Báo A \\& B},\n  date         = {2020-07-13},\n  year         = {2020},\n  month        = {7},\n  url          = {http://b/1},\n  language     = {vietnamese},\n}\n"},
		{r.RIS(), "TY  - NEWS\r\nID  - x}y\r\nAU  - Báo A & B\r\nTI  - 100% {đúng} ER - \\end\r\nT2  - Báo A & B\r\nPY  - 2020\r\nDA  - 2020/07/13\r\nLA  - vi\r\nUR  - http://b/1\r\nER  - \r\n\r\n"},
	} {
		if tc.got != tc.want {
			t.Errorf("%q, want %q", tc.got, tc.want)
		}
	}
}

func TestDiscovery(t *testing.T) {
	s := demo(t, Config{PublicURL: "https://bantin.test/"})
	for _, tc := range []struct{ path, want string }{
		{"/robots.txt", "Sitemap: https://bantin.test/sitemap.xml"},
		{"/opensearch.xml", `template="https://bantin.test/search?q={searchTerms}"`},
		{"/sitemap.xml", "<loc>https://bantin.test/sitemap-pages.xml</loc><lastmod>2024-12-25</lastmod>"},
		{"/sitemap-pages.xml", "<loc>https://bantin.test/provinces/tuyen-quang</loc><lastmod>2024-09-25</lastmod>"},
		{"/sitemap-pages.xml", "<loc>https://bantin.test/provinces/lai-chau</loc></url>"},
		{"/sitemap-documents-1.xml", "<loc>https://bantin.test/documents/35-ct-tw~2019-05-30</loc><lastmod>2023</lastmod>"},
		{"/bulletins/" + testBulletins()[0].ID, `"@type":"NewsArticle"`},
		{"/bulletins/" + testBulletins()[0].ID, `<link rel="canonical" href="https://bantin.test/bulletins/`},
	} {
		w := s.get(t, tc.path)
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), tc.want) {
			t.Errorf("%s: %d, no %s in %.600s", tc.path, w.Code, tc.want, w.Body)
		}
		if strings.HasSuffix(tc.path, ".xml") {
			var any struct{ XMLName xml.Name }
			if err := xml.Unmarshal(w.Body.Bytes(), &any); err != nil {
				t.Error(tc.path, err)
			}
		}
	}
}

// TestFeedForPeople: a browser that opens a feed is told what it is; programs get
// the feed, whatever else they take.
func TestFeedForPeople(t *testing.T) {
	s := demo(t, Config{PublicURL: "https://bantin.test"})
	const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
	for _, path := range []string{"/search.atom", "/search.json"} {
		w := s.get(t, path+"?province=tuyen-quang&lang=en", "Accept", browser)
		body := w.Body.String()
		for _, want := range []string{"https://bantin.test" + path + "?province=tuyen-quang&amp;lang=en", `data-copy="feed-address"`, "Tuyên Quang", `<ol class="brief">`, "noindex"} {
			if !strings.Contains(body, want) {
				t.Errorf("%s: no %s", path, want)
			}
		}
		if kind := w.Header().Get("Content-Type"); kind != "text/html; charset=utf-8" || !slices.Contains(w.Header().Values("Vary"), "Accept") {
			t.Error(path, kind, w.Header().Values("Vary"))
		}
		for _, accept := range []string{"", "*/*", "application/atom+xml, text/html;q=0.5", "application/feed+json"} {
			other := s.get(t, path+"?province=tuyen-quang&lang=en", "Accept", accept, "If-None-Match", w.Header().Get("ETag"))
			if kind := other.Header().Get("Content-Type"); other.Code != 200 || strings.HasPrefix(kind, "text/html") {
				t.Error(path, accept, other.Code, kind)
			}
		}
	}
}

// TestSmallThings that readers met.
func TestSmallThings(t *testing.T) {
	s := demo(t, Config{})
	for path, want := range map[string]int{
		"/documents/none": 404, "/documents/gi-do": 404, "/documents/99-nq-tw": 200, "/documents/35-ct-tw": 200, "/documents/73-nq-tu@quang-tri": 200,
	} {
		if w := s.get(t, path); w.Code != want {
			t.Errorf("%s: %d, want %d", path, w.Code, want)
		}
	}
	for path, want := range map[string]string{
		"/provinces/thua-thien-hue":           "Từ ngày 1/1/2025 là <a",
		"/provinces/hue":                      "Trước ngày 1/1/2025 là <a",
		"/provinces/ha-giang":                 "là một phần của <a",
		"/documents/35-ct-tw~2019-05-30":      `<form class="ask"`,
		"/bulletins/" + testBulletins()[0].ID: `<form class="ask"`,
		"/help?lang=en":                       "<code>quarter:2020-Q3</code>",
		"/coverage":                           ": – (",
	} {
		if body := s.get(t, path).Body.String(); !strings.Contains(body, want) {
			t.Errorf("%s: no %s", path, want)
		}
	}
	if body := s.get(t, "/search?q=giao&utm_source=x").Body.String(); strings.Contains(body, "utm_source") {
		t.Error("a parameter of others goes from language to language")
	}
	if body := s.get(t, "/search?q=zzzz&province=tuyen-quang&kind=giao-ban").Body.String(); strings.Contains(body, ">0 bản tin<") {
		t.Error("nothing is offered")
	}
}
