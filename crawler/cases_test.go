package crawler

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"bantin/bulletin"
	"bantin/crawler/archive"
	"bantin/crawler/extract"
	"bantin/crawler/fetch"
	"bantin/crawler/site"
	"bantin/testdata/sites"
)

// portalCase is a folder of testdata/sites/cases with what is wanted of it.
type portalCase struct {
	dir, name string
	later     atomic.Bool

	Listing   string
	Bulletins []wantedCase
	Nowhere   []string
	Later     []string
	Further   []string // listings with views of their own
	JSON      struct{ Named, Listing string }
	Since     string
	Shell     bool // the pages hold nothing: the list has the texts
	Paths     []string
	Serve     struct{ Sitemap struct{ Addresses int } }
}

type wantedCase struct {
	Path, Also, Title, Published, Author string
	Paragraphs                           []string
	Days                                 *int   // before today, where the page tells no more
	Attachment                           string // what its file says
}

func portalCases(t testing.TB) []*portalCase {
	t.Helper()
	files, err := filepath.Glob("../testdata/sites/cases/*/want.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	var all []*portalCase
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		c := &portalCase{dir: filepath.Dir(file), name: filepath.Base(filepath.Dir(file))}
		if err := json.Unmarshal(text, c); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		all = append(all, c)
	}
	return all
}

func (c *portalCase) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if c.Serve.Sitemap.Addresses > 0 {
		c.serveSitemap(w, r)
		return
	}
	u := *r.URL
	if r.Method == http.MethodPost {
		if err := r.ParseForm(); err == nil {
			u.RawQuery = "__EVENTTARGET=" + r.PostForm.Get("__EVENTTARGET") + "&__EVENTARGUMENT=" + r.PostForm.Get("__EVENTARGUMENT")
		}
	}
	name, body := c.file(&u)
	if body == nil {
		http.NotFound(w, r)
		return
	}
	kind := mime.TypeByExtension(filepath.Ext(name))
	if !slices.Contains([]string{".json", ".xml", ".pdf"}, filepath.Ext(name)) {
		kind = "text/html; charset=utf-8"
	}
	w.Header().Set("Content-Type", kind)
	_, _ = w.Write(body)
}

// file finds the answer to an address: later/ before pages/, a name with the
// query before one with parameters of it before one without.
func (c *portalCase) file(u *url.URL) (string, []byte) {
	path := strings.TrimPrefix(u.Path, "/")
	if path == "" || strings.HasSuffix(path, "/") {
		path += "index"
	}
	ext := filepath.Ext(path)
	stem := strings.TrimSuffix(path, ext)
	names := []string{stem}
	if u.RawQuery != "" {
		names = []string{stem + "@" + u.RawQuery, c.asked(stem, u.Query()), stem + "@else", stem}
	}
	exts := []string{".html", ".json"}
	if ext != "" {
		exts = []string{ext}
	}
	roots := []string{"pages"}
	if c.later.Load() {
		roots = []string{"later", "pages"}
	}
	for _, root := range roots {
		for _, name := range names {
			for _, ext := range exts {
				if body, err := os.ReadFile(filepath.Join(c.dir, root, filepath.FromSlash(name+ext))); err == nil {
					return name + ext, body
				}
			}
		}
	}
	return "", nil
}

// asked is the name whose parameters are all in a query, be it behind a prefix
// as those of Liferay are.
func (c *portalCase) asked(stem string, query url.Values) string {
	files, err := filepath.Glob(filepath.Join(c.dir, "pages", filepath.FromSlash(stem)+"@*"))
	if err != nil {
		return ""
	}
	for _, file := range files {
		_, text, _ := strings.Cut(strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)), "@")
		wanted, err := url.ParseQuery(text)
		if err != nil || text == "else" {
			continue
		}
		found := 0
		for name := range wanted {
			for key := range query {
				if (key == name || strings.HasSuffix(key, "_"+name)) && query.Get(key) == wanted.Get(name) {
					found++
				}
			}
		}
		if found >= len(wanted) {
			return stem + "@" + text
		}
	}
	return ""
}

// serveSitemap answers with a sitemap of many addresses, two of each day, and
// with the articles behind them.
func (c *portalCase) serveSitemap(w http.ResponseWriter, r *http.Request) {
	day := func(n int) time.Time { return time.Date(2024, 12, 31-n/2, 0, 0, 0, 0, bulletin.Zone) }
	var n int
	if r.URL.Path == "/sitemap.xml" {
		w.Header().Set("Content-Type", "application/xml; charset=utf-8")
		var b strings.Builder
		for n := range c.Serve.Sitemap.Addresses {
			fmt.Fprintf(&b, "<url><loc>http://%s/bai/ban-tin-giao-ban-so-%05d.html</loc><lastmod>%s</lastmod></url>", r.Host, n, day(n).Format(time.DateOnly))
		}
		say(w, `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`+b.String()+`</urlset>`)
		return
	}
	if _, err := fmt.Sscanf(r.URL.Path, "/bai/ban-tin-giao-ban-so-%05d.html", &n); err != nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	title := fmt.Sprintf("Bản tin giao ban số %05d của Mặt trận Tổ quốc tỉnh", n)
	say(w, fmt.Sprintf(`<html><head><title>%[1]s</title></head><body><div class="khung"><h1>%[1]s</h1><p class="ngay">Ngày đăng: %[2]s</p><div class="noidung">%[3]s</div></div></body></html>`, title, day(n).Format("02/01/2006 08:04"), shapeText(n)))
}

// checked is the profile that a check of an address writes, with a pace for tests.
func checkedProfile(t *testing.T, address string) (*site.Profile, CheckReport) {
	t.Helper()
	client := fetch.New(fetch.Options{AllowPrivate: true})
	defer client.Close()
	ask, err := Visit(client, time.Millisecond, false)
	if err != nil {
		t.Fatal(err)
	}
	r, err := Check(t.Context(), ask, address, "tuyen-quang")
	if err != nil {
		t.Fatalf("check %s: %v", address, err)
	}
	r.Profile.Pace = time.Millisecond
	return r.Profile, r
}

// TestPortalCases checks and crawls every case.
func TestPortalCases(t *testing.T) {
	for _, c := range portalCases(t) {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(c)
			t.Cleanup(server.Close)
			listing := c.Listing
			if c.JSON.Listing != "" {
				if _, r := checkedProfile(t, server.URL+listing); r.OK || !strings.Contains(strings.Join(r.Warnings, " "), c.JSON.Named) {
					t.Errorf("check of the page: ok %v, %q does not name %s", r.OK, r.Warnings, c.JSON.Named)
				}
				listing = c.JSON.Listing
			}
			p, r := checkedProfile(t, server.URL+listing)
			if !r.OK {
				t.Fatalf("check: %q", r.Warnings)
			}
			for _, path := range c.Further {
				p.Listings = append(p.Listings, server.URL+path)
			}
			a := openArchive(t)
			o := Options{Sites: []*site.Profile{p}, Now: true, Fetch: fetch.Options{AllowPrivate: true}}
			if c.Since != "" {
				c.crawlSince(t, a, o)
				return
			}
			if _, err := New(a, o).Run(t.Context()); err != nil {
				t.Errorf("crawl: %v", err)
			}
			if len(c.Later) > 0 {
				c.later.Store(true)
				if s, err := New(a, o).Run(t.Context()); err == nil || s.Sites[0].Alarm == "" {
					t.Errorf("the new view raises no alarm: %v", err)
				}
			}
			c.judge(t, a)
		})
	}
}

func (c *portalCase) crawlSince(t *testing.T, a *archive.Archive, o Options) {
	since, err := time.ParseInLocation(time.DateOnly, c.Since, bulletin.Zone)
	if err != nil {
		t.Fatal(err)
	}
	o.Since = since
	if _, err := New(a, o).Run(t.Context()); err != nil {
		t.Error(err)
	}
	got := map[string]bool{}
	for _, one := range current(t, a) {
		got[pathOf(one.Bulletin.URL)] = true
	}
	for _, path := range c.Paths {
		if !got[path] {
			t.Errorf("misses %s", path)
		}
	}
	if len(got) != len(c.Paths) {
		t.Errorf("%d bulletins, want %d", len(got), len(c.Paths))
	}
}

func pathOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	if u.Fragment != "" {
		return u.RequestURI() + "#" + u.Fragment
	}
	return u.RequestURI()
}

func (c *portalCase) judge(t *testing.T, a *archive.Archive) {
	t.Helper()
	got := map[string]bulletin.Bulletin{}
	for _, one := range current(t, a) {
		got[pathOf(one.Bulletin.URL)] = *one.Bulletin
	}
	for _, w := range c.Bulletins {
		b, ok := got[w.Path]
		if !ok {
			b, ok = got[w.Also]
		}
		if !ok {
			t.Errorf("%s was not stored", w.Path)
			continue
		}
		if b.Title != w.Title || !strings.HasPrefix(b.Published.Format(time.RFC3339), w.Published) || w.Author != "" && !strings.EqualFold(b.Author, w.Author) {
			t.Errorf("%s: %q %s %q, want %+v", w.Path, b.Title, b.Published, b.Author, w)
		}
		if w.Days != nil {
			if d := int(time.Since(b.Published).Hours() / 24); d < *w.Days-1 || d > *w.Days+1 {
				t.Errorf("%s: published %s, want %d days ago", w.Path, b.Published, *w.Days)
			}
		}
		if w.Attachment != "" && (len(b.Attachments) != 1 || !strings.Contains(b.Attachments[0].Text, w.Attachment)) {
			t.Errorf("%s: attachments %+v", w.Path, b.Attachments)
		}
		for _, p := range w.Paragraphs {
			if !strings.Contains(b.Body, p) {
				t.Errorf("%s: lost %q", w.Path, p)
			}
		}
		for _, s := range c.Nowhere {
			if strings.Contains(b.Body, s) {
				t.Errorf("%s: furniture %q", w.Path, s)
			}
		}
	}
	if len(got) != len(c.Bulletins) {
		t.Errorf("%d bulletins, want %d", len(got), len(c.Bulletins))
	}
}

// readAlone reads a page of a portal of which only the family is known.
func readAlone(t *testing.T, u *url.URL, page []byte) bulletin.Bulletin {
	t.Helper()
	p := &site.Profile{ID: "x", Family: site.DetectFamily(site.Page{URL: u, Body: page})}
	r, err := extract.Article(p, u, page, time.Time{})
	if err != nil && !errors.Is(err, extract.ErrNotArticle) {
		t.Errorf("%s: %v", u, err)
	}
	return r.Bulletin
}

// TestProse measures, over the pages of all cases, traps, sample and held-out
// portals, how much of the wanted prose is read and how much of what is read was
// not wanted. Nothing is known of a portal but its family.
func TestProse(t *testing.T) {
	wanted, read, got := 0, 0, 0
	count := func(page []byte, address string, paragraphs []string) {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		b := readAlone(t, u, page)
		for _, p := range paragraphs {
			wanted += len(p)
			if strings.Contains(b.Body, p) {
				got += len(p)
			}
		}
		read += len(strings.ReplaceAll(b.Body, "\n\n", ""))
	}
	for _, c := range portalCases(t) {
		for _, w := range c.Bulletins {
			u, err := url.Parse("http://127.0.0.1" + cmp.Or(w.Also, w.Path))
			if err != nil {
				t.Fatal(err)
			}
			if _, body := c.file(u); len(w.Paragraphs) > 0 && body != nil && u.Fragment == "" && !c.Shell {
				count(body, u.String(), w.Paragraphs)
			}
		}
	}
	for _, h := range allHeld() {
		if h.encode != nil || h.smallU {
			continue
		}
		for no := 1; no <= h.n; no++ {
			s := h.story(no)
			count([]byte(h.article(s)), "http://127.0.0.1/bai-viet-so-"+fmt.Sprint(s.id), append([]string{s.lead}, s.paras...))
		}
	}
	traps(t, count)
	samples(t, count)
	recall, leak := float64(got)/float64(wanted), float64(read-got)/float64(read)
	t.Logf("recall %.4f, leak %.4f over %d bytes of prose", recall, leak, wanted)
	if recall < 0.99 || leak > 0.02 {
		t.Errorf("recall %.4f, want 0.99; leak %.4f, want at most 0.02", recall, leak)
	}
}

// traps counts the pages on which another text is easily taken for the article's;
// the one without any shows what all of them say.
func traps(t *testing.T, count func(page []byte, address string, paragraphs []string)) {
	t.Helper()
	files, err := filepath.Glob("extract/testdata/traps/*.html")
	if err != nil || len(files) == 0 {
		t.Fatalf("no traps: %v", err)
	}
	const address = "https://a.vn/tin/5"
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	page := func(name string) []byte {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	said := strings.Split(readAlone(t, u, page("extract/testdata/traps/plain.html")).Body, "\n\n")
	for _, file := range files {
		count(page(file), address, said)
	}
}

// samples counts the pages of the sample portals: wanted is what their own
// profiles read, which other tests hold against what is known to stand there.
func samples(t *testing.T, count func(page []byte, address string, paragraphs []string)) {
	t.Helper()
	portals, err := sites.Portals()
	if err != nil {
		t.Fatal(err)
	}
	for _, portal := range portals {
		p, err := site.Parse(portal.Name+".yaml", portal.Profile)
		if err != nil {
			t.Fatal(err)
		}
		var want []struct{ Address string }
		if err := json.Unmarshal(portal.Want, &want); err != nil {
			t.Fatal(err)
		}
		for _, w := range want {
			r := httptest.NewRequest(http.MethodGet, "http://"+portal.Name+".localhost"+w.Address, http.NoBody)
			answer := httptest.NewRecorder()
			portal.ServeHTTP(answer, r)
			read, err := extract.Article(p, r.URL, answer.Body.Bytes(), time.Time{})
			if answer.Code != http.StatusOK || err != nil {
				continue // it leads on to another address
			}
			count(answer.Body.Bytes(), r.URL.String(), strings.Split(read.Bulletin.Body, "\n\n"))
		}
	}
}
