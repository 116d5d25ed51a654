package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const chromium = "/usr/bin/chromium"

// need skips a test whose tool is absent, or fails it where BANTIN_REQUIRE
// asks for the tool.
func need(t *testing.T, name, path, how string) {
	t.Helper()
	if path != "" {
		if _, err := os.Stat(path); err == nil {
			return
		}
	}
	if slices.Contains(strings.Split(os.Getenv("BANTIN_REQUIRE"), ","), name) {
		t.Fatalf("%s is required and absent: %s", name, how)
	}
	t.Skipf("%s is absent: %s", name, how)
}

// browser is one Chromium over one service.
type browser struct {
	ctx  context.Context
	base string
}

// newBrowser starts Chromium with a profile of its own.
func newBrowser(t *testing.T, s *service) browser {
	t.Helper()
	need(t, "chromium", chromium, "apt-get install chromium")
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.ExecPath(chromium), chromedp.UserDataDir(profile(t)), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("accept-lang", "vi"), chromedp.Flag("force-prefers-reduced-motion", true),
		chromedp.Flag("disable-features", "BackForwardCache"),
		chromedp.WSURLReadTimeout(60*time.Second),
	)
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal("chromium does not start:", err)
	}
	return browser{ctx, server.URL}
}

// profile is a directory for a browser, some of whose processes write to it
// until a little after it has ended.
func profile(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "bantin-browser-") //nolint:usetesting // its clean-up would not wait
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		err := os.RemoveAll(dir)
		for range 50 {
			if err == nil {
				return
			}
			time.Sleep(100 * time.Millisecond)
			err = os.RemoveAll(dir)
		}
		t.Error(err)
	})
	return dir
}

// tab opens a tab that fails the test on any error of the page: a script's, or
// a refusal by the content policy.
func (b browser) tab(t *testing.T) browser {
	t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx)
	t.Cleanup(cancel)
	var mu sync.Mutex
	var wrong []string
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	ctx, cancel = context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(cancel)
	err := chromedp.Listen(ctx, func(e any) {
		mu.Lock()
		defer mu.Unlock()
		switch e := e.(type) {
		case *runtime.EventExceptionThrown:
			wrong = append(wrong, e.ExceptionDetails.Text)
		case *log.EventEntryAdded:
			if e.Entry.Level == log.EntryLevelError && !strings.Contains(e.Entry.Text, "responded with a status of 4") {
				wrong = append(wrong, e.Entry.Text)
			}
		case *cdppage.EventJavascriptDialogOpening:
			wrong = append(wrong, "dialog: "+e.Message)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		mu.Lock()
		defer mu.Unlock()
		for _, w := range wrong {
			t.Error(w)
		}
	})
	return browser{ctx, b.base}
}

// do runs actions and fails the test when one fails.
func (b browser) do(t *testing.T, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(b.ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// open goes to an address.
func (b browser) open(t *testing.T, path string, before ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	b.do(t, append(before, chromedp.Navigate(b.base+path), chromedp.WaitReady(chromedp.CSS("main")))...)
}

// value evaluates an expression in the page.
func value[T any](t *testing.T, b browser, expression string) T {
	t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(expression[:min(80, len(expression))], err)
	}
	return v
}

// scheme and screen set up what a page is shown in.
func scheme(name string) chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}}
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features})
		return chromedp.Void{}, err
	}
}

func screen(width, height int64) chromedp.Action[chromedp.Void] {
	if width < 500 {
		return chromedp.EmulateViewport(width, height, chromedp.EmulateMobile)
	}
	return chromedp.EmulateViewport(width, height)
}

// click clicks and waits for the page that it leads to.
func (b browser) click(t *testing.T, selector string) {
	t.Helper()
	if _, err := chromedp.RunResponse(b.ctx, chromedp.Click(chromedp.CSS(selector))); err != nil {
		t.Fatal(selector, err)
	}
	b.do(t, chromedp.WaitReady(chromedp.CSS("main")))
}

func (b browser) address(t *testing.T) string {
	t.Helper()
	return strings.TrimPrefix(value[string](t, b, "location.href"), b.base)
}

func TestBrowser(t *testing.T) {
	s := demo(t, Config{})
	b := newBrowser(t, s)
	t.Run("with script", func(t *testing.T) { searchFacetPageBack(t, b.tab(t)) })
	t.Run("without script", func(t *testing.T) { searchFacetPageBack(t, b.withoutScripts(t, s).tab(t)) })
	t.Run("keyboard", func(t *testing.T) { keyboard(t, b.tab(t)) })
	t.Run("dark", func(t *testing.T) { dark(t, b.tab(t)) })
	t.Run("phone", func(t *testing.T) { phone(t, b.tab(t)) })
	t.Run("phone hits", func(t *testing.T) { phoneHits(t, b.tab(t)) })
	t.Run("match", func(t *testing.T) { match(t, b.tab(t)) })
}

// withoutScripts is the same browser before the service without its scripts; no
// page may have others.
func (b browser) withoutScripts(t *testing.T, s *service) browser {
	t.Helper()
	plain := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, ".js") {
			http.NotFound(w, r)
			return
		}
		s.ServeHTTP(w, r)
	}))
	t.Cleanup(plain.Close)
	return browser{b.ctx, plain.URL}
}

// searchFacetPageBack is what everybody does, with our script or without it:
// no page has any other.
func searchFacetPageBack(t *testing.T, b browser) {
	b.open(t, "/")
	b.do(t, chromedp.SendKeys(chromedp.CSS("#q"), "mặt trận"))
	b.click(t, ".ask button")
	if got := b.address(t); got != "/search?q=m%E1%BA%B7t+tr%E1%BA%ADn" {
		t.Fatal("searched", got)
	}
	b.click(t, `.facet a[href*="province=tuyen-quang"]`)
	if got := b.address(t); !strings.HasSuffix(got, "&province=tuyen-quang") {
		t.Fatal("chose a facet:", got)
	}
	if n := value[int](t, b, `document.querySelectorAll(".chips:not(.understood) a").length`); n != 1 {
		t.Error("chips:", n)
	}
	if got := value[string](t, b, `document.querySelector("#total").textContent`); got != "12 bản tin" {
		t.Error(got)
	}
	first := value[string](t, b, `document.querySelector(".hit h2").textContent`)
	b.click(t, `.pager a[rel~=next]`)
	if got := b.address(t); !strings.Contains(got, "after=") {
		t.Fatal("next page:", got)
	}
	if second := value[string](t, b, `document.querySelector(".hit h2").textContent`); second == first {
		t.Error("the next page begins with the same bulletin")
	}
	b.do(t, chromedp.NavigateBack(), chromedp.WaitReady(chromedp.CSS("main")))
	if got := value[string](t, b, `document.querySelector(".hit h2").textContent`); got != first {
		t.Error("Back leads to another page:", got)
	}
	start := b.address(t)
	b.click(t, `.pager a[rel~=next]`)
	b.click(t, `.pager a[rel~=prev]`)
	if got := b.address(t); got != start {
		t.Error("the page before the second is", got)
	}
	b.click(t, ".chips:not(.understood) a")
	if got := b.address(t); strings.Contains(got, "province") {
		t.Error("the chip did not go:", got)
	}
	b.click(t, `.histogram a`)
	if got := b.address(t); !strings.Contains(got, "quarter=20") {
		t.Error("the histogram leads to", got)
	}
}

func keyboard(t *testing.T, b browser) {
	b.open(t, "/search?q=giao+ban")
	b.do(t, chromedp.KeyEvent(kb.Tab))
	if got := value[string](t, b, `document.activeElement.className`); got != "skip" {
		t.Errorf("the first stop is %q", got)
	}
	b.do(t, chromedp.KeyEvent("/"))
	if got := value[string](t, b, `document.activeElement.id`); got != "q" {
		t.Errorf("/ goes to %q", got)
	}
	value[any](t, b, `document.activeElement.value = ""`)
	b.do(t, chromedp.KeyEvent("mat tran"), chromedp.WaitVisible(chromedp.CSS("#suggestions")), chromedp.KeyEvent(kb.ArrowDown))
	if got := value[string](t, b, `document.querySelector("#q").getAttribute("aria-activedescendant")`); got != "suggestion-0" {
		t.Errorf("Down goes to %q", got)
	}
	b.do(t, chromedp.KeyEvent(kb.Escape), chromedp.WaitNotVisible(chromedp.CSS("#suggestions")))
	if got := value[string](t, b, `document.querySelector("#q").value`); got != "mat tran" {
		t.Errorf("Escape leaves %q", got)
	}
	if _, err := chromedp.RunResponse(b.ctx, chromedp.KeyEvent(kb.Enter)); err != nil {
		t.Fatal(err)
	}
	if got := b.address(t); got != "/search?q=mat+tran" {
		t.Error("Enter searches", got)
	}
	// Wherever Tab goes, it shows.
	for range 25 {
		b.do(t, chromedp.KeyEvent(kb.Tab))
		if hidden := value[string](t, b, `getComputedStyle(document.activeElement).outlineStyle === "none" ? document.activeElement.outerHTML : ""`); hidden != "" {
			t.Error("no focus ring:", hidden)
		}
	}
}

func dark(t *testing.T, b browser) {
	background := `getComputedStyle(document.body).backgroundColor`
	b.open(t, "/", scheme("light"))
	light := value[string](t, b, background)
	b.open(t, "/", scheme("dark"))
	if got := value[string](t, b, background); got == light || got != "rgb(18, 23, 22)" {
		t.Error("light", light, "dark", got)
	}
}

// phone: the filters are a drawer.
func phone(t *testing.T, b browser) {
	b.open(t, "/search?q=giao+ban", screen(360, 740))
	visible := `getComputedStyle(document.querySelector("#filters")).display !== "none"`
	if value[bool](t, b, visible) {
		t.Error("the drawer is open at first")
	}
	b.do(t, chromedp.Click(chromedp.CSS(".open-filters")), chromedp.WaitVisible(chromedp.CSS("#filters")))
	b.click(t, "#filters .facet a") // the drawer stays open for the next choice
	if got := value[string](t, b, `location.hash`); got != "#filters" || !value[bool](t, b, visible) {
		t.Error("choosing a filter closes the drawer", got)
	}
	b.click(t, "#filters .facet a:not([aria-current])")
	chosen := value[int](t, b, `[...new URLSearchParams(location.search).keys()].filter((k) => k !== "q").length`)
	if got := value[string](t, b, `location.hash`); chosen != 2 || got != "#filters" || !value[bool](t, b, visible) {
		t.Errorf("after a second choice: %d chosen, %s", chosen, b.address(t))
	}
	b.do(t, chromedp.Click(chromedp.CSS(".close-filters")), chromedp.WaitNotVisible(chromedp.CSS("#filters")))
}

// phoneHits: a hit is its title, one line of place, period and day, the
// sentence, and at most one line of tags.
func phoneHits(t *testing.T, b browser) {
	b.open(t, "/search?q=giao+ban", screen(360, 740))
	lines := func(part string) string { // the most lines that a hit has of a part, and how many hits have it
		return value[string](t, b, `(() => {
			const count = (e) => {
				let n = 0, last = -99;
				for (const r of [...e.children].map((c) => c.getBoundingClientRect()).filter((r) => r.width && r.height).sort((a, b) => a.top - b.top)) {
					if (r.top >= last) n++, last = r.bottom - 4;
				}
				return n;
			};
			const all = [...document.querySelectorAll(".hits > .hit `+part+`")].map(count);
			return Math.max(...all) + " line, " + all.length + " hits";
		})()`)
	}
	for _, part := range []string{".by", ".tags"} {
		if got := lines(part); got != "1 line, 10 hits" {
			t.Errorf("%s: %s", part, got)
		}
	}
	kinds := value[string](t, b, `[...new Set([...document.querySelectorAll(".hits > .hit")].map((h) => [...h.querySelector("article").children].filter((c) => c.getBoundingClientRect().height).map((c) => c.tagName + "." + c.className).join(" ")))].join("\n")`)
	if want := "H2. P.by P.snip UL.tags"; kinds != want {
		t.Errorf("a hit is %q, want %q", kinds, want)
	}
}

// match: a hit leads to its bulletin with the matches marked.
func match(t *testing.T, b browser) {
	b.open(t, "/search?q=an+sinh+xa+hoi")
	b.click(t, ".hit h2 a")
	if got := value[[]string](t, b, `[...document.querySelectorAll(".text mark")].map(m => m.textContent)`); !slices.Contains(got, "an sinh xã hội") {
		t.Errorf("marked %q", got)
	}
}
