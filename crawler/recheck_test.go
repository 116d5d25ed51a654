package crawler

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"bantin/crawler/archive"
)

// TestRechecks follows one article through a visit without change, an edit,
// a broken layout, its removal and its return.
func TestRechecks(t *testing.T) {
	t.Parallel()
	f := newFake(t, 3, 4)
	var answer http.HandlerFunc
	f.fault = func(w http.ResponseWriter, r *http.Request, _ int) bool {
		if r.URL.Path != "/tin/2.html" || answer == nil {
			return false
		}
		answer(w, r)
		return true
	}
	p := f.profile(t, "portal")
	a := openArchive(t)
	crawl(t, a, quick(p))
	id, err := a.BulletinAt(t.Context(), "portal", f.URL+"/tin/2.html")
	if err != nil {
		t.Fatal(err)
	}
	edited := strings.Replace(articlePage("Hội nghị giao ban số 2", 2), "đúng hạn", "đúng hạn, đầy đủ", 1)
	for _, step := range []struct {
		name     string
		answer   http.HandlerFunc
		versions int
		gone     bool
		body     string
	}{
		{"unchanged", nil, 1, false, "đúng hạn"},
		{"not modified", status(304), 1, false, "đúng hạn"},
		{"edited", func(w http.ResponseWriter, _ *http.Request) { say(w, edited) }, 2, false, "đúng hạn, đầy đủ"},
		{"layout broken: no text", func(w http.ResponseWriter, _ *http.Request) { say(w, "<html><h1>Hội nghị giao ban số 2</h1>") }, 2, false, "đầy đủ"},
		{"layout broken: no date", func(w http.ResponseWriter, _ *http.Request) {
			say(w, strings.Replace(edited, "class=date", "hidden", 1))
		}, 2, false, "đầy đủ"},
		{"layout broken: the portal's name for a title", func(w http.ResponseWriter, _ *http.Request) {
			say(w, strings.ReplaceAll(edited, "Hội nghị giao ban số 2", "Cổng thông tin"))
		}, 2, false, "đầy đủ"},
		{"removed", status(410), 2, true, "đầy đủ"},
		{"back", func(w http.ResponseWriter, _ *http.Request) { say(w, edited) }, 2, false, "đầy đủ"},
	} {
		answer = step.answer
		if _, err := a.Hasten(t.Context(), time.Now(), archive.Article, "portal"); err != nil {
			t.Fatal(err)
		}
		if _, err := New(a, quick(p)).Run(t.Context()); err != nil && !errors.Is(err, ErrIncomplete) {
			t.Fatal(err)
		}
		versions, err := a.Versions(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		change, err := a.Bulletin(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if len(versions) != step.versions || change.Gone.IsZero() == step.gone || !strings.Contains(change.Bulletin.Body, step.body) {
			t.Errorf("%s: %d versions, gone %v, %q", step.name, len(versions), change.Gone, change.Bulletin.Body)
		}
	}
	if got := len(current(t, a)); got != 3 {
		t.Errorf("%d bulletins, want 3", got)
	}
}

// TestValidators: what a portal says about its versions is sent back to it.
func TestValidators(t *testing.T) {
	t.Parallel()
	f := newFake(t, 2, 4)
	unchanged := 0
	f.fault = func(w http.ResponseWriter, r *http.Request, _ int) bool {
		if r.URL.Path != "/list" {
			return false
		}
		w.Header().Set("ETag", `"1"`)
		if r.Header.Get("If-None-Match") == `"1"` {
			unchanged++
			w.WriteHeader(http.StatusNotModified)
			return true
		}
		return false
	}
	p := f.profile(t, "portal")
	a := openArchive(t)
	for range 7 {
		crawl(t, a, quick(p))
	}
	// the first visit asks for all, and so does every fourth after it
	if unchanged != 5 {
		t.Errorf("%d times unchanged of 7 visits, want 5", unchanged)
	}
}

func TestRecheckDecays(t *testing.T) {
	claim := &archive.Claim{}
	var days []int
	for range 8 {
		days = append(days, int(recheckAfter(claim, time.Time{}, false, time.Now()).Hours()/24+0.5))
		claim.Unchanged++
	}
	for i := 1; i < 5; i++ {
		if days[i] < 2*days[i-1] {
			t.Errorf("waits %v days: not growing", days)
		}
	}
	if old := recheckAfter(&archive.Claim{}, time.Now().Add(-5*365*day), true, time.Now()); old < 60*day {
		t.Errorf("an article of five years ago is looked at after %s", old)
	}
}
