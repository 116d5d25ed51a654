package archive

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestVerify(t *testing.T) {
	fileOnly(t)
	a := open(t)
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
