package crawler

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"bantin/bulletin"
	"bantin/crawler/archive"
)

// TestAlarm: a changed layout is noticed and spoils nothing.
func TestAlarm(t *testing.T) {
	t.Parallel()
	f := newFake(t, 6, 10)
	p := f.profile(t, "portal")
	a := openArchive(t)
	crawl(t, a, quick(p))
	before := current(t, a)
	f.fault = func(w http.ResponseWriter, r *http.Request, _ int) bool {
		if !strings.HasPrefix(r.URL.Path, "/tin/") {
			return false
		}
		say(w, "<html><head><title>Cổng thông tin</title></head><body><h1>Cổng thông tin</h1><div id=app></div></body></html>")
		return true
	}
	if _, err := a.Hasten(t.Context(), time.Now(), archive.Article, "portal"); err != nil {
		t.Fatal(err)
	}
	summary, err := New(a, quick(p)).Run(t.Context())
	if !errors.Is(err, ErrIncomplete) || !strings.Contains(summary.Sites[0].Alarm, "no bulletin in 6 of 6") {
		t.Errorf("%v, alarm %q", err, summary.Sites[0].Alarm)
	}
	for id, change := range current(t, a) {
		if before[id].Bulletin.Body != change.Bulletin.Body || !change.Gone.IsZero() {
			t.Errorf("%s was overwritten", id)
		}
	}
	sites, err := a.Sites(t.Context())
	if err != nil || sites[0].State != "failing" || sites[0].Alarm == "" {
		t.Errorf("%+v %v", sites, err)
	}
	f.fault = nil
	crawl(t, a, quick(p))
	if sites, err = a.Sites(t.Context()); err != nil || sites[0].Alarm != "" {
		t.Errorf("alarm %q stays once the portal is well; %v", sites[0].Alarm, err)
	}
}

// TestPausedAndUnknown: a paused portal is entered but not asked.
func TestPaused(t *testing.T) {
	t.Parallel()
	f := newFake(t, 5, 4)
	p := f.profile(t, "portal", "paused: true")
	a := openArchive(t)
	crawl(t, a, quick(p))
	sites, err := a.Sites(t.Context())
	if err != nil || len(sites) != 1 || sites[0].State != "paused" || f.times("") != 0 {
		t.Errorf("%+v %v, asked %v", sites, err, f.asked)
	}
}

func TestSilence(t *testing.T) {
	now := time.Date(2024, 6, 1, 0, 0, 0, 0, bulletin.Zone)
	yield := func(daysAgo ...int) []bulletin.YieldSample {
		samples := []bulletin.YieldSample{{At: now.Add(-400 * day), New: 900}}
		for _, ago := range daysAgo {
			samples = append(samples, bulletin.YieldSample{At: now.Add(-time.Duration(ago) * day), New: 2})
		}
		return samples
	}
	for _, test := range []struct {
		name  string
		yield []bulletin.YieldSample
		want  string
	}{
		{"steady", yield(9, 7, 5, 3, 1), ""},
		{"a quiet fortnight", yield(20, 18, 16, 14), ""},
		{"stopped", yield(40, 38, 36, 34), "nothing new since 2024-04-28"},
		{"always rare", yield(200, 140, 80, 40), ""},
		{"too little known", yield(100, 98), ""},
		{"never", nil, ""},
	} {
		if got := silence(test.yield, now); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}
