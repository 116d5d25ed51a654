package web

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"bantin/bulletin"
	"bantin/indexer/index"
	"bantin/searchd/web/answer"
)

var keyUse = regexp.MustCompile(`\.[TN]\(?\s*"([a-z0-9_.-]+)"[ ),}]`)

// TestCatalogues: every language has every string, with the same places to
// fill in, and every string that a page or handler asks for is there.
func TestCatalogues(t *testing.T) {
	vi, en := readCatalogue(t, "vi"), readCatalogue(t, "en")
	places := regexp.MustCompile(`\{\d\}`)
	for key, s := range vi {
		other, ok := en[key]
		if !ok {
			t.Errorf("en lacks %s", key)
		}
		a, b := places.FindAllString(s, -1), places.FindAllString(other, -1)
		slices.Sort(a)
		slices.Sort(b)
		if !slices.Equal(a, b) {
			t.Errorf("%s has other places in en", key)
		}
		if strings.Contains(s+other, "%s") {
			t.Errorf("%s: a place is written {0}", key)
		}
	}
	for key := range en {
		if id, ok := strings.CutPrefix(key, "org."); ok { // in Vietnamese the domain's own table has them
			if _, known := bulletin.OrganizationByID(id); !known {
				t.Errorf("en names %s, which is no organization", id)
			}
			continue
		}
		if _, ok := vi[strings.TrimSuffix(key, ".one")]; !ok {
			t.Errorf("vi lacks %s", key)
		}
	}
	for _, key := range usedKeys(t) {
		if _, ok := vi[key]; !ok {
			t.Errorf("%s is used and in no catalogue", key)
		}
	}
}

func readCatalogue(t *testing.T, lang string) map[string]string {
	t.Helper()
	data, err := os.ReadFile("answer/catalogue/" + lang + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]string
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// usedKeys lists the keys in templates and handlers and those made of values.
func usedKeys(t *testing.T) []string {
	t.Helper()
	var keys []string
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if d.IsDir() && path == "admin" { // it has its own
			return filepath.SkipDir
		}
		if err != nil || d.IsDir() || strings.HasSuffix(path, "_test.go") || (!strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, ".html")) {
			return err
		}
		data, err := os.ReadFile(path)
		for _, m := range keyUse.FindAllStringSubmatch(string(data), -1) {
			if !strings.HasSuffix(m[1], ".") { // the rest is a value: see below
				keys = append(keys, m[1])
			}
		}
		return err
	})
	if err != nil || len(keys) < 50 {
		t.Fatal(len(keys), err)
	}
	for slug := range answer.ProblemStatus {
		keys = append(keys, "problem."+slug, "problem."+slug+".detail")
	}
	for _, l := range []string{"clauses", "nesting", "values", "expansion", "phrase", "page", "depth"} {
		keys = append(keys, "limit."+l)
	}
	for _, f := range index.Fields() {
		keys = append(keys, "facet."+string(f))
	}
	for _, k := range answer.Kinds {
		keys = append(keys, "kind."+string(k))
	}
	for _, s := range []index.Sort{index.Relevance, index.Newest, index.Oldest} {
		keys = append(keys, "sort."+string(s))
	}
	for _, b := range []bulletin.Basis{bulletin.Stated, bulletin.Derived, bulletin.Guessed} {
		keys = append(keys, "basis."+string(b))
	}
	for _, k := range []string{"quote", "bracket", "operator", "field", "wildcard", "nesting", "keystrokes", "encoding", "long"} {
		keys = append(keys, "repair."+k)
	}
	for _, s := range []string{index.StepAccents, index.StepSomeWord, index.StepAnyWord, index.StepAnything} {
		keys = append(keys, "relaxed."+s)
	}
	for _, s := range []string{"ok", "new", "waiting", "failing", "paused"} {
		keys = append(keys, "state."+s)
	}
	return keys
}

func TestNumbersAndDays(t *testing.T) {
	service, err := answer.New(answer.Config{})
	if err != nil {
		t.Fatal(err)
	}
	all := service.Catalogues
	at := time.Date(2020, 9, 25, 13, 35, 49, 0, bulletin.Zone)
	for _, tc := range []struct{ lang, got, want string }{
		{"vi", all["vi"].Number(1234567), "1.234.567"},
		{"en", all["en"].Number(1234567), "1,234,567"},
		{"vi", all["vi"].Number(999), "999"},
		{"vi", all["vi"].Number(-1000), "-1.000"},
		{"vi", all["vi"].Day(at), "25/9/2020"},
		{"en", all["en"].Day(at), "25 Sep 2020"},
		{"vi", all["vi"].Moment(at, bulletin.Minute), "25/9/2020, 13:35"},
		{"vi", all["vi"].Moment(at, bulletin.Month), "9/2020"},
		{"vi", all["vi"].Moment(time.Time{}, bulletin.Day), ""},
		{"en", all["en"].N("bulletins", 1), "1 bulletin"},
		{"en", all["en"].N("bulletins", 2), "2 bulletins"},
		{"vi", all["vi"].N("bulletins", 1), "1 bản tin"},
	} {
		if tc.got != tc.want {
			t.Errorf("%s: %q, want %q", tc.lang, tc.got, tc.want)
		}
	}
}
