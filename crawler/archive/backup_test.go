package archive

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"bantin/bulletin"
	"bantin/crawler/archive/store"

	"github.com/google/go-cmp/cmp"
)

func TestBackupAndRestore(t *testing.T) {
	fileOnly(t)
	a := open(t)
	b := bulletin.Bulletin{ID: "x", URL: "http://h/x", Title: "Giao ban", Cites: []bulletin.Citation{}, Attachments: []bulletin.Attachment{}, Organizations: []string{}, Site: "s"}
	fetch(t, a, start, b.URL, "page", b)
	dir := filepath.Join(t.TempDir(), "backup")
	if err := a.Backup(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	if err := a.Backup(t.Context(), dir); err == nil {
		t.Error("a second backup overwrote the first")
	}
	put(t, a, bulletin.Bulletin{ID: "later"})
	path := filepath.Join(t.TempDir(), "new", "archive.db")
	if err := store.Restore(t.Context(), dir, path); err != nil {
		t.Fatal(err)
	}
	if err := store.Restore(t.Context(), dir, path); err == nil {
		t.Error("restoring overwrote an archive")
	}
	r := openAt(t, path)
	c, err := r.Bulletin(t.Context(), "x")
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(&b, c.Bulletin); d != "" {
		t.Error(d)
	}
	p, err := r.Original(t.Context(), "x", 0)
	if err != nil || string(p.Body) != "page" {
		t.Errorf("page %q, %v", p.Body, err)
	}
	if _, err := r.Bulletin(t.Context(), "later"); !errors.Is(err, ErrNotFound) {
		t.Errorf("a bulletin of after the backup: %v", err)
	}
}

// filled makes an archive of some megabytes and closes it.
func filled(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "archive.db")
	a, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 1))
	for range 300 {
		put(t, a, bulletin.Bulletin{Title: prose(r, 9), Body: prose(r, 300)})
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestOpenDamaged(t *testing.T) {
	fileOnly(t)
	whole, err := os.ReadFile(filled(t))
	if err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func([]byte) []byte{
		"other file": func([]byte) []byte { return []byte(strings.Repeat("text", 5000)) },
		"cut short":  func(b []byte) []byte { return b[:len(b)/2] },
		"holes": func(b []byte) []byte {
			for i := len(b) / 4; i < len(b)/2; i++ {
				b[i] = 0x55
			}
			return b
		},
	} {
		path := filepath.Join(t.TempDir(), "archive.db")
		if err := os.WriteFile(path, spoil(append([]byte(nil), whole...)), 0o600); err != nil {
			t.Fatal(err)
		}
		a, err := Open(t.Context(), path)
		if !errors.Is(err, store.ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
		if a != nil {
			t.Errorf("%s: opened", name)
		}
	}
}

// TestDiskFull limits the file as a full disk would.
func TestDiskFull(t *testing.T) {
	fileOnly(t)
	a := open(t)
	put(t, a, bulletin.Bulletin{ID: "before", Title: "before"})
	if err := pages(t, a, 1); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 1))
	var err error
	for i := 0; err == nil && i < 1000; i++ {
		_, err = a.Import(t.Context(), bulletin.Bulletin{Title: prose(r, 9), Body: prose(r, 2000)})
	}
	if !errors.Is(err, store.ErrDiskFull) {
		t.Fatalf("a full disk gave %v", err)
	}
	if err := pages(t, a, 1000000); err != nil {
		t.Fatal(err)
	}
	put(t, a, bulletin.Bulletin{ID: "after", Title: "after"})
	for _, id := range []string{"before", "after"} {
		if _, err := a.Bulletin(t.Context(), id); err != nil {
			t.Error(err)
		}
	}
}

// pages limits the file of an archive.
func pages(t *testing.T, a *Archive, most int) error {
	return a.share(t.Context(), func(t *tx) error {
		var n int
		return t.Row("pragma max_page_count = "+strconv.Itoa(most), nil, &n)
	})
}

// TestOpenAtOnce makes one archive from several sides.
func TestOpenAtOnce(t *testing.T) {
	path := place(t, "archive.db")
	var wg sync.WaitGroup
	for i := range 6 {
		wg.Go(func() {
			a, err := Open(t.Context(), path)
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := a.Import(t.Context(), bulletin.Bulletin{Title: strings.Repeat("x", i)}); err != nil {
				t.Error(err)
			}
			if err := a.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if last, err := openAt(t, path).Last(t.Context()); err != nil || last != 6 {
		t.Errorf("the feed is at %d, %v", last, err)
	}
}
