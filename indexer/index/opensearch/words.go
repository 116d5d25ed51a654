package opensearch

import (
	"context"
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
	for _, b := range got.Cited.Buckets {
		if parts := strings.Split(b.Key, nameMark); len(parts) == 3 {
			out = append(out, index.CitedName{Slug: parts[0], Key: parts[1], Label: parts[2]})
		}
	}
	return out, err
}

// literally is a slug as a regular expression of Lucene.
func literally(slug string) string { return strings.ReplaceAll(slug, "-", `\-`) }

// mostNear is how many words the suggester gives for each text field.
const mostNear = 200

// suggested is one answer of the suggester.
type suggested struct {
	Options []struct{ Text string }
}

// Near implements index.Index, by OpenSearch's own suggester.
func (ix *Index) Near(ctx context.Context, word index.Word, edits int, first bool) ([]string, error) {
	prefix := 0
	if first && word.Accented {
		prefix = 1
	}
	asked := m{"text": word.Text}
	for _, f := range index.Written {
		asked[fieldNames[f]] = m{"term": m{
			"field": wordColumn(word.Accented, f), "analyzer": "keyword", "suggest_mode": "always",
			"max_edits": edits, "prefix_length": prefix, "min_word_length": 1,
			"size": mostNear, "shard_size": mostNear, "string_distance": "damerau_levenshtein",
		}}
	}
	replies, err := ix.ask(ctx, ix.view.Load(), []m{{"size": 0, "track_total_hits": false, "suggest": asked}})
	if err != nil {
		return nil, err
	}
	var out []string
	for _, field := range replies[0].Suggest {
		for _, of := range field {
			for _, o := range of.Options {
				if !strings.HasPrefix(o.Text, partMark) && !slices.Contains(out, o.Text) {
					out = append(out, o.Text)
				}
			}
		}
	}
	return out, nil
}
