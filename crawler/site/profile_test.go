package site

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestParse(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"good", "family: webforms\nlistings:\n  - https://a.vn/tin\npace: 5s\n", ""},
		{"empty", "", "x.yaml:1: empty"},
		{"unknown key", "family: webforms\nlistings: [https://a.vn]\nselectors: 1\n", `x.yaml:3: unknown field "selectors"`},
		{"wrong type", "family: webforms\nlistings: [https://a.vn]\nmax_pages: many\n", "x.yaml:3: "},
		{"bad selector", "family: webforms\nlistings: [https://a.vn]\nselect:\n  title: h1\n  body: 'div[['\n", "x.yaml:5: select.body: not a CSS selector"},
		{"bad address", "family: webforms\nlistings:\n  - https://a.vn\n  - ftp://a.vn\n", "x.yaml:4: listings[1]: "},
		{"bad family", "id: a\nfamily: wordpres\nlistings: [https://a.vn]\n", `x.yaml:2: family: "wordpres" is none of`},
		{"bad regexp", "family: generic\nlistings: [https://a.vn]\narticles: '(['\n", "x.yaml:3: articles: "},
		{"no listings", "family: generic\n", "x.yaml:1: listings: "},
		{"bad syntax", "family: [\n", "x.yaml:1: "},
		{"bad pages", "family: generic\nlistings: [https://a.vn]\npages: /tin?p=2\n", "x.yaml:3: pages: "},
		{"bad pace", "family: generic\nlistings: [https://a.vn]\npace: fast\n", "x.yaml:3: pace: "},
		{"twice", "family: generic\nfamily: generic\nlistings: [https://a.vn]\n", "x.yaml:2: "},
	} {
		_, err := Parse("x.yaml", []byte(c.text))
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%s: %v", c.name, err)
		case c.want != "" && (err == nil || !strings.HasPrefix(err.Error(), c.want)):
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
}

func TestMarshalRoundTrip(t *testing.T) {
	p := &Profile{
		ID: "mttq-mau", Name: "MTTQ tỉnh mẫu: trang \"tin\"", Province: "tuyen-quang", Family: "webforms",
		Listings: []string{"https://a.vn/tin?x=1&y=#a"}, Pace: 5 * time.Second, LegacyTLS: true,
		Select: Selectors{Title: `h1[itemprop="headline"], .t`, Body: "#b"},
	}
	text, err := p.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	back, err := Parse("x.yaml", text)
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	if diff := cmp.Diff(p, back); diff != "" {
		t.Error(diff)
	}
	if !bytes.Contains(text, []byte("# Short name")) || bytes.Contains(text, []byte("max_pages")) {
		t.Errorf("not commented or not short:\n%s", text)
	}
	dir := t.TempDir()
	name, err := p.Save(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Save(dir); err == nil || !strings.Contains(err.Error(), "exists") {
		t.Errorf("second save: %v", err)
	}
	saved, err := os.ReadFile(name)
	if err != nil || !bytes.Equal(saved, text) {
		t.Errorf("saved as %s, %v", saved, err)
	}
}
