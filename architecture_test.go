package main

import (
	"errors"
	"go/build"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// allowed lists, for every package, the packages of this module and the
// guarded libraries that it may import. A bulletin travels one way: crawler,
// archive, indexer, index, searchd; no stage calls back.
var allowed = map[string][]string{
	"bulletin":                 {"analyzers/vi"},
	"bulletin/phrase":          {"bulletin", "analyzers/vi"},
	"bulletin/cite":            {"bulletin", "bulletin/phrase", "analyzers/vi"},
	"bulletin/facts":           {"bulletin", "bulletin/phrase", "bulletin/cite", "analyzers/vi"},
	"analyzers/vi":             {},
	"analyzers":                {"analyzers/vi", "bleve"},
	"analyzers/sketch":         {"analyzers/vi"},
	"analyzers/spelling":       {"analyzers/vi"},
	"crawler/site":             {"analyzers/vi", "goquery", "yaml"},
	"cache":                    {},
	"crawler/fetch":            {"cache", "colly"},
	"crawler/extract":          {"bulletin", "bulletin/facts", "bulletin/cite", "crawler/site", "analyzers/vi", "goquery", "readability"},
	"crawler/archive":          {"cache", "analyzers/sketch", "bulletin", "bulletin/cite", "crawler/archive/meeting", "crawler/archive/store", "sql"},
	"crawler/archive/meeting":  {"analyzers/sketch", "analyzers/vi", "bulletin"},
	"crawler/archive/store":    {"sql", "driver"},
	"crawler/importer":         {"bulletin", "bulletin/facts", "crawler/archive"},
	"crawler/profiles":         {"bulletin", "crawler/site"},
	"crawler":                  {"bulletin", "bulletin/facts", "crawler/site", "crawler/fetch", "crawler/extract", "crawler/archive", "crawler/archive/store"},
	"indexer/index":            {"bulletin", "analyzers/spelling", "analyzers/vi"},
	"indexer/index/indextest":  {"bulletin", "indexer/index", "analyzers/vi"}, // its suite runs over every engine
	"indexer/index/bleveindex": {"bulletin", "indexer/index", "analyzers", "analyzers/vi", "bleve", "bbolt"},
	"indexer/index/opensearch": {"cache", "bulletin", "indexer/index", "indexer/nodes", "analyzers/vi"},
	"indexer/index/opensearch/opensearchtest": {}, // a real node for tests
	"indexer/nodes":      {"indexer/index"},
	"indexer":            {"bulletin", "crawler/archive", "indexer/index"},
	"searchd/query":      {"indexer/index", "bulletin", "bulletin/facts", "bulletin/cite", "analyzers/vi"},
	"searchd/web/answer": {"cache", "searchd/alert", "searchd/query", "indexer/index", "bulletin", "bulletin/cite", "bulletin/facts", "analyzers/vi", "gin"},
	"searchd/web/mcp":    {"mcp"},
	"searchd/web/diff":   {},
	"searchd/web/api":    {"searchd/alert", "searchd/web/answer", "searchd/web/embed", "searchd/web/export", "searchd/query", "indexer/index", "bulletin", "bulletin/cite", "analyzers/vi", "gin"},
	"searchd/web/export": {"searchd/web/answer", "indexer/index", "bulletin", "gin"},
	"searchd/web/page":   {"searchd/alert", "searchd/web/answer", "searchd/web/diff", "searchd/web/export", "searchd/query", "indexer/index", "bulletin", "analyzers/vi", "gin"},
	"searchd/web/embed":  {"cache", "searchd/web/answer", "searchd/web/page", "searchd/query", "indexer/index", "bulletin", "analyzers/vi", "gin"},
	"searchd/web":        {"searchd/alert", "searchd/ask", "searchd/web/answer", "searchd/web/api", "searchd/web/embed", "searchd/web/export", "searchd/web/mcp", "searchd/web/page", "indexer/index", "gin"},
	"searchd/web/admin":  {"searchd/web/answer", "bulletin"},
	"searchd/ask":        {},
	"searchd/eval":       {"searchd/query", "indexer/index", "indexer/index/bleveindex", "bulletin", "bulletin/facts", "analyzers/vi"},
	"searchd/alert":      {"bulletin", "mail", "bbolt"},
	"command/dataset":    {"analyzers/sketch", "bulletin", "bulletin/cite", "crawler/archive", "crawler/archive/meeting", "indexer/index", "parquet"},
	"searchd":            {"searchd/web"},

	"crawler/archive/archivetest": {"sql", "driver"}, // a real server for tests
}

// guarded libraries may be imported only where allowed says so.
var guarded = map[string]string{
	"github.com/blevesearch/": "bleve", "github.com/gocolly/": "colly", "github.com/gin-gonic/": "gin",
	"github.com/PuerkitoBio/goquery": "goquery", "github.com/goccy/go-yaml": "yaml",
	"codeberg.org/readeck/": "readability", "database/sql": "sql", "github.com/modelcontextprotocol/": "mcp", "modernc.org/sqlite": "driver", "github.com/jackc/pgx/": "driver",
	"github.com/wneessen/go-mail": "mail", "go.etcd.io/bbolt": "bbolt",
	"github.com/parquet-go/": "parquet",
}

func TestImports(t *testing.T) {
	seen := 0
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		if path != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
			return filepath.SkipDir
		}
		pkg, err := build.ImportDir(path, 0)
		if none := new(build.NoGoError); errors.As(err, &none) || path == "." || path == "command" { // main and what wires everything
			return nil
		}
		if err != nil {
			return err
		}
		seen++
		rule, ok := allowed[filepath.ToSlash(path)]
		if !ok {
			t.Errorf("package %s has no line in the import rules", path)
		}
		for _, imp := range pkg.Imports {
			if name, watched := watch(imp); watched && !slices.Contains(rule, name) {
				t.Errorf("%s imports %s, which its rule does not allow", path, imp)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen == 0 {
		t.Fatal("no package found: run from the root of the module")
	}
}

// watch returns the name under which an import is guarded.
func watch(imp string) (string, bool) {
	if name, ok := strings.CutPrefix(imp, "bantin/"); ok {
		return name, true
	}
	for prefix, name := range guarded {
		if strings.HasPrefix(imp, prefix) {
			return name, true
		}
	}
	return "", false
}

// TestPlaces: every file and folder that the table of changes names is there.
func TestPlaces(t *testing.T) {
	text, err := os.ReadFile("ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "## Where a change goes\n")
	table, _, _ := strings.Cut(rest, "\n## ")
	places := regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(table, -1)
	if rows := strings.Count(table, "\n|") - 2; rows < 10 || len(places) < rows {
		t.Errorf("%d changes, %d places", rows, len(places))
	}
	for _, m := range places {
		if _, err := os.Stat(m[1]); err != nil {
			t.Error(err)
		}
	}
}
