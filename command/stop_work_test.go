//go:build linux

package command

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"bantin/bulletin"
	"bantin/crawler/archive"
)

// shelved puts pages of a portal into the archive of a folder, the first few of
// which are no articles, as if they had been crawled.
func shelved(t *testing.T, data string, n int) {
	t.Helper()
	writeProfile(t, filepath.Join(data, "sites"), "lang", "id: lang\nname: Làng\nprovince: hue\nfamily: generic\nlistings:\n  - http://lang.example/tin\nselect:\n  title: h1\n  body: .nd\n")
	ar := openArchive(t, filepath.Join(data, "archive.db"))
	now := time.Now()
	for i := range n {
		url := fmt.Sprintf("http://lang.example/tin/%d.html", i)
		if _, err := ar.Enqueue(t.Context(), archive.Request{Site: "lang", URL: url, Kind: archive.Article}); err != nil {
			t.Fatal(err)
		}
		c, _, err := ar.Claim(t.Context(), now, time.Minute)
		if err != nil || c == nil {
			t.Fatal(c, err)
		}
		body := "<html><body></body></html>"
		if i >= 3 {
			body = fmt.Sprintf(`<html><body><h1>Hội nghị giao ban lần thứ %d</h1><div class=nd>%s</div></body></html>`, i,
				strings.Repeat(fmt.Sprintf("<p>Các đại biểu bàn việc thứ %d của Mặt trận và chính quyền cơ sở.</p>", i), 200))
		}
		o := archive.Outcome{Claim: c, At: now, Status: 200, Page: &bulletin.Page{URL: url, ContentType: "text/html", Body: []byte(body), Fetched: now}}
		if _, err := ar.Save(t.Context(), o); err != nil {
			t.Fatal(err)
		}
	}
}

// TestLongWorkStops: reading pages anew, building an index, and its compaction,
// by itself and at the end of a build, end when they are told to, at any moment;
// what was there stays, and the next time it is done whole.
func TestLongWorkStops(t *testing.T) {
	const pages, more, later, compactions = 300, 1500, 400, 4
	data := t.TempDir()
	shelved(t, data, pages)
	for _, args := range [][]string{{"import", bulletins(t, 0, more)}, {"index"}} {
		if code, _, errs := bantin(t, append(args, "--data", data)...); code != 0 {
			t.Fatal(errs)
		}
	}
	stops, lost := 0, 0
	stop := func(args []string, begun func(printed string) bool, after time.Duration) (stopped bool) {
		t.Helper()
		cmd, errs := process(t, nil, append(args, "--data", data, "--verbose")...)
		out := &lines{more: make(chan struct{}, 1)}
		cmd.Stdout, cmd.Stderr = out, out
		if err := cmd.Start(); err != nil {
			t.Fatal(err, errs)
		}
		printed := func() string {
			out.mu.Lock()
			defer out.mu.Unlock()
			return out.text.String()
		}
		eventually(t, fmt.Sprint(args, " begins"), func() bool { return begun(printed()) || strings.Contains(printed(), "bantin:") })
		signal := time.AfterFunc(after, func() { _ = cmd.Process.Signal(syscall.SIGTERM) })
		err := cmd.Wait()
		signal.Stop()
		stops++
		if err != nil && (!cmd.ProcessState.Exited() || strings.Count(printed(), "bantin:") != 1 || !strings.Contains(printed(), "stopped")) {
			t.Errorf("%v: %v %s", args, err, printed())
		}
		if found := search(t, data, "giao ban").Total; found < more {
			lost += more - found
		}
		return err != nil
	}
	if !stop([]string{"reextract"}, func(printed string) bool { return strings.Contains(printed, "not read") }, 0) {
		t.Error("reextract was done before it was stopped")
	}
	builds := func() int {
		all, err := os.ReadDir(filepath.Join(data, "index"))
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	stopped := 0
	for i := range 5 {
		before := builds()
		if stop([]string{"index", "--rebuild"}, func(string) bool { return builds() > before }, time.Duration(i)*120*time.Millisecond) {
			stopped++
		}
	}
	if stopped == 0 {
		t.Error("every rebuild was done before it was stopped")
	}
	for i := range compactions { // it follows upon what this line tells
		if code, _, errs := bantin(t, "import", "--data", data, bulletins(t, more+later*i, more+later*(i+1))); code != 0 {
			t.Fatal(errs)
		}
		stop([]string{"index"}, func(printed string) bool { return strings.Contains(printed, " indexed") }, time.Duration(i)*30*time.Millisecond)
	}
	if lost > 0 {
		t.Errorf("%d bulletins are no longer found", lost)
	}
	const all = more + later*compactions + pages - 3
	for _, args := range [][]string{{"reextract"}, {"index", "--rebuild"}} {
		if code, out, errs := bantin(t, append(args, "--data", data)...); code != 0 {
			t.Errorf("%v after all of these: %s %s", args, out, errs)
		}
	}
	if n := countBulletins(t, data); n != all {
		t.Errorf("%d bulletins, want %d", n, all)
	}
	if found := search(t, data, "giao ban").Total; found != all {
		t.Errorf("%d found, want %d", found, all)
	}
	t.Logf("%d stops, %d of 5 rebuilds cut short, %d lost", stops, stopped, lost)
}
