package command

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"bantin/indexer/index"
	"bantin/indexer/index/bleveindex"
	"bantin/searchd/eval"
)

// trial is one configuration of the ranking.
type trial struct {
	name    string
	weights func(*index.Weights)
	bm25    index.BM25
}

func trials() []trial {
	var out []trial
	add := func(name string, f func(*index.Weights)) {
		out = append(out, trial{name: name, weights: f})
	}
	add("the defaults", func(*index.Weights) {})
	for _, v := range []float64{0, 0.5, 1, 2, 3, 4} {
		add(fmt.Sprintf("title %.2g", v), func(w *index.Weights) { w.Title = v })
	}
	for _, v := range []float64{0, 0.25, 0.75, 1, 1.5, 2} {
		add(fmt.Sprintf("bigram %.2g", v), func(w *index.Weights) { w.Bigram = v })
	}
	for _, v := range []float64{0.1, 0.2, 0.3, 0.5, 1} {
		add(fmt.Sprintf("fold %.2g", v), func(w *index.Weights) { w.Fold = v })
	}
	add("fold alone", func(w *index.Weights) { w.Word, w.Fold = 0, 1 })
	add("syl 0.7, fold 0.3", func(w *index.Weights) { w.Word, w.Fold = 0.7, 0.3 })
	for _, v := range []float64{0.5, 2, 4} {
		add(fmt.Sprintf("key %.2g", v), func(w *index.Weights) { w.Key = v })
	}
	for _, v := range []float64{0.1, 0.3, 1} {
		add(fmt.Sprintf("fresh %.2g", v), func(w *index.Weights) { w.Fresh = v })
	}
	for _, k := range []float64{0.6, 0.9, 1.2, 1.5, 2} {
		for _, b := range []float64{0.3, 0.5, 0.75, 0.9} {
			out = append(out, trial{name: fmt.Sprintf("k1 %.2g, b %.2g", k, b), bm25: index.BM25{K1: k, B: b}})
		}
	}
	for _, title := range []float64{0.5, 0.75, 1} {
		for _, pair := range []float64{0.3, 0.5, 0.75, 1} {
			add(fmt.Sprintf("title %.2g, bigram %.2g", title, pair), func(w *index.Weights) { w.Title, w.Bigram = title, pair })
		}
	}
	return out
}

// TestTune prints what each configuration makes of the judged queries in the
// folder that BANTIN_TUNE names, as typed, stripped and half stripped.
func TestTune(t *testing.T) {
	dir := os.Getenv("BANTIN_TUNE")
	if dir == "" {
		t.Skip("set BANTIN_TUNE to a folder as bantin eval takes it")
	}
	saved := index.DefaultBM25
	t.Cleanup(func() { index.DefaultBM25 = saved })
	for _, c := range trials() {
		index.DefaultBM25 = cmp.Or(c.bm25, saved)
		w := index.DefaultWeights
		if c.weights != nil {
			c.weights(&w)
		}
		t.Run(c.name, func(t *testing.T) {
			ix := openCorpus(t, dir, bleveindex.Options{Weights: &w})
			row := fmt.Sprintf("| %-32s |", c.name)
			for _, typed := range []string{"as-is", "stripped", "half"} {
				row += fmt.Sprintf(" %.4f |", c.measure(t, ix, dir, eval.Typists[typed]))
			}
			fmt.Fprintln(t.Output(), row)
		})
	}
}

// measure is the nDCG@10 of the trial.
func (c trial) measure(t *testing.T, ix index.Index, dir string, retype func(string) string) float64 {
	t.Helper()
	judged, err := eval.Judgements(filepath.Join(dir, "qrels.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	var m eval.Measures
	err = eval.EachLine(filepath.Join(dir, "queries.jsonl"), func(_ []byte, q eval.Line) error {
		if len(judged[q.ID]) == 0 {
			return nil
		}
		res, err := eval.Find(t.Context(), ix, retype(q.Text))
		m.Add(res, judged[q.ID])
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return m.NDCG / float64(m.Queries)
}
