package opensearch

import (
	"context"
	"slices"

	"bantin/analyzers/vi"
	"bantin/indexer/index"
)

// Correct implements index.Index.
func (ix *Index) Correct(ctx context.Context, word string, n int) ([]string, error) {
	return index.Spellings(ctx, speller{ix, ix.view.Load()}, word, n)
}

// speller spells by OpenSearch's own suggester.
type speller struct {
	*Index
	at *view
}

// mostNear is how many words the suggester gives for each text field.
const mostNear = 200

// suggested is one answer of the suggester.
type suggested struct {
	Options []struct{ Text string }
}

// Near implements index.Speller.
func (s speller) Near(ctx context.Context, accented bool, word string, edits int) ([]string, error) {
	asked := m{"text": word}
	for _, f := range index.Written {
		asked[fieldNames[f]] = m{"term": m{
			"field": wordColumn(accented, f), "analyzer": "keyword", "suggest_mode": "always",
			"max_edits": edits, "prefix_length": 0, "min_word_length": 1,
			"size": mostNear, "shard_size": mostNear, "string_distance": "damerau_levenshtein",
		}}
	}
	replies, err := s.ask(ctx, s.at, []m{{"size": 0, "track_total_hits": false, "suggest": asked}})
	if err != nil {
		return nil, err
	}
	var out []string
	for _, field := range replies[0].Suggest {
		for _, of := range field {
			for _, o := range of.Options {
				if !slices.Contains(out, o.Text) {
					out = append(out, o.Text)
				}
			}
		}
	}
	return out, nil
}

// Accents implements index.Speller: those within two edits, as OpenSearch does
// not list a vocabulary.
func (s speller) Accents(ctx context.Context, folded string) ([]string, error) {
	words, err := s.Near(ctx, true, folded, 2)
	return slices.DeleteFunc(words, func(w string) bool { return vi.Fold(w) != folded }), err
}

// Holders implements index.Speller.
func (s speller) Holders(ctx context.Context, accented bool, words []string) ([]int, error) {
	out := make([]int, len(words))
	for _, f := range fieldsOf(index.AnyField) {
		counts, err := s.holders(ctx, s.at, words, accented, f)
		if err != nil {
			return nil, err
		}
		for i, n := range counts {
			out[i] += n
		}
	}
	return out, nil
}
