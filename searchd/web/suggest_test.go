package web

import (
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bantin/bulletin"
	"bantin/bulletin/facts"
	"bantin/searchd/eval"
)

// TestSuggestions asks for what completes the beginnings of questions that
// testdata/questions has, over the judged bulletins.
func TestSuggestions(t *testing.T) {
	root := filepath.Join("..", "..", "testdata")
	var judged []bulletin.Bulletin
	err := eval.EachLine(filepath.Join(root, "judged", "corpus.jsonl"), func(raw []byte, l eval.Line) error {
		b := bulletin.Bulletin{}
		err := json.Unmarshal(raw, &b)
		b.Body = l.Text
		facts.ReadFacts(&b, facts.Hint{Province: b.Province})
		judged = append(judged, b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	s := newService(t, Config{}, judged...)
	table, err := os.ReadFile(filepath.Join(root, "questions", "suggestions.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	for line := range strings.Lines(string(table)) {
		typed, want, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok {
			continue
		}
		asked++
		var got struct{ Suggestions []struct{ Kind, Text string } }
		w := s.get(t, "/api/v1/suggest?size=8&q="+url.QueryEscape(typed))
		if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
			t.Fatalf("%q: %v: %s", typed, err, w.Body)
		}
		var all []string
		for _, o := range got.Suggestions {
			if o.Kind != "title" {
				all = append(all, o.Kind+" "+o.Text)
			}
		}
		if len(all) == 0 {
			all = []string{"-"}
		}
		if d := cmp.Diff(want, strings.Join(all, "; ")); d != "" {
			t.Errorf("%q: %s", typed, d)
		}
	}
	if asked < 10 {
		t.Errorf("%d questions in the table", asked)
	}
}
