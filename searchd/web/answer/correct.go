package answer

import (
	"context"
	"unicode/utf8"

	"bantin/indexer/index"
	"bantin/searchd/query"
)

// Bounds of the search for another spelling.
const (
	maxRespelled = 12 // words of a query that are looked up
	maxMended    = 4  // of them, words that are joined or parted
	maxNear      = 40 // spellings of it that are judged by their neighbours
	maxParted    = 24 // letters of a word that could be two
)

// Corrected returns the text with the words that find nothing spelled as the
// index spells them, or "" when that finds nothing either.
func (s *Service) Corrected(ctx context.Context, p Params) (string, error) {
	if p.Verbatim {
		return "", nil
	}
	parsed := query.Parse(p.Text)
	c := corrector{index: s.Index}
	text, changed := parsed.Respell(func(words []string) (string, int) { return c.better(ctx, words) })
	if c.err != nil || !changed {
		return "", c.err
	}
	p.Text = text
	_, q := Compile(p)
	q.After, q.Size = "", 0
	res, err := index.Run(ctx, s.Index, q)
	if err != nil || res.Total == 0 {
		return "", err
	}
	return text, nil
}

// corrector looks for other spellings of the words that find nothing.
type corrector struct {
	index          index.Index
	looked, mended int
	before         string // the word before, as typed
	err            error
}

// better spells a word as the vocabulary does: with the next one when only
// together they are a word, in two when it was typed without the space, or as
// its nearest neighbour.
func (c *corrector) better(ctx context.Context, words []string) (string, int) {
	before := c.before
	c.before = words[0]
	if c.looked++; c.looked > maxRespelled || c.err != nil || c.finds(ctx, words[0]) > 0 {
		return "", 0
	}
	if c.mended++; c.mended <= maxMended {
		if len(words) > 1 && c.finds(ctx, words[0]+words[1]) > 0 {
			return words[0] + words[1], 2
		}
		if parted := c.parted(ctx, words[0]); parted != "" {
			return parted, 1
		}
	}
	if c.err != nil {
		return "", 0
	}
	near, err := c.index.Correct(ctx, words[0], maxNear)
	if c.err = err; err != nil || len(near) == 0 {
		return "", 0
	}
	best := c.beside(ctx, before, near, words[1:])
	if best == "" {
		return "", 0
	}
	return best, 1
}

// beside returns the spelling that stands most often next to its neighbours, ""
// where none does. Without neighbours the nearest is as good as any.
func (c *corrector) beside(ctx context.Context, before string, near, after []string) string {
	var pairs []index.Node
	for _, w := range near {
		if before != "" {
			pairs = append(pairs, query.Parse(`"`+before+" "+w+`"`).Root)
		}
		if len(after) > 0 {
			pairs = append(pairs, query.Parse(`"`+w+" "+after[0]+`"`).Root)
		}
	}
	if len(pairs) == 0 {
		return near[0]
	}
	counts, err := c.index.Counts(ctx, pairs)
	if c.err = err; err != nil {
		return ""
	}
	best, most, each := "", 0, len(pairs)/len(near)
	for i, w := range near {
		n := 0
		for _, pair := range counts[i*each : (i+1)*each] {
			n += pair
		}
		if n > most {
			best, most = w, n
		}
	}
	return best
}

// parted returns the two words that stand next to each other most often of
// those that the word can be cut into.
func (c *corrector) parted(ctx context.Context, word string) string {
	if utf8.RuneCountInString(word) > maxParted {
		return ""
	}
	best, most := "", 0
	for i := range word {
		if i == 0 {
			continue
		}
		if n := c.finds(ctx, `"`+word[:i]+" "+word[i:]+`"`); n > most {
			best, most = word[:i]+" "+word[i:], n
		}
	}
	return best
}

// finds counts the bulletins that hold a word or phrase.
func (c *corrector) finds(ctx context.Context, text string) int {
	parsed := query.Parse(text)
	if parsed.Root == nil || c.err != nil {
		return 0
	}
	res, err := c.index.Search(ctx, index.Query{Root: parsed.Root})
	c.err = err
	return res.Total
}
