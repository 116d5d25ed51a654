package web

import (
	"fmt"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"bantin/searchd/alert"
	"bantin/searchd/web/answer"
	"bantin/testdata/mailbox"

	"github.com/chromedp/chromedp"
)

// followed is a service whose searches can be followed.
func followed(t *testing.T) (*service, *alert.Readers, *mailbox.Server) {
	t.Helper()
	post := mailbox.New(t, false)
	book, err := alert.OpenBook(filepath.Join(t.TempDir(), "followers.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { book.Close() })
	s := demo(t, Config{})
	words, err := answer.New(answer.Config{Index: s.index, Store: s.archive})
	if err != nil {
		t.Fatal(err)
	}
	readers, err := alert.NewReaders(alert.ReadersConfig{
		Book: book, Feed: s.archive, Answers: answer.News{Service: words}, Position: s.index.Position, Address: "http://bantin.example",
		Mail: alert.Mail{Server: post.Address, From: "bantin@example.org", Security: "none"}, HookClient: http.DefaultClient,
	})
	if err != nil {
		t.Fatal(err)
	}
	if s.Handler, err = New(Config{Index: s.index, Store: s.archive, Follows: readers}); err != nil {
		t.Fatal(err)
	}
	return s, readers, post
}

// TestFollowingInABrowser goes the whole way of a reader, whom the service
// sends none of its scripts, with axe at every page.
func TestFollowingInABrowser(t *testing.T) {
	source := axeSource(t)
	s, readers, post := followed(t)
	b := newBrowser(t, s).withoutScripts(t, s)
	look := func(b browser, page string) {
		t.Helper()
		value[any](t, b, `for (const d of document.querySelectorAll("details")) d.open = true; 0`)
		value[any](t, b, source+"; 0")
		checkAxe(t, b, page)
	}
	token := func() string {
		t.Helper()
		if err := readers.Step(t.Context(), time.Now()); err != nil {
			t.Fatal(err)
		}
		all := post.Received()
		m := regexp.MustCompile(`(?s)\?t=3D([A-Z0-9]+\.[^\s<"]{10,40})`).FindStringSubmatch(strings.ReplaceAll(all[len(all)-1], "=\r\n", ""))
		if m == nil {
			t.Fatal(all[len(all)-1])
		}
		return m[1]
	}
	for _, dress := range manners {
		for _, path := range []string{"/search?q=giao+ban", "/search?q=zzzzqqqq", "/documents/35-ct-tw~2024-06-14", "/coverage?province=lai-chau&quarter=2020-Q3", "/meetings?province=tuyen-quang&host=mttq", "/follow?cites=35-ct-tw~2024-06-14&lang=en"} {
			b := b.tab(t)
			b.open(t, path, screen(dress.width, 900), scheme(dress.scheme))
			look(b, path)
			if !strings.Contains(path, "giao") && !strings.Contains(path, "follow") {
				continue // a client may ask five times
			}
			b.do(t, chromedp.SendKeys(chromedp.CSS(".follow input[type=email]"), fmt.Sprintf("an%d@example.org", dress.width)))
			b.click(t, ".follow form[method=post] button")
			if h1 := value[string](t, b, `document.querySelector("h1").textContent`); !strings.Contains(h1, "hộp thư") && !strings.Contains(h1, "inbox") {
				t.Fatal(path, h1)
			}
			look(b, "sent "+path)
		}
		readersOf := b.tab(t)
		readersOf.open(t, "/follow/confirm?t="+token(), screen(dress.width, 900), scheme(dress.scheme))
		look(readersOf, "confirm")
		readersOf.click(t, "main form button")
		look(readersOf, "confirmed")
	}
}
