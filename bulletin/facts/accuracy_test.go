package facts

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// factCase is one labelled line of a table in testdata/facts: column → cell.
// The column "mark" holds known-miss where the code is known to be wrong; such
// a case stays in the table and counts.
type factCase map[string]string

// accuracyClasses names, for every class of facts, the function that reads one
// case of testdata/facts/<class>.tsv and returns the facts wanted and found.
// The order within either list means nothing; an empty list means no fact.
var accuracyClasses = []struct {
	class string
	read  func(c factCase) (want, got []string)
}{
	{"citations", readCitationCase},
	{"citation-keys", readCitationKeyCase},
	{"dates", readDateCase},
	{"periods", readPeriodCase},
	{"provinces", readProvinceCase},
	{"organizations", readOrganizationCase},
	{"hosts", readHostCase},
	{"kinds", readKindCase},
	{"bylines", readBylineCase},
	{"chairs", readChairCase},
}

// score counts facts over the cases of a class.
type score struct{ cases, found, spurious, missed, knownMiss int }

func (s score) precision() float64 { return ratio(s.found, s.found+s.spurious) }

func (s score) recall() float64 { return ratio(s.found, s.found+s.missed) }

func (s score) f1() float64 {
	return ratio(2*s.found, 2*s.found+s.spurious+s.missed)
}

func ratio(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

// TestAccuracy prints the table of every set: the cases that the grammar was
// written by, and those that were written before anyone read it.
func TestAccuracy(t *testing.T) {
	for _, set := range []string{"", "heldout"} {
		t.Logf("%-8s %-14s %6s %10s %8s %8s %11s", "set", "class", "cases", "precision", "recall", "F1", "known miss")
		for _, class := range accuracyClasses {
			var s score
			for _, c := range readFactCases(t, set, class.class) {
				s.judge(t, class.class, c, class.read)
			}
			t.Logf("%-8s %-14s %6d %10.3f %8.3f %8.3f %11d",
				set, class.class, s.cases, s.precision(), s.recall(), s.f1(), s.knownMiss)
		}
	}
}

// judge counts one case and complains of a wrong one that is not marked.
func (s *score) judge(t *testing.T, class string, c factCase, read func(factCase) (want, got []string)) {
	t.Helper()
	want, got := read(c)
	s.add(want, got)
	right := sameFacts(want, got)
	switch marked := c["mark"] == "known-miss"; {
	case marked:
		s.knownMiss++
		if right {
			t.Errorf("%s: %v is marked known-miss but read right: take the mark off", class, c)
		}
	case !right:
		t.Errorf("%s: %v\n want %q\n  got %q", class, c, want, got)
	}
}

// add counts each wanted fact once: found or missed; what is left is spurious.
func (s *score) add(want, got []string) {
	s.cases++
	rest := slices.Clone(got)
	for _, w := range want {
		if i := slices.Index(rest, w); i >= 0 {
			rest = slices.Delete(rest, i, i+1)
			s.found++
		} else {
			s.missed++
		}
	}
	s.spurious += len(rest)
}

func sameFacts(want, got []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(want)), slices.Sorted(slices.Values(got)))
}

// readFactCases reads testdata/facts/<set>/<class>.tsv; its first line names the
// columns. `\n` in a cell is a line break.
func readFactCases(t *testing.T, set, class string) []factCase {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", "testdata", "facts", set, class+".tsv"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimRight(string(raw), "\n"), "\n")
	columns := strings.Split(lines[0], "\t")
	var cases []factCase
	for _, line := range lines[1:] {
		c := factCase{}
		for i, cell := range strings.Split(line, "\t") {
			if i >= len(columns) {
				t.Fatalf("%s: more cells than columns: %s", class, line)
			}
			c[columns[i]] = strings.ReplaceAll(cell, `\n`, "\n")
		}
		cases = append(cases, c)
	}
	return cases
}

// listed splits a cell at "; ": the facts of one case.
func listed(cell string) []string {
	if cell == "" {
		return nil
	}
	return strings.Split(cell, "; ")
}

func TestScore(t *testing.T) {
	var s score
	s.add([]string{"a", "b"}, []string{"b", "c"})
	s.add(nil, nil)
	if s != (score{cases: 2, found: 1, spurious: 1, missed: 1}) {
		t.Errorf("score %+v", s)
	}
	if s.precision() != 0.5 || s.recall() != 0.5 || s.f1() != 0.5 {
		t.Errorf("ratios %v %v %v", s.precision(), s.recall(), s.f1())
	}
}
