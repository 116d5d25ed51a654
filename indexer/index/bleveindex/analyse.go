package bleveindex

import (
	"bantin/analyzers/vi"
	"bantin/indexer/index"
)

// stream is one of the token streams of a text.
type stream int

const (
	syl stream = iota
	bi
	key
	streams
	fold // read out of syl: see folding
	fbi  // read out of bi
)

var streamNames = [streams]string{"syl", "bi", "key"}

func streamField(s stream, where index.TextField) string {
	return streamNames[s] + "." + string(where)
}

// written is the stream that holds the tokens of s.
func (s stream) written() stream {
	switch s {
	case fold:
		return syl
	case fbi:
		return bi
	}
	return s
}

func lengthField(s stream, where index.TextField) string {
	return "len." + streamField(s, where)
}

// counted is one stream of one text: how often each token stands in it, for
// bigrams as the code of their places.
type counted struct {
	tf     map[string]uint64
	places map[string][]int // of the bigrams whose code does not hold them
	length int
}

// of is how often a token stands in the text.
func (c counted) of(token string) int {
	if places := c.places[token]; places != nil {
		return len(places)
	}
	if c.places == nil {
		return int(c.tf[token])
	}
	return int(c.tf[token] & 7)
}

func analyse(text string) [streams]counted {
	all := vi.AnalyzeOnly(text, vi.WantSyl|vi.WantBigrams|vi.WantKey)
	return [streams]counted{count(all.Syl), place(all.Bigrams, all.Syl), count(all.Key)}
}

func count(tokens []vi.Token) counted {
	c := counted{tf: make(map[string]uint64, len(tokens))}
	for _, t := range tokens {
		if t.Kind != vi.Part {
			c.tf[t.Text]++
			c.length++
		}
	}
	return c
}

// place counts bigrams with their places: the number of their first word. Where
// a phrase ends a number is left out, whatever the gap.
func place(bigrams, words []vi.Token) counted {
	c := counted{make(map[string]uint64, len(bigrams)), map[string][]int{}, len(bigrams)}
	number, at := -1, -1
	for _, t := range bigrams {
		for len(words) > 0 && words[0].Pos <= t.Pos {
			if pos := words[0].Pos; pos != at {
				number += min(pos-at, 2)
				at = pos
			}
			words = words[1:]
		}
		c.add(t.Text, number)
	}
	return c
}

// add notes one place of a bigram.
func (c counted) add(bigram string, place int) {
	code := c.tf[bigram]
	now := addPlace(code, place)
	if spilt(now) {
		if !spilt(code) {
			eachPlace(code, func(place int) { c.places[bigram] = append(c.places[bigram], place) })
		}
		c.places[bigram] = append(c.places[bigram], place)
	}
	c.tf[bigram] = now
}

// bigram is the token of two words, both folded or both accented.
func bigram(a, b string) string { return a + " " + b }

// token is one reading of one word of a text.
type token struct {
	syl, fold string
	pos       int
}

// sequence returns the words of a text that phrases are made of: joined forms
// stand in no bigram, so they are left out.
func sequence(text string) []token {
	all := vi.AnalyzeOnly(text, vi.WantSyl|vi.WantFold)
	out := make([]token, 0, len(all.Syl))
	for i, t := range all.Syl { // both streams have the same tokens in the same order
		if t.Kind != vi.Joined {
			out = append(out, token{t.Text, all.Fold[i].Text, t.Pos})
		}
	}
	return out
}
