package command

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// village is a small portal of four articles, the first of which links a file.
func village(t *testing.T) *httptest.Server {
	t.Helper()
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	w, err := z.Create("word/document.xml")
	if err == nil {
		_, err = w.Write([]byte(`<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>Phụ lục về nghề chạm bạc truyền thống</w:t></w:r></w:p></w:body></w:document>`))
	}
	if err := errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		var n int
		switch _, err := fmt.Sscanf(r.URL.Path, "/tin/bai-viet-so-%d.html", &n); {
		case r.URL.Path == "/tep/phu-luc.docx":
			w.Header().Set("Content-Type", "application/octet-stream")
			_, _ = w.Write(file.Bytes())
		case r.URL.Path == "/tin":
			fmt.Fprint(w, `<html><body><div class="ds">`)
			for i := range 4 {
				fmt.Fprintf(w, `<div class="muc"><h3><a href="/tin/bai-viet-so-%d.html">Hội nghị giao ban công tác Mặt trận lần thứ %d</a></h3><span>0%d/9/2020</span></div>`, 9-i, 9-i, 9-i)
			}
			fmt.Fprint(w, `</div></body></html>`)
		case err == nil && n > 5 && n < 10:
			fmt.Fprintf(w, `<html><body><h1>Hội nghị giao ban công tác Mặt trận lần thứ %d</h1><p class="ngay">Ngày đăng: 0%d/9/2020 08:00</p><div class="nd">`, n, n)
			fmt.Fprint(w, strings.Repeat(`<p>Các đại biểu bàn việc phối hợp giữa Mặt trận và chính quyền cơ sở trong vận động Nhân dân xây dựng nông thôn mới.</p>`, 2))
			if n == 9 {
				fmt.Fprint(w, `<p>Tệp đính kèm: <a href="/tep/phu-luc.docx">Phụ lục</a></p>`)
			}
			fmt.Fprint(w, `</div></body></html>`)
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	t.Cleanup(server.Close)
	return server
}

// TestOperator does what an operator does with a new portal, from its address
// to an export.
func TestOperator(t *testing.T) {
	server, data := village(t), t.TempDir()
	warc := filepath.Join(data, "pages.warc")
	for _, c := range []struct {
		says string // on standard output or error
		args []string
	}{
		{"4 items", []string{"site", "check", server.URL + "/tin", "--province", "tuyen-quang", "--allow-private", "--pause", "1ms"}},
		{"wrote", []string{"site", "add", server.URL + "/tin", "--province", "tuyen-quang", "--allow-private", "--pause", "1ms", "--id", "lang"}},
		{"never", []string{"site", "list"}},
		{"", []string{"index"}},
		{"4 new", []string{"crawl", "--allow-private"}},
		{"4 changes", []string{"index"}},
		{"ok", []string{"site", "list"}},
		{"4 pages read, 0 changed, 0 not read", []string{"reextract", "--site", "lang"}},
		{"Phụ lục", []string{"export"}},
		{"", []string{"export", "--format", "warc", "-o", warc}},
	} {
		if c.args[0] == "crawl" {
			quicken(t, filepath.Join(data, "sites", "lang.yaml"))
		}
		code, out, errs := bantin(t, append(c.args, "--data", data)...)
		if code != 0 || !strings.Contains(out+errs, c.says) {
			t.Fatalf("%v: exit %d, want %q in %s%s", c.args, code, c.says, out, errs)
		}
	}
	if f := search(t, data, "nghề chạm bạc"); f.Total != 1 {
		t.Errorf("%d hits for words of an attachment", f.Total)
	}
	page, err := os.ReadFile(warc)
	if err != nil || bytes.Count(page, []byte("WARC-Type: response")) != 6 {
		t.Errorf("%d pages exported, %v; want the listing, four articles and a file", bytes.Count(page, []byte("WARC-Type: response")), err)
	}
}

// quicken lets a profile's portal be asked without pauses.
func quicken(t *testing.T, name string) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err == nil {
		err = os.WriteFile(name, append(text, "pace: 1ms\n"...), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestTwins does on the command line what the desk does in the browser: tries
// a profile, saves it, lists what failed, tries it again, reads what visitors
// looked for in vain.
func TestTwins(t *testing.T) {
	server, data := village(t), t.TempDir()
	profile := filepath.Join(t.TempDir(), "lang.yaml")
	text := fmt.Sprintf("id: lang\nprovince: tuyen-quang\nfamily: generic\npace: 1ms\nselect:\n  title: h1\n  body: .nd\nlistings:\n  - %s/tin\n", server.URL)
	if err := os.WriteFile(profile, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	says := func(want string, exit int, args ...string) string {
		t.Helper()
		code, out, errs := bantin(t, append(args, "--data", data)...)
		if code != exit || !strings.Contains(out+errs, want) {
			t.Fatalf("%v: exit %d, want %q in %s%s", args, code, want, out, errs)
		}
		return out
	}
	says("4 items", 0, "site", "check", profile, "--allow-private", "--pause", "1ms")
	says("lang: saved", 0, "site", "save", profile)
	says("4 new", 0, "crawl", "--allow-private")
	says("knows no site", 2, "site", "failed", "none")
	if out := says("NUMBER", 0, "site", "failed", "lang"); strings.Count(out, "\n") != 1 {
		t.Errorf("what failed of a portal that is well: %s", out)
	}
	server.Config.Handler = http.NotFoundHandler()
	says("", 1, "crawl", "--allow-private", "--now", "--recheck")
	fields := strings.Fields(strings.SplitN(says(server.URL, 0, "site", "failed", "lang"), "\n", 3)[1])
	says("will be tried again now", 0, "site", "retry", "lang", fields[0])
	says("no failed address 999999", 2, "site", "retry", "lang", "999999")
	says("knows no site", 2, "site", "retry", "none", fields[0])
	if err := os.WriteFile(profile, []byte("id: lang\nlistings: 7\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	says("profile.yaml", 1, "site", "save", profile)
	if kept, err := os.ReadFile(filepath.Join(data, "sites", "lang.yaml")); err != nil || string(kept) != text {
		t.Errorf("a broken profile replaced a sound one: %s, %v", kept, err)
	}
	says("--metrics", 2, "questions")
}

// TestQuestions reads out of a service that runs what was looked for in vain.
func TestQuestions(t *testing.T) {
	metrics := freeAddress(t)
	r := runUp(t, "--metrics", metrics, "--trusted-proxy", "127.0.0.1")
	for visitor := range 6 {
		for _, q := range []string{"zzzzz", "giao"} {
			req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.service+"/search?q="+q, nil)
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("X-Forwarded-For", fmt.Sprintf("192.0.2.%d", visitor+1))
			resp, err := http.DefaultClient.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			resp.Body.Close()
		}
	}
	code, out, errs := bantin(t, "questions", "--metrics", metrics)
	if code != 0 || !strings.Contains(out, "this service") || !strings.Contains(out, "6  zzzzz") {
		t.Errorf("exit %d: %s%s", code, out, errs)
	}
	var all []struct {
		Site  string
		Asked []struct{ Text string }
	}
	if code := r.call(t, "GET", "questions", nil, &all); code != http.StatusOK || len(all) != 1 || len(all[0].Asked) != 1 || all[0].Asked[0].Text != "zzzzz" {
		t.Errorf("the desk: %d, %+v", code, all)
	}
}

// TestVisitorsBehindAProxy: visitors behind a proxy that is trusted have each
// their own rate; to a peer that is not, no header gives another one.
func TestVisitorsBehindAProxy(t *testing.T) {
	for name, tc := range map[string]struct {
		flags []string
		apart bool
	}{
		"none trusted":    {nil, false},
		"another trusted": {[]string{"--trusted-proxy", "10.0.0.0/8"}, false},
		"its address":     {[]string{"--trusted-proxy", "127.0.0.1"}, true},
		"its network":     {[]string{"--trusted-proxy", "10.0.0.0/8", "--trusted-proxy", "127.0.0.0/8"}, true},
	} {
		t.Run(name, func(t *testing.T) {
			r := runUp(t, append(tc.flags, "--rate", "0.001")...)
			ask := func(forwarded string) int {
				req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.service+"/search?q=giao", nil)
				if err != nil {
					t.Fatal(err)
				}
				req.Header.Set("X-Forwarded-For", forwarded)
				resp, err := http.DefaultClient.Do(req)
				if err != nil {
					t.Fatal(err)
				}
				resp.Body.Close()
				return resp.StatusCode
			}
			asked := 0
			for ask("192.0.2.1") != http.StatusTooManyRequests {
				if asked++; asked > 500 {
					t.Fatal("the first visitor is never slowed down")
				}
			}
			want := map[bool]int{true: http.StatusOK, false: http.StatusTooManyRequests}[tc.apart]
			if got := ask("192.0.2.2"); got != want {
				t.Errorf("the second visitor: %d, want %d", got, want)
			}
			// What a visitor writes before the proxy adds who they are counts for nothing.
			if got := ask("198.51.100.7, 192.0.2.1"); got != http.StatusTooManyRequests {
				t.Errorf("the first visitor with a forged header: %d", got)
			}
		})
	}
}
