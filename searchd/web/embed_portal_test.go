package web

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"bantin/searchd/web/embed"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// portal is a page of somebody else with the search box in it: another
// origin, a strict policy, styles of its own.
type portal struct {
	browser
	service *httptest.Server
	script  string // the tag that loads the box

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
	p := &portal{script: `<script type="module" src="%s/embed.js"></script>`}
	p.service = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == embed.API && !p.take(r) {
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
			`<link rel="icon" href="data:,">%s%s<main><h1>Cổng thông tin</h1>%s</main></html>`,
			map[bool]string{true: `<link rel="stylesheet" href="/host.css">`}[css != ""], strings.ReplaceAll(p.script, "%s", p.service.URL), strings.ReplaceAll(body, "%s", p.service.URL))
	}))
	t.Cleanup(host.Close)
	p.browser = browser{b.ctx, host.URL}
	// A page that still loads something when its server ends would report that.
	t.Cleanup(func() { p.do(t, chromedp.Navigate("about:blank")) })
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

func atStart(script string) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: script})
		return chromedp.Void{}, err
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
