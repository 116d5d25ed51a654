package main

import (
	"go/build"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// outside is a program of somebody else that searches with our analyzers.
const outside = `package main

import (
	"fmt"

	"github.com/blevesearch/bleve/v2"

	"bantin/analyzers"
	"bantin/analyzers/vi"
)

func main() {
	text := bleve.NewTextFieldMapping()
	text.Analyzer = analyzers.Folded
	mapping := bleve.NewIndexMapping()
	mapping.DefaultMapping.AddFieldMappingsAt("body", text)
	index, err := bleve.NewMemOnly(mapping)
	if err != nil {
		panic(err)
	}
	if err := index.Index("1", map[string]string{"body": "Mặt trận Tổ quốc tỉnh Tuyên Quang"}); err != nil {
		panic(err)
	}
	query := bleve.NewMatchQuery("tuyen quang")
	query.SetField("body")
	found, err := index.Search(bleve.NewSearchRequest(query))
	if err != nil {
		panic(err)
	}
	fmt.Println(found.Total, vi.Fold("Tuyên Quang"))
}
`

// TestLibrary builds and runs a program outside this repository against the
// analyzers.
func TestLibrary(t *testing.T) {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	own, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	first, rest, _ := strings.Cut(string(own), "\n")
	module := strings.TrimPrefix(first, "module ")
	sum, err := os.ReadFile("go.sum")
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{
		"main.go": strings.ReplaceAll(outside, `"bantin/`, `"`+module+`/`),
		// The same versions as ours, so that nothing has to be fetched.
		"go.mod": "module outside.example/search\n" + rest + "\nrequire " + module + " v0.0.0\n\nreplace " + module + " => " + here + "\n",
		"go.sum": string(sum),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run := exec.CommandContext(t.Context(), "go", "run", "-mod=mod", ".")
	run.Dir, run.Env = dir, append(os.Environ(), "GOPROXY=off", "GOWORK=off")
	out, err := run.CombinedOutput()
	if err != nil || string(out) != "1 tuyen quang\n" {
		t.Fatalf("%v: %s", err, out)
	}
}

// TestLibraryIsLean: the analyzers bring nothing but bleve and x/text along.
func TestLibraryIsLean(t *testing.T) {
	for path, more := range map[string][]string{
		"analyzers/vi": {"golang.org/x/text/"},
		"analyzers":    {"analyzers/vi", "github.com/blevesearch/bleve"},
	} {
		pkg, err := build.ImportDir(path, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, imp := range pkg.Imports {
			host, _, _ := strings.Cut(imp, "/")
			allowed := !strings.Contains(host, ".") && !strings.Contains(imp, "/analyzers")
			for _, m := range more {
				allowed = allowed || strings.Contains(imp, m)
			}
			if !allowed {
				t.Errorf("%s imports %s", path, imp)
			}
		}
	}
}
