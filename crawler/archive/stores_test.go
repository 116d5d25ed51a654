package archive

import (
	"context"
	"os"
	"testing"

	"bantin/crawler/archive/archivetest"
)

// TestMain runs all tests over both stores.
func TestMain(m *testing.M) {
	if path := os.Getenv(victim); path != "" {
		if err := crawlForever(context.Background(), path); err != nil {
			os.Stderr.WriteString(err.Error() + "\n")
			os.Exit(1)
		}
		return
	}
	os.Exit(archivetest.Main(m, ""))
}

// place is a new archive's address: a file of that name, or a schema.
func place(tb testing.TB, name string) string {
	tb.Helper()
	return archivetest.Place(tb, name)
}

// fileOnly skips what is about SQLite's files.
func fileOnly(t *testing.T) {
	t.Helper()
	archivetest.FileOnly(t)
}
