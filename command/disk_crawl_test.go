//go:build linux

package command

import (
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
)

// TestCrawlOnAFullDisk fills the disk while a portal is about to answer: the
// crawl says why it pauses, and goes on by itself when there is room.
func TestCrawlOnAFullDisk(t *testing.T) {
	for _, args := range [][]string{{"crawl", "--every", "1h"}, {"up", "--listen", "127.0.0.1:0"}} {
		t.Run(args[0], func(t *testing.T) {
			disk := smallDisk(t)
			data := filepath.Join(disk, "data")
			asked, answer := make(chan bool, 1), make(chan bool)
			var armed atomic.Bool
			inner := village(t).Config.Handler
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if strings.HasPrefix(r.URL.Path, "/tin/") && armed.CompareAndSwap(true, false) {
					asked <- true
					<-answer
				}
				inner.ServeHTTP(w, r)
			}))
			defer server.Close()
			if code, _, errs := bantin(t, "site", "add", server.URL+"/tin", "--province", "tuyen-quang", "--allow-private", "--pause", "1ms", "--id", "lang", "--data", data); code != 0 {
				t.Fatal(errs)
			}
			quicken(t, filepath.Join(data, "sites", "lang.yaml"))
			armed.Store(true)
			cmd, _ := process(t, nil, append(args, "--data", data, "--allow-private")...)
			out := &lines{more: make(chan struct{}, 1)}
			cmd.Stderr = out
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			<-asked
			free := fill(t, disk)
			close(answer)
			out.find(t, `(crawler failed and is started again.*disk is full)`)
			free()
			eventually(t, "all four articles", func() bool { return countBulletins(t, data) == 4 })
			if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
			if err := cmd.Wait(); err != nil {
				t.Errorf("%v %s", err, out.text.String())
			}
		})
	}
}
