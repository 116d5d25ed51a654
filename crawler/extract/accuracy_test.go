package extract

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"bantin/bulletin"
	"bantin/bulletin/facts"
)

// TestAccuracyOfTexts reads whole short texts, one printed form each, as the
// command extract does: testdata/facts/heldout/texts.tsv, one wanted value a
// line. A line marked known-miss must still be one.
func TestAccuracyOfTexts(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join("..", "..", "testdata", "facts", "heldout", "texts.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	right, of := map[string]int{}, map[string]int{}
	for line := range strings.SplitSeq(strings.ReplaceAll(strings.TrimRight(string(raw), "\n"), `\n`, "\r"), "\n") {
		c := strings.Split(strings.ReplaceAll(line, "\r", "\n"), "\t") // a break in a cell is printed \n
		if len(c) != 8 {
			t.Fatalf("%d cells: %s", len(c), line)
		}
		kind, title, date, body, province, field, want, mark := c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7]
		if kind == "kind" {
			continue
		}
		b, err := Text(strings.Join(slices.DeleteFunc([]string{title, date, body}, func(s string) bool { return s == "" }), "\n\n"), facts.Hint{Province: province})
		if err != nil {
			t.Fatal(err)
		}
		of[kind]++
		switch got := factOf(b, field); {
		case got == inOrder(want) && mark == "":
			right[kind]++
		case got == inOrder(want):
			t.Errorf("%q is read right now: take the mark off", body)
		case mark == "":
			t.Errorf("%s of %q, %q, %q\n want %q\n  got %q", field, title, date, body, want, got)
		}
	}
	for kind, n := range of {
		t.Logf("%-12s %3d of %3d", kind, right[kind], n)
	}
}

// inOrder sorts the members of a set.
func inOrder(set string) string {
	return strings.Join(slices.Sorted(strings.SplitSeq(set, "; ")), "; ")
}

// factOf prints a fact of a bulletin; several are parted by semicolons.
func factOf(b bulletin.Bulletin, field string) string {
	cites := func(show func(bulletin.Citation) string) string {
		var out []string
		for _, c := range b.Cites {
			out = append(out, show(c))
		}
		return inOrder(strings.Join(out, "; "))
	}
	switch field {
	case "host":
		return b.Host
	case "orgs":
		return inOrder(strings.Join(b.Organizations, "; "))
	case "kind":
		return string(b.Kind)
	case "cites":
		return cites(func(c bulletin.Citation) string { return strings.TrimSuffix(c.Label+"@"+c.Date, "@") })
	case "keys":
		return cites(func(c bulletin.Citation) string { return c.Key })
	case "subject":
		return cites(func(c bulletin.Citation) string { return c.Subject })
	case "period":
		if b.Period.Quarter == 0 {
			return ""
		}
		return fmt.Sprintf("%d-Q%d", b.Period.Year, b.Period.Quarter)
	case "event":
		return b.EventDate
	case "pub":
		if b.Published.IsZero() {
			return ""
		}
		if b.PublishedPrecision == bulletin.Day {
			return b.Published.Format(time.DateOnly)
		}
		return b.Published.Format("2006-01-02T15:04")
	case "author":
		return b.Author
	case "chair":
		return strings.Trim(b.Chair.Name+" | "+b.Chair.Role, " |")
	}
	return "no such field: " + field
}
