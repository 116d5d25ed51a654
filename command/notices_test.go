package command

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestNotices makes the notices of all that is linked into the program anew
// and compares them with those that ship; UPDATE=1 writes them.
func TestNotices(t *testing.T) {
	want := linkedNotices(t)
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile("notices.txt", want, 0o644); err != nil { //nolint:gosec // to be read
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile("notices.txt")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("notices.txt is not of what is linked now: UPDATE=1 go test ./command -run Notices")
	}
	code, out, _ := bantin(t, "version", "--notices")
	if code != 0 || out != string(got) {
		t.Error("bantin version --notices prints something else")
	}
}

// linkedNotices are the licences and notices of every linked module, each text
// once, below the modules that come with it.
func linkedNotices(t *testing.T) []byte {
	t.Helper()
	list := exec.CommandContext(t.Context(), "go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}\t{{.Dir}}{{end}}{{end}}", "..")
	list.Env = append(os.Environ(), "GOOS=linux", "GOARCH=amd64", "CGO_ENABLED=0", "GOFLAGS=")
	out, err := list.Output()
	if err != nil {
		t.Skipf("go list: %v", err)
	}
	modules := strings.Split(strings.TrimSpace(string(out)), "\n")
	slices.Sort(modules)
	modules = slices.DeleteFunc(slices.Compact(modules), func(s string) bool { return s == "" })
	users := map[string][]string{}
	for _, module := range modules {
		name, dir, _ := strings.Cut(module, "\t")
		texts := noticesIn(t, dir)
		if len(texts) == 0 {
			t.Errorf("%s comes without a licence", name)
		}
		for _, text := range texts {
			users[text] = append(users[text], name)
		}
	}
	for _, text := range goLicence(t) {
		users[text] = append(users[text], "Go and its standard library")
	}
	type notice struct{ names, text string }
	var all []notice
	for text, names := range users {
		slices.Sort(names)
		all = append(all, notice{strings.Join(slices.Compact(names), "\n"), text})
	}
	slices.SortFunc(all, func(a, b notice) int { return strings.Compare(a.names+a.text, b.names+b.text) })
	var b bytes.Buffer
	b.WriteString("Bantin is licensed under the Apache License 2.0. Linked into it are:\n")
	for _, n := range all {
		b.WriteString("\n" + strings.Repeat("=", 80) + "\n" + n.names + "\n" + strings.Repeat("-", 80) + "\n" + n.text + "\n")
	}
	return b.Bytes()
}

// noticesIn reads the files of a module that hold licences and notices.
func noticesIn(t *testing.T, dir string) (texts []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		upper := strings.ToUpper(e.Name())
		for _, begin := range []string{"LICENSE", "LICENCE", "COPYING", "NOTICE", "COPYRIGHT", "PATENTS"} {
			if !e.IsDir() && strings.HasPrefix(upper, begin) && !strings.HasSuffix(upper, ".GO") {
				b, err := os.ReadFile(filepath.Join(dir, e.Name()))
				if err != nil {
					t.Fatal(err)
				}
				texts = append(texts, strings.TrimSpace(strings.ReplaceAll(string(b), "\r\n", "\n")))
				break
			}
		}
	}
	return texts
}

// goLicence is the licence of the standard library.
func goLicence(t *testing.T) []string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "env", "GOROOT").Output()
	if err != nil {
		t.Skipf("go env: %v", err)
	}
	return noticesIn(t, strings.TrimSpace(string(out)))
}
