package bleveindex

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"bantin/analyzers/vi"
	"bantin/indexer/index"

	seg "github.com/blevesearch/scorch_segment_api/v2"
)

// Near implements index.Index. For folded words the edits are those of the
// folded forms.
func (ix *Index) Near(ctx context.Context, word index.Word, edits int, first bool, least int) ([]string, error) {
	a, err := nearly(word.Text, edits)
	if err != nil {
		return nil, err
	}
	v, err := ix.acquire()
	if err != nil {
		return nil, err
	}
	prefix := ""
	if first && word.Accented {
		_, size := utf8.DecodeRuneInString(word.Text)
		prefix = word.Text[:size]
	}
	var out []string
	ok := false
	if edits == 1 {
		out, ok, err = v.frequent(ctx, word, a, least)
		out = slices.DeleteFunc(out, func(w string) bool { return !strings.HasPrefix(w, prefix) })
	}
	if !ok && err == nil {
		form := func(w string) string { return w }
		if !word.Accented {
			a, form = folding{a}, vi.Fold
		}
		out, err = ix.planner(v).vocabulary(ctx, a, prefix, form)
	}
	return out, errors.Join(err, v.release())
}

// vocabulary returns the words of all text fields that an automaton accepts and
// that begin with a prefix, in a form, each once.
func (p *planner) vocabulary(ctx context.Context, a seg.Automaton, prefix string, form func(string) string) ([]string, error) {
	var out []string
	seen := map[string]bool{}
	for _, m := range p.matchers {
		for _, f := range index.Written {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			words, err := m.words(streamField(syl, f), a, prefix)
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
