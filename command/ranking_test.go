package command

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"bantin/indexer/index"
	"bantin/indexer/index/bleveindex"
	"bantin/searchd/eval"
)

// openCorpus is an index in memory of the corpus in dir.
func openCorpus(t testing.TB, dir string, o bleveindex.Options) index.Index {
	t.Helper()
	ix, err := bleveindex.OpenMemory(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	if _, err := eval.Load(t.Context(), ix, filepath.Join(dir, "corpus.jsonl")); err != nil {
		t.Fatal(err)
	}
	return ix
}

// TestRanking keeps what each judged query finds on top, and how good that is
// however it is typed: a change of analyzer, query or weights shows here what
// it does to everyone.
func TestRanking(t *testing.T) {
	ix := openCorpus(t, judgedDir, bleveindex.Options{})
	judged, err := eval.Judgements(filepath.Join(judgedDir, "qrels.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, typed := range []string{"as-is", "stripped", "half"} {
		m := eval.Measures{Documents: 149}
		if err := m.Judge(t.Context(), ix, judgedDir, eval.Typists[typed]); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, "%-9s Recall@10 %.3f  MRR@10 %.3f  nDCG@10 %.3f, %d relaxed, %d empty\n", typed, m.Recall, m.MRR, m.NDCG, m.Relaxed, m.Empty)
	}
	err = eval.EachLine(filepath.Join(judgedDir, "queries.jsonl"), func(_ []byte, q eval.Line) error {
		shown, err := topOf(t.Context(), ix, q.Text, judged[q.ID])
		fmt.Fprintf(&out, "\n%s %s\n%s", q.ID, q.Text, shown)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	golden(t, filepath.Join(judgedDir, "ranking.txt"), []byte(out.String()))
}

// topOf shows how many bulletins a query finds, and the first four with their
// grades.
func topOf(ctx context.Context, ix index.Index, text string, grades map[string]int) (string, error) {
	res, err := eval.Find(ctx, ix, text)
	if err != nil {
		return "", err
	}
	var m eval.Measures
	m.Add(res, grades)
	var b strings.Builder
	fmt.Fprintf(&b, "     %d found %s nDCG@10 %.2f\n", res.Total, res.Relaxed, m.NDCG)
	for _, h := range res.Hits[:min(4, len(res.Hits))] {
		fmt.Fprintf(&b, "  %d  %-20s %s\n", grades[h.ID], h.ID, h.Title)
	}
	return b.String(), nil
}
