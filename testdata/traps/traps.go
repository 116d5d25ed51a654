// Package traps checks lists of what a package falls into, each with the tests that
// would notice.
package traps

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Check fails where a test of the list is in none of the files that the patterns name.
// Of each pair the first says what the trap is, the second names its tests, with spaces
// between.
func Check(t *testing.T, list [][2]string, patterns ...string) {
	t.Helper()
	var all strings.Builder
	for _, pattern := range patterns {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(files), err)
		}
		for _, f := range files {
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			all.Write(text)
		}
	}
	for _, one := range list {
		for name := range strings.FieldsSeq(one[1]) {
			if !strings.Contains(all.String(), "func "+name+"(t *testing.T)") {
				t.Errorf("%s: there is no %s", one[0], name)
			}
		}
	}
}
