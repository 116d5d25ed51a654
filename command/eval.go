package command

import (
	"encoding/json"
	"fmt"

	"bantin/searchd/eval"

	"github.com/spf13/cobra"
)

func (a *app) evalCommand() *cobra.Command {
	var asJSON bool
	var typed string
	c := &cobra.Command{
		Use: "eval DIR", Short: "Measure the ranking on judged queries",
		Long: "Measure Recall@10, MRR@10 and nDCG@10 through the path that the service uses.\n" +
			"DIR holds corpus.jsonl {id,title?,text}, queries.jsonl {id,text} and qrels.tsv\n" +
			"(query, document, grade). The index is made in memory. A line of the corpus may also\n" +
			"hold the facts that extract prints; absent ones are read from the text.",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			retype, ok := eval.Typists[typed]
			if !ok {
				return usageError{fmt.Errorf("--typed %q: choose as-is, stripped or half", typed)}
			}
			m, err := eval.Run(cmd.Context(), args[0], retype)
			if err != nil {
				return err
			}
			if asJSON {
				return json.NewEncoder(a.stdout).Encode(m)
			}
			_, err = fmt.Fprintf(a.stdout, "%s, %s: Recall@10 %.4f  MRR@10 %.4f  nDCG@10 %.4f\n%d relaxed, %d empty; p50 %.2f ms, p99 %.2f ms\n",
				quantity(m.Documents, "document"), quantity(m.Queries, "query"), m.Recall, m.MRR, m.NDCG, m.Relaxed, m.Empty, m.P50, m.P99)
			return err
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print the figures as JSON")
	c.Flags().StringVar(&typed, "typed", "as-is", "how the queries are typed: as-is, stripped of accents, or half of their words")
	return c
}
