package bleveindex

import (
	"context"
	"errors"

	"bantin/analyzers/vi"
	"bantin/indexer/index"

	seg "github.com/blevesearch/scorch_segment_api/v2"
)

// Correct implements index.Index.
func (ix *Index) Correct(ctx context.Context, word string, n int) ([]string, error) {
	v, err := ix.acquire()
	if err != nil {
		return nil, err
	}
	out, err := index.Spellings(ctx, speller{ix.planner(v)}, word, n)
	return out, errors.Join(err, v.release())
}

type speller struct{ *planner }

// Holders implements index.Speller.
func (p speller) Holders(ctx context.Context, accented bool, words []string) ([]int, error) {
	s := fold
	if accented {
		s = syl
	}
	out := make([]int, len(words))
	for i, w := range words {
		for _, f := range index.TextFields {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			df, err := p.frequency(ctx, s, f, w)
			if err != nil {
				return nil, err
			}
			out[i] += df
		}
	}
	return out, nil
}

// Near implements index.Speller. For folded words the edits are those of the
// folded forms.
func (p speller) Near(ctx context.Context, accented bool, word string, edits int) ([]string, error) {
	a, err := nearly(word, edits)
	if err != nil {
		return nil, err
	}
	if accented {
		return p.vocabulary(ctx, a, func(w string) string { return w })
	}
	return p.vocabulary(ctx, folding{a}, vi.Fold)
}

// Accents implements index.Speller.
func (p speller) Accents(ctx context.Context, folded string) ([]string, error) {
	return p.vocabulary(ctx, folding{exactly(folded)}, func(w string) string { return w })
}

// vocabulary returns the words that people wrote, of index.Written, that an automaton accepts, in
// a form, each once.
func (p speller) vocabulary(ctx context.Context, a seg.Automaton, form func(string) string) ([]string, error) {
	var out []string
	seen := map[string]bool{}
	for _, m := range p.matchers {
		for _, f := range index.Written {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			words, err := m.words(streamField(syl, f), a)
			if err != nil {
				return nil, err
			}
			for _, w := range words {
				if w = form(w); !seen[w] {
					seen[w] = true
					out = append(out, w)
				}
			}
		}
	}
	return out, nil
}
