package web

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"bantin/bulletin"
	"bantin/searchd/web/admin"
	"bantin/searchd/web/page"

	"github.com/chromedp/chromedp"
)

const deskToken = "c2l4dGVlbiBieXRlcyBhdCBsZWFzdA"

// fixedDesk answers with one of everything that an operator may see, and notes
// what was asked of it.
type fixedDesk struct {
	mu    sync.Mutex
	asked []string
}

func (d *fixedDesk) note(format string, args ...any) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked = append(d.asked, fmt.Sprintf(format, args...))
}

func (d *fixedDesk) notes() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return strings.Join(d.asked, "; ")
}

var deskTime = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)

func (d *fixedDesk) State(context.Context) (admin.State, error) {
	s := admin.State{
		Version: "bantin devel", At: deskTime,
		Disk:     admin.Disk{Free: 3e9, All: 4e10, Pages: 1e9, Versions: 3e8, Attachments: 999, Archive: 2e9, Index: 7e8, Backups: 1},
		Index:    admin.Index{Position: 41, Last: 42, Rebuilt: deskTime, Failure: "no room"},
		Backups:  admin.Backups{Folder: "/var/backups/bantin", Last: deskTime, Count: 7, Failure: "no room"},
		Profiles: []admin.Broken{{File: "x.yaml", Reason: "line 3: listings: not a list"}},
	}
	for _, kind := range []string{"portal-failing", "yield-fallen", "disk-low", "no-backup", "index-behind", "profile-broken"} {
		s.Alarms = append(s.Alarms, admin.Alarm{Kind: kind, About: "mttq-hue", Detail: "503 Service Unavailable"})
	}
	return s, nil
}

func (d *fixedDesk) Portals(context.Context) (all []bulletin.SiteStatus, err error) {
	for _, state := range []string{"ok", "new", "waiting", "failing", "paused", "removed"} {
		all = append(all, bulletin.SiteStatus{
			ID: "cong-" + state, Name: "Cổng <" + state + ">", URL: "https://portal.example/tin", Province: "hue", Family: "nukeviet", State: state,
			LastCrawl: deskTime, NextCrawl: deskTime, Bulletins: 1200, Waiting: 3, WaitingUntil: deskTime, Trouble: "time-out",
			Yield: []bulletin.YieldSample{{At: deskTime, Pages: 12, New: 3, Changed: 1, Failed: 2}},
		})
	}
	all[3].Alarm = "listing: 503 Service Unavailable"
	all[4].URL = "javascript:alert(1)"
	return all, nil
}

func (d *fixedDesk) Failed(_ context.Context, portal string, after int64) (all []admin.Failed, err error) {
	for i := range int64(50) {
		all = append(all, admin.Failed{ID: after + i + 1, URL: fmt.Sprintf("https://portal.example/%s/%d", strings.Repeat("rat-dai-", 20), i), Kind: "article", Status: 503, Reason: "503 Service Unavailable", Attempts: 2, At: deskTime, Due: deskTime, Page: i%2 == 0})
	}
	return all, nil
}

func (d *fixedDesk) Answered(_ context.Context, _ string, id int64) (bulletin.Page, int, error) {
	if id > 1000 {
		return bulletin.Page{}, 0, admin.ErrUnknown
	}
	return bulletin.Page{URL: "https://portal.example/1", Fetched: deskTime, ContentType: "text/html", Body: []byte("<script>alert(1)</script><h1>Lỗi</h1>")}, 503, nil
}

func (d *fixedDesk) TryAgain(_ context.Context, portal string, id int64) error {
	d.note("again %s %d", portal, id)
	return nil
}

func (d *fixedDesk) Wish(_ context.Context, portal, wish string) error {
	d.note("%s %s", wish, portal)
	return nil
}

func (d *fixedDesk) Profile(context.Context, string) (string, error) {
	return "id: cong-ok\nfamily: nukeviet\nlistings:\n  - https://portal.example/tin\n", nil
}

func (d *fixedDesk) Check(_ context.Context, address, _, profile string) (admin.Report, error) {
	if address == "bad" {
		return admin.Report{}, fmt.Errorf("%w: not an address", admin.ErrWrong)
	}
	d.note("check %s%.10s", address, profile)
	r := admin.Report{OK: true, Family: "nukeviet", Province: "hue", Items: 12, Next: "https://portal.example/tin/page-2", Warnings: []string{"no date in 1 of 10"}, Profile: "id: cong\nlistings:\n  - https://portal.example/tin\n"}
	for range 10 {
		r.Read = append(r.Read, admin.Read{Bulletin: bulletin.Bulletin{Title: "Hội nghị giao ban", Lead: "Sáng 1/3", Body: strings.Repeat("Các đại biểu dự hội nghị.\n\n", 30), URL: "https://portal.example/1", Published: deskTime, Author: "BBT"}, Shown: "Trang chủ\nHội nghị giao ban"})
	}
	return r, nil
}

func (d *fixedDesk) Save(_ context.Context, profile string) (string, error) {
	if !strings.HasPrefix(profile, "id: ") {
		return "", fmt.Errorf("%w: no id", admin.ErrWrong)
	}
	d.note("save")
	return "cong", nil
}

func (d *fixedDesk) Rebuild(context.Context) error { d.note("rebuild"); return nil }
func (d *fixedDesk) Backup(context.Context) error  { d.note("backup"); return nil }

func (d *fixedDesk) Unanswered(context.Context) ([]admin.Questions, error) {
	return []admin.Questions{{Site: "hue", Asked: []admin.Question{{Text: "chạm bạc", Count: 4}}, Hidden: 2}, {Site: "trống"}}, nil
}

func newDesk(t *testing.T) (*fixedDesk, http.Handler) {
	t.Helper()
	style, err := page.Style()
	if err != nil {
		t.Fatal(err)
	}
	d := &fixedDesk{}
	h, err := admin.New(admin.Config{Desk: d, Token: deskToken, Style: style})
	if err != nil {
		t.Fatal(err)
	}
	return d, h
}

// visitor is a browser without scripts.
type visitor struct {
	*http.Client
	base string
}

func visit(t *testing.T, h http.Handler) visitor {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return visitor{&http.Client{Jar: jar}, s.URL}
}

func (v visitor) get(t *testing.T, path string) (int, string, http.Header) {
	t.Helper()
	resp, err := v.Get(v.base + path)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, resp)
}

func (v visitor) post(t *testing.T, path string, form url.Values, header ...string) (int, string, http.Header) {
	t.Helper()
	req, err := http.NewRequest(http.MethodPost, v.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := v.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, resp)
}

func read(t *testing.T, resp *http.Response) (int, string, http.Header) {
	t.Helper()
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(text), resp.Header
}

var markField = regexp.MustCompile(`name="mark" value="([^"]+)"`)

// signedIn is a visitor who showed the token, with the mark of the forms.
func signedIn(t *testing.T, h http.Handler) (visitor, string) {
	t.Helper()
	v := visit(t, h)
	code, text, _ := v.post(t, "/login", url.Values{"token": {deskToken + "\n"}})
	m := markField.FindStringSubmatch(text)
	if code != http.StatusOK || m == nil {
		t.Fatalf("%d %s", code, text)
	}
	return v, m[1]
}

var deskPages = []string{"/", "/portals/cong-failing", "/portals/cong-ok?after=50", "/portals/cong-ok/remove", "/portals/cong-ok/failed/1", "/check", "/check?portal=cong-ok", "/questions"}

func TestDeskIsClosed(t *testing.T) {
	d, h := newDesk(t)
	v := visit(t, h)
	for _, path := range append([]string{"/none"}, deskPages...) {
		if code, text, _ := v.get(t, path); code != http.StatusOK || !strings.Contains(text, `name="token"`) || strings.Contains(text, "cong-ok") {
			t.Errorf("%s is shown to anybody: %d", path, code)
		}
	}
	for _, path := range []string{"/portals/cong-ok/pause", "/backups", "/profiles", "/check", "/logout"} {
		if _, text, _ := v.post(t, path, url.Values{"mark": {"x"}}); !strings.Contains(text, `name="token"`) {
			t.Errorf("%s does what anybody wants", path)
		}
	}
	for _, token := range []string{"", "Bearer", "Bearer x", "Basic " + deskToken, deskToken} {
		req, _ := http.NewRequest(http.MethodGet, v.base+"/api/v1/state", nil)
		req.Header.Set("Authorization", token)
		resp, err := v.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		if code, _, _ := read(t, resp); code != http.StatusUnauthorized && code != http.StatusTooManyRequests {
			t.Errorf("%q opens the API: %d", token, code)
		}
	}
	if d.notes() != "" {
		t.Error(d.notes())
	}
	if _, err := admin.New(admin.Config{Desk: d, Token: "short"}); err == nil {
		t.Error("a short token was taken")
	}
}

func TestDeskTokenIsRationed(t *testing.T) {
	_, h := newDesk(t)
	v := visit(t, h)
	var codes []int
	for range 7 {
		code, _, _ := v.post(t, "/login", url.Values{"token": {"wrong"}})
		codes = append(codes, code)
	}
	if codes[0] != http.StatusForbidden || codes[6] != http.StatusTooManyRequests {
		t.Errorf("%v", codes)
	}
	// Not even the right one, until the pause is over.
	if code, _, header := v.post(t, "/login", url.Values{"token": {deskToken}}); code != http.StatusTooManyRequests || header.Get("Retry-After") == "" {
		t.Errorf("%d", code)
	}
}

func TestDeskForms(t *testing.T) {
	d, h := newDesk(t)
	v, mark := signedIn(t, h)
	cases := []struct {
		path string
		form url.Values
		want string // asked of the desk
	}{
		{"/portals/cong-ok/pause", nil, "pause cong-ok"},
		{"/portals/cong-ok/resume", nil, "resume cong-ok"},
		{"/portals/cong-ok/crawl", nil, "crawl cong-ok"},
		{"/portals/cong-ok/recheck", nil, "recheck cong-ok"},
		{"/portals/cong-ok/remove", nil, "remove cong-ok"},
		{"/portals/cong-ok/purge", nil, "purge cong-ok"},
		{"/portals/cong-ok/failed/7", nil, "again cong-ok 7"},
		{"/index/rebuild", nil, "rebuild"},
		{"/backups", nil, "backup"},
		{"/check", url.Values{"address": {"https://portal.example"}}, "check https://portal.example"},
		{"/profiles", url.Values{"profile": {"id: cong"}}, "save"},
	}
	for _, c := range cases {
		form := url.Values{"mark": {mark}}
		maps.Copy(form, c.form)
		spoilt := url.Values{"mark": {"another"}}
		if code, _, _ := v.post(t, c.path, spoilt); code != http.StatusUnprocessableEntity {
			t.Errorf("%s without its mark: %d", c.path, code)
		}
		if code, _, _ := v.post(t, c.path, form, "Origin", "https://evil.example"); code != http.StatusForbidden {
			t.Errorf("%s from another site: %d", c.path, code)
		}
		if code, _, _ := v.post(t, c.path, form, "Sec-Fetch-Site", "cross-site"); code != http.StatusForbidden {
			t.Errorf("%s from another site: %d", c.path, code)
		}
		before := d.notes()
		if code, text, _ := v.post(t, c.path, form); code != http.StatusOK || strings.Contains(text, "said.") {
			t.Errorf("%s: %d", c.path, code)
		}
		if got := strings.TrimPrefix(strings.TrimPrefix(d.notes(), before), "; "); got != c.want {
			t.Errorf("%s asked %q, not %q", c.path, got, c.want)
		}
	}
	if code, _, _ := v.get(t, "/portals/cong-ok/pause"); code != http.StatusNotFound && code != http.StatusMethodNotAllowed {
		t.Errorf("a link pauses: %d", code)
	}
	if code, text, _ := v.post(t, "/check", url.Values{"mark": {mark}, "address": {"bad"}}); code != http.StatusUnprocessableEntity || !strings.Contains(text, "not an address") {
		t.Errorf("a bad address: %d", code)
	}
	v.post(t, "/logout", url.Values{"mark": {mark}})
	if _, text, _ := v.get(t, "/"); !strings.Contains(text, `name="token"`) {
		t.Error("still signed in")
	}
}

func TestDeskChangesAreRationed(t *testing.T) {
	_, h := newDesk(t)
	v, mark := signedIn(t, h)
	refused := 0
	for range 60 {
		if code, _, _ := v.post(t, "/backups", url.Values{"mark": {mark}}); code == http.StatusTooManyRequests {
			refused++
		}
	}
	if refused == 0 {
		t.Error("sixty changes at once were taken")
	}
}

func TestDeskPages(t *testing.T) {
	_, h := newDesk(t)
	v, _ := signedIn(t, h)
	key := regexp.MustCompile(`>(alarm|state|act|said|disk|index|backups|failed|yield|check|questions|portals)\.[a-z-]+<`)
	for _, lang := range []string{"vi", "en"} {
		for _, path := range deskPages {
			sep := "?"
			if strings.Contains(path, "?") {
				sep = "&"
			}
			code, text, header := v.get(t, path+sep+"lang="+lang)
			if code != http.StatusOK || key.MatchString(text) || !strings.Contains(text, `<html lang="`+lang+`"`) {
				t.Errorf("%s %s: %d, %q", path, lang, code, key.FindString(text))
			}
			if strings.Contains(text, "<script") || strings.Contains(text, `href="javascript:`) || strings.Contains(text, "style=") || strings.Contains(text, "Cổng <") {
				t.Errorf("%s holds what a page may not", path)
			}
			if header.Get("Content-Security-Policy") == "" || header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s: %v", path, header)
			}
		}
	}
	for _, path := range []string{"/portals/none", "/portals/cong-ok/failed/5000", "/none"} {
		if code, _, _ := v.get(t, path); code != http.StatusNotFound {
			t.Errorf("%s: %d", path, code)
		}
	}
}

// TestDeskAPI: every operation of the description is there, answers with what
// it says, and there is no other.
func TestDeskAPI(t *testing.T) {
	_, h := newDesk(t)
	v := visit(t, h)
	_, text, _ := v.get(t, "/api/v1/openapi.json")
	var doc struct {
		Paths map[string]map[string]struct {
			Responses   map[string]any
			RequestBody any
		}
	}
	if err := json.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	bodies := map[string]string{"/check": `{"address":"https://portal.example"}`, "/profiles": `{"profile":"id: cong"}`}
	operations := 0
	for path, methods := range doc.Paths {
		for method, op := range methods {
			operations++
			address := strings.NewReplacer("{id}", "cong-ok", "{request}", "7", "{wish}", "pause").Replace(path)
			req, _ := http.NewRequest(strings.ToUpper(method), v.base+"/api/v1"+address, strings.NewReader(bodies[path]))
			req.Header.Set("Authorization", "Bearer "+deskToken)
			resp, err := v.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			code, answer, _ := read(t, resp)
			if _, described := op.Responses[fmt.Sprint(code)]; !described || code >= 300 {
				t.Errorf("%s %s: %d is not described: %.200s", method, path, code, answer)
			}
			if !json.Valid([]byte(answer)) {
				t.Errorf("%s %s: %.100s", method, path, answer)
			}
			if (op.RequestBody != nil) != (bodies[path] != "") {
				t.Errorf("%s %s: body", method, path)
			}
		}
	}
	if operations != 13 {
		t.Errorf("%d operations are described", operations)
	}
}

// TestDeskInBrowser: axe finds nothing, nothing is wider than the screen or too
// small to touch, on a phone, on a desktop, without scripts.
func TestDeskInBrowser(t *testing.T) {
	_, h := newDesk(t)
	b := newBrowser(t, &service{Handler: h})
	source := axeSource(t)
	signed := b.tab(t)
	signed.open(t, "/login")
	value[any](t, signed, `document.querySelector("#token").value = "`+deskToken+`"; 0`)
	signed.click(t, "main button")
	for _, dress := range manners {
		for _, path := range append([]string{"/login"}, deskPages...) {
			b := b.tab(t)
			b.open(t, path, screen(dress.width, 900), scheme(dress.scheme))
			value[any](t, b, source+"; 0")
			checkAxe(t, b, path)
			for fault, look := range map[string]string{"a small target": small, "too wide": wide} {
				for _, e := range value[[]string](t, b, look) {
					t.Errorf("%s at %d: %s: %s", path, dress.width, fault, e)
				}
			}
		}
	}
}

// TestDeskPictures takes pictures of the desk where BANTIN_SCREENSHOTS says.
func TestDeskPictures(t *testing.T) {
	dir := os.Getenv("BANTIN_SCREENSHOTS")
	if dir == "" {
		t.Skip("BANTIN_SCREENSHOTS names no folder")
	}
	_, h := newDesk(t)
	b := newBrowser(t, &service{Handler: h}).tab(t)
	b.open(t, "/login")
	value[any](t, b, `document.querySelector("#token").value = "`+deskToken+`"; 0`)
	b.click(t, "main button")
	for name, path := range map[string]string{"overview": "/", "portal": "/portals/cong-failing", "check": "/check?portal=cong-ok"} {
		for _, width := range []int64{1280, 390} {
			b.open(t, path, screen(width, 900))
			picture(t, b, filepath.Join(dir, fmt.Sprintf("desk-%s-%d.png", name, width)), chromedp.FullScreenshot(100))
		}
	}
}
