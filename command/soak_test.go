//go:build linux

package command

import (
	"bufio"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"bantin/bulletin"
)

// TestSoak runs the demonstration for as long as BANTIN_SOAK says (10m, say):
// searches, saves of another process, crawls and rebuilds of the index at
// once. Past the second minute memory and goroutines stay as they are.
func TestSoak(t *testing.T) {
	span, err := time.ParseDuration(os.Getenv("BANTIN_SOAK"))
	if err != nil || span < 4*time.Minute {
		t.Skip("BANTIN_SOAK=10m runs it for ten minutes")
	}
	data := t.TempDir()
	token, metrics := filepath.Join(data, "token"), "127.0.0.1:"+freePort(t)
	if err := os.WriteFile(token, []byte(deskToken+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd, errs := process(t, nil, "up", "--demo", "--data", data, "--listen", "127.0.0.1:0", "--metrics", metrics,
		"--admin", "127.0.0.1:0", "--admin-token-file", token, "--rate", "0")
	out := &lines{more: make(chan struct{}, 1)}
	cmd.Stdout = out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	r := running{data, out.find(t, `ready: (http://\S+)`), out.find(t, `desk: (http://\S+)`)}
	ar := openArchive(t, filepath.Join(data, "demo", "archive.db"))
	sites, err := ar.Sites(t.Context())
	if err != nil || len(sites) == 0 {
		t.Fatal(sites, err)
	}
	began := time.Now()
	var minutes []usage
	for n := 0; time.Since(began) < span; n++ {
		if r.total(t, "q="+[]string{"giao+ban", "hoi+nghi", "mat+tran", "nong+thon+moi", "%22giao+ban%22"}[n%5]) < 0 {
			t.Fatal(errs)
		}
		for _, page := range []string{"/?q=giao+ban", "/status", "/coverage"} {
			if code, _ := fetched(t, r.service+page); code != http.StatusOK {
				t.Errorf("%s: %d", page, code)
			}
		}
		if n%5 == 0 {
			var batch []bulletin.Bulletin
			for i := range 40 {
				batch = append(batch, bulletin.Bulletin{ID: fmt.Sprint("soak ", i), Title: fmt.Sprint("Giao ban ", n), Body: strings.Repeat(fmt.Sprintf("một hai ba %d ", i*n%97), 60)})
			}
			if _, err := ar.Import(t.Context(), batch...); err != nil {
				t.Fatal(err)
			}
		}
		if n%20 == 0 {
			r.call(t, http.MethodPost, "portals/"+sites[n/20%len(sites)].ID+"/crawl", nil, nil)
		}
		if n%60 == 0 {
			r.call(t, http.MethodPost, "index/rebuild", nil, nil)
		}
		now := usageOf(t, metrics)
		if minute := int(time.Since(began) / time.Minute); minute == len(minutes) {
			minutes = append(minutes, now)
		} else {
			minutes[minute] = minutes[minute].least(now)
		}
		time.Sleep(400 * time.Millisecond) // the pace of the load, nothing is waited for
	}
	for i, m := range minutes {
		t.Logf("minute %d: heap %d MB, %d goroutines, %d MB resident", i+1, m.heap>>20, m.goroutines, m.resident>>20)
	}
	first, last := minutes[2], minutes[len(minutes)-1]
	if last.heap > first.heap*5/4+8<<20 || last.goroutines > first.goroutines+10 {
		t.Errorf("from %+v to %+v", first, last)
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("%v %s", err, errs)
	}
}

// usage is what a process takes; the least of a minute is what it needs.
type usage struct{ heap, goroutines, resident int64 }

func (u usage) least(o usage) usage {
	return usage{min(u.heap, o.heap), min(u.goroutines, o.goroutines), min(u.resident, o.resident)}
}

func usageOf(t *testing.T, metrics string) (u usage) {
	t.Helper()
	_, text := fetched(t, "http://"+metrics+"/metrics")
	for lines := bufio.NewScanner(strings.NewReader(text)); lines.Scan(); {
		var value float64
		name, number, _ := strings.Cut(lines.Text(), " ")
		if _, err := fmt.Sscan(number, &value); err != nil {
			continue
		}
		switch name {
		case "go_memstats_heap_alloc_bytes":
			u.heap = int64(value)
		case "go_goroutines":
			u.goroutines = int64(value)
		case "process_resident_memory_bytes":
			u.resident = int64(value)
		}
	}
	return u
}
