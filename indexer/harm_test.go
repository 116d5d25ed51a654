package indexer

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"bantin/crawler/archive"
	"bantin/crawler/archive/store"
	"bantin/indexer/index"
)

// archiveAt opens an archive of a few bulletins at a path.
func archiveAt(t *testing.T, path string, from, to int, text string) *archive.Archive {
	t.Helper()
	a, err := archive.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if to > from {
		fill(t, a, from, to, text)
	}
	if err := a.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	return a
}

func remove(t *testing.T, path string) {
	t.Helper()
	for _, end := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(path + end); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
	}
}

// TestAnIndexKnowsItsArchive changes what stands in the archive's place while
// the index is closed, or ahead of it while it is followed. After the next
// opening the index holds what the archive does: no ghosts, no gaps.
func TestAnIndexKnowsItsArchive(t *testing.T) {
	rounds := 0
	for name, change := range map[string]func(t *testing.T, path, backup string) *archive.Archive{
		"unchanged": func(t *testing.T, path, _ string) *archive.Archive { return archiveAt(t, path, 0, 0, "") },
		"grown":     func(t *testing.T, path, _ string) *archive.Archive { return archiveAt(t, path, 30, 45, "mặt trận") },
		"emptied": func(t *testing.T, path, _ string) *archive.Archive {
			remove(t, path)
			return archiveAt(t, path, 0, 0, "")
		},
		"replaced by a smaller": func(t *testing.T, path, _ string) *archive.Archive {
			remove(t, path)
			return archiveAt(t, path, 100, 103, "mặt trận")
		},
		"replaced by a larger": func(t *testing.T, path, _ string) *archive.Archive {
			remove(t, path)
			return archiveAt(t, path, 100, 190, "mặt trận")
		},
		"restored": func(t *testing.T, path, backup string) *archive.Archive {
			remove(t, path)
			if err := store.Restore(t.Context(), backup, path); err != nil {
				t.Fatal(err)
			}
			return archiveAt(t, path, 0, 0, "")
		},
		"restored and grown past the index": func(t *testing.T, path, backup string) *archive.Archive {
			remove(t, path)
			if err := store.Restore(t.Context(), backup, path); err != nil {
				t.Fatal(err)
			}
			return archiveAt(t, path, 200, 260, "mặt trận")
		},
	} {
		for _, following := range []bool{false, true} {
			rounds++
			path, dir, backup := filepath.Join(t.TempDir(), "archive.db"), t.TempDir(), filepath.Join(t.TempDir(), "backup")
			a := archiveAt(t, path, 0, 20, "mặt trận")
			if err := a.Backup(t.Context(), backup); err != nil {
				t.Fatal(err)
			}
			fill(t, a, 20, 30, "mặt trận")
			l := openLive(t, dir, a)
			catchUp(t, a, l)
			if err := a.Close(); err != nil {
				t.Fatal(err)
			}
			if !following {
				closed(t, l)
			}
			a = change(t, path, backup)
			if following { // one that stays open, as the service's
				followed(t, a, l)
			} else {
				l = openLive(t, dir, a)
				catchUp(t, a, l)
			}
			want := 0
			for c, err := range a.Bulletins(t.Context(), archive.Filter{}) {
				if err != nil {
					t.Fatal(err)
				}
				want++
				if _, err := l.Get(t.Context(), c.ID); err != nil {
					t.Errorf("%s, following %v: %s is missing: %v", name, following, c.ID, err)
				}
			}
			if got := total(t, l, ""); got != want {
				t.Errorf("%s, following %v: the index holds %d, the archive %d", name, following, got, want)
			}
			closed(t, l)
			if err := a.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Logf("%d archives changed behind an index, 0 ghosts or gaps", rounds)
}

// followed follows the archive until the index is up to it.
func followed(t *testing.T, a *archive.Archive, l *Live) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- Follow(ctx, a, l) }()
	for {
		last, err := a.Last(ctx)
		if err != nil {
			t.Fatal(err)
		}
		held := l.hold()
		at, err := held.Position(ctx)
		sound := held.belongs(ctx, a) == nil && held.harm.Load() == nil
		held.users.Done()
		if err == nil && at == last && sound {
			break
		}
		select {
		case err := <-done:
			t.Fatalf("follow ended: %v", err)
		default:
		}
	}
	stop()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("follow ended with %v", err)
	}
}

// TestDamageWhileSearching harms files under an open index: it is noticed by
// the first reading through or by the search that meets it, the index is
// rebuilt, and no search crashes.
func TestDamageWhileSearching(t *testing.T) {
	for name, harm := range map[string]func(f *os.File, size int64) error{
		"one byte":   func(f *os.File, size int64) error { return flip(f, size/3, 1) },
		"a stretch":  func(f *os.File, size int64) error { return flip(f, size/2, int(size/4)) },
		"the end":    func(f *os.File, size int64) error { return flip(f, size-30, 30) },
		"cut short":  func(f *os.File, size int64) error { return f.Truncate(size / 3) },
		"cut to all": func(f *os.File, _ int64) error { return f.Truncate(0) },
	} {
		t.Run(name, func(t *testing.T) {
			a, dir := openArchive(t), t.TempDir()
			l := openLive(t, dir, a)
			fill(t, a, 0, 500, "mặt trận tổ quốc")
			catchUp(t, a, l)
			build, err := at(dir).Current(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, file := range segments(t, filepath.Join(dir, build)) {
				f, err := os.OpenFile(file, os.O_RDWR, 0)
				if err != nil {
					t.Fatal(err)
				}
				info, err := f.Stat()
				if err != nil {
					t.Fatal(err)
				}
				if err := errors.Join(harm(f, info.Size()), f.Close()); err != nil {
					t.Fatal(err)
				}
			}
			for _, word := range []string{"tran", "quoc", "499"} { // an answer or an error, no crash
				_, _ = l.Search(t.Context(), index.Query{Root: index.Word{Text: word}, Size: 10, Snippets: true})
			}
			l.inspect(t.Context())
			if l.Harm() == nil {
				t.Fatal("the damage was not noticed")
			}
			followed(t, a, l)
			if l.Harm() != nil || total(t, l, "tran") != 500 {
				t.Errorf("after the rebuild: %v, %d found", l.Harm(), total(t, l, "tran"))
			}
			if builds, err := filepath.Glob(filepath.Join(dir, "build-*")); err != nil || len(builds) != 2 { // and its epoch
				t.Errorf("builds left: %v, %v", builds, err)
			}
			closed(t, l)
		})
	}
}

func segments(t *testing.T, build string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(build, "*.zap"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no segments in %s: %v", build, err)
	}
	return files
}

// flip inverts bytes of a file.
func flip(f *os.File, at int64, n int) error {
	b := make([]byte, n)
	if _, err := f.ReadAt(b, at); err != nil {
		return err
	}
	for i := range b {
		b[i] ^= 0xff
	}
	_, err := f.WriteAt(b, at)
	return err
}

// TestAFaultIsNoDamage: a sign that the checksums do not confirm leaves the
// index as it is.
func TestAFaultIsNoDamage(t *testing.T) {
	a, dir := openArchive(t), t.TempDir()
	l := openLive(t, dir, a)
	fill(t, a, 0, 30, "mặt trận")
	catchUp(t, a, l)
	before, err := at(dir).Current(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	err = l.use(func(index.Index) error { panic("a fault of the program") })
	if !errors.Is(err, index.ErrCorrupt) || l.Harm() == nil {
		t.Errorf("%v, %v", err, l.Harm())
	}
	followed(t, a, l)
	if now, err := at(dir).Current(t.Context()); err != nil || now != before || l.Harm() != nil {
		t.Errorf("%s became %s, %v, %v", before, now, err, l.Harm())
	}
	closed(t, l)
}
