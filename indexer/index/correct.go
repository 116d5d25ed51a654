package index

import (
	"cmp"
	"context"
	"slices"
	"unicode/utf8"

	"bantin/analyzers/vi"
)

// Speller is what an engine does for Spellings.
type Speller interface {
	// Near returns words of the fields of Written, accented ones or folded ones, within so
	// many edits of a word, 1 or 2; an exchange of neighbours is one edit.
	Near(ctx context.Context, accented bool, word string, edits int) ([]string, error)
	// Accents returns accented words of the same fields that are the same but for accents.
	Accents(ctx context.Context, folded string) ([]string, error)
	// Holders counts the bulletins that have each of the words, once for each text
	// field.
	Holders(ctx context.Context, accented bool, words []string) ([]int, error)
}

// A word longer than this is never corrected.
const longestCorrected = 40

// spelling is a word of the vocabulary near to what was typed.
type spelling struct {
	word     string
	accented bool
	distance int
	count    int
}

// Spellings returns the vocabulary's nearest spellings of a word, best first:
// nothing when the word itself finds something. Accented words are compared with
// accented ones, others with folded ones.
func Spellings(ctx context.Context, s Speller, word string, n int) ([]string, error) {
	typed := vi.AnalyzeOnly(word, vi.WantSyl|vi.WantFold)
	if n <= 0 || len(typed.Syl) != 1 || utf8.RuneCountInString(word) > longestCorrected {
		return nil, nil
	}
	accented, own, folded := false, typed.Fold[0].Text, typed.Fold[0].Text
	if typed.Syl[0].Text != folded {
		accented, own = true, typed.Syl[0].Text
	}
	if there, err := s.Holders(ctx, accented, []string{own}); err != nil || there[0] > 0 {
		return nil, err
	}
	near, err := neighbours(ctx, s, accented, own)
	if err == nil && accented {
		near, err = variants(ctx, s, folded, near)
	}
	if err == nil {
		near, err = held(ctx, s, near)
	}
	if err != nil {
		return nil, err
	}
	slices.SortFunc(near, func(a, b spelling) int {
		return cmp.Or(cmp.Compare(a.distance, b.distance), cmp.Compare(b.count, a.count), cmp.Compare(a.word, b.word))
	})
	var out []string
	for _, w := range near[:min(n, len(near))] {
		out = append(out, w.word)
	}
	return out, nil
}

// neighbours are the words within one edit of a short word, two of a longer one.
// A word of two letters may only lack one, a single letter is as it should be:
// with another edit they are near to anything.
func neighbours(ctx context.Context, s Speller, accented bool, word string) ([]spelling, error) {
	edits, letters := 2, utf8.RuneCountInString(word)
	switch {
	case letters < 2:
		return nil, nil
	case letters <= 4:
		edits = 1
	}
	words, err := s.Near(ctx, accented, word, edits)
	var out []spelling
	for _, w := range words {
		if letters > 2 || utf8.RuneCountInString(w) > letters {
			out = append(out, spelling{word: w, accented: accented, distance: distance([]rune(word), []rune(w))})
		}
	}
	return out, err
}

// variants puts the words that are the same but for accents before all others,
// and the word with any accents after them.
func variants(ctx context.Context, s Speller, folded string, near []spelling) ([]spelling, error) {
	words, err := s.Accents(ctx, folded)
	near = slices.DeleteFunc(near, func(n spelling) bool { return slices.Contains(words, n.word) })
	for _, w := range words {
		near = append(near, spelling{word: w, accented: true})
	}
	near = slices.DeleteFunc(near, func(n spelling) bool { return n.word == folded })
	return append(near, spelling{word: folded, distance: 3}), err
}

// held leaves out what no bulletin has, and counts.
func held(ctx context.Context, s Speller, all []spelling) ([]spelling, error) {
	var out []spelling
	for _, accented := range []bool{true, false} {
		of := slices.DeleteFunc(slices.Clone(all), func(w spelling) bool { return w.accented != accented })
		words := make([]string, len(of))
		for i, w := range of {
			words[i] = w.word
		}
		counts, err := s.Holders(ctx, accented, words)
		if err != nil {
			return nil, err
		}
		for i, w := range of {
			if w.count = counts[i]; w.count > 0 {
				out = append(out, w)
			}
		}
	}
	return out, nil
}

// distance counts the letters to insert, remove, replace or exchange with their
// neighbours to make b of a (optimal string alignment).
func distance(a, b []rune) int {
	rows := [3][]int{make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		now, last, before := rows[i%3], rows[(i-1)%3], rows[(i+1)%3]
		now[0] = i
		for j := 1; j <= len(b); j++ {
			replaced := last[j-1]
			if a[i-1] != b[j-1] {
				replaced++
			}
			now[j] = min(replaced, last[j]+1, now[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
		}
	}
	return rows[len(a)%3][len(b)]
}
