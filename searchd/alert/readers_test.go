package alert_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
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
	"sync"
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

func (w *town) catchUp(t *testing.T) {
	t.Helper()
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

func TestReadersAreToldOnceAndAgainOfWhatChanged(t *testing.T) {
	w := newTown(t)
	w.publishes(t, "old", "Giao ban trước đó", congress)
	w.passes(t, time.Second)
	w.follows(t, "an@example.org", url.Values{"q": {"giám sát"}}, "daily")
	w.passes(t, time.Hour)
	told := func(step, subject string, contains ...string) {
		t.Helper()
		had := len(w.letters(t))
		w.restart(t) // each step is that of a new process
		w.passes(t, 25*time.Hour)
		all := w.letters(t)
		if subject == "" {
			if len(all) != had {
				t.Errorf("%s: told %q", step, all[len(all)-1].subject)
			}
			return
		}
		if len(all) != had+1 {
			t.Fatalf("%s: %d letters", step, len(all)-had)
		}
		l := all[had]
		for _, part := range contains {
			if !strings.Contains(l.text, part) || !strings.Contains(l.html, part) {
				t.Errorf("%s: no %q in %s\n%s", step, part, l.text, l.html)
			}
		}
		if l.subject != subject {
			t.Errorf("%s: %q", step, l.subject)
		}
		if l.Header.Get("List-Unsubscribe-Post") != "List-Unsubscribe=One-Click" || !strings.HasPrefix(l.Header.Get("List-Unsubscribe"), "<"+place+"/follow/leave?t=") {
			t.Errorf("%s: header %v", step, l.Header)
		}
	}
	told("nothing happened", "")
	w.publishes(t, "new", "Giao ban quý II", congress)
	w.publishes(t, "other", "Vụ mùa", harvest)
	told("one of two is asked for", "[Bantin] Giao ban quý II", "Giao ban quý II", "báo cáo kết quả giám sát", "Tuyên Quang", place+"/bulletins/"+bulletin.NewID("tuyen-quang", "http://portal.example/new"))
	told("told already", "")
	w.publishes(t, "new", "Giao ban quý II", "Tin đã được biên tập lại. "+congress)
	told("changed elsewhere", "")
	w.publishes(t, "new", "Giao ban quý II", strings.Replace(congress, "báo cáo kết quả", "báo cáo mười kết quả", 1))
	told("changed what is asked for", "[Bantin] Giao ban quý II", "mười kết quả giám sát", "ổng đã sửa")
	w.publishes(t, "old", "Giao ban trước đó", strings.Replace(congress, "kết quả", "hai kết quả", 1))
	told("what was there before it was followed changed", "[Bantin] Giao ban trước đó", "hai kết quả giám sát")
	w.rereads(t, "new", "Giao ban quý II", strings.Replace(congress, "báo cáo kết quả", "thông báo kết quả", 1))
	w.rereads(t, "other", "Vụ mùa", harvest+" Mặt trận giám sát.")
	told("read anew", "")
	w.publishes(t, "other", "Vụ mùa", "Nông dân giám sát. "+harvest)
	told("the portal made it match", "[Bantin] Vụ mùa", "Nông dân giám sát")
}

func TestDocumentsAndCellsAreFollowed(t *testing.T) {
	w := newTown(t)
	w.follows(t, "an@example.org", url.Values{"cites": {"35-ct-tw"}}, "daily")
	w.follows(t, "binh@example.org", url.Values{"province": {"tuyen-quang"}, "quarter": {"2026-Q2"}}, "daily")
	w.publishes(t, "a", "Quán triệt Chỉ thị", "Hội nghị quán triệt Chỉ thị số 35-CT/TW. Các đơn vị phát biểu.")
	w.publishes(t, "b", "Vụ mùa", harvest)
	w.passes(t, 25*time.Hour)
	got := map[string]string{}
	for _, l := range w.letters(t)[2:] {
		got[l.Header.Get("To")] = l.subject
	}
	if got["<an@example.org>"] != "[Bantin] Quán triệt Chỉ thị" || got["<binh@example.org>"] != "[Bantin] 2 bản tin: Quý II/2026, Tuyên Quang" {
		t.Errorf("%v", got)
	}
	// A text that is edited elsewhere is no news to who follows the document, and
	// none to who follows the cell, in which it is already.
	w.publishes(t, "a", "Quán triệt Chỉ thị", "Hội nghị quán triệt Chỉ thị số 35-CT/TW. Các đơn vị góp ý kiến.")
	w.passes(t, 25*time.Hour)
	if n := len(w.letters(t)); n != 4 {
		t.Errorf("%d letters", n)
	}
}

func TestRhythms(t *testing.T) {
	w := newTown(t)
	w.follows(t, "an@example.org", url.Values{"q": {"giao ban"}}, "weekly")
	w.publishes(t, "a", "Giao ban một", congress)
	for range 7 * 24 {
		w.passes(t, time.Hour)
		if all := w.letters(t); len(all) == 2 {
			if local := w.now.In(bulletin.Zone); local.Weekday() != time.Monday || local.Hour() != 7 {
				t.Error(local)
			}
			return
		}
	}
	t.Error("no letter within a week")
}

func TestLeavingAndForgetting(t *testing.T) {
	w := newTown(t)
	w.follows(t, "an@example.org", url.Values{"q": {"giao ban"}}, "daily")
	w.follows(t, "an@example.org", url.Values{"q": {"vụ mùa"}}, "daily")
	w.follows(t, "an@example.org", url.Values{"q": {"nông dân"}}, "daily")
	w.publishes(t, "a", "Giao ban", congress)
	w.publishes(t, "b", "Vụ mùa", harvest)
	w.passes(t, 25*time.Hour)
	all := w.letters(t)
	if len(all) != 6 {
		t.Fatal(len(all))
	}
	leave := func(l letter) string {
		return strings.TrimPrefix(strings.Trim(l.Header.Get("List-Unsubscribe"), "<>"), place)
	}
	// What a mail program does (RFC 8058).
	if rec := w.ask(t, "POST", leave(all[3]), url.Values{"List-Unsubscribe": {"One-Click"}}); rec.Code != http.StatusOK {
		t.Fatal(rec.Code)
	}
	page := w.ask(t, "GET", leave(all[4]), nil).Body.String()
	if strings.Count(page, "<li>") != 2 {
		t.Errorf("two are left: %s", page)
	}
	if w.passes(t, time.Second); !bytes.Contains(w.bytes(t), []byte("an@example.org")) {
		t.Fatal("the file does not hold what it is to forget")
	}
	if rec := w.ask(t, "POST", leave(all[4]), url.Values{"all": {"1"}}); rec.Code != http.StatusOK || !strings.Contains(rec.Body.String(), "Đã thôi theo dõi") {
		t.Fatal(rec.Code, rec.Body)
	}
	w.publishes(t, "c", "Giao ban và vụ mùa", congress+harvest)
	w.passes(t, 25*time.Hour)
	if n := len(w.letters(t)); n != 6 {
		t.Errorf("%d letters after leaving", n)
	}
	if bytes.Contains(w.bytes(t), []byte("example.org")) {
		t.Error("the address is still in the file")
	}
	// Leaving twice, or with a forged token, says nothing else.
	for _, token := range []string{tokenIn(t, all[4].text), "AAAA.BBBB", ""} {
		if rec := w.ask(t, "POST", "/follow/leave?t="+token, nil); rec.Code != http.StatusOK || !strings.Contains(rec.Body.String(), "Đã thôi theo dõi") {
			t.Error(token, rec.Code)
		}
	}
}

func (w *town) bytes(t *testing.T) []byte {
	t.Helper()
	data, err := os.ReadFile(w.file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestCrashAfterSending: a process that dies between the sending of a letter and
// the note of it sends that letter once more, under the same name, and no other.
func TestCrashAfterSending(t *testing.T) {
	w := newTown(t)
	w.follows(t, "an@example.org", url.Values{"q": {"giao ban"}}, "daily")
	w.publishes(t, "a", "Giao ban", congress)
	w.passes(t, time.Minute) // taken up
	w.post.Set("451 later")
	w.now = w.now.Add(25 * time.Hour)
	if err := w.readers.Step(t.Context(), w.now); err == nil || strings.Contains(err.Error(), "example.org") {
		t.Fatal("written and not sent, no address in the log:", err)
	}
	before := w.bytes(t)
	w.post.Set("")
	w.passes(t, time.Hour)
	if n := len(w.letters(t)); n != 2 {
		t.Fatal(n)
	}
	if err := w.book.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(w.file, before, 0o600); err != nil { // the note was lost
		t.Fatal(err)
	}
	w.open(t)
	for range 3 {
		w.passes(t, time.Hour)
	}
	all := w.letters(t)
	if len(all) != 3 || all[1].Header.Get("Message-Id") != all[2].Header.Get("Message-Id") || all[1].Header.Get("Message-Id") == "" {
		t.Errorf("%d letters", len(all))
	}
}

func TestWishes(t *testing.T) {
	w := newTown(t)
	w.follows(t, "an@example.org", url.Values{"q": {"giao ban"}}, "daily")
	known := w.ask(t, "POST", "/follow", url.Values{"mail": {"an@example.org"}, "every": {"daily"}, "q": {"giao ban"}})
	fresh := w.ask(t, "POST", "/follow", url.Values{"mail": {"never@example.org"}, "every": {"daily"}, "q": {"giao ban"}})
	if known.Body.String() != fresh.Body.String() || known.Code != fresh.Code {
		t.Error("an address that follows something shows")
	}
	for name, c := range map[string]struct {
		form   url.Values
		header []string
		status int
	}{
		"no address":     {url.Values{"mail": {"nobody"}, "every": {"daily"}}, nil, 400},
		"two addresses":  {url.Values{"mail": {"a@b.example, c@d.example"}, "every": {"daily"}}, nil, 400},
		"header":         {url.Values{"mail": {"a@b.example\r\nBcc: c@d.example"}, "every": {"daily"}}, nil, 400},
		"rhythm":         {url.Values{"mail": {"a@b.example"}, "every": {"at-once"}}, nil, 400},
		"another site":   {url.Values{"mail": {"a@b.example"}, "every": {"daily"}}, []string{"Sec-Fetch-Site", "cross-site"}, 403},
		"another origin": {url.Values{"mail": {"a@b.example"}, "every": {"daily"}}, []string{"Origin", "https://evil.example"}, 403},
		"our own":        {url.Values{"mail": {"a@b.example"}, "every": {"daily"}}, []string{"Origin", place}, 200},
	} {
		w.restart(t) // the measure of each client begins anew
		if rec := w.ask(t, "POST", "/follow", c.form, c.header...); rec.Code != c.status {
			t.Errorf("%s: %d", name, rec.Code)
		}
	}
	w.restart(t)
	for i := range 6 {
		rec := w.ask(t, "POST", "/follow", url.Values{"mail": {fmt.Sprintf("%d@example.org", i)}, "every": {"daily"}})
		if want := map[bool]int{true: 200, false: 429}[i < 5]; rec.Code != want {
			t.Errorf("wish %d: %d", i, rec.Code)
		}
	}
	for range 10 { // one address is not flooded, whoever asks
		w.restart(t)
		w.ask(t, "POST", "/follow", url.Values{"mail": {"victim@example.org"}, "every": {"daily"}, "q": {"Mua ngay http://spam.example"}})
	}
	w.passes(t, time.Second)
	n := 0
	for _, l := range w.letters(t) {
		if l.Header.Get("To") == "<victim@example.org>" {
			n++
		}
		if strings.Contains(l.subject+l.text+l.html, "spam") {
			t.Error("a letter to a stranger holds a stranger's words")
		}
	}
	if n != 3 {
		t.Errorf("%d letters to one address", n)
	}
	token := tokenIn(t, w.letters(t)[1].text)
	w.passes(t, 49*time.Hour)
	if rec := w.ask(t, "POST", "/follow/confirm", url.Values{"t": {token}}); rec.Code != http.StatusNotFound {
		t.Errorf("confirmed too late: %d", rec.Code)
	}
	if bytes.Contains(w.bytes(t), []byte("victim")) {
		t.Error("an address that confirmed nothing is kept")
	}
}

// TestUnknownReadersAreForgotten: an address that the mail server does not know
// is not written to again; nobody is forgotten for other troubles.
func TestUnknownReadersAreForgotten(t *testing.T) {
	for answer, left := range map[string]int{"550 no such user": 0, "554 we do not like you": 1} {
		w := newTown(t)
		w.follows(t, "an@example.org", url.Values{"q": {"giao ban"}}, "daily")
		w.publishes(t, "a", "Giao ban", congress)
		w.passes(t, time.Second)
		w.post.Set(answer)
		w.now = w.now.Add(25 * time.Hour)
		_ = w.readers.Step(t.Context(), w.now)
		w.post.Set("")
		w.passes(t, 3*time.Hour)
		if got := len(w.letters(t)) - 1; got != left {
			t.Errorf("%s: %d letters", answer, got)
		}
	}
}

// program is one that follows by webhook.
type program struct {
	*httptest.Server
	mu     sync.Mutex
	echo   bool
	status int
	bodies []string
	heads  []http.Header
}

func newProgram(t *testing.T, echo bool) *program {
	p := &program{echo: echo, status: http.StatusOK}
	p.Server = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		var got struct{ Type, Challenge string }
		_ = json.Unmarshal(body, &got)
		p.mu.Lock()
		defer p.mu.Unlock()
		if got.Type == "bantin.challenge" {
			if p.echo {
				_, _ = io.WriteString(rw, got.Challenge)
			}
			return
		}
		p.bodies, p.heads = append(p.bodies, string(body)), append(p.heads, r.Header.Clone())
		rw.WriteHeader(p.status)
	}))
	t.Cleanup(p.Close)
	return p
}

func TestProgramsFollow(t *testing.T) {
	w := newTown(t)
	follow := func(search, hook string) *httptest.ResponseRecorder {
		body, err := json.Marshal(map[string]string{"webhook": hook})
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequestWithContext(context.WithoutCancel(t.Context()), "POST", "/api/v1/follow?"+search, bytes.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		rec := httptest.NewRecorder()
		w.ServeHTTP(rec, r)
		return rec
	}
	deaf := newProgram(t, false)
	if rec := follow("q=giao+ban", deaf.URL); rec.Code != http.StatusConflict {
		t.Errorf("an address that answers no challenge: %d", rec.Code)
	}
	if rec := follow("zzz=1", deaf.URL); rec.Code != http.StatusBadRequest {
		t.Errorf("an unknown parameter: %d", rec.Code)
	}
	if rec := follow("q=a", "ftp://x.example"); rec.Code != http.StatusBadRequest {
		t.Errorf("no webhook: %d", rec.Code)
	}
	p := newProgram(t, true)
	rec := follow("q=giao+ban", p.URL)
	var ticket struct{ Title, Secret, Leave string }
	if err := json.Unmarshal(rec.Body.Bytes(), &ticket); err != nil || rec.Code != http.StatusOK || ticket.Title != "giao ban" {
		t.Fatal(rec.Code, rec.Body, err)
	}
	w.publishes(t, "a", "Giao ban", congress)
	p.status = http.StatusBadGateway
	w.now = w.now.Add(time.Minute)
	if err := w.readers.Step(t.Context(), w.now); err == nil {
		t.Error("a webhook that failed was taken for told")
	}
	p.status = http.StatusOK
	w.passes(t, time.Hour)
	if len(p.bodies) != 2 || p.heads[0].Get("Webhook-Id") != p.heads[1].Get("Webhook-Id") {
		t.Fatalf("%v", p.bodies)
	}
	var got alert.Digest
	if err := json.Unmarshal([]byte(p.bodies[1]), &got); err != nil || len(got.Bulletins) != 1 || got.Bulletins[0].Title != "Giao ban" || got.Leave != ticket.Leave {
		t.Fatal(p.bodies[1], ticket.Leave, err)
	}
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(ticket.Secret, "whsec_"))
	if err != nil {
		t.Fatal(err)
	}
	if want := alert.Sign(key, p.heads[1].Get("Webhook-Id"), p.heads[1].Get("Webhook-Timestamp"), p.bodies[1]); p.heads[1].Get("Webhook-Signature") != want {
		t.Error("the signature is not made with the secret that was told")
	}
	if rec := w.ask(t, "POST", strings.TrimPrefix(ticket.Leave, place), nil); rec.Code != http.StatusOK {
		t.Fatal(rec.Code)
	}
	w.publishes(t, "b", "Giao ban hai", congress)
	if w.passes(t, time.Hour); len(p.bodies) != 2 {
		t.Error("told after it left")
	}
}
