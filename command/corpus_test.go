package command

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bantin/crawler/extract"
	"bantin/crawler/site"
	"bantin/testdata/sites"

	"github.com/google/go-cmp/cmp"
)

const judgedDir = "../testdata/judged"

// corpusLine is one sample bulletin as bantin eval reads it. The other facts
// are read out of the text.
type corpusLine struct {
	ID        string    `json:"id"`
	Site      string    `json:"site"`
	URL       string    `json:"url"`
	Published time.Time `json:"published"`
	Province  string    `json:"province,omitempty"`
	Title     string    `json:"title"`
	Text      string    `json:"text"`
}

// TestJudgedCorpus keeps the judged corpus the bulletins of the sample portals
// as the crawler reads them; UPDATE=1 writes it anew.
func TestJudgedCorpus(t *testing.T) {
	portals, err := sites.Portals()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	lines := json.NewEncoder(&out)
	lines.SetEscapeHTML(false)
	for _, portal := range portals {
		for _, l := range sampleBulletins(t, portal) {
			if err := lines.Encode(l); err != nil {
				t.Fatal(err)
			}
		}
	}
	golden(t, filepath.Join(judgedDir, "corpus.jsonl"), out.Bytes())
}

// golden compares got with a file, or writes it with UPDATE=1.
func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")); d != "" {
		t.Errorf("%s differs; UPDATE=1 go test writes it anew:\n%s", file, d)
	}
}

// sampleBulletins reads the articles of one sample portal, in the order of its
// addresses, named by province and number.
func sampleBulletins(t *testing.T, portal sites.Portal) []corpusLine {
	t.Helper()
	p, err := site.Parse("profile.yaml", portal.Profile)
	if err != nil {
		t.Fatal(err)
	}
	routes, err := os.ReadFile(filepath.Join("..", "testdata", "sites", portal.Name, "routes.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	var out []corpusLine
	for route := range strings.Lines(string(routes)) {
		f := strings.Split(strings.TrimSpace(route), "\t")
		path, get := strings.CutPrefix(f[0], "GET ")
		number, article := strings.CutPrefix(f[3], "article-")
		if !get || !article || f[1] != "200" {
			continue
		}
		l := sampleBulletin(t, portal, p, "http://"+portal.Name+".localhost"+path)
		_, place, _ := strings.Cut(portal.Name, "-")
		l.ID = strings.TrimPrefix(place, "n-") + "-" + strings.TrimSuffix(number, ".html")
		out = append(out, l)
	}
	return out
}

func sampleBulletin(t *testing.T, portal sites.Portal, p *site.Profile, address string) corpusLine {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	rec := httptest.NewRecorder()
	portal.ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), http.MethodGet, address, nil))
	got, err := extract.Article(p, u, rec.Body.Bytes(), time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	b := got.Bulletin
	return corpusLine{Site: p.ID, URL: b.URL, Published: b.Published, Province: b.Province, Title: b.Title, Text: b.Body}
}
