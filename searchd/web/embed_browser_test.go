package web

import (
	"context"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

func TestEmbedInBrowser(t *testing.T) {
	s := demo(t, Config{})
	b := newBrowser(t, s)
	for _, tc := range []struct {
		name string
		run  func(*testing.T, browser, *service)
	}{
		{"strict policy", embedStrict},
		{"no constructable sheets", embedOldBrowser},
		{"hostile styles", embedHostileStyles},
		{"keyboard", embedKeyboard},
		{"composition", embedComposition},
		{"order", embedOrder},
		{"budget", embedBudgeted},
		{"two", embedTwo},
		{"refused", embedRefused},
		{"blocked", embedBlocked},
		{"methods", embedMethodsAndEvents},
		{"zoom", embedZoom},
		{"dark", embedDark},
		{"configurator", embedConfigurator},
		{"citing", embedCiting},
		{"meeting", embedMeeting},
		{"kept by an editor", embedKept},
		{"classic", embedClassic},
		{"released", embedReleased},
	} {
		t.Run(tc.name, func(t *testing.T) { tc.run(t, b.tab(t), s) })
	}
	t.Run("down", func(t *testing.T) { embedDown(t, b, s) })
}

// embedDown: when the service cannot be reached at all, the page is told and
// submitting still goes there. Chromium logs the refusal as an error, so this
// is not a tab that fails on those.
func embedDown(t *testing.T, b browser, s *service) {
	ctx, cancel := chromedp.NewContext(b.ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(cancel)
	p := newPortal(t, browser{ctx, b.base}, s, strict, "", box(""))
	p.visit(t)
	p.service.CloseClientConnections()
	p.service.Close()
	value[any](t, p.browser, `document.querySelector("bantin-search").focus()`)
	p.do(t, chromedp.KeyEvent("giao"))
	until(t, p.browser, `told.length === 1`)
	if got := value[string](t, p.browser, `JSON.stringify([told[0][0], told[0][1].status])`); got != `["error",0]` {
		t.Error(got)
	}
	if got := in[string](t, p.browser, `root.querySelector("[role=status]").textContent`); !strings.Contains(got, "Enter") {
		t.Errorf("status %q", got)
	}
	in[any](t, p.browser, `(root.querySelector("form").addEventListener("submit", (e) => { told.push(["submits", e.defaultPrevented, e.target.action]); e.preventDefault(); }), 0)`)
	p.do(t, chromedp.KeyEvent(kb.Enter))
	until(t, p.browser, `told.length === 2`)
	if got := value[string](t, p.browser, `JSON.stringify(told[1])`); got != `["submits",false,"`+p.service.URL+`/search"]` {
		t.Error(got)
	}
}

// embedStrict: everything works under a policy that forbids all but the
// service, with trusted types enforced; the tab fails on any refusal.
func embedStrict(t *testing.T, b browser, s *service) {
	p := newPortal(t, b, s, strict, "", box(""))
	p.visit(t)
	p.typeIn(t, "giao b")
	if n := in[int](t, p.browser, `root.querySelectorAll("a[role=option][href]").length`); n == 0 {
		t.Error("no option is a link")
	}
	if got := in[string](t, p.browser, `getComputedStyle(root.querySelector("button")).backgroundColor`); got != "rgb(10, 101, 82)" {
		t.Error("the button is", got)
	}
	if got := in[string](t, p.browser, `root.querySelector("[role=status]").textContent`); !strings.HasSuffix(got, " kết quả") {
		t.Errorf("status %q", got)
	}
	for _, name := range []string{"document.cookie", "String(localStorage.length)", "String(sessionStorage.length)"} {
		if got := value[string](t, p.browser, name); got != "" && got != "0" {
			t.Error(name, got)
		}
	}
	href := in[string](t, p.browser, `root.querySelector(".result").href`)
	if !strings.HasPrefix(href, p.service.URL+"/bulletins/") || !strings.Contains(href, "q=giao+b") {
		t.Error("a result leads to", href)
	}
	p.press(t, kb.Escape, kb.Enter)
	if got := value[string](t, p.browser, "location.href"); got != p.service.URL+"/search?q=giao+b&province=tuyen-quang&lang=vi" {
		t.Error("submitted to", got)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.asked) != 1 || len(p.faults) > 0 {
		t.Error(p.asked, p.faults)
	}
}

// embedOldBrowser: without constructable style sheets the box is dressed
// through the object model, which no policy forbids.
func embedOldBrowser(t *testing.T, b browser, s *service) {
	p := newPortal(t, b, s, strict, "", box(""))
	p.visit(t, atStart(`delete CSSStyleSheet.prototype.replaceSync`))
	p.typeIn(t, "giao b")
	if got := in[string](t, p.browser, `getComputedStyle(root.querySelector("button")).backgroundColor + getComputedStyle(root.querySelector(".panel")).position`); got != "rgb(10, 101, 82)absolute" {
		t.Error(got)
	}
	p.do(t, chromedp.KeyEvent(kb.Escape))
	if got := in[string](t, p.browser, `getComputedStyle(root.querySelector(".panel")).display`); got != "none" {
		t.Error("the closed panel is", got)
	}
}

// embedRefused: when the API does not answer, the page is told and the form
// goes on working. Chromium logs the 404, and the tab lets that pass.
func embedRefused(t *testing.T, b browser, s *service) {
	p := newPortal(t, b, s, strict, "", box(""))
	p.before = func(*http.Request) bool { return true }
	p.refuses = func(w http.ResponseWriter) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		http.Error(w, `{"detail":"gone"}`, http.StatusNotFound)
	}
	p.visit(t)
	value[any](t, p.browser, `document.querySelector("bantin-search").focus()`)
	p.do(t, chromedp.KeyEvent("giao"))
	until(t, p.browser, `told.length === 1`)
	if got := value[string](t, p.browser, `JSON.stringify(told[0])`); got != `["error",{"query":"giao","status":404,"message":"gone"}]` {
		t.Error(got)
	}
	p.press(t, kb.Enter)
	if got := value[string](t, p.browser, "location.href"); !strings.HasPrefix(got, p.service.URL+"/search?q=giao&province=tuyen-quang") {
		t.Error("submitted to", got)
	}
}

// embedBlocked: without the script the plain form does it alone.
func embedBlocked(t *testing.T, b browser, s *service) {
	host := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, "<!doctype html><title>a</title><link rel=icon href='data:,'><main>"+element+"</main>", "", b.base)
	}))
	defer host.Close()
	p := &portal{browser: browser{b.ctx, host.URL}}
	p.open(t, "/")
	p.do(t, chromedp.SendKeys(chromedp.CSS("input[type=search]"), "mat tran"))
	p.press(t, kb.Enter)
	if got := value[string](t, p.browser, "location.href"); got != b.base+"/search?province=tuyen-quang&q=mat+tran" {
		t.Error("submitted to", got)
	}
}

// embedConfigurator: a choice changes the snippet and the previews at once.
func embedConfigurator(t *testing.T, b browser, s *service) {
	b = browser{b.ctx, b.base}
	b.open(t, "/embed")
	value[any](t, b, `const f = document.getElementById("embed-form"); f.elements.province.value = "ha-giang"; f.elements.mode.value = "results"; f.dispatchEvent(new Event("input", { bubbles: true })); 0`)
	until(t, b, `document.getElementById("embed-script").textContent.includes('province="ha-giang" mode="results"')`)
	until(t, b, `document.getElementById("preview-busy-script").src.includes("province=ha-giang")`)
	until(t, b, `location.search.includes("province=ha-giang")`)
	inFrame := `document.getElementById("preview-busy-script").contentDocument.querySelector("bantin-search")`
	value[any](t, b, `document.getElementById("preview-busy-script").scrollIntoView()`)
	until(t, b, inFrame+` && `+inFrame+`.shadowRoot`)
}

// embedCiting: the newest bulletins that cite a document take the place of the
// link to it.
func embedCiting(t *testing.T, b browser, s *service) {
	p := newPortal(t, b, s, strict, "", `<bantin-search document="35-ct-tw" limit="3"><form hidden action="%s/search"></form><a href="%s/documents/35-ct-tw">35-CT/TW</a></bantin-search>`)
	p.visit(t)
	const box = `document.querySelector("bantin-search").shadowRoot`
	until(t, p.browser, box+`.querySelectorAll("a").length === 4`)
	got := value[string](t, p.browser, `[`+box+`.querySelector(".head").textContent, `+box+`.querySelector("a").pathname.slice(0, 11), `+
		box+`.querySelector("a:last-child").pathname, String(`+box+`.querySelector("slot").hidden), String(`+box+`.querySelector("input"))].join("|")`)
	if want := "48 bản tin nhắc đến 35-CT/TW|/bulletins/|/documents/35-ct-tw|true|null"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// embedMeeting: who reports a meeting and the last meetings of a series take the
// place of the link; of a meeting that nobody knows the link stays.
func embedMeeting(t *testing.T, b browser, s *service) {
	one := func(lang, meeting string) string {
		return `<div lang="` + lang + `"><bantin-search limit="2" meeting="` + meeting + `"><form hidden action="%s/search"></form><a href="%s/meetings">-</a></bantin-search></div>`
	}
	p := newPortal(t, b, s, strict, "", one("vi", toldMeeting)+one("en", "tuyen-quang/mttq/so-ket")+one("vi", "nobody-knows-it"))
	p.visit(t)
	const boxes = `[...document.querySelectorAll("bantin-search")].map((e) => e.shadowRoot)`
	until(t, p.browser, boxes+`.filter((r) => r && r.querySelector("a")).length === 2`)
	got := value[string](t, p.browser, boxes+`.slice(0, 2).map((r) => [r.querySelector(".head").textContent, ...[...r.querySelectorAll("a")].map((a) => new URL(a.href).pathname.replace(/[^/]*$/, "") + (a.matches(".all") ? a.textContent : "")), r.querySelector("slot").hidden].join("|")).join("\n")`)
	want := "1 bản tin về Sơ kết, Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh, Tuyên Quang · 24/6/2019|/bulletins/|/meetings/Xem cuộc họp này|true\n" +
		"Latest meetings: Interim review, Fatherland Front Committee of the province, Tuyên Quang|/meetings/|/meetings/|/See all meetings|true"
	if got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	until(t, p.browser, boxes+`[2] && !`+boxes+`[2].querySelector("slot").hidden && !`+boxes+`[2].querySelector("a")`)
}

// embedKept: a div, which is all that some editors keep, becomes the box, with
// its form's filters or a document's citers.
func embedKept(t *testing.T, b browser, s *service) {
	p := newPortal(t, b, s, strict, "", `<div class="bantin-search" id="a" data-province="ha-giang" data-mode="results"></div>`+
		`<div class="bantin-search" data-document="35-ct-tw" data-limit="2"><a href="%s/documents/35-ct-tw">35-CT/TW</a></div>`)
	p.visit(t)
	const boxes = `[...document.querySelectorAll("bantin-search.bantin-search")]`
	until(t, p.browser, boxes+`.length === 2 && `+boxes+`[1].shadowRoot && `+boxes+`[1].shadowRoot.querySelectorAll("a").length === 3`)
	p.typeIn(t, "giao ban")
	until(t, p.browser, `document.getElementById("a").shadowRoot.querySelectorAll(".option").length > 2`)
	if got := value[string](t, p.browser, `document.getElementById("a").shadowRoot.querySelector("form [name=province]").value + document.querySelectorAll("div.bantin-search").length`); got != "ha-giang0" {
		t.Error(got)
	}
}

// embedClassic: a page whose system leaves no type="module" has the box through
// the loader.
func embedClassic(t *testing.T, b browser, s *service) {
	src := regexp.MustCompile(`<script src="[^"]*" integrity="[^"]*"[^>]*></script>`).FindString(html.UnescapeString(s.get(t, "/embed").Body.String()))
	// Such systems put the whole page into one form: the element goes without its own.
	embedLoaded(t, b, s, src, `<form><bantin-search province="tuyen-quang"></bantin-search></form>`)
}

// embedReleased: a page that names an earlier release has its box.
func embedReleased(t *testing.T, b browser, s *service) {
	embedLoaded(t, b, s, `<script type="module" src="http://localhost/embed/5db49e4015db7d2a.js" integrity="sha384-`+firstIntegrity+`" crossorigin="anonymous"></script>`, box(""))
}

// firstIntegrity is that of the first release.
const firstIntegrity = "6yJNGigLLbfqnzYRUdkcc8f2NTC7G9xLs98xBI7cjEdcYoB1oZwiyKO7UTPVDgL1"

func embedLoaded(t *testing.T, b browser, s *service, script, body string) {
	t.Helper()
	p := newPortal(t, b, s, strict, "", body)
	p.script = regexp.MustCompile(`src="[^"]*/embed/`).ReplaceAllString(script, `src="%s/embed/`)
	p.visit(t)
	p.typeIn(t, "giao b")
}
