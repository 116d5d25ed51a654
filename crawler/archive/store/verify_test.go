package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bantin/crawler/archive/archivetest"
)

func TestVerify(t *testing.T) {
	archivetest.FileOnly(t)
	a := openAt(t, archivetest.Place(t, "archive.db"))
	dir := filepath.Join(t.TempDir(), "bản sao #1")
	if err := a.Backup(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	if err := Verify(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("verifying left something beside the backup: %v, %v", entries, err)
	}
	if err := Verify(t.Context(), t.TempDir()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no backup: %v", err)
	}
	file := filepath.Join(dir, backupName)
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for at := 0; at < len(whole); at += 4096 { // a page of zeros in every place
		torn := append([]byte(nil), whole...)
		clear(torn[at:min(at+4096, len(torn))])
		if err := os.WriteFile(file, torn, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := Verify(t.Context(), dir); err == nil {
			t.Errorf("page %d of zeros was not noticed", at/4096)
		}
	}
}

func TestRestoreRefusesDamage(t *testing.T) {
	archivetest.FileOnly(t)
	dir := t.TempDir()
	path := filepath.Join(t.TempDir(), "archive.db")
	for name, content := range map[string]string{"no file": "", "no database": strings.Repeat("no database ", 1000)} {
		if content != "" {
			if err := os.WriteFile(filepath.Join(dir, backupName), []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := Restore(t.Context(), dir, path); err == nil {
			t.Errorf("%s: restored", name)
		}
		left, err := filepath.Glob(path + "*")
		if err != nil || len(left) > 0 {
			t.Errorf("%s: left behind %v, %v", name, left, err)
		}
	}
}

func TestOpenWhatIsNoFile(t *testing.T) {
	archivetest.FileOnly(t)
	dir := t.TempDir()
	if _, err := Open(t.Context(), dir); !errors.Is(err, ErrUnusable) {
		t.Errorf("a directory gave %v", err)
	}
}
