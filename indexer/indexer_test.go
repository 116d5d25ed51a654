package indexer

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"bantin/bulletin"
	"bantin/crawler/archive"
	"bantin/indexer/index"
	"bantin/indexer/index/bleveindex"
)

// quiet is for what these tests do not look at.
var quiet = slog.New(slog.DiscardHandler)

func openBleve(path string) (index.Index, error) { return bleveindex.Open(path, bleveindex.Options{}) }

func at(dir string) directories { return directories{dir, openBleve} }

func openArchive(t *testing.T) *archive.Archive {
	t.Helper()
	a, err := archive.Open(t.Context(), filepath.Join(t.TempDir(), "archive.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

func openLive(t *testing.T, dir string, a *archive.Archive) *Live {
	t.Helper()
	l, err := Open(t.Context(), at(dir), a, quiet)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func fill(t *testing.T, a *archive.Archive, from, to int, text string) []string {
	t.Helper()
	var all []bulletin.Bulletin
	var ids []string
	for i := from; i < to; i++ {
		b := bulletin.Bulletin{
			ID: fmt.Sprintf("b%04d", i), Site: "mau", Title: fmt.Sprintf("Giao ban số %d", i), Body: text,
			Published: time.Date(2020, 5, 1+i%28, 0, 0, 0, 0, bulletin.Zone), PublishedPrecision: bulletin.Day,
		}
		all, ids = append(all, b), append(ids, b.ID)
	}
	if _, err := a.Import(t.Context(), all...); err != nil {
		t.Fatal(err)
	}
	return ids
}

func total(t *testing.T, ix index.Index, word string) int {
	t.Helper()
	q := index.Query{}
	if word != "" {
		q.Root = index.Word{Text: word}
	}
	res, err := ix.Search(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return res.Total
}

func catchUp(t *testing.T, a *archive.Archive, ix index.Index) int {
	t.Helper()
	n, err := CatchUp(t.Context(), a, ix, nil)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func closed(t *testing.T, l *Live) {
	t.Helper()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestCatchUp(t *testing.T) {
	a, dir := openArchive(t), t.TempDir()
	l := openLive(t, dir, a)
	ids := fill(t, a, 0, batchSize+50, "mặt trận")
	if n := catchUp(t, a, l); n != len(ids) {
		t.Errorf("applied %d of %d", n, len(ids))
	}
	if n := catchUp(t, a, l); n != 0 {
		t.Errorf("applied %d again", n)
	}
	fill(t, a, 0, 10, "tổ quốc")
	if err := a.Withdraw(t.Context(), ids[20], ids[21]); err != nil {
		t.Fatal(err)
	}
	catchUp(t, a, l)
	closed(t, l)

	l = openLive(t, dir, a)
	defer closed(t, l)
	for word, want := range map[string]int{"": len(ids) - 2, "quoc": 10, "tran": len(ids) - 12} {
		if got := total(t, l, word); got != want {
			t.Errorf("%q finds %d after reopening, want %d", word, got, want)
		}
	}
}

func TestRebuild(t *testing.T) {
	a, dir := openArchive(t), t.TempDir()
	l := openLive(t, dir, a)
	ids := fill(t, a, 0, 30, "mặt trận")
	catchUp(t, a, l)
	before := l.Generation()
	fill(t, a, 30, 40, "tổ quốc")
	if err := l.Rebuild(t.Context(), a, nil); err != nil {
		t.Fatal(err)
	}
	if got := total(t, l, ""); got != len(ids)+10 {
		t.Errorf("%d after a rebuild, want %d", got, len(ids)+10)
	}
	if l.Generation() == before {
		t.Error("the generation stayed the same over a rebuild")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := l.Rebuild(ctx, a, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("a rebuild that is cut short: %v", err)
	}
	if got := total(t, l, ""); got != len(ids)+10 {
		t.Errorf("%d after a rebuild was cut short", got)
	}
	builds, err := filepath.Glob(filepath.Join(dir, "build-*"))
	if err != nil || len(builds) != 2 { // and its epoch
		t.Errorf("builds left: %v, %v", builds, err)
	}
	closed(t, l)
}

func TestCorruptIndexIsRebuilt(t *testing.T) {
	damage := map[string]func(path string) error{
		"root":    func(p string) error { return os.WriteFile(filepath.Join(p, "root.bolt"), []byte("torn"), 0o600) },
		"layout":  func(p string) error { return os.WriteFile(filepath.Join(p, "layout"), []byte("older"), 0o600) },
		"segment": truncateSegments,
		"current": func(p string) error { return os.WriteFile(filepath.Join(filepath.Dir(p), "current"), nil, 0o600) },
	}
	for name, harm := range damage {
		t.Run(name, func(t *testing.T) {
			a, dir := openArchive(t), t.TempDir()
			l := openLive(t, dir, a)
			fill(t, a, 0, 30, "mặt trận")
			catchUp(t, a, l)
			closed(t, l)
			build, err := at(dir).Current(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if err := harm(filepath.Join(dir, build)); err != nil {
				t.Fatal(err)
			}
			l = openLive(t, dir, a)
			defer closed(t, l)
			catchUp(t, a, l)
			if got := total(t, l, "tran"); got != 30 {
				t.Errorf("%d after the damage, want 30", got)
			}
		})
	}
}

func truncateSegments(path string) error {
	files, err := filepath.Glob(filepath.Join(path, "*.zap"))
	for _, f := range files {
		err = errors.Join(err, os.Truncate(f, 100))
	}
	return err
}

func TestSecondOpenerIsRefused(t *testing.T) {
	a, dir := openArchive(t), t.TempDir()
	l := openLive(t, dir, a)
	defer closed(t, l)
	if _, err := Open(t.Context(), at(dir), a, quiet); !errors.Is(err, index.ErrLocked) {
		t.Errorf("a second opener got %v", err)
	}
}

func TestIndexOfAnotherArchive(t *testing.T) {
	a, dir := openArchive(t), t.TempDir()
	l := openLive(t, dir, a)
	fill(t, a, 0, 30, "mặt trận")
	catchUp(t, a, l)
	defer closed(t, l)
	if _, err := CatchUp(t.Context(), openArchive(t), l, nil); err == nil {
		t.Error("an index ahead of its archive was accepted")
	}
}

func TestFollow(t *testing.T) {
	a := openArchive(t)
	l := openLive(t, t.TempDir(), a)
	defer closed(t, l)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	w := watched{l, make(chan int64, 10)}
	go func() { done <- Follow(ctx, a, w) }()
	for _, batch := range [][2]int{{0, 30}, {30, 40}} {
		fill(t, a, batch[0], batch[1], "mặt trận")
		last, err := a.Last(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for at := range w.applied {
			if at == last {
				break
			}
		}
	}
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("follow ended with %v", err)
	}
	if got := total(t, l, ""); got != 40 {
		t.Errorf("%d, want 40", got)
	}
}

// watched tells of every batch that was applied.
type watched struct {
	index.Index
	applied chan int64
}

func (w watched) Apply(ctx context.Context, changes []bulletin.Change, position int64) error {
	err := w.Index.Apply(ctx, changes, position)
	w.applied <- position
	return err
}
