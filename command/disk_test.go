//go:build linux

package command

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// smallDisk mounts a disk of some megabytes; without the right to, the test is
// skipped.
func smallDisk(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=24m"); err != nil {
		t.Skipf("a small disk takes the right to mount one (run as root): %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// fill takes all the room that is left on a disk.
func fill(t *testing.T, dir string) (free func()) {
	t.Helper()
	name := filepath.Join(dir, "fill")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []int{1 << 20, 4 << 10, 1} {
		for err = nil; err == nil; _, err = f.Write(make([]byte, size)) {
		}
	}
	f.Close()
	return func() {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
}

func bulletins(t *testing.T, from, to int) string {
	t.Helper()
	var b strings.Builder
	for i := from; i < to; i++ {
		fmt.Fprintf(&b, `{"id":"%d","title":"Giao ban %d","body":"%s"}`+"\n", i, i, strings.Repeat(fmt.Sprintf("một hai ba %d ", i), 60))
	}
	name := filepath.Join(t.TempDir(), "in.jsonl")
	if err := os.WriteFile(name, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// TestFullDisk: on a full or a read-only disk, serving starts and answers from
// what is there and says what is wrong; writing is refused with the reason,
// loses nothing, and goes on when there is room.
func TestFullDisk(t *testing.T) {
	for _, kind := range []string{"full", "read-only"} {
		t.Run(kind, func(t *testing.T) {
			disk := smallDisk(t)
			data := filepath.Join(disk, "data")
			for _, args := range [][]string{{"import", bulletins(t, 0, 300)}, {"index"}} {
				if code, _, errs := bantin(t, append(args, "--data", data)...); code != 0 {
					t.Fatal(errs)
				}
			}
			var free func()
			if kind == "full" {
				free = fill(t, disk)
			} else {
				if err := syscall.Mount("", disk, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
					t.Fatal(err)
				}
				free = func() {
					if err := syscall.Mount("", disk, "", syscall.MS_REMOUNT, ""); err != nil {
						t.Fatal(err)
					}
				}
			}
			more := bulletins(t, 300, 600)
			if code, _, errs := bantin(t, "import", "--data", data, more); code != 1 || !strings.Contains(errs, "disk") || strings.Contains(errs, "goroutine") {
				t.Errorf("an import ended with %d: %s", code, errs)
			}
			if code, out, errs := bantin(t, "search", "--data", data, "--json", "giao ban"); code != 0 || !strings.Contains(out, `"total":300`) {
				t.Errorf("a search without a service: %d %.200s %s", code, out, errs)
			}
			cmd, errs := process(t, nil, "serve", "--data", data, "--listen", "127.0.0.1:0")
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			lines := bufio.NewReader(out)
			address := listening(t, lines)
			if code, body := fetched(t, address+"/api/v1/search?q=giao+ban"); code != http.StatusOK || !strings.Contains(body, `"total":300`) {
				t.Errorf("a search while the disk is %s: %d %.200s", kind, code, body)
			}
			for { // the reason is known a moment after the start
				code, body := fetched(t, address+"/readyz")
				if code == http.StatusServiceUnavailable && strings.Contains(body, "disk:") {
					break
				}
			}
			free()
			address = listening(t, lines) // by itself
			if code, body := fetched(t, address+"/readyz"); code != http.StatusOK {
				t.Errorf("with room again: %d %s", code, body)
			}
			if code, _, errs := bantin(t, "import", "--data", data, more); code != 0 {
				t.Errorf("an import with room again: %s", errs)
			}
			for { // the service indexes what another process imported
				if _, body := fetched(t, address+"/api/v1/search?q=giao+ban"); strings.Contains(body, `"total":600`) {
					break
				}
			}
			if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
			if err := cmd.Wait(); err != nil {
				t.Errorf("%v %s", err, errs)
			}
			if n := countBulletins(t, data); n != 600 {
				t.Errorf("%d of 600 bulletins", n)
			}
		})
	}
}

// listening waits until a service says where it listens.
func listening(t *testing.T, lines *bufio.Reader) string {
	t.Helper()
	line, err := lines.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	_, address, _ := strings.Cut(strings.TrimSpace(line), "http://")
	return "http://" + address
}

func fetched(t *testing.T, address string) (int, string) {
	t.Helper()
	resp, err := http.Get(address) //nolint:gosec // of this test
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}
