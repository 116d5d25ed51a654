package opensearch

import (
	"context"
	"slices"
	"strings"

	"bantin/indexer/index"
)

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
