package web

import (
	"bytes"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/klauspost/compress/gzip"
)

// embedBudget is what the script with its styles may weigh on the wire.
const embedBudget = 8192

func TestEmbedWeighsLittle(t *testing.T) {
	w := demo(t, Config{}).get(t, embedScript)
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write(w.Body.Bytes()); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if w.Code != http.StatusOK || packed.Len() > embedBudget {
		t.Errorf("%d: %d bytes, %d may be", w.Code, packed.Len(), embedBudget)
	}
	for _, bad := range []string{"eval(", "new Function", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "cookie", "Storage", "indexedDB", "Blob", "import(", "<style", `"style"`} {
		if strings.Contains(w.Body.String(), bad) {
			t.Errorf("the script has %s", bad)
		}
	}
}

// TestEmbedVersion: the address named on the configurator is for ever, fits
// its integrity attribute, and any page may load it.
func TestEmbedVersion(t *testing.T) {
	s := demo(t, Config{PublicURL: "https://bantin.test"})
	page := s.get(t, "/embed").Body.String()
	m := regexp.MustCompile(`src=&#34;https://bantin\.test(/embed/[0-9a-f]+\.js)&#34; integrity=&#34;(sha384-[^&]+)&#34; crossorigin`).FindStringSubmatch(strings.ReplaceAll(page, "&#43;", "+"))
	if m == nil {
		t.Fatal("no snippet on the page")
	}
	w := s.get(t, m[1])
	sum := sha512.Sum384(w.Body.Bytes())
	if got := "sha384-" + base64.StdEncoding.EncodeToString(sum[:]); got != m[2] {
		t.Errorf("integrity %s, the page says %s", got, m[2])
	}
	for name, want := range map[string]string{
		"Cache-Control": "public, max-age=31536000, immutable", "Access-Control-Allow-Origin": "*",
		"Cross-Origin-Resource-Policy": "cross-origin", "Content-Type": "text/javascript; charset=utf-8",
	} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("%s %q, want %q", name, got, want)
		}
	}
	if w := s.get(t, embedScript, "If-None-Match", w.Header().Get("ETag")); w.Code != http.StatusNotModified {
		t.Error("known script sent again", w.Code)
	}
	if w := s.get(t, "/embed/0123456789abcdef.js"); w.Code != http.StatusNotFound || w.Header().Get("Cache-Control") != "no-store" {
		t.Error("another version", w.Code, w.Header())
	}
	if w := s.get(t, embedTypes); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "declare class BantinSearch") {
		t.Error("types", w.Code)
	}
}

func TestEmbedAPI(t *testing.T) {
	s := demo(t, Config{})
	for _, tc := range []struct {
		query                string
		total                int
		suggestions, results string // of the first one
	}{
		{"q=", 0, "", ""},
		{"q=giao+ban+q", 48, "", "/bulletins/"},
		{"q=tuyen+quang&mode=suggest", 0, "/search?province=tuyen-quang", ""},
		{"q=35-ct&mode=suggest", 0, "/documents/35-ct-tw", ""},
		{"q=giao+b&mode=suggest", 0, "/bulletins/", ""},
		{"q=giao+b&mode=suggest&province=ha-giang", 0, "/bulletins/", ""},
		{"q=tuyen+quang&mode=suggest&province=ha-giang", 0, "", ""},
		{"q=mat+tr&mode=results&province=ha-giang", 12, "", "/bulletins/"},
		{"q=73-nq&mode=suggest&province=ha-giang", 0, "/documents/73-nq-tu@ha-giang", ""},
		{"q=zzzz", 0, "", ""},
		{"q=zzzz&mode=suggest", 0, "", ""},
	} {
		t.Run(tc.query, func(t *testing.T) {
			got := askEmbed(t, s, tc.query)
			if got.Total != tc.total || !begins(got.Suggestions, tc.suggestions) || !begins(got.Results, tc.results) {
				t.Errorf("%+v", got)
			}
		})
	}
}

func askEmbed(t *testing.T, s *service, query string, headers ...string) embedJSON {
	t.Helper()
	w := s.get(t, embedAPI+"?"+query, headers...)
	var got embedJSON
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Code != http.StatusOK {
		t.Fatal(w.Code, err, w.Body)
	}
	return got
}

func begins(items []embedItemJSON, prefix string) bool {
	if prefix == "" || len(items) == 0 {
		return prefix == "" && len(items) == 0
	}
	return strings.HasPrefix(items[0].URL, prefix)
}

// TestEmbedAnswerIsLean: 8 results with the longest titles, every word marked.
func TestEmbedAnswerIsLean(t *testing.T) {
	all := testBulletins()
	for i := range all {
		all[i].Title = fmt.Sprintf("%s số %d", strings.Repeat("Đẩy mạnh tuyên truyền, ", 20), i)
		all[i].Cites = nil
		all[i].Body = all[i].Lead // no two alike, or the list would collapse them
		for n := range 80 {
			all[i].Body += fmt.Sprintf(" %d", (i+1)*1000+n)
		}
	}
	s := newService(t, Config{}, all...)
	for _, mode := range embedModes {
		w := s.get(t, embedAPI+"?mode="+mode+"&q="+url.QueryEscape("đẩy mạnh tuyên truyền"))
		var got embedJSON
		if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		if n := len(got.Suggestions) + len(got.Results); n < embedSize || w.Body.Len() > 3<<10 {
			t.Errorf("%s: %d lines in %d bytes", mode, n, w.Body.Len())
		}
		for _, item := range append(got.Results, got.Suggestions...) {
			if text := strings.Join(item.Text, ""); !utf8.ValidString(text) || len(text) > maxEmbedText {
				t.Errorf("%q", text)
			}
		}
	}
}

func TestEmbedMarks(t *testing.T) {
	s := demo(t, Config{})
	got := askEmbed(t, s, "mode=results&size=1&q=giao+ban+ma")
	if len(got.Results) != 1 {
		t.Fatal(got)
	}
	marked := ""
	for i, p := range got.Results[0].Text {
		if i%2 == 1 {
			marked += p + "|"
		}
	}
	if !strings.HasPrefix(marked, "Giao ban|Mặt|") {
		t.Errorf("%q of %q", marked, got.Results[0].Text)
	}
}

func TestEmbedRefusesParameters(t *testing.T) {
	s := demo(t, Config{})
	for query, parameter := range map[string]string{
		"mode=all": "mode", "size=21": "size", "size=-1": "size", "province=atlantis": "province", "utm=1": "utm", "q=a&q=b": "q",
	} {
		w := s.get(t, embedAPI+"?"+query, "Origin", "https://portal.example")
		if w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), `"parameter":"`+parameter+`"`) || w.Header().Get("Access-Control-Allow-Origin") != "*" {
			t.Error(query, w.Code, w.Body, w.Header())
		}
	}
}

const sitesFile = `{"visitors": 3, "sites": [
 {"id": "portal", "origins": ["https://portal.example", "http://localhost:8000"], "rate": 1000, "burst": 1000, "daily": 5},
 {"id": "slow", "origins": ["https://slow.example"], "rate": 0.01, "burst": 1}]}`

func embedSites(t *testing.T, file string) EmbedSites {
	t.Helper()
	e, err := ReadEmbedSites([]byte(file))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestEmbedSites(t *testing.T) {
	s := demo(t, Config{EmbedSites: embedSites(t, sitesFile)})
	for _, tc := range []struct {
		site, origin string
		code         int
		problem      string
	}{
		{"portal", "https://portal.example", 200, ""},
		{"portal", "http://localhost:8000", 200, ""},
		{"portal", "https://elsewhere.example", 403, "origin-refused"},
		{"portal", "https://portal.example.evil.example", 403, "origin-refused"},
		{"portal", "null", 403, "origin-refused"},
		{"nobody", "https://portal.example", 403, "site-unknown"},
		{"", "https://portal.example", 403, "site-missing"},
		{"", "", 200, ""},
		{"slow", "https://slow.example", 200, ""},
		{"slow", "https://slow.example", 429, "quota-spent"},
		{"portal", "", 200, ""},
		{"portal", "", 200, ""},
		{"portal", "", 200, ""},
		{"portal", "", 429, "quota-spent"},
	} {
		var headers []string
		if tc.origin != "" {
			headers = []string{"Origin", tc.origin}
		}
		address := embedAPI + "?q=giao"
		if tc.site != "" {
			address += "&site=" + tc.site
		}
		w := s.get(t, address, headers...)
		if w.Code != tc.code || !strings.Contains(w.Body.String(), tc.problem) || w.Header().Get("Vary") == "" {
			t.Errorf("%+v: %d %s", tc, w.Code, w.Body)
		}
		if tc.code == 429 && w.Header().Get("Retry-After") == "" {
			t.Errorf("%+v: no Retry-After", tc)
		}
	}
	csp := s.get(t, embedFrame).Header().Get("Content-Security-Policy")
	if !strings.Contains(csp, "frame-ancestors 'self' https://portal.example http://localhost:8000 https://slow.example;") {
		t.Error(csp)
	}
}

// TestEmbedIsOpen: without a list of sites every page is answered.
func TestEmbedIsOpen(t *testing.T) {
	s := demo(t, Config{})
	for _, query := range []string{"q=giao", "q=giao&site=anything"} {
		w := s.get(t, embedAPI+"?"+query, "Origin", "https://portal.example")
		if w.Code != 200 || w.Header().Get("Access-Control-Allow-Origin") != "*" || w.Header().Get("Access-Control-Allow-Credentials") != "" {
			t.Error(w.Code, w.Header())
		}
	}
	if csp := s.get(t, embedFrame).Header().Get("Content-Security-Policy"); !strings.Contains(csp, "frame-ancestors *;") {
		t.Error(csp)
	}
}

func TestReadEmbedSites(t *testing.T) {
	for file, want := range map[string]string{
		`{`:                        "embedding sites: unexpected EOF",
		`{} {}`:                    "something stands after",
		`{"site":[]}`:              `unknown field "site"`,
		`{"visitors":1}`:           "visitors is 1",
		`{"sites":[{"id":"A b"}]}`: `id "A b"`,
		`{"sites":[{"id":"a"}]}`:   "origins are missing",
		`{"sites":[{"id":"a","origins":["https://a.example/"]}]}`:                                                "without a path",
		`{"sites":[{"id":"a","origins":["*"]}]}`:                                                                 "without a path",
		`{"sites":[{"id":"a","origins":["https://A.example"]}]}`:                                                 "without a path",
		`{"sites":[{"id":"a","origins":["https://a.example"],"daily":-1}]}`:                                      "below 0",
		`{"sites":[{"id":"a","origins":["https://a.example"]},{"id":"a","origins":["https://b.example:8443"]}]}`: "twice",
	} {
		if _, err := ReadEmbedSites([]byte(file)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", file, err)
		}
	}
	if _, err := New(Config{EmbedSites: EmbedSites{Visitors: 1}}); err == nil {
		t.Error("a broken configuration is taken")
	}
}

// TestEmbedReport: typing is not counted word by word, rare queries stay
// hidden, and a new key forgets them.
func TestEmbedReport(t *testing.T) {
	now := time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC)
	e := embedSites(t, sitesFile)
	r := newEmbedReport(e, now)
	type asked struct {
		text  string
		found bool
	}
	ask := func(visitor int, all ...asked) {
		client := netip.AddrFrom4([4]byte{192, 0, 2, byte(visitor)})
		for _, a := range all {
			now = now.Add(time.Second)
			r.answered("portal", client, a.text, a.found, now)
		}
	}
	thuy := []asked{{"thu", true}, {"thuỷ đ", false}, {"thuỷ điện", false}, {"Thuỷ  Điện ", false}}
	ask(1, thuy...)
	ask(2, thuy...)
	ask(2, asked{"giao ban", true})
	ask(3, asked{"secret", false}, asked{"secre", false}, asked{"giao", true})
	ask(4, asked{"kara", false}, asked{"karaoke", true})
	read := func() siteReportJSON { return r.read(now).Sites[0] }
	if got := read(); len(got.Unanswered) != 0 || got.Hidden != 2 {
		t.Fatalf("before enough asked: %+v", got)
	}
	ask(3, thuy...)
	now = now.Add(2 * typingTime)
	got := read()
	if len(got.Unanswered) != 1 || got.Unanswered[0] != (queryCount{"thuỷ điện", 3}) || got.Hidden != 1 {
		t.Errorf("%+v", got)
	}
	now = now.Add(keyTime)
	if got := read(); len(got.Unanswered) != 1 || got.Hidden != 0 {
		t.Errorf("after the key turned: %+v", got)
	}
	r.answered("nobody", netip.Addr{}, "x", false, now)
}

// TestEmbedReportIsBounded: no flood of queries or visitors fills the memory.
func TestEmbedReportIsBounded(t *testing.T) {
	now := time.Now()
	r := newEmbedReport(embedSites(t, sitesFile), now)
	for i := range maxReported + 5000 {
		client := netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)})
		r.answered("portal", client, fmt.Sprintf("query %d of many%s", i, strings.Repeat("x", 500)), false, now)
		r.answered("portal", client, "something else", false, now)
		now = now.Add(50 * time.Millisecond)
	}
	if site := r.sites["portal"]; len(site.queries) > maxReported || len(site.typing) > maxTyping {
		t.Error(len(site.queries), len(site.typing))
	}
}

func TestEmbedReportForTheOperator(t *testing.T) {
	mux := http.NewServeMux()
	sites := embedSites(t, `{"visitors": 3, "sites": [{"id": "portal", "origins": ["https://portal.example"]}]}`)
	s := demo(t, Config{EmbedSites: sites, Operator: mux})
	s.get(t, embedAPI+"?site=portal&q=zzzzz", "Origin", "https://elsewhere.example")
	for visitor := range 3 {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, embedAPI+"?site=portal&q=zzzzz", nil)
		r.RemoteAddr = fmt.Sprintf("192.0.2.%d:1000", visitor+1)
		s.ServeHTTP(httptest.NewRecorder(), r)
		r = httptest.NewRequestWithContext(t.Context(), http.MethodGet, embedAPI+"?site=portal&q=giao", nil)
		r.RemoteAddr = fmt.Sprintf("192.0.2.%d:1000", visitor+1)
		s.ServeHTTP(httptest.NewRecorder(), r)
	}
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, embedUnanswered, nil))
	var got unansweredJSON
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || len(got.Sites) != 1 {
		t.Fatal(err, w.Body)
	}
	if p := got.Sites[0]; p.ID != "portal" || p.Requests != 7 || p.Refused != 1 || len(p.Unanswered) != 1 || p.Unanswered[0].Query != "zzzzz" {
		t.Errorf("%+v", p)
	}
	if strings.Contains(w.Body.String(), "192.0.2") {
		t.Error("an address is in the report")
	}
	if w := s.get(t, embedUnanswered); w.Code != http.StatusNotFound {
		t.Error("the public may read the report", w.Code)
	}
}

// TestEmbedPageWithoutScript: the form's address alone writes the snippet, and
// nothing that is asked for breaks out of it.
func TestEmbedPageWithoutScript(t *testing.T) {
	s := demo(t, Config{PublicURL: "https://bantin.test"})
	v := url.Values{
		"province": {"tuyen-quang"}, "quarter": {"2020-Q3"}, "mode": {"suggest"}, "theme": {"dark"}, "limit": {"5"}, "latest": {"1"},
		"placeholder": {`"><script>alert(1)</script>`}, "site": {"portal"}, "lang": {"en"},
	}
	body := s.get(t, "/embed?"+v.Encode()).Body.String()
	for _, want := range []string{
		"&lt;script type=&#34;module&#34; src=&#34;https://bantin.test/embed.js&#34;&gt;&lt;/script&gt;",
		"province=&#34;tuyen-quang&#34;", "quarter=&#34;2020-Q3&#34;", "mode=&#34;suggest&#34;", "limit=&#34;5&#34;", "theme=&#34;dark&#34;", "site=&#34;portal&#34;",
		"&lt;input type=&#34;hidden&#34; name=&#34;province&#34; value=&#34;tuyen-quang&#34;&gt;", "&lt;iframe src=&#34;https://bantin.test/embed/frame?",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s", want)
		}
	}
	for _, path := range []string{"/embed?" + v.Encode(), embedFrame + "?" + v.Encode(), embedPreview + "?on=busy&" + v.Encode(), embedPreview + "?variant=form&" + v.Encode()} {
		if body := s.get(t, path).Body.String(); strings.Contains(body, "<script>") || strings.Contains(body, `""><`) {
			t.Errorf("%s lets markup in", path)
		}
	}
	if w := s.get(t, "/embed?province=atlantis"); w.Code != http.StatusBadRequest {
		t.Error(w.Code)
	}
}

// TestEmbedIsTranslated: no key shows as itself.
func TestEmbedIsTranslated(t *testing.T) {
	s := demo(t, Config{})
	for _, path := range []string{"/embed", embedPreview + "?on=busy", embedFrame} {
		for _, lang := range languages {
			body := s.get(t, path+sep(path)+"lang="+lang).Body.String()
			if key := regexp.MustCompile(`[> "]embed\.[a-z]+(\.[a-z-]+)+[< "]`).FindString(body); key != "" {
				t.Errorf("%s in %s shows %s", path, lang, key)
			}
		}
	}
}

func sep(path string) string {
	if strings.Contains(path, "?") {
		return "&"
	}
	return "?"
}

// BenchmarkSuggest asks what people begin to type; "new" varies the letters'
// case so that no answer is in memory.
func BenchmarkSuggest(b *testing.B) {
	s := demo(b, Config{})
	queries := []string{
		"giao ban cong tac m", "mat tran to quoc t", "mặt trận tổ quốc t", "tuyen quang giao ban", "so ket sau thang d", "thua thien hue giao",
		"uy ban mat tran to q", "khong co gi nhu the", "chi thi so bo chinh tri",
	}
	for _, bc := range []struct {
		name, address string
		varied        bool
	}{
		{"api", "/api/v1/suggest?size=8&q=", true},
		{"box", embedAPI + "?mode=suggest&province=tuyen-quang&q=", false},
		{"box new", embedAPI + "?mode=suggest&q=", true},
		{"box new in province", embedAPI + "?mode=suggest&province=tuyen-quang&q=", true},
		{"box new with results", embedAPI + "?province=tuyen-quang&q=", true},
	} {
		b.Run(bc.name, func(b *testing.B) {
			var asked atomic.Uint64
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					n := asked.Add(1)
					q := queries[n%uint64(len(queries))]
					if bc.varied {
						q = recased(q, n/uint64(len(queries)))
					}
					w := s.get(b, bc.address+url.QueryEscape(q))
					if w.Code != http.StatusOK {
						b.Error(w.Code, w.Body)
						return
					}
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "requests/s")
		})
	}
}

// recased writes the letters of s in capitals where n has a bit set.
func recased(s string, n uint64) string {
	runes := []rune(s)
	for i := range runes {
		if n>>i&1 == 1 {
			runes[i] = unicode.ToUpper(runes[i])
		}
	}
	return string(runes)
}
