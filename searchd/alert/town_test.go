package alert_test

import (
	"context"
	"fmt"
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/http"
	"net/http/httptest"
	"net/mail"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"bantin/bulletin"
	"bantin/crawler/archive"
	"bantin/indexer/index/bleveindex"
	"bantin/searchd/alert"
	"bantin/searchd/web"
	"bantin/searchd/web/answer"
	"bantin/testdata/mailbox"
)

// town is a whole service whose searches can be followed, over one portal.
type town struct {
	http.Handler
	archive *archive.Archive
	index   *bleveindex.Index
	post    *mailbox.Server
	file    string
	book    *alert.Book
	readers *alert.Readers
	now     time.Time
	pages   int
}

const place = "https://bantin.example"

func newTown(t *testing.T) *town {
	t.Helper()
	a, err := archive.Open(t.Context(), t.TempDir()+"/archive.db")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	ix, err := bleveindex.OpenMemory(bleveindex.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	if err := a.PutSite(t.Context(), archive.Site{ID: "tuyen-quang", Name: "Cổng Tuyên Quang", Province: "tuyen-quang", Family: "nukeviet", URL: "http://portal.example/tin"}); err != nil {
		t.Fatal(err)
	}
	w := &town{archive: a, index: ix, post: mailbox.New(t, false), file: filepath.Join(t.TempDir(), "followers.db"), now: time.Now()}
	w.open(t)
	t.Cleanup(func() { w.book.Close() })
	w.passes(t, 0)
	return w
}

// open starts what a process starts.
func (w *town) open(t *testing.T) {
	t.Helper()
	var err error
	if w.book, err = alert.OpenBook(w.file); err != nil {
		t.Fatal(err)
	}
	words, err := answer.New(answer.Config{Index: w.index, Store: w.archive, Absent: archive.ErrNotFound, Searched: func(time.Duration, int) {}})
	if err != nil {
		t.Fatal(err)
	}
	w.readers, err = alert.NewReaders(alert.ReadersConfig{
		Book: w.book, Feed: w.archive, Answers: answer.News{Service: words}, Position: w.index.Position,
		Mail: alert.Mail{Server: w.post.Address, From: "Bantin <bantin@example.org>", Security: "none"}, Address: place, HookClient: http.DefaultClient,
	})
	if err != nil {
		t.Fatal(err)
	}
	if w.Handler, err = web.New(web.Config{Index: w.index, Store: w.archive, Missing: archive.ErrNotFound, PublicURL: place, Follows: w.readers}); err != nil {
		t.Fatal(err)
	}
}

// restart ends the process and starts another.
func (w *town) restart(t *testing.T) {
	t.Helper()
	if err := w.book.Close(); err != nil {
		t.Fatal(err)
	}
	w.open(t)
}

// publishes lets the portal have an article now.
func (w *town) publishes(t *testing.T, name, title, body string) {
	t.Helper()
	address := "http://portal.example/" + name
	w.pages++
	if _, err := w.archive.Enqueue(t.Context(), archive.Request{Site: "tuyen-quang", URL: address, Kind: archive.Article, Again: true, Due: w.now}); err != nil {
		t.Fatal(err)
	}
	claim, _, err := w.archive.Claim(t.Context(), w.now.Add(time.Second), time.Minute, "tuyen-quang")
	if err != nil || claim == nil {
		t.Fatal(claim, err)
	}
	_, err = w.archive.Save(t.Context(), archive.Outcome{
		Claim: claim, At: w.now, Status: 200, Bulletins: []bulletin.Bulletin{article(address, title, body)},
		Page: &bulletin.Page{URL: address, ContentType: "text/html", Body: fmt.Appendf(nil, "<p>%s, page %d</p>", body, w.pages)},
	})
	if err != nil {
		t.Fatal(err)
	}
	w.catchUp(t)
}

func article(address, title, body string) bulletin.Bulletin {
	b := bulletin.Bulletin{
		URL: address, Site: "tuyen-quang", Title: title, Body: body, Province: "tuyen-quang", ProvinceNow: "tuyen-quang",
		Published: time.Date(2026, 7, 1, 8, 0, 0, 0, bulletin.Zone), PublishedPrecision: bulletin.Day, Kind: bulletin.GiaoBan,
		Period: bulletin.Period{Year: 2026, Quarter: 2, Basis: bulletin.Stated},
	}
	if i := strings.Index(body, "35-CT/TW"); i >= 0 {
		b.Cites = []bulletin.Citation{{Key: "35-ct-tw~2024-06-14", Label: "35-CT/TW", Text: "35-CT/TW", Field: "body", Start: i, End: i + len("35-CT/TW")}}
	}
	return b
}

// rereads reads an archived article anew, with another result.
func (w *town) rereads(t *testing.T, name, title, body string) {
	t.Helper()
	for page, err := range w.archive.Pages(t.Context(), archive.PageFilter{Site: "tuyen-quang", Kind: archive.Article, Latest: true}) {
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(page.URL, "/"+name) {
			if _, err := w.archive.Amend(t.Context(), page, article(page.URL, title, body)); err != nil {
				t.Fatal(err)
			}
		}
	}
	w.catchUp(t)
}

// catchUp lets the index follow the feed, in which a bulletin moves once more
// when its near-duplicates are found.
func (w *town) catchUp(t *testing.T) {
	t.Helper()
	if err := w.archive.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	at, err := w.index.Position(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	changes, err := w.archive.Changes(t.Context(), at, 1000)
	if err != nil || len(changes) == 0 {
		t.Fatal(len(changes), err)
	}
	if err := w.index.Apply(t.Context(), changes, changes[len(changes)-1].Seq); err != nil {
		t.Fatal(err)
	}
}

// passes lets time pass, a step at its end.
func (w *town) passes(t *testing.T, d time.Duration) {
	t.Helper()
	w.now = w.now.Add(d)
	if err := w.readers.Step(t.Context(), w.now); err != nil {
		t.Fatal(err)
	}
}

// ask makes a request as a browser on a page of ours.
func (w *town) ask(t *testing.T, method, address string, form url.Values, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(context.WithoutCancel(t.Context()), method, address, strings.NewReader(form.Encode()))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	rec := httptest.NewRecorder()
	w.ServeHTTP(rec, r)
	return rec
}

// letter is a mail as a mail program shows it.
type letter struct {
	*mail.Message
	subject, text, html string
}

func (w *town) letters(t *testing.T) (all []letter) {
	t.Helper()
	for _, raw := range w.post.Received() {
		msg, err := mail.ReadMessage(strings.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		l := letter{Message: msg}
		if l.subject, err = new(mime.WordDecoder).DecodeHeader(msg.Header.Get("Subject")); err != nil {
			t.Fatal(err)
		}
		kind, params, err := mime.ParseMediaType(msg.Header.Get("Content-Type"))
		if err != nil || kind != "multipart/alternative" {
			t.Fatal(kind, err)
		}
		parts := multipart.NewReader(msg.Body, params["boundary"])
		for {
			part, err := parts.NextRawPart()
			if err == io.EOF { //nolint:errorlint // as documented
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(quotedprintable.NewReader(part))
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasPrefix(part.Header.Get("Content-Type"), "text/plain") {
				l.text = strings.ReplaceAll(string(body), "\r\n", "\n")
			} else {
				l.html = string(body)
			}
		}
		all = append(all, l)
	}
	return all
}

var tokenForm = regexp.MustCompile(`\?t=([A-Z0-9]+\.[A-Za-z0-9_-]+)`)

func tokenIn(t *testing.T, text string) string {
	t.Helper()
	m := tokenForm.FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("no token in %q", text)
	}
	return m[1]
}

// follows lets somebody follow a search, to the end.
func (w *town) follows(t *testing.T, who string, question url.Values, every string) {
	t.Helper()
	form := url.Values{"mail": {who}, "every": {every}}
	maps.Copy(form, question)
	if rec := w.ask(t, "POST", "/follow", form); rec.Code != http.StatusOK || !strings.Contains(rec.Body.String(), "Mời bạn xem hộp thư") {
		t.Fatal(rec.Code, rec.Body)
	}
	w.passes(t, time.Second)
	all := w.letters(t)
	token := tokenIn(t, all[len(all)-1].text)
	if rec := w.ask(t, "GET", "/follow/confirm?t="+token, nil); rec.Code != http.StatusOK || !strings.Contains(rec.Body.String(), token) {
		t.Fatal(rec.Code, rec.Body)
	}
	if rec := w.ask(t, "POST", "/follow/confirm", url.Values{"t": {token}}); rec.Code != http.StatusOK || !strings.Contains(rec.Body.String(), "Đã theo dõi") {
		t.Fatal(rec.Code, rec.Body)
	}
}

const (
	congress = "Thường trực Tỉnh ủy giao ban về chuẩn bị đại hội. Mặt trận Tổ quốc báo cáo kết quả giám sát."
	harvest  = "Nông dân các xã thu hoạch vụ mùa."
)

func (w *town) bytes(t *testing.T) []byte {
	t.Helper()
	data, err := os.ReadFile(w.file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
