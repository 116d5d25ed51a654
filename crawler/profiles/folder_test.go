package profiles

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"bantin/crawler/site"

	"github.com/google/go-cmp/cmp"
)

func profileText(id, name string) string {
	return "id: " + id + "\nname: " + name + "\nprovince: hue\nfamily: generic\nlistings:\n  - http://" + id + ".example/tin\n"
}

// names are what the profiles in force call their portals, by id.
func names(all []*site.Profile) map[string]string {
	m := map[string]string{}
	for _, p := range all {
		m[p.ID] = p.Name
	}
	return m
}

func TestProfilesInForce(t *testing.T) {
	dir := t.TempDir()
	f := New(dir, slog.New(slog.DiscardHandler))
	steps := []struct {
		what       string
		file, text string // an empty text removes the file
		want       map[string]string
		broken     []string
	}{
		{"the first", "a.yaml", profileText("a", "một"), map[string]string{"a": "một"}, nil},
		{"a broken one beside it", "b.yaml", "id: b\nlistings: 7\n", map[string]string{"a": "một"}, []string{"b.yaml"}},
		{"a change", "a.yaml", profileText("a", "hai"), map[string]string{"a": "hai"}, []string{"b.yaml"}},
		{"spoilt: the old one stays", "a.yaml", "id: a\nlistings: [", map[string]string{"a": "hai"}, []string{"a.yaml", "b.yaml"}},
		{"an unknown province", "a.yaml", "id: a\nprovince: atlantis\nfamily: generic\nlistings:\n  - http://a.example/\n", map[string]string{"a": "hai"}, []string{"a.yaml", "b.yaml"}},
		{"mended", "b.yaml", profileText("b", "ba"), map[string]string{"a": "hai", "b": "ba"}, []string{"a.yaml"}},
		{"an id twice", "c.yaml", profileText("b", "khác"), map[string]string{"a": "hai", "b": "ba"}, []string{"a.yaml", "c.yaml"}},
		{"taken away", "b.yaml", "", map[string]string{"a": "hai", "b": "khác"}, []string{"a.yaml"}},
		{"another", "a.yaml", profileText("a", "bốn"), map[string]string{"a": "bốn", "b": "khác"}, nil},
		{"no profile", "note.txt", "x", map[string]string{"a": "bốn", "b": "khác"}, nil},
	}
	for _, step := range steps {
		file := filepath.Join(dir, step.file)
		err := os.WriteFile(file, []byte(step.text), 0o600)
		if step.text == "" {
			err = os.Remove(file)
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Read(); err != nil {
			t.Fatal(err)
		}
		var broken []string
		for name := range f.Faults() {
			broken = append(broken, name)
		}
		slices.Sort(broken)
		if diff := cmp.Diff(step.want, names(f.Profiles())); diff != "" {
			t.Errorf("%s: %s", step.what, diff)
		}
		if diff := cmp.Diff(step.broken, broken); diff != "" {
			t.Errorf("%s: broken %s", step.what, diff)
		}
	}
}

// TestProfilesAreWatched takes over what is written while it watches.
func TestProfilesAreWatched(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "sites") // made by the watch
	f := New(dir, slog.New(slog.DiscardHandler))
	used := make(chan map[string]string)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		done <- f.Watch(ctx, func(all []*site.Profile) error {
			select {
			case used <- names(all):
			case <-ctx.Done():
			}
			return nil
		})
	}()
	for _, want := range []map[string]string{{"a": "một"}, {"a": "một", "b": "hai"}} {
		for id, name := range want {
			if err := os.MkdirAll(dir, 0o750); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, id+".yaml"), []byte(profileText(id, name)), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		limit := time.After(3 * time.Minute)
		for got := map[string]string{}; !cmp.Equal(got, want); {
			select {
			case got = <-used:
			case <-limit:
				t.Fatalf("never in force: %v", want)
			}
		}
	}
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestLoadKeepsTheGood(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"a.yaml":     "family: generic\nlistings: [https://a.vn]\n",
		"b.yaml":     "family: x\nlistings: [https://a.vn]\n",
		"c.yml":      "id: a\nfamily: generic\nlistings: [https://a.vn]\n",
		"d.yaml":     "family: generic\nprovince: nowhere\nlistings: [https://a.vn]\n",
		"readme.txt": "no",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	all, err := Load(dir)
	if len(all) != 1 || all[0].ID != "a" {
		t.Errorf("profiles: %v", all)
	}
	for _, want := range []string{"b.yaml:1: family", `c.yml: id "a" is taken by a.yaml`, `site d: there is no province "nowhere"`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("errors: %v, want %s", err, want)
		}
	}
	if all, err := Load(filepath.Join(dir, "none-such")); all != nil || err != nil {
		t.Errorf("absent folder: %v, %v", all, err)
	}
}
