package web

import (
	"bytes"
	"crypto/sha512"
	"encoding/base64"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"bantin/searchd/web/answer"
	"bantin/searchd/web/embed"

	"github.com/klauspost/compress/gzip"
)

// embedBudget is what the script with its styles may weigh on the wire.
const embedBudget = 8192

func TestEmbedWeighsLittle(t *testing.T) {
	w := demo(t, Config{}).get(t, embed.Script)
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
	if w := s.get(t, embed.Script, "If-None-Match", w.Header().Get("ETag")); w.Code != http.StatusNotModified {
		t.Error("known script sent again", w.Code)
	}
	if w := s.get(t, "/embed/0123456789abcdef.js"); w.Code != http.StatusNotFound || w.Header().Get("Cache-Control") != "no-store" {
		t.Error("another version", w.Code, w.Header())
	}
	if w := s.get(t, embed.Types); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "declare class BantinSearch") {
		t.Error("types", w.Code)
	}
}

const sitesFile = `{"visitors": 3, "sites": [
 {"id": "portal", "origins": ["https://portal.example", "http://localhost:8000"], "rate": 1000, "burst": 1000, "daily": 5},
 {"id": "slow", "origins": ["https://slow.example"], "rate": 0.01, "burst": 1}]}`

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
	for _, path := range []string{"/embed?" + v.Encode(), embed.Frame + "?" + v.Encode(), embed.Preview + "?on=busy&" + v.Encode(), embed.Preview + "?variant=form&" + v.Encode()} {
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
	for _, path := range []string{"/embed", embed.Preview + "?on=busy", embed.Frame} {
		for _, lang := range answer.Languages {
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
