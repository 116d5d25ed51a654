package crawler

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"bantin/crawler/archive"
)

// TestAttachments: files on the portal's hosts are fetched once and kept, a
// page in a file's place is not taken for one.
func TestAttachments(t *testing.T) {
	t.Parallel()
	f := newFake(t, 3, 4)
	f.fault = func(w http.ResponseWriter, r *http.Request, _ int) bool {
		switch r.URL.Path {
		case "/tin/2.html":
			say(w, strings.Replace(articlePage("Hội nghị giao ban số 2", 2), "</p></div>",
				`</p><p><a href="/tep/bao-cao.pdf">Báo cáo</a> <a href="/tep/mat.docx">Phụ lục</a> <a href="http://other.invalid/x.pdf">Khác</a></p></div>`, 1))
		case "/tep/bao-cao.pdf":
			w.Header().Set("Content-Type", "application/pdf")
			say(w, "%PDF-1.4\n")
		case "/tep/mat.docx":
			say(w, "<html><body>Không tìm thấy tệp")
		default:
			return false
		}
		return true
	}
	a := openArchive(t)
	_, err := New(a, quick(f.profile(t, "portal"))).Run(t.Context())
	if !errors.Is(err, ErrIncomplete) || !strings.Contains(err.Error(), "1 failed") {
		t.Errorf("%v, want one failure", err)
	}
	var files []string
	for page, err := range a.Pages(t.Context(), archive.PageFilter{Kind: archive.Attachment}) {
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, page.URL+" "+string(page.Body))
	}
	if want := f.URL + "/tep/bao-cao.pdf %PDF-1.4\n"; len(files) != 1 || files[0] != want {
		t.Errorf("files %q, want %q", files, want)
	}
}

// TestFeedsAndSitemaps: both give items that the listing lacks.
func TestFeedsAndSitemaps(t *testing.T) {
	t.Parallel()
	f := newFake(t, 9, 4)
	xml := func(w http.ResponseWriter, text string) {
		w.Header().Set("Content-Type", "text/xml; charset=utf-8")
		say(w, `<?xml version="1.0" encoding="utf-8"?>`+text)
	}
	f.fault = func(w http.ResponseWriter, r *http.Request, _ int) bool {
		switch r.URL.Path {
		case "/list":
			say(w, `<ul class=news><li><a href="/tin/1.html">Hội nghị giao ban số 1</a></li></ul>`)
		case "/rss":
			xml(w, fmt.Sprintf(`<rss version="2.0"><channel><item><title>Hội nghị giao ban số 2</title><link>%[1]s/tin/2.html</link></item>
<item><title>Hội nghị giao ban số 1</title><link>%[1]s/tin/1.html?utm_source=rss</link></item></channel></rss>`, f.URL))
		case "/sitemap.xml":
			xml(w, fmt.Sprintf(`<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>%s/part.xml</loc></sitemap><sitemap><loc>http://other.invalid/part.xml</loc></sitemap></sitemapindex>`, f.URL))
		case "/part.xml":
			xml(w, fmt.Sprintf(`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>%[1]s/tin/3.html</loc></url><url><loc>%[1]s/tin/2.html#x</loc></url><url><loc>%[1]s/gioi-thieu</loc></url></urlset>`, f.URL))
		default:
			return false
		}
		return true
	}
	p := f.profile(t, "portal", "feeds: ["+f.URL+"/rss, "+f.URL+"/sitemap.xml]")
	a := openArchive(t)
	crawl(t, a, quick(p))
	if got := len(current(t, a)); got != 3 {
		t.Errorf("%d bulletins, want 3; asked %v", got, f.asked)
	}
	for address, n := range f.asked {
		if n != 1 {
			t.Errorf("%s was asked for %d times", address, n)
		}
	}
	f.reset()
	crawl(t, a, quick(p))
	if f.times("") != 3 {
		t.Errorf("second pass asked for %v, want the listing and two feeds", f.asked)
	}
}

// TestStaying reads the listing again and again and finds what is new.
func TestStaying(t *testing.T) {
	t.Parallel()
	f := newFake(t, 3, 4)
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	f.fault = func(_ http.ResponseWriter, r *http.Request, nth int) bool {
		switch {
		case r.URL.Path == "/list" && nth == 3:
			f.n = 5
		case r.URL.Path == "/list" && nth >= 6 && f.times("/tin/4.html") > 0 && f.times("/tin/5.html") > 0:
			cancel()
		}
		return false
	}
	o := quick(f.profile(t, "portal"))
	o.Every, o.Now = 100*time.Millisecond, false
	a := openArchive(t)
	if _, err := New(a, o).Run(ctx); err != nil {
		t.Error(err)
	}
	if got := len(current(t, a)); got != 5 {
		t.Errorf("%d bulletins, want 5", got)
	}
	if n := f.times("/tin/1.html"); n != 1 {
		t.Errorf("an article was fetched %d times", n)
	}
}

// TestOneArticleUnderManyAddresses: spellings of an address are one bulletin,
// and an article that moved keeps its history.
func TestOneArticleUnderManyAddresses(t *testing.T) {
	t.Parallel()
	f := newFake(t, 3, 4)
	moved := false
	f.fault = func(w http.ResponseWriter, r *http.Request, _ int) bool {
		switch {
		case r.URL.Path == "/list":
			say(w, fmt.Sprintf(`<ul class=news><li><a href="/tin/1.html#a">Hội nghị giao ban số 1</a></li>
<li><a href="/tin/1.html?utm_source=home">Hội nghị giao ban số 1</a></li>
<li><a href="%s/tin/1.html?fbclid=7">Hội nghị giao ban số 1</a></li><li><a href="/tin/2.html">Hội nghị giao ban số 2</a></li></ul>`, f.URL))
			return true
		case r.URL.Path == "/tin/2.html" && moved:
			http.Redirect(w, r, "/tin/3.html", http.StatusMovedPermanently)
			return true
		}
		return false
	}
	p := f.profile(t, "portal")
	a := openArchive(t)
	crawl(t, a, quick(p))
	if got := len(current(t, a)); got != 2 {
		t.Errorf("%d bulletins, want 2; asked %v", got, f.asked)
	}
	moved = true
	if _, err := a.Hasten(t.Context(), time.Now(), archive.Article, "portal"); err != nil {
		t.Fatal(err)
	}
	crawl(t, a, quick(p))
	if got := len(current(t, a)); got != 2 {
		t.Errorf("%d bulletins once one has moved, want 2", got)
	}
	for page, err := range a.Pages(t.Context(), archive.PageFilter{Kind: archive.Article, Latest: true}) {
		if err != nil {
			t.Fatal(err)
		}
		if saved, err := Reread(t.Context(), a, p, page); err != nil || saved.New+saved.Changed > 0 {
			t.Errorf("reading %s anew: %+v %v, want nothing new", page.URL, saved, err)
		}
	}
}
