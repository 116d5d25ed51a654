package web

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"
)

// axeSource returns the script of axe-core.
func axeSource(t *testing.T) string {
	t.Helper()
	path := os.Getenv("BANTIN_AXE")
	need(t, "axe", path, "set BANTIN_AXE to axe.min.js of the npm package axe-core")
	source, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(source)
}

// manners are the screens and schemes in which pages are examined.
var manners = []struct {
	scheme string
	width  int64
}{{"light", 1280}, {"dark", 390}}

// morePages are states of pages beside those of everyPage.
func morePages(t *testing.T, s *service) []string {
	t.Helper()
	second := turn(t, s, turn(t, s, "/search?q=an+sinh&size=5").next)
	return append(everyPage(), second.address, "/search.atom?province=tuyen-quang", "/search?q=-t%E1%BB%89nh:hu%E1%BA%BF+t%E1%BB%AB:2020+an+sinh", "/search?q=(giao+OR&lang=en")
}

// TestAxe: axe finds no fault of accessibility on any page, in any dress.
func TestAxe(t *testing.T) {
	source := axeSource(t)
	s := demo(t, Config{})
	b := newBrowser(t, s)
	for _, dress := range manners {
		t.Run(fmt.Sprint(dress.scheme, dress.width), func(t *testing.T) {
			for _, page := range morePages(t, s) {
				b := b.tab(t)
				b.open(t, page, screen(dress.width, 900), scheme(dress.scheme))
				value[any](t, b, source+"; 0")
				value[any](t, b, `for (const d of document.querySelectorAll("details")) d.open = true; 0`)
				checkAxe(t, b, page)
			}
		})
	}
}

type violation struct {
	ID, Impact, Help string
	Nodes            []struct{ HTML, FailureSummary string }
}

func checkAxe(t *testing.T, b browser, page string) {
	t.Helper()
	raw := value[string](t, b, `axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], rules: {"target-size": {enabled: true}}}).then(r => JSON.stringify(r.violations))`)
	var found []violation
	if err := json.Unmarshal([]byte(raw), &found); err != nil {
		t.Fatal(err)
	}
	for _, v := range found {
		t.Errorf("%s: %s %s %s (%d): %s %s", page, v.Impact, v.ID, v.Help, len(v.Nodes), v.Nodes[0].HTML, v.Nodes[0].FailureSummary)
	}
}

// small lists what can be clicked and is smaller than 24 by 24 pixels, unless
// it stands in a line of text, nothing else to click is within that circle, or
// it is a bar of a chart, which must be dense (WCAG 2.2, 2.5.8).
const small = `(() => {
	const targets = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary")].filter((e) => e.checkVisibility() && e.getClientRects().length);
	const boxes = targets.map((e) => e.getBoundingClientRect());
	const inline = (e) => getComputedStyle(e).display === "inline" && [...e.parentNode.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
	return targets.filter((e, i) => {
		const r = boxes[i];
		if ((r.width >= 24 && r.height >= 24) || inline(e) || e.closest("svg") || r.bottom < 0 || r.right < 0) return false;
		const x = r.left + r.width / 2, y = r.top + r.height / 2;
		return targets.some((other) => !other.contains(e) && !e.contains(other) && [...other.getClientRects()].some((o) =>
			Math.hypot(Math.max(o.left - x, 0, x - o.right), Math.max(o.top - y, 0, y - o.bottom)) < 12));
	}).map((e) => e.outerHTML.slice(0, 120));
})()`

// wide lists what makes a page wider than its screen.
const wide = `(() => {
	const w = document.documentElement.clientWidth;
	if (document.documentElement.scrollWidth <= w) return [];
	return [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > w + 1 && !e.closest(".scroll")).map((e) => e.outerHTML.slice(0, 120)).slice(0, 3).concat("scrollWidth " + document.documentElement.scrollWidth);
})()`

// covered lists what takes the focus while nothing of it can be seen.
const covered = `(() => {
	const out = [];
	for (const e of document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")) {
		e.focus();
		if (document.activeElement !== e) continue;
		const r = e.getBoundingClientRect();
		const seen = [.1, .5, .9].some((x) => [.1, .5, .9].some((y) => {
			const at = document.elementFromPoint(r.left + r.width * x, r.top + r.height * y);
			return at && (e.contains(at) || at.contains(e));
		}));
		if (!seen) out.push(e.outerHTML.slice(0, 120));
	}
	return out;
})()`

// TestTargetsReflowAndFocus: what can be clicked is large enough or stands
// apart, no page is wider than a screen of 320 pixels, and what has the focus
// is not hidden behind something else (WCAG 2.2, 2.5.8, 1.4.10, 2.4.11).
func TestTargetsReflowAndFocus(t *testing.T) {
	s := demo(t, Config{})
	b := newBrowser(t, s)
	for _, width := range []int64{320, 1280} {
		for _, page := range append(morePages(t, s), "/search?q=an+sinh#filters") {
			b := b.tab(t)
			b.open(t, page, screen(width, 640))
			for fault, look := range map[string]string{"a small target": small, "too wide": wide, "hidden focus": covered} {
				for _, e := range value[[]string](t, b, look) {
					t.Errorf("%s at %d: %s: %s", page, width, fault, e)
				}
			}
		}
	}
}
