package web

import (
	"context"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// scene is one page to look at.
type scene struct {
	name, path string
	follow     []string // selectors of the links to the page meant
	open       string   // selector of what is clicked open on it
	typed      string   // what is typed into the search box
	also       bool     // in the rarer dresses too
}

// scenes are every page in every state that looks different.
var scenes = []scene{
	{name: "home", path: "/?lang=vi", also: true},
	{name: "home-en", path: "/?lang=en"},
	{name: "suggest", path: "/?lang=vi", typed: "tuy"},
	{name: "search", path: "/search?q=m%E1%BA%B7t+tr%E1%BA%ADn", also: true},
	{name: "search-en", path: "/search?q=m%E1%BA%B7t+tr%E1%BA%ADn&lang=en"},
	{name: "all", path: "/search?size=50"},
	{name: "facets", path: "/search?q=mat+tran&province=tuyen-quang&province=ha-giang&org=mttq&from=2020-01-01", also: true},
	{name: "quarter", path: "/search?q=m%E1%BA%B7t+tr%E1%BA%ADn&quarter=2020-Q3"},
	{name: "second", path: "/search?q=m%E1%BA%B7t+tr%E1%BA%ADn", follow: []string{".pager a[rel~=next]"}},
	{name: "corrected", path: "/search?q=giao+bban"},
	{name: "repaired", path: "/search?q=%22giao+ban+OR+(m%E1%BA%B7t+tr%E1%BA%ADn"},
	{name: "offers", path: "/search?q=giao+ban+qu%C3%BD+III%2F2020+tuy%C3%AAn+quang"},
	{name: "nothing", path: "/search?q=kh%C3%B4ng+c%C3%B3+g%C3%AC+zzz&province=lai-chau&quarter=2020-Q3", also: true},
	{name: "nothing-here", path: "/search?q=an+sinh&province=lai-chau&kind=giao-ban"},
	{name: "nothing-at-all", path: "/search?q=zzzzqqqq"},
	{name: "bulletin", path: "/search?q=m%E1%BA%B7t+tr%E1%BA%ADn", follow: []string{".hit h2 a"}, also: true},
	{name: "bulletin-en", path: "/search?q=m%E1%BA%B7t+tr%E1%BA%ADn&lang=en", follow: []string{".hit h2 a"}},
	{name: "cite", path: "/search?q=m%E1%BA%B7t+tr%E1%BA%ADn", follow: []string{".hit h2 a"}, open: "#cite summary"},
	{name: "document", path: "/documents/35-ct-tw~2019-05-30", also: true},
	{name: "document-undated", path: "/documents/35-ct-tw"},
	{name: "document-unknown", path: "/documents/99-nq-tw"},
	{name: "province", path: "/provinces/tuyen-quang", also: true},
	{name: "province-former", path: "/provinces/ha-giang"},
	{name: "province-empty", path: "/provinces/lai-chau"},
	{name: "meetings", path: "/meetings", also: true},
	{name: "series", path: "/meetings?province=tuyen-quang&host=mttq&kind=giao-ban", also: true},
	{name: "meeting", path: "/meetings/" + toldMeeting, also: true},
	{name: "coverage", path: "/coverage", also: true},
	{name: "coverage-question", path: "/coverage?q=giao+ban&kind=giao-ban&map=then"},
	{name: "coverage-cell", path: "/coverage?q=giao+ban&kind=so-ket&province=tuyen-quang&quarter=2020-Q3"},
	{name: "concordance", path: "/concordance?q=an+sinh&order=right", also: true},
	{name: "concordance-none", path: "/concordance"},
	{name: "trends", path: "/trends?q=giao+ban&q=s%C6%A1+k%E1%BA%BFt&q=n%C3%B4ng+d%C3%A2n", also: true},
	{name: "trends-map", path: "/trends?q=giao+ban&q=s%C6%A1+k%E1%BA%BFt&by=province_now"},
	{name: "trends-none", path: "/trends"},
	{name: "feed", path: "/search.atom?province=tuyen-quang"},
	{name: "coverage-table", path: "/coverage", open: "details.box summary"},
	{name: "status", path: "/status", also: true},
	{name: "help", path: "/help", also: true},
	{name: "compare", path: "/compare?a=tuyen-quang&b=quang-tri", also: true},
	{name: "compare-quarters", path: "/compare?a=2020-Q3&b=2021-Q3"},
	{name: "compare-empty", path: "/compare"},
	{name: "not-found", path: "/nowhere"},
	{name: "bad", path: "/search?size=x"},
	{name: "embed", path: "/embed"},
}

// dress is what a page is shown in.
type dress struct {
	name, media, feature, value string
	width, height               int64
	text                        string // size of text, a percentage of the browser's
	rare                        bool   // only the pages that say also
}

var dresses = []dress{
	{name: "desktop-light", feature: "prefers-color-scheme", value: "light", width: 1280, height: 1000},
	{name: "desktop-dark", feature: "prefers-color-scheme", value: "dark", width: 1280, height: 1000},
	{name: "phone-light", feature: "prefers-color-scheme", value: "light", width: 390, height: 844},
	{name: "phone-dark", feature: "prefers-color-scheme", value: "dark", width: 390, height: 844},
	{name: "narrow", feature: "prefers-color-scheme", value: "light", width: 320, height: 640, rare: true},
	{name: "tablet", feature: "prefers-color-scheme", value: "light", width: 820, height: 1180, rare: true},
	{name: "zoom", feature: "prefers-color-scheme", value: "light", width: 1280, height: 1000, text: "212.5%", rare: true},
	{name: "forced", feature: "forced-colors", value: "active", width: 1280, height: 1000, rare: true},
	{name: "print", media: "print", feature: "prefers-color-scheme", value: "light", width: 720, height: 1000, rare: true},
}

// wear dresses the pages of a tab.
func (d dress) wear(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
	features := []*emulation.MediaFeature{{Name: d.feature, Value: d.value}}
	_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: d.media, Features: features})
	return chromedp.Void{}, err
}

// take goes to a page and puts a picture of the whole of it into dir.
func (b browser) take(t *testing.T, dir string, p scene, d dress) {
	t.Helper()
	b = b.tab(t)
	if d.media == "" {
		b.do(t, d.wear)
	}
	b.open(t, p.path, screen(d.width, d.height))
	for _, link := range p.follow {
		if _, err := chromedp.RunResponse(b.ctx, chromedp.Click(chromedp.CSS(link))); err != nil {
			t.Fatal(p.name, link, err)
		}
	}
	if p.open != "" {
		b.do(t, chromedp.Click(chromedp.CSS(p.open)))
	}
	if wide := value[int64](t, b, `document.documentElement.scrollWidth`); wide > d.width {
		t.Errorf("%s: %s is %d wide", d.name, p.name, wide)
	}
	if p.typed != "" {
		b.do(t, chromedp.SendKeys(chromedp.CSS("#q"), p.typed), chromedp.WaitVisible(chromedp.CSS("#suggestions")), chromedp.KeyEvent(kb.ArrowDown))
	}
	if d.media != "" { // after the clicks, some of which paper has no use for
		b.do(t, d.wear)
	}
	if d.text != "" {
		value[any](t, b, `document.documentElement.style.fontSize = "`+d.text+`"`)
	}
	picture(t, b, filepath.Join(dir, p.name+"-"+d.name+".png"), chromedp.FullScreenshot(100))
}

// TestScreenshots takes pictures of every page in every dress, where
// BANTIN_SCREENSHOTS names the directory to put them in. They are of the test
// corpus, or of the running service that BANTIN_SCREENSHOTS_OF names; and
// BANTIN_SCREENSHOTS_ONLY picks those whose name contains it.
func TestScreenshots(t *testing.T) {
	dir := os.Getenv("BANTIN_SCREENSHOTS")
	if dir == "" {
		t.Skip("set BANTIN_SCREENSHOTS to a directory to take the pictures")
	}
	s := demo(t, Config{})
	s.add(t, retold()...)
	b := newBrowser(t, s)
	all := scenes
	if of := os.Getenv("BANTIN_SCREENSHOTS_OF"); of != "" {
		b.base = strings.TrimSuffix(of, "/")
		all = append(all, scene{name: "original", path: "/search?q=m%E1%BA%B7t+tr%E1%BA%ADn", follow: []string{".hit h2 a", `.source a[href$="/original"]`}})
	} else {
		all = append(all, revised(t, s))
	}
	for _, d := range dresses {
		t.Run(d.name, func(t *testing.T) {
			for _, p := range all {
				if (p.also || !d.rare) && strings.Contains(p.name+"-"+d.name, os.Getenv("BANTIN_SCREENSHOTS_ONLY")) {
					b.take(t, dir, p, d)
				}
			}
			if d.width < 500 && strings.Contains("drawer-"+d.name, os.Getenv("BANTIN_SCREENSHOTS_ONLY")) {
				b.take(t, dir, scene{name: "drawer", path: "/search?q=m%E1%BA%B7t+tr%E1%BA%ADn&kind=giao-ban#filters"}, d)
			}
		})
	}
	if os.Getenv("BANTIN_SCREENSHOTS_OF") == "" && os.Getenv("BANTIN_SCREENSHOTS_ONLY") == "" {
		t.Run("states", func(t *testing.T) { states(t, b, dir) })
	}
}

// revised gives a bulletin of the corpus a second version to compare.
func revised(t *testing.T, s *service) scene {
	t.Helper()
	b := testBulletins()[3]
	b.Title = strings.Replace(b.Title, "Giao ban", "Hội nghị giao ban", 1)
	b.Body = strings.Replace(b.Body, "nhiều ý kiến đề nghị bổ sung kinh phí", "đa số ý kiến đề nghị bổ sung kinh phí và biên chế", 1)
	for i, c := range b.Cites {
		b.Cites[i] = citing(b.Body, c.Text, c)
	}
	s.add(t, b)
	return scene{name: "versions", path: "/bulletins/" + b.ID, open: "#versions summary", also: true}
}

// states takes the pages that only a service in another state shows.
func states(t *testing.T, b browser, dir string) {
	bulletin := testBulletin(places[0], 2020, 3)
	empty := newService(t, Config{}, bulletin)
	if err := empty.archive.Withdraw(t.Context(), bulletin.ID); err != nil {
		t.Fatal(err)
	}
	empty.follow(t)
	busy := demo(t, Config{Rate: 1e-9, Burst: 1})
	busy.get(t, "/", "X-Forwarded-For", "127.0.0.1")
	for name, s := range map[string]*service{"empty": empty, "busy": busy} {
		server := httptest.NewServer(s)
		t.Cleanup(server.Close)
		for _, d := range dresses[:4] {
			browser{b.ctx, server.URL}.take(t, dir, scene{name: name, path: "/"}, d)
		}
	}
}
