package crawler

import (
	"errors"
	"strings"
	"testing"
	"time"

	"bantin/crawler/archive"
	"bantin/crawler/fetch"
	"bantin/crawler/site"
)

// TestNewLayout is what an operator lives through when a portal gets another
// theme: an alarm, nothing lost, a new check, and all is well.
func TestNewLayout(t *testing.T) {
	t.Parallel()
	h := heldDotNetNuke()
	h.skip = 2
	server := newLogged(t, h)
	a := openArchive(t)
	profile := func() *site.Profile {
		r, err := Check(t.Context(), handlerFetch(h), server.URL+h.listing, h.province)
		if err != nil || !r.OK {
			t.Fatalf("check: %v, %q", err, r.Warnings)
		}
		r.Profile.ID, r.Profile.Pace = "portal", time.Millisecond
		return r.Profile
	}
	pass := func(p *site.Profile) error {
		_, err := New(a, Options{Sites: []*site.Profile{p}, Now: true, Fetch: fetch.Options{AllowPrivate: true}}).Run(t.Context())
		return err
	}
	alarm := func() string {
		all, err := a.Sites(t.Context())
		if err != nil || len(all) != 1 {
			t.Fatalf("%v, %v", all, err)
		}
		return all[0].Alarm
	}
	old := profile()
	if err := pass(old); err != nil {
		t.Fatal(err)
	}
	before := current(t, a)

	list, article := h.list, h.article
	theme := strings.NewReplacer("ten-tin", "entry", "detail-body", "prose", "posted", "when", "sapo", "intro", "headline", "name", "<h3", "<h1", "</h3", "</h1")
	h.list = func(page int, items []story) string { return theme.Replace(list(page, items)) }
	h.article = func(s story) string { return theme.Replace(article(s)) }
	h.skip = 0
	if _, err := a.Hasten(t.Context(), time.Now(), archive.Article, "portal"); err != nil {
		t.Fatal(err)
	}
	if err := pass(old); !errors.Is(err, ErrIncomplete) || alarm() == "" {
		t.Errorf("no alarm: %v", err)
	}
	for id, c := range current(t, a) {
		if was, ok := before[id]; ok && was.Bulletin.Body != c.Bulletin.Body {
			t.Errorf("%s was overwritten", c.Bulletin.URL)
		}
	}
	if err := pass(profile()); err != nil || alarm() != "" {
		t.Errorf("after a new check: %v, alarm %q", err, alarm())
	}
	if got := len(current(t, a)); got != 14 {
		t.Errorf("%d bulletins, want 14", got)
	}
	for _, c := range current(t, a) {
		no := h.storyOf(c.Bulletin.URL)
		if d := h.differences(newStory(no), *c.Bulletin); len(d) > 0 {
			t.Errorf("%s\n\t%s", c.Bulletin.URL, strings.Join(d, "\n\t"))
		}
	}
}
