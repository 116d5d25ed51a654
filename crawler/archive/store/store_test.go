package store

import (
	"os"
	"testing"

	"bantin/crawler/archive/archivetest"
)

// TestMain runs all tests over both databases.
func TestMain(m *testing.M) { os.Exit(archivetest.Main(m, "")) }

func openAt(t *testing.T, address string) *Store {
	t.Helper()
	s, err := Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}
