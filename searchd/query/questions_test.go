package query

import (
	"bufio"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bantin/indexer/index"
)

// TestQuestions reads the questions of testdata/questions as their table says.
func TestQuestions(t *testing.T) {
	f, err := os.Open(filepath.Join("..", "..", "testdata", "questions", "questions.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	asked, read := 0, 0
	for lines := bufio.NewScanner(f); lines.Scan(); {
		columns := strings.Split(lines.Text(), "\t")
		if len(columns) < 2 {
			continue
		}
		asked++
		known := len(columns) > 2 // to be a miss
		d := cmp.Diff(columns[1], reading(columns[0], columns[1]))
		if d == "" {
			read++
		}
		if (d != "") != known {
			t.Errorf("%q, known as a miss %v: %s", columns[0], known, d)
		}
	}
	t.Logf("%d of %d questions are read as they should be", read, asked)
}

// reading is what is understood in a text, in order. Documents that are not
// wanted are left out where one that is wanted stands for the same words.
func reading(text, want string) string {
	wanted := strings.Fields(want)
	var out []string
	met := map[int]bool{} // where a wanted document was read
	all := Parse(text).Understood
	for _, u := range all {
		if u.Field == index.Cites && slices.Contains(wanted, "cites="+u.Value) {
			met[u.Span.Start] = true
		}
	}
	for _, u := range all {
		said := string(u.Field) + "=" + u.Value
		if u.Field == index.Cites && met[u.Span.Start] && !slices.Contains(wanted, said) {
			continue
		}
		out = append(out, said)
	}
	if len(out) == 0 {
		return "-"
	}
	slices.Sort(out)
	return strings.Join(slices.Compact(out), " ")
}
