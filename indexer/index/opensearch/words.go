package opensearch

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"slices"
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
	res, err := c.search(ctx, q, docField+".ID", docField+".Bulletin.title", docField+".Group", docField+".Meeting")
	return res.Hits, err
}

// Cited implements index.Completer.
func (c completer) Cited(ctx context.Context, prefix string) ([]index.CitedName, error) {
	var got struct{ Cited counted }
	err := c.aggregate(ctx, c.view.Load(), everything, m{"cited": terms(nameField, m{"include": literally(prefix) + ".*", "size": index.MostCited, "shard_size": allValues})}, &got)
	var out []index.CitedName
	seen := map[string]bool{}
	for _, b := range got.Cited.Buckets {
		if parts := strings.Split(b.Key, nameMark); len(parts) == 3 && !seen[parts[1]] {
			seen[parts[1]] = true
			out = append(out, index.CitedName{Slug: parts[0], Key: parts[1], Label: parts[2]})
		}
	}
	return out, err
}

// literally is a slug as a regular expression of Lucene.
func literally(slug string) string { return strings.ReplaceAll(slug, "-", `\-`) }

// mostNear is how many words near to one are told by each shard, of each text
// field.
const mostNear = 200

// Near implements index.Index: OpenSearch tells the words that a fuzzy query stands
// for when it is to rewrite it. (Its suggester finds nothing that is two edits away
// and begins with another letter.)
func (ix *Index) Near(ctx context.Context, word index.Word, edits int, first bool, _ int) ([]string, error) {
	prefix := 0
	if first && word.Accented {
		prefix = 1
	}
	near := make([]m, len(index.Written))
	for i, f := range index.Written {
		near[i] = m{"fuzzy": m{wordColumn(word.Accented, f): m{
			"value": word.Text, "fuzziness": edits, "prefix_length": prefix,
			"max_expansions": mostNear, "rewrite": fmt.Sprint("top_terms_boost_", mostNear),
		}}}
	}
	var got struct {
		Explanations []struct{ Explanation string }
	}
	err := ix.client.Do(ctx, http.MethodPost, "/"+ix.name+"/_validate/query?rewrite=true&all_shards=true", m{"query": anyOf(near, 1)}, &got)
	var out []string
	for _, shard := range got.Explanations {
		for _, found := range rewritten.FindAllStringSubmatch(shard.Explanation, -1) {
			if w := found[1]; !strings.HasPrefix(w, partMark) && !slices.Contains(out, w) {
				out = append(out, w)
			}
		}
	}
	return out, err
}

// Frequent implements index.Index: to know is to count.
func (ix *Index) Frequent(_ context.Context, words []index.Word, _ int) ([]index.Word, error) {
	return words, nil
}

// rewritten is one word of a query as Lucene writes it.
var rewritten = regexp.MustCompile(`ConstantScore\([a-z_]+:([^)]+)\)`)
