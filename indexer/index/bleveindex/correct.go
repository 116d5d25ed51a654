package bleveindex

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"unicode/utf8"

	"bantin/analyzers/vi"
	"bantin/indexer/index"
)

// A word longer than this is never corrected.
const longestCorrected = 40

// spelling is a word of the vocabulary near to what was typed.
type spelling struct {
	word     string
	distance int
	count    int
}

// Correct implements index.Index. Accented words are compared with accented
// ones, others with folded ones.
func (ix *Index) Correct(ctx context.Context, word string, n int) ([]string, error) {
	typed := sequence(word)
	if n <= 0 || len(typed) != 1 || utf8.RuneCountInString(word) > longestCorrected {
		return nil, nil
	}
	v, err := ix.acquire()
	if err != nil {
		return nil, err
	}
	out, err := ix.correct(ctx, v, typed[0])
	words := make([]string, 0, min(n, len(out)))
	for _, s := range out[:min(n, len(out))] {
		words = append(words, s.word)
	}
	return words, errors.Join(err, v.release())
}

func (ix *Index) correct(ctx context.Context, v *view, t token) ([]spelling, error) {
	s, word := fold, t.fold
	if t.syl != t.fold {
		s, word = syl, t.syl
	}
	p := ix.planner(ctx, v)
	if df, err := p.everywhere(s, word); err != nil || df > 0 {
		return nil, err
	}
	near := map[string]int{}
	for _, m := range p.matchers {
		for _, f := range textFields {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			if err := m.near(s, f, word, near); err != nil {
				return nil, err
			}
		}
	}
	if s == syl {
		near[t.fold] = 3 // with any accents: after all that is spelled
		if err := p.accentsOf(t.fold, near); err != nil {
			return nil, err
		}
	}
	var out []spelling
	for w, distance := range near {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		from := s
		if distance == 3 {
			from = fold
		}
		df, err := p.everywhere(from, w)
		if err != nil {
			return nil, err
		}
		if df > 0 {
			out = append(out, spelling{w, distance, df})
		}
	}
	slices.SortFunc(out, func(a, b spelling) int {
		return cmp.Or(cmp.Compare(a.distance, b.distance), cmp.Compare(b.count, a.count), cmp.Compare(a.word, b.word))
	})
	return out, nil
}

// accentsOf puts the words that are the same but for accents before all others.
func (p *planner) accentsOf(folded string, out map[string]int) error {
	for _, m := range p.matchers {
		for _, f := range textFields {
			words, err := m.words(streamField(syl, f), folding{exactly(folded)})
			if err != nil {
				return err
			}
			for _, w := range words {
				out[w] = 0
			}
		}
	}
	return nil
}

// everywhere counts the live documents of a word over the text fields.
func (p *planner) everywhere(s stream, word string) (int, error) {
	n := 0
	for _, f := range textFields {
		df, err := p.frequency(s, f, word)
		if err != nil {
			return 0, err
		}
		n += df
	}
	return n, nil
}

// near collects the words of a field within one edit of a short word, two of
// a longer one, with their distance; for folded words the edits are those of
// the folded forms. A word of two letters may only lack one, a single letter is
// as it should be: with another edit they are near to anything.
func (m *matcher) near(s stream, where index.TextField, word string, out map[string]int) error {
	edits, letters := 2, utf8.RuneCountInString(word)
	switch {
	case letters < 2:
		return nil
	case letters <= 4:
		edits = 1
	}
	for d := 1; d <= edits; d++ {
		a, err := nearly(word, d)
		if err != nil {
			return err
		}
		if s == fold {
			a = folding{a}
		}
		words, err := m.words(streamField(syl, where), a)
		if err != nil {
			return err
		}
		for _, w := range words {
			if s == fold {
				w = vi.Fold(w)
			}
			_, known := out[w]
			if !known && (letters > 2 || utf8.RuneCountInString(w) > letters) {
				out[w] = d
			}
		}
	}
	return nil
}
