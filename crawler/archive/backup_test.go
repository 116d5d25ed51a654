package archive

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"bantin/bulletin"

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
	if err := Restore(t.Context(), dir, path); err != nil {
		t.Fatal(err)
	}
	if err := Restore(t.Context(), dir, path); err == nil {
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

func TestRestoreRefusesDamage(t *testing.T) {
	fileOnly(t)
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
		if !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
		if a != nil {
			t.Errorf("%s: opened", name)
		}
	}
}

func TestOpenWhatIsNoFile(t *testing.T) {
	fileOnly(t)
	dir := t.TempDir()
	if _, err := Open(t.Context(), dir); !errors.Is(err, ErrUnusable) {
		t.Errorf("a directory gave %v", err)
	}
}

func TestSchemaOfANewerProgram(t *testing.T) {
	fileOnly(t)
	path := filled(t)
	a := openAt(t, path)
	err := a.update(t.Context(), func(t *tx) error {
		return t.exec("insert into schema_version (version) select max(version) + 1 from schema_version")
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), path); !errors.Is(err, ErrNewer) {
		t.Errorf("a newer schema gave %v", err)
	}
}

// TestMigrationIsWholeOrNothing fails a script in its middle.
func TestMigrationIsWholeOrNothing(t *testing.T) {
	fileOnly(t)
	a := open(t)
	scripts, err := scripts()
	if err != nil {
		t.Fatal(err)
	}
	err = a.update(t.Context(), func(t *tx) error {
		return t.reach(append(scripts, "create table half (x integer); insert into nowhere values (1)"))
	})
	if err == nil {
		t.Fatal("a broken script passed")
	}
	if _, err := a.read.ExecContext(t.Context(), "select * from half"); err == nil {
		t.Error("half a migration stayed")
	}
	var version int
	if err := a.read.QueryRowContext(t.Context(), schemaQuery).Scan(&version); err != nil || version != len(scripts) {
		t.Errorf("schema version %d, %v", version, err)
	}
}

// TestDiskFull limits the file as a full disk would.
func TestDiskFull(t *testing.T) {
	fileOnly(t)
	a := open(t)
	put(t, a, bulletin.Bulletin{ID: "before", Title: "before"})
	if _, err := a.write.conn.ExecContext(t.Context(), "pragma max_page_count = 1"); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 1))
	var err error
	for i := 0; err == nil && i < 1000; i++ {
		_, err = a.Import(t.Context(), bulletin.Bulletin{Title: prose(r, 9), Body: prose(r, 2000)})
	}
	if !errors.Is(err, ErrDiskFull) {
		t.Fatalf("a full disk gave %v", err)
	}
	if _, err := a.write.conn.ExecContext(t.Context(), "pragma max_page_count = 1000000"); err != nil {
		t.Fatal(err)
	}
	put(t, a, bulletin.Bulletin{ID: "after", Title: "after"})
	for _, id := range []string{"before", "after"} {
		if _, err := a.Bulletin(t.Context(), id); err != nil {
			t.Error(err)
		}
	}
}

// TestOpenAtOnce makes one archive from several sides.
func TestOpenAtOnce(t *testing.T) {
	fileOnly(t)
	path := filepath.Join(t.TempDir(), "archive.db")
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
