package store

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"bantin/crawler/archive/archivetest"
)

// TestLoadOlderDump: a dump of an older schema is brought up to date.
func TestLoadOlderDump(t *testing.T) {
	path := archivetest.Place(t, "archive.db")
	if err := Load(t.Context(), path, bytes.NewReader(dumpOf(t, 1))); err != nil {
		t.Fatal(err)
	}
	a := openAt(t, path)
	var reached int
	if err := a.Row(t.Context(), schemaQuery, nil, &reached); err != nil || reached != len(scripts) {
		t.Errorf("schema %d of %d, %v", reached, len(scripts), err)
	}
}

// dumpOf is the dump of an empty archive of a schema.
func dumpOf(t *testing.T, schema int) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "old.db")
	w, err := newWriter(t.Context(), sqliteFile{path})
	if err != nil {
		t.Fatal(err)
	}
	err = w.update(t.Context(), func(t *Tx) error {
		if err := t.Exec(makeVersions); err != nil {
			return err
		}
		return t.reach(scripts[:schema])
	})
	if err := errors.Join(err, w.close()); err != nil {
		t.Fatal(err)
	}
	a, err := OpenReading(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	var b bytes.Buffer
	if err := a.Dump(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestBackupNamesTheTool: what is no file is backed up by its own tool.
func TestBackupNamesTheTool(t *testing.T) {
	if !archivetest.Remote() {
		t.Skip("about PostgreSQL")
	}
	a := openAt(t, archivetest.Place(t, ""))
	dir := t.TempDir()
	for _, err := range []error{a.Backup(t.Context(), filepath.Join(dir, "b")), Restore(t.Context(), dir, archivetest.Place(t, ""))} {
		if !errors.Is(err, errDump) {
			t.Error(err)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left behind %v, %v", left, err)
	}
}
