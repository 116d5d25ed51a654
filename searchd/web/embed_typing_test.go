package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

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
