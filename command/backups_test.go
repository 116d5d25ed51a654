package command

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bantin/crawler/archive"
	"bantin/crawler/archive/store"
)

func openArchive(t *testing.T, path string) *archive.Archive {
	t.Helper()
	ar, err := archive.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ar.Close() })
	return ar
}

func TestRegularBackups(t *testing.T) {
	ar := openArchive(t, filepath.Join(t.TempDir(), "archive.db"))
	b := &backups{dir: filepath.Join(t.TempDir(), "backups"), every: time.Hour, keep: 2}
	if last, err := b.last(); err != nil || !last.IsZero() {
		t.Fatalf("before the first: %v, %v", last, err)
	}
	start := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	for i := range 4 {
		// What a crash left is cleared away, what is not ours stays.
		if err := os.MkdirAll(filepath.Join(b.dir, "bantin-20200101T000000Z.part"), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Join(b.dir, "other"), 0o750); err != nil {
			t.Fatal(err)
		}
		if _, err := b.make(t.Context(), ar, start.Add(time.Duration(i)*time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	entries, err := os.ReadDir(b.dir)
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if got := strings.Join(names, " "); err != nil || got != "bantin-20260301T100000Z bantin-20260301T110000Z other" {
		t.Errorf("%s, %v", got, err)
	}
	if last, err := b.last(); err != nil || !last.Equal(start.Add(3*time.Hour)) {
		t.Errorf("last %v, %v", last, err)
	}
	restored := filepath.Join(t.TempDir(), "archive.db")
	if err := store.Restore(t.Context(), filepath.Join(b.dir, "bantin-20260301T110000Z"), restored); err != nil {
		t.Error(err)
	}
}

// TestFailedBackup leaves the earlier ones alone.
func TestFailedBackup(t *testing.T) {
	ar := openArchive(t, filepath.Join(t.TempDir(), "archive.db"))
	b := &backups{dir: t.TempDir(), every: time.Hour, keep: 1}
	now := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	if _, err := b.make(t.Context(), ar, now); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(b.dir, "bantin-20260301T090000Z"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := b.make(t.Context(), ar, now.Add(time.Hour)); err == nil {
		t.Error("a file in the way was overwritten")
	}
	if last, err := b.last(); err != nil || !last.Equal(now) {
		t.Errorf("last %v, %v", last, err)
	}
}

// notice tells of the first line that a log has.
type notice struct {
	text bytes.Buffer
	told chan struct{}
}

func (n *notice) Write(p []byte) (int, error) {
	first := n.text.Len() == 0
	n.text.Write(p)
	if first {
		close(n.told)
	}
	return len(p), nil
}

// TestBackupIsMadeAtStart makes the first one at once, and says so.
func TestBackupIsMadeAtStart(t *testing.T) {
	ar := openArchive(t, filepath.Join(t.TempDir(), "archive.db"))
	b := &backups{dir: t.TempDir(), every: time.Hour, keep: 1}
	n := &notice{told: make(chan struct{})}
	done := make(chan error, 1)
	ctx, stop := context.WithCancel(t.Context())
	go func() { done <- b.stay(ctx, ar, slog.New(slog.NewTextHandler(n, nil))) }()
	<-n.told
	stop()
	if err := <-done; err != nil || !strings.Contains(n.text.String(), "verified") {
		t.Errorf("%v: %s", err, n.text.String())
	}
	if last, err := b.last(); err != nil || last.IsZero() {
		t.Errorf("last %v, %v", last, err)
	}
}
