package command

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestBackupVerify: a whole backup passes, and one byte that differs does not.
func TestBackupVerify(t *testing.T) {
	data, dir := t.TempDir(), filepath.Join(t.TempDir(), "backup")
	in := filepath.Join(data, "in.jsonl")
	if err := os.WriteFile(in, []byte(`{"title":"Giao ban","body":"một hai ba"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"import", "--data", data, in}, {"backup", "--data", data, dir}, {"backup", "--verify", dir}} {
		if code, out, errs := bantin(t, args...); code != 0 {
			t.Fatalf("%v: %s %s", args, out, errs)
		}
	}
	file := filepath.Join(dir, "archive.db")
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for name, harm := range map[string]func() []byte{
		"cut":   func() []byte { return b[:len(b)-5000] },
		"other": func() []byte { return []byte(strings.Repeat("no ", 4000)) },
		"empty": func() []byte { return nil },
	} {
		if err := os.WriteFile(file, harm(), 0o600); err != nil {
			t.Fatal(err)
		}
		if code, _, errs := bantin(t, "backup", "--verify", dir); code != 1 {
			t.Errorf("%s: code %d %s", name, code, errs)
		}
	}
	if code, _, _ := bantin(t, "backup", "--verify", t.TempDir()); code != 1 {
		t.Error("a folder without a backup is one")
	}
}
