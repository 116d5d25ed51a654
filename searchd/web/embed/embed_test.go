package embed

import (
	"os"
	"path"
	"testing"
)

// TestReleased: what pages name by its content is served as it was. A release
// takes the present script up, by UPDATE=1.
func TestReleased(t *testing.T) {
	f, err := loadBox()
	if err != nil {
		t.Fatal(err)
	}
	now := "released/" + path.Base(f.versioned)
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(now, f.files[Script].data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	entries, err := os.ReadDir("released")
	if err != nil || len(entries) == 0 {
		t.Fatal(entries, err)
	}
	found := false
	for _, e := range entries {
		data, err := os.ReadFile("released/" + e.Name())
		if err != nil || path.Base(versioned(data)) != e.Name() {
			t.Errorf("%s is no longer what it was: %v", e.Name(), err)
		}
		found = found || "released/"+e.Name() == now
	}
	if !found {
		t.Errorf("%s is not there: pages that name it would break at the next release", now)
	}
}

// TestLoaderNeverChanges: its integrity attribute stands in pages of others.
func TestLoaderNeverChanges(t *testing.T) {
	f, err := loadBox()
	if err != nil {
		t.Fatal(err)
	}
	if got := integrity(f.files[Loader].data); got != loaderIntegrity {
		t.Errorf("%s, pages name %s", got, loaderIntegrity)
	}
}
