package web

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"bantin/searchd/web/embed"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

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

// TestEmbedAxe: no fault of any weight, closed and open, light and dark, with
// results and without.
func TestEmbedAxe(t *testing.T) {
	source := axeSource(t)
	s := demo(t, Config{})
	b := newBrowser(t, s)
	other := strings.ReplaceAll(box(""), "Tìm bản tin", "Tìm lần nữa")
	for name, css := range map[string]string{"light": `body { background: #fff }`, "dark": `:root { color-scheme: dark } body { background: #111; color: #eee }`} {
		t.Run(name, func(t *testing.T) {
			p := newPortal(t, b.tab(t), s, styled, css, box("")+other)
			p.visit(t)
			value[any](t, p.browser, source+"; 0")
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
	for _, on := range []string{"plain", "busy", "dark"} {
		b.open(t, embed.Preview+"?on="+on, screen(600, 640), scheme("light"))
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
