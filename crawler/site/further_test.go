package site

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestAddListing(t *testing.T) {
	const address = "https://a.vn/tin-khac"
	for _, c := range []struct{ name, text, want string }{
		{"comments stay", "id: a\nfamily: generic # mine\nlistings:\n  # first\n  - https://a.vn/tin # main\npace: 5s\n", "id: a\nfamily: generic # mine\nlistings:\n  # first\n  - https://a.vn/tin # main\n  - https://a.vn/tin-khac\npace: 5s\n"},
		{"no newline at the end", "id: a\nfamily: generic\nlistings:\n- https://a.vn/tin\n- https://a.vn/b", "id: a\nfamily: generic\nlistings:\n- https://a.vn/tin\n- https://a.vn/b\n- https://a.vn/tin-khac\n"},
		{"on one line", "id: a\nfamily: generic\nlistings: [https://a.vn/tin]\n", ""},
		{"another id", "id: b\nfamily: generic\nlistings:\n- https://a.vn/tin\n", ""},
	} {
		dir := t.TempDir()
		file := filepath.Join(dir, "any.yaml")
		if err := os.WriteFile(file, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := AddListing(dir, "a", address)
		got, readErr := os.ReadFile(file)
		if readErr != nil {
			t.Fatal(readErr)
		}
		if c.want == "" {
			if err == nil || string(got) != c.text {
				t.Errorf("%s: %v, file %q", c.name, err, got)
			}
			continue
		}
		if err != nil || string(got) != c.want {
			t.Errorf("%s: %v\n%s", c.name, err, got)
		}
		if _, err := AddListing(dir, "a", address); !errors.Is(err, ErrListed) {
			t.Errorf("%s: added twice: %v", c.name, err)
		}
		if p, err := Parse("a.yaml", got); err != nil || !slices.Contains(p.Listings, address) {
			t.Errorf("%s: %v %v", c.name, p, err)
		}
	}
}
