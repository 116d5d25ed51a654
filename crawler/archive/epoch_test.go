package archive

import (
	"bytes"
	"fmt"
	"testing"

	"bantin/bulletin"
	"bantin/crawler/archive/store"
)

// copyArchive copies an archive as it is.
func copyArchive(t *testing.T, from string) string {
	t.Helper()
	to := place(t, "archive.db")
	if err := store.Load(t.Context(), to, bytes.NewReader(dumped(t, openAt(t, from)))); err != nil {
		t.Fatal(err)
	}
	return to
}

// TestHolds: a reader notices that the archive is not the one it followed,
// however far either has come.
func TestHolds(t *testing.T) {
	path := place(t, "archive.db")
	put1 := func(path string, ids ...string) (epoch string, last int64) {
		a, err := Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		defer a.Close()
		for _, id := range ids {
			put(t, a, bulletin.Bulletin{ID: id, Title: fmt.Sprint(id, last)})
		}
		if last, err = a.Last(t.Context()); err != nil {
			t.Fatal(err)
		}
		if epoch, err = a.Epoch(t.Context()); err != nil {
			t.Fatal(err)
		}
		return epoch, last
	}
	first, at3 := put1(path, "a", "b", "c")
	backup := copyArchive(t, path)
	same, _ := put1(path)
	second, at5 := put1(path, "d", "e")
	restored, at6 := put1(backup, "f", "g", "h")
	empty := place(t, "empty.db")
	other, _ := put1(empty, "x", "y", "z", "u", "v", "w")
	if same != first || second == first || restored == second || at3 != 3 || at5 != 5 || at6 != 6 {
		t.Fatal(first, same, second, restored, at3, at5, at6)
	}
	none := place(t, "none.db")
	for _, tc := range []struct {
		name, path, epoch string
		position          int64
		want              bool
	}{
		{"new reader", path, "", 0, true},
		{"new reader, new archive", none, "", 0, true},
		{"reader of before there were epochs", path, "", 3, false},
		{"up to date", path, second, 5, true},
		{"behind", path, first, 2, true},
		{"at the end of its epoch", path, first, 3, true},
		{"of an epoch that began later", path, second, 2, true},
		{"ahead", path, second, 6, false},
		{"restored before its position", backup, first, 4, false},
		{"restored, grown past its position", backup, second, 5, false},
		{"restored, still behind", backup, first, 3, true},
		{"the restored one in place of the other", path, restored, 4, false},
		{"replaced", empty, second, 5, false},
		{"replaced, another's reader", path, other, 1, false},
		{"emptied", none, second, 5, false},
	} {
		a := openAt(t, tc.path)
		if got, err := a.Holds(t.Context(), tc.epoch, tc.position); err != nil || got != tc.want {
			t.Errorf("%s: %v, %v", tc.name, got, err)
		}
	}
}
