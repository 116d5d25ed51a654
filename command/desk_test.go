package command

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"bantin/bulletin"
	"bantin/searchd/web/admin"
)

const deskToken = "dGhpcyBpcyBhIHRva2VuIG9mIGEgdGVzdA"

// lines collects what a process prints and hands out the addresses in it.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
	more chan struct{}
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text.Write(p)
	select {
	case l.more <- struct{}{}:
	default:
	}
	return len(p), nil
}

// find waits for a pattern.
func (l *lines) find(t *testing.T, pattern string) string {
	t.Helper()
	limit := time.After(3 * time.Minute)
	for {
		l.mu.Lock()
		m := regexp.MustCompile(pattern).FindStringSubmatch(l.text.String())
		l.mu.Unlock()
		if m != nil {
			return m[1]
		}
		select {
		case <-l.more:
		case <-limit:
			t.Fatalf("never printed: %s\n%s", pattern, l.text.String())
		}
	}
}

// running is bantin up over a folder, with the desk.
type running struct {
	data, service, desk string
}

func runUp(t *testing.T, more ...string) running {
	t.Helper()
	data := t.TempDir()
	token := filepath.Join(data, "token")
	if err := os.WriteFile(token, []byte(deskToken+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out := &lines{more: make(chan struct{}, 1)}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	args := append([]string{
		"up", "--data", data, "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0", "--admin-token-file", token,
		"--backup-dir", filepath.Join(data, "backups"), "--allow-private", "--rate", "0",
	}, more...)
	go func() { done <- run(ctx, args, strings.NewReader(""), out, io.Discard) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return running{data, out.find(t, `ready: (http://\S+)`), out.find(t, `desk: (http://\S+)`)}
}

// call asks the desk's API.
func (r running) call(t *testing.T, method, path string, body, answer any) int {
	t.Helper()
	data, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), method, r.desk+"/api/v1/"+path, bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+deskToken)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, _ := io.ReadAll(resp.Body)
	if answer != nil {
		if err := json.Unmarshal(text, answer); err != nil {
			t.Fatalf("%s %s: %s: %s", method, path, err, text)
		}
	}
	return resp.StatusCode
}

// total is how many bulletins a search finds; an error fails the test.
func (r running) total(t *testing.T, query string) int {
	t.Helper()
	resp, err := http.Get(r.service + "/api/v1/search?size=1&" + query)
	if err != nil {
		t.Error(err)
		return -1
	}
	defer resp.Body.Close()
	var f found
	if err := json.NewDecoder(resp.Body).Decode(&f); err != nil || resp.StatusCode != http.StatusOK {
		t.Errorf("search: %s, %v", resp.Status, err)
		return -1
	}
	return f.Total
}

// eventually asks until an answer is as wanted, for a minute at most.
func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	limit := time.After(3 * time.Minute)
	for !is() {
		select {
		case <-tick.C:
		case <-limit:
			t.Fatalf("never: %s", what)
		}
	}
}

// TestDeskFromAddressToRemoval runs a portal from its address to its end
// through the API alone, while the service answers.
func TestDeskFromAddressToRemoval(t *testing.T) {
	server, r := village(t), runUp(t)
	var report admin.Report
	if code := r.call(t, "POST", "check", map[string]string{"address": server.URL + "/tin", "province": "tuyen-quang"}, &report); code != http.StatusOK || !report.OK || len(report.Read) != 4 {
		t.Fatalf("check: %d, %+v", code, report)
	}
	if one := report.Read[0]; !strings.Contains(one.Shown, one.Bulletin.Title) {
		t.Errorf("the page beside %q shows %.200q", one.Bulletin.Title, one.Shown)
	}
	// A wrong selector shows in the next dry run.
	spoilt := regexp.MustCompile(`(?m)^( +title:).*$`).ReplaceAllString(report.Profile, "$1 .nothing")
	if spoilt == report.Profile {
		spoilt += "\nselect:\n  body: .nothing\n"
	}
	var worse admin.Report
	if code := r.call(t, "POST", "check", map[string]string{"profile": spoilt}, &worse); code == http.StatusOK && len(worse.Warnings) <= len(report.Warnings) && len(worse.Read) == 4 {
		t.Errorf("a wrong selector changes nothing: %+v", worse.Warnings)
	}
	var saved struct{ Portal string }
	profile := regexp.MustCompile(`(?m)^pace:.*\n`).ReplaceAllString(report.Profile, "") + "\npace: 1ms\n"
	if code := r.call(t, "POST", "profiles", map[string]string{"profile": profile}, &saved); code != http.StatusCreated {
		t.Fatalf("save: %d", code)
	}
	eventually(t, "the new portal's bulletins in search", func() bool { return r.total(t, "q=giao+ban") == 4 })
	var portal bulletin.SiteStatus
	eventually(t, "the first pass in the desk", func() bool {
		r.call(t, "GET", "portals/"+saved.Portal, nil, &portal)
		return len(portal.Yield) > 0
	})
	for _, step := range []struct {
		wish  string
		state string
		total int
	}{
		{"pause", "paused", 4}, {"resume", "ok", 4}, {"crawl", "ok", 4}, {"recheck", "ok", 4}, {"remove", "removed", 0}, {"resume", "ok", 4}, {"purge", "removed", 0},
	} {
		if code := r.call(t, "POST", "portals/"+saved.Portal+"/"+step.wish, nil, nil); code != http.StatusAccepted {
			t.Fatalf("%s: %d", step.wish, code)
		}
		eventually(t, step.wish, func() bool {
			var now bulletin.SiteStatus
			r.call(t, "GET", "portals/"+saved.Portal, nil, &now)
			return now.State == step.state && r.total(t, "q=giao+ban") == step.total
		})
	}
	var state admin.State
	if code := r.call(t, "POST", "index/rebuild", nil, nil); code != http.StatusAccepted {
		t.Errorf("rebuild: %d", code)
	}
	eventually(t, "a rebuild", func() bool {
		r.call(t, "GET", "state", nil, &state)
		return !state.Index.Rebuilding && !state.Index.Rebuilt.IsZero() && state.Index.Failure == ""
	})
	count := state.Backups.Count
	if code := r.call(t, "POST", "backups", nil, nil); code != http.StatusAccepted {
		t.Errorf("backup: %d", code)
	}
	eventually(t, "another backup", func() bool {
		r.call(t, "GET", "state", nil, &state)
		return state.Backups.Count > count || state.Backups.Failure != ""
	})
	if state.Disk.Archive == 0 || state.Disk.Index == 0 || state.Disk.Free == 0 || state.Disk.Backups == 0 {
		t.Errorf("room: %+v", state.Disk)
	}
	if code := r.call(t, "POST", "profiles", map[string]string{"profile": "id: x\nlistings: 7\n"}, nil); code != http.StatusUnprocessableEntity {
		t.Errorf("a broken profile: %d", code)
	}
	for path, want := range map[string]int{"portals/none": 404, "questions": 200, "none": 404, "portals/" + saved.Portal + "/failed": 200} {
		if code := r.call(t, "GET", path, nil, nil); code != want {
			t.Errorf("%s: %d, not %d", path, code, want)
		}
	}
	if code, out, errs := bantin(t, "index", "--rebuild", "--data", r.data); code != 0 || !strings.Contains(out, "in use") {
		t.Errorf("rebuild by hand: %d %s%s", code, out, errs)
	}
}

// totals are the least and the highest that a search may tell at the moment.
type totals struct{ at atomic.Pointer[[2]int] }

func (t *totals) allow(of [2]int) { t.at.Store(&of) }
func (t *totals) allowed() [2]int { return *t.at.Load() }

// TestUnderLoad pauses, removes, brings back, adds and rebuilds while some
// hundred searches a second run: no error and no wrong total. While a portal is
// read, taken out or brought back its total is one of those in between, whatever
// else happens it stays what it is.
func TestUnderLoad(t *testing.T) {
	one, second := village(t), village(t)
	r := runUp(t)
	text := func(id, address string) string {
		return fmt.Sprintf("id: %s\nname: Cổng mẫu\nprovince: tuyen-quang\nfamily: generic\npace: 1ms\nselect:\n  title: h1\n  date: .ngay\n  body: .nd\nlistings:\n  - %s/tin\n", id, address)
	}
	add := func(id, address string) {
		if code := r.call(t, "POST", "profiles", map[string]string{"profile": text(id, address)}, nil); code != http.StatusCreated {
			t.Fatalf("add: %d", code)
		}
	}
	add("one", one.URL)
	eventually(t, "the first portal", func() bool { return r.total(t, "source=one") == 4 })
	ctx, stop := context.WithCancel(t.Context())
	var wait sync.WaitGroup
	var searches, resting int
	var two totals
	var mu sync.Mutex
	// totals of the portal that comes and goes: those between which it moves, and
	// one alone while it rests.
	moves, rests := [2]int{0, 4}, [2]int{4, 4}
	two.allow(moves)
	stable := func(query string, allowed func() [2]int) {
		wait.Go(func() {
			tick := time.NewTicker(25 * time.Millisecond) // four of them: 160 a second
			defer tick.Stop()
			for ctx.Err() == nil {
				before := allowed()
				n := r.total(t, query)
				after := allowed()
				mu.Lock()
				searches++
				if before == rests && after == rests {
					resting++
				}
				mu.Unlock()
				if n < min(before[0], after[0]) || n > max(before[1], after[1]) {
					t.Errorf("%s finds %d, between %v and %v", query, n, before, after)
				}
				select {
				case <-tick.C:
				case <-ctx.Done():
				}
			}
		})
	}
	stable("source=one", func() [2]int { return rests })
	stable("source=one&q=mat+tran", func() [2]int { return rests })
	stable("source=two", two.allowed)
	stable("q=giao+ban", func() [2]int { of := two.allowed(); return [2]int{of[0] + 4, of[1] + 4} })
	began := time.Now()
	for range 2 {
		add("two", second.URL)
		eventually(t, "the second portal", func() bool { return r.total(t, "source=two") == 4 })
		two.allow(rests)
		for _, step := range []struct {
			wish  string
			total int
		}{{"pause", 4}, {"resume", 4}, {"remove", 0}, {"resume", 4}} {
			if step.wish == "remove" {
				two.allow(moves)
			}
			if code := r.call(t, "POST", "portals/two/"+step.wish, nil, nil); code != http.StatusAccepted {
				t.Fatalf("%s: %d", step.wish, code)
			}
			eventually(t, step.wish, func() bool { return r.total(t, "source=two") == step.total })
		}
		two.allow(rests)
		r.call(t, "POST", "index/rebuild", nil, nil)
		eventually(t, "a rebuild", func() bool {
			var state admin.State
			r.call(t, "GET", "state", nil, &state)
			return !state.Index.Rebuilding && state.Index.Failure == ""
		})
		two.allow(moves)
		r.call(t, "POST", "portals/two/purge", nil, nil)
		eventually(t, "purge", func() bool { return r.total(t, "source=two") == 0 })
	}
	stop()
	wait.Wait()
	t.Logf("%d searches, %.0f a second, %d of them while all portals rested", searches, float64(searches)/time.Since(began).Seconds(), resting)
}

// TestBrokenProfileStopsNobody: one that is broken at the start, one that
// breaks later and one that comes broken are named, and the others go on.
func TestBrokenProfileStopsNobody(t *testing.T) {
	one, two, sites := village(t), village(t), t.TempDir()
	text := func(id, address string) string {
		return fmt.Sprintf("id: %s\nprovince: tuyen-quang\nfamily: generic\npace: 1ms\nlistings:\n  - %s/tin\n", id, address)
	}
	writeProfile(t, sites, "bad", "id: bad\nlistings: 7\n")
	writeProfile(t, sites, "one", text("one", one.URL))
	r := runUp(t, "--sites", sites)
	eventually(t, "the sound portal", func() bool { return r.total(t, "source=one") == 4 })
	writeProfile(t, sites, "one", "id: one\nlistings: [")
	writeProfile(t, sites, "worse", "\x00")
	writeProfile(t, sites, "two", text("two", two.URL))
	eventually(t, "a portal added beside them", func() bool { return r.total(t, "source=two") == 4 })
	var state admin.State
	eventually(t, "the broken ones by name", func() bool {
		r.call(t, "GET", "state", nil, &state)
		return len(state.Profiles) == 3
	})
	if code := r.call(t, "POST", "portals/one/crawl", nil, nil); code != http.StatusAccepted || r.total(t, "source=one") != 4 {
		t.Errorf("the portal whose profile broke: %d", code)
	}
}
