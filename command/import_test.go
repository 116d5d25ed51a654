package command

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bantin/crawler/archive"
	"bantin/crawler/importer"
)

func packed(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write([]byte(s))
	_ = w.Close()
	return b.String()
}

// TestImportSaysEverything: whatever is wrong with a file, every line of it
// that can be read is taken, every other is named, and the exit code is true.
func TestImportSaysEverything(t *testing.T) {
	line := func(id string) string {
		return `{"id":"` + id + `","title":"Giao ban ` + id + `","body":"một hai"}` + "\n"
	}
	whole := line("a") + line("b") + line("c")
	noise := func() string { // does not compress
		b := make([]byte, 100_000)
		x := uint32(1)
		for i := range b {
			x = x*1664525 + 1013904223
			b[i] = "0123456789abcdef"[x>>28]
		}
		return `{"title":"x","body":"` + string(b) + "\"}\n"
	}()
	torn := packed(whole + noise)
	for _, tc := range []struct {
		name, file, text string
		code, taken      int
		says             []string
	}{
		{"sound", "f.jsonl", whole, 0, 3, nil},
		{"no end of the last line", "f.jsonl", strings.TrimSpace(whole), 0, 3, nil},
		{"byte order mark", "f.jsonl", "\xef\xbb\xbf" + whole, 0, 3, nil},
		{"lines of Windows, empty ones", "f.jsonl", strings.ReplaceAll(whole, "\n", "\r\n\r\n"), 0, 3, nil},
		{"bad line", "f.jsonl", line("a") + "{broken\n" + line("b"), 1, 2, []string{"line 2 skipped"}},
		{"bad line, torn", "f.jsonl.gz", packed("{broken\n" + whole + noise)[:40_000], 1, 3, []string{"line 1 skipped", "line 5", "unexpected EOF"}},
		{"torn", "f.jsonl.gz", torn[:40_000], 1, 3, []string{"line 4", "unexpected EOF"}},
		{"torn head", "f.jsonl.gz", torn[:5], 1, 0, []string{"EOF"}},
		{"not what its name says", "f.jsonl.gz", whole, 1, 0, []string{"gzip"}},
		{"too long", "f.jsonl", line("a") + `{"body":"` + strings.Repeat("a", importer.Longest) + "\"}\n" + line("b"), 1, 2, []string{"line 2 skipped", "longer than 16 MB"}},
		{"too long at the end", "f.jsonl", line("a") + `{"body":"` + strings.Repeat("a", importer.Longest), 1, 1, []string{"line 2 skipped", "16 MB"}},
		{"nothing to search", "f.jsonl", line("a") + "{}\n", 1, 1, []string{"line 2 skipped"}},
		{"address of a script", "f.jsonl", line("a") + `{"title":"x","body":"y","url":"javascript:alert(1)"}` + "\n", 1, 1, []string{"line 2 skipped", "http"}},
		{"file of a script", "f.jsonl", line("a") + `{"title":"x","body":"y","attachments":[{"url":" JavaScript:alert(1)"}]}` + "\n", 1, 1, []string{"line 2 skipped"}},
		{"address without a scheme", "f.jsonl", line("a") + `{"title":"x","body":"y","url":"h.example/1"}` + "\n", 1, 1, []string{"line 2 skipped"}},
		{"missing", "", "", 1, 0, []string{"no such file"}},
	} {
		data := t.TempDir()
		name := filepath.Join(data, "missing.jsonl")
		if tc.file != "" {
			name = filepath.Join(data, tc.file)
			if err := os.WriteFile(name, []byte(tc.text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		code, _, errs := bantin(t, "import", "--data", data, name)
		if code != tc.code {
			t.Errorf("%s: exit code %d, want %d", tc.name, code, tc.code)
		}
		for _, s := range tc.says {
			if !strings.Contains(errs, s) {
				t.Errorf("%s: says %q, want %q in it", tc.name, errs, s)
			}
		}
		if n := countBulletins(t, data); n != tc.taken {
			t.Errorf("%s: %d taken, want %d", tc.name, n, tc.taken)
		}
	}
}

func countBulletins(t *testing.T, data string) (n int) {
	t.Helper()
	a, err := archive.Open(t.Context(), filepath.Join(data, "archive.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	for _, err := range a.Bulletins(t.Context(), archive.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	return n
}
