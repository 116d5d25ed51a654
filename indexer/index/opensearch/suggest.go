package opensearch

import (
	"context"
	"strings"

	"bantin/indexer/index"
)

// Suggest implements index.Index.
func (ix *Index) Suggest(ctx context.Context, typed string, n int) ([]index.Suggestion, error) {
	return index.Complete(ctx, completer{ix}, typed, n)
}

type completer struct{ *Index }

// Titles implements index.Completer.
func (c completer) Titles(ctx context.Context, q index.Query) ([]index.Hit, error) {
	q.Size = min(q.Size, c.limits.Page)
	res, err := c.search(ctx, q, docField+".b.id", docField+".b.title", docField+".group", docField+".meeting")
	return res.Hits, err
}

// Holding implements index.Completer.
func (c completer) Holding(ctx context.Context, named []index.Suggestion, prefix string) ([]index.Suggestion, error) {
	values := map[index.Field][]string{}
	for _, s := range named {
		values[s.Facet()] = append(values[s.Facet()], s.Value)
	}
	aggs := m{nameField: m{"terms": m{
		"field": nameField, "include": literally(prefix) + ".*", "size": 2 * index.MostCited, "shard_size": allValues,
	}}}
	for f, v := range values {
		aggs[string(f)] = terms(f, m{"include": v, "size": len(v)})
	}
	replies, err := c.ask(ctx, c.view.Load(), []m{{"size": 0, "track_total_hits": false, "aggs": aggs}})
	if err != nil {
		return nil, err
	}
	counts := map[index.Field]map[string]int{}
	for f := range values {
		got, err := readCounts(replies[0].Aggregations[string(f)])
		if err != nil {
			return nil, err
		}
		counts[f] = map[string]int{}
		for _, c := range got.counts {
			counts[f][c.Value] = c.Count
		}
	}
	var out []index.Suggestion
	for _, s := range named {
		s.Count = counts[s.Facet()][s.Value]
		out = append(out, s)
	}
	got, err := readCounts(replies[0].Aggregations[nameField])
	return append(out, cited(got.counts)...), err
}

// cited are the documents of names, each once.
func cited(names []index.Count) []index.Suggestion {
	var out []index.Suggestion
	seen := map[string]bool{}
	for _, c := range names {
		parts := strings.Split(c.Value, nameMark)
		if len(parts) != 3 || seen[parts[1]] || len(out) == index.MostCited {
			continue
		}
		seen[parts[1]] = true
		s := index.CitedName{Slug: parts[0], Key: parts[1], Label: parts[2]}.Suggestion()
		s.Count = c.Count
		out = append(out, s)
	}
	return out
}

// literally is a slug as a regular expression of Lucene.
func literally(slug string) string { return strings.ReplaceAll(slug, "-", `\-`) }
