//go:build linux

package indexer

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"bantin/indexer/index"
	"bantin/indexer/index/opensearch/opensearchtest"
)

// refused names what a child process is to open, and within which limit.
const refused = "BANTIN_TEST_REFUSED"

func TestMain(m *testing.M) {
	dir := os.Getenv(refused)
	if dir == "" {
		os.Exit(opensearchtest.Run(m))
	}
	fmt.Fprintln(os.Stdout, openRefused(dir))
}

// openRefused opens the index as the system lets it and tells how that ended.
func openRefused(dir string) string {
	if os.Getenv("LIMIT") != "" {
		var most uint64
		if _, err := fmt.Sscan(os.Getenv("LIMIT"), &most); err != nil {
			return err.Error()
		}
		if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &syscall.Rlimit{Cur: most, Max: most}); err != nil {
			return err.Error()
		}
	}
	ix, err := openBleve(dir)
	switch {
	case errors.Is(err, index.ErrCorrupt):
		return "corrupt: " + err.Error()
	case errors.Is(err, index.ErrLocked):
		return "locked"
	case err != nil:
		return "refused: " + err.Error()
	}
	return fmt.Sprint("opened ", ix.Close())
}

// TestOnlyDamageIsDamage lets the system refuse an index in several ways: each
// is told as what it is, and the index is whole afterwards.
func TestOnlyDamageIsDamage(t *testing.T) {
	root := os.Getuid() == 0
	tried := 0
	for _, tc := range []struct {
		name, limit, want string
		harm              func(build string) error
		nobody            bool
	}{
		{name: "files of another user", want: "refused", nobody: true},
		{name: "folder of another user", want: "refused", nobody: true, harm: func(build string) error { return os.Chmod(build, 0o700) }},
		{name: "5 descriptors", limit: "5", want: "refused"},
		{name: "15 descriptors", limit: "15", want: "refused"},
		{name: "9 descriptors", limit: "9", want: "refused"},
		{name: "a folder for a file", want: "refused", harm: func(build string) error {
			if err := os.Rename(filepath.Join(build, "layout"), filepath.Join(build, "kept")); err != nil {
				return err
			}
			return os.Mkdir(filepath.Join(build, "layout"), 0o755) //nolint:gosec // a test
		}},
		{name: "nothing", want: "opened"},
	} {
		if tc.nobody && !root {
			continue
		}
		a := openArchive(t)
		dir, err := os.MkdirTemp("", "refusal") //nolint:usetesting // another user has to reach it
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { os.RemoveAll(dir) })
		l := openLive(t, dir, a)
		for i := range 12 { // a segment each
			fill(t, a, 40*i, 40*i+40, "mặt trận")
			catchUp(t, a, l)
		}
		closed(t, l)
		name, err := at(dir).Current(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		build := filepath.Join(dir, name)
		if tc.nobody {
			err = errors.Join(os.Chmod(dir, 0o755), os.Chmod(build, 0o755)) //nolint:gosec // a test
		}
		if tc.harm != nil {
			err = errors.Join(err, tc.harm(build))
		}
		if err != nil {
			t.Fatal(err)
		}
		before := len(segments(t, build))
		if got := openElsewhere(t, build, tc.limit, tc.nobody); !strings.HasPrefix(got, tc.want) {
			t.Errorf("%s: %s, want %s", tc.name, got, tc.want)
		}
		if tc.limit != "" && len(segments(t, build)) != before {
			t.Errorf("%s: %d segments of %d are left", tc.name, len(segments(t, build)), before)
		}
		if _, err := os.Stat(filepath.Join(build, "kept")); err == nil {
			err := errors.Join(os.Remove(filepath.Join(build, "layout")), os.Rename(filepath.Join(build, "kept"), filepath.Join(build, "layout")))
			if err != nil {
				t.Fatal(err)
			}
		}
		l = openLive(t, dir, a)
		if now, err := at(dir).Current(t.Context()); err != nil || now != name || total(t, l, "tran") != 480 {
			t.Errorf("%s: %s became %s, %d found, %v", tc.name, name, now, total(t, l, "tran"), err)
		}
		closed(t, l)
		tried++
	}
	t.Logf("%d refusals, 0 sound indexes rebuilt", tried)
}

func openElsewhere(t *testing.T, build, limit string, nobody bool) string {
	t.Helper()
	self := os.Args[0]
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Env = append(os.Environ(), refused+"="+build, "LIMIT="+limit)
	if nobody {
		b, err := os.ReadFile(self)
		if err != nil {
			t.Fatal(err)
		}
		folder, err := os.MkdirTemp("", "refusal") //nolint:usetesting // another user has to reach it
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(folder)
		cmd.Path = filepath.Join(folder, "test")
		if err := errors.Join(os.Chmod(folder, 0o755), os.WriteFile(cmd.Path, b, 0o755)); err != nil { //nolint:gosec // a program
			t.Fatal(err)
		}
		cmd.Dir = "/"
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%v: %s", err, out)
	}
	return strings.TrimSpace(string(out))
}

// TestRebuildNeedsRoom: an index that is damaged and cannot be rebuilt is an
// error, and the old build stays.
func TestRebuildNeedsRoom(t *testing.T) {
	a, dir := openArchive(t), t.TempDir()
	l := openLive(t, dir, a)
	fill(t, a, 0, 30, "mặt trận")
	catchUp(t, a, l)
	closed(t, l)
	name, err := at(dir).Current(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name, "layout"), []byte("older"), 0o600); err != nil {
		t.Fatal(err)
	}
	full := func(path string) (index.Index, error) {
		if filepath.Base(path) != name {
			return nil, fmt.Errorf("new build: %w", syscall.ENOSPC)
		}
		return openBleve(path)
	}
	if l, err := Open(t.Context(), directories{dir, full}, a, quiet); !errors.Is(err, syscall.ENOSPC) || l != nil {
		t.Errorf("%v", err)
	}
	if len(segments(t, filepath.Join(dir, name))) == 0 {
		t.Error("the old build is gone")
	}
}
