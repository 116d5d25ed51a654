package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// portal is a page of somebody else with the search box in it: another
// origin, a strict policy, styles of its own.
type portal struct {
	browser
	service *httptest.Server

	mu      sync.Mutex
	asked   []string                  // q of each request of the API
	faults  []string                  // what no request may carry
	before  func(*http.Request) bool  // answers itself when true
	refuses func(http.ResponseWriter) // how
}

const element = `<bantin-search province="tuyen-quang"%s><form action="%s/search"><input type="hidden" name="province" value="tuyen-quang">` +
	`<label>Tìm bản tin <input name="q" type="search"></label><button>Tìm</button></form></bantin-search>`

// newPortal shows body on the portal's page; %s in body and policy is the
// address of the service.
func newPortal(t *testing.T, b browser, s *service, policy, css, body string) *portal {
	t.Helper()
	p := &portal{}
	p.service = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == embedAPI && !p.take(r) {
			p.refuses(w)
			return
		}
		s.ServeHTTP(w, r)
	}))
	t.Cleanup(p.service.Close)
	host := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/host.css" {
			w.Header().Set("Content-Type", "text/css")
			fmt.Fprint(w, css)
			return
		}
		w.Header().Set("Content-Security-Policy", strings.ReplaceAll(policy, "%s", p.service.URL))
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!doctype html><html lang="vi"><meta name="viewport" content="width=device-width"><title>Cổng thông tin</title>`+
			`<link rel="icon" href="data:,">%s<script type="module" src="%s/embed.js"></script><main><h1>Cổng thông tin</h1>%s</main></html>`,
			map[bool]string{true: `<link rel="stylesheet" href="/host.css">`}[css != ""], p.service.URL, strings.ReplaceAll(body, "%s", p.service.URL))
	}))
	t.Cleanup(host.Close)
	p.browser = browser{b.ctx, host.URL}
	return p
}

// take notes a request of the API and tells whether the service answers it.
func (p *portal) take(r *http.Request) bool {
	p.mu.Lock()
	p.asked = append(p.asked, r.URL.Query().Get("q"))
	for _, name := range []string{"Cookie", "Authorization", "Referer"} {
		if v := r.Header.Get(name); v != "" {
			p.faults = append(p.faults, name+": "+v)
		}
	}
	before := p.before
	p.mu.Unlock()
	return before == nil || !before(r)
}

func (p *portal) requests() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.asked)
}

// strict is the strictest policy that a page with the box can have.
const strict = "default-src 'none'; script-src %s; connect-src %s; style-src 'none'; form-action %s; base-uri 'none'; img-src data:; " +
	"require-trusted-types-for 'script'; trusted-types 'none'"

// styled lets the page have a style sheet of its own.
var styled = strings.Replace(strict, "style-src 'none'", "style-src 'self'", 1)

func box(attributes string) string { return fmt.Sprintf(element, attributes, "%s") }

// visit opens the portal and waits for the box.
func (p *portal) visit(t *testing.T, before ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	p.open(t, "/", before...)
	until(t, p.browser, `customElements.get("bantin-search") && document.querySelector("bantin-search").shadowRoot`)
	value[any](t, p.browser, `window.told = []; for (const n of ["search", "select", "error"]) addEventListener("bantin-" + n, (e) => told.push([n, e.detail])); 0`)
}

// until waits for an expression to hold.
func until(t *testing.T, b browser, expression string) {
	t.Helper()
	value[bool](t, b, `new Promise((done) => { const look = () => (`+expression+`) ? done(true) : setTimeout(look, 10); look(); })`)
}

// in evaluates an expression with the root and the input of the first box.
func in[T any](t *testing.T, b browser, expression string) T {
	t.Helper()
	return value[T](t, b, `(() => { const host = document.querySelector("bantin-search"), root = host.shadowRoot, input = root.querySelector("[role=combobox]"), list = root.querySelector("[role=listbox]"); return `+expression+`; })()`)
}

const boxOpen = `document.querySelector("bantin-search").shadowRoot.querySelector("[role=combobox]").getAttribute("aria-expanded") === "true"`

// typeIn writes into the first box and waits for its list.
func (p *portal) typeIn(t *testing.T, text string) {
	t.Helper()
	value[any](t, p.browser, `document.querySelector("bantin-search").focus()`)
	p.do(t, chromedp.KeyEvent(text))
	until(t, p.browser, boxOpen)
}

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
	ctx, cancel = context.WithTimeout(ctx, time.Minute)
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

// press presses keys, the last of which leads to another page.
func (p *portal) press(t *testing.T, keys ...string) {
	t.Helper()
	last := len(keys) - 1
	for _, k := range keys[:last] {
		p.do(t, chromedp.KeyEvent(k))
	}
	if _, err := chromedp.RunResponse(p.ctx, chromedp.KeyEvent(keys[last])); err != nil {
		t.Fatal(err)
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

func atStart(script string) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: script})
		return chromedp.Void{}, err
	}
}

// embedHostileStyles: what a page imposes on everything does not reach in.
func embedHostileStyles(t *testing.T, b browser, s *service) {
	const hostile = `* { all: unset !important; color: yellow !important; background: red !important; text-transform: uppercase !important;
		letter-spacing: 1em !important; line-height: 0 !important; visibility: hidden !important; text-indent: -99em !important; word-spacing: 9em !important;
		font: italic bold 90px fantasy !important; text-align: right !important; white-space: pre !important; cursor: none !important; pointer-events: none !important; direction: rtl; }
		input, button, a, form, label, div, mark { display: none !important; width: 3px !important; border: 9px solid lime !important; }`
	look := `JSON.stringify([".box", ".field", ".label", ".input", "button", ".panel", ".option", ".title", ".note"].map((sel) => {
		const c = getComputedStyle(root.querySelector(sel));
		return [sel, ...["color", "backgroundColor", "textTransform", "letterSpacing", "visibility", "textIndent", "wordSpacing", "textAlign", "whiteSpace", "cursor", "pointerEvents", "display", "fontStyle", "fontWeight", "borderTopColor"].map((n) => c[n])].join(" ");
	}))`
	var looks []string
	for _, css := range []string{`main { color: #111 }`, hostile} {
		p := newPortal(t, b, s, styled, css, box(""))
		p.visit(t)
		p.typeIn(t, "giao b")
		looks = append(looks, in[string](t, p.browser, look))
		if size := in[string](t, p.browser, `getComputedStyle(root.querySelector(".title")).fontSize`); css == hostile && size != "32px" {
			t.Error("the font grew to", size)
		}
	}
	if looks[0] != looks[1] {
		t.Errorf("plain   %s\nhostile %s", looks[0], looks[1])
	}
}

// embedKeyboard is the combobox pattern with a list and manual selection.
func embedKeyboard(t *testing.T, b browser, s *service) {
	p := newPortal(t, b, s, strict, "", box(""))
	p.visit(t)
	p.typeIn(t, "giao b")
	n := in[int](t, p.browser, `root.querySelectorAll("[role=option]").length`)
	active := `(() => { const id = input.getAttribute("aria-activedescendant"); const all = [...root.querySelectorAll("[role=option]")]; const chosen = all.filter((o) => o.getAttribute("aria-selected") === "true");
		if (chosen.length !== (id ? 1 : 0) || (id && root.getElementById(id) !== chosen[0])) return -9; return all.findIndex((o) => o.id === id); })()`
	for i, step := range []struct {
		key  string
		want int
	}{
		{kb.ArrowDown, 0},
		{kb.ArrowDown, 1},
		{kb.ArrowUp, 0},
		{kb.ArrowUp, n - 1},
		{kb.ArrowDown, 0},
		{kb.End, n - 1},
		{kb.Home, 0},
		{kb.ArrowLeft, -1},
		{kb.ArrowUp, n - 1},
		{kb.Escape, -1},
		{kb.ArrowDown, 0},
	} {
		p.do(t, chromedp.KeyEvent(step.key))
		if got := in[int](t, p.browser, active); got != step.want {
			t.Errorf("step %d: option %d, want %d", i, got, step.want)
		}
	}
	if got := in[string](t, p.browser, `input.value`); got != "giao b" {
		t.Errorf("moving changed the text to %q", got)
	}
	p.do(t, chromedp.KeyEvent(kb.Tab))
	if got := in[bool](t, p.browser, `root.activeElement === root.querySelector("button") && input.getAttribute("aria-expanded") === "false"`); !got {
		t.Error("Tab does not leave")
	}
	value[any](t, p.browser, `document.querySelector("bantin-search").focus()`)
	p.do(t, chromedp.KeyEvent(kb.Escape))
	if got := in[string](t, p.browser, `input.value`); got != "" {
		t.Errorf("Escape on a closed list leaves %q", got)
	}
	p.typeIn(t, "giao b")
	href := in[string](t, p.browser, `root.querySelector("[role=option]").href`)
	p.press(t, kb.ArrowDown, kb.Enter)
	if got := value[string](t, p.browser, "location.href"); got != href {
		t.Errorf("Enter went to %s, not %s", got, href)
	}
}

// embedComposition: an input method's half-written words are not sent.
func embedComposition(t *testing.T, b browser, s *service) {
	p := newPortal(t, b, s, strict, "", box(""))
	p.visit(t)
	value[any](t, p.browser, `document.querySelector("bantin-search").focus()`)
	for _, text := range []string{"g", "gi", "gia", "giao"} {
		p.do(t, compose(text))
	}
	// Enter and Down belong to the input method while it composes.
	in[any](t, p.browser, `input.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", isComposing: true, bubbles: true }))`)
	// A timer set now ends after any that a question would have waited for.
	value[bool](t, p.browser, `new Promise((done) => setTimeout(() => done(true), 400))`)
	if asked := p.requests(); len(asked) != 0 {
		t.Error("asked while composing:", asked)
	}
	p.do(t, commit("giao ban"))
	until(t, p.browser, boxOpen)
	if asked := p.requests(); len(asked) != 1 || asked[0] != "giao ban" {
		t.Error(asked)
	}
}

func compose(text string) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		n := int64(len(text))
		_, err := cdp.Call(ctx, t, input.ImeSetComposition, input.ImeSetCompositionParams{Text: text, SelectionStart: n, SelectionEnd: n})
		return chromedp.Void{}, err
	}
}

func commit(text string) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, input.InsertText, input.InsertTextParams{Text: text})
		return chromedp.Void{}, err
	}
}

// embedOrder: a slow answer to an older question is given up and never boxOpen.
func embedOrder(t *testing.T, b browser, s *service) {
	p := newPortal(t, b, s, strict, "", box(` mode="results"`))
	begun, gone := make(chan bool), make(chan bool)
	p.before = func(r *http.Request) bool {
		if r.URL.Query().Get("q") == "giao" {
			begun <- true
			<-r.Context().Done()
			close(gone)
		}
		return false
	}
	p.visit(t)
	value[any](t, p.browser, `document.querySelector("bantin-search").focus()`)
	p.do(t, chromedp.KeyEvent("giao"))
	<-begun
	p.do(t, chromedp.KeyEvent(" ban"))
	until(t, p.browser, boxOpen)
	<-gone
	got := value[string](t, p.browser, `JSON.stringify(told.map(([n, d]) => [n, d.query]))`)
	if got != `[["search","giao ban"]]` {
		t.Error(got)
	}
}

// embedBudgeted: with the clock stopped, no more than the budget is asked.
func embedBudgeted(t *testing.T, b browser, s *service) {
	p := newPortal(t, b, s, strict, "", box(""))
	p.visit(t, atStart(`window.clock = 1e6; performance.now = () => clock; window.waits = []; const later = setTimeout;
		window.setTimeout = (f, ms, ...more) => { waits.push(ms); return later(f, Math.min(ms, 500), ...more); }`))
	write := func(text string) {
		in[any](t, p.browser, fmt.Sprintf(`(input.focus(), input.value = %q, input.dispatchEvent(new InputEvent("input", { bubbles: true })))`, text))
	}
	for i := range 12 {
		write(fmt.Sprint("giao ban ", 2010+i))
		until(t, p.browser, fmt.Sprintf("told.length === %d", i+1))
	}
	write("giao ban 2030")
	until(t, p.browser, "waits.includes(500)")
	if n := len(p.requests()); n != 12 {
		t.Error(n, "requests")
	}
	write("giao ban 2015") // known, and costs nothing
	until(t, p.browser, "told.length === 13")
	value[any](t, p.browser, "clock += 1e5")
	write("giao ban 2031")
	until(t, p.browser, "told.length === 14")
	if asked := p.requests(); len(asked) != 13 || asked[12] != "giao ban 2031" {
		t.Error(asked)
	}
}

// embedTwo: two boxes on one page keep to themselves.
func embedTwo(t *testing.T, b browser, s *service) {
	other := strings.NewReplacer("tuyen-quang", "ha-giang", "Tìm bản tin", "Tìm ở Hà Giang").Replace(box(""))
	p := newPortal(t, b, s, strict, "", box("")+other)
	p.visit(t)
	value[any](t, p.browser, `document.querySelectorAll("bantin-search")[1].focus()`)
	p.do(t, chromedp.KeyEvent("giao b"))
	until(t, p.browser, `told.length === 1`)
	state := `JSON.stringify([...document.querySelectorAll("bantin-search")].map((h) => [h.shadowRoot.querySelector(".input").value, h.shadowRoot.querySelector(".input").getAttribute("aria-expanded"), h.shadowRoot.querySelector(".label").textContent]))`
	if got := value[string](t, p.browser, state); got != `[["","false","Tìm bản tin"],["giao b","true","Tìm ở Hà Giang"]]` {
		t.Error(got)
	}
	if got := value[bool](t, p.browser, `[...document.querySelectorAll("bantin-search")[1].shadowRoot.querySelectorAll(".result .title")].every((e) => e.textContent.includes("Hà Giang"))`); !got {
		t.Error("results of another province")
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

// embedMethodsAndEvents: attributes may change, events tell, methods act, and
// a page may keep its visitor.
func embedMethodsAndEvents(t *testing.T, b browser, s *service) {
	p := newPortal(t, b, s, strict, "", box(` mode="suggest" limit="3" placeholder="Gõ vào đây"`))
	p.visit(t)
	value[any](t, p.browser, `addEventListener("bantin-select", (e) => e.preventDefault())`)
	if got := in[string](t, p.browser, `input.placeholder`); got != "Gõ vào đây" {
		t.Error(got)
	}
	p.typeIn(t, "giao")
	if n := in[int](t, p.browser, `root.querySelectorAll(".suggestion").length`); n != 3 {
		t.Error(n, "suggestions")
	}
	p.do(t, chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.Enter))
	until(t, p.browser, `told.length === 2`)
	if got := value[string](t, p.browser, `JSON.stringify([told[1][0], told[1][1].kind, told[1][1].query, location.pathname])`); got != `["select","suggestion","giao","/"]` {
		t.Error(got)
	}
	value[any](t, p.browser, `const h = document.querySelector("bantin-search"); h.clear(); h.setAttribute("province", "ha-giang"); h.setAttribute("mode", "results"); h.setAttribute("lang", "en"); 0`)
	p.typeIn(t, "giao")
	if got := in[string](t, p.browser, `root.querySelector("[role=status]").textContent + root.querySelector("form [name=province]").value + root.querySelector("form [name=lang]").value`); !strings.HasSuffix(got, " resultsha-giangen") {
		t.Error(got)
	}
	if n := in[int](t, p.browser, `root.querySelectorAll(".suggestion").length`); n != 0 {
		t.Error(n, "suggestions")
	}
}

// embedZoom: at 200 % of a small window, and on a phone, nothing is cut off
// and fingers find what they press.
func embedZoom(t *testing.T, b browser, s *service) {
	p := newPortal(t, b, s, styled, "aside { width: 180px; margin-left: auto }", "<aside>"+box("")+"</aside>")
	for _, width := range []int64{640, 390, 320} {
		p.visit(t, screen(width, 600))
		p.typeIn(t, "giao b")
		if got := in[string](t, p.browser, `(() => { const r = root.querySelector(".panel").getBoundingClientRect(), w = document.documentElement.clientWidth;
			return r.left >= 0 && r.right <= w && document.documentElement.scrollWidth <= w ? "" : [r.left, r.right, w, document.documentElement.scrollWidth].join(" "); })()`); got != "" {
			t.Error(width, got)
		}
		if h := in[float64](t, p.browser, `Math.min(...[...root.querySelectorAll("button, .field, .option")].map((e) => e.getBoundingClientRect().height))`); h < 24 {
			t.Error(width, "a target is", h, "high")
		}
		if size := in[string](t, p.browser, `getComputedStyle(input).fontSize`); size != "16px" {
			t.Error("phones zoom into a font of", size)
		}
	}
}

// embedDark: the box follows the page's color scheme, not the visitor's.
func embedDark(t *testing.T, b browser, s *service) {
	for css, want := range map[string]string{
		`main { margin: 0 }`: "rgb(255, 255, 255)", `:root { color-scheme: dark }`: "rgb(25, 31, 30)", `:root { color-scheme: light dark }`: "rgb(25, 31, 30)",
	} {
		p := newPortal(t, b, s, styled, css, box(""))
		p.visit(t, scheme("dark"))
		if got := in[string](t, p.browser, `getComputedStyle(root.querySelector(".field")).backgroundColor`); got != want {
			t.Errorf("%s: %s, want %s", css, got, want)
		}
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

// TestEmbedAxe: no fault of any weight, closed and open, light and dark, with
// results and without.
func TestEmbedAxe(t *testing.T) {
	path := os.Getenv("BANTIN_AXE")
	need(t, "axe", path, "set BANTIN_AXE to axe.min.js of the npm package axe-core")
	source, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	s := demo(t, Config{})
	b := newBrowser(t, s)
	other := strings.ReplaceAll(box(""), "Tìm bản tin", "Tìm lần nữa")
	for name, css := range map[string]string{"light": `body { background: #fff }`, "dark": `:root { color-scheme: dark } body { background: #111; color: #eee }`} {
		t.Run(name, func(t *testing.T) {
			p := newPortal(t, b.tab(t), s, styled, css, box("")+other)
			p.visit(t)
			value[any](t, p.browser, string(source)+"; 0")
			noFaults(t, p.browser, "closed")
			p.typeIn(t, "giao b")
			noFaults(t, p.browser, "open")
			p.do(t, chromedp.KeyEvent(kb.ArrowDown))
			noFaults(t, p.browser, "chosen")
			value[any](t, p.browser, `document.querySelector("bantin-search").clear()`)
			p.typeIn(t, "tuyen")
			noFaults(t, p.browser, "suggestions")
			value[any](t, p.browser, `document.querySelector("bantin-search").clear()`)
			p.do(t, chromedp.KeyEvent("zzzz"))
			until(t, p.browser, `told[told.length - 1][1].query === "zzzz"`)
			noFaults(t, p.browser, "nothing found")
		})
	}
}

func noFaults(t *testing.T, b browser, state string) {
	t.Helper()
	raw := value[string](t, b, `axe.run().then(r => JSON.stringify(r.violations))`)
	var found []violation
	if err := json.Unmarshal([]byte(raw), &found); err != nil {
		t.Fatal(err)
	}
	for _, v := range found {
		t.Errorf("%s: %s %s %s: %s %s", state, v.Impact, v.ID, v.Help, v.Nodes[0].HTML, v.Nodes[0].FailureSummary)
	}
}

// TestEmbedScreenshots takes the pictures of the box, where
// BANTIN_SCREENSHOTS names the directory to put them in.
func TestEmbedScreenshots(t *testing.T) {
	dir := os.Getenv("BANTIN_SCREENSHOTS")
	if dir == "" {
		t.Skip("set BANTIN_SCREENSHOTS to a directory to take the pictures")
	}
	s := demo(t, Config{})
	b := newBrowser(t, s).tab(t)
	for _, name := range []string{"light", "dark"} {
		for _, width := range []int64{1000, 390} {
			p := newPortal(t, b, s, styled, `:root { color-scheme: light dark } body { font-family: sans-serif; max-width: 40rem; margin: 1rem auto; padding: 0 1rem }`, box(""))
			p.visit(t, screen(width, 700), scheme(name))
			p.typeIn(t, "tuyen quang gi")
			p.do(t, chromedp.KeyEvent(kb.ArrowDown))
			picture(t, p.browser, fmt.Sprintf("%s/embed-%s-%d.png", dir, name, width), chromedp.CaptureScreenshot())
			b.open(t, "/embed?province=tuyen-quang")
			picture(t, b, fmt.Sprintf("%s/embed-page-%s-%d.png", dir, name, width), chromedp.FullScreenshot(90))
		}
	}
	for _, on := range embedHosts {
		b.open(t, embedPreview+"?on="+on, screen(600, 640), scheme("light"))
		value[any](t, b, `document.querySelector("bantin-search").focus()`)
		b.do(t, chromedp.KeyEvent("35-ct"))
		until(t, b, boxOpen)
		picture(t, b, dir+"/embed-on-"+on+".png", chromedp.CaptureScreenshot())
	}
}

func picture(t *testing.T, b browser, path string, take chromedp.Action[[]byte]) {
	t.Helper()
	png, err := chromedp.Run(b.ctx, take)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, png, 0o600); err != nil {
		t.Fatal(err)
	}
}
